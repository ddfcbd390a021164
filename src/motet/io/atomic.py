"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from motet.errors import ParameterError

__all__ = ["write_whole"]


def write_whole(path: str | Path, data: bytes) -> None:
    """Return nothing once a file holds the data; on failure the old file stays as it was.

    Parameters
    ----------
    path : str or Path
        Where to; its folder must exist.
    data : bytes

    Raises
    ------
    ParameterError
        The place cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> write_whole(folder / "a.bin", b"ab")
    >>> [file.name for file in folder.iterdir()]
    ['a.bin']
    """
    target = Path(path)
    draft: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.")
        draft = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mask = os.umask(0)
        os.umask(mask)
        draft.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~mask)
        draft.replace(target)
    except (OSError, ValueError) as error:
        if draft is not None:
            draft.unlink(missing_ok=True)
        reason = getattr(error, "strerror", None) or str(error)
        raise ParameterError(
            f"cannot write {str(path)!r}: {reason}; choose a folder that exists and is yours",
            zh=f"无法写入 {str(path)!r}:{reason};请选择已存在且可写的文件夹",
        ) from error
