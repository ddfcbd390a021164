"""The curves of a run, from its log: losses, their parts, validation, pace.

Conventions: a log is read as it grows and from any process; nothing but the file is looked at. Values that
are no finite number are left out of a curve.

Offers `Curve`, `Follower`, `read_curves`, `tell_state`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from motet.errors import FormatError

__all__ = ["Curve", "Follower", "read_curves", "tell_state"]

_PACE: Final = ("lr", "grad_norm", "tokens_per_s", "phrases_per_s")
_NO_CURVE: Final = frozenset(("kind", "step", "minutes", "best", "measured"))


@dataclass(slots=True, kw_only=True)
class Curve:
    """One line of a plot: name, group ("learning", "validation" or "pace"), steps and their values."""

    name: str
    group: str
    steps: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)


def read_curves(lines: Sequence[Mapping[str, Any]]) -> list[Curve]:
    """Return the curves that the lines of a log hold: learning first, then validation, then pace.

    Parameters
    ----------
    lines : sequence of dict
        As `read_log` gives them.

    Examples
    --------
    >>> lines = [{"kind": "step", "step": 1, "loss": 2.0, "lr": 0.1, "parts": {"kl": 0.5}},
    ...          {"kind": "valid", "step": 1, "nats": 1.5, "best": True}]
    >>> [(curve.group, curve.name, curve.values) for curve in read_curves(lines)][1:3]
    [('learning', 'kl', [0.5]), ('validation', 'nats', [1.5])]
    """
    found: dict[tuple[str, str], Curve] = {}
    for line in lines:
        if line.get("kind") not in ("step", "valid"):
            continue
        base = "learning" if line["kind"] == "step" else "validation"
        for name, value in line.items():
            if name in _NO_CURVE:
                continue
            parts = value.items() if isinstance(value, dict) else [(name, value)]
            for part, one in parts:
                group = "pace" if part in _PACE else base
                _add(found, group, str(part), int(line["step"]), one)
    order = {"learning": 0, "validation": 1, "pace": 2}
    return sorted(found.values(), key=lambda curve: order[curve.group])


def _add(found: dict[tuple[str, str], Curve], group: str, name: str, step: int, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return
    curve = found.setdefault((group, name), Curve(name=name, group=group))
    curve.steps.append(step)
    curve.values.append(float(value))


def tell_state(lines: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return how a run stands: step, minutes, weights, best step, and why it ended ("" while it goes on).

    Examples
    --------
    >>> lines = [{"kind": "start", "step": 0, "weights": 9}]
    >>> tell_state([*lines, {"kind": "end", "step": 5, "reason": "finished"}])
    {'step': 5, 'weights': 9, 'reason': 'finished'}
    """
    told: dict[str, Any] = {"step": 0}
    reason = ""
    for line in lines:
        told["step"] = line["step"]
        for name in ("minutes", "weights", "device"):
            if name in line:
                told[name] = line[name]
        if line.get("kind") == "valid" and line.get("best"):
            told["best_step"] = line["step"]
        reason = str(line.get("reason", "")) if line.get("kind") == "end" else ""
    return {**told, "reason": reason}


class Follower:
    """Reads a run's log as it grows.

    Parameters
    ----------
    folder : str or Path
        Of the run.

    Examples
    --------
    >>> _ = Path("log.jsonl").write_text('{"kind": "start", "step": 0}\\n')
    >>> follower = Follower(".")
    >>> follower.poll(), follower.poll(), follower.lines
    (True, False, [{'kind': 'start', 'step': 0}])
    """

    def __init__(self, folder: str | Path) -> None:
        self.path = Path(folder) / "log.jsonl"
        self.lines: list[dict[str, Any]] = []
        self._file = -1
        self._at = 0

    def poll(self) -> bool:
        """Read what is new, and return whether there was anything.

        Raises
        ------
        FormatError
            The file is there and cannot be read.
        """
        try:
            facts = self.path.stat()
            if facts.st_ino != self._file or facts.st_size < self._at:  # the run was resumed
                self._file, self._at = facts.st_ino, 0
                self.lines.clear()
            with self.path.open("rb") as stream:
                stream.seek(self._at)
                fresh = stream.read()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise FormatError(
                f"cannot read the log: {error.strerror}",
                zh=f"无法读取日志:{error.strerror}",
                path=str(self.path),
            ) from error
        whole = fresh[: fresh.rfind(b"\n") + 1]
        self._at += len(whole)
        self.lines += [line for line in map(_parse, whole.splitlines()) if line is not None]
        return bool(whole)


def _parse(line: bytes) -> dict[str, Any] | None:
    """Return a line of the log; None for one that is damaged."""
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) and isinstance(found.get("step"), int) else None
