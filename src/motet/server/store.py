"""Projects in a database: every accepted step is there before it is told.

Conventions: called from threads. A change reads the newest revision, makes the step, and writes scores and
state in one transaction; another change meanwhile makes it fail, and nothing is half-written. Scores are
read when they are wanted; those used last stay in memory, up to a size. Times are UTC text.
"""

from __future__ import annotations

import json
import secrets
import threading
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from motet.errors import ConstraintError, FormatError, ParameterError
from motet.project import Project
from motet.project.state import State, now, state_from_plain, state_to_plain
from motet.score import Score
from motet.server.facts import tell_facts
from motet.server.kept import Kept
from motet.server.tables import ProjectRow, ScoreRow

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["Changed", "StaleError", "Store", "StoredScores"]

_Result = TypeVar("_Result")
_MOST_STATES = 64
_MOST_NOTES = 600_000
_LONGEST_TITLE = 400


class StaleError(ConstraintError):
    """The project has changed since the page saw it."""

    def __init__(self, revision: int) -> None:
        super().__init__(
            f"the project is at revision {revision} now, another page changed it; look again, then edit",
            zh=f"作品已是第 {revision} 版,另一页面改动过;请刷新后再编辑",
        )
        self.more = {"revision": revision}


class StoredScores(dict[str, bytes]):
    """Scores by digest; those that are not here yet are read from where they are stored.

    Parameters
    ----------
    read : callable
        Digest to bytes.

    Examples
    --------
    >>> scores = StoredScores(lambda digest: b"{}")
    >>> scores["ab"], "ab" in scores
    (b'{}', True)
    """

    def __init__(self, read: Callable[[str], bytes]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, digest: str) -> bytes:
        self[digest] = data = self._read(digest)
        return data


class _ReadScores(dict[str, Score]):
    """Scores that were read once, by digest, for all projects."""

    def __init__(self, kept: Kept[Score]) -> None:
        super().__init__()
        self._kept = kept

    def get(self, digest: str, default: Any = None) -> Any:
        own = super().get(digest)
        found = self._kept.get(digest) if own is None else own
        return default if found is None else found

    def __setitem__(self, digest: str, score: Score) -> None:
        super().__setitem__(digest, self._kept.put(digest, score))


class Changed:
    """A project after a change.

    Parameters
    ----------
    project : Project
    project_id : str
    revision : int
    updated : str
    view : dict
        Settings of the page.
    """

    def __init__(
        self,
        project: Project,
        *,
        project_id: str,
        revision: int,
        updated: str,
        view: dict[str, Any],
    ) -> None:
        self.project = project
        self.project_id = project_id
        self.revision = revision
        self.updated = updated
        self.view = view


class Store:
    """The projects of a server.

    Parameters
    ----------
    url : str
        Of a database, as SQLAlchemy reads it.

    Raises
    ------
    ParameterError
        The URL cannot be read.

    Examples
    --------
    >>> from motet.score import make_score
    >>> store = Store("sqlite://")
    >>> store.start()
    >>> name = store.create(Project.start(make_score("C4:4"), title="One"))
    >>> store.open(name).title, store.load(name).revision
    ('One', 1)
    >>> store.stop()
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine: Engine | None = None
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()
        self._states: Kept[tuple[int, State]] = Kept(_MOST_STATES)
        self._scores: Kept[Score] = Kept(_MOST_NOTES, size=lambda score: score.n_notes + 100)

    def start(self) -> None:
        """Open the database and bring its tables up to date.

        Raises
        ------
        ParameterError
            The URL cannot be read, or the database is newer than this version of Motet.
        """
        from motet.server.migrate import open_engine

        self._engine = open_engine(self.url)

    def stop(self) -> None:
        """Close the database."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    @property
    def engine(self) -> Engine:
        """The open database."""
        if self._engine is None:
            raise ParameterError("the store is not started", zh="存储尚未启动")
        return self._engine

    def list(self) -> list[dict[str, Any]]:
        """Return a line for each project, the newest change first."""
        from sqlalchemy import select
        from sqlalchemy.orm import Session

        columns = (
            ProjectRow.id,
            ProjectRow.title,
            ProjectRow.updated,
            ProjectRow.revision,
            ProjectRow.facts,
        )
        with Session(self.engine) as session:
            rows = session.execute(select(*columns).order_by(ProjectRow.updated.desc())).all()
        return [
            {"id": one.id, "title": one.title, "updated": one.updated, "revision": one.revision,
             **json.loads(one.facts)}
            for one in rows
        ]  # fmt: skip

    def create(self, project: Project) -> str:
        """Keep a new project and return what it is called."""
        from sqlalchemy.orm import Session

        name = secrets.token_urlsafe(9)
        time = now()
        row = ProjectRow(
            id=name, title=(project.title or "")[:_LONGEST_TITLE], state=_dump(project.state), revision=1,
            created=time, updated=time, view="{}", facts=_facts(project),
        )  # fmt: skip
        with Session(self.engine) as session, session.begin():
            session.add(row)
            session.flush()
            for digest in project.state.digests():
                data = zlib.compress(project.score_data(digest), 3)
                session.add(ScoreRow(project_id=name, digest=digest, data=data))
        return name

    def open(self, project_id: str) -> Project:
        """Return a project; changes to it are not kept, see `change`."""
        return self.load(project_id).project

    def load(self, project_id: str) -> Changed:
        """Return a project, its revision and its page's settings.

        Raises
        ------
        ParameterError
            There is none of that name.
        """
        from sqlalchemy import select
        from sqlalchemy.orm import Session

        columns = (ProjectRow.title, ProjectRow.created, ProjectRow.revision,
                   ProjectRow.updated, ProjectRow.view)  # fmt: skip
        wanted = ProjectRow.id == project_id
        known = self._states.get(project_id)
        with Session(self.engine) as session:
            row: Any = session.execute(select(*columns).where(wanted)).one_or_none()
            if row is not None and (known is None or known[0] != row.revision):
                full = (*columns, ProjectRow.state)
                row = session.execute(select(*full).where(wanted)).one_or_none()
                known = None
        if row is None:
            raise _unknown(project_id)
        if known is None:
            told = {"title": row.title, "created": row.created}
            known = (row.revision, state_from_plain(told, json.loads(row.state)))
            self._states.put(project_id, known)
        return Changed(
            self._project(project_id, known[1]), project_id=project_id, revision=row.revision,
            updated=row.updated, view=json.loads(row.view),
        )  # fmt: skip

    def _project(self, project_id: str, state: State) -> Project:
        """Return a project that reads its scores when they are wanted."""
        project = Project(state, StoredScores(lambda digest: self._read_score(project_id, digest)))
        project.share_scores(_ReadScores(self._scores))
        return project

    def _read_score(self, project_id: str, digest: str) -> bytes:
        from sqlalchemy.orm import Session

        with Session(self.engine) as session:
            row = session.get(ScoreRow, (project_id, digest))
        if row is None:
            raise FormatError(
                f"the score {digest} of this project is missing in the database",
                zh=f"数据库中缺少此作品的乐谱 {digest}",
            )
        return zlib.decompress(row.data)

    def change(
        self,
        project_id: str,
        do: Callable[[Project], _Result],
        *,
        revision: int | None = None,
        view: dict[str, Any] | None = None,
    ) -> tuple[Changed, _Result]:
        """Return a project after a change, kept, and what the change gave.

        Parameters
        ----------
        project_id : str
        do : callable
            Changes the project.
        revision : int or None
            The revision that whoever asks has seen; None takes the newest.
        view : dict or None
            New settings of the page, over those that are there.

        Raises
        ------
        StaleError
            The project is at another revision.
        ParameterError
            There is none of that name.
        """
        from sqlalchemy import update
        from sqlalchemy.orm import Session

        with self._lock_of(project_id):
            found = self.load(project_id)
            if revision is not None and revision != found.revision:
                raise StaleError(found.revision)
            before = set(found.project.state.digests())
            result = do(found.project)
            state = found.project.state
            found.view = {**found.view, **view} if view else found.view
            found.updated, seen = now(), found.revision
            found.revision += 1
            values = {
                "title": state.title[:_LONGEST_TITLE], "state": _dump(state), "revision": found.revision,
                "updated": found.updated, "view": json.dumps(found.view), "facts": _facts(found.project),
            }  # fmt: skip
            wanted = update(ProjectRow).where(
                ProjectRow.id == project_id, ProjectRow.revision == seen
            )
            with Session(self.engine) as session, session.begin():
                for digest in state.digests():
                    if digest not in before and session.get(ScoreRow, (project_id, digest)) is None:
                        data = zlib.compress(found.project.score_data(digest), 3)
                        session.add(ScoreRow(project_id=project_id, digest=digest, data=data))
                session.flush()
                if session.execute(wanted.values(**values)).rowcount != 1:  # type: ignore[attr-defined]
                    raise StaleError(self.load(project_id).revision)
            self._states.put(project_id, (found.revision, state))
            return found, result

    def set_view(self, project_id: str, view: dict[str, Any]) -> Changed:
        """Return a project with other settings of its page; its revision stays."""
        from sqlalchemy import update
        from sqlalchemy.orm import Session

        with self._lock_of(project_id):
            found = self.load(project_id)
            found.view = {**found.view, **view}
            wanted = update(ProjectRow).where(ProjectRow.id == project_id)
            with Session(self.engine) as session, session.begin():
                session.execute(wanted.values(view=json.dumps(found.view)))
            return found

    def delete(self, project_id: str) -> None:
        """Forget a project.

        Raises
        ------
        ParameterError
            There is none of that name.
        """
        from sqlalchemy import delete
        from sqlalchemy.orm import Session

        with self._lock_of(project_id), Session(self.engine) as session, session.begin():
            if session.get(ProjectRow, project_id) is None:
                raise _unknown(project_id)
            session.execute(delete(ScoreRow).where(ScoreRow.project_id == project_id))
            session.execute(delete(ProjectRow).where(ProjectRow.id == project_id))
        self._states.drop(project_id)

    def _lock_of(self, project_id: str) -> threading.Lock:
        with self._guard:
            return self._locks.setdefault(project_id, threading.Lock())


def _dump(state: State) -> str:
    return json.dumps(state_to_plain(state), ensure_ascii=False, separators=(",", ":"))


def _facts(project: Project) -> str:
    return json.dumps(tell_facts(project), ensure_ascii=False, separators=(",", ":"))


def _unknown(project_id: str) -> ParameterError:
    error = ParameterError(
        f"there is no project {project_id[:40]!r}; it may have been deleted",
        zh=f"没有作品 {project_id[:40]!r};可能已被删除",
    )
    error.status = 404  # type: ignore[attr-defined]
    return error
