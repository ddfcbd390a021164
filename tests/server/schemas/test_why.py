"""Reasons as they are asked for."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ValidationError

from motet.server.schemas.why import OriginalityRequest, ProvenanceView, WhyRequest


@pytest.mark.parametrize("kind", [WhyRequest, OriginalityRequest, ProvenanceView])
def test_examples_are_valid(kind: type[BaseModel]) -> None:
    examples = kind.model_json_schema()["examples"]
    assert examples
    for one in examples:
        kind.model_validate(one)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (WhyRequest, {"alternatives": 9}),
        (WhyRequest, {"seed": -1}),
    ],
)
def test_what_is_not_valid(kind: type[BaseModel], wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        kind.model_validate(wrong)
