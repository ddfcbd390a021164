"""A project file on disk: written whole or not at all, never over another writer's work.

Conventions: a temporary file in the same folder, flushed to the disk, takes the place of the old one in
one step, so that a process killed at any moment leaves the old file or the new one. Where the system
has advisory locks (`fcntl`), two writers wait for each other; everywhere a writer refuses when the file
is not the one it read. A temporary file that a killed process left is cleared by the next save.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from motet.errors import BusyError, ParameterError

__all__ = ["digest_file", "replace_file"]

_ENDING = ".saving"


def digest_file(path: Path) -> str:
    """Return the SHA-256 of a file, empty where there is none.

    Parameters
    ----------
    path : Path

    Returns
    -------
    str

    Examples
    --------
    >>> digest_file(Path("nowhere.motet"))
    ''
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def replace_file(path: str | Path, data: bytes, *, seen: str) -> str:
    """Return the SHA-256 of a file that now holds the data.

    Parameters
    ----------
    path : str or Path
        Its folder must exist.
    data : bytes
    seen : str
        The SHA-256 that the file had when it was read; empty when it must not be there yet.

    Returns
    -------
    str

    Raises
    ------
    BusyError
        The file is not the one that was read: somebody else has saved it.
    ParameterError
        It must not be there, or the place cannot be written.

    Examples
    --------
    >>> one = replace_file("a.motet", b"one", seen="")
    >>> replace_file("a.motet", b"two", seen="") == one
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: there is a file 'a.motet' already; ...
    """
    target = Path(os.path.realpath(path))
    try:
        with _alone(target) as is_there:
            if is_there and not seen:
                raise ParameterError(
                    f"there is a file {str(path)!r} already; open it, or choose another name",
                    zh=f"文件 {str(path)!r} 已存在;请打开它,或换一个名称",
                )
            if digest_file(target) != seen:
                raise BusyError(
                    f"{str(path)!r} has changed on disk since it was opened, or is gone; open it "
                    "again, or save under another name",
                    zh=f"{str(path)!r} 在打开之后已被改动或移走;请重新打开,或另存为其他名称",
                )
            _write(target, data, is_new=not is_there)
    except (OSError, ValueError) as error:
        if isinstance(error, ParameterError):
            raise
        reason = getattr(error, "strerror", None) or str(error)
        raise ParameterError(
            f"cannot write {str(path)!r}: {reason}; choose a folder that exists and is yours",
            zh=f"无法写入 {str(path)!r}:{reason};请选择已存在且可写的文件夹",
        ) from error
    return hashlib.sha256(data).hexdigest()


def _write(target: Path, data: bytes, *, is_new: bool) -> None:
    """Put data in place of a file in one step; a new file never over one that has come meanwhile."""
    handle, name = tempfile.mkstemp(
        dir=target.parent, prefix=f".{target.name[:40]}.", suffix=_ENDING
    )
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        draft.chmod(0o666 & ~mask if is_new else target.stat().st_mode & 0o777)
        if is_new:
            _place_new(draft, target)
        else:
            draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    _flush_folder(target.parent)


def _place_new(draft: Path, target: Path) -> None:
    """Give a finished file its name, which nothing may have."""
    try:
        os.link(draft, target)
    except FileExistsError:
        raise BusyError(
            f"{str(target)!r} was made by another program at this moment; open it, or choose "
            "another name",
            zh=f"{str(target)!r} 刚刚由另一程序创建;请打开它,或换一个名称",
        ) from None
    except OSError:  # a file system without hard links
        draft.replace(target)


def _flush_folder(folder: Path) -> None:
    """Make the new name of a file last through a power cut, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _alone(target: Path) -> Iterator[bool]:
    """Hold a file against other writers; yield whether it is there."""
    if os.name != "posix":
        yield target.exists()
        return
    import fcntl

    while True:
        try:
            handle = os.open(target, os.O_RDONLY)
        except FileNotFoundError:
            yield False
            return
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if not _is_same_file(handle, target):  # replaced while we waited
                continue
            _clear_left(target)
            yield True
            return
        finally:
            os.close(handle)


def _is_same_file(handle: int, target: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), target.stat())
    except FileNotFoundError:
        return False


def _clear_left(target: Path) -> None:
    """Remove what killed writers left: whoever writes holds the file, and we hold it."""
    for one in target.parent.glob(f".{_escaped(target.name[:40])}.*{_ENDING}"):
        one.unlink(missing_ok=True)


def _escaped(name: str) -> str:
    return "".join(f"[{sign}]" if sign in "[]*?" else sign for sign in name)
