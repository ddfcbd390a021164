"""Words and lines of parts."""

from motet.io.kern.marks import read_dynamics, read_lyrics, read_spans
from motet.io.kern.track import Track


def test_two_verses_and_an_extender():
    home = Track(0, "kern", 1)
    first = Track(1, "text", 1, marks=[(0, "A-", 1), (4, "men_", 2)])
    second = Track(2, "text", 1, marks=[(0, "O", 1)])
    found = read_lyrics([(first, home), (second, home)], int)
    assert [(one.tick, one.verse, one.text, one.syllabic, one.extend) for one in found] == [
        (0, 1, "A", "begin", False),
        (0, 2, "O", "single", False),
        (4, 1, "men", "single", True),
    ]


def test_dynamics_stand_at_their_staff():
    home = Track(3, "kern", 1)
    spine = Track(4, "dynam", 1, marks=[(0, "sfz", 1), (2, ">", 2), (6, "] ppv", 3)])
    marks, hairpins = read_dynamics([(spine, home)], {3: 2}, int)
    assert [(one.tick, one.mark, one.staff) for one in marks] == [(0, "sfz", 2), (6, "pp", 2)]
    assert [(one.kind, one.start_tick, one.end_tick) for one in hairpins] == [("diminuendo", 2, 6)]


def test_octave_lines():
    track = Track(0, "kern", 1, octaves=[(0, "*8va", 1), (4, "*X8va", 2), (6, "*8ba", 3)])
    spans = [(one.kind, one.start_tick, one.end_tick) for one in read_spans(track, {}, int)]
    assert spans == [("octave-up", 0, 4)]
