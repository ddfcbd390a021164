"""Alto, tenor and bass under a soprano."""

from __future__ import annotations

import pytest

from motet.score import Part, make_score
from motet.tasks.harmonise.choir import lay_strikes, write_choir
from motet.tasks.harmonise.faults import count_faults, verticalities
from motet.tasks.harmony import read_harmony
from motet.theory import Key

_HYMN = "C5:1 D5:1 E5:1 C5:1 | F5:2 E5:2 | D5:1 C5:1 B4:1 D5:1 | C5:4"
_CHORDS = "C:2 C/E:2 F:2 C:2 Dm:1 C/G:1 G7:2 C:4"


def sing(text: str, chords: str, key: Key) -> list[Part]:
    score = make_score(text, chords=chords)
    voices = write_choir(lay_strikes(score, score.parts[0], read_harmony(score)), key)
    return [*(Part(notes=notes) for notes in reversed(voices)), score.parts[0]]


def test_a_hymn_is_free_of_faults() -> None:
    voices = sing(_HYMN, _CHORDS, Key("C"))
    rows = [row for _, row in verticalities(voices)]
    assert len(rows) >= 9
    faults = count_faults(rows, Key("C"), ranges=((41, 60), (48, 67), (55, 74)), given_top=True)
    assert faults.total == 0


def test_chords_are_whole() -> None:
    voices = sing(_HYMN, _CHORDS, Key("C"))
    held = {one.start_tick: one.chord for one in read_harmony(make_score(_HYMN, chords=_CHORDS))}
    for tick, row in verticalities(voices):
        if tick in held:
            chord = held[tick]
            pcs = {pitch % 12 for pitch in row}
            assert row[0] % 12 == chord.bass_pc
            assert chord.third_pc in pcs


@pytest.mark.parametrize("text", ["G5:2 A5:2 | G5:4", "E4:2 D4:2 | C4:4", "C4:2 B3:2 | C4:4"])
def test_voices_stay_below_a_high_and_a_low_melody(text: str) -> None:
    voices = sing(text, "C:2 G7:2 C:4", Key("C"))
    for _, row in verticalities(voices):
        assert list(row) == sorted(row)


def test_a_seventh_falls_and_the_leading_tone_rises() -> None:
    bass, tenor, alto, soprano = sing("D5:4 | E5:4", "G7:4 C:4", Key("C"))
    pairs = [(one.notes[0].pitch, one.notes[1].pitch) for one in (bass, tenor, alto)]
    assert soprano.notes[0].pitch == 74
    for old, new in pairs:
        if old % 12 == 5:
            assert old - new in (1, 2)
        if old % 12 == 11 and old == pairs[2][0]:
            assert new - old in (1, -4)


def test_no_chord_no_voices() -> None:
    score = make_score("C5:4", chords="N.C.:4")
    assert lay_strikes(score, score.parts[0], read_harmony(score)) == ()
    assert write_choir((), Key("C")) == ((), (), ())


def test_ties_keep_what_sounds() -> None:
    score = make_score("C5:1 D5:1 E5:1 C5:1", chords="C:4")
    strikes = lay_strikes(score, score.parts[0], read_harmony(score))
    struck, tied = (write_choir(strikes, Key("C"), tied=one) for one in (False, True))
    assert sum(map(len, tied)) <= sum(map(len, struck))
    assert [sum(n.duration_tick for n in v) for v in tied] == [1920] * 3


def test_a_melody_on_the_roots_gets_no_octaves() -> None:
    voices = sing("F5:2 Eb5:2 | D5:2 Eb5:2 | F5:4", "Fm:2 Eb:2 Bb:2 Eb:2 Fm:4", Key("F", "minor"))
    rows = [row for _, row in verticalities(voices)]
    assert count_faults(rows, Key("F", "minor"), given_top=True).parallels == 0


def test_what_comes_after_a_rest_is_thought_of() -> None:
    score = make_score("B4:1 B4:1 r:1 E5:1 | E5:4", chords="B7:2 E:6")
    strikes = lay_strikes(score, score.parts[0], read_harmony(score))
    assert [one.top for one in strikes if one.tick == 960] == [76]
