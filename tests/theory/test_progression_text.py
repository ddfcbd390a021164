"""Cutting a progression's text into bars: repeats, sections, loose chords."""

import pytest

from motet.errors import ParameterError
from motet.theory.progression_text import read_cells


def _bars(text):
    cells, sections = read_cells(text, n_beats=4)
    return " | ".join(" ".join(cell) for cell in cells), sections


@pytest.mark.parametrize(
    ("text", "bars"),
    [
        ("| C | G |", "C | G"),
        ("C | G", "C | G"),
        ("|| C F || G |]", "C F | G"),
        ("C G Am F", "C | G | Am | F"),
        ("C, G, Am, F", "C | G | Am | F"),
        ("C-G-Am-F", "C | G | Am | F"),
        ("I–V–vi–IV", "I | V | vi | IV"),
        ("C-7 F7-9", "C-7 | F7-9"),
        ("C → F", "C | F"),
        ("C G x2", "C | G | C | G"),
        ("| C | G | x2", "C | G | C | G"),
        ("|: C | G :| F |", "C | G | C | G | F"),
        ("|: C | G :| x3 | F |", "C | G | C | G | C | G | F"),
        ("| C | G :|", "C | G | C | G"),
        ("||: C :||: G :||", "C | C | G | G"),
        ("| C F | % | G |", "C F | C F | G"),
        ("| C |\n| F | G | x2", "C | F | G | F | G"),
        ("C / F G Am / / /", "C / F G | Am / / /"),
        ("| C | / / F / |", "C | C / F /"),
        ("| N.C. | C |", "N.C. | C"),
    ],
)
def test_bars_are_found(text, bars):
    assert _bars(text)[0] == bars


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("[verse] | C | G | [chorus 2] | F |", ((0, "verse"), (2, "chorus 2"))),
        ("[主歌] C G\n[副歌] F", ((0, "主歌"), (2, "副歌"))),
        ("【前奏】C\n| G |", ((0, "前奏"),)),
        ("verse: C G\nchorus: F G", ((0, "verse"), (2, "chorus"))),
        ("主歌:C G", ((0, "主歌"),)),
        ("[A] |: C | G :| [B] F", ((0, "A"), (4, "B"))),
        ("| C | [A] G |", ((1, "A"),)),
        ("|: C | [A] G :|", ((1, "A"), (3, "A"))),
        ("| C |", ()),
    ],
)
def test_sections_are_found(text, sections):
    assert _bars(text)[1] == sections


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("", "at least one chord"),
        ("[verse]", "at least one chord"),
        ("| C | | G |", "bar 2 is empty"),
        ("| % | C |", "bar 1"),
        ("| C | G % |", "bar 2"),
        ("| / C |", "no"),
        ("|: C | G", "no end"),
        ("x2", "must follow"),
        ("| C | x0", "must follow"),
        ("| C | [verse", "makes no sense"),
        ("C x5000", "at most"),
    ],
)
def test_what_makes_no_sense_is_refused(text, match):
    with pytest.raises(ParameterError, match=match) as caught:
        read_cells(text, n_beats=4)
    assert caught.value.zh
