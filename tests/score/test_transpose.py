"""Transposing pitches, names, keys and chord symbols."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.score import (
    ChordSymbol,
    Control,
    KeySignature,
    Note,
    Part,
    Score,
    make_score,
    transpose,
    transpose_name,
    transpose_symbol,
)
from strategies import scores

STEP = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


def class_of(name):
    return (STEP[name[0]] + name.count("#") - name.count("b")) % 12


@pytest.mark.parametrize(
    ("name", "by_fifths", "moved"),
    [
        ("C", 7, "C#"),
        ("C", -5, "Db"),
        ("B", 2, "C#"),
        ("F", -1, "Bb"),
        ("F#", 1, "C#"),
        ("Bb", -2, "Ab"),
        ("E", 0, "E"),
        ("F##", 7, "G#"),
        ("Bbb", -7, "Ab"),
        ("?", 3, "?"),
    ],
)
def test_names_on_the_line_of_fifths(name, by_fifths, moved):
    assert transpose_name(name, by_fifths=by_fifths) == moved


@pytest.mark.parametrize(
    ("symbol", "moved"),
    [
        ("C", "D"),
        ("F#m7b5/E", "G#m7b5/F#"),
        ("Bbmaj7", "Cmaj7"),
        ("C6/9", "D6/9"),
        ("C6/9/E", "D6/9/F#"),
        ("N.C.", "N.C."),
        ("", ""),
        ("Ebsus4", "Fsus4"),
        ("B#", "D"),
    ],
)
def test_chord_symbols_a_tone_up(symbol, moved):
    assert transpose_symbol(symbol, by_fifths=2) == moved


@pytest.mark.parametrize(
    ("fifths", "shift_semi", "moved"),
    [(0, 1, -5), (0, 2, 2), (0, -1, 5), (4, 1, -1), (-3, -1, 2), (7, 1, 2), (-7, -1, -2)],
)
def test_keys_take_few_accidentals(fifths, shift_semi, moved):
    score = transpose(make_score("C4:1", fifths=fifths), shift_semi=shift_semi)
    assert score.keys[0].fifths == moved


def test_each_key_moves_by_what_fits_it():
    score = Score(
        parts=(
            Part(
                notes=(
                    Note(onset_tick=0, duration_tick=480, pitch=71, spelling="B"),
                    Note(onset_tick=480, duration_tick=480, pitch=61, spelling="Db"),
                )
            ),
        ),
        keys=(KeySignature(tick=0, fifths=5), KeySignature(tick=480, fifths=-5)),
        chords=(ChordSymbol(tick=0, symbol="B"), ChordSymbol(tick=480, symbol="Db")),
    )
    up = transpose(score, shift_semi=1)
    assert [key.fifths for key in up.keys] == [0, 2]
    assert [note.spelling for note in up.parts[0].notes] == ["C", "D"]
    assert [chord.symbol for chord in up.chords] == ["C", "D"]


def test_drums_stay_and_pressure_moves():
    pressure = Control(tick=0, kind="key-pressure", number=60, value=9)
    drums = make_score("drums 36:1").parts[0]
    part = Part(controls=(pressure,))
    up = transpose(Score(parts=(part, drums)), shift_semi=5)
    assert up.parts[1] == drums
    assert up.parts[0].controls[0].number == 65


def test_some_parts_move_alone():
    score = make_score("C4:1", "C4:1", fifths=0, chords="C:1")
    up = transpose(score, shift_semi=12, parts=[1])
    assert [part.notes[0].pitch for part in up.parts] == [60, 72]
    assert (up.keys, up.chords) == (score.keys, score.chords)


def test_notes_out_of_range_are_refused_with_the_range():
    with pytest.raises(ParameterError, match="-36 to 55"):
        transpose(make_score("C2:1 C5:1"), shift_semi=60)


@settings(max_examples=30)
@given(scores(), st.integers(-30, 30))
def test_names_stay_true_and_intervals_keep_their_name(score, shift_semi):
    moved = transpose(score, shift_semi=shift_semi)
    for old, new in zip(score.parts, moved.parts, strict=True):
        for before, after in zip(old.notes, new.notes, strict=True):
            assert after.pitch - before.pitch == (0 if old.is_drums else shift_semi)
            assert bool(after.spelling) == bool(before.spelling)
            if after.spelling and not old.is_drums:
                assert class_of(after.spelling) == after.pitch % 12
    for before, after in zip(score.keys, moved.keys, strict=True):
        assert (after.fifths - before.fifths - 7 * shift_semi) % 12 == 0
        assert abs(after.fifths) <= 6 or shift_semi % 12 == 0


@settings(max_examples=20)
@given(scores(), st.integers(-12, 12))
def test_up_and_down_again_keeps_all_pitches(score, shift_semi):
    back = transpose(transpose(score, shift_semi=shift_semi), shift_semi=-shift_semi)
    for old, new in zip(score.parts, back.parts, strict=True):
        assert [n.pitch for n in new.notes] == [n.pitch for n in old.notes]


@settings(max_examples=20)
@given(scores(), st.integers(-11, 11))
def test_a_sixth_stays_a_sixth(score, shift_semi):
    assume(len(score.keys) <= 1)
    moved = transpose(score, shift_semi=shift_semi)
    for old, new in zip(score.parts, moved.parts, strict=True):
        names = [
            (a.spelling, b.spelling)
            for a, b in zip(old.notes, new.notes, strict=True)
            if a.spelling and a.spelling in STEP and not old.is_drums and len(b.spelling) < 3
        ]
        letters = "CDEFGAB"
        steps = {(letters.index(b[0]) - letters.index(a)) % 7 for a, b in names}
        assert len(steps) <= 1
