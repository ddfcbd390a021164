"""Jobs: their events, their queue, their end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from motet.errors import BusyError, ParameterError
from motet.server.jobs import Job, Jobs
from motet.server.settings import Settings

PIECE = {"brief": {"style": "pop", "bars": 8}, "language": "en"}


def with_jobs(folder: Path, work: Callable[[Jobs], Awaitable[Any]], **settings: Any) -> Any:
    """Return what some work with the jobs of a server gives."""

    async def run() -> Any:
        jobs = Jobs(Settings(folder=folder, **settings))
        await jobs.start()
        try:
            return await work(jobs)
        finally:
            await jobs.stop()

    return asyncio.run(run())


async def events_of(job: Job, *, after: int = 0) -> list[dict[str, Any]]:
    return [event async for event in job.follow(after=after)]


def test_a_piece_is_streamed_kept_and_then_told_as_done(tmp_path: Path) -> None:
    kept: list[int] = []

    async def keep(result: dict[str, Any]) -> dict[str, Any]:
        kept.append(len(result["packed"]))
        return {"project_id": "x"}

    async def work(jobs: Jobs) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        job = jobs.submit("compose", PIECE, on_result=keep)
        found = await events_of(job)
        return found, await events_of(job, after=found[-2]["seq"])

    found, late = with_jobs(tmp_path, work)
    kinds = [event["kind"] for event in found]
    assert [event["seq"] for event in found] == list(range(1, len(found) + 1))
    assert kinds[0] == "state"
    assert kinds[-1] == "done"
    assert found[-1]["result"] == {"project_id": "x"}
    assert kept[0] > 1000
    bars = [event for event in found if event["kind"] == "bars"]
    assert sorted(bar for event in bars for bar in event["bars"]) == list(range(8))
    assert sum(len(part["notes"]) for part in bars[-1]["score"]["parts"]) > 20
    assert late == found[-1:]


def test_a_full_queue_says_so_and_what_is_cancelled_is_over_at_once(tmp_path: Path) -> None:
    async def work(jobs: Jobs) -> list[str]:
        first, second = jobs.submit("compose", PIECE), jobs.submit("compose", PIECE)
        assert second.view()["position"] == 1
        with pytest.raises(BusyError, match="2 jobs are waiting"):
            jobs.submit("compose", PIECE)
        jobs.cancel(second.id)
        states = [jobs.find(second.id).view()["state"]]
        jobs.submit("compose", PIECE)
        jobs.cancel(first.id)
        return [*states, first.view()["state"]]

    assert with_jobs(tmp_path, work, queue_limit=2) == ["cancelled", "cancelled"]


def test_what_fails_is_told_in_both_languages(tmp_path: Path) -> None:
    async def work(jobs: Jobs) -> dict[str, Any]:
        job = jobs.submit("compose", {"text": "", "language": "en"})
        await events_of(job)
        with pytest.raises(ParameterError, match="no such job"):
            jobs.find("nobody")
        with pytest.raises(ParameterError, match="no work"):
            jobs.submit("dance", {})
        return job.view()

    view = with_jobs(tmp_path, work)
    assert view["state"] == "failed"
    assert "情绪" in view["error"]["zh"]
