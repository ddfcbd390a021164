"""Bytes to lines."""

import pytest

from motet.errors import FormatError
from motet.io.kern.ledger import LineLedger
from motet.io.kern.text import is_kern, read_lines


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_and_line_ends(encoding):
    ledger = LineLedger()
    data = "**kern\r\n!! é\r4c\n".encode(encoding)
    assert is_kern(data)
    assert read_lines(data, ledger) == ["**kern", "!! é", "4c", ""]
    assert ledger.repairs == ()


def test_nul_characters_are_taken_out():
    ledger = LineLedger()
    assert read_lines(b"4\x00c", ledger) == ["4c"]
    assert "NUL" in ledger.repairs[0].en


def test_too_many_lines_are_refused():
    with pytest.raises(FormatError, match="lines"):
        read_lines(b"\n" * 2_000_001, LineLedger())


def test_other_texts_are_not_kern():
    for data in (b"", b"X:1\nK:C\n", b"**bold** text", b"# title", b"MThd"):
        assert not is_kern(data)
