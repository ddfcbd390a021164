"""An adapted model becomes a bundle whole or not at all, under a name that is free."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from motet.engine import list_bundles, load_bundle
from motet.errors import ParameterError
from motet.export.place import user_folder
from motet.models import load_model
from motet.score import make_score
from motet.tokens import score_to_grid
from motet.train.adapt import AdaptOutcome
from motet.train.adapt_config import AdaptConfig, Figures
from motet.train.adapted_bundle import choose_place, write_adapted
from motet.train.folder import FolderPieces, FolderSplit
from tiny_bundle import make_tiny_bundle

torch.set_num_threads(1)
OWN = Figures(before=5.0, after=4.5, n_notes=300)
GENERAL = {"arranger": Figures(before=4.0, after=4.1, n_notes=900)}


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = make_tiny_bundle(tmp_path)
    (folder.parent / "weights.npz").replace(folder / "weights.npz")
    return folder


@pytest.fixture
def outcome(bundle: Path) -> AdaptOutcome:
    weights = {name: one + 0.01 for name, one in load_model(bundle).state_dict().items()}
    split = FolderSplit(train=(0, 1), stop=(2,), held=(2,))
    return AdaptOutcome(
        weights=weights, split=split, own=OWN, general=GENERAL, steps=40, best_step=30,
        tokens=81_920, minutes=1.5, reason="finished", n_learnt=4864,
    )  # fmt: skip


@pytest.fixture
def pieces() -> FolderPieces:
    grid = score_to_grid(make_score("C4:4")).grid
    names = ("one.mid", "deep/two.abc", "three.musicxml")
    return FolderPieces(names=names, grids=(grid,) * 3, groups=np.arange(3))


def test_it_is_found_by_name_and_says_what_it_is(
    bundle: Path, outcome: AdaptOutcome, pieces: FolderPieces, tmp_path: Path
) -> None:
    place = write_adapted(
        outcome, pieces, name="琴-1", folder=tmp_path / "tunes", bundle=bundle, config=AdaptConfig()
    )
    assert place == user_folder() / "琴-1"
    assert "琴-1" in list_bundles()
    made = load_bundle("琴-1")
    assert made.digest != load_bundle(bundle).digest
    assert made.context == load_bundle(bundle).context
    told = json.loads((place / "bundle.json").read_text("utf-8"))
    assert told["adapted"]["from"] == "seedling"
    assert told["adapted"]["folder"] == "tunes"
    assert told["adapted"]["files"] == "one.mid, deep/two.abc, three.musicxml"
    assert told["quality"]["held_out_of_the_folder"]["nats_per_note_after"] == 4.5
    assert str(tmp_path) not in (place / "bundle.json").read_text("utf-8")
    for card in ("CARD.md", "CARD.zh.md"):
        assert "deep/two.abc" in (place / card).read_text("utf-8")
    assert torch.allclose(
        load_model("琴-1").state_dict()["norm.weight"], outcome.weights["norm.weight"], atol=1e-3
    )
    assert not [one for one in user_folder().iterdir() if one.name.startswith(".")]


def test_a_taken_name_gives_way_only_when_told(
    bundle: Path, outcome: AdaptOutcome, pieces: FolderPieces, tmp_path: Path
) -> None:
    kept = write_adapted(outcome, pieces, name="mine", folder=tmp_path, bundle=bundle)
    before = (kept / "model.onnx").read_bytes()
    with pytest.raises(ParameterError, match="--replace"):
        write_adapted(outcome, pieces, name="mine", folder=tmp_path, bundle=bundle)
    assert (kept / "model.onnx").read_bytes() == before
    outcome.weights["norm.weight"] += 0.5
    write_adapted(outcome, pieces, name="mine", folder=tmp_path, bundle=bundle, is_replaced=True)
    assert (kept / "model.onnx").read_bytes() != before


def test_where_nothing_can_be_written_it_is_told(
    bundle: Path, outcome: AdaptOutcome, pieces: FolderPieces, tmp_path: Path
) -> None:
    user_folder().parent.mkdir(parents=True, exist_ok=True)
    user_folder().write_text("a file in the way")
    with pytest.raises(ParameterError, match="cannot write the bundle"):
        write_adapted(outcome, pieces, name="mine", folder=tmp_path, bundle=bundle)


@pytest.mark.parametrize(
    "name", ["", "a/b", "..", ".x", "-x", "a b", "x" * 65, "a.", "w.npz", "small"]
)
def test_a_name_that_cannot_be_one_is_refused(name: str) -> None:
    with pytest.raises(ParameterError) as caught:
        choose_place(name)
    assert any("一" <= sign <= "鿿" for sign in caught.value.zh)


def test_a_folder_that_is_no_bundle_is_never_replaced() -> None:
    (user_folder() / "mine").mkdir(parents=True)
    with pytest.raises(ParameterError, match="already"):
        choose_place("mine", is_replaced=True)
