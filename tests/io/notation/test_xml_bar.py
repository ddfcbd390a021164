"""Bar lines and attributes."""

from __future__ import annotations

from dataclasses import replace

from motet.io.notation.grid import ReadingGrid
from motet.io.notation.writing import Transposition
from motet.io.notation.xml_bar import attributes_xml, clef_xml, lay_bar_lines
from motet.score import Clef, Ending, KeySignature, Metre, Repeat, Section, make_score


def test_repeats_endings_and_double_bars() -> None:
    score = replace(
        make_score("C4:16"),
        repeats=(Repeat(tick=1920, kind="start"), Repeat(tick=3840, kind="end", times=3)),
        endings=(Ending(start_tick=1920, end_tick=3840, numbers=(1, 2)),),
        sections=(Section(tick=5760, label="B"),),
    )
    lines = lay_bar_lines(score, ReadingGrid(score))
    assert '<repeat direction="forward"/>' in lines.left[1]
    assert '<repeat direction="backward" times="3"/>' in lines.right[1]
    assert '<ending number="1,2" type="start">' in lines.left[1]
    assert "light-light" in lines.right[2]
    assert "light-heavy" in lines.right[3]


def attributes(score, index: int, transposition: Transposition | None = None) -> str:
    frames = ReadingGrid(score).frames
    return attributes_xml(
        score,
        score.parts[0],
        frames[index],
        frames[index - 1] if index else None,
        divisions=4,
        n_staves=1,
        clefs=[],
        transposition=transposition or Transposition(),
    )


def test_only_changes_are_written() -> None:
    score = replace(
        make_score("C4:4 C4:4 C4:3", fifths=2),
        keys=(KeySignature(tick=0, fifths=2), KeySignature(tick=3840, fifths=0, mode="minor")),
        metres=(
            Metre(tick=0, numerator=4, denominator=4),
            Metre(tick=3840, numerator=3, denominator=4),
        ),
    )
    assert "<divisions>4</divisions><key><fifths>2</fifths>" in attributes(score, 0)
    assert attributes(score, 1) == ""
    assert "<beats>3</beats>" in attributes(score, 2)
    assert "<cancel>2</cancel><fifths>0</fifths><mode>minor</mode>" in attributes(score, 2)


def test_only_unusual_groups_are_printed() -> None:
    score = make_score("C4:3.5", metre="7/8")
    usual = replace(score, metres=(replace(score.metres[0], groups=(2, 2, 3)),))
    other = replace(score, metres=(replace(score.metres[0], groups=(3, 2, 2)),))
    assert "<beats>7</beats>" in attributes(usual, 0)
    assert "<beats>3+2+2</beats>" in attributes(other, 0)


def test_transposition_from_written_to_sounding() -> None:
    score = make_score("C4:4")
    assert "<diatonic>-1</diatonic><chromatic>-2</chromatic>" in attributes(
        score, 0, Transposition(2)
    )
    tenor = attributes(score, 0, Transposition(14))
    assert "<chromatic>-2</chromatic><octave-change>-1</octave-change>" in tenor


def test_clefs() -> None:
    assert clef_xml(Clef(tick=0, sign="percussion"), 1) == "<clef><sign>percussion</sign></clef>"
    assert "<clef-octave-change>-1" in clef_xml(Clef(tick=0, sign="G", octave=-1), 1)


def test_an_unmetred_bar_has_a_hidden_metre() -> None:
    score = make_score("C4:4")
    score = replace(score, metres=(replace(score.metres[0], symbol="none"),))
    assert '<time print-object="no"><beats>4</beats>' in attributes(score, 0)
