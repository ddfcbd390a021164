"""What the commands of a project share: its file opened and saved, and the option that names it.

Conventions: a name without an ending gets ``.motet``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from motet.cli.wording import Translate
from motet.errors import ParameterError

if TYPE_CHECKING:
    from motet.cli.output import Output
    from motet.project import Project

__all__ = ["changing", "file_argument", "finish_change", "project_path"]


def file_argument(t: Translate) -> Any:
    """Return the argument that names the project.

    Examples
    --------
    >>> file_argument(lambda en, zh: en).metavar
    'FILE'
    """
    return typer.Argument(
        ..., metavar="FILE", help=t("The project, a .motet file.", "工程文件(.motet)。")
    )


def project_path(name: str) -> Path:
    """Return the path of a project file.

    Parameters
    ----------
    name : str

    Returns
    -------
    Path

    Raises
    ------
    ParameterError
        It has another ending.

    Examples
    --------
    >>> project_path("song").name
    'song.motet'
    """
    path = Path(name).expanduser() if name.startswith("~") else Path(name)
    if path.suffix.lower() == ".motet":
        return path
    if path.suffix or not path.name:
        raise ParameterError(
            f"the name of a project ends in .motet, got {name!r}; to start one from a score: "
            "motet project new NAME.motet --from FILE",
            zh=f"工程文件名应以 .motet 结尾,收到 {name!r};从乐谱新建工程:"
            "motet project new 名称.motet --from 文件",
        )
    return path.with_name(path.name + ".motet")


@contextmanager
def changing(name: str) -> Iterator[Project]:
    """Yield the project of a file, and save it where nothing went wrong.

    Parameters
    ----------
    name : str

    Yields
    ------
    Project

    Examples
    --------
    >>> from motet.project import Project
    >>> from motet.score import make_score
    >>> _ = Project.start(make_score("C4:4")).save("a.motet")
    >>> with changing("a.motet") as project:
    ...     project.lock("1")
    >>> Project.open("a.motet").locks[0].where
    '1'
    """
    from motet.project import Project

    project = Project.open(project_path(name))
    yield project
    project.save()


def finish_change(out: Output, project: Project, lines: list[str], **facts: Any) -> None:
    """Say what a command did, and where the piece is now.

    Parameters
    ----------
    out : Output
    project : Project
    lines : list of str
    **facts
        For JSON.

    Examples
    --------
    >>> finish_change.__name__
    'finish_change'
    """
    node = project.current
    told = {"step": node.id, "task": node.task, "branch": project.state.branch, **facts}
    out.finish(told, lines)
