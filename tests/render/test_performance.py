import pytest

from motet.render.performance import perform_part, value_at
from motet.score import Control, Note, Part, Score, Span, Tempo, make_score


def play(*notes: Note, **part: object) -> list[tuple[int, float, float, int]]:
    score = Score(parts=(Part(notes=notes, **part),), tempos=(Tempo(tick=0, quarter_us=1_000_000),))
    found = perform_part(score, score.parts[0]).strikes
    return [(s.key, round(s.onset_s, 4), round(s.off_s, 4), s.velocity) for s in found]


def note(onset: int, duration: int, pitch: int = 60, **more: object) -> Note:
    return Note(onset_tick=onset, duration_tick=duration, pitch=pitch, **more)


def test_tempo_map_is_followed() -> None:
    score = make_score("C4:1 D4:1 E4:1", qpm=60)
    slower = Score(
        parts=score.parts,
        tempos=(Tempo(tick=0, quarter_us=500_000), Tempo(tick=480, quarter_us=2_000_000)),
    )
    strikes = perform_part(slower, slower.parts[0]).strikes
    assert [s.onset_s for s in strikes] == [0.0, 0.5, 2.5]


def test_articulations() -> None:
    assert play(note(0, 480, articulations=("staccato",))) == [(60, 0.0, 0.5, 80)]
    assert play(note(0, 480, articulations=("tenuto",))) == [(60, 0.0, 1.0, 80)]
    assert play(note(0, 480, articulations=("accent",))) == [(60, 0.0, 1.0, 92)]
    assert play(note(0, 480, velocity=120, articulations=("marcato",)))[0][3] == 127


def test_grace_notes_sound_before_the_beat() -> None:
    found = play(
        note(480, 0, 72, grace="acciaccatura"),
        note(480, 0, 74, grace="acciaccatura"),
        note(480, 480, 76),
    )
    assert [(key, onset) for key, onset, *_ in found] == [(72, 0.88), (74, 0.94), (76, 1.0)]
    assert play(note(0, 0, 72, grace="acciaccatura"), note(0, 480, 76))[0][:2] == (72, 0.0)


def test_pedal_holds_until_it_goes_up_or_the_key_is_struck_again() -> None:
    pedal = (
        Control(tick=0, kind="cc", number=64, value=127),
        Control(tick=1440, kind="cc", number=64, value=0),
    )
    found = play(note(0, 240, 60), note(480, 240, 64), note(960, 240, 60), controls=pedal)
    assert [(key, off) for key, _, off, _ in found] == [(60, 2.0), (64, 3.0), (60, 3.0)]
    span = (Span(kind="pedal", start_tick=0, end_tick=960),)
    assert play(note(0, 240), spans=span)[0][2] == 2.0


def test_a_key_is_let_go_when_struck_again() -> None:
    assert [off for _, _, off, _ in play(note(0, 960), note(480, 480))] == [1.0, 2.0]


def test_bend_range_and_programs() -> None:
    controls = (
        Control(tick=0, kind="cc", number=101, value=0),
        Control(tick=0, kind="cc", number=100, value=0),
        Control(tick=0, kind="cc", number=6, value=12),
        Control(tick=10, kind="bend", number=0, value=4096),
        Control(tick=480, kind="program", number=0, value=40),
    )
    score = Score(parts=(Part(notes=(note(0, 240), note(480, 240)), controls=controls),))
    found = perform_part(score, score.parts[0])
    assert found.bend_cents[0][1] == pytest.approx(600.0)
    assert [strike.program for strike in found.strikes] == [0, 40]


def test_banks_and_drums() -> None:
    score = Score(
        parts=(Part(notes=(note(0, 1),), bank=8 << 7), Part(notes=(note(0, 1),), is_drums=True))
    )
    assert [perform_part(score, part).strikes[0].bank for part in score.parts] == [8, 128]


def test_value_at_and_shifting() -> None:
    assert value_at(((1.0, 5.0),), 0.5, 9.0) == 9.0
    score = make_score("C4:1 D4:1 E4:8", qpm=60)
    moved = perform_part(score, score.parts[0]).shifted(3.0, until_s=4.0)
    assert [(s.key, s.onset_s) for s in moved.strikes] == [(62, -2.0), (64, -1.0)]
