"""A project as the bytes of its file, and back.

Conventions: format 1, see docs/project-file.md: ``mimetype``, ``manifest.json``, ``README.txt``, ``tree.json``,
``current.mid``, ``provenance.json`` and a folder ``scores`` of Motet JSON, each named by its digest. The
manifest has the SHA-256 of ``tree.json`` and of every score; the others may be lost without harm.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

from motet.errors import FormatError
from motet.io import read_json, write_midi
from motet.io.motet_file import MIMETYPE, open_archive, take_json
from motet.project.state import State, digest_of, now, state_from_plain, state_to_plain
from motet.project.upgrade import PROJECT_FORMAT, check_digests, dump, upgrade

__all__ = ["motet_version", "pack", "unpack"]

_README = """\
This is a Motet project. Open it with:   motet project show FILE.motet
Without Motet: current.mid is the piece as it is now; scores/ holds every version and every candidate as
text (Motet JSON); tree.json tells how they came about, who wrote which bar, and what is locked.

这是一个 Motet 工程。打开方法:   motet project show 文件.motet
没有 Motet 时:current.mid 是作品现状;scores/ 以文本(Motet JSON)保存每个版本与候选;
tree.json 记录其由来、各小节由谁写成、哪些内容已锁定。
"""


def motet_version() -> str:
    """Return the version of Motet, ``"unknown"`` where it is not installed.

    Examples
    --------
    >>> motet_version() != ""
    True
    """
    try:
        return version("motet")
    except PackageNotFoundError:
        return "unknown"


def pack(
    state: State, scores: dict[str, bytes], *, beside: Mapping[str, bytes] | None = None
) -> bytes:
    """Return the bytes of a project file.

    Parameters
    ----------
    state : State
    scores : dict of str to bytes
        Motet JSON by digest.
    beside : mapping of str to bytes, or None
        Other files, which reading passes over: ``provenance.json``.

    Returns
    -------
    bytes

    Examples
    --------
    >>> from motet.io import write_json
    >>> from motet.project.node import Node
    >>> from motet.score import make_score
    >>> data = write_json(make_score("C4:4"))
    >>> state = State(title="One").add(Node(id="1", score=digest_of(data)))
    >>> unpack(pack(state, {digest_of(data): data}))[0] == state
    True
    """
    tree = dump(state_to_plain(state))
    held = {"tree.json": tree}
    held |= {f"scores/{name}.json": scores[name] for name in state.digests()}
    current = state.nodes[state.current].score
    manifest = {
        "format": PROJECT_FORMAT,
        "app": "motet",
        "version": motet_version(),
        "title": state.title,
        "created": state.created,
        "saved": now(),
        "current": state.current,
        "score": f"scores/{current}.json",
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in held.items()},
    }
    midi = write_midi(read_json(scores[current]).score)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "mimetype", MIMETYPE.encode(), zipfile.ZIP_STORED)
        _add(archive, "manifest.json", dump(manifest))
        _add(archive, "README.txt", _README.encode())
        _add(archive, "current.mid", midi)
        for name, data in (beside or {}).items():
            _add(archive, name, data)
        for name, data in held.items():
            _add(archive, name, data)
    return buffer.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes, how: int = zipfile.ZIP_DEFLATED) -> None:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = how
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)


def unpack(data: bytes, *, path: str = "") -> tuple[State, dict[str, bytes]]:
    """Return what a project file holds: the state, and the scores by digest.

    Parameters
    ----------
    data : bytes
    path : str
        File to name in messages.

    Returns
    -------
    State, dict of str to bytes

    Raises
    ------
    FormatError
        It is no project, damaged, or of a newer format.

    Examples
    --------
    >>> unpack(b"no zip")
    Traceback (most recent call last):
    ...
    motet.errors.FormatError: the project file is damaged: File is not a zip file; ...
    """
    files = upgrade(open_archive(data, path=path), path=path)
    manifest = take_json(files, "manifest.json", path=path)
    check_digests(files, manifest, path=path)
    try:
        state = state_from_plain(manifest, take_json(files, "tree.json", path=path))
        scores = {}
        for name in state.digests():
            held = files.get(f"scores/{name}.json", b"")
            if digest_of(held) != name:
                raise FormatError(
                    f"the score {name[:20]!r} is missing or was changed",
                    zh=f"乐谱 {name[:20]!r} 缺失或被改动过",
                    place="scores",
                )
            scores[name] = held
        read_json(scores[state.nodes[state.current].score])
    except FormatError as error:
        error.path = error.path or path
        raise
    return state, scores
