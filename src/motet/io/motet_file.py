"""The archive of a project (``.motet``): its files, taken out safely, and the score that it shows.

Conventions: a zip whose first file, stored as it is, is ``mimetype`` with `MIMETYPE`, so that the first
bytes tell what it is. ``manifest.json`` names the current score (``"score"``), a Motet JSON file. Older
projects may lack either; `motet.project` upgrades them. docs/project-file.md has the whole format.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import Any

from motet.errors import FormatError
from motet.io.json_file import read_json
from motet.io.json_limits import check_shape
from motet.io.limits import load_bytes
from motet.io.loaded import Loaded

__all__ = [
    "MAX_PROJECT_BYTES",
    "MIMETYPE",
    "is_project",
    "open_archive",
    "read_project",
    "take_json",
]

MIMETYPE = "application/x-motet-project"
MAX_PROJECT_BYTES = 64 * 1024 * 1024
"""Largest project that is opened."""
_MAX_UNPACKED_BYTES = 256 * 1024 * 1024
_MAX_FILES = 20_000
_MAX_FILE_BYTES = 16 * 1024 * 1024
_MAX_RATIO = 400
_NAME = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*(/[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)*"
)
_MAX_NAME = 120


def is_project(data: bytes) -> bool:
    """Return whether content is that of a project file, by its first bytes.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    bool

    Examples
    --------
    >>> is_project(b"PK"), is_project(b"PK\\x03\\x04" + bytes(26) + b"mimetype" + MIMETYPE.encode())
    (False, True)
    """
    mark = b"mimetype" + MIMETYPE.encode()
    return data.startswith(b"PK\x03\x04") and data[30 : 30 + len(mark)] == mark


def open_archive(
    data: bytes, *, path: str = "", only: Collection[str] | None = None
) -> dict[str, bytes]:
    """Return the files of a project, each within limits that its header cannot lie about.

    Parameters
    ----------
    data : bytes
    path : str
        File to name in messages.
    only : collection of str or None
        Which files are wanted; None takes all.

    Returns
    -------
    dict of str to bytes

    Raises
    ------
    FormatError
        It is no zip, damaged, encrypted, too large, or names a path that no project has.

    Examples
    --------
    >>> file = io.BytesIO()
    >>> with zipfile.ZipFile(file, "w") as archive:
    ...     archive.writestr("manifest.json", "{}")
    >>> open_archive(file.getvalue())
    {'manifest.json': b'{}'}
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [one for one in archive.infolist() if not one.is_dir()]
            _check_entries(entries, path)
            wanted = [one for one in entries if only is None or one.filename in only]
            return {entry.filename: _take(archive, entry, path) for entry in wanted}
    except (
        zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError,
        NotImplementedError,
    ) as error:  # fmt: skip
        raise FormatError(
            f"the project file is damaged: {str(error)[:80]}; take a copy of it that is whole",
            zh=f"工程文件已损坏:{str(error)[:80]};请改用完好的副本",
            path=path,
        ) from error


def _check_entries(entries: list[zipfile.ZipInfo], path: str) -> None:
    """Refuse archives that no project is: by names, number and size."""
    names = [entry.filename for entry in entries]
    for name in names:
        if len(name) > _MAX_NAME or not _NAME.fullmatch(name):
            raise FormatError(
                f"the archive holds a file named {name[:60]!r}, which no project has",
                zh=f"压缩包内有名为 {name[:60]!r} 的文件,工程中不会有这种名称",
                path=path,
            )
    if len(set(names)) != len(names):
        raise FormatError(
            "the archive holds two files of one name", zh="压缩包内有两个同名文件", path=path
        )
    total = sum(entry.file_size for entry in entries)
    if len(entries) > _MAX_FILES or total > _MAX_UNPACKED_BYTES:
        raise FormatError(
            f"the archive has {len(entries):,} files of {total:,} bytes; at most {_MAX_FILES:,} files "
            f"and {_MAX_UNPACKED_BYTES:,} bytes are read",
            zh=f"压缩包有 {len(entries):,} 个文件,共 {total:,} 字节;最多读取 {_MAX_FILES:,} 个文件、"
            f"{_MAX_UNPACKED_BYTES:,} 字节",
            path=path,
        )


def _take(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str) -> bytes:
    """Return one file."""
    ratio = entry.file_size / max(1, entry.compress_size)
    is_bomb = entry.file_size > _MAX_FILE_BYTES or (
        ratio > _MAX_RATIO and entry.file_size > 1 << 20
    )
    if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FormatError(
            f"{entry.filename!r} is encrypted or packed in an unusual way; save the project again",
            zh=f"{entry.filename!r} 已加密或压缩方式不常见;请重新保存工程",
            path=path,
        )
    found = b""
    if not is_bomb:
        with archive.open(entry) as file:
            found = file.read(entry.file_size + 1)
    if is_bomb or len(found) > entry.file_size:
        raise FormatError(
            f"{entry.filename!r} would unpack to {entry.file_size:,} bytes or more ({ratio:.0f} times "
            f"its size); at most {_MAX_FILE_BYTES:,} bytes and {_MAX_RATIO} times are read",
            zh=f"{entry.filename!r} 解压后将有 {entry.file_size:,} 字节或更多(原来的 {ratio:.0f} 倍);"
            f"最多读取 {_MAX_FILE_BYTES:,} 字节、{_MAX_RATIO} 倍",
            path=path,
        )
    return found


def take_json(files: dict[str, bytes], name: str, *, path: str = "") -> dict[str, Any]:
    """Return a JSON object of an archive.

    Parameters
    ----------
    files : dict of str to bytes
        Of `open_archive`.
    name : str
    path : str
        File to name in messages.

    Returns
    -------
    dict

    Raises
    ------
    FormatError
        It is not there, or is no JSON object.

    Examples
    --------
    >>> take_json({"a.json": b'{"title": "x"}'}, "a.json")
    {'title': 'x'}
    """
    if name not in files:
        raise FormatError(
            f"the project has no {name}; this is no project, or it is damaged",
            zh=f"工程中没有 {name};这不是工程文件,或已损坏",
            path=path,
        )
    try:
        check_shape(files[name], path=path)
        found = json.loads(files[name].decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise FormatError(
            f"{name} is not JSON that can be read: {str(error)[:80]}",
            zh=f"无法读取 {name} 的 JSON:{str(error)[:80]}",
            path=path,
        ) from error
    if not isinstance(found, dict):
        raise FormatError(
            f"{name} must be a JSON object {{ }}", zh=f"{name} 应为 JSON 对象 {{ }}", path=path
        )
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number of JSON")


def read_project(source: str | Path | bytes) -> Loaded:
    """Return the current score of a project file.

    Parameters
    ----------
    source : str, Path or bytes

    Returns
    -------
    Loaded

    Raises
    ------
    FormatError
        It is no project, or it is damaged.
    ParameterError
        There is no such file.

    Examples
    --------
    >>> read_project(b"PK")
    Traceback (most recent call last):
    ...
    motet.errors.FormatError: the project file is damaged: File is not a zip file; ...
    """
    data, path = load_bytes(source, max_bytes=MAX_PROJECT_BYTES)
    files = open_archive(data, path=path, only=("manifest.json",))
    name = take_json(files, "manifest.json", path=path).get("score")
    if isinstance(name, str):
        files = open_archive(data, path=path, only=(name,))
    if not isinstance(name, str) or name not in files:
        raise FormatError(
            f"the manifest names the current score {str(name)[:60]!r}, which is not in the project",
            zh=f"清单指明的当前乐谱 {str(name)[:60]!r} 不在工程中",
            path=path,
            place="manifest.json",
        )
    try:
        return read_json(files[name])
    except FormatError as error:
        error.path = path
        error.place = f"{name}, {error.place}" if error.place else name
        raise
