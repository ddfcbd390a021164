"""Workers are replaced when they die, outlive a deadline, or do not stop."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from motet.errors import BusyError, ParameterError
from motet.server.pool import DiedError, Pool, StoppedError

PIECE = {"brief": {"style": "pop", "bars": 16}, "language": "en"}
SENTENCE = {"text": "a calm waltz", "language": "en"}


def with_pool(work: Callable[[Pool], Awaitable[Any]]) -> Any:
    """Return what some work with a pool of one worker gives."""

    async def run() -> Any:
        pool = Pool(1)
        pool.start()
        try:
            return await work(pool)
        finally:
            await pool.stop()

    return asyncio.run(run())


def test_a_killed_worker_is_told_and_replaced() -> None:
    async def work(pool: Pool) -> tuple[str, list[int], list[int]]:
        await pool.run("a", "understand", SENTENCE, deadline_s=60)
        before = pool.pids

        def kill() -> None:
            os.kill(before[0], signal.SIGKILL)

        with pytest.raises(DiedError, match="nothing of yours is lost"):
            await pool.run("b", "compose", PIECE, deadline_s=60, on_start=kill)
        found = await pool.run("c", "understand", SENTENCE, deadline_s=60)
        return found["brief"]["style"], before, pool.pids

    style, before, after = with_pool(work)
    assert style == "waltz"
    assert not set(before) & set(after)


def test_a_deadline_ends_the_work_and_errors_come_back_as_they_were() -> None:
    async def work(pool: Pool) -> None:
        with pytest.raises(BusyError, match="took longer"):
            await pool.run("a", "compose", PIECE, deadline_s=0.3)
        with pytest.raises(ParameterError) as caught:
            await pool.run("b", "compose", {"text": "", "language": "en"}, deadline_s=60)
        assert "情绪" in caught.value.zh

    with_pool(work)


def test_a_cancelled_job_is_answered_at_once_and_the_worker_lives_on() -> None:
    async def work(pool: Pool) -> tuple[bool, float]:
        await pool.run("a", "understand", SENTENCE, deadline_s=60)
        before, wish, began = pool.pids, asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()
        job = loop.create_task(
            pool.run("b", "compose", PIECE, deadline_s=60, cancelled=wish, on_start=began.set)
        )
        await began.wait()
        await asyncio.sleep(0.2)
        start = loop.time()
        wish.set()
        with pytest.raises(StoppedError):
            await job
        waited = loop.time() - start
        await pool.run("c", "understand", SENTENCE, deadline_s=60)
        return pool.pids == before, waited

    lived, waited = with_pool(work)
    assert waited < 0.1 or lived  # the reply does not wait for the worker


def test_results_are_plain(tmp_path: Path) -> None:
    del tmp_path
    assert Pool(2).pids == []
