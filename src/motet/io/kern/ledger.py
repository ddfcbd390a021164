"""The list of repairs while a kern file is read; in strict mode the first damage raises.

Conventions: lines count from 1, spines (columns) from 1; 0 means the whole file or line. Damage of
one kind is one entry with the first place and a count, so that hostile files stay cheap.
"""

from __future__ import annotations

from motet.errors import FormatError
from motet.io.loaded import Repair

__all__ = ["LineLedger"]

_MAX_KINDS = 500


class LineLedger:
    """Repairs by kind, each with the line where it was met first.

    Parameters
    ----------
    mend : bool
        False raises at the first damage.
    path : str
        Name of the file for messages.

    Examples
    --------
    >>> ledger = LineLedger()
    >>> ledger.mend(3, 1, "{n} odd tokens ignored", "忽略 {n} 个异常记号")
    >>> ledger.mend(9, 1, "{n} odd tokens ignored", "忽略 {n} 个异常记号")
    >>> [repair.localised("en") for repair in ledger.repairs]
    ['line 3, spine 1: 2 odd tokens ignored']
    """

    def __init__(self, *, mend: bool = True, path: str = "") -> None:
        self.path = path
        self._mends = mend
        self._found: dict[str, list[int]] = {}
        self._chinese: dict[str, str] = {}

    def mend(self, line: int, spine: int, en: str, zh: str) -> None:
        """List a repair, or raise it in strict mode; ``{n}`` in the texts becomes the count.

        Raises
        ------
        FormatError
            Strict mode.
        """
        if not self._mends:
            raise self.refusal(line, spine, en.replace("{n}", "1"), zh.replace("{n}", "1"))
        self.tell(line, spine, en, zh)

    def tell(self, line: int, spine: int, en: str, zh: str, *, n: int = 1) -> None:
        """List something that readers should know and that is no damage."""
        entry = self._found.get(en)
        if entry is not None:
            entry[2] += n
        elif len(self._found) < _MAX_KINDS:
            self._found[en] = [line, spine, n]
            self._chinese[en] = zh

    def refusal(self, line: int, spine: int, en: str, zh: str) -> FormatError:
        """Return the error that says where the file cannot be read."""
        return FormatError(en, zh=zh, path=self.path, place=_place(line, spine))

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """Everything listed so far, in the order of first meeting."""
        return tuple(
            Repair(
                _place(line, spine),
                en.replace("{n}", str(count)),
                self._chinese[en].replace("{n}", str(count)),
            )
            for en, (line, spine, count) in self._found.items()
        )


def _place(line: int, spine: int) -> str:
    """Return a place in words; spine 0 is the whole line, line 0 the whole file."""
    if not line:
        return ""
    return f"line {line}, spine {spine}" if spine else f"line {line}"
