"""Words in MIDI files: bytes in no stated encoding to Unicode.

Conventions: UTF-8 wherever the bytes are UTF-8. The texts of a file that are not are judged
together, because one name is too short to tell Shift-JIS from GB 18030 or Latin letters.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["choose_encoding", "decode_text"]

_LATIN_SIGNS = frozenset("©®°«»–—’‘“”…™·")


def decode_text(data: bytes, fallback: str = "latin-1") -> str:
    """Return the text of bytes: UTF-8 when they are, else by a fallback; never fails.

    Parameters
    ----------
    data : bytes
    fallback : str
        Encoding from `choose_encoding`.

    Returns
    -------
    str
        Without a byte-order mark and without NUL bytes at the end.

    Examples
    --------
    >>> decode_text("春天".encode()), decode_text(b"Pr\\xe9lude")
    ('春天', 'Prélude')
    """
    data = data.rstrip(b"\x00")
    for encoding in ("utf-8", fallback):
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def choose_encoding(samples: Iterable[bytes]) -> str:
    """Return the most plausible encoding of texts that are not UTF-8.

    Parameters
    ----------
    samples : iterable of bytes
        All texts of a file; those that are UTF-8 are passed over.

    Returns
    -------
    str
        ``"gb18030"``, ``"cp932"`` (Shift-JIS), ``"cp1252"`` or ``"latin-1"``.

    Source
    ------
    Own scores, checked on titles in tests/io/test_midi_text.py.

    Examples
    --------
    >>> choose_encoding(["春江花月夜".encode("gb18030")])
    'gb18030'
    >>> choose_encoding(["ピアノ".encode("cp932")])
    'cp932'
    """
    odd = [sample.rstrip(b"\x00") for sample in samples if not _is_utf8(sample)]
    joined = b"\n".join(odd)[:4096]
    if not joined:
        return "latin-1"
    best, best_points = "latin-1", _points(joined, "latin-1")
    for encoding in ("cp1252", "cp932", "gb18030"):
        points = _points(joined, encoding)
        if points > best_points:
            best, best_points = encoding, points
    return best


def _is_utf8(data: bytes) -> bool:
    try:
        data.rstrip(b"\x00").decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _points(data: bytes, encoding: str) -> float:
    """Return how much like words the bytes look in an encoding: more is better."""
    try:
        text = data.decode(encoding, errors="strict")
    except UnicodeDecodeError as error:
        if error.end < len(data) - 1:  # a cut at the very end says nothing about the encoding
            return float("-inf")
        text = data.decode(encoding, errors="ignore")
    if encoding == "cp932":
        return sum(_japanese(char) for char in text)
    if encoding == "gb18030":
        return sum(_chinese(char) for char in text)
    padded = f" {text} "
    return sum(_latin(padded[k - 1], padded[k], padded[k + 1]) for k in range(1, len(padded) - 1))


def _japanese(char: str) -> float:
    code = ord(char)
    if code < 0x80:
        return 0.0
    if 0x3040 <= code <= 0x30FF:
        return 3.0
    if 0x4E00 <= code <= 0x9FFF:
        return 1.2
    if 0x3000 <= code <= 0x303F or 0xFF00 <= code <= 0xFF5E:
        return 1.0
    return -1.5


def _chinese(char: str) -> float:
    if ord(char) < 0x80:
        return 0.0
    code = char.encode("gb18030")
    if len(code) != 2:
        return -3.0
    if 0xB0 <= code[0] <= 0xD7 and code[1] >= 0xA1:
        return 2.0  # the 3,755 common characters of GB 2312
    if 0xA1 <= code[0] <= 0xF7 and code[1] >= 0xA1:
        return 0.5
    return -2.0


def _latin(before: str, char: str, after: str) -> float:
    if ord(char) < 0x80:
        return 0.0
    if char in _LATIN_SIGNS:
        return 1.5
    if not char.isalpha() or char in "ªºƒ":
        return -2.0
    crowd = (ord(before) >= 0x80) + (ord(after) >= 0x80)
    return (1.6, 0.8, -2.0)[crowd]
