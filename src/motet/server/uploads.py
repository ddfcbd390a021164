"""Files that users send: received piece by piece, named by us, read elsewhere, forgotten after an hour.

Conventions: an upload is a folder of its own under ``uploads``: ``data`` (the bytes), ``facts.json``, and
``score.json`` where it is a score. Its id cannot be guessed, and no word of the client's is part of a path.

Offers `Upload`, `receive`, `find_upload`, `keep_facts`, `sweep`, `clean_name`.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from motet.audio.sniff import is_recording
from motet.errors import FormatError, ParameterError
from motet.io.motet_file import MIMETYPE
from motet.server.upload_limits import SCORE_BYTES, SOUND_BYTES, UPLOAD_KEPT_S

__all__ = [
    "Upload",
    "clean_name",
    "find_upload",
    "keep_facts",
    "new_folder",
    "receive",
    "sweep",
]

Kind = Literal["score", "audio", "project"]
_ID = re.compile(r"[A-Za-z0-9_-]{22,64}")
_BAD = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]')
_LONGEST_NAME = 120
_HEAD = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that was received.

    Parameters
    ----------
    upload_id : str
    kind : ``"score"``, ``"audio"`` or ``"project"``
        Told by its content.
    name : str
        As the user calls it, without folders.
    n_bytes : int
    folder : Path
    facts : dict
        What reading it gave.
    """

    upload_id: str
    kind: Kind
    name: str
    n_bytes: int
    folder: Path
    facts: dict[str, Any]

    @property
    def data(self) -> Path:
        """Where its bytes are."""
        return self.folder / "data"

    @property
    def title(self) -> str:
        """Its name without an ending."""
        return self.name.rsplit(".", 1)[0] if "." in self.name[1:] else self.name


def clean_name(name: str, *, usual: str = "file") -> str:
    """Return a file's name without folders and signs that mean something to a system.

    Parameters
    ----------
    name : str
    usual : str
        For a name that has nothing left.

    Returns
    -------
    str
        At most 120 letters.

    Examples
    --------
    >>> clean_name("../../etc/passwd"), clean_name("月光.mid"), clean_name("/")
    ('passwd', '月光.mid', 'file')
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = _BAD.sub("_", last).strip(" .")
    if len(plain) > _LONGEST_NAME:
        stem, dot, ending = plain.rpartition(".")
        keeps = dot and len(ending) <= 10
        plain = f"{stem[: _LONGEST_NAME - 11]}.{ending}" if keeps else plain[:_LONGEST_NAME]
    return plain or usual


def new_folder(root: Path) -> tuple[str, Path]:
    """Return a new id that cannot be guessed, and its folder, made.

    Examples
    --------
    >>> import tempfile
    >>> name, folder = new_folder(Path(tempfile.mkdtemp()))
    >>> len(name), folder.is_dir()
    (32, True)
    """
    name = secrets.token_urlsafe(24)
    folder = root / name
    folder.mkdir(parents=True)
    return name, folder


async def receive(pieces: AsyncIterator[bytes], root: Path, *, name: str) -> Upload:
    """Return what was received, on disk.

    Parameters
    ----------
    pieces : async iterator of bytes
    root : Path
        The folder of uploads.
    name : str
        As the client says; only shown.

    Returns
    -------
    Upload

    Raises
    ------
    ParameterError
        It is too large.
    FormatError
        It is empty.

    Examples
    --------
    >>> import asyncio, tempfile
    >>> async def two():
    ...     yield b"MThd"
    ...     yield b"....."
    >>> asyncio.run(receive(two(), Path(tempfile.mkdtemp()), name="a/b.mid")).name
    'b.mid'
    """
    upload_id, folder = new_folder(root)
    shown = clean_name(name)
    is_whole = False
    try:
        n_bytes, kind = 0, ""
        with (folder / "data").open("wb") as file:
            async for piece in pieces:
                file.write(piece)
                n_bytes += len(piece)
                if not kind and n_bytes >= _HEAD:
                    file.flush()
                    kind = _kind(folder / "data", shown)
                if kind:
                    _check_size(n_bytes, kind, shown)
        if not n_bytes:
            raise FormatError("the file is empty", zh="文件为空", path=shown, place="byte 0")
        known = _kind(folder / "data", shown)
        _check_size(n_bytes, known, shown)
        is_whole = True
    finally:  # a client that goes away leaves nothing
        if not is_whole:
            shutil.rmtree(folder, ignore_errors=True)
    return Upload(
        upload_id=upload_id, kind=known, name=shown, n_bytes=n_bytes, folder=folder, facts={}
    )


def _kind(path: Path, name: str) -> Kind:
    """Return what a file is, by how it begins."""
    with path.open("rb") as file:
        head = file.read(64 + len(MIMETYPE))
    if head.startswith(b"PK") and MIMETYPE.encode() in head:
        return "project"
    if is_recording(path) or _is_mp3(head, name):
        return "audio"
    return "score"


def _is_mp3(head: bytes, name: str) -> bool:
    """Whether it begins with a frame of MP3 and is called so."""
    return name.lower().endswith(".mp3") and len(head) > 1 and head[0] == 0xFF and head[1] >= 0xE0


def _check_size(n_bytes: int, kind: str, name: str) -> None:
    """Refuse a file that is too large for what it is."""
    most = SCORE_BYTES if kind == "score" else SOUND_BYTES
    if n_bytes > most:
        size = most // (1024 * 1024)
        en, zh = ("score", "乐谱") if kind == "score" else ("recording or project", "录音或工程")
        raise ParameterError(
            f"{name}: a {en} may have at most {size} MB; send a smaller file",
            zh=f"{name}:{zh}文件最大 {size} MB;请上传较小的文件",
        )


def keep_facts(upload: Upload, facts: dict[str, Any]) -> Upload:
    """Return the upload with what reading it gave, and note that beside it.

    Parameters
    ----------
    upload : Upload
    facts : dict
        Plain values.

    Returns
    -------
    Upload

    Examples
    --------
    >>> import tempfile
    >>> here = Path(tempfile.mkdtemp())
    >>> one = Upload(upload_id="a", kind="score", name="a.mid", n_bytes=1, folder=here, facts={})
    >>> keep_facts(one, {"n_bars": 4}).facts
    {'n_bars': 4}
    """
    told = {"kind": upload.kind, "name": upload.name, "n_bytes": upload.n_bytes, "facts": facts}
    (upload.folder / "facts.json").write_text(json.dumps(told), encoding="utf-8")
    return replace(upload, facts=facts)


def find_upload(root: Path, upload_id: str) -> Upload:
    """Return an upload that was received and read.

    Parameters
    ----------
    root : Path
    upload_id : str

    Returns
    -------
    Upload

    Raises
    ------
    ParameterError
        There is none of this id, or its hour is over.

    Examples
    --------
    >>> find_upload(Path("uploads"), "../../etc/passwd")
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: there is no such upload, or its hour is over; send the file again
    """
    folder = root / upload_id
    if _ID.fullmatch(upload_id) and (folder / "facts.json").is_file():
        told = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
        return Upload(upload_id=upload_id, folder=folder, **told)
    error = ParameterError(
        "there is no such upload, or its hour is over; send the file again",
        zh="没有此上传文件,或已超过一小时;请重新上传",
    )
    error.status = 404  # type: ignore[attr-defined]
    raise error


def sweep(root: Path, *, kept_s: float = UPLOAD_KEPT_S, now_s: float | None = None) -> int:
    """Remove folders that are older than they are kept, and return how many.

    Parameters
    ----------
    root : Path
    kept_s : float, seconds
    now_s : float or None, seconds since 1970
        None is the clock.

    Returns
    -------
    int

    Examples
    --------
    >>> sweep(Path("no such folder"))
    0
    """
    limit_s = (time.time() if now_s is None else now_s) - kept_s
    count = 0
    for folder in root.iterdir() if root.is_dir() else ():
        try:
            is_old = folder.stat().st_mtime < limit_s
        except FileNotFoundError:  # another request was quicker
            continue
        if is_old:
            shutil.rmtree(folder, ignore_errors=True)
            count += 1
    return count
