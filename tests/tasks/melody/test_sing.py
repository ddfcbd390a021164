"""From words in bars to a sung line."""

from __future__ import annotations

from dataclasses import replace

from motet.brief import PartBrief
from motet.score import Metre, Part, Score
from motet.tasks.cast import plan_part
from motet.tasks.melody.ladder import find_pitches
from motet.tasks.melody.sing import line_echoes, line_rhythms, sing_words, with_upbeat
from motet.tasks.melody.verse import Verse, lay_words
from motet.tasks.melody.words import read_words
from motet.theory.scale import Key

COMMON = Metre(tick=0, numerator=4, denominator=4)
PLAN = plan_part(PartBrief(instrument="soprano"), role="melody")


def laid(text: str) -> tuple[Score, tuple[Verse, ...], int]:
    verses = lay_words(read_words(text), COMMON)
    n_bars = sum(verse.n_bars for verse in verses)
    frame = Score(parts=(Part(name="Voice"),), length_tick=n_bars * 1920)
    return with_upbeat(frame, verses, COMMON)


def test_an_upbeat_makes_a_pickup_bar() -> None:
    score, verses, shift = laid("The river runs beneath the silver moon")
    assert shift == 1
    assert score.bars[0].number == 0
    assert verses[0].lines[0].sets[0].tick >= 0
    _, _, none = laid("River running under silver moonlight")
    assert none == 0


def test_rhythms_hold_every_syllable() -> None:
    score, verses, _ = laid("The river runs\nbeneath the silver moon")
    rhythms = line_rhythms(score, verses)
    n = sum(len(line.syllables) for verse in verses for line in verse.lines)
    assert sum(len(pairs) for pairs in rhythms.values()) == n
    for bar, pairs in rhythms.items():
        assert all(0 <= pos < score.bars[bar].duration_tick // 20 for pos, _ in pairs)


def test_echoes_join_bars_of_one_rhythm() -> None:
    text = "Walking in the morning\nSinging in the evening\n" * 2
    score, verses, shift = laid(text)
    rhythms = line_rhythms(score, verses)
    found = line_echoes(score, verses, rhythms, shift=shift, seed=1)
    assert found
    assert all(rhythms[bar] == rhythms[echo.bar] and echo.bar < bar for bar, echo in found.items())


def test_every_syllable_is_sung_and_repeats_take_their_tune() -> None:
    text = "[Chorus]\nHome again tonight\n\n[Verse]\nOver every hill\n\n[Chorus]"
    score, verses, shift = laid(text)
    rhythms = line_rhythms(score, verses)
    written = find_pitches(score, 0, PLAN, rhythms, bars=sorted(rhythms), key=Key("C"))
    song = sing_words(written, verses, PLAN, key=Key("C"))
    onsets = [one.tick for verse in verses for line in verse.lines for one in line.sets]
    assert [one.tick for one in song.parts[0].lyrics] == onsets
    by_tick = {note.onset_tick: note.pitch for note in song.parts[0].notes}
    first, last = verses[0].lines[0], verses[2].lines[0]
    assert [by_tick[one.tick] for one in first.sets] == [by_tick[one.tick] for one in last.sets]
    assert shift in (0, 1)
    assert replace(song, parts=()) == replace(score, parts=())
