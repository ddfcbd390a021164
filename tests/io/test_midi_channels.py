"""Channels of parts: drums on 9, no collisions, ports when there are too many."""

from motet.io.midi_channels import allot_channels
from motet.score import Control, Part


def test_free_channels_in_order_without_the_drum_channel():
    slots = allot_channels([Part(program=k) for k in range(15)] + [Part(is_drums=True)])
    assert [channel for _, channel in slots] == [*range(9), *range(10, 16), 9]
    assert {port for port, _ in slots} == {0}


def test_a_sixteenth_part_shares_its_program_or_goes_to_port_1():
    slots = allot_channels(
        [Part(program=k) for k in range(15)] + [Part(program=4), Part(program=99)]
    )
    assert slots[15] == (0, 4)
    assert slots[16] == (1, 0)


def test_asked_channels_are_kept_and_collisions_move_to_a_port():
    loud = (Control(tick=0, kind="cc", number=7, value=127),)
    quiet = (Control(tick=0, kind="cc", number=7, value=1),)
    parts = [
        Part(channel=3, program=1, controls=loud),
        Part(channel=3, program=2),
        Part(channel=3, program=1),
        Part(channel=3, program=1, controls=quiet),
    ]
    assert allot_channels(parts) == ((0, 3), (1, 3), (0, 3), (2, 3))


def test_pitched_parts_leave_channel_9_and_drums_go_there():
    slots = allot_channels([Part(channel=9), Part(channel=2, is_drums=True)])
    assert slots == ((0, 0), (0, 9))
