"""The first step: projects and their scores."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, inspect

import motet.server.migrations


def test_the_step_goes_there_and_back() -> None:
    engine = create_engine("sqlite://")
    config = Config()
    config.set_main_option("script_location", str(Path(motet.server.migrations.__file__).parent))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "1")
        assert {"project", "score"} <= set(inspect(connection).get_table_names())
        assert [one["name"] for one in inspect(connection).get_indexes("project")] == [
            "ix_project_updated"
        ]
        command.downgrade(config, "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
    engine.dispose()
