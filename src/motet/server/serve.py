"""The server run until it is told to stop, on a port that is free.

Offers `find_port`, `serve`.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace

from motet.errors import ParameterError
from motet.server.settings import Settings

__all__ = ["find_port", "serve"]

_TRIES = 20


def find_port(host: str, port: int, *, tries: int = _TRIES) -> int:
    """Return a free port: the one that is wished for, or one soon after it; any for 0.

    Raises
    ------
    ParameterError
        None of them is free, or the host is not this machine's.

    Examples
    --------
    >>> find_port.__name__
    'find_port'
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    reason = ""
    for wish in range(port, port + (tries if port else 1)):
        with socket.socket(family, socket.SOCK_STREAM) as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                one.bind((host, wish))
            except OSError as error:
                reason = str(error)
                continue
            return int(one.getsockname()[1])
    raise ParameterError(
        f"cannot listen on {host}, port {port} to {port + tries - 1}: {reason}; name another --port or --host",
        zh=f"无法在 {host} 的端口 {port} 到 {port + tries - 1} 上监听:{reason};请另选 --port 或 --host",
    )


def serve(settings: Settings, *, on_ready: Callable[[Settings], None] | None = None) -> None:
    """Serve until the process is asked to stop.

    Parameters
    ----------
    settings : Settings
    on_ready : callable, optional
        Called with the settings, the real port in them, once the server answers.

    Raises
    ------
    ParameterError
        No port is free.

    Examples
    --------
    >>> serve.__name__
    'serve'
    """
    import uvicorn

    from motet.server.app import create_app

    settings = replace(settings, port=find_port(settings.host, settings.port))
    config = uvicorn.Config(
        create_app(settings), host=settings.host, port=settings.port, log_level="warning",
        access_log=False, ws="websockets-sansio", server_header=False, timeout_graceful_shutdown=3,
        ws_max_size=1 << 20,
    )  # fmt: skip

    class Server(uvicorn.Server):
        """A server that says when it answers."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started and on_ready is not None:
                on_ready(settings)

    Server(config).run()
