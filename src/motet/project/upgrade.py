"""Older project files made into those of today, step by step.

Conventions: one function a format, from it to the next; each takes and gives the files of the archive. A
project of a format to come is refused by name. docs/project-file.md has the table of versions.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from motet.errors import FormatError
from motet.io import read, write_json
from motet.io.motet_file import MIMETYPE, take_json
from motet.project.author import write_down
from motet.project.node import Node
from motet.project.state import State, digest_of, state_to_plain

__all__ = ["PROJECT_FORMAT", "check_digests", "dump", "upgrade"]

PROJECT_FORMAT = 1
_SCORES = (".json", ".mid", ".midi", ".musicxml", ".mxl", ".abc")


def dump(value: Any, *, indent: int | None = 2) -> bytes:
    """Return JSON as people read it: indented, UTF-8.

    Parameters
    ----------
    value : object
    indent : int or None
        None writes one line.

    Returns
    -------
    bytes

    Examples
    --------
    >>> dump({"a": 1})
    b'{\\n  "a": 1\\n}\\n'
    """
    return (json.dumps(value, ensure_ascii=False, indent=indent) + "\n").encode("utf-8", "replace")


def upgrade(files: dict[str, bytes], *, path: str = "") -> dict[str, bytes]:
    """Return the files of a project in the format of today.

    Parameters
    ----------
    files : dict of str to bytes
        Of `motet.io.motet_file.open_archive`.
    path : str
        File to name in messages.

    Returns
    -------
    dict of str to bytes

    Raises
    ------
    FormatError
        The format is newer, or none.

    Examples
    --------
    >>> from motet.score import make_score
    >>> sorted(upgrade({"song.json": write_json(make_score("C4:4"))}))[:2]
    ['manifest.json', 'mimetype']
    """
    told: Any = 0
    if "manifest.json" in files:
        told = take_json(files, "manifest.json", path=path).get("format", 0)
    if type(told) is not int or told < 0:
        raise FormatError(
            f"the format of a project is a whole number, got {str(told)[:40]!r}",
            zh=f"工程的格式应为整数,收到 {str(told)[:40]!r}",
            path=path,
            place="manifest.json",
        )
    if told > PROJECT_FORMAT:
        raise FormatError(
            f"this project is of format {told}; this version of Motet reads up to {PROJECT_FORMAT}; "
            "update Motet, or open current.mid inside the file (it is a zip)",
            zh=f"此工程为第 {told} 版格式;本版 Motet 最多读取第 {PROJECT_FORMAT} 版;"
            "请升级 Motet,或打开文件(zip)中的 current.mid",
            path=path,
            place="manifest.json",
        )
    for old in range(told, PROJECT_FORMAT):
        files = _UPGRADES[old](files, path)
    return files


def _from_nothing(files: dict[str, bytes], path: str) -> dict[str, bytes]:
    """Format 0, a zip of one score: make it a project of one step."""
    title = ""
    if "manifest.json" in files:
        told = take_json(files, "manifest.json", path=path).get("title", "")
        title = told if isinstance(told, str) else ""
    names = [
        name
        for name in files
        if PurePosixPath(name).suffix.lower() in _SCORES and name != "manifest.json"
    ]
    names.sort(key=lambda name: (_SCORES.index(PurePosixPath(name).suffix.lower()), name))
    if not names:
        raise FormatError(
            "the archive holds no score; this is no project",
            zh="压缩包中没有乐谱;这不是工程文件",
            path=path,
        )
    try:
        score = read(files[names[0]]).score
    except FormatError as error:
        error.path, error.place = path, ", ".join(one for one in (names[0], error.place) if one)
        raise
    data = write_json(score)
    name = f"scores/{digest_of(data)}.json"
    node = Node(
        id="1", task="import", score=digest_of(data), note=names[0],
        written=write_down(score, ["human"] * len(score.parts)),
    )  # fmt: skip
    tree = dump(state_to_plain(State().add(node)))
    manifest = {
        "format": 1, "title": title or score.title, "created": "", "current": "1", "score": name,
        "files": {one: hashlib.sha256(held).hexdigest()
                  for one, held in (("tree.json", tree), (name, data))},
    }  # fmt: skip
    return {
        "mimetype": MIMETYPE.encode(), "manifest.json": dump(manifest), "tree.json": tree, name: data,
    }  # fmt: skip


def check_digests(files: dict[str, bytes], manifest: dict[str, Any], *, path: str = "") -> None:
    """Return nothing when every file of a project is the one that its manifest names.

    Parameters
    ----------
    files : dict of str to bytes
    manifest : dict
    path : str
        File to name in messages.

    Raises
    ------
    FormatError
        A file is missing, or is not what was saved.

    Examples
    --------
    >>> check_digests({}, {"files": {"tree.json": "00"}})
    Traceback (most recent call last):
    ...
    motet.errors.FormatError: tree.json: the project has lost this file, or it was changed; ...
    """
    wanted = manifest.get("files")
    if not isinstance(wanted, dict) or "tree.json" not in wanted:
        wanted = {"tree.json": ""}
    for name, digest in wanted.items():
        held = files.get(name)
        if held is None or hashlib.sha256(held).hexdigest() != digest:
            raise FormatError(
                "the project has lost this file, or it was changed; to bring in notes edited "
                "elsewhere use: motet project import",
                zh="工程丢失了此文件,或它被改动过;要带入在别处修改的音符,请用:motet project import",
                path=path,
                place=str(name)[:80],
            )


_UPGRADES: dict[int, Callable[[dict[str, bytes], str], dict[str, bytes]]] = {0: _from_nothing}
