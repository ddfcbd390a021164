"""The list of repairs while a MusicXML file is read, and the place that reading has come to."""

from __future__ import annotations

import re

from motet.errors import FormatError
from motet.io.loaded import Repair

__all__ = ["Journal"]

_MEASURE = re.compile(rb"<measure[\s/>]")


class Journal:
    """Repairs by kind, with the first place of each and a count.

    Parameters
    ----------
    mend : bool
        False raises at the first damage; what is merely left out is still only listed.
    path : str
        Name of the file for messages.

    Examples
    --------
    >>> journal = Journal()
    >>> journal.part, journal.measure = "P1", "12"
    >>> journal.tell("{n} fingerings were left out", "略去了 {n} 处指法")
    >>> journal.tell("{n} fingerings were left out", "略去了 {n} 处指法")
    >>> [repair.localised("en") for repair in journal.repairs]
    ['part P1, measure 12: 2 fingerings were left out']
    """

    def __init__(self, *, mend: bool = True, path: str = "") -> None:
        self.path = path
        self.part = self.measure = ""
        self.n_measures = 0
        self.data = b""
        self._mends = mend
        self._found: dict[str, list[object]] = {}

    @property
    def place(self) -> str:
        """Where reading is, in words."""
        words = [f"part {self.part}"] if self.part else []
        return ", ".join(words + ([f"measure {self.measure}"] if self.measure else []))

    @property
    def line(self) -> int:
        """The line on which the current measure begins; 0 outside the measures."""
        if not self.n_measures:
            return 0
        for count, match in enumerate(_MEASURE.finditer(self.data), 1):
            if count == self.n_measures:
                return 1 + self.data.count(b"\n", 0, match.start())
        return 0

    def mend(self, en: str, zh: str, *, n: int = 1) -> None:
        """List damage that was mended, or raise it in strict mode; ``{n}`` becomes the count.

        Raises
        ------
        FormatError
            Strict mode.
        """
        if not self._mends:
            raise self.refusal(en.replace("{n}", str(n)), zh.replace("{n}", str(n)))
        self.tell(en, zh, n=n)

    def tell(self, en: str, zh: str, *, n: int = 1) -> None:
        """List something that readers should know and that is no damage."""
        entry = self._found.get(en)
        if entry is None:
            self._found[en] = [self.place, n, zh]
        else:
            entry[1] += n  # type: ignore[operator]

    def refusal(self, en: str, zh: str, *, line: int = 0) -> FormatError:
        """Return the error that says where the file cannot be read."""
        place = self.place
        line = line or self.line
        if line:
            place = f"{place}, line {line}" if place else f"line {line}"
        return FormatError(en, zh=zh, path=self.path, place=place)

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """Everything listed so far, in the order of first meeting."""
        return tuple(
            Repair(str(place), en.replace("{n}", str(n)), str(zh).replace("{n}", str(n)))
            for en, (place, n, zh) in self._found.items()
        )
