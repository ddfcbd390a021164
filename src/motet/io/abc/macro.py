"""``m:`` macros and ``U:`` user symbols, put into a line of music before it is read.

Conventions: a macro is put in once and what it puts in is not searched again, so none can recur.

Source: The abc music standard 2.1, sections 4.16 and 9.
"""

from __future__ import annotations

import re

__all__ = ["Macros"]

_MAX_MACROS = 50
_MAX_LINE = 100_000
_NOTES = "CDEFGABcdefgab"
_QUOTED = re.compile(r'"[^"]*"|\[[A-Za-z]:[^\]]{0,500}\]')


class Macros:
    """The macros of a tune.

    Examples
    --------
    >>> macros = Macros()
    >>> macros.add("~G2 = {A}G{F}G"), macros.add("~n3 = n{o}n{m}n")
    (True, True)
    >>> macros.expand("~G2 ~c3")
    '{A}G{F}G c{d}c{B}c'
    """

    def __init__(self) -> None:
        self._static: dict[str, str] = {}
        self._moving: dict[str, str] = {}
        self._pattern: re.Pattern[str] | None = None

    def add(self, text: str) -> bool:
        """Take a definition ``target = text``; False when it is none."""
        target, equals, value = text.partition("=")
        target, value = target.strip(), value.strip()
        is_full = len(self._static) + len(self._moving) >= _MAX_MACROS
        if not equals or not target or len(target) > 31 or len(value) > 200 or is_full:
            return False
        (self._moving if "n" in target else self._static)[target] = value
        self._pattern = None
        return True

    def expand(self, line: str) -> str:
        """Return a line with macros replaced, outside quotes; at most 100,000 characters."""
        if not self._static and not self._moving:
            return line
        if self._pattern is None:
            choices = [re.escape(one) for one in self._static]
            choices += [re.escape(one).replace("n", r"[A-Ga-g][,']*", 1) for one in self._moving]
            self._pattern = re.compile("|".join(sorted(choices, key=len, reverse=True)))
        out, at, size = [], 0, 0
        for quoted in [*_QUOTED.finditer(line), None]:
            stop = quoted.start() if quoted else len(line)
            piece = self._pattern.sub(self._value, line[at:stop])
            size += len(piece)
            out.append(piece if size <= _MAX_LINE else line[at:stop])
            if quoted:
                out.append(quoted.group())
                at = quoted.end()
        return "".join(out)

    def _value(self, found: re.Match[str]) -> str:
        text = found.group()
        if text in self._static:
            return self._static[text]
        for target, value in self._moving.items():
            before, _, after = target.partition("n")
            if text.startswith(before) and text.endswith(after):
                note = text[len(before) : len(text) - len(after)]
                if note and note[0] in _NOTES:
                    return _transposed(value, note)
        return text


def _transposed(value: str, note: str) -> str:
    """Return a macro's text with h to z as notes around ``note``, which is n."""
    step = _NOTES.index(note[0]) + 7 * (note.count("'") - note.count(","))

    def letter(found: re.Match[str]) -> str:
        octave, at = divmod(step + ord(found.group()) - ord("n"), 7)
        name = "CDEFGAB"[at]
        if octave >= 1:
            return name.lower() + "'" * (octave - 1)
        return name + "," * -octave

    return re.sub(r"(?<![!A-Za-z])[h-z](?![A-Za-z]*!)", letter, value)
