"""Sheets and suggested chords as they are sent."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ValidationError

from motet.server.schemas.sheet import ChordRequest, ChordSuggestions, SheetView


@pytest.mark.parametrize("kind", [SheetView, ChordRequest, ChordSuggestions])
def test_examples_are_valid(kind: type[BaseModel]) -> None:
    examples = kind.model_json_schema()["examples"]
    assert examples
    for one in examples:
        kind.model_validate(one)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        (ChordRequest, {"tick": -1}),
        (ChordRequest, {"tick": 0, "n": 25}),
    ],
)
def test_what_is_not_valid(kind: type[BaseModel], wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        kind.model_validate(wrong)
