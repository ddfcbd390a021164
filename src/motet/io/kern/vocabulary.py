"""The tokens of one file, each read once: tokens repeat a great deal.

Conventions: durations are in the units of `motet.io.kern.track`; -1 stands for a note that has no
length of its own.
"""

from __future__ import annotations

from motet.io.kern.ledger import LineLedger
from motet.io.kern.note_token import Token, parse_token
from motet.io.kern.track import UNITS_PER_QN

__all__ = ["MAX_KINDS", "UNREAD", "Vocabulary"]

MAX_KINDS = 40_000
"""Most different tokens of a file; the largest known has about 6,000."""
UNREAD = Token()
"""Stands for every token that cannot be read."""
_MAX_CACHED = 200
_MAX_TOKEN = 2000


class Vocabulary:
    """Duration and content of every token that a file has had so far.

    Parameters
    ----------
    ledger : LineLedger

    Examples
    --------
    >>> words = Vocabulary(LineLedger())
    >>> duration, token = words.learn("8c", 2, 1)
    >>> UNITS_PER_QN // duration, token.heads[0].pitch, list(words.known)
    (2, 60, ['8c'])
    """

    def __init__(self, ledger: LineLedger) -> None:
        self.ledger = ledger
        self.known: dict[str, tuple[int, Token]] = {}

    def learn(self, text: str, line: int, spine: int) -> tuple[int, Token]:
        """Return duration and content of a token that this file has not had yet."""
        if len(self.known) >= MAX_KINDS:
            raise self.ledger.refusal(
                line,
                spine,
                f"the file has more than {MAX_KINDS:,} different tokens; that many are not read",
                f"文件的不同记号超过 {MAX_KINDS:,} 种,不予读取",
            )
        parse = parse_token if len(text) <= _MAX_CACHED else parse_token.__wrapped__
        token = parse(text) if len(text) <= _MAX_TOKEN else Token(fault="recip")
        if token.fault == "pitch":
            self.ledger.mend(
                line,
                spine,
                "{n} kinds of tokens have no pitch that can be; they became rests",
                "{n} 种记号没有有效的音高,按休止处理",
            )
        elif token.fault == "none":
            self.ledger.mend(
                line,
                spine,
                "{n} kinds of notes have no length; each lasts as long as the shortest beside it, "
                "or a quarter note",
                "{n} 种音符没有时值;取同时最短者的时值,否则按四分音符",
            )
            entry = self.known[text] = (-1, token)
            return entry
        elif token.fault:
            self.ledger.mend(
                line,
                spine,
                "{n} kinds of tokens have no length that can be; they were passed over",
                "{n} 种记号没有有效的时值,已跳过",
            )
            token = UNREAD
        duration, rest = divmod(token.numerator * UNITS_PER_QN, token.denominator)
        if rest:
            self.ledger.tell(
                line,
                spine,
                "{n} kinds of lengths are too fine to be kept exactly",
                "{n} 种时值过细,无法精确保留",
            )
        entry = (duration, token)
        self.known[text] = entry
        return entry
