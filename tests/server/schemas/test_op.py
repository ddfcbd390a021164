"""Single edits as they are sent."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from motet.server.ops import _DO
from motet.server.schemas.op import EditRequest


def _read(*ops: dict[str, Any]) -> EditRequest:
    return EditRequest.model_validate({"revision": 1, "ops": list(ops)})


def test_every_kind_of_edit_is_known() -> None:
    told = EditRequest.model_json_schema()["$defs"]
    kinds = {
        one["properties"]["op"]["const"]
        for one in told.values()
        if "op" in one.get("properties", {})
    }
    assert kinds == _DO.keys()


def test_examples_are_valid() -> None:
    for one in EditRequest.model_json_schema()["examples"]:
        EditRequest.model_validate(one)


def test_from_is_a_name_of_the_page() -> None:
    source = {"part": 0, "start_bar": 0, "end_bar": 1}
    op = _read({"op": "copy_cells", "from": source, "to": {"part": 0, "bar": 1}}).ops[0]
    assert op.model_dump()["source"] == source


@pytest.mark.parametrize(
    "op",
    [
        {"op": "set_tempo", "tick": 0, "qpm": 1e9},
        {"op": "set_tempo", "tick": -1, "qpm": 60},
        {"op": "remove_part", "part": 0, "and": 1},
        {"op": "insert_bars", "at": 0, "n": 401},
        {"op": "set_notes", "part": 0, "notes": [[0, 1, 60]]},
        {"op": "set_notes", "part": 0, "notes": [[0, 1, 60, 0]]},
        {},
    ],
)
def test_what_no_edit_is(op: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        _read(op)
    with pytest.raises(ValidationError):
        _read()
