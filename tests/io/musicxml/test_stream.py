"""Hostile XML is refused with its place, quickly; streaming forgets what it has read."""

import pytest

from motet.errors import FormatError
from motet.io.musicxml.stream import MAX_MEASURES, MAX_NOTES
from motet.io.musicxml_read import read_musicxml
from musicxml_text import HEAD, note, partwise

BODY = b'<score-partwise><part-list/><part id="P1"><measure number="1"/></part></score-partwise>'
LAUGHS = b"".join(
    b'<!ENTITY a%d "%s">' % (k, b"&a%d;" % (k - 1) * 10 if k else b"ha") for k in range(10)
)


@pytest.mark.parametrize(
    "prolog",
    [
        b"<!DOCTYPE score-partwise [" + LAUGHS + b"]>",
        b'<!DOCTYPE score-partwise [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE score-partwise [<!ENTITY % x SYSTEM "http://localhost/x"> %x;]>',
        b"<!DOCTYPE score-partwise [<!ELEMENT note ANY>]>",
    ],
)
def test_entities_and_own_elements_are_refused(prolog):
    with pytest.raises(FormatError, match="declares its own") as caught:
        read_musicxml(prolog + BODY.replace(b"part-list/", b"part-list>&a9;</part-list"))
    assert caught.value.place == "line 1"
    assert caught.value.zh


def test_a_document_type_that_is_named_is_never_fetched():
    doctype = b'<!DOCTYPE score-partwise SYSTEM "file:///etc/passwd">'
    assert read_musicxml(doctype + BODY).score.n_bars == 1


def test_unknown_entities_are_left_out_and_told():
    loaded = read_musicxml(partwise(note("C4", 8)).replace(b"Flute", b"Fl&nbsp;ute"))
    assert any("unknown entities" in repair.en for repair in loaded.repairs)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"   ", "damaged"),
        (b"hello", "damaged"),
        (b"<score-partwise>", "damaged"),
        (b"<score-partwise/>", "no part"),
        (b"<html></html>", "begins with <html>"),
        (b"<opus/>", "begins with <opus>"),
        (BODY[:-20], "damaged"),
        (BODY + b"<a/>", "damaged"),
        (b"\x00" * 100, "damaged"),
    ],
)
def test_what_is_no_score_is_refused(data, message):
    with pytest.raises(FormatError, match=message) as caught:
        read_musicxml(data)
    assert "line" in caught.value.place


def test_damage_is_told_with_its_line():
    data = partwise(note("C4", 8), note("D4", 8)).replace(
        b"</measure>\n</part>", b"</note>\n</part>"
    )
    with pytest.raises(FormatError, match="mismatched tag") as caught:
        read_musicxml(data)
    assert caught.value.place == "line 4"


START = HEAD.encode() + b'<score-partwise><part-list/><part id="P1">'
HOSTILE = {
    "ten million notes": lambda: b"<measure>" + b"<note/>" * 9_000_000,
    "notes": lambda: b"<measure>" + b"<note/>" * (MAX_NOTES + 1),
    "measures": lambda: b"<measure/>" * (MAX_MEASURES + 1),
    "syllables": lambda: b"<measure><note>" + b"<lyric/>" * (MAX_NOTES + 1),
    "repeats": lambda: b"<measure>" + b"<barline><repeat direction='backward'/></barline>" * 30_000,
    "one endless measure": lambda: b"<measure>" + b"<a/>" * 3_000_000,
    "depth": lambda: b"<measure>" + b"<a>" * 600_000,
    "one endless tag": lambda: b"<measure a='" + b"x" * 20_000_000,
    "attributes": lambda: b"<measure " + b"".join(b"a%d='' " % k for k in range(100_000)) + b">",
    "one endless comment": lambda: b"<!-- " + b"x<" * 10_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_sizes_are_refused(name):
    with pytest.raises(FormatError) as caught:
        read_musicxml(START + HOSTILE[name]())
    assert "line" in caught.value.place


def test_timewise_is_read_as_partwise():
    names = "".join(f'<score-part id="{k}"><part-name>{k}</part-name></score-part>' for k in "AB")
    divisions = "<attributes><divisions>2</divisions></attributes>"
    bars = "".join(
        f'<measure number="{k}">'
        + "".join(
            f'<part id="{one}">{divisions * (k == 1)}{note(p, 8)}</part>'
            for one, p in (("A", "C5"), ("B", "C3"))
        )
        + "</measure>"
        for k in (1, 2)
    )
    score = read_musicxml(
        f"<score-timewise><part-list>{names}</part-list>{bars}</score-timewise>".encode()
    ).score
    assert [[(n.onset_tick, n.pitch) for n in part.notes] for part in score.parts] == [
        [(0, 72), (1920, 72)], [(0, 48), (1920, 48)],
    ]  # fmt: skip


def test_errors_in_timewise_files_name_the_measure():
    bad = note("C4", "-1")
    bar = f'<measure number="7"><part id="A">{bad}</part></measure>'
    data = f"<score-timewise><part-list/>{bar}</score-timewise>"
    with pytest.raises(FormatError) as caught:
        read_musicxml(data.encode())
    assert caught.value.place == "part A, measure 7, line 1"
