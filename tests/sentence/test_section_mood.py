"""Emotions of sections become a curve over the form."""

from __future__ import annotations

import pytest

from motet.brief import curve_at
from motet.sentence import understand
from motet.sentence.said import Said
from motet.sentence.section_mood import read_section_moods
from motet.sentence.text import Sentence

SAD, HAPPY = (-0.7, -0.4), (0.8, 0.5)


def moods(text: str, **places: tuple[float, float]) -> list[tuple[str, tuple[float, float]]]:
    """Return the labels and places read from a text whose mood words are given."""
    found = [
        Said("mood", place, at, at + len(word))
        for word, place in places.items()
        if (at := text.find(word)) >= 0
    ]
    rows = read_section_moods(Sentence(text), sorted(found, key=lambda one: one.start))
    return [(one.label, one.place) for one in rows]


@pytest.mark.parametrize(
    "text",
    [
        "sad verse, happy chorus",
        "sad verse and happy chorus",
        "the verse is sad and the chorus happy",
        "verse sad, chorus happy",
        "in the verse: sad, in the chorus: happy",
        "主歌sad,副歌happy",
        "sad的主歌,happy的副歌",
    ],
)
def test_each_section_has_its_mood(text: str) -> None:
    assert moods(text, sad=SAD, happy=HAPPY) == [("verse", SAD), ("chorus", HAPPY)]


def test_the_rest_has_the_mood_of_the_whole() -> None:
    assert moods("a sad song with a happy chorus", sad=SAD, happy=HAPPY) == [
        ("*", SAD),
        ("chorus", HAPPY),
    ]
    assert moods("starts sad and builds to a happy chorus", sad=SAD, happy=HAPPY)[0] == ("<", SAD)


def test_one_mood_or_none_of_a_section_is_no_curve() -> None:
    assert moods("a happy verse and chorus", happy=HAPPY) == []
    assert moods("sad, then happy", sad=SAD, happy=HAPPY) == []
    assert moods("a happy song", happy=HAPPY) == []


@pytest.mark.parametrize(
    ("text", "sad", "happy"),
    [
        ("verse8 chorus8 verse8 chorus8: sad verses, happy choruses", (1, 8, 17, 24), (9, 16, 25)),
        ("A8 B8 A8, A is sad, B is happy", (1, 8, 17, 24), (9, 16)),
        ("verse8 sad, chorus8 happy", (1, 8), (9, 16)),
        ("主歌8小节悲伤,副歌8小节欢快", (1, 8), (9, 16)),
        ("verse 8 bars, sad; chorus 16 bars, happy", (1, 8), (9, 24)),
        ("sad verse, happy chorus, 16 bars", (1, 8), (9, 16)),
        ("64 bars, sad verse, happy chorus", (1, 16, 33), (17, 32, 49, 64)),
        ("副歌欢快,主歌悲伤,16小节", (1, 8), (9, 16)),
        ("pop, sad verses, happy choruses", (5, 12, 21), (13, 20, 29)),
    ],
)
def test_the_curve_follows_the_form(
    text: str, sad: tuple[int, ...], happy: tuple[int, ...]
) -> None:
    understood = understand(text)
    curve = understood.full.emotion_curve
    assert all(curve_at(curve, bar)[0] < -0.5 for bar in sad), curve
    assert all(curve_at(curve, bar)[0] > 0.5 for bar in happy), curve
    assert curve[-1][0] <= sum(one.n_bars for one in understood.full.sections)


def test_a_building_up_reaches_the_chorus() -> None:
    brief = understand("starts calm and builds to a joyful chorus, verse8 chorus8").brief
    assert brief.form == "verse8 chorus8"
    assert brief.emotion_curve[0] == (1, 0.4, -0.7)
    assert brief.emotion_curve[1:] == ((9, 0.8, 0.5), (16, 0.8, 0.5))


def test_a_turn_within_one_clause_ends_in_its_section() -> None:
    told = [Said("mood", SAD, 1, 3), Said("mood", HAPPY, 5, 7)]
    rows = read_section_moods(Sentence("从平静推向欢乐的副歌"), told)
    assert [(one.label, one.place) for one in rows] == [("<", SAD), ("chorus", HAPPY)]
