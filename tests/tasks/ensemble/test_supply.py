"""What an ensemble needs and a source lacks."""

from __future__ import annotations

from motet.score import make_score
from motet.tasks.ensemble.band import find_ensemble
from motet.tasks.ensemble.material import read_material
from motet.tasks.ensemble.supply import supply_ground

TUNE = make_score("E5:2 F5:2 | D5:2 E5:2 | G5:4 | C5:4")
SONG = make_score("E5:2 F5:2 | D5:2 E5:2", "C4+G4:2 C4+A4:2 B3+G4:2 C4+G4:2", "C3:4 G2:4")


def test_a_source_with_a_ground_is_not_added_to() -> None:
    group = find_ensemble("string-quartet")
    found = supply_ground(read_material(SONG), group, group.chairs())
    assert found.is_own
    assert [n.pitch for n in found.bass] == [48, 43]
    assert found.remarks == ()
    assert found.chords


def test_a_bare_melody_gets_chords_and_voices() -> None:
    group = find_ensemble("piano-trio")
    found = supply_ground(read_material(TUNE), group, group.chairs())
    assert not found.is_own
    assert all(found.voices)
    assert found.chords[0].symbol.startswith("C")
    assert len(found.remarks) == 2


def test_a_band_gets_only_drums_where_the_rest_is_there() -> None:
    group = find_ensemble("jazz-combo")
    found = supply_ground(read_material(SONG), group, group.chairs())
    assert found.drums
    assert not found.has_own_drums
    assert [n.pitch for n in found.bass] == [48, 43]
