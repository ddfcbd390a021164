"""Menus as they are sent."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ValidationError

from motet.server.schemas.meta import Limits, Meta, StyleRow


@pytest.mark.parametrize("kind", [Meta])
def test_examples_are_valid(kind: type[BaseModel]) -> None:
    examples = kind.model_json_schema()["examples"]
    assert examples
    for one in examples:
        kind.model_validate(one)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (StyleRow, {"en": "a", "zh": "b"}),
        (Limits, {}),
    ],
)
def test_what_is_not_valid(kind: type[BaseModel], wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        kind.model_validate(wrong)
