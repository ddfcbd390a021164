"""Words in encodings that nobody stated."""

import pytest

from motet.io import read_midi
from motet.io.midi_text import choose_encoding, decode_text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Prélude à l'après-midi", "latin-1"),
        ("Für Elise", "latin-1"),
        ("© 1999 Müller", "latin-1"),
        ("Señorita – “Canción”", "cp1252"),
        ("月亮代表我的心", "gb18030"),
        ("茉莉花 (江苏民歌)", "gb18030"),
        ("さくら さくら", "cp932"),
        ("荒城の月", "cp932"),
        ("ドラム", "cp932"),
        ("大地讃頌 ピアノ", "cp932"),
        ("春天 spring ♪", "utf-8"),
    ],
)
def test_plausible_encodings(text, encoding):
    data = text.encode(encoding)
    assert decode_text(data, choose_encoding([b"Piano", data])) == text


def test_no_bytes_fail():
    for first in range(128, 256):
        data = bytes((first, 0x20, first, 0xFF))
        assert isinstance(decode_text(data, choose_encoding([data])), str)


def test_ends_of_c_strings_and_marks_are_dropped():
    assert decode_text(b"\xef\xbb\xbfPiano\0\0") == "Piano"


def test_a_file_is_judged_as_a_whole():
    def name(data):
        body = b"\0\xff\x03" + bytes((len(data),)) + data + b"\0\x90\x3c\x50\x60\x3c\0\0\xff\x2f\0"
        return b"MTrk" + len(body).to_bytes(4, "big") + body

    names = ["歌", "ギター", "ベース", "ドラム"]
    data = b"MThd\0\0\0\6\0\1\0\4\0\x60" + b"".join(name(n.encode("cp932")) for n in names)
    assert [part.name for part in read_midi(data).score.parts] == names
