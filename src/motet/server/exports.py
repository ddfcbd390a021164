"""Files that go out: prepared in the server, written by a worker, fetched by an id, removed after a day.

Conventions: an export is a folder of its own under ``exports``: ``file`` and ``facts.json``; its id cannot be
guessed. Names for people are made of titles, never paths.

Offers `prepare_export`, `finish_export`, `find_file`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motet.errors import ParameterError
from motet.io import write_json
from motet.server.export_selection import choose_score
from motet.server.pieces import find_version
from motet.server.uploads import clean_name, new_folder

if TYPE_CHECKING:
    from motet.project import Project
    from motet.server.schemas.export import ExportRequest

__all__ = ["MEDIA_TYPES", "SentFile", "find_file", "finish_export", "prepare_export"]

_ID = re.compile(r"[A-Za-z0-9_-]{22,64}")
MEDIA_TYPES = {
    "mid": "audio/midi", "musicxml": "application/vnd.recordare.musicxml+xml",
    "mxl": "application/vnd.recordare.musicxml", "abc": "text/vnd.abc; charset=utf-8",
    "json": "application/json", "pdf": "application/pdf", "svg": "image/svg+xml", "png": "image/png",
    "wav": "audio/wav", "mp3": "audio/mpeg", "ogg": "audio/ogg", "flac": "audio/flac",
    "zip": "application/zip", "motet": "application/x-motet-project",
}  # fmt: skip
"""Ending to media type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file that can be fetched."""

    path: Path
    name: str
    media_type: str


def prepare_export(project: Project, request: ExportRequest, root: Path) -> dict[str, Any]:
    """Return what the worker needs, in a new folder.

    Parameters
    ----------
    project : Project
    request : ExportRequest
    root : Path
        The folder of exports.

    Returns
    -------
    dict
        The payload of `motet.server.export_worker.write_export`, and ``file_id``.

    Raises
    ------
    ParameterError
        There is no such version, bar or part, or nothing is left.

    Examples
    --------
    >>> import tempfile
    >>> from motet.project import Project
    >>> from motet.score import make_score
    >>> from motet.server.schemas.export import ExportRequest
    >>> project = Project.start(make_score("C4:4"), title="One/Two")
    >>> ready = prepare_export(project, ExportRequest(format="mid"), Path(tempfile.mkdtemp()))
    >>> ready["stem"], ready["format"]
    ('One_Two', 'mid')
    """
    version = find_version(project, request.version)
    is_part = bool(request.bars) or bool(request.parts)
    if request.format == "motet" and is_part:
        raise ParameterError(
            "a part of a piece is no project; export all of it, or another format",
            zh="乐曲的一部分不能存为工程;请导出全部,或换一种格式",
        )
    payload: dict[str, Any] = {
        "format": request.format, "layout": request.layout, "language": request.language,
        "stem": _stem(version.title, request),
    }  # fmt: skip
    if request.format != "motet":
        score = choose_score(
            version.score, version.record(), bars=request.bars or None, parts=request.parts or None
        )
        payload["score"] = write_json(score)
    file_id, folder = new_folder(root)
    if request.format == "motet" or (request.format == "all" and not is_part):
        packed = folder / "project.motet"
        version.project.save(packed)
        payload["project"] = str(packed)
    return {**payload, "folder": str(folder), "file_id": file_id}


def _stem(title: str, request: ExportRequest) -> str:
    """Return the name of a file, without ending."""
    stem = clean_name(title.replace("/", "_").replace("\\", "_"), usual="motet")
    if isinstance(request.bars, str) and request.bars:
        stem += f" ({request.bars})"
    return stem[:100]


def finish_export(payload: dict[str, Any], result: dict[str, Any]) -> dict[str, Any]:
    """Return what the user is told of a written file, and note its name beside it.

    Parameters
    ----------
    payload : dict
        From `prepare_export`.
    result : dict
        From the worker.

    Returns
    -------
    dict
        As `motet.server.schemas.export.ExportResult`.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> told = {"name": "a.mid", "n_bytes": 3, "losses": [], "remarks": []}
    >>> finish_export({"folder": folder, "file_id": "x"}, told)["url"]
    '/api/files/x'
    """
    facts = Path(payload["folder"]) / "facts.json"
    facts.write_text(json.dumps({"name": result["name"]}), encoding="utf-8")
    return {**result, "url": f"/api/files/{payload['file_id']}"}


def find_file(root: Path, file_id: str) -> SentFile:
    """Return a file that was written.

    Parameters
    ----------
    root : Path
    file_id : str

    Returns
    -------
    SentFile

    Raises
    ------
    ParameterError
        There is none of this id, or its day is over.

    Examples
    --------
    >>> find_file(Path("exports"), "..")
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: there is no such file, or its day is over; export it again
    """
    facts = root / file_id / "facts.json"
    if not _ID.fullmatch(file_id) or not facts.is_file():
        error = ParameterError(
            "there is no such file, or its day is over; export it again",
            zh="没有此文件,或已超过一天;请重新导出",
        )
        error.status = 404  # type: ignore[attr-defined]
        raise error
    name = str(json.loads(facts.read_text(encoding="utf-8"))["name"])
    ending = name.rsplit(".", 1)[-1].lower()
    media = MEDIA_TYPES.get(ending, "application/octet-stream")
    return SentFile(path=root / file_id / "file", name=name, media_type=media)
