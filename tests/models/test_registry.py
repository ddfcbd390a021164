"""Families by name."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from motet.errors import BundleError, ParameterError
from motet.models import (
    MODEL_FAMILIES,
    build_model,
    count_weights,
    find_config,
    restore_model,
)
from motet.models.registry import load_plugin

torch.set_num_threads(1)


@pytest.mark.parametrize(
    "family", [name for name, one in MODEL_FAMILIES.items() if one.takes == "tokens"]
)
def test_every_family_foretells_and_comes_back(family: str) -> None:
    model = build_model(family, "tiny").eval()
    ids = torch.randint(3, 1000, (2, 11))
    logits = model(ids)
    assert logits.shape == (2, 11, 1536)
    weights = {name: one.numpy() for name, one in model.state_dict().items()}
    again = restore_model({"family": family, **model.config.to_dict()}, weights)
    assert torch.equal(again(ids), logits)
    assert count_weights(again) == count_weights(model)


@pytest.mark.parametrize(
    "family", [name for name, one in MODEL_FAMILIES.items() if one.takes == "rolls"]
)
def test_every_family_of_rolls_measures_and_comes_back(family: str) -> None:
    model = build_model(family, "tiny").eval()
    roll = (torch.rand(2, 11, model.config.n_parts, model.config.n_pitches) < 0.1).float()
    start = torch.tensor([0, 32])
    nats = model(roll, start)
    assert nats.shape == (2, 11)
    weights = {name: one.numpy() for name, one in model.state_dict().items()}
    again = restore_model({"family": family, **model.config.to_dict()}, weights)
    assert torch.equal(again(roll, start), nats)


def test_wrong_names_say_what_there_is() -> None:
    with pytest.raises(ParameterError, match="transformer"):
        build_model("transfromer", "tiny")
    with pytest.raises(ParameterError, match="did you mean small"):
        find_config("transformer", "smal")
    with pytest.raises(ParameterError, match="did you mean width"):
        find_config("transformer", "tiny", widht=3)


def test_weights_of_another_shape_are_refused() -> None:
    model = build_model("transformer", "tiny")
    weights = {name: one.numpy() for name, one in model.state_dict().items()}
    with pytest.raises(BundleError, match="do not fit"):
        restore_model(find_config("transformer", "small").to_dict(), weights)


def test_a_plugin_that_fails_is_told_in_one_line(tmp_path: Path) -> None:
    for name, text, words in (
        ("a.py", "def broken(:", "SyntaxError"),
        ("b.py", "import no_such_module_anywhere", "no_such_module_anywhere"),
        ("c.py", "1 / 0", "division by zero"),
    ):
        (tmp_path / name).write_text(text)
        for _ in range(2):
            with pytest.raises(ParameterError, match=words):
                load_plugin(tmp_path / name)
    (tmp_path / "d.py").write_text(
        "from motet.models.registry import MODEL_FAMILIES, register_family\n"
        "register_family('of-a-plugin', MODEL_FAMILIES['transformer'])\n"
    )
    load_plugin(tmp_path / "d.py")
    assert MODEL_FAMILIES.pop("of-a-plugin").takes == "tokens"
    load_plugin(tmp_path / "d.py")
    assert "of-a-plugin" not in MODEL_FAMILIES  # it runs once
