"""A worker does what comes through its pipe, and hears a wish to stop."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from multiprocessing.connection import Connection

import pytest

from motet.server.pool_worker import run_worker


@pytest.fixture
def pipe() -> Iterator[Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=run_worker, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    assert ours.recv() == ("ready",)
    yield ours
    ours.send(("stop",))
    process.join(10)
    assert process.exitcode == 0


def test_work_is_done_and_errors_are_told_in_both_languages(pipe: Connection) -> None:
    pipe.send(("work", "a", "understand", {"text": "a calm waltz", "language": "en"}))
    kind, job, result = pipe.recv()
    assert (kind, job, result["brief"]["style"]) == ("done", "a", "waltz")
    pipe.send(("work", "b", "compose", {"text": "", "brief": {}, "language": "en"}))
    while (told := pipe.recv())[0] == "progress":
        pass
    assert told[:3] == ("failed", "b", "ParameterError")
    assert "情绪" in told[4]
