"""What the server is told, checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.errors import ParameterError
from motet.server.settings import Settings, from_environment


def test_only_this_machine_needs_no_token(tmp_path: Path) -> None:
    assert Settings(folder=tmp_path).token == ""
    open_one = Settings(folder=tmp_path, host="0.0.0.0", port=9000)
    assert open_one.url == f"http://127.0.0.1:9000/?token={open_one.token}"
    assert Settings(folder=tmp_path, host="0.0.0.0").token != open_one.token


@pytest.mark.parametrize(
    "wrong", [{"port": 70_000}, {"n_workers": 0}, {"queue_limit": True}, {"deadline_s": 0}]
)
def test_what_cannot_be_is_refused(tmp_path: Path, wrong: dict[str, int]) -> None:
    with pytest.raises(ParameterError, match=next(iter(wrong))):
        Settings(folder=tmp_path, **wrong)  # type: ignore[arg-type]


def test_the_command_line_wins_over_the_environment(tmp_path: Path) -> None:
    told = {
        "MOTET_STUDIO_PORT": "9001",
        "MOTET_STUDIO_FOLDER": str(tmp_path),
        "MOTET_STUDIO_DEADLINE_S": "2.5",
    }
    found = from_environment(told, port=9002, token=None)
    assert (found.port, found.folder, found.deadline_s) == (9002, tmp_path, 2.5)


def test_a_word_for_a_number_is_told_by_its_variable() -> None:
    with pytest.raises(ParameterError, match="MOTET_STUDIO_PORT"):
        from_environment({"MOTET_STUDIO_PORT": "many"})
