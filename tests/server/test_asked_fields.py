"""Fields that a page may not name."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.server.asked_fields import refuse_paths


@pytest.mark.parametrize(
    "fields",
    [{"references": ["a.mid"]}, {"style": "../x.toml"}, {"groove": "a\\b"}, {"bundle": "x"}],
)
def test_files_of_the_machine_are_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ParameterError):
        refuse_paths(fields)
