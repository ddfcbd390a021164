"""Layouts of chords: each kind has its own make-up."""

from itertools import pairwise

import pytest

from motet.theory.chord import parse_chord
from motet.theory.voicing_shape import KINDS, candidates, choose_tones, every_layout, is_muddy


def _gaps(voicing):
    return [b - a for a, b in pairwise(voicing)]


def _all(symbol, kind, **options):
    settings = {"low": 40, "high": 84, "n_voices": 4} | options
    return candidates(parse_chord(symbol), kind=kind, **settings)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("symbol", ["C", "Am7", "G7", "Fmaj9", "Bm7b5", "Dsus4", "C/E", "F#dim7"])
def test_candidates_keep_to_range_and_chord(kind, symbol):
    chord = parse_chord(symbol)
    found = _all(symbol, kind)
    assert found or kind == "quartal"
    for voicing in found:
        assert all(40 <= pitch <= 84 for pitch in voicing)
        assert list(voicing) == sorted(set(voicing))
        assert {pitch % 12 for pitch in voicing} <= {*chord.pcs, chord.bass_pc}


def test_close_position_lies_within_an_octave():
    assert all(voicing[-1] - voicing[0] < 12 for voicing in _all("Cmaj7", "close"))


def test_drop_voicings_come_from_close_ones():
    close = set(_all("Cmaj7", "close", low=30, high=96))
    for voicing in _all("Cmaj7", "drop2"):
        assert tuple(sorted([*voicing[1:], voicing[0] + 12])) in close
        assert sorted([*voicing[1:], voicing[0] + 12])[-2] == voicing[0] + 12
    for voicing in _all("Cmaj7", "drop3"):
        raised = sorted([*voicing[1:], voicing[0] + 12])
        assert raised[-3] == voicing[0] + 12


def test_shells_have_root_third_and_seventh():
    for voicing in _all("G7", "shell", n_voices=3):
        assert voicing[0] % 12 == 7
        assert {pitch % 12 for pitch in voicing} == {7, 11, 5}


def test_rootless_forms_put_the_ninth_for_the_root():
    found = _all("Dm7", "rootless", colours=(4,), low=48, high=72)
    assert found
    for voicing in found:
        assert {pitch % 12 for pitch in voicing} == {5, 9, 0, 4}
        assert voicing[0] % 12 in (5, 0)


def test_quartal_stacks_are_fourths():
    found = _all("Dm7", "quartal", colours=(4, 7))
    assert found
    assert all(gap in (4, 5, 6) for voicing in found for gap in _gaps(voicing))


def test_power_chords_have_no_third():
    assert all({p % 12 for p in v} == {4, 11} for v in _all("Em7", "power", n_voices=3))


def test_mud_is_left_out_while_something_clear_exists():
    assert is_muddy((40, 44, 47))
    assert not is_muddy((40, 47, 52))
    assert not any(is_muddy(voicing) for voicing in _all("C", "close", low=28, high=84))
    assert all(is_muddy(voicing) for voicing in _all("C", "close", low=28, high=45, n_voices=3))


@pytest.mark.parametrize(
    ("symbol", "n", "pcs"),
    [
        ("G7", 2, {11, 5}),
        ("Cmaj9", 3, {4, 11, 2}),
        ("C7#9", 4, {4, 10, 3, 0}),
        ("C7b5", 3, {4, 10, 6}),
        ("Fsus4", 2, {10, 5}),
    ],
)
def test_guide_tones_come_first(symbol, n, pcs):
    assert set(choose_tones(parse_chord(symbol), n_voices=n)) == pcs


def test_a_tiny_range_still_gives_something():
    assert every_layout(parse_chord("C"), low=60, high=65, n_voices=2) == ((60, 64),)
    assert every_layout(parse_chord("C"), low=61, high=62, n_voices=2) == ()
