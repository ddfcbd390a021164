"""Archives of the corpus, unpacked once into a cache folder.

Conventions: an unpacked folder is named after the archive's fingerprint and is either whole or not
there. Zstandard is read by Python where it can (3.14, or the ``zstandard`` package), else by the
``zstd`` program.

Offers `check_sha256`, `unpack`.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from motet.errors import CorpusError

__all__ = ["check_sha256", "unpack"]

_BLOCK = 1 << 20


def check_sha256(path: str | Path, expected: str) -> str:
    """Return the fingerprint of a file once it is what was expected.

    Parameters
    ----------
    path : str or Path
    expected : str, 64 hexadecimal digits
        Empty accepts anything.

    Returns
    -------
    str, 64 hexadecimal digits

    Raises
    ------
    CorpusError
        The file is missing, or is not the one that is meant.

    Examples
    --------
    >>> Path("a").write_bytes(b"")
    0
    >>> check_sha256("a", "")[:8]
    'e3b0c442'
    """
    digest = hashlib.sha256()
    try:
        with Path(path).open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError as error:
        raise CorpusError(
            f"the archive cannot be read: {error.strerror}; motet corpus fetch downloads it",
            zh=f"无法读取归档:{error.strerror};可用 motet corpus fetch 下载",
            path=str(path),
        ) from error
    found = digest.hexdigest()
    if expected and found != expected.lower():
        raise CorpusError(
            f"the archive's sha256 is {found[:16]}…, expected {expected[:16]}…; fetch it again",
            zh=f"归档的 sha256 为 {found[:16]}…,应为 {expected[:16]}…;请重新下载",
            path=str(path),
        )
    return found


def unpack(archive: str | Path, cache: str | Path, *, sha256: str = "") -> Path:
    """Return the folder that an archive was unpacked into, now or earlier.

    Parameters
    ----------
    archive : str or Path
        ``.tar``, ``.tar.gz``, ``.tar.xz`` or ``.tar.zst``.
    cache : str or Path
        Folder for unpacked archives; made if it is not there.
    sha256 : str
        Expected fingerprint; empty accepts anything.

    Returns
    -------
    Path

    Raises
    ------
    CorpusError
        The archive is missing, damaged, not the expected one, leads outside of its folder, or is
        compressed in a way that this machine cannot read.

    Examples
    --------
    >>> Path("one.txt").write_text("1")
    1
    >>> with tarfile.open("one.tar", "w") as tar:
    ...     tar.add("one.txt")
    >>> (unpack("one.tar", "cache") / "one.txt").read_text()
    '1'
    """
    source = Path(archive)
    found = check_sha256(source, sha256)
    target = Path(cache) / f"{source.name.split('.')[0]}-{found[:16]}"
    if target.is_dir():
        return target
    draft: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=target.parent, prefix=".unpacking-"))
        with _open_tar(source) as tar:
            tar.extractall(draft, filter="data")
        draft.chmod(0o755)
        draft.rename(target)
    except (OSError, tarfile.TarError, EOFError, ValueError) as error:
        if target.is_dir():
            return target
        raise CorpusError(
            f"the archive cannot be unpacked: {error}; fetch it again",
            zh=f"无法解开归档:{error};请重新下载",
            path=str(source),
        ) from error
    finally:
        if draft is not None:
            shutil.rmtree(draft, ignore_errors=True)
    return target


@contextmanager
def _open_tar(source: Path) -> Iterator[tarfile.TarFile]:
    """Yield the archive opened for reading from front to back."""
    if source.suffix != ".zst":
        with tarfile.open(source, "r:*") as tar:
            yield tar
        return
    with _open_zstd(source) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
        yield tar


@contextmanager
def _open_zstd(source: Path) -> Iterator[IO[bytes]]:
    """Yield the content of a .zst file as a stream."""
    module = _find_zstd()
    if module is not None:
        with module.open(source, "rb") as stream:
            yield stream
        return
    program = shutil.which("zstd")
    if program is None:
        raise CorpusError(
            "reading .tar.zst needs the zstandard package (pip install zstandard) or the zstd "
            "program (apt install zstd); neither is here",
            zh="读取 .tar.zst 需要 zstandard 包(pip install zstandard)或 zstd 程序"
            "(apt install zstd);两者都没有",
            path=str(source),
        )
    command = [program, "--decompress", "--stdout", "--quiet", os.fspath(source)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        stream = process.stdout
        errors = process.stderr
        if stream is None or errors is None:
            raise OSError("no pipe from zstd")
        yield stream
        while stream.read(_BLOCK):
            pass
        said = errors.read().decode(errors="replace").strip()
        if process.wait() != 0:
            raise OSError(said or "zstd failed")


def _find_zstd() -> Any:
    """Return a module with ``open`` for Zstandard, or None."""
    for name in ("compression.zstd", "zstandard"):
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    return None
