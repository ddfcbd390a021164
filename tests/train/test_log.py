"""The log tells one curve."""

from __future__ import annotations

import io
from pathlib import Path

from motet.train.log import Log, read_log


def test_lines_after_the_step_are_taken_out_on_resume(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    shown = io.StringIO()
    log = Log(path, step=0, stream=shown)
    for step in (1, 2, 3):
        log.write("step", step=step, loss=1 / step, parts={"a": 1.0})
    log.close()
    again = Log(path, step=2, stream=shown)
    again.write("resume", step=2, best=float("inf"))
    again.close()
    assert [line["step"] for line in read_log(path)] == [1, 2, 2]
    assert read_log(path)[-1] == {"kind": "resume", "step": 2, "best": None}
    assert "step: step 3 loss 0.3333\n" in shown.getvalue()
