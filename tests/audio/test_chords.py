"""Chords of synthetic sound: named, spelled, in every key, and with silence told."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from chord_sound import play
from motet.audio import HeardBeats, HeardKey, chords_from_chroma
from motet.audio.chords import match_templates
from motet.audio.chroma import fold_chroma
from motet.theory import parse_chord

PROGRESSION = [(36, 52, 55, 60), (41, 53, 57, 60), (43, 50, 59, 65), (36, 52, 55, 60)] * 2


def beats(n: int) -> HeardBeats:
    return HeardBeats(np.arange(n) * 0.5, np.arange(n) % 4, 4, 1.0, (4, 4), 120.0, 0.5, 1.0)


@pytest.mark.parametrize("shift", [0, 3, 6])
def test_a_cadence_in_several_keys(shift: int) -> None:
    sound = play([tuple(p + shift for p in chord) for chord in PROGRESSION])
    found = chords_from_chroma(fold_chroma([sound]), beats=beats(32))
    roots = [parse_chord(one.symbol).root_pc for one in found]
    assert roots == [(pc + shift) % 12 for pc in (0, 5, 7, 0, 5, 7, 0)]
    assert found[0].start_s == 0.0
    assert all(a.end_s == b.start_s for a, b in itertools.pairwise(found))
    assert [one.start_s for one in found[1:]] == [2.0, 4.0, 6.0, 10.0, 12.0, 14.0]
    assert all(0.5 < one.confidence <= 1.0 for one in found)


def test_a_seventh_is_heard() -> None:
    chord = (38, 53, 57, 60, 62, 65)  # D minor with a C
    sound = play([chord, (43, 53, 59, 62), (36, 52, 55, 60, 64), chord])
    symbols = [one.symbol for one in chords_from_chroma(fold_chroma([sound]), beats=beats(16))]
    assert symbols[0] == "Dm7"
    assert symbols[1] == "G7"


def test_spelling_follows_the_key() -> None:
    sound = play([(44, 56, 60, 63), (39, 55, 58, 63)])
    chroma = fold_chroma([sound])
    flats = chords_from_chroma(chroma, key=HeardKey(3, "major", "Eb major", 1.0))
    assert [one.symbol for one in flats] == ["Ab", "Eb"]
    sharps = chords_from_chroma(chroma, key=HeardKey(4, "major", "E major", 0.3))
    assert sharps[0].symbol.startswith("G#")


def test_silence_in_the_middle_is_no_chord() -> None:
    one = play([(36, 52, 55, 60)], each_s=4.0)
    chroma = fold_chroma([np.concatenate([one, np.zeros(6 * 22050, np.float32), one])])
    symbols = [found.symbol for found in chords_from_chroma(chroma)]
    assert "N" in symbols
    assert symbols[0] == symbols[-1] == "C"


def test_nothing_and_silence() -> None:
    assert chords_from_chroma(fold_chroma([])) == ()
    silent = chords_from_chroma(fold_chroma([np.zeros(44100, np.float32)]))
    assert [one.symbol for one in silent] == ["N"]
    assert match_templates(fold_chroma([])) == ()


def test_the_baseline_hears_plain_triads() -> None:
    sound = play([(36, 52, 55, 60), (45, 52, 57, 60)])
    symbols = [one.symbol for one in match_templates(fold_chroma([sound]), beats=beats(8))]
    assert symbols == ["C", "Am"]
