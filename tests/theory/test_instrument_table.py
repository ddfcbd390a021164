"""The instrument table as a whole."""

from motet.theory.instrument import INSTRUMENTS, find_instrument
from motet.theory.instrument_table import ALIASES

_CLEFS = {"G", "F", "C3", "grand", "percussion", "G8vb"}


def test_the_table_is_whole():
    assert len(INSTRUMENTS) >= 60
    families = {one.family for one in INSTRUMENTS.values()}
    assert {"keys", "guitar", "bass", "strings", "brass", "woodwind", "voice"} <= families
    assert {"drums", "chinese", "synth", "mallets", "plucked"} <= families


def test_every_row_makes_sense():
    for one in INSTRUMENTS.values():
        assert 0 <= one.low <= one.comfortable_low < one.comfortable_high <= one.high <= 127, one
        assert one.clef in _CLEFS, one
        assert one.max_polyphony >= 1
        assert 0 <= one.program <= 127
        assert one.name_zh
        assert any("一" <= sign <= "鿿" for sign in one.name_zh), one


def test_names_are_unique():
    assert len({one.name for one in INSTRUMENTS.values()}) == len(INSTRUMENTS)
    assert len({one.name_zh for one in INSTRUMENTS.values()}) == len(INSTRUMENTS)


def test_aliases_lead_somewhere():
    for alias, identifier in ALIASES.items():
        assert identifier in INSTRUMENTS, alias
        assert find_instrument(alias).identifier == identifier, alias
