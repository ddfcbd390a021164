"""The database opened, and its tables brought up to date.

Offers `open_engine`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motet.errors import ParameterError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

__all__ = ["open_engine"]


def open_engine(url: str) -> Engine:
    """Return a database with all tables of this version.

    Parameters
    ----------
    url : str
        ``sqlite:///studio.sqlite``, ``postgresql+psycopg://...``; ``sqlite://`` lives in memory.

    Raises
    ------
    ParameterError
        The URL cannot be read, the place cannot be written, or a newer Motet made the database.

    Examples
    --------
    >>> engine = open_engine("sqlite://")
    >>> engine.dialect.name
    'sqlite'
    >>> engine.dispose()
    """
    from sqlalchemy import create_engine, event
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
    from sqlalchemy.pool import StaticPool

    options: dict[str, Any] = {}
    if url.startswith("sqlite"):
        options["connect_args"] = {"check_same_thread": False, "timeout": 30}
        if url == "sqlite://":
            options["poolclass"] = StaticPool
    try:
        if url.startswith("sqlite:///"):
            Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, **options)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _set_pragmas)
        with engine.begin() as connection:
            _upgrade(connection, url)
    except (ArgumentError, NoSuchModuleError, ImportError, OSError, SQLAlchemyError) as error:
        told, reason = _without_password(url), str(error).partition("\n")[0]
        raise ParameterError(
            f"the database {told!r} cannot be opened: {reason}; leave --database out for the usual one",
            zh=f"无法打开数据库 {told!r}:{reason};不写 --database 即用默认数据库",
        ) from error
    return engine


def _without_password(url: str) -> str:
    return re.sub(r"(://[^/:@]*):[^@]*@", r"\1:***@", url)


def _set_pragmas(connection: Any, _: Any) -> None:
    """Let what was told as kept outlive a crash, and readers not wait for a writer."""
    cursor = connection.cursor()
    for one in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {one}")
    cursor.close()


def _upgrade(connection: Connection, url: str) -> None:
    """Run the steps that the database lacks, all or none, one server at a time."""
    from alembic import command
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    if connection.dialect.name == "sqlite":  # its driver begins at the first row, not at a table
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    config = Config()
    config.set_main_option("script_location", (Path(__file__).parent / "migrations").as_posix())
    config.attributes["connection"] = connection
    known = {one.revision for one in ScriptDirectory.from_config(config).walk_revisions()}
    present = MigrationContext.configure(connection).get_current_revision()
    if present is not None and present not in known:
        raise ParameterError(
            f"the database {_without_password(url)!r} was made by a newer version of Motet; update Motet",
            zh=f"数据库 {_without_password(url)!r} 由更新版本的 Motet 创建;请升级 Motet",
        )
    command.upgrade(config, "head")
