"""Ornaments, simplification, other rhythms: time is filled as before, and the tune stays within reach."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from motet.score import Score, make_score
from motet.tasks.melody.change import Ground, ornament_line, rephrase_line, simplify_line
from motet.theory.scale import Key

SCALE = ("C4", "D4", "E4", "F4", "G4", "A4", "B4", "C5")


@st.composite
def tunes(draw: st.DrawFn) -> Score:
    """Four bars of a line in C."""
    text = []
    for _ in range(4):
        rhythm = draw(st.sampled_from([(4.0,), (2.0, 2.0), (1.0, 1.0, 2.0), (1.0, 0.5, 0.5, 1.0, 1.0),
                                       (1.5, 0.5, 1.0, 1.0)]))  # fmt: skip
        text += [f"{draw(st.sampled_from(SCALE))}:{length}" for length in rhythm]
    return make_score(" ".join(text), fifths=0, chords="C:8 G7:4 C:4")


@settings(max_examples=30)
@given(tunes(), st.floats(0.1, 1.0), st.integers(0, 9))
def test_changes_fill_the_same_time_in_order(score: Score, strength: float, seed: int) -> None:
    line = score.parts[0].notes
    ground = Ground(score, Key("C"), seed)
    for change in (ornament_line, simplify_line, rephrase_line):
        found = change(ground, line, strength=strength)
        assert sum(note.duration_tick for note in found) == sum(n.duration_tick for n in line)
        for one, two in zip(found, found[1:], strict=False):  # noqa: RUF007
            assert one.end_tick == two.onset_tick
        assert found[0].onset_tick == 0
        assert all(note.duration_tick > 0 for note in found)


@settings(max_examples=20)
@given(tunes(), st.integers(0, 9))
def test_ornaments_stay_in_the_key_and_keep_most_notes(score: Score, seed: int) -> None:
    line = score.parts[0].notes
    found = ornament_line(Ground(score, Key("C"), seed), line, strength=1.0)
    assert all(note.pitch % 12 in (0, 2, 4, 5, 7, 9, 11) for note in found)
    assert len(found) >= len(line)
    onsets = {note.onset_tick for note in found}
    assert all(note.onset_tick in onsets for note in line)


def test_simplifying_keeps_the_strong_beats() -> None:
    score = make_score("C4:.5 D4:.5 E4:.5 F4:.5 G4:.5 A4:.5 B4:.5 C5:.5")
    found = simplify_line(Ground(score, Key("C"), 0), score.parts[0].notes, strength=1.0)
    assert {0, 960} <= {note.onset_tick for note in found}
    assert len(found) == 2


def test_equal_bars_get_equal_ornaments() -> None:
    score = make_score("C4:1 E4:1 G4:2 | C4:1 E4:1 G4:2 | C4:1 E4:1 G4:2", fifths=0)
    found = ornament_line(Ground(score, Key("C"), 5), score.parts[0].notes, strength=0.8)
    bars = [
        [(n.onset_tick % 1920, n.pitch) for n in found if n.onset_tick // 1920 == k] for k in (0, 1)
    ]
    assert bars[0] == bars[1]


def test_a_new_rhythm_keeps_the_pitches() -> None:
    score = make_score("C4:1 E4:1 G4:1 E4:1")
    found = rephrase_line(Ground(score, Key("C"), 2), score.parts[0].notes, strength=1.0)
    assert [note.pitch for note in found] == [60, 64, 67, 64]
    assert [note.onset_tick for note in found] != [0, 480, 960, 1440]
