"""Tempo, words, jumps, dynamics, hairpins, pedal, octave lines."""

import pytest

from motet.score import Dynamic, Repeat, Section, Tempo, Text
from musicxml_text import note, read_bars, texts


def direction(kinds, rest="", attributes=""):
    inside = "".join(f"<direction-type>{kind}</direction-type>" for kind in kinds)
    return f"<direction{attributes}>{inside}{rest}</direction>"


METRONOME = "<metronome><beat-unit>{}</beat-unit>{}<per-minute>{}</per-minute></metronome>"


def test_tempo_by_sound_with_its_words():
    bar = direction(["<words>Allegro</words>"], '<sound tempo="126"/>') + note("C4", 8)
    assert read_bars(bar).score.tempos == (Tempo(tick=0, quarter_us=476190, text="Allegro"),)


@pytest.mark.parametrize(
    ("unit", "dots", "number", "qpm"),
    [
        ("quarter", 0, "90", 90),
        ("quarter", 1, "60", 90),
        ("half", 0, "c. 54", 108),
        ("eighth", 0, "120-126", 60),
    ],
)
def test_tempo_by_metronome(unit, dots, number, qpm):
    mark = METRONOME.format(unit, "<beat-unit-dot/>" * dots, number)
    (tempo,) = read_bars(direction([mark]) + note("C4", 8)).score.tempos
    assert tempo.qpm == pytest.approx(qpm, rel=1e-5)


def test_a_lone_sound_changes_the_tempo_where_it_stands():
    bar = note("C4", 4) + '<sound tempo="60"/>' + note("D4", 4)
    assert read_bars(bar).score.tempos == (Tempo(tick=960, quarter_us=1_000_000),)


@pytest.mark.parametrize("value", ["0", "nan", "-5", "fast"])
def test_tempos_without_sense_are_ignored_and_listed(value):
    loaded = read_bars(f'<sound tempo="{value}"/>' + note("C4", 8))
    assert loaded.score.tempos == ()
    assert texts(loaded) == ["1 tempos of no speed were ignored"]


def test_words_marks_and_offsets():
    bar = direction(["<rehearsal>A</rehearsal>"]) + direction(
        ["<words>dolce</words>"], "<offset>2</offset>"
    )
    bar += direction(['<words font-style="italic">sotto voce</words>'])
    bar += direction(["<words>Very slow</words>"], attributes=' system="only-top"')
    score = read_bars(bar + note("C4", 8)).score
    assert score.sections == (Section(tick=0, label="A"),)
    assert score.parts[0].texts == (
        Text(tick=0, text="sotto voce", kind="expression"), Text(tick=480, text="dolce"),
    )  # fmt: skip
    assert score.texts == (Text(tick=0, text="Very slow"),)


def test_dynamics_stand_on_their_staff():
    bar = direction(["<dynamics><sf/><p/></dynamics>"], "<staff>2</staff>") + note("C4", 8)
    assert read_bars(bar).score.parts[0].dynamics == (Dynamic(tick=0, mark="sfp", staff=2),)


def test_lines_last_from_start_to_stop():
    bar = direction(['<wedge type="crescendo"/>']) + direction(['<pedal type="start"/>'])
    bar += direction(['<octave-shift type="down" size="8"/>']) + note("C5", 4)
    bar += (
        direction(['<wedge type="stop"/>']) + direction(['<pedal type="change"/>']) + note("C5", 4)
    )
    bar += direction(['<pedal type="stop"/>']) + direction(['<octave-shift type="stop"/>'])
    part = read_bars(bar).score.parts[0]
    assert [(s.kind, s.start_tick, s.end_tick) for s in part.spans] == [
        ("octave-up", 0, 1920), ("crescendo", 0, 960), ("pedal", 0, 960), ("pedal", 960, 1920),
    ]  # fmt: skip
    assert part.notes[0].pitch == 72


def test_a_line_may_end_in_a_voice_that_is_written_first():
    stop, start = '<wedge type="stop" number="2"/>', '<wedge type="diminuendo" number="2"/>'
    bar = note("C5", 8) + direction([stop]) + "<backup><duration>8</duration></backup>"
    loaded = read_bars(bar + direction([start]) + note("C3", 8))
    assert [(s.kind, s.end_tick) for s in loaded.score.parts[0].spans] == [("diminuendo", 1920)]
    assert loaded.repairs == ()


def test_a_dashed_cresc_is_a_hairpin():
    bar = direction(["<words>cresc.</words>", '<dashes type="start"/>']) + note("C4", 8)
    part = read_bars(bar + direction(['<dashes type="stop"/>'])).score.parts[0]
    assert [(s.kind, s.end_tick) for s in part.spans] == [("crescendo", 1920)]
    assert part.texts[0].text == "cresc."


def test_lines_without_an_end_are_listed():
    assert texts(read_bars(direction(['<wedge type="crescendo"/>']) + note("C4", 8))) == [
        "1 lines without an end were left out"
    ]
    assert texts(read_bars(note("C4", 8) + direction(['<wedge type="stop"/>']))) == [
        "1 ends of lines that never began were ignored"
    ]


def test_jumps_by_signs_sounds_and_words():
    bars = (
        direction(["<segno/>"], '<sound segno="segno"/>') + note("C4", 8),
        note("C4", 8) + direction(["<words>Fine</words>"], '<sound fine="yes"/>'),
        note("C4", 8) + direction(["<words>D.S. al Fine</words>"]),
    )
    score = read_bars(*bars).score
    assert score.repeats == (
        Repeat(tick=0, kind="segno"), Repeat(tick=3840, kind="fine"), Repeat(tick=5760, kind="dal-segno"),
    )  # fmt: skip
    assert score.parts[0].texts == ()


def test_a_program_change_in_a_sound():
    sound = (
        '<sound><midi-instrument id="I"><midi-program>41</midi-program></midi-instrument></sound>'
    )
    part = read_bars(note("C4", 4) + sound + note("C4", 4)).score.parts[0]
    assert [(c.tick, c.value) for c in part.controls] == [(960, 40)]
