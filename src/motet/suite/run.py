"""Measures tables one after another, and writes each into the page as soon as it is done.

Conventions: a table whose inputs are missing is named and its place on the page left as it is. Results
are one JSON file a table, named by date, with machine, versions, commit and seconds beside the facts.
"""

from __future__ import annotations

import json
import math
import os
import platform
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from motet.errors import MotetError, ParameterError
from motet.io.atomic import write_whole
from motet.suite.page import write_section
from motet.suite.table import Request, Table

__all__ = ["Outcome", "describe_run", "run_tables"]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one table.

    Parameters
    ----------
    table : Table
    state : "measured", "skipped" (an input is missing) or "failed"
    reason : MotetError or None
        Of a table that was not measured.
    facts : dict
    text : str
        Markdown.
    seconds : float
    cpu_s : float
        Processor time of this process.

    Examples
    --------
    >>> table = Table(name="a", title=("A", "甲"), needs=frozenset(), measure=lambda request: {},
    ...               write=lambda facts: "| x |")
    >>> Outcome(table=table, state="measured").facts
    {}
    """

    table: Table
    state: Literal["measured", "skipped", "failed"]
    reason: MotetError | None = None
    facts: dict[str, Any] | None = None
    text: str = ""
    seconds: float = 0.0
    cpu_s: float = 0.0

    def __post_init__(self) -> None:
        if self.facts is None:
            object.__setattr__(self, "facts", {})


def run_tables(
    tables: Iterable[Table],
    request: Request,
    *,
    page: Path | None = None,
    results: Path | None = None,
) -> list[Outcome]:
    """Return what became of each table.

    Parameters
    ----------
    tables : iterable of Table
    request : Request
    page : Path or None
        Markdown page whose sections are replaced.
    results : Path or None
        Folder for one JSON file a table; it is made.

    Returns
    -------
    list of Outcome

    Raises
    ------
    ParameterError
        Page or folder cannot be written.

    Examples
    --------
    >>> table = Table(name="a", title=("A", "甲"), needs=frozenset(),
    ...               measure=lambda request: {"x": 1}, write=lambda facts: f"x is {facts['x']}")
    >>> [one.text for one in run_tables([table], Request())]
    ['x is 1']
    """
    if results is not None:
        _make_folder(results)
    if page is not None and not page.parent.is_dir():
        raise ParameterError(
            f"the page {str(page)!r} has no folder to lie in; give one that has with --page",
            zh=f"页面 {str(page)!r} 所在的文件夹不存在;请用 --page 给出另一位置",
        )
    found = []
    for table in tables:
        done = _run_table(table, request)
        found.append(done)
        if done.state != "measured":
            continue
        if page is not None:
            write_section(page, table.name, done.text, title=table.title[0])
        if results is not None:
            facts = {"question": table.name, **describe_run(request), **_plain(done.facts)}
            facts |= {"seconds": round(done.seconds, 1), "cpu_seconds": round(done.cpu_s, 1)}
            name = f"{datetime.now(UTC):%Y-%m-%d}-{table.name}.json"
            write_whole(results / name, (json.dumps(facts, ensure_ascii=False) + "\n").encode())
    return found


def _run_table(table: Table, request: Request) -> Outcome:
    """Return one table, measured and written."""
    request.say(f"{table.name} ...")
    if (error := table.find_missing(request)) is not None:
        return Outcome(table=table, state="skipped", reason=error)
    began_s, began_cpu_s = time.perf_counter(), time.process_time()
    try:
        facts = table.measure(request)
        text = table.write(facts)
    except MotetError as error:
        return Outcome(table=table, state="failed", reason=error)
    return Outcome(
        table=table,
        state="measured",
        facts=facts,
        text=text,
        seconds=time.perf_counter() - began_s,
        cpu_s=time.process_time() - began_cpu_s,
    )


def describe_run(request: Request) -> dict[str, Any]:
    """Return what a stored result says of how it was measured.

    Parameters
    ----------
    request : Request

    Returns
    -------
    dict

    Examples
    --------
    >>> describe_run(Request(seed=3))["seed"]
    3
    """
    return {
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "motet": version("motet"),
        "commit": _read_commit(),
        "bundle": request.bundle,
        "seed": request.seed,
        "asked_n": request.n,
    }


def _read_commit() -> str:
    """Return the commit that is measured, empty outside a repository."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    try:
        done = subprocess.run(
            command, cwd=Path(__file__).parent, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout.strip()


def _plain(value: Any) -> Any:
    """Return facts as JSON can hold them: NumPy's numbers as Python's, nan as None."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return str(value) if isinstance(value, Path) else value


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ParameterError(
            f"cannot make the folder {str(folder)!r}: {error.strerror}",
            zh=f"无法建立文件夹 {str(folder)!r}:{error.strerror}",
        ) from error
