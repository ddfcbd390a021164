"""Reading what was uploaded, in a process of its own: hostile files end here.

Conventions: takes the path that the server chose and the name that the user knows; errors name the latter.
A score is written beside the upload as Motet JSON, so that nothing else reads the foreign bytes.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motet.errors import MotetError
from motet.io import Repair

if TYPE_CHECKING:
    from motet.score import Score

__all__ = ["parse_upload", "tell_repairs"]

_MOST_REPAIRS = 50


def parse_upload(payload: dict[str, Any], _: Any = None) -> dict[str, Any]:
    """Return what an uploaded file holds.

    Parameters
    ----------
    payload : dict
        ``folder``, ``kind`` and ``name`` of a `motet.server.uploads.Upload`.
    _ : object
        Not needed.

    Returns
    -------
    dict
        Of a score: format, title, bars, parts, notes, key, tempo, repairs; of sound: seconds, rate,
        channels.

    Raises
    ------
    FormatError
        It cannot be read; the error names the user's file and the place in it.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "data").write_bytes(b"")
    >>> parse_upload({"folder": str(folder), "kind": "score", "name": "a.mid"})
    Traceback (most recent call last):
    ...
    motet.errors.FormatError: a.mid, byte 0: the file is empty; ...
    """
    folder, name = Path(payload["folder"]), str(payload["name"])
    try:
        if payload["kind"] == "audio":
            return _hear(folder / "data")
        if payload["kind"] == "project":
            return _open_project(folder / "data")
        return _read(folder)
    except MotetError as error:
        # The place on the server's disk says nothing to the user.
        data = str(folder / "data")
        raise type(error)(
            error.en.replace(data, name), zh=error.zh.replace(data, name), path=name,
            place=error.place,
        ) from error  # fmt: skip


def tell_repairs(repairs: tuple[Repair, ...]) -> list[dict[str, str]]:
    """Return repairs in both languages; at most fifty.

    Examples
    --------
    >>> tell_repairs((Repair("byte 3", "mended", "已修复"),))
    [{'en': 'byte 3: mended', 'zh': '第 3 字节:已修复'}]
    """
    return [
        {"en": one.localised("en"), "zh": one.localised("zh")} for one in repairs[:_MOST_REPAIRS]
    ]


def _read(folder: Path) -> dict[str, Any]:
    """Read a score file and keep it as JSON."""
    from motet.io import read, sniff, write_json
    from motet.io.limits import check_score_size

    data = (folder / "data").read_bytes()
    loaded = read(data)
    check_score_size(loaded.score)
    draft = folder / f"score.{os.getpid()}"
    draft.write_bytes(write_json(loaded.score))
    draft.replace(folder / "score.json")
    facts = _score_facts(loaded.score)
    return {"format": sniff(data), **facts, "repairs": tell_repairs(loaded.repairs)}


def _score_facts(score: Score) -> dict[str, Any]:
    """Return what a person wants to know of a score before taking it in."""
    first = score.tempos[0].qpm if score.tempos else 120.0
    return {
        "title": score.title,
        "n_bars": score.n_bars,
        "n_notes": score.n_notes,
        "qpm": round(float(first), 2),
        "parts": [
            {"name": part.name, "program": part.program, "is_drums": part.is_drums,
             "n_notes": len(part.notes)}
            for part in score.parts[:64]
        ],
        "n_parts": len(score.parts),
    }  # fmt: skip


def _open_project(path: Path) -> dict[str, Any]:
    """Read a project with all its steps."""
    from motet.project import Project

    project = Project.open(path)
    for node in project.tree:
        project.score_of(node.id)
    facts = _score_facts(project.score)
    return {"format": "project", **facts, "title": project.title, "n_steps": len(project.tree)}


def _hear(path: Path) -> dict[str, Any]:
    """Read the head and the first second of a recording."""
    from motet.audio.stream import stream_audio

    stream = stream_audio(path, block_s=1.0)
    for _ in stream:
        break
    return {
        "format": "audio",
        "seconds": round(stream.total_s, 2),
        "rate_hz": stream.source_rate_hz,
        "n_channels": stream.n_channels,
    }
