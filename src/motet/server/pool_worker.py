"""The main function of a worker process: take work, do it, tell how it goes.

Conventions: one piece of work at a time; a thread hears a wish to stop meanwhile. Errors on purpose are
told as plain values; any other ends the process, which its pool starts anew.
"""

from __future__ import annotations

import os
import queue
import signal
import threading
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

__all__ = ["run_worker"]


def run_worker(pipe: Connection, *, warms: bool = False, memory_bytes: int = 0) -> None:
    """Do work until the pipe closes.

    Parameters
    ----------
    pipe : Connection
        Gives ``("work", id, kind, payload)``, ``("cancel", id)`` and ``("stop",)``.
    warms : bool
        Whether to load the model before the first work comes.
    memory_bytes : int
        Most address space; 0 sets no limit.

    Examples
    --------
    >>> run_worker.__name__
    'run_worker'
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    if memory_bytes:
        _limit(memory_bytes)
    from motet.engine.write import Cancel
    from motet.errors import MotetError
    from motet.server.telling import Tell
    from motet.server.work import find_work

    wanted: queue.SimpleQueue[tuple[Any, ...] | None] = queue.SimpleQueue()
    running: dict[str, Cancel] = {}
    lock = threading.Lock()

    def send(message: tuple[Any, ...]) -> None:
        with lock:
            pipe.send(message)

    threading.Thread(target=_listen, args=(pipe, wanted, running), daemon=True).start()
    if warms:
        _warm()
    send(("ready",))
    while (message := wanted.get()) is not None:
        _, job, kind, payload = message
        tell = Tell(partial(_pass_on, send, job), running.setdefault(job, Cancel()))
        try:
            result = find_work(kind)(payload, tell)
        except MotetError as error:
            send(("failed", job, type(error).__name__, error.en, error.zh, error.path, error.place))
        else:
            send(("done", job, result))
        running.pop(job, None)


def _pass_on(send: Callable[[tuple[Any, ...]], None], job: str, message: tuple[Any, ...]) -> None:
    """Send what a piece of work tells, with its name."""
    send((message[0], job, *message[1:]))


def _listen(pipe: Connection, wanted: Any, running: dict[str, Any]) -> None:
    """Put work into the queue, and pass wishes to stop on at once."""
    from motet.engine.write import Cancel

    while True:
        try:
            message = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)
        if message[0] == "work":
            running[message[1]] = Cancel()
            wanted.put(message)
        elif message[0] == "cancel" and message[1] in running:
            running[message[1]].set()
        elif message[0] == "stop":
            os._exit(0)


def _limit(memory_bytes: int) -> None:
    """Bound the memory, where the system can."""
    try:
        import resource
    except ImportError:  # pragma: no cover - Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def _warm() -> None:
    """Load what reading a sentence and composing need, so that the first wish is not the slow one."""
    import motet

    motet.understand("a calm waltz")
    motet.compose({"bars": 2, "style": "pop"}, language="en", originality=False)
