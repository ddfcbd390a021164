"""How words sit on their notes, beside chance."""

from __future__ import annotations

from motet.score import Lyric, Metre, Note, Part, Score
from motet.tasks.melody.prosody import check_text, check_words, lay_text, stress_share, tone_share
from motet.tasks.melody.settle import Sung
from motet.tasks.melody.verse import lay_words
from motet.tasks.melody.words import read_words

COMMON = Metre(tick=0, numerator=4, denominator=4)


def test_stress_is_counted_by_hand() -> None:
    assert stress_share([2, 0, 2, 1, 2], [3, 0, 1, 2, 0]) == (2, 3)
    assert stress_share([2, 0, 2, 1, 2], [3, 0, 1, 2, 0], least=2) == (1, 3)


def test_tones_are_counted_by_hand() -> None:
    line = [Sung(pitch=60, tone=3), Sung(pitch=64, tone=1), Sung(pitch=65, tone=3)]
    assert tone_share([line]) == (1, 2)


def test_a_missing_syllable_is_told() -> None:
    verses = lay_words(read_words("River river"), COMMON)
    sets = [one for line in verses[0].lines for one in line.sets]
    notes = tuple(Note(onset_tick=one.tick, duration_tick=120, pitch=60) for one in sets[:-1])
    score = Score(parts=(Part(notes=notes, lyrics=(Lyric(tick=0, text="Riv"),)),), length_tick=3840)
    checks = {one.name: one for one in check_words(score, verses, seed=0)}
    assert checks["syllables"].ok is False
    assert checks["syllables"].measured[0] == "3"
    assert checks["stress"].measured[0].startswith("100 %")


def test_words_that_were_lost_or_changed_are_told() -> None:
    given = lay_text(lay_words(read_words("River river"), COMMON))
    assert [one.text for one in given] == ["Riv", "er", "riv", "er"]
    notes = tuple(Note(onset_tick=one.tick, duration_tick=240, pitch=60) for one in given)
    whole = Score(parts=(Part(notes=notes, lyrics=given),))
    assert check_text(whole, given).ok is True
    fewer = Score(parts=(Part(notes=notes, lyrics=given[:-1]),))
    assert check_text(fewer, given).ok is False
    silent = Score(parts=(Part(notes=notes[1:], lyrics=given),))
    assert check_text(silent, given).measured[0] == "3"
