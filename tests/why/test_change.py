"""What-ifs: composed again with one thing changed, the difference counted."""

from __future__ import annotations

from pathlib import Path

import pytest

import motet
from motet.errors import ParameterError
from motet.why.change import explain_changes, read_what_ifs
from motet.why.piece import open_piece


@pytest.fixture(scope="module")
def piece() -> motet.Composition:
    return motet.compose(bars=4, key="C", qpm=100, parts="flute:melody,piano", ground="arranger",
                         candidates=1, humanise=0, seed=3)  # fmt: skip


def test_another_tempo_keeps_most_notes_and_says_the_tempo(piece: motet.Composition) -> None:
    (one,) = explain_changes(open_piece(piece), read_what_ifs(["tempo=50"]), bundle=None)
    assert one.facts is not None
    assert 0.5 * piece.score.n_notes < one.facts["n_same"] <= piece.score.n_notes
    assert one.changes[0] == ("tempo 100 → 50", "速度 100 → 50")
    assert one.tell()[0].startswith("tempo = 50 (was 100): tempo 100 → 50")


def test_the_same_value_changes_nothing(piece: motet.Composition) -> None:
    (one,) = explain_changes(open_piece(piece), [("qpm", 100.0)], bundle=None)
    assert one.changes == ()
    assert one.tell() == ["tempo = 100 (was 100): nothing changes"]


def test_a_file_that_was_edited_is_compared_with_its_brief_composed_again(
    piece: motet.Composition, tmp_path: Path
) -> None:
    from motet.io import read, write
    from motet.score import transpose

    piece.write(tmp_path / "a.json")
    write(transpose(read(tmp_path / "a.json").score, shift_semi=1), tmp_path / "b.json")
    edited = open_piece(tmp_path / "b.json")
    assert not edited.is_whole_task
    (one,) = explain_changes(edited, [("qpm", 100.0)], bundle=None)
    assert one.changes == ()


def test_what_cannot_be_met_is_told_and_no_error(piece: motet.Composition) -> None:
    (one,) = explain_changes(open_piece(piece), [("chords", "C | F | G | C | C | C")], bundle=None)
    assert one.reason[0] or one.changes


@pytest.mark.parametrize(
    ("texts", "word"),
    [
        (["tempo"], "CONTROL=VALUE"),
        (["bars=x"], "number"),
        (["sytle=pop"], "style"),
        (["key=C"] * 4, "most"),
    ],
)
def test_mistakes(texts: list[str], word: str) -> None:
    with pytest.raises(ParameterError, match=word):
        read_what_ifs(texts)
