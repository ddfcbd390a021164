"""Repeats and endings."""

from motet.io.abc.bar_line import parse_numbers, read_endings, read_repeats
from motet.io.abc.voice import Voice


def test_repeats_are_listed_once_for_all_voices():
    voices = [Voice(name, barlines=[(0, "|:"), (4, ":|")], jumps=[(4, "fine")]) for name in "ab"]
    assert read_repeats(voices) == [(0, "start", 2), (4, "end", 2), (4, "fine", 2)]


def test_more_colons_are_more_times():
    assert read_repeats([Voice("1", barlines=[(4, "::|")])]) == [(4, "end", 3)]


def test_an_ending_goes_on_over_plain_bar_lines():
    voice = Voice("1", barlines=[(2, "|"), (4, "|"), (6, "|]")], endings=[(2, (1, 2))])
    assert read_endings([voice], 8) == [(2, 6, (1, 2))]


def test_numbers():
    assert parse_numbers("1-3,5") == (1, 2, 3, 5)
    assert len(parse_numbers("1-99999999")) <= 99
