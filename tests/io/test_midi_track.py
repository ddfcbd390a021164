"""One track at a time: where it ends and what is left."""

import pytest

from motet.errors import FormatError
from motet.io.loaded import Ledger
from motet.io.midi_track import parse_track

NOTE = b"\x00\x90\x3c\x50"
END = b"\x10\xff\x2f\x00"


def test_reading_stops_at_the_end_mark_and_at_the_limit():
    data = b"xx" + NOTE + END + NOTE
    track, end, has_end = parse_track(data, 2, len(data), 1, 9, Ledger())
    assert (track.end_tick, len(track.messages), end, has_end) == (16, 1, 10, True)
    track, end, has_end = parse_track(data, 2, 6, 1, 9, Ledger())
    assert (track.end_tick, len(track.messages), end, has_end) == (0, 1, 6, False)


def test_a_cut_event_is_left_out_with_its_byte():
    ledger = Ledger()
    track, end, _ = parse_track(NOTE + b"\x05\x3c", 0, 6, 3, 9, ledger)
    assert (len(track.messages), end) == (1, 4)
    assert ledger.repairs[0].place == "byte 4, track 3"


def test_meta_types_above_127_are_left_out():
    ledger = Ledger()
    track, _, _ = parse_track(b"\x00\xff\x90\x01a" + NOTE + END, 0, 13, 1, 9, ledger)
    assert (track.metas, len(track.messages)) == ([], 1)
    assert "above 127" in ledger.repairs[0].en


def test_more_events_than_are_left_are_refused():
    with pytest.raises(FormatError, match="events"):
        parse_track(NOTE * 5 + END, 0, 24, 1, 3, Ledger())
