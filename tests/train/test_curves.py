"""Curves out of a log, read while it grows."""

from __future__ import annotations

import io
from pathlib import Path

from motet.train.curves import Follower, read_curves, tell_state
from motet.train.log import Log


def test_a_log_gives_its_curves(tmp_path: Path) -> None:
    log = Log(tmp_path / "log.jsonl", step=0, stream=io.StringIO())
    log.write("start", step=0, weights=12)
    log.write("step", step=1, loss=3.0, lr=0.1, parts={"kl": 1.0}, minutes=0.5)
    log.write("step", step=2, loss=float("nan"), lr=0.2, parts={"kl": 0.5}, minutes=0.6)
    log.write("valid", step=2, nats=2.5, best=True, measured={"nats": 2.5})
    follower = Follower(tmp_path)
    assert follower.poll()
    found = {(one.group, one.name): (one.steps, one.values) for one in read_curves(follower.lines)}
    assert found == {
        ("learning", "loss"): ([1], [3.0]),
        ("learning", "kl"): ([1, 2], [1.0, 0.5]),
        ("validation", "nats"): ([2], [2.5]),
        ("pace", "lr"): ([1, 2], [0.1, 0.2]),
    }
    state = tell_state(follower.lines)
    assert state == {"step": 2, "weights": 12, "minutes": 0.6, "best_step": 2, "reason": ""}
    log.close()


def test_a_follower_reads_what_is_new_and_waits_for_whole_lines(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    follower = Follower(tmp_path)
    assert not follower.poll()
    path.write_text('{"step": 1}\n{"st')
    assert follower.poll()
    assert not follower.poll()
    with path.open("a") as stream:
        stream.write('ep": 2}\nbroken\n')
    assert follower.poll()
    assert [line["step"] for line in follower.lines] == [1, 2]


def test_a_resumed_run_is_read_anew(tmp_path: Path) -> None:
    follower = Follower(tmp_path)
    first = Log(tmp_path / "log.jsonl", step=0, stream=io.StringIO())
    for step in (1, 2, 3):
        first.write("step", step=step, loss=1.0)
    first.close()
    follower.poll()
    Log(tmp_path / "log.jsonl", step=1, stream=io.StringIO()).close()
    follower.poll()
    assert [line["step"] for line in follower.lines] == [1]


def test_a_run_that_goes_on_after_its_end_is_running() -> None:
    lines = [{"kind": "end", "step": 3, "reason": "finished"}, {"kind": "resume", "step": 3}]
    assert tell_state(lines)["reason"] == ""
