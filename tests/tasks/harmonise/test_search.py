"""Paths through a palette."""

from __future__ import annotations

import itertools

import pytest

from motet.score import make_score
from motet.tasks.harmonise.evidence import fit_slots, lay_slots, mark_phrases
from motet.tasks.harmonise.palette import find_palette
from motet.tasks.harmonise.search import Path, find_paths
from motet.theory import Key

_TUNE = ("G4:2 C5:2 | E5:1 C5:1 E5:2 | D5:2 C5:2 | A4:2 G4:2 | G4:1 C5:3 | E5:1 C5:1 E5:2 | D5:2 G5:2 | "
         "G5:4 | E5:1 G5:2 E5:1 | C5:1 E5:1 C5:2 | D5:2 C5:2 | A4:2 G4:2 | C5:4 | "
         "E5:1 C5:1 E5:2 | D5:4 | C5:4")  # fmt: skip


def paths(adventure: int, **options: object) -> tuple[Path, ...]:
    score = make_score(_TUNE)
    slots = mark_phrases(score, score.parts[0], lay_slots(score))
    palette = find_palette(Key("C"), adventure)
    fit = fit_slots(score, score.parts[0], slots, palette)
    return find_paths(slots, fit, palette, Key("C"), adventure=adventure, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("adventure", [1, 2, 3])
def test_pieces_end_at_home_and_devices_lead(adventure: int) -> None:
    entries = paths(adventure)[0].entries
    assert entries[-1].chord.root_pc == 0
    changes = [one for k, one in enumerate(entries) if k == 0 or entries[k - 1] != one]
    for one, after in itertools.pairwise(changes):
        if one.device in ("tritone", "approach", "cadential"):
            assert after.chord.root_pc in one.leads


def test_more_adventure_uses_more_devices() -> None:
    def n_devices(k: int) -> int:
        return sum(one.device != "diatonic" for one in paths(k)[0].entries)

    assert n_devices(1) == 0 < n_devices(2) < n_devices(3)


def test_ways_differ_and_the_best_comes_first() -> None:
    found = paths(2, n=4, seed=3)
    assert len({one.entries for one in found}) == len(found) == 4
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert found[0] == paths(2)[0]
    assert found == paths(2, n=4, seed=3)
