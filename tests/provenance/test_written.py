"""A piece as it reads after a format."""

from __future__ import annotations

from motet.provenance import record_of
from motet.provenance.written import write_again
from motet.score import make_score

SCORE = make_score("C4:0.5 D4:0.5 E4:1 F4:2", chords="C:4")


def test_each_format_that_is_written_gives_a_score() -> None:
    record = record_of(SCORE)
    for name in ("midi", "json", "musicxml", "abc"):
        found = write_again(record, name)
        assert found is not None
        assert [note.pitch for note in found.parts[0].notes] == [60, 62, 64, 65]


def test_a_format_that_is_only_read_gives_none() -> None:
    assert write_again(record_of(SCORE), "kern") is None
