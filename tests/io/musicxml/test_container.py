"""Compressed files and encodings: bombs, tricks with paths, wrong declarations."""

import io
import zipfile

import pytest

from motet.errors import FormatError
from motet.io.musicxml.container import MAX_XML_BYTES, decode_xml
from motet.io.musicxml.journal import Journal
from motet.io.musicxml_read import read_musicxml
from musicxml_text import note, partwise, texts

XML = partwise(note("C4", 8))
CONTAINER = '<container><rootfiles><rootfile full-path="{}"/></rootfiles></container>'


def packed(files, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_the_container_names_the_score():
    files = {
        "META-INF/container.xml": CONTAINER.format("b/s.xml"),
        "a.xml": b"<a/>",
        "b/s.xml": XML,
    }
    loaded = read_musicxml(packed(files))
    assert loaded.score.n_notes == 1
    assert loaded.repairs == ()


def test_without_a_container_the_first_score_is_read_and_told():
    loaded = read_musicxml(packed({"s.musicxml": XML}))
    assert "does not say which file" in texts(loaded)[0]


@pytest.mark.parametrize(
    "name", ["../s.xml", "/etc/passwd", "a/../../s.xml", "..\\s.xml", "C:\\s.xml"]
)
def test_paths_outside_the_archive_are_refused(name):
    files = {"META-INF/container.xml": CONTAINER.format(name), "s.xml": XML, name: XML}
    with pytest.raises(FormatError, match="outside the archive"):
        read_musicxml(packed(files))


def test_zip_bombs_are_refused():
    bomb = packed({"s.xml": b"<score-partwise>" + b" " * (MAX_XML_BYTES + 1)})
    assert len(bomb) < 100_000
    with pytest.raises(FormatError, match="would unpack to"):
        read_musicxml(bomb)
    with pytest.raises(FormatError, match="would unpack to"):
        read_musicxml(packed({"s.xml": b" " * 20_000_000}))


def test_a_size_that_lies_is_found_out():
    data = bytearray(packed({"s.xml": XML + b" " * 100_000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(FormatError):
        read_musicxml(bytes(data))


def test_damaged_and_encrypted_archives_are_refused():
    data = packed({"s.xml": XML})
    with pytest.raises(FormatError, match="damaged"):
        read_musicxml(data[: len(data) // 2])
    locked = bytearray(data)
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        locked[data.index(mark) + offset] |= 1
    with pytest.raises(FormatError, match=r"encrypted|damaged"):
        read_musicxml(bytes(locked))
    with pytest.raises(FormatError, match="unusual way"):
        read_musicxml(packed({"s.xml": XML}, zipfile.ZIP_BZIP2))
    with pytest.raises(FormatError, match="no MusicXML score"):
        read_musicxml(packed({"s.txt": b"hello"}))
    with pytest.raises(FormatError, match="not in it"):
        read_musicxml(packed({"META-INF/container.xml": CONTAINER.format("x.xml"), "s.xml": XML}))


def test_entities_in_the_container_are_refused():
    evil = '<!DOCTYPE c [<!ENTITY a "b">]>' + CONTAINER.format("s.xml")
    with pytest.raises(FormatError, match="entities"):
        read_musicxml(packed({"META-INF/container.xml": evil, "s.xml": XML}))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_encodings_of_unicode(encoding):
    text = partwise(note("C4", 8), head="<movement-title>Élégie 二胡</movement-title>").decode()
    if encoding.startswith("utf-16"):
        text = text.replace("UTF-8", "UTF-16")
    assert read_musicxml(text.encode(encoding)).score.title == "Élégie 二胡"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("iso-8859-1", "ISO-8859-1"), ("gb18030", "GB18030"), ("shift_jis", "Shift_JIS")],
)
def test_encodings_that_are_declared(encoding, name):
    title = "Élégie" if encoding == "iso-8859-1" else "二胡"
    text = partwise(note("C4", 8), head=f"<movement-title>{title}</movement-title>").decode()
    loaded = read_musicxml(text.replace("UTF-8", name).encode(encoding))
    assert loaded.score.title == title
    assert loaded.repairs == ()


def test_a_wrong_declaration_is_mended_and_told():
    data = partwise(note("C4", 8), head="<movement-title>Élégie</movement-title>")
    loaded = read_musicxml(data.decode().encode("latin-1"))
    assert loaded.score.title == "Élégie"
    assert "not in UTF-8" in texts(loaded)[0]
    journal = Journal()
    decode_xml(b'<?xml version="1.0" encoding="klingon"?><a/>', journal=journal)
    assert "not in klingon" in journal.repairs[0].en


def test_control_characters_are_left_out_and_told():
    loaded = read_musicxml(XML.replace(b"Flute", b"Fl\x00\x01ute"))
    assert loaded.score.parts[0].name == "Flute"
    assert texts(loaded)[0].startswith("2 control characters")
