"""Every decoration means something that scores know."""

from motet.io.abc.decoration import DECORATIONS, SHORT
from motet.score.note import ARTICULATIONS, ORNAMENTS


def test_values_are_known():
    for kind, value in DECORATIONS.values():
        if kind == "articulation":
            assert value in ARTICULATIONS
        elif kind == "ornament":
            assert value in ORNAMENTS
    assert all(name in DECORATIONS for name in SHORT.values())
