"""Bar lines and the form they spell."""

import pytest

from motet.io.kern.barline import parse_barline, read_form


@pytest.mark.parametrize(
    ("text", "number", "hidden", "ends", "starts"),
    [
        ("=", -1, False, False, False),
        ("=7", 7, False, False, False),
        ("=1-", 1, True, False, False),
        ("=:|!|:", -1, False, True, True),
        ("=9!|:", 9, False, False, True),
        ("==:|!", -1, False, True, False),
        ("=12||", 12, False, False, False),
    ],
)
def test_barlines(text, number, hidden, ends, starts):
    line = parse_barline(text)
    assert (line.number, line.is_hidden, line.ends_repeat, line.starts_repeat) == (
        number,
        hidden,
        ends,
        starts,
    )


def test_da_capo_to_the_fine():
    _, endings, repeats = read_form([(0, "A"), (8, "B")], {"": ["A", "B", "A"]}, [], 16)
    assert endings == ()
    assert [(one.tick, one.kind) for one in repeats] == [(8, "fine"), (16, "da-capo")]
