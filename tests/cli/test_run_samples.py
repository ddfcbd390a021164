"""Samples of families that write by themselves, and of those that need a bundle for it."""

from __future__ import annotations

from pathlib import Path

import torch

from motet.cli.run_samples import compose_with, make_sampler
from motet.models import build_model
from motet.train import RunConfig

torch.set_num_threads(1)


def test_a_family_without_a_voice_writes_by_a_bundle(tmp_path: Path) -> None:
    config = RunConfig(family="rnn", size="tiny")
    model = build_model("rnn", "tiny").eval()
    make_sampler(config, tmp_path)(7, model)
    names = {path.name for path in (tmp_path / "samples").iterdir()}
    assert {"0000007-1.svg", "0000007-2.mid", "0000007-1.mid"} <= names


def test_the_same_weights_write_the_same(tmp_path: Path) -> None:
    config = RunConfig(family="transformer", size="tiny")
    torch.manual_seed(1)
    model = build_model("transformer", "tiny").eval()
    first, second = compose_with(model, config), compose_with(model, config)
    assert first == second
    assert first[0] != first[1]
    assert not list(tmp_path.iterdir())
