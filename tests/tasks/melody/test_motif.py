"""A motif and its transformations, by the note names of the textbooks."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.score import make_score
from motet.tasks.melody.motif import (
    Motif,
    Tone,
    augment,
    diminish,
    extend_motif,
    fragment,
    invert,
    join_motifs,
    motif_of,
    move,
    read_motif,
    retrograde,
    step_of,
    tone_pitch,
)
from motet.theory.scale import Key


def motif(text: str, key: Key) -> Motif:
    score = make_score(text)
    return motif_of(score.parts[0].notes, 0, score.parts[0].end_tick, score, key)


def pitches(one: Motif, key: Key) -> list[int]:
    return [tone_pitch(tone, key) for tone in one.tones]


def test_transformations_in_c_major() -> None:
    key = Key("C")
    one = motif("C4:1 D4:.5 E4:.5 G4:2", key)
    assert pitches(move(one, 1), key) == [62, 64, 65, 69]
    assert pitches(invert(one), key) == [60, 59, 57, 53]
    assert pitches(retrograde(one), key) == [67, 64, 62, 60]
    assert [tone.onset_qn for tone in retrograde(one).tones] == [0, 2, Fraction(5, 2), 3]
    assert augment(one).length_qn == 8
    assert diminish(one).length_qn == 2
    assert pitches(fragment(one, Fraction(2)), key) == [60, 62, 64]
    assert join_motifs(one, one).length_qn == 8
    assert extend_motif(one).length_qn == 8


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(-7, 14)), min_size=2, max_size=8),
    st.integers(-5, 5),
)
def test_turning_twice_gives_the_motif_back(rows: list[tuple[int, int]], steps: int) -> None:
    tones, at = [], Fraction(0)
    for length, step in rows:
        tones.append(Tone(at, Fraction(length), step))
        at += length
    one = Motif(tuple(tones), at)
    assert invert(invert(one)) == one
    assert retrograde(retrograde(one)) == one
    assert diminish(augment(one)) == one
    assert move(move(one, steps), -steps) == one


def test_a_leaning_semitone_stays_one() -> None:
    key = Key("A", "minor")
    one = motif("E5:1 D#5:1 E5:1", key)
    assert pitches(one, key) == [76, 75, 76]
    assert pitches(move(one, 1), key) == [77, 76, 77]
    assert pitches(move(one, -1), key) == [74, 73, 74]


@settings(max_examples=60)
@given(st.integers(36, 96), st.sampled_from(["C", "F#", "Bb", "A minor", "G", "B", "Eb minor"]))
def test_every_pitch_has_a_place(pitch: int, name: str) -> None:
    from motet.theory.scale import parse_key

    key = parse_key(name)
    step, alter = step_of(pitch, key)
    assert abs(alter) <= 1
    if not alter:
        assert tone_pitch(Tone(Fraction(0), Fraction(1), step), key) == pitch


@pytest.mark.parametrize(("text", "word"), [("C4:4", "two notes"), ("r:4", "no pitched")])
def test_what_is_no_motif_is_refused(text: str, word: str) -> None:
    with pytest.raises(ParameterError, match=word):
        read_motif(text)
    with pytest.raises(ParameterError, match="4 bars"):
        read_motif("C4:4 D4:4 E4:4 F4:4 G4:4")
