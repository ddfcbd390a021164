"""The database opened and brought up to date."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from motet.errors import ParameterError
from motet.server.migrate import open_engine
from motet.server.tables import Base


def test_the_steps_make_what_the_tables_say(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'deep' / 'studio.sqlite'}")
    there = inspect(engine)
    assert {one for one in there.get_table_names() if one != "alembic_version"} == {
        *Base.metadata.tables
    }
    for name, table in Base.metadata.tables.items():
        columns = {one["name"]: one["nullable"] for one in there.get_columns(name)}
        assert columns == {one.name: bool(one.nullable) for one in table.columns}
    engine.dispose()


def test_two_servers_that_start_at_once_make_one_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'studio.sqlite'}"
    with ThreadPoolExecutor(4) as pool:
        engines = list(pool.map(open_engine, [url] * 4))
    assert [inspect(one).get_table_names() for one in engines[1:]] == [
        inspect(engines[0]).get_table_names()
    ] * 3
    for one in engines:
        one.dispose()


def test_a_step_that_fails_leaves_no_half(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'studio.sqlite'}"
    bare = create_engine(url)
    with bare.begin() as connection:
        connection.execute(text("CREATE TABLE score (id INTEGER)"))
    with pytest.raises(ParameterError, match="cannot be opened"):
        open_engine(url)
    assert inspect(bare).get_table_names() == ["score"]
    bare.dispose()


def test_what_is_kept_outlives_a_crash(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'studio.sqlite'}")
    with engine.connect() as connection:
        told = [
            connection.execute(text(f"PRAGMA {one}")).scalar()
            for one in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert told == ["wal", 2, 1]
    engine.dispose()


def test_a_database_that_is_there_is_kept_and_a_newer_one_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'studio.sqlite'}"
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO project VALUES ('a', 'T', '{}', 1, '', '', '{}', '{}')")
        )
    engine.dispose()
    engine = open_engine(url)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT title FROM project")).scalar() == "T"
        connection.execute(text("UPDATE alembic_version SET version_num = '99'"))
    engine.dispose()
    with pytest.raises(ParameterError, match="newer version of Motet") as caught:
        open_engine(url)
    assert "更新版本" in caught.value.zh


@pytest.mark.parametrize("url", ["nonsense", "oracle9://here/x", "sqlite:////proc/none/x.sqlite"])
def test_what_cannot_be_opened_is_told(url: str) -> None:
    with pytest.raises(ParameterError, match="cannot be opened"):
        open_engine(url)


def test_a_password_is_not_told() -> None:
    with pytest.raises(ParameterError) as caught:
        open_engine("oracle9://me:secret@here/x")
    assert "secret" not in caught.value.en + caught.value.zh


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "song.sqlite").write_bytes(b"MThd, and more than sixteen bytes of it")
    with pytest.raises(ParameterError, match="cannot be opened"):
        open_engine(f"sqlite:///{tmp_path / 'song.sqlite'}")
