"""Palettes: what may be used, and where it must lead."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.tasks.harmonise.palette import DEVICES, find_palette
from motet.theory import Key


@pytest.mark.parametrize("key", [Key("C"), Key("Gb"), Key("E", "minor")])
def test_the_first_degree_keeps_to_the_key(key: Key) -> None:
    scale = set(key.pcs) | ({(key.tonic_pc + 11) % 12} if key.is_minor else set())
    assert all(set(entry.chord.pcs) <= scale for entry in find_palette(key, 1))


@pytest.mark.parametrize("mode", ["major", "minor"])
def test_each_degree_holds_the_one_before(mode: str) -> None:
    sets = [{entry.chord for entry in find_palette(Key("D", mode), k)} for k in (1, 2, 3)]
    assert sets[0] < sets[1] < sets[2]


def test_devices_lead_where_they_must() -> None:
    found = {entry.chord.symbol: entry for entry in find_palette(Key("C"), 3)}
    assert found["A7"].leads == {2}
    assert found["Db9"].leads == {0}
    assert found["Db9"].device == "tritone"
    assert found["C#dim7"].leads == {2}
    assert found["C/G"].device == "cadential"
    assert {entry.device for entry in found.values()} <= set(DEVICES)


@pytest.mark.parametrize("adventure", [0, 4, "2", None])
def test_other_degrees_are_refused(adventure: object) -> None:
    with pytest.raises(ParameterError, match="adventure"):
        find_palette(Key("C"), adventure)  # type: ignore[arg-type]
