"""VGMIDI: labels matched to whole pieces, contradictions left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.errors import CorpusError
from motet.io import write
from motet.score import make_score
from motet.suite.vgmidi import read_vgmidi
from vgmidi_files import write_vgmidi

HEAD = "id,series,console,game,piece,midi,valence,arousal\n"


def test_pieces_come_with_their_labels(tmp_path: Path) -> None:
    write_vgmidi(tmp_path, n=4)
    found = read_vgmidi(tmp_path)
    assert [(one.name, one.valence, one.arousal) for one in found] == [
        ("p00.mid", 1, 1), ("p01.mid", 1, -1), ("p02.mid", -1, 1), ("p03.mid", -1, -1),
    ]  # fmt: skip
    assert all(one.score.parts[0].notes for one in found)


def test_a_piece_whose_phrases_disagree_and_one_that_is_missing_are_left_out(
    tmp_path: Path,
) -> None:
    midi = tmp_path / "vgmidi" / "labelled" / "midi"
    midi.mkdir(parents=True)
    for name in ("a", "b"):
        write(make_score("C4:1 D4:1 E4:2"), midi / f"{name}.mid")
    rows = [("a", 0, 1, 1), ("a", 1, -1, 1), ("b", 0, 1, -1), ("c", 0, 1, 1)]
    (tmp_path / "vgmidi" / "vgmidi_labelled.csv").write_text(
        HEAD + "".join(f"1,s,c,g,p,labelled/phrases/{n}_{k}.mid,{v},{a}\n" for n, k, v, a in rows)
    )
    assert [one.name for one in read_vgmidi(tmp_path)] == ["b.mid"]


def test_labels_that_are_missing_or_damaged_are_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no labels"):
        read_vgmidi(tmp_path)
    (tmp_path / "vgmidi_labelled.csv").write_text(HEAD + "1,s,c,g,p,x_0.mid,glad,1\n")
    with pytest.raises(CorpusError, match="no labels"):
        read_vgmidi(tmp_path)
    (tmp_path / "vgmidi_labelled.csv").write_text(HEAD)
    with pytest.raises(CorpusError, match="not a labelled piece"):
        read_vgmidi(tmp_path)
