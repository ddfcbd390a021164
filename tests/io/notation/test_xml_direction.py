"""Tempo, words, chord symbols and lines above and below the staff."""

from __future__ import annotations

from dataclasses import replace

from motet.io.notation.grid import ReadingGrid
from motet.io.notation.writing import Transposition
from motet.io.notation.xml_direction import OFFSET, chord_marks, part_marks, score_marks
from motet.score import Dynamic, Metre, Repeat, Section, Span, Tempo, Text, make_score


def above(score) -> list[str]:
    return [mark.xml for mark in score_marks(score, ReadingGrid(score))]


def test_compound_metres_count_dotted_quarters() -> None:
    (xml,) = above(make_score("C4:3", metre="6/8", qpm=90))
    assert "<beat-unit-dot/>" in xml
    assert "<per-minute>60<" in xml
    assert '<sound tempo="90"/>' in xml


def test_cut_time_counts_halves() -> None:
    score = replace(
        make_score("C4:4", qpm=120),
        metres=(Metre(tick=0, numerator=2, denominator=2, symbol="cut"),),
    )
    (xml,) = above(score)
    assert "<beat-unit>half</beat-unit>" in xml
    assert "<per-minute>60<" in xml


def test_a_ramp_reads_as_one_word() -> None:
    tempos = [Tempo(tick=0, quarter_us=500_000)]
    tempos += [Tempo(tick=1920 + 240 * k, quarter_us=510_000 + 20_000 * k) for k in range(8)]
    tempos += [Tempo(tick=3840, quarter_us=500_000)]
    marks = above(replace(make_score("C4:12"), tempos=tuple(tempos)))
    text = "".join(marks)
    assert text.count("<per-minute>") == 1
    assert text.count("rit.") == 1
    assert text.count("a tempo") == 1
    assert text.count("<sound tempo=") == 10


def test_swing_is_said_once_with_the_tempo() -> None:
    score = replace(make_score("C4:4"), texts=(Text(tick=0, text="Swing", kind="expression"),))
    (xml,) = above(score)
    assert xml.count("Swing") == 1
    assert "<metronome>" in xml


def test_sections_jumps_and_words() -> None:
    score = replace(
        make_score("C4:8"),
        tempos=(),
        sections=(Section(tick=1915, label="B & C"),),
        repeats=(Repeat(tick=3840, kind="da-capo"), Repeat(tick=0, kind="segno")),
        texts=(Text(tick=0, text="con brio"),),
    )
    marks = score_marks(score, ReadingGrid(score))
    places = {mark.xml.split(OFFSET)[0][-40:]: mark.place for mark in marks}
    assert any("B &amp; C" in key and place == 4 * 3360 for key, place in places.items())
    assert any("D.C." in mark.xml and mark.place == 8 * 3360 - 1 for mark in marks)
    assert any("<segno/>" in mark.xml for mark in marks)


def test_one_chord_symbol_a_place() -> None:
    score = make_score("C4:4", chords="C:0.01 G7:2 Am:2")
    marks = chord_marks(score, ReadingGrid(score), Transposition())
    assert [mark.place // 3360 for mark in marks] == [0, 2]


def test_lines_start_and_stop() -> None:
    score = make_score("C4:4 D4:4")
    part = replace(
        score.parts[0],
        spans=(
            Span(kind="crescendo", start_tick=0, end_tick=1920),
            Span(kind="pedal", start_tick=480, end_tick=960),
        ),
        dynamics=(Dynamic(tick=0, mark="sffzp"),),
    )
    marks = part_marks(part, ReadingGrid(score), 1)
    kinds = [(mark.place, mark.xml.split("<direction-type>")[1].split(" ")[0]) for mark in marks]
    assert kinds == [
        (
            0,
            "<dynamics><other-dynamics>sffzp</other-dynamics></dynamics></direction-type>"
            + OFFSET
            + "</direction>",
        ),
        (0, "<wedge"),
        (3360, "<pedal"),
        (6720, "<pedal"),
        (13439, "<wedge"),
    ]


def test_sections_begin_with_a_capital_and_with_their_chord() -> None:
    score = replace(
        make_score("C4:4 " * 3, chords="Am:8 F:4"),
        sections=(Section(tick=0, label="intro"), Section(tick=1920, label="verse 1")),
    )
    labels = [xml for xml in above(score) if "<rehearsal>" in xml]
    assert [xml.split("<rehearsal>")[1].split("<")[0] for xml in labels] == ["Intro", "Verse 1"]
    chords = chord_marks(score, ReadingGrid(score), Transposition())
    roots = [mark.xml.split("<root-step>")[1][0] for mark in chords]
    assert roots == ["A", "A", "F"]
