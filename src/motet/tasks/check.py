"""The lines of an adherence report, and the report as a table.

Conventions: texts are (English, Chinese); ``ok`` is None where nothing was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from motet.language import Language, count_columns, pad_columns, say

__all__ = ["Adherence", "Check", "same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the report; texts are (English, Chinese).

    ``ok`` is whether the request was met, None for a measurement only.
    """

    name: str
    what: tuple[str, str]
    requested: tuple[str, str]
    measured: tuple[str, str]
    ok: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Adherence:
    """The whole report.

    Parameters
    ----------
    checks : tuple of Check

    Examples
    --------
    >>> check = Check(name="bars", what=same("bars"), requested=same("4"), measured=same("3"), ok=False)
    >>> Adherence(checks=(check,)).is_met
    False
    """

    checks: tuple[Check, ...]

    @property
    def is_met(self) -> bool:
        """Whether everything that was asked for was met."""
        return all(one.ok is not False for one in self.checks)

    @property
    def missed(self) -> tuple[Check, ...]:
        """What was not met."""
        return tuple(one for one in self.checks if one.ok is False)

    def table(self, language: Language = "en") -> str:
        """Return the report as a table: what, requested, measured, and whether it holds."""
        k = 1 if language == "zh" else 0
        head = (
            say("what", "项目", language=language),
            say("requested", "要求", language=language),
            say("measured", "实测", language=language),
            "",
        )
        marks = {
            True: say("yes", "符合", language=language),
            False: say("NO", "不符", language=language),
            None: "-",
        }
        rows = [head] + [
            (one.what[k], one.requested[k] or "-", one.measured[k], marks[one.ok])
            for one in self.checks
        ]
        widths = [max(count_columns(row[c]) for row in rows) for c in range(4)]
        return "\n".join(
            "  ".join(pad_columns(cell, width) for cell, width in zip(row, widths)).rstrip()
            for row in rows
        )

    def facts(self) -> dict[str, Any]:
        """Return the report as plain values for JSON."""
        return {
            "is_met": self.is_met,
            "checks": [
                {
                    "name": one.name,
                    "what": one.what[0],
                    "requested": one.requested[0],
                    "measured": one.measured[0],
                    "ok": one.ok,
                }
                for one in self.checks
            ],
        }


def same(text: str) -> tuple[str, str]:
    """Return a text that is the same in both languages.

    Parameters
    ----------
    text : str

    Returns
    -------
    (str, str)

    Examples
    --------
    >>> same("4/4")
    ('4/4', '4/4')
    """
    return text, text
