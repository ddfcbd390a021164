"""Every family at its smallest, as a bundle of random weights: what holds for these holds by construction."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

import motet
from families_made import smallest
from motet.engine.bundle import Bundle, load_bundle
from motet.export.bundle import write_bundle
from motet.tokens import GridScore, score_to_grid
from motet.train.checkpoint import save_weights
from tiny_bundle import make_tiny_bundle

torch.set_num_threads(1)


@pytest.fixture(scope="session")
def family_bundle(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Bundle]:
    """Return a bundle of a family, written once."""
    home = tmp_path_factory.mktemp("families")
    made: dict[str, Bundle] = {}

    def make(family: str) -> Bundle:
        if family not in made and family == "transformer":
            made[family] = load_bundle(make_tiny_bundle(home))
        elif family not in made:
            model, data = smallest(family)
            facts = {"family": family, "size": "tiny", **model.config.to_dict(), "data": data}
            save_weights(home / f"{family}.npz", model.state_dict(), facts)
            made[family] = load_bundle(write_bundle(home / f"{family}.npz", home / family))
        return made[family]

    return make


@pytest.fixture(scope="session")
def band() -> GridScore:
    """A piece of every role that phrases are cut from."""
    piece = motet.arrange("| Dm7 | G7 | Cmaj7 | A7 |", style="pop", bars=16, seed=3, humanise=0)
    return score_to_grid(piece.score).grid
