"""A model learns a folder's music, is judged on pieces it has not seen, and ends as plain weights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from motet.errors import CorpusError
from motet.io import write_midi
from motet.models import load_model
from motet.score import make_score
from motet.train import load_weights, save_weights
from motet.train.adapt import AdaptOutcome, adapt_model
from motet.train.adapt_config import AdaptConfig
from motet.train.folder import FolderPieces, read_folder
from tiny_bundle import make_tiny_bundle
from tiny_shards import write_tiny_shards

torch.set_num_threads(1)
FAST = AdaptConfig(steps=24, rank=4, lr=5e-3, context=256, rows=2, threads=1)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_tiny_bundle(tmp_path_factory.mktemp("adapt"))
    (folder.parent / "weights.npz").replace(folder / "weights.npz")
    return folder


def write_scales(folder: Path) -> Path:
    """Write five pieces that all go up and down a scale, each in its own way."""
    folder.mkdir()
    letters = "CDEFGAB"
    for k in range(5):
        line = [letters[(k + step * (1 + k % 3)) % 7] for step in range(64)]
        bars = [" ".join(f"{one}4:1" for one in line[at : at + 4]) for at in range(0, 64, 4)]
        write_midi(make_score(" | ".join(bars)), folder / f"s{k}.mid")
    return folder


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> FolderPieces:
    return read_folder(write_scales(tmp_path_factory.mktemp("scales") / "mine"))


@pytest.fixture(scope="module")
def outcome(bundle: Path, pieces: FolderPieces, tmp_path_factory: Any) -> AdaptOutcome:
    shards = write_tiny_shards(tmp_path_factory.mktemp("shards") / "s")
    return adapt_model(pieces, bundle=bundle, config=FAST, shards=shards)


def test_held_out_pieces_are_foretold_better(outcome: AdaptOutcome) -> None:
    assert outcome.own.after < outcome.own.before
    assert outcome.own.gain > 0.02
    assert outcome.own.n_notes > 20
    assert 0 < outcome.best_step <= outcome.steps <= 24
    assert set(outcome.general) == {"arranger", "corpus"}
    assert all(one.n_notes > 50 for one in outcome.general.values())


def test_weights_are_those_of_a_plain_model(outcome: AdaptOutcome, bundle: Path) -> None:
    model = load_model(bundle)
    before = {name: one.clone() for name, one in model.state_dict().items()}
    model.load_state_dict(outcome.weights)
    moved = {name for name, one in outcome.weights.items() if not torch.equal(one, before[name])}
    assert moved
    assert {name.split(".")[-2] for name in moved} <= {"q", "k", "v", "o", "gate", "up", "down"}


def test_the_same_seed_gives_the_same_weights(
    outcome: AdaptOutcome, pieces: FolderPieces, bundle: Path
) -> None:
    again = adapt_model(pieces, bundle=bundle, config=FAST)
    assert again.best_step == outcome.best_step
    for name, one in again.weights.items():
        assert torch.equal(one, outcome.weights[name]), name


def test_where_nothing_is_gained_nothing_comes_back(
    outcome: AdaptOutcome, pieces: FolderPieces, bundle: Path, tmp_path: Path
) -> None:
    learnt = tmp_path / "learnt.npz"
    save_weights(learnt, outcome.weights, load_weights(bundle / "weights.npz")[0])
    config = AdaptConfig(steps=8, lr=1.0, context=256, rows=2, threads=1)
    with pytest.raises(CorpusError, match="no better") as caught:
        adapt_model(pieces, bundle=learnt, config=config)
    assert "未写出" in caught.value.zh


def test_an_interrupt_keeps_the_best_so_far(pieces: FolderPieces, bundle: Path) -> None:
    told: list[str] = []

    def stop_at_the_third(share: float, what: str) -> None:
        told.append(f"{share:.2f} {what}")
        if len(told) == 3:
            raise KeyboardInterrupt

    found = adapt_model(pieces, bundle=bundle, config=FAST, on_progress=stop_at_the_third)
    assert found.reason == "interrupted"
    assert found.steps == 9
    assert 0 < found.best_step <= 9
    assert found.own.after < found.own.before


def test_a_named_style_is_learnt_with_and_without_its_name(
    pieces: FolderPieces, bundle: Path
) -> None:
    config = AdaptConfig(steps=8, lr=5e-3, context=256, rows=2, threads=1, style="jig")
    assert adapt_model(pieces, bundle=bundle, config=config).own.gain > 0
