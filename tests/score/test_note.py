"""The note."""

import dataclasses

import pytest

from motet.score import ARTICULATIONS, GRACES, ORNAMENTS, Note
from motet.score.note import note_order


def test_end_is_half_open():
    assert Note(onset_tick=480, duration_tick=240, pitch=60).end_tick == 720


def test_a_note_cannot_be_changed():
    note = Note(onset_tick=0, duration_tick=1, pitch=60)
    with pytest.raises(dataclasses.FrozenInstanceError):
        note.pitch = 61


def test_grace_notes_come_before_their_note_in_their_own_order():
    main = Note(onset_tick=0, duration_tick=480, pitch=40)
    first = Note(onset_tick=0, duration_tick=0, pitch=72, grace="acciaccatura")
    second = Note(onset_tick=0, duration_tick=0, pitch=70, grace="appoggiatura")
    assert sorted((main, first, second), key=note_order) == [first, second, main]


def test_vocabularies_have_no_doubles():
    for names in (ARTICULATIONS, ORNAMENTS, GRACES):
        assert len(set(names)) == len(names)
