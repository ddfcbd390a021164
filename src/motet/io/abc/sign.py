"""What stands in quotes and between exclamation marks: chord symbols, words, decorations.

Source: The abc music standard 2.1, sections 4.14 to 4.19.
"""

from __future__ import annotations

import re

from motet.errors import MotetError
from motet.io.abc.decoration import DECORATIONS
from motet.io.abc.voice import Voice
from motet.io.kern.ledger import LineLedger
from motet.theory import parse_chord

__all__ = ["SignReader"]


class SignReader:
    """Reads the signs of a tune into voices; remembers which texts are chords.

    Examples
    --------
    >>> signs = SignReader(LineLedger())
    >>> voice = Voice("1")
    >>> for text in ("Am7", "^slowly", "G(Em)"):
    ...     signs.quote(voice, text, 1)
    >>> [symbol for _, symbol, _ in voice.chords], voice.texts
    (['Am7', 'G'], [(0, 'slowly')])
    """

    def __init__(self, ledger: LineLedger) -> None:
        self.ledger = ledger
        self._known: dict[str, bool] = {}

    def quote(self, voice: Voice, text: str, line: int) -> None:
        """Take what stands in quotes."""
        if not text.strip():
            return
        if text[0] in "^_<>@":
            words = re.sub(r"^@-?[\d.]+,-?[\d.]+\s*", "", text[1:] if text[0] != "@" else text)
            voice.texts.append((voice.time, words.strip()[:200]))
            return
        for one in re.split(r"\\n|;|\n", text)[:4]:
            plain = one.strip()[:80]
            if self._is_chord(plain):
                voice.chords.append((voice.time, plain, line))
                continue
            main = plain.partition("(")[0].strip()
            if main and self._is_chord(main):
                self.ledger.tell(
                    line,
                    0,
                    "{n} alternative chords in brackets are not kept",
                    "未保留括号中的 {n} 个替代和弦",
                )
                voice.chords.append((voice.time, main, line))
            elif plain:
                voice.texts.append((voice.time, plain))

    def _is_chord(self, text: str) -> bool:
        known = self._known.get(text)
        if known is None:
            try:
                parse_chord(text)
                known = True
            except MotetError:
                known = False
            if len(self._known) < 10_000:
                self._known[text] = known
        return known

    def decorate(self, voice: Voice, name: str, line: int) -> None:
        """Take a decoration by its long name."""
        kind, value = DECORATIONS.get(name.strip("!+"), ("", ""))
        if kind == "articulation":
            voice.marks.append(value)
        elif kind == "ornament":
            voice.ornaments.append(value)
        elif kind == "dynamic":
            voice.dynamics.append((voice.time, value))
        elif kind == "jump":
            voice.jumps.append((voice.time, value))
        elif kind == "open":
            voice.open_spans[value] = voice.time
        elif kind == "close":
            # The sign stands before the last note of the line
            start = voice.open_spans.pop(value, None)
            if start is not None and voice.time > start:
                voice.spans.append((value, start, voice.time, voice.overlay))
        else:
            self.ledger.tell(
                line,
                0,
                "{n} decorations that a score does not hold are not kept",
                "未保留 {n} 个乐谱无法记录的装饰记号",
            )
