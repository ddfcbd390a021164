"""The tables of the database."""

from __future__ import annotations

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateTable

from motet.server.migrate import open_engine
from motet.server.tables import Base, ProjectRow, ScoreRow


def test_postgresql_takes_them_too() -> None:
    texts = [
        str(CreateTable(table).compile(dialect=postgresql.dialect()))
        for table in Base.metadata.sorted_tables
    ]
    assert [one.split()[2] for one in texts] == ["project", "score"]
    assert "BYTEA" in texts[1]


def test_a_score_belongs_to_a_project_and_goes_with_it() -> None:
    engine = open_engine("sqlite://")
    with Session(engine) as session:
        session.add(ScoreRow(project_id="none", digest="d", data=b""))
        with pytest.raises(IntegrityError):
            session.commit()
    row = ProjectRow(id="a", title="", state="{}", revision=1, created="", updated="")
    with Session(engine) as session:
        session.add(row)
        session.flush()
        assert (row.view, row.facts) == ("{}", "{}")
        session.add(ScoreRow(project_id="a", digest="d", data=b"x"))
        session.commit()
        session.delete(session.get_one(ProjectRow, "a"))
        session.commit()
        assert session.get(ScoreRow, ("a", "d")) is None
    engine.dispose()
