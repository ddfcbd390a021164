"""The log of a run: a line of JSON for machines, a readable one for people.

Conventions: `log.jsonl` has one object a line, each with ``step``; when a run resumes at a step, later
lines are taken out, so the file always tells one curve.

Offers `Log`, `read_log`.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any, TextIO

__all__ = ["Log", "read_log"]


def read_log(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a log; a last one that was cut off is left out.

    Examples
    --------
    >>> file = Path("log.jsonl")
    >>> file.write_text('{"step": 1}\\n{"st')
    16
    >>> read_log(file)
    [{'step': 1}]
    """
    lines = []
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                lines.append(json.loads(line))
            except ValueError:
                break
    return lines


class Log:
    """An open log.

    Parameters
    ----------
    path : Path
    step : int
        Lines after it are taken out.
    stream : text stream or None
        Where the readable lines go; None is standard error.
    """

    def __init__(self, path: Path, *, step: int, stream: TextIO | None = None) -> None:
        kept = [line for line in read_log(path) if line["step"] <= step]
        draft = path.with_name(f".{path.name}.part")
        draft.write_text("".join(json.dumps(line) + "\n" for line in kept), encoding="utf-8")
        draft.replace(path)
        self._file = path.open("a", encoding="utf-8")
        self._stream = stream or sys.stderr

    def write(self, kind: str, **facts: Any) -> None:
        """Add a line."""
        line = {"kind": kind, **facts}
        self._file.write(json.dumps(_plain(line)) + "\n")
        self._file.flush()
        said = " ".join(
            f"{name} {_short(value)}"
            for name, value in facts.items()
            if not isinstance(value, (dict, list))
        )
        self._stream.write(f"{kind}: {said}\n")
        self._stream.flush()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _short(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _plain(value: Any) -> Any:
    """Return a value with nan as None, which JSON can say."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
