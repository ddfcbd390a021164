"""The ranking of sung lines."""

from __future__ import annotations

from dataclasses import replace

from motet.score import Metre, Note, Part, Score, make_score
from motet.tasks.melody.critic import judge_lines, judge_song
from motet.tasks.melody.verse import lay_words
from motet.tasks.melody.words import read_words


def test_an_arch_is_better_than_a_saw_or_one_note() -> None:
    arch = judge_lines([[60, 62, 64, 67, 65, 64, 62, 60]], ["verse"])
    assert arch > judge_lines([[60, 62] * 4], ["verse"])
    assert arch > judge_lines([[60] * 8], ["verse"])
    assert arch > judge_lines([[48, 72, 50, 74, 52, 76, 54, 78]], ["verse"])


def test_a_chorus_above_the_verse_is_better() -> None:
    low, high = [60, 62, 64, 65, 64, 62], [65, 67, 69, 70, 69, 67]
    assert judge_lines([low, high], ["verse", "chorus"]) > judge_lines(
        [high, low], ["verse", "chorus"]
    )


def test_a_song_is_judged_by_its_lines() -> None:
    verses = lay_words(read_words("sing sing sing sing"), Metre(tick=0, numerator=4, denominator=4))
    ticks = [one.tick for one in verses[0].lines[0].sets]
    low = tuple(Note(onset_tick=tick, duration_tick=99, pitch=60) for tick in ticks)
    arch = tuple(replace(note, pitch=p) for note, p in zip(low, (60, 64, 65, 62), strict=True))
    assert judge_song(Score(parts=(Part(notes=arch),)), verses) > judge_song(
        Score(parts=(Part(notes=low),)), verses
    )
    assert judge_song(Score(parts=make_score("r:4").parts), verses) == 0
