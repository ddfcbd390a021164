"""References fill what is open, say so, and give no notes."""

from __future__ import annotations

from pathlib import Path

import pytest

import motet
from motet.brief import Brief
from motet.errors import FormatError, ParameterError
from motet.score import make_score
from motet.tasks.compose import compose
from motet.tasks.refer import follow_references


@pytest.fixture
def waltz(tmp_path: Path) -> str:
    """A waltz in D major at 90."""
    tune = "D5:1 F#5:1 A5:1 | G5:2 E5:1 | C#5:1 E5:1 G5:1 | D5:3 | " * 2
    bass = "D3:3 | G2:3 | A2:3 | D3:3 | " * 2
    path = tmp_path / "waltz.musicxml"
    motet.save(make_score(tune, bass, metre="3/4", fifths=2, qpm=90, programs=(73, 42)), path)
    return str(path)


def test_open_fields_are_filled_and_said(waltz: str) -> None:
    filled, remarks = follow_references(Brief(references=waltz, parts="flute:melody,cello:bass"))
    assert (filled.metre, filled.qpm, filled.key, filled.style) == ("3/4", 90, "D major", "waltz")
    assert filled.emotion is not None
    low, high = filled.parts[0].density or (0, 0)
    assert low < 0.8 < high
    assert (filled.parts[1].density or (9, 9))[1] < 1
    (remark,) = remarks
    assert all("waltz.musicxml" in text for text in remark)
    assert "none of their notes" in remark[0]


def test_what_the_brief_says_stays(waltz: str) -> None:
    said = Brief(references=waltz, metre="4/4", key="F", qpm=120, emotion="sad", style="pop")
    filled, remarks = follow_references(said)
    assert filled == said
    assert "nothing open" in remarks[0][0]


def test_a_piece_like_its_reference(waltz: str) -> None:
    piece = compose(references=waltz, bars=4, ground="arranger", candidates=1, parts="flute,piano")
    metre = piece.score.bars[0].metre
    assert (metre.numerator, round(piece.score.tempos[0].qpm), piece.score.keys[0].fifths) == (
        3,
        90,
        2,
    )
    assert any("waltz.musicxml" in en for en, _ in piece.remarks)
    assert piece.brief.references == (waltz,)


def test_what_cannot_be_a_reference(tmp_path: Path) -> None:
    path = tmp_path / "bad.mid"
    path.write_bytes(b"nothing")
    with pytest.raises(FormatError):
        follow_references(Brief(references=str(path)))
    empty = tmp_path / "empty.musicxml"
    motet.save(make_score("r:4"), empty)
    with pytest.raises(ParameterError, match="no note"):
        follow_references(Brief(references=str(empty)))
