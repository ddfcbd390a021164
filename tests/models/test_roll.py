"""The model of piano rolls: what it may see, and that its chances are chances."""

from __future__ import annotations

import itertools

import pytest
import torch
from torch import Tensor, nn

from motet.errors import ParameterError
from motet.models import RollConfig, RollModel

torch.set_num_threads(1)

START = torch.zeros(1, dtype=torch.long)


def _make(n_parts: int, n_pitches: int) -> RollModel:
    """A model whose every weight matters."""
    torch.manual_seed(5)
    config = RollConfig(
        n_pitches=n_pitches,
        n_parts=n_parts,
        context=48,
        n_layers=1,
        width=32,
        n_copies=2,
        channels=8,
    )
    model = RollModel(config).eval()
    for weight in model.parameters():
        nn.init.normal_(weight, std=0.2)
    return model


def _chords(n_frames: int, n_parts: int, n_pitches: int) -> Tensor:
    torch.manual_seed(6)
    if n_parts == 1:
        return (torch.rand(1, n_frames, 1, n_pitches) < 0.1).float()
    roll = torch.zeros(1, n_frames, n_parts, n_pitches)
    return roll.scatter_(3, torch.randint(0, n_pitches, (1, n_frames, n_parts, 1)), 1.0)


@pytest.mark.parametrize("pitch", [0, 31, 59])
def test_a_pitch_sees_the_past_and_lower_pitches_only(pitch: int) -> None:
    model, roll = _make(1, 60), _chords(30, 1, 60)
    other = roll.clone()
    other[0, 17, 0, pitch] = 1 - other[0, 17, 0, pitch]
    with torch.no_grad():
        moved = (model.logits(roll, START)[0] - model.logits(other, START)[0]).abs()[0, :, 0]
    assert moved[:17].max() == 0
    assert moved[17, : pitch + 1].max() == 0
    assert pitch == 59 or moved[17, pitch + 1 :].max() > 0
    assert moved[18].max() > 0


def test_a_voice_sees_the_past_and_voices_above_only() -> None:
    model, roll = _make(4, 30), _chords(30, 4, 30)
    other = roll.clone()
    other[0, 17, 2] = other[0, 17, 2].roll(3)
    with torch.no_grad():
        one, another = model.logits(roll, START), model.logits(other, START)
    moved = (one[0] - another[0]).abs().amax(-1)[0]
    assert one[1] is not None
    assert another[1] is not None
    rests = (one[1] - another[1]).abs()[0]
    assert moved[:17].max() == rests[:17].max() == rests[17, :3].max() == 0
    assert moved[17, :3].max() == 0
    assert moved[17, 3] > 0
    assert moved[18].max() > 0


def test_chances_of_all_next_frames_sum_to_one() -> None:
    model, past = _make(1, 6), _chords(5, 1, 6)
    every = torch.tensor(list(itertools.product((0.0, 1.0), repeat=6)))
    rolls = past.repeat(64, 1, 1, 1)
    rolls[:, 4, 0] = every
    with torch.no_grad():
        nats = model(rolls, START.repeat(64))[:, 4]
    assert torch.exp(-nats.double()).sum().item() == pytest.approx(1.0, abs=1e-5)


def test_chances_of_all_next_chords_of_voices_sum_to_one() -> None:
    model, past = _make(2, 5), _chords(4, 2, 5)
    pairs = list(itertools.product(range(6), repeat=2))  # 5 stands for a rest
    rolls = past.repeat(len(pairs), 1, 1, 1)
    rolls[:, 3] = 0
    for row, pair in enumerate(pairs):
        for part, pitch in enumerate(pair):
            if pitch < 5:
                rolls[row, 3, part, pitch] = 1
    with torch.no_grad():
        nats = model(rolls, START.repeat(len(pairs)))[:, 3]
    assert torch.exp(-nats.double()).sum().item() == pytest.approx(1.0, abs=1e-5)


def test_where_a_window_begins_is_heard() -> None:
    model, roll = _make(1, 60), _chords(8, 1, 60)
    with torch.no_grad():
        assert not torch.equal(model(roll, START), model(roll, START + 1))


def test_sizes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ParameterError, match="2 × n_heads"):
        RollConfig(n_pitches=88, n_parts=1, width=30, n_heads=4)
    with pytest.raises(ParameterError, match="above 0"):
        RollConfig(n_pitches=0, n_parts=1)
