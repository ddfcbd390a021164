"""What the studio's server is told when it starts.

Conventions: a frozen value, checked here; the environment (``MOTET_STUDIO_*``) is read by `from_environment`
alone, and what the command line says stands before it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from motet.errors import ParameterError

__all__ = ["LOOPBACK", "Settings", "from_environment"]

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Hosts that only this machine can reach."""
_PAGE = Path(__file__).parent / "page"


def _usual_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("motet", appauthor=False) / "studio"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Where the server listens, and what it may use.

    Parameters
    ----------
    host : str
        ``127.0.0.1`` is this machine alone; anything else needs a token.
    port : int, 0 to 65535
    folder : Path
        Of uploads, exports and, unless a URL says otherwise, the database.
    database_url : str
        Of SQLAlchemy; empty is SQLite in the folder.
    token : str
        What a browser must bring; made up where the host is not this machine and none is given.
    n_workers : int, 1 to 16
        Processes that write music.
    queue_limit : int, 1 to 1000
        Jobs that may wait or run.
    deadline_s : float, seconds, > 0
        Most time for a job; recordings have ten times as much.
    page : Path
        The built page.

    Raises
    ------
    ParameterError
        A value is out of its range.

    Examples
    --------
    >>> Settings(folder=Path("studio")).database_url
    'sqlite:///studio/studio.sqlite'
    >>> len(Settings(folder=Path("studio"), host="0.0.0.0").token) > 20
    True
    """

    host: str = "127.0.0.1"
    port: int = 8765
    folder: Path = field(default_factory=_usual_folder)
    database_url: str = ""
    token: str = ""
    n_workers: int = 1
    queue_limit: int = 24
    deadline_s: float = 300.0
    page: Path = _PAGE

    def __post_init__(self) -> None:
        for name, low, high in (("port", 0, 65535), ("n_workers", 1, 16), ("queue_limit", 1, 1000)):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
                raise ParameterError(
                    f"{name} must be a whole number {low} to {high}, got {value!r}; leave it out for the usual",
                    zh=f"{name} 必须是 {low} 到 {high} 的整数,收到 {value!r};不写即用默认值",
                )
        if not self.deadline_s > 0:
            raise ParameterError(
                f"deadline_s must be > 0, got {self.deadline_s!r}; 300 is usual",
                zh=f"deadline_s 必须大于 0,收到 {self.deadline_s!r};通常为 300",
            )
        if not self.database_url:
            url = f"sqlite:///{(self.folder / 'studio.sqlite').as_posix()}"
            object.__setattr__(self, "database_url", url)
        if not self.token and not self.is_local:
            object.__setattr__(self, "token", secrets.token_urlsafe(24))

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in LOOPBACK

    @property
    def url(self) -> str:
        """The address to open, with the token where one is needed."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        place = f"[{host}]" if ":" in host else host
        return f"http://{place}:{self.port}/" + (f"?token={self.token}" if self.token else "")


_PREFIX = "MOTET_STUDIO_"


def from_environment(environment: Mapping[str, str], **said: Any) -> Settings:
    """Return the settings that an environment and a command line name; the latter wins.

    Parameters
    ----------
    environment : mapping of str to str
        ``MOTET_STUDIO_PORT`` and the like: a variable a field of `Settings`.
    **said
        Fields; None is not said.

    Raises
    ------
    ParameterError
        A value cannot be read.

    Examples
    --------
    >>> told = from_environment({"MOTET_STUDIO_PORT": "9000"}, host=None, folder=Path("studio"))
    >>> told.port, told.host
    (9000, '127.0.0.1')
    """
    found: dict[str, Any] = {}
    for one in fields(Settings):
        text = environment.get(_PREFIX + one.name.upper(), "")
        if text:
            found[one.name] = _read(one.name, text)
    found.update({name: value for name, value in said.items() if value is not None})
    for name in ("folder", "page"):
        if name in found:
            found[name] = Path(found[name]).expanduser()
    return replace(Settings(**found))


def _read(name: str, text: str) -> Any:
    kind = {"port": int, "n_workers": int, "queue_limit": int, "deadline_s": float}.get(name, str)
    try:
        return kind(text)
    except ValueError as error:
        raise ParameterError(
            f"{_PREFIX}{name.upper()} must be a number, got {text!r}; unset it for the usual",
            zh=f"{_PREFIX}{name.upper()} 必须是数字,收到 {text!r};删除该变量即用默认值",
        ) from error
