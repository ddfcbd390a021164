"""Projects as they are sent."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ValidationError

from motet.server.schemas.project import ComposeRequest, LockRequest, NewProject, ProposalRequest


@pytest.mark.parametrize("kind", [NewProject, ComposeRequest, ProposalRequest])
def test_examples_are_valid(kind: type[BaseModel]) -> None:
    examples = kind.model_json_schema()["examples"]
    assert examples
    for one in examples:
        kind.model_validate(one)


def test_what_is_not_said_is_usual() -> None:
    assert [part.name for part in NewProject().parts] == ["Piano"]
    assert (LockRequest().cells, LockRequest().layer) == ([], "all")
    assert (ProposalRequest().task, ProposalRequest().n) == ("infill", 4)


def test_what_is_unknown_is_refused() -> None:
    for kind, wish in (
        (NewProject, {"bars": 401}), (LockRequest, {"layer": "loudness"}),
        (ProposalRequest, {"feel": {"joy": 1}}), (ComposeRequest, {"txt": "a waltz"}),
    ):  # fmt: skip
        with pytest.raises(ValidationError):
            kind.model_validate(wish)
