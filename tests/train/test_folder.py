"""A folder becomes pieces: every file is accounted for, and nothing held out was learnt from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from motet.errors import CorpusError, ParameterError
from motet.io import write, write_midi
from motet.score import make_score, transpose
from motet.tokens import score_to_grid
from motet.train.folder import FolderPieces, cut_windows, read_folder, split_folder
from tiny_corpus import random_tune


def write_folder(folder: Path, n: int = 5) -> Path:
    """Write tunes in three formats, in folders in folders."""
    (folder / "more" / "deep").mkdir(parents=True)
    for k in range(n):
        ending = ("mid", "musicxml", "json")[k % 3]
        place = (folder, folder / "more", folder / "more" / "deep")[k % 3]
        write(random_tune(k), place / f"t{k}.{ending}")
    return folder


def some_pieces(groups: list[int]) -> FolderPieces:
    grid = score_to_grid(make_score("C4:4")).grid
    n = len(groups)
    return FolderPieces(
        names=tuple(f"p{k}" for k in range(n)), grids=(grid,) * n, groups=np.array(groups)
    )


def test_every_format_is_read_from_folders_in_folders(tmp_path: Path) -> None:
    pieces = read_folder(write_folder(tmp_path / "mine"))
    assert pieces.names == ("t0.mid", "t3.mid", "more/t1.musicxml", "more/t4.musicxml",
                            "more/deep/t2.json")  # fmt: skip
    assert len(set(pieces.groups.tolist())) == 5
    assert all(len(grid.chords) for grid in pieces.grids)


def test_every_other_file_is_accounted_for(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "mine")
    (folder / "broken.mid").write_bytes(b"MThd nothing")
    (folder / "empty.abc").write_bytes(b"")
    write_midi(make_score("C4:1 D4:1"), folder / "short.mid")
    (folder / "notes.txt").write_text("a letter")
    (folder / ".hidden.mid").write_bytes(b"no")
    write_midi(random_tune(0), folder / "again.mid")
    write_midi(transpose(random_tune(3), shift_semi=2), folder / "moved.mid")
    pieces = read_folder(folder)
    assert len(pieces) == 5
    reasons = dict(pieces.refused)
    assert set(reasons) == {"broken.mid", "empty.abc", "short.mid"}
    assert "fewer than 24 notes" in reasons["short.mid"].en
    assert all(any("一" <= sign <= "鿿" for sign in error.zh) for error in reasons.values())
    assert pieces.n_others == 1
    copies = {frozenset(pair) for pair in pieces.copies}
    assert copies == {frozenset(("again.mid", "t0.mid")), frozenset(("moved.mid", "t3.mid"))}


def test_pieces_that_share_music_are_one_group(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "mine")
    longer = random_tune(0, n_bars=24)  # begins as random_tune(0) does not: other bars, other bass
    write_midi(longer, folder / "long.mid")
    head = make_score(*_first_bars(longer))
    write_midi(head, folder / "head.mid")
    pieces = read_folder(folder)
    at = {name: k for k, name in enumerate(pieces.names)}
    assert pieces.groups[at["long.mid"]] == pieces.groups[at["head.mid"]]
    assert pieces.groups[at["long.mid"]] != pieces.groups[at["t3.mid"]]
    for seed in range(6):
        held = set(split_folder(pieces, seed=seed).held)
        assert len(held & {at["long.mid"], at["head.mid"]}) != 1


def _first_bars(score: object) -> tuple[str, ...]:
    """Return the first sixteen bars of a score's parts as text."""
    from motet.score import Score, trim

    assert isinstance(score, Score)
    names = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]
    lines = []
    for part in trim(score, start_bar=0, end_bar=16).parts:
        notes = [
            f"{names[n.pitch % 12]}{n.pitch // 12 - 1}:{n.duration_tick / score.resolution:g}"
            for n in part.notes
        ]
        lines.append(" ".join(notes))
    return tuple(lines)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_too_few_pieces_are_refused_with_the_reason(n: int, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "mine", n)
    (folder / "broken.mid").write_bytes(b"MThd nothing")
    with pytest.raises(CorpusError, match=f"this folder has {n}.*broken.mid") as caught:
        read_folder(folder)
    assert "至少需要 3 首" in caught.value.zh


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(ParameterError, match="no folder"):
        read_folder(tmp_path / "a")


def test_a_small_folder_holds_out_one_and_a_large_one_two_kinds() -> None:
    small = split_folder(some_pieces([0, 1, 2]))
    assert (len(small.train), len(small.held), small.is_independent) == (2, 1, False)
    large = split_folder(some_pieces(list(range(50))))
    assert (len(large.train), len(large.stop), len(large.held)) == (37, 5, 8)
    assert large.is_independent
    assert sorted((*large.train, *large.stop, *large.held)) == list(range(50))
    assert large == split_folder(some_pieces(list(range(50))))
    assert large != split_folder(some_pieces(list(range(50))), seed=1)


def test_a_folder_of_one_tune_in_many_versions_is_refused() -> None:
    with pytest.raises(CorpusError, match="share their music"):
        split_folder(some_pieces([0] * 9))


def test_windows_follow_each_other_and_lose_no_note() -> None:
    grid = score_to_grid(random_tune(1, n_bars=30)).grid
    windows = cut_windows(grid, room=120, most=99)
    assert sum(one.n_bars for one in windows) == grid.n_bars
    assert sum(one.n_notes for one in windows) == grid.n_notes
    assert len(cut_windows(grid, room=120, most=2)) == 2
