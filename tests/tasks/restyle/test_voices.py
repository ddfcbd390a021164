"""Voices led one by one: all tones, no crossing, no parallel fifths or octaves."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from motet.score import Score
from motet.tasks.restyle import restyle
from motet.tasks.restyle.voices import lead_under
from motet.theory.chord import parse_chord
from motet.theory.scale import Key

RANGES = ((55, 72), (48, 67), (40, 60))


def lead(text: str, tops: list[int]) -> list[tuple[int, ...]]:
    chords = [parse_chord(one) for one in text.split()]
    return lead_under(chords, tops, ranges=RANGES, key=Key("C"))


def test_a_cadence_is_led_by_the_rules() -> None:
    tops = [72, 72, 74, 71, 72]
    found = lead("C F Dm G7 C", tops)
    whole = [(top, *voices) for top, voices in zip(tops, found, strict=True)]
    assert [voices[-1] % 12 for voices in found] == [0, 5, 2, 7, 0]
    for chord, voices in zip(["C", "F", "Dm", "G7", "C"], whole, strict=True):
        tones = parse_chord(chord)
        assert {tones.root_pc, tones.third_pc} <= {pitch % 12 for pitch in voices}
        assert list(voices) == sorted(voices, reverse=True)
    for before, after in pairwise(whole):
        for i, j in combinations(range(4), 2):
            was, now = (before[i] - before[j]) % 12, (after[i] - after[j]) % 12
            moved = before[i] != after[i] and before[j] != after[j]
            assert not (moved and was == now and was in (0, 7))


def test_an_inversion_has_its_bass_below_and_no_chord_is_silence() -> None:
    found = lead("C G/B N.C. C", [72, 74, 74, 72])
    assert found[1][-1] % 12 == 11
    assert found[2] == ()


@pytest.mark.parametrize("style", ["hymn", "string-quartet", "organ"])
def test_led_voices_stay_in_range_and_below_the_tune(song: Score, style: str) -> None:
    piece = restyle(song, to=style, ground="arranger")
    tune = [note.pitch for note in piece.parts[0].notes]
    assert len(piece.parts) == 4
    for part in piece.parts[1:]:
        assert part.notes
        assert max(note.pitch for note in part.notes) <= max(tune)
