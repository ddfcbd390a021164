"""Training on piano rolls: it learns, resumes to the same weights, and measures each frame once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from motet.errors import BundleError, CorpusError, ParameterError
from motet.models import RollConfig, RollModel
from motet.train.log import read_log
from motet.train.rolls import RollRecipe, load_rolls, measure_rolls, train_rolls

torch.set_num_threads(1)

CONFIG = RollConfig(
    n_pitches=14, n_parts=1, context=32, n_layers=1, width=16, n_heads=2, n_copies=1, channels=8
)


def _scales(n_pieces: int) -> list[np.ndarray]:
    """Pieces in which one pitch after another sounds, four frames each."""
    rolls = []
    for first in range(n_pieces):
        roll = np.zeros((40, 1, 14), np.uint8)
        for frame in range(40):
            roll[frame, 0, (first + frame // 4) % 7 + 3] = 1
        rolls.append(roll)
    return rolls


def test_it_learns_and_keeps_its_best(tmp_path: Path) -> None:
    recipe = RollRecipe(steps=30, rows=4, lr=1e-2, valid_steps=15, shift_semi=2)
    pieces = _scales(5)
    before = np.concatenate(measure_rolls(RollModel(CONFIG), pieces)).mean()
    best = train_rolls(pieces, pieces, config=CONFIG, recipe=recipe, folder=tmp_path)
    assert best < 0.8 * before
    model, facts = load_rolls(tmp_path / "weights.npz")
    assert not model.training
    again = np.concatenate(measure_rolls(model, pieces)).mean()
    assert again == pytest.approx(best, rel=0.01)  # weights are kept as fp16
    assert facts["valid_nats_per_frame"] == pytest.approx(best)
    said: list[str] = []
    args = {"config": CONFIG, "recipe": recipe, "folder": tmp_path}
    assert train_rolls(pieces, pieces, **args, say=said.append) == best  # type: ignore[arg-type]
    assert not said  # nothing was trained again


def test_a_run_that_was_cut_off_ends_as_if_it_had_not_been(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = RollRecipe(steps=6, rows=2, valid_steps=3, bf16=False)
    pieces = _scales(3)

    def cut(text: str) -> None:
        raise KeyboardInterrupt(text)

    whole, parts = tmp_path / "whole", tmp_path / "parts"
    train_rolls(pieces, pieces, config=CONFIG, recipe=recipe, folder=whole)
    monkeypatch.setattr("motet.train.rolls._SAVE_S", 0.0)
    with pytest.raises(KeyboardInterrupt):
        train_rolls(pieces, pieces, config=CONFIG, recipe=recipe, folder=parts, say=cut)
    train_rolls(pieces, pieces, config=CONFIG, recipe=recipe, folder=parts)
    one = load_rolls(whole / "weights.npz")[0].state_dict()
    another = load_rolls(parts / "weights.npz")[0].state_dict()
    assert all(torch.equal(one[name], another[name]) for name in one)
    steps = [line["step"] for line in read_log(parts / "log.jsonl") if line["kind"] == "valid"]
    assert steps == [3, 6]


def test_every_frame_of_a_long_piece_is_measured_once() -> None:
    torch.manual_seed(0)
    model = RollModel(CONFIG).eval()
    piece = np.concatenate([*_scales(2), _scales(1)[0][:13]])  # 93 frames, context 32
    [nats] = measure_rolls(model, [piece], rows=2)
    assert nats.shape == (93,)
    assert (nats > 0).all()
    first = measure_rolls(model, [piece[:32]])[0]
    assert nats[:32] == pytest.approx(first, rel=1e-4)
    late = measure_rolls(model, [piece, piece[:5]], rows=8)
    assert late[0] == pytest.approx(nats, rel=1e-4)
    assert late[1] == pytest.approx(nats[:5], rel=1e-4)


def test_wrong_input_is_refused(tmp_path: Path) -> None:
    recipe = RollRecipe(steps=1, rows=1, valid_steps=1)
    with pytest.raises(CorpusError, match="valid split"):
        train_rolls(_scales(1), [], config=CONFIG, recipe=recipe, folder=tmp_path)
    with pytest.raises(ParameterError, match="above 0"):
        RollRecipe(steps=0)
    train_rolls(_scales(1), _scales(1), config=CONFIG, recipe=recipe, folder=tmp_path)
    other = RollRecipe(steps=2, rows=1, valid_steps=1)
    with pytest.raises(BundleError, match="another model or recipe"):
        train_rolls(_scales(1), _scales(1), config=CONFIG, recipe=other, folder=tmp_path)
