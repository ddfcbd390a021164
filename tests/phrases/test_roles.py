"""Which part plays what: bands that say it, music that does not, and nothing at all."""

from dataclasses import replace

import numpy as np
import pytest

from motet.phrases.roles import ROLE_NAMES, find_roles
from motet.score import make_score
from motet.tokens import GridPart, GridScore, score_to_grid
from motet.tokens.grid import keep_parts


def _grid(*voices: str, roles: tuple[str, ...] = (), programs: tuple[int, ...] = ()) -> GridScore:
    grid = score_to_grid(make_score(*voices), key="none").grid
    parts = list(grid.parts)
    for i, role in enumerate(roles):
        parts[i] = replace(parts[i], role=role)
    for i, program in enumerate(programs):
        parts[i] = replace(parts[i], program=program)
    return replace(grid, parts=tuple(parts))


TUNE = "C5:1 E5:1 G5:1 E5:1"
CHORDS = "C4+E4+G4:2 C4+E4+G4:2"
BASS = "C2:1 C2:1 G2:1 G2:1"
PAD = "E4:2 G4:1 D4:1"
DRUMS = "drums 36:1 38:1 36:1 38:1"


def test_a_band_of_five_fills_every_role_once():
    found = find_roles(_grid(PAD, DRUMS, TUNE, CHORDS, BASS, programs=(48, 128, 73, 0, 33)))
    assert found == {
        "melody": (2,), "bass": (4,), "drums": (1,), "chords": (3,), "strings": (0,),
    }  # fmt: skip


def test_four_voices_have_a_tune_on_top_and_a_bass_below():
    found = find_roles(_grid("E5:4", "C5:4", "G4:4", "C3:4"))
    assert found["melody"] == (0,)
    assert found["bass"] == (3,)
    assert not found["drums"]
    assert not found["chords"]


def test_what_a_part_says_counts_more_than_its_height():
    found = find_roles(_grid("C6:1 D6:1 E6:1 F6:1", TUNE, roles=("counter", "melody")))
    assert found["melody"] == (1,)
    assert found["strings"] == (0,)


@pytest.mark.parametrize(
    ("voice", "role"), [(TUNE, "melody"), (CHORDS, "chords"), (DRUMS, "drums")]
)
def test_one_part_alone_has_the_role_that_fits_it(voice, role):
    assert {name: parts for name, parts in find_roles(_grid(voice)).items() if parts} == {
        role: (0,)
    }


def test_no_part_has_two_roles_and_none_is_invented():
    empty = keep_parts(_grid(TUNE), [])
    assert find_roles(empty) == dict.fromkeys(ROLE_NAMES, ())
    rng = np.random.default_rng(1)
    for _ in range(10):
        order = rng.permutation(5)
        voices = [(TUNE, CHORDS, BASS, PAD, DRUMS)[i] for i in order]
        taken = [p for parts in find_roles(_grid(*voices)).values() for p in parts]
        assert len(set(taken)) == len(taken)


def test_a_drum_part_is_never_pitched():
    assert GridPart(slot=0, program=128).is_drums
    found = find_roles(_grid(DRUMS, BASS))
    assert found["drums"] == (0,)
    assert 0 not in found["melody"] + found["bass"]
