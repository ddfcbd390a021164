"""What Alembic runs."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from motet.server.migrate import open_engine
from motet.server.tables import Base


def test_nothing_is_left_to_do_after_all_steps() -> None:
    engine = open_engine("sqlite://")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()
