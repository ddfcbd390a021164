"""Values out of a TOML table, checked: texts, numbers, choices, ranges, tables.

Conventions: every failure is a `FormatError` with the file and the place within it, in both
languages; unknown words come with the nearest known one.

Offers `TableReader`.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from motet.errors import FormatError, ParameterError
from motet.theory.pitch import parse_pitch

__all__ = ["TableReader"]


class TableReader:
    """Takes values out of the tables of one file.

    Parameters
    ----------
    path : str
        Named in every error.

    Examples
    --------
    >>> reader = TableReader("my.toml")
    >>> reader.whole({"voices": 3}, "voices", "part 'Piano'", default=4, low=1, high=8)
    3
    >>> reader.whole({"voices": "three"}, "voices", "part 'Piano'", default=4, low=1, high=8)
    Traceback (most recent call last):
    ...
    motet.errors.FormatError: my.toml, part 'Piano': voices must be a whole number from 1 to 8, got 'three'
    """

    def __init__(self, path: str) -> None:
        self.path = path

    def fail(self, en: str, zh: str, place: str = "") -> FormatError:
        """Return the error for a place in the file."""
        return FormatError(en, zh=zh, path=self.path, place=place)

    @contextmanager
    def at(self, place: str) -> Iterator[None]:
        """Turn what a parser says about a value into an error about this place."""
        try:
            yield
        except ParameterError as error:
            raise self.fail(error.en, error.zh, place) from error

    def check_keys(self, table: dict[str, Any], known: Collection[str], place: str) -> None:
        """Refuse keys that are not known."""
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key, sorted(known), n=1)
                hint = near[0] if near else ", ".join(sorted(known))
                raise self.fail(
                    f"unknown key {key!r}; did you mean {hint}?",
                    f"未知的键 {key!r};是否想写 {hint}?",
                    place,
                )

    def check_choice(self, value: str, key: str, known: Collection[str], place: str) -> None:
        """Refuse a word that is not one of the known ones."""
        if value not in known:
            near = difflib.get_close_matches(value, list(known), n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            hint_zh = f";是否想写 {near[0]}?" if near else ""
            raise self.fail(
                f"{key} must be one of {', '.join(known)}, got {value!r}{hint}",
                f"{key} 应为 {', '.join(known)} 之一,收到 {value!r}{hint_zh}",
                place,
            )

    def need(self, table: dict[str, Any], key: str, place: str) -> Any:
        """Return a value that must be there."""
        if key not in table:
            raise self.fail(f"{key!r} is missing", f"缺少 {key!r}", place)
        return table[key]

    def text(
        self, table: dict[str, Any], key: str, place: str, *, default: str | None = None
    ) -> str:
        """Return a text; without a default it must be there."""
        value = self.need(table, key, place) if default is None else table.get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.fail(
                f"{key} must be a text in quotes, got {value!r}",
                f"{key} 应为引号中的文本,收到 {value!r}",
                place,
            )
        return value

    def texts(self, table: dict[str, Any], key: str, place: str) -> tuple[str, ...]:
        """Return a list of texts; a single text is a list of one, a missing one is empty."""
        value = table.get(key, [])
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise self.fail(
                f"{key} must be a text or a list of texts, got {value!r}",
                f"{key} 应为文本或文本列表,收到 {value!r}",
                place,
            )
        return tuple(value)

    def choice(
        self,
        table: dict[str, Any],
        key: str,
        known: Collection[str],
        place: str,
        *,
        default: str | None = None,
    ) -> str:
        """Return one of the known words (a number counts as its digits)."""
        value = self.need(table, key, place) if default is None else table.get(key, default)
        self.check_choice(str(value), key, known, place)
        return str(value)

    def number(
        self,
        table: dict[str, Any],
        key: str,
        place: str,
        *,
        default: float,
        low: float,
        high: float,
    ) -> float:
        """Return a number from ``low`` to ``high``."""
        value = table.get(key, default)
        if type(value) not in (int, float) or not low <= value <= high:
            raise self.fail(
                f"{key} must be a number from {low:g} to {high:g}, got {value!r}",
                f"{key} 应为 {low:g} 到 {high:g} 的数,收到 {value!r}",
                place,
            )
        return float(value)

    def whole(
        self, table: dict[str, Any], key: str, place: str, *, default: int, low: int, high: int
    ) -> int:
        """Return a whole number from ``low`` to ``high``."""
        value = table.get(key, default)
        if type(value) is not int or not low <= value <= high:
            raise self.fail(
                f"{key} must be a whole number from {low} to {high}, got {value!r}",
                f"{key} 应为 {low} 到 {high} 的整数,收到 {value!r}",
                place,
            )
        return value

    def range(self, table: dict[str, Any], place: str) -> tuple[int, int]:
        """Return two pitches, the lower first, at least an octave apart (so all tones fit in)."""
        value = table["range"]
        try:
            low, high = (parse_pitch(str(name))[0] for name in value)
        except (ParameterError, ValueError, TypeError) as error:
            raise self.fail(
                f"range must be two pitches such as ['E2', 'E4'], got {value!r}",
                f"range 应为两个音高,如 ['E2', 'E4'],收到 {value!r}",
                place,
            ) from error
        if high - low < 11:
            raise self.fail(
                f"range must rise by an octave or more, got {value!r}",
                f"range 应由低到高,至少一个八度,收到 {value!r}",
                place,
            )
        return low, high

    def table(self, table: dict[str, Any], key: str, place: str) -> dict[str, Any]:
        """Return a table within a table; a missing one is empty."""
        value = table.get(key, {})
        if not isinstance(value, dict):
            raise self.fail(
                f"{key} must be a table, got {value!r}", f"{key} 应为表,收到 {value!r}", place
            )
        return value

    def tables(self, table: dict[str, Any], key: str) -> list[dict[str, Any]]:
        """Return a list of tables (``[[key]]``); a missing one is empty."""
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise self.fail(
                f"write [[{key}]] in double brackets", f"{key} 请用双方括号 [[{key}]]", key
            )
        return value
