"""Downloading archives: over HTTPS, resumed where it broke off, checked, and put in place whole.

Conventions: a download grows as ``NAME.part`` beside its place; only when its fingerprint is right does it
take its name. A server that cannot resume starts from the beginning.

Offers `fetch_file`, `fetch_source`.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from motet.corpus.archive import check_sha256
from motet.corpus.manifest import Source
from motet.errors import CorpusError, ParameterError

__all__ = ["fetch_file", "fetch_source"]

_BLOCK: Final = 1 << 16
_TIMEOUT_S: Final = 60.0
_LOCAL: Final = ("localhost", "127.0.0.1", "::1")


def fetch_file(
    url: str,
    path: str | Path,
    *,
    sha256: str = "",
    on_progress: Callable[[int, int], None] | None = None,
) -> str:
    """Return the fingerprint of a file once it is downloaded, now or earlier.

    Parameters
    ----------
    url : str
        ``https://…``; plain http only to this machine.
    path : str or Path
        Where to; its folder is made.
    sha256 : str
        Expected fingerprint; empty accepts what comes.
    on_progress : callable or None
        Gets bytes so far and in all (0 when unknown).

    Returns
    -------
    str, 64 hexadecimal digits

    Raises
    ------
    ParameterError
        The address is not https.
    CorpusError
        The server refuses, breaks off, or gives another file than expected. What came of a broken
        download stays, and the next call goes on from there.

    Examples
    --------
    >>> Path("here.bin").write_bytes(b"ab")
    2
    >>> fetch_file("https://example.org/here.bin", "here.bin")[:8]
    'fb8e20fc'
    """
    where = urlsplit(url)
    if where.scheme != "https" and not (where.scheme == "http" and where.hostname in _LOCAL):
        raise ParameterError(
            f"an address to download from begins with https://, got {url!r}",
            zh=f"下载地址应以 https:// 开头,收到 {url!r}",
        )
    target = Path(path)
    if target.is_file():
        return check_sha256(target, sha256)
    part = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _download(url, part, on_progress)
        found = _check_part(part, sha256)
        part.replace(target)
    except urllib.error.HTTPError as error:
        error.close()
        raise CorpusError(
            f"the server answers {error.code} {error.reason}; check the address",
            zh=f"服务器返回 {error.code} {error.reason};请检查地址",
            path=url,
        ) from error
    except (OSError, HTTPException) as error:
        raise CorpusError(
            f"the download broke off: {getattr(error, 'reason', None) or error}; run the command "
            "again to go on from there",
            zh=f"下载中断:{getattr(error, 'reason', None) or error};重新运行即可续传",
            path=url,
        ) from error
    return found


def _check_part(part: Path, sha256: str) -> str:
    """Return the fingerprint of a finished download; a wrong one is removed."""
    try:
        return check_sha256(part, sha256)
    except CorpusError:
        part.unlink(missing_ok=True)
        raise


def _download(url: str, part: Path, on_progress: Callable[[int, int], None] | None) -> None:
    """Append what is missing to a partial file."""
    done = part.stat().st_size if part.is_file() else 0
    request = urllib.request.Request(url, headers={"User-Agent": "motet"})
    if done:
        request.add_header("Range", f"bytes={done}-")
    try:
        answer = urllib.request.urlopen(request, timeout=_TIMEOUT_S)
    except urllib.error.HTTPError as error:
        if error.code != 416:
            raise
        error.close()
        size = (error.headers.get("Content-Range") or "").rpartition("/")[2]
        if size != str(done):
            part.unlink(missing_ok=True)
            _download(url, part, on_progress)
        return
    with answer:
        done = _resume_point(answer, done)
        total = done + int(answer.headers.get("Content-Length") or 0)
        with part.open("ab" if done else "wb") as file:
            while block := answer.read(_BLOCK):
                file.write(block)
                done += len(block)
                if on_progress is not None:
                    on_progress(done, total)
    if answer.headers.get("Content-Length") and done < total:
        raise OSError(f"{done} of {total} bytes came")


def _resume_point(answer: Any, done: int) -> int:
    """Return from which byte on the answer goes."""
    if answer.status != 206:
        return 0
    told = answer.headers.get("Content-Range") or ""
    return done if told.startswith(f"bytes {done}-") else _refuse(told)


def _refuse(told: str) -> int:
    raise OSError(f"the server sent another range: {told!r}")


def fetch_source(
    source: Source,
    folder: str | Path,
    *,
    on_progress: Callable[[int, int], None] | None = None,
) -> tuple[Path, str]:
    """Return the archive of a source and its fingerprint, once it is in the corpus folder.

    Parameters
    ----------
    source : Source
    folder : str or Path
        The corpus folder. The repository's archive is put beside where the packed one would be.
    on_progress : callable or None

    Returns
    -------
    tuple of Path and str

    Raises
    ------
    CorpusError
        As `fetch_file`; an archive that is there already is checked.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from motet.corpus.manifest import load_manifest
    >>> Path("a.tar.zst").write_bytes(b"ab")
    2
    >>> fetch_source(replace(load_manifest()[0], archive="a.tar.zst", sha256=""), ".")[1][:8]
    'fb8e20fc'
    """
    packed = Path(folder) / source.archive
    if packed.is_file():
        return packed, check_sha256(packed, source.sha256)
    name = f"{source.name}.tar.gz" if source.url.endswith(".tar.gz") else packed.name
    target = packed.with_name(name)
    found = fetch_file(source.url, target, sha256=source.url_sha256, on_progress=on_progress)
    return target, found
