"""Features of the past of a roll, by hand."""

from __future__ import annotations

import pytest
import torch

from motet.models.roll_features import average_past, delay, find_ages, fold_octaves


def test_ages_begin_anew_after_a_rest() -> None:
    past = torch.tensor([0.0, 1, 1, 1, 0, 1]).view(1, 6, 1)
    ages, recent = find_ages(past)
    assert torch.expm1(2 * ages).flatten().tolist() == pytest.approx([0, 1, 2, 3, 0, 1], abs=1e-5)
    assert recent.flatten().tolist() == [0, 1, 1, 1, 0.5, 1]


def test_delays_and_means_look_back_only() -> None:
    roll = torch.zeros(1, 5, 2, 3)
    roll[0, 2, 1, 0] = 1
    assert delay(roll, 2).nonzero().tolist() == [[0, 4, 1, 0]]
    mean = average_past(roll, 2.0)
    assert mean[0, :2].abs().max() == 0
    assert mean[0, 2:, 1, 0].tolist() == pytest.approx([0.5, 0.30327, 0.18394], abs=1e-4)


def test_octaves_are_folded_at_every_pitch() -> None:
    roll = torch.zeros(30)
    roll[[2, 14, 5]] = 1
    folded = fold_octaves(roll)
    assert folded[[2, 14, 26]].tolist() == [2, 2, 2]
    assert folded[[5, 17, 29]].tolist() == [1, 1, 1]
    assert folded.sum() == 9
