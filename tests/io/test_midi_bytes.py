"""Raw events and the bytes at which they stand; damage is tested in test_midi_read.py."""

import pytest

from motet.errors import FormatError
from motet.io.loaded import Ledger
from motet.io.midi_bytes import parse_midi
from motet.io.midi_track import ESCAPE, SYSEX


def parse(body, kind=0):
    head = b"MThd\0\0\0\6" + kind.to_bytes(2, "big") + b"\0\1\0\x60"
    ledger = Ledger()
    file = parse_midi(head + b"MTrk" + len(body).to_bytes(4, "big") + body, ledger=ledger)
    return file, ledger.repairs


def test_every_kind_of_event_has_its_tick_and_byte():
    body = (
        b"\0\xc0\x05"
        b"\x81\x00\xe0\x00\x40"
        b"\0\xf0\x02\x7e\xf7"
        b"\x01\xf7\x01\x05"
        b"\0\xff\x01\x02hi"
        b"\x02\xd0\x07"
        b"\x03\xff\x2f\0"
    )
    file, repairs = parse(body)
    (track,) = file.tracks
    assert track.messages == [(0, 0xC0, 5, 0, 22), (128, 0xE0, 0, 64, 25), (131, 0xD0, 7, 0, 45)]
    assert track.metas == [
        (128, SYSEX, b"\x7e\xf7", 30),
        (129, ESCAPE, b"\x05", 35),
        (129, 1, b"hi", 39),
    ]
    assert (track.end_tick, repairs) == (134, ())


def test_times_of_four_bytes_and_unknown_chunks():
    file, repairs = parse(b"\xff\xff\xff\x7f\xff\x2f\0XFIH\0\0\0\0")
    assert file.tracks[0].end_tick == 0x0FFFFFFF
    assert len(repairs) == 1
    body = b"\0\xff\x2f\0"
    chunk = b"MTrk\0\0\0\4" + body
    ledger = Ledger(mend=False)
    data = b"MThd\0\0\0\x08\0\1\0\2\0\x60\0\0" + b"XFIH\0\0\0\2ab" + chunk + chunk
    assert len(parse_midi(data, ledger=ledger).tracks) == 2
    assert "passed over" in ledger.repairs[0].en


def test_a_single_track_of_type_2_is_one_piece():
    assert parse(b"\0\xff\x2f\0", kind=2)[0].format == 0


@pytest.mark.parametrize("event", [b"\1\xff\1\1a", b"\0\x90\x3c\x40"])
def test_more_notes_or_texts_than_a_piece_has_are_refused(event):
    body = event * 250_001 + b"\0\xff\x2f\0"
    data = b"MThd\0\0\0\6\0\0\0\1\1\xe0MTrk" + len(body).to_bytes(4, "big") + body
    with pytest.raises(FormatError, match="250,000 notes") as caught:
        parse_midi(data, ledger=Ledger())
    assert caught.value.zh


def test_more_controllers_than_a_piece_has_are_refused():
    body = b"\1\xb0\7\x40" * 300_001 + b"\0\xff\x2f\0"
    data = b"MThd\0\0\0\6\0\0\0\1\1\xe0MTrk" + len(body).to_bytes(4, "big") + body
    with pytest.raises(FormatError, match="300,000 controllers"):
        parse_midi(data, ledger=Ledger())
