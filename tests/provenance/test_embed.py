"""The record inside a file: it travels through every format that has room for it."""

from __future__ import annotations

import zlib

import pytest

from motet.errors import FormatError
from motet.io import read_json, read_midi, write_json, write_midi
from motet.io.musicxml_read import read_musicxml
from motet.io.musicxml_write import write_musicxml
from motet.io.record_mark import get_mark, put_mark
from motet.provenance import Record, embed, record_in, record_of, tell_shortly
from motet.score import make_score

SCORE = make_score("C4:1 E4:1 G4:2 | C5:4", "C3:4 G2:4", chords="C:8")


@pytest.mark.parametrize(
    ("write", "read"),
    [(write_midi, read_midi), (write_json, read_json), (write_musicxml, read_musicxml)],
    ids=["midi", "json", "musicxml"],
)
def test_a_record_comes_back_from_a_file(write, read) -> None:  # type: ignore[no-untyped-def]
    loaded = read(write(embed(SCORE, record_of(SCORE))))
    found = record_in(loaded.score)
    assert found is not None
    assert found.score.parts[0].notes == SCORE.parts[0].notes
    assert loaded.repairs == ()


def test_a_second_record_takes_the_place_of_the_first() -> None:
    twice = embed(embed(SCORE, Record(version="1")), Record(version="2"))
    found = record_in(twice)
    assert found is not None
    assert found.version == "2"
    assert len(twice.raw) == 1


def test_a_score_without_a_record_has_none() -> None:
    assert record_in(SCORE) is None
    assert tell_shortly(SCORE) == ""
    assert put_mark(embed(SCORE, Record()), b"") == SCORE


@pytest.mark.parametrize("change", ["format", "cut", "digest", "packed", "json"])
def test_a_damaged_record_is_told(change: str) -> None:
    held = get_mark(embed(SCORE, Record(version="1")))
    bad = {
        "format": b"9" + held[1:],
        "cut": held[:-20],
        "digest": b"1:" + b"0" * 64 + held[66:],
        "packed": held[:67] + b"xx" + held[69:],
        "json": b"1:"
        + b"4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945:"
        + zlib.compress(b"[]"),
    }[change]
    with pytest.raises(FormatError, match="record") as caught:
        record_in(put_mark(SCORE, bad), path="a.mid")
    assert "记录" in caught.value.zh


def test_a_record_that_unpacks_without_end_is_refused() -> None:
    bomb = zlib.compress(b" " * (65 * 1024 * 1024), 9)
    with pytest.raises(FormatError, match="cut off"):
        record_in(put_mark(SCORE, b"1:" + b"0" * 64 + b":" + bomb))
