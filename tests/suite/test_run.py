"""One table's failure does not touch the others."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from motet.errors import CorpusError, ParameterError
from motet.suite.run import Outcome, describe_run, run_tables
from motet.suite.table import Request, Table


def table(name: str, measure: Any, *needs: str) -> Table:
    return Table(
        name=name,
        title=(name.title(), "表"),
        needs=frozenset(needs),
        measure=measure,
        write=lambda facts: f"x is {facts['x']}",
    )


def fail(_: Request) -> dict[str, Any]:
    raise CorpusError("broken", zh="坏了")


def test_pages_and_results_are_written(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- c -->\nas it was\n<!-- end c -->\n", encoding="utf-8")
    tables = [
        table("a", lambda request: {"x": np.float64(1.5), "y": math.nan}),  # noqa: ARG005
        table("b", fail),
        table("c", lambda request: {"x": 2}, "shards"),  # noqa: ARG005
    ]
    found = run_tables(tables, Request(), page=page, results=tmp_path / "results")
    assert [one.state for one in found] == ["measured", "failed", "skipped"]
    text = page.read_text(encoding="utf-8")
    assert "x is 1.5" in text
    assert "as it was" in text
    (file,) = (tmp_path / "results").iterdir()
    facts = json.loads(file.read_text(encoding="utf-8"))
    assert (facts["question"], facts["x"], facts["y"]) == ("a", 1.5, None)
    assert {"machine", "commit", "seconds", "seed"} <= set(facts)
    assert describe_run(Request(seed=2))["seed"] == 2


def test_a_page_without_a_folder_is_refused_first(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="--page"):
        run_tables([table("b", fail)], Request(), page=tmp_path / "no" / "page.md")
    assert Outcome(table=table("b", fail), state="failed").facts == {}
