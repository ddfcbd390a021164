"""Scores as they are sent."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from motet.server.schemas.score import NoteRow, ScoreView


def test_the_example_is_valid() -> None:
    view = ScoreView.model_validate(ScoreView.model_json_schema()["examples"][0], extra="forbid")
    assert view.parts[0].notes == [(0, 480, 60, 80)]


@pytest.mark.parametrize("row", [(-1, 1, 60, 80), (0, 1, 128, 80), (0, 1, 60, 128), (0, 1, 60)])
def test_what_no_note_is(row: tuple[int, ...]) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(NoteRow).validate_python(row)
