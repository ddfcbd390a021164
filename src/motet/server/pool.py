"""Worker processes, each kept warm, each replaced when it dies or outlives its deadline.

Conventions: used from one event loop. A thread a worker reads its pipe; messages reach the loop through
``call_soon_threadsafe``. `Pool.run` gives a piece of work to the first worker that is free.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

import motet.errors
from motet.errors import BusyError, MotetError
from motet.server.pool_worker import run_worker

__all__ = ["DiedError", "Pool", "StoppedError", "Worker"]

_GRACE_S = 2.0


class DiedError(BusyError):
    """A worker ended in the middle of its work."""


class StoppedError(BusyError):
    """The work is no longer wanted."""


class Worker:
    """One process and its pipe."""

    def __init__(self, loop: asyncio.AbstractEventLoop, *, warms: bool, memory_bytes: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.loop = loop
        self.pipe: Connection
        self.pipe, theirs = context.Pipe()
        options = {"warms": warms, "memory_bytes": memory_bytes}
        self.process: SpawnProcess = context.Process(
            target=run_worker, args=(theirs,), kwargs=options, daemon=True, name="motet-worker"
        )
        self.process.start()
        theirs.close()
        self.is_ready = asyncio.Event()
        self.on_message: Callable[[tuple[Any, ...]], None] | None = None
        self.is_dead = False
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            try:
                message = self.pipe.recv()
            except (EOFError, OSError):
                message = ("dead",)
            try:
                self.loop.call_soon_threadsafe(self._take, message)
            except RuntimeError:
                return  # the loop is closed
            if message[0] == "dead":
                return

    def _take(self, message: tuple[Any, ...]) -> None:
        if message[0] == "ready":
            self.is_ready.set()
            return
        if message[0] == "dead":
            self.is_dead = True
            self.is_ready.set()
        if self.on_message is not None:
            self.on_message(message)

    def send(self, message: tuple[Any, ...]) -> None:
        """Send a message; a pipe that is broken shows as a death soon after."""
        try:
            self.pipe.send(message)
        except (BrokenPipeError, OSError):
            self.process.kill()

    def kill(self) -> None:
        """End the process."""
        self.process.kill()


class Pool:
    """Worker processes that take work in turn.

    Parameters
    ----------
    n : int
        How many.
    warms : bool
        Whether each loads the model when it starts.
    memory_bytes : int
        Most memory of each; 0 sets no limit.

    Examples
    --------
    >>> Pool(1).n
    1
    """

    def __init__(self, n: int, *, warms: bool = False, memory_bytes: int = 0) -> None:
        self.n = n
        self._warms, self._memory_bytes = warms, memory_bytes
        self._free: asyncio.Queue[Worker] = asyncio.Queue()
        self._all: set[Worker] = set()
        self._is_open = False
        self._leaving: asyncio.Future[None] | None = None

    def start(self) -> None:
        """Start the processes; they get ready in the background."""
        self._is_open = True
        for _ in range(self.n):
            self._add()

    def _add(self) -> None:
        worker = Worker(
            asyncio.get_running_loop(), warms=self._warms, memory_bytes=self._memory_bytes
        )
        self._all.add(worker)
        self._free.put_nowait(worker)

    @property
    def pids(self) -> list[int]:
        """The process numbers of the workers."""
        return [one.process.pid for one in self._all if one.process.pid is not None]

    async def stop(self) -> None:
        """End all processes."""
        self._is_open = False
        for worker in self._all:
            worker.kill()
        for worker in self._all:
            await asyncio.to_thread(worker.process.join, 5)
        self._all.clear()

    async def run(
        self,
        job: str,
        kind: str,
        payload: dict[str, Any],
        *,
        deadline_s: float,
        on_message: Callable[[tuple[Any, ...]], None] | None = None,
        on_start: Callable[[], None] | None = None,
        cancelled: asyncio.Event | None = None,
    ) -> dict[str, Any]:
        """Return what a piece of work gave.

        Raises
        ------
        BusyError
            It took longer than its deadline.
        DiedError
            Its process ended.
        StoppedError
            It was cancelled.
        MotetError
            Whatever the work itself raised.
        """
        worker = await self._take_worker(cancelled)
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[tuple[Any, ...]] = loop.create_future()

        def hear(message: tuple[Any, ...]) -> None:
            if message[0] == "dead" or (message[0] in ("done", "failed") and message[1] == job):
                if not ended.done():
                    ended.set_result(message)
            elif message[1] == job and on_message is not None:
                on_message(message)

        worker.on_message = hear
        if on_start is not None:
            on_start()
        if worker.is_dead:
            hear(("dead",))
        else:
            await asyncio.to_thread(worker.send, ("work", job, kind, payload))
        is_settled = False
        try:
            message = await self._wait(ended, deadline_s, cancelled)
            is_settled = True
        except StoppedError:
            worker.send(("cancel", job))
            self._leaving = asyncio.ensure_future(self._see_off(worker, ended))
            is_settled = True
            raise
        finally:
            if not is_settled:
                worker.kill()
                self._replace(worker)
        worker.on_message = None
        if message[0] == "dead":
            self._replace(worker)
        elif self._is_open:
            self._free.put_nowait(worker)
        if message[0] == "dead":
            raise DiedError(
                "the process that did this ended unexpectedly; nothing of yours is lost, try again",
                zh="处理此事的进程意外结束;你的内容没有丢失,请再试一次",
            )
        if message[0] == "failed":
            raise _as_error(message)
        result: dict[str, Any] = message[2]
        return result

    async def _take_worker(self, cancelled: asyncio.Event | None) -> Worker:
        while True:
            worker = await self._free.get()
            if cancelled is not None and cancelled.is_set():
                self._free.put_nowait(worker)
                raise _stopped()
            await worker.is_ready.wait()
            if not worker.is_dead:
                return worker
            self._replace(worker)

    async def _wait(
        self,
        ended: asyncio.Future[tuple[Any, ...]],
        deadline_s: float,
        cancelled: asyncio.Event | None,
    ) -> tuple[Any, ...]:
        wish = asyncio.ensure_future(cancelled.wait()) if cancelled is not None else None
        waited: set[asyncio.Future[Any]] = {ended} if wish is None else {ended, wish}
        try:
            await asyncio.wait(waited, timeout=deadline_s, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if wish is not None:
                wish.cancel()
        if ended.done():
            return ended.result()
        if cancelled is not None and cancelled.is_set():
            raise _stopped()
        raise BusyError(
            f"this took longer than {deadline_s:.0f} seconds and was ended; ask for less at a time",
            zh=f"超过 {deadline_s:.0f} 秒仍未完成,已终止;请一次少要一些",
        )

    async def _see_off(self, worker: Worker, ended: asyncio.Future[tuple[Any, ...]]) -> None:
        """Give a cancelled worker a moment to stop by itself, then end it."""
        await asyncio.wait({ended}, timeout=_GRACE_S)
        worker.on_message = None
        if ended.done() and ended.result()[0] != "dead" and self._is_open:
            self._free.put_nowait(worker)
            return
        worker.kill()
        self._replace(worker)

    def _replace(self, worker: Worker) -> None:
        if worker in self._all:
            self._all.discard(worker)
            if self._is_open:
                self._add()


def _stopped() -> StoppedError:
    return StoppedError("this was cancelled", zh="已取消")


def _as_error(message: tuple[Any, ...]) -> MotetError:
    """Return an error that a worker told."""
    _, _, kind, en, zh, path, place = message
    found = getattr(motet.errors, kind, MotetError)
    error: MotetError = found(en, zh=zh, path=path, place=place)
    return error
