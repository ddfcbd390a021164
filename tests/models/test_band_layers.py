"""What generator and critic hear, on rolls small enough to work out by hand."""

from __future__ import annotations

import numpy as np
import torch

from motet.models.band_layers import (
    Conditions,
    chord_relative,
    hear_motion,
    hear_returns,
    last_attack,
    slot_mask,
    unpack_batch,
)
from motet.phrases.band import pack_roll, unpack_roll

torch.set_num_threads(1)


def test_unpacking_has_a_twin(rng: np.random.Generator) -> None:
    packed = pack_roll(rng.random((2, 5, 64, 48)) < 0.1)
    assert np.array_equal(unpack_batch(torch.from_numpy(packed)).numpy(), unpack_roll(packed))


def test_the_last_attack_is_found() -> None:
    attack = torch.tensor([0.0, 1.0, 0.0, 1.0])
    assert last_attack(attack).tolist() == [-1, 1, 1, 3]
    assert last_attack(attack, before=True).tolist() == [-1, -1, 1, 1]


def test_tones_are_counted_from_the_root() -> None:
    known = Conditions(2)
    chord = torch.full((1, 16), 140)  # G major
    none = torch.zeros(1, dtype=torch.long)
    condition = known(chord, torch.full((1, 16), -1), none, none, none, torch.ones(1, 5))
    pcs = torch.zeros(1, 1, 64, 12)
    pcs[..., 11] = 1  # b, its third
    assert chord_relative(pcs, condition.turn)[0, 0, 5].nonzero().tolist() == [[4]]


def test_motion_is_from_attack_to_attack() -> None:
    roll, attack = torch.zeros(1, 64, 48), torch.zeros(1, 64)
    for slot, place in ((0, 12), (4, 14), (8, 7)):
        attack[0, slot] = 1
        roll[0, slot : slot + 4, place] = 1
    motion = hear_motion(roll, attack)[0]
    assert motion[4].nonzero().flatten().tolist() in ([10], [14])
    up, down = int(motion[4].argmax()) - 12, int(motion[8].argmax()) - 12
    assert (abs(up), abs(down)) == (2, 7)
    assert up * down < 0


def test_equal_bars_return_and_empty_ones_do_not() -> None:
    planes = torch.zeros(1, 1, 64, 1)
    planes[0, 0, ::4] = 1
    assert torch.allclose(hear_returns(planes), torch.full((1, 6), 0.8))
    assert not hear_returns(torch.zeros(1, 1, 64, 1)).any()


def test_a_bar_of_three_quarters_has_twelve_slots() -> None:
    assert slot_mask().sum(dim=1).tolist() == [64, 48, 48, 32]
