"""Tandem interpretations."""

import pytest

from motet.io.kern.interpretation import (
    parse_clef,
    parse_key_name,
    parse_metre,
    parse_signature,
    parse_tempo,
    parse_transposition,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [("*M4/4", (4, 4)), ("*M2\\4", (2, 4)), ("*M3/0", (6, 1)), ("*M4/5", None), ("*M0/4", None)],
)
def test_metres(text, value):
    assert parse_metre(text) == value


@pytest.mark.parametrize(
    ("text", "fifths"),
    [("*k[]", 0), ("*k[b-e-a-]", -3), ("*k[bnf#c#]", 2), ("*k[c#f#]", 2), ("*k", None)],
)
def test_signatures(text, fifths):
    assert parse_signature(text) == fifths


def test_the_rest():
    assert parse_key_name("*b-:") == (-5, "minor")
    assert parse_key_name("*G:mix") == (0, "mixolydian")
    assert parse_clef("*clefC3") == ("C", 3, 0)
    assert parse_clef("*clef") is None
    assert parse_tempo("*MM66.5") == 66.5
    assert parse_tempo("*MM0") is None
    assert parse_transposition("*ITrd4c7") == -7
    assert parse_transposition("*ITr") is None
