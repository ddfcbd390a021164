"""One's own pieces train like a corpus."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from motet.errors import CorpusError
from motet.tokens import score_to_grid
from motet.train import CorpusRows, RunConfig, build_valid, train
from motet.train.pieces import Pieces
from tiny_corpus import random_tune

torch.set_num_threads(1)


def test_pieces_in_memory_train_and_judge(tmp_path: Path) -> None:
    grids = [score_to_grid(random_tune(k, n_bars=4 + 4 * k)).grid for k in range(3)]
    mine = Pieces(grids)
    assert mine.draw_weights().tolist() == pytest.approx([4 / 24, 8 / 24, 12 / 24])
    config = RunConfig(size="tiny", context=96, rows=2, micro_rows=1, steps=2)
    rows = CorpusRows(mine, context=96, config=config.draw, seed=0)
    held_out = build_valid(Pieces(grids[:1], split="mine"), context=160, n_windows=1)
    outcome = train(config, rows, folder=tmp_path / "run", valid=held_out)
    assert outcome.steps == 2
    assert outcome.best > 0


def test_no_pieces_are_refused() -> None:
    with pytest.raises(CorpusError, match="no pieces"):
        Pieces([])
