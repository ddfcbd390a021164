"""Pairing against a slow twin that walks note by note."""

from hypothesis import given, settings
from hypothesis import strategies as st

from motet.io.loaded import Ledger
from motet.io.midi_notes import pair_notes
from motet.io.midi_track import MidiTrack

STEPS = st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.integers(60, 61)), max_size=30)


def slow_pairs(messages):
    """First begun, first ended; None when a note is left open."""
    waiting, found = [], []
    for tick, status, pitch, _, _ in messages:
        if status == 0x90:
            waiting.append((tick, pitch))
            continue
        first = next((one for one in waiting if one[1] == pitch), None)
        if first is not None:
            waiting.remove(first)
            found.append((first[0], tick, pitch))
    return None if waiting else sorted(found, key=lambda one: (one[0], one[2], one[1]))


@settings(max_examples=200, deadline=None)
@given(STEPS)
def test_pairs_are_those_of_the_slow_twin(steps):
    now, messages = 0, []
    for k, (delta, is_on, pitch) in enumerate(steps):
        now += delta
        messages.append((now, 0x90 if is_on else 0x80, pitch, 70, k))
    notes, _ = pair_notes(MidiTrack(1, messages, [], now + 5), ledger=Ledger())
    found = [(n.onset_tick, n.end_tick, n.pitch) for n in notes.get(0, ())]
    wanted = slow_pairs(messages)
    if wanted is not None:
        assert found == wanted
    assert len(found) == sum(is_on for _, is_on, _ in steps)
    onsets = sorted(message[0] for message in messages if message[1] == 0x90)
    assert [onset for onset, _, _ in found] == onsets
    assert all(0 <= onset <= end <= now + 5 for onset, end, _ in found)
