"""What was understood of a sentence: the brief, where each field comes from, and what is doubtful.

Conventions: `brief` holds what the sentence says; what must be chosen beside it to write a piece is told
in `assumed` and stands in `full`. Places count letters of the sentence from 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from motet.brief import Brief
from motet.language import Language, count_columns, pad_columns, say
from motet.sentence.field_title import field_title, value_text

__all__ = ["Found", "Understanding"]


@dataclass(frozen=True, slots=True)
class Found:
    """One field of the brief and the words it comes from.

    Parameters
    ----------
    field : str
        Of `motet.brief.Brief`.
    value : object
    words : str
        As the user typed them.
    start, end : int
        Letters of the sentence.
    how : str
        ``"grammar"``, ``"lexicon"``, ``"encoder"`` or ``"endpoint"``.
    confidence : float, 0 to 1
    """

    field: str
    value: Any
    words: str
    start: int
    end: int
    how: str
    confidence: float

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return {
            "field": self.field, "value": value, "words": self.words, "start": self.start,
            "end": self.end, "how": self.how, "confidence": self.confidence,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """A sentence, understood.

    Parameters
    ----------
    text : str
        The sentence.
    language : Language
        In which it is told.
    brief : Brief
        What the sentence says, nothing more.
    full : Brief
        The same with what was assumed.
    found : tuple of Found
    assumed, clashes, remarks : tuple of (str, str)
        English and Chinese: what was chosen; contradictions and which side was taken; what else to know.
    unused : tuple of str
        Words that look musical and were not understood.

    Examples
    --------
    >>> from motet.sentence import understand
    >>> understood = understand("a sad waltz for piano in A minor, 16 bars")
    >>> understood.brief.key, understood.brief.bars, understood.brief.style
    ('A minor', 16, 'waltz')
    """

    text: str
    language: Language
    brief: Brief
    full: Brief
    found: tuple[Found, ...] = ()
    assumed: tuple[tuple[str, str], ...] = ()
    clashes: tuple[tuple[str, str], ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    unused: tuple[str, ...] = field(default=())

    def tell(self, language: Language | None = None) -> str:
        """Return what was understood as a table: field, value, the user's words; then doubts.

        Parameters
        ----------
        language : Language or None
            None is that of the understanding.

        Returns
        -------
        str
        """
        lang = language or self.language
        rows = [
            (
                field_title(one.field, language=lang),
                value_text(one.field, one.value, language=lang),
                one.words,
            )
            for one in self.found
        ]
        head = say("Understood", "理解为", language=lang)
        lines = [f"{head}:"] if rows else [
            say("Nothing definite was understood; all of it is left to Motet.",
                "没有读出明确的要求,全部由 Motet 决定。", language=lang)
        ]  # fmt: skip
        widths = [max((count_columns(row[k]) for row in rows), default=0) for k in (0, 1)]
        lines += [
            f"  {pad_columns(row[0], widths[0])}  {pad_columns(row[1], widths[1])}  “{_short(row[2])}”".rstrip()
            for row in rows
        ]
        for title, texts in (
            (("Assumed", "另外设定"), self.assumed),
            (("Contradictions", "矛盾之处"), self.clashes),
            (("Note", "说明"), self.remarks),
        ):
            if texts:
                lines.append(say(*title, language=lang) + ":")
                lines += [f"  {say(en, zh, language=lang)}" for en, zh in texts]
        if self.unused:
            words = say(", ", "、", language=lang).join(self.unused)
            lines.append(say(f"Not understood: {words}", f"没有读懂:{words}", language=lang))
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values, for JSON."""
        k = 1 if self.language == "zh" else 0
        return {
            "text": self.text,
            "language": self.language,
            "brief": self.brief.to_dict(),
            "full": self.full.to_dict(),
            "found": [one.to_dict() for one in self.found],
            "assumed": [one[k] for one in self.assumed],
            "clashes": [one[k] for one in self.clashes],
            "remarks": [one[k] for one in self.remarks],
            "unused": list(self.unused),
        }


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 48 else plain[:45] + "..."
