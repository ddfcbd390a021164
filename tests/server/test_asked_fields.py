"""A page may not name files of the machine."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.server.asked_fields import refuse_paths


def test_names_are_let_through() -> None:
    refuse_paths({"style": "jazz-waltz", "to": "swing", "key": "G", "references": []})


@pytest.mark.parametrize(
    "fields",
    [{"style": "own.toml"}, {"to": "../x"}, {"style": "C:\\x"}, {"bundle": "small"}, {"references": ["a"]}],
)  # fmt: skip
def test_files_are_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ParameterError):
        refuse_paths(fields)
