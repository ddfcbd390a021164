"""Syllables under notes."""

from motet.io.abc.voice import Voice
from motet.io.abc.words import lay_syllables


def laid(text, n=6, bars=None):
    voice = Voice("1", slots=[(k, (bars or [0] * n)[k]) for k in range(n)])
    lost = lay_syllables(voice, text, 1)
    return [(time, word, kind, extend) for time, word, _, kind, extend in voice.lyrics], lost


def test_signs():
    found, lost = laid("time * a~b well\\-known la _")
    assert lost == 0
    assert found == [
        (0, "time", "single", False),
        (2, "a b", "single", False),
        (3, "well-known", "single", False),
        (4, "la", "single", True),
    ]


def test_a_bar_sign_goes_to_the_next_bar():
    found, _ = laid("la | lo", bars=[0, 0, 0, 1, 1, 1])
    assert [time for time, *_ in found] == [0, 3]


def test_hyphens_hold_and_words_go_on():
    found, _ = laid("glo- - ri-a")
    assert [(time, word, kind) for time, word, kind, _ in found] == [
        (0, "glo", "begin"),
        (2, "ri", "middle"),
        (3, "a", "end"),
    ]


def test_syllables_too_many_are_counted():
    assert laid("a b c", n=2)[1] == 1
