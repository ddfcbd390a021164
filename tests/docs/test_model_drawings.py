"""The drawings in the docs are of the models as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from motet.models import build_model, count_weights

FOLDER = Path(__file__).parents[2] / "docs" / "concepts"
HEAD = re.compile(r"^%% (\S+) (\S+): ([\d,]+) weights$", re.MULTILINE)


@pytest.mark.parametrize("name", ["model-drawings.md", "model-drawings.zh.md"])
def test_the_drawings_have_the_weights_of_the_models(name: str) -> None:
    drawn = HEAD.findall((FOLDER / name).read_text(encoding="utf-8"))
    assert {"transformer", "rnn", "vae", "gan", "dense-gan"} <= {family for family, _, _ in drawn}
    for family, size, n in drawn:
        built = count_weights(build_model(family, size))
        assert f"{built:,}" == n, "run: python docs/concepts/model_drawings.py"
