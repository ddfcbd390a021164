"""Tunes of a file."""

import pytest

from motet.errors import FormatError
from motet.io.abc.text import is_abc, read_tunes
from motet.io.kern.ledger import LineLedger


def test_abc_is_told_from_other_text():
    assert is_abc(b"%abc-2.1\n")
    assert is_abc(b"% comment\nX:12 % first\nT:x\nK:G\n")
    assert not is_abc(b"X:1\nno key\n")
    assert not is_abc(b"**kern\n4c\n")


def test_an_empty_line_before_music_is_mended():
    ledger = LineLedger()
    tunes = read_tunes(b"X:1\nK:C\nC|D|\n\nE|F|\n\nJust words.\n", ledger).tunes
    assert [text for _, text in tunes[0]] == ["X:1", "K:C", "C|D|", "E|F|"]
    assert [one.localised("en") for one in ledger.repairs] == [
        "line 5: 1 empty lines inside a tune were ignored",
        "line 7: 1 lines of free text are not kept",
    ]


def test_endless_lines_are_refused():
    with pytest.raises(FormatError, match="line 3"):
        read_tunes(b"X:1\nK:C\n" + b"C" * 300_000, LineLedger())
