"""Words in both languages."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ValidationError

from motet.server.schemas.told import Named, Text


@pytest.mark.parametrize("kind", [Text, Named])
def test_examples_are_valid(kind: type[BaseModel]) -> None:
    examples = kind.model_json_schema()["examples"]
    assert examples
    for one in examples:
        kind.model_validate(one)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (Text, {"en": "a"}),
        (Named, {"en": "a", "zh": "b"}),
    ],
)
def test_what_is_not_valid(kind: type[BaseModel], wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        kind.model_validate(wrong)
