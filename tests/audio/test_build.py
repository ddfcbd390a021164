import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.audio.beats import even_beats
from motet.audio.build import notes_to_score
from motet.audio.heard import HeardBeats, HeardChord, HeardKey, HeardNote
from motet.errors import ParameterError
from motet.score import make_score


def play(
    text: str, *, qpm: float = 120.0, metre: str = "4/4", jitter_s: float = 0.0
) -> list[HeardNote]:
    """Return the notes of a line of text as someone plays them."""
    rng = np.random.default_rng(7)
    score = make_score(text, qpm=qpm, metre=metre)
    found = []
    for note in score.parts[0].notes:
        start = score.time.tick_to_s(note.onset_tick) + rng.normal() * jitter_s
        end = score.time.tick_to_s(note.onset_tick + 0.85 * note.duration_tick)
        found.append(HeardNote(max(0.0, start), max(end, start + 0.05), note.pitch, 80, 0.9))
    return found


TUNE = "C4:1 D4:0.5 E4:0.5 F4:1 G4:1 | A4:0.25 G4:0.25 F4:0.5 E4:1 D4:2 | C4:1.5 E4:0.5 G4:2"


def test_what_was_played_is_written() -> None:
    built = notes_to_score([("Melody", tuple(play(TUNE, jitter_s=0.01)))], even_beats(6.0))
    true = make_score(TUNE).parts[0].notes
    assert [(n.onset_tick, n.duration_tick, n.pitch) for n in built.score.parts[0].notes] == [
        (n.onset_tick, n.duration_tick, n.pitch) for n in true
    ]


def test_the_performance_is_exact() -> None:
    notes = play(TUNE, jitter_s=0.02)
    built = notes_to_score([("Melody", tuple(notes))], even_beats(6.0))
    time = built.performed.time
    for heard, note in zip(notes, built.performed.parts[0].notes, strict=True):
        assert abs(time.tick_to_s(note.onset_tick) - heard.onset_s) < 0.0011
        assert abs(time.tick_to_s(note.end_tick) - heard.offset_s) < 0.0011
    assert built.performed.tempos == built.score.tempos
    assert built.performed.n_bars == built.score.n_bars


def test_bars_follow_a_tempo_that_changes() -> None:
    steps = np.linspace(0.4, 0.7, 32)
    times = 0.05 + np.concatenate(([0.0], np.cumsum(steps)))
    beats = HeardBeats(times, np.arange(33) % 4, 4, 1.0, (4, 4), 110.0, 0.5, 1.0)
    notes = tuple(HeardNote(float(t), float(t) + 0.3, 60 + k % 5, 80, 1.0)
                  for k, t in enumerate(times[:-1]))  # fmt: skip
    score = notes_to_score([("Melody", notes)], beats).score
    onsets = [score.time.tick_to_s(note.onset_tick) for note in score.parts[0].notes]
    assert np.abs(np.array(onsets[4:]) - times[4:-1]).max() < 0.004
    assert np.abs(np.array(onsets) - times[:-1]).max() < 0.06
    downbeats = [score.time.tick_to_s(bar.start_tick) for bar in score.bars]
    assert np.abs(np.array(downbeats[1:8]) - times[4:32:4]).max() < 0.004


def test_triplets_ties_and_rests_come_back() -> None:
    third = 1 / 3
    text = f"C4:{third} D4:{third} E4:{third} F4:1 r:1.5 G4:1.5 A4:3"
    built = notes_to_score([("Melody", tuple(play(text)))], even_beats(4.4))
    found = [(n.onset_tick, n.duration_tick) for n in built.score.parts[0].notes]
    assert found[:4] == [(0, 160), (160, 160), (320, 160), (480, 480)]
    assert found[4] == (1680, 720)


def test_compound_time_has_dotted_beats() -> None:
    text = "C4:0.5 D4:0.5 E4:0.5 F4:1.5 | G4:1 E4:0.5 C4:1.5"
    beats = even_beats(3.0, qpm=120, metre=(6, 8))
    score = notes_to_score([("Melody", tuple(play(text, jitter_s=0.008)))], beats).score
    assert (score.metres[0].numerator, score.metres[0].denominator) == (6, 8)
    assert [n.onset_tick for n in score.parts[0].notes] == [0, 240, 480, 720, 1440, 1920, 2160]


def test_swing_is_written_and_said() -> None:
    beats = even_beats(4.0)
    beats = HeardBeats(beats.time_s, beats.place, 4, 1.0, (4, 4), 120.0, 0.64, 0.8)
    notes = tuple(
        HeardNote(0.5 * k + late, 0.5 * k + late + 0.15, 60 + k, 80, 0.9)
        for k in range(8)
        for late in (0.0, 0.32)
    )
    score = notes_to_score([("Melody", notes)], beats).score
    assert score.tempos[0].text == "Swing"
    assert {n.onset_tick % 480 for n in score.parts[0].notes} == {0, 320}


def test_key_chords_title_and_programs_are_taken() -> None:
    chords = (
        HeardChord(0.0, 1.02, "C", 0.9),
        HeardChord(1.02, 2.0, "C", 0.9),
        HeardChord(2.03, 3.0, "N", 0.2),
        HeardChord(3.0, 4.0, "G7", 0.9),
    )
    notes = tuple(play("C4:2 E4:2 G4:4"))
    score = notes_to_score(
        [("Melody", notes), ("Bass", ())],
        even_beats(4.0),
        title="A",
        key=HeardKey(9, "minor", "A minor", 0.7),
        chords=chords,
        programs={"Bass": 33},
    ).score
    assert [(one.tick, one.symbol) for one in score.chords] == [
        (0, "C"), (1920, "N.C."), (2880, "G7"),
    ]  # fmt: skip
    assert (score.keys[0].fifths, score.keys[0].mode, score.title) == (0, "minor", "A")
    assert [(p.name, p.program, p.role) for p in score.parts] == [
        ("Melody", 0, "melody"), ("Bass", 33, "bass"),
    ]  # fmt: skip


def test_moved_notes_are_listed() -> None:
    built = notes_to_score([("Melody", tuple(play(TUNE, jitter_s=0.01)))], even_beats(6.0))
    for one in built.moved:
        played = built.performed.parts[one.part].notes[one.note]
        assert played.onset_tick == one.from_tick
        assert played.end_tick <= one.from_end_tick
        assert abs(one.to_tick - one.from_tick) < 60


def test_no_notes_make_an_empty_score() -> None:
    built = notes_to_score([("Recording", ())], even_beats(0.1))
    assert built.score.n_notes == 0
    assert built.score.n_bars >= 1


def test_one_beat_is_not_enough() -> None:
    beats = HeardBeats(np.zeros(1), np.zeros(1, np.int64), 4, 1.0, (4, 4), 120.0, 0.5, 0.0)
    with pytest.raises(ParameterError, match="two beats"):
        notes_to_score([], beats)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 9), st.floats(0.01, 3), st.integers(30, 90)), min_size=1, max_size=25
    ),
    st.floats(0, 1.5),
)
def test_no_pitch_overlaps_itself(
    given_notes: list[tuple[float, float, int]], first: float
) -> None:
    notes = tuple(HeardNote(a, a + d, p, 80, 0.9) for a, d, p in given_notes)
    built = notes_to_score([("All", notes)], even_beats(9.0, first_s=first))
    for score in (built.score, built.performed):
        last: dict[int, int] = {}
        for note in score.parts[0].notes:
            assert note.duration_tick > 0
            assert note.onset_tick >= last.get(note.pitch, 0)
            last[note.pitch] = note.end_tick
