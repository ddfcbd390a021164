"""What Alembic runs: the steps that a database lacks, on the connection that the store gives."""

from __future__ import annotations

from alembic import context

from motet.server.tables import Base

__all__: list[str] = []

if hasattr(context, "config"):  # not where it is only imported
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Base.metadata,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()
