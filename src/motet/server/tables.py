"""The tables of the database.

Conventions: types that SQLite and PostgreSQL share. A project's tree is JSON text; its scores lie beside it,
compressed, by digest. Times are UTC text. ``migrations/`` makes these tables and changes old ones.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer, LargeBinary, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

__all__ = ["Base", "ProjectRow", "ScoreRow"]


class Base(DeclarativeBase):
    """The root of all tables."""


class ProjectRow(Base):
    """A project."""

    __tablename__ = "project"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(String(400))
    state: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(Integer)
    created: Mapped[str] = mapped_column(String(40))
    updated: Mapped[str] = mapped_column(String(40), index=True)
    view: Mapped[str] = mapped_column(Text, default="{}")
    facts: Mapped[str] = mapped_column(Text, default="{}")


class ScoreRow(Base):
    """A score of a project: Motet JSON, compressed by zlib."""

    __tablename__ = "score"

    project_id: Mapped[str] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), primary_key=True
    )
    digest: Mapped[str] = mapped_column(String(40), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
