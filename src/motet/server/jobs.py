"""Jobs: long work in worker processes, its progress, its end.

Conventions: used from the server's event loop. A job's events are numbered from 1, so that a page that lost
its socket hears what it missed. What a job made is in the database before the job is told as done. Ended
jobs are remembered for an hour.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from motet.errors import BusyError, MotetError, ParameterError
from motet.server.pool import DiedError, Pool, StoppedError
from motet.server.replies import tell_error
from motet.server.settings import Settings
from motet.server.work import QUICK, WORK

__all__ = ["Job", "Jobs"]

OnResult = Callable[[dict[str, Any]], Awaitable[dict[str, Any] | None]]
_ENDED = ("done", "failed", "cancelled")
_KEPT_S = 3600.0
_LONG = {"import": 10.0, "export": 4.0}
"""Kinds that may take so many times the usual deadline."""
_QUICK_BYTES = 3_000_000_000
_QUEUED = ("waiting", "等待中")
_RUNNING = ("starting", "开始")
_DONE = ("done", "完成")


class Job:
    """One piece of long work.

    Parameters
    ----------
    kind : str
        One of `motet.server.work.WORK`.
    project_id : str or None

    Examples
    --------
    >>> job = Job("compose")
    >>> job.view()["state"], job.is_ended
    ('queued', False)
    """

    def __init__(self, kind: str, *, project_id: str | None = None) -> None:
        self.id = secrets.token_urlsafe(9)
        self.kind = kind
        self.project_id = project_id
        self.state = "queued"
        self.progress = 0.0
        self.label = _QUEUED
        self.result: dict[str, Any] | None = None
        self.error: dict[str, Any] | None = None
        self.created = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.ended_s = 0.0
        self.position = 0
        self.events: list[dict[str, Any]] = []
        self.cancelled = asyncio.Event()
        self._changed = asyncio.Event()

    @property
    def is_ended(self) -> bool:
        """Whether nothing more will come."""
        return self.state in _ENDED

    def view(self) -> dict[str, Any]:
        """Return the job as a page sees it."""
        return {
            "id": self.id, "kind": self.kind, "state": self.state, "progress": self.progress,
            "label": {"en": self.label[0], "zh": self.label[1]}, "project_id": self.project_id,
            "result": self.result, "error": self.error, "created": self.created,
            "position": self.position, "seq": len(self.events),
        }  # fmt: skip

    def tell(self, kind: str, **more: Any) -> None:
        """Add an event: its kind, the job as it is, and for bars what was written."""
        seq = len(self.events) + 1
        told = {**self.view(), "job_kind": self.kind, "kind": kind, "seq": seq}
        self.events.append({**told, **more})
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def end(self, state: str, label: tuple[str, str]) -> None:
        """Tell the end, once."""
        if not self.is_ended:
            self.state, self.label, self.ended_s = state, label, time.monotonic()
            self.tell("done")

    async def follow(self, *, after: int = 0) -> AsyncIterator[dict[str, Any]]:
        """Yield the events after a number, then those that come, to the end."""
        at = max(0, after)
        while True:
            changed = self._changed
            while at < len(self.events):
                yield self.events[at]
                at += 1
            if self.is_ended:
                return
            await changed.wait()


class Jobs:
    """All jobs of a server, and the processes that do them.

    Parameters
    ----------
    settings : Settings

    Examples
    --------
    >>> from pathlib import Path
    >>> Jobs(Settings(folder=Path("studio"))).waiting
    0
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._long = Pool(settings.n_workers, warms=True)
        self._quick = Pool(1, memory_bytes=_QUICK_BYTES)
        self._jobs: dict[str, Job] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start the worker processes."""
        self._long.start()
        self._quick.start()
        task = asyncio.get_running_loop().create_task(self._warm())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """End all work and all processes."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._long.stop()
        await self._quick.stop()

    @property
    def waiting(self) -> int:
        """How many jobs have not ended."""
        return sum(not one.is_ended for one in self._jobs.values())

    @property
    def pids(self) -> list[int]:
        """The process numbers of the workers."""
        return self._long.pids + self._quick.pids

    def submit(
        self,
        kind: str,
        payload: dict[str, Any],
        *,
        project_id: str | None = None,
        on_result: OnResult | None = None,
    ) -> Job:
        """Return a new job that waits for its turn.

        Parameters
        ----------
        kind : str
        payload : dict
            Plain values for the work function.
        project_id : str or None
        on_result : async callable, optional
            Keeps the result before the job is told as done; what it returns is what is told.

        Raises
        ------
        BusyError
            The queue is full.
        """
        if kind not in WORK:
            raise ParameterError(f"there is no work {kind!r}", zh=f"没有这种任务:{kind!r}")
        if self.waiting >= self.settings.queue_limit:
            raise BusyError(
                f"{self.waiting} jobs are waiting already; try again in a few seconds",
                zh=f"已有 {self.waiting} 个任务在等待;请几秒后再试",
            )
        self._forget()
        job = Job(kind, project_id=project_id)
        job.position = sum(one.state == "queued" for one in self._jobs.values())
        self._jobs[job.id] = job
        job.tell("state")
        task = asyncio.get_running_loop().create_task(self._do(job, payload, on_result))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return job

    def find(self, job_id: str) -> Job:
        """Return a job.

        Raises
        ------
        ParameterError
            There is none of that name, or it ended long ago.
        """
        if job_id not in self._jobs:
            error = ParameterError(
                "there is no such job; it ended long ago, or the server was started anew since",
                zh="没有这个任务;它早已结束,或服务器已重新启动",
            )
            error.status = 404  # type: ignore[attr-defined]
            raise error
        return self._jobs[job_id]

    def list(self, *, project_id: str | None = None) -> list[Job]:
        """Return the jobs that are remembered, oldest first."""
        return [one for one in self._jobs.values() if project_id in (None, one.project_id)]

    def cancel(self, job_id: str) -> Job:
        """Return a job that is no longer wanted; its state says so at once."""
        job = self.find(job_id)
        if not job.is_ended:
            job.cancelled.set()
            job.end("cancelled", ("cancelled", "已取消"))
        return job

    async def quick(
        self, kind: str, payload: dict[str, Any], *, timeout_s: float = 30.0
    ) -> dict[str, Any]:
        """Return what a short piece of work gives, done apart from the long ones.

        Raises
        ------
        BusyError
            It took too long.
        FormatError
            The process ended: what it was given cannot be handled.
        """
        if kind not in QUICK:
            raise ParameterError(f"there is no work {kind!r}", zh=f"没有这种任务:{kind!r}")
        return await self._quick.run(secrets.token_urlsafe(6), kind, payload, deadline_s=timeout_s)

    async def _warm(self) -> None:
        """Let the quick worker read a sentence before somebody waits for it."""
        with contextlib.suppress(MotetError):
            await self.quick("understand", {"text": "a calm waltz", "language": "en"})

    async def _do(self, job: Job, payload: dict[str, Any], on_result: OnResult | None) -> None:
        """Do one job, to its end."""
        deadline_s = self.settings.deadline_s * _LONG.get(job.kind, 1.0)
        try:
            result = await self._long.run(
                job.id, job.kind, payload, deadline_s=deadline_s, cancelled=job.cancelled,
                on_start=lambda: self._begin(job), on_message=lambda told: _hear(job, told),
            )  # fmt: skip
            if job.cancelled.is_set():
                return
            kept = await on_result(result) if on_result is not None else None
            job.result = result if kept is None else kept
            job.progress = 1.0
            job.end("done", _DONE)
        except StoppedError:
            job.end("cancelled", ("cancelled", "已取消"))
        except DiedError as error:
            job.error = tell_error(error)
            job.end("failed", (error.en, error.zh))
        except MotetError as error:
            job.error = tell_error(error)
            job.end("failed", (error.en, error.zh))

    def _begin(self, job: Job) -> None:
        if not job.is_ended:
            job.state, job.label, job.position = "running", _RUNNING, 0
            job.tell("state")
        for place, one in enumerate(x for x in self._jobs.values() if x.state == "queued"):
            one.position = place

    def _forget(self) -> None:
        """Forget jobs that ended long ago."""
        now = time.monotonic()
        for name in [
            name for name, one in self._jobs.items() if one.is_ended and now - one.ended_s > _KEPT_S
        ]:
            del self._jobs[name]


def _hear(job: Job, message: tuple[Any, ...]) -> None:
    """Take what a worker tells of a job."""
    if job.is_ended:
        return
    if message[0] == "progress":
        job.progress, job.label = message[2], (message[3], message[4])
        job.tell("progress")
    elif message[0] == "bars":
        job.tell("bars", **message[2])
