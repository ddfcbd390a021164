"""``motet watch``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_a_run_is_shown_once_where_there_is_no_terminal(motet: Callable[..., Any]) -> None:
    Path("run").mkdir()
    lines = [{"kind": "step", "step": k, "loss": 4.0 - k} for k in (1, 2)]
    lines.append({"kind": "end", "step": 2, "reason": "finished"})
    Path("run/log.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    found = motet("watch", "run")
    assert found.code == 0
    assert found.out.startswith("step 2 · finished\n")
    assert found.out.endswith("run/run.html\n")
    facts = motet("watch", "run", "--json").facts
    assert (facts["step"], facts["last"], facts["reason"]) == (2, {"loss": 2.0}, "finished")


def test_a_folder_without_a_run_is_told(motet: Callable[..., Any]) -> None:
    for language, text in (("en", "holds no training run"), ("zh", "没有训练")):
        found = motet("watch", "none", "--lang", language)
        assert found.code == 3
        assert text in found.err
    assert not Path("none").exists()
