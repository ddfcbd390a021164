"""Why a piece is as it is: all sections of an explanation, as words and as plain values.

Conventions: sections that have nothing to say are left out of the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from motet.language import Language, say
from motet.why.change import WhatIf
from motet.why.harmony import Harmony
from motet.why.kept import Kept
from motet.why.otherwise import Otherwise
from motet.why.returns import Form
from motet.why.surprise import Surprise
from motet.why.tones import Tones

__all__ = ["Explanation"]


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a piece is as it is.

    Parameters
    ----------
    title : str
    n_bars : int
    bars : tuple of int
        Numbers of the bars that are told.
    part : str
        The part that is looked at.
    kept : Kept
    harmony : Harmony
    tones : Tones
    form : Form
    surprise : Surprise
    otherwise : Otherwise or None
    what_ifs : tuple of WhatIf
    language : Language

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.why import explain
    >>> found = explain(make_score("C5:4 D5:4"), model=False)
    >>> found.n_bars, found.tell().splitlines()[0]
    (2, 'Untitled: 2 bars')
    """

    title: str
    n_bars: int
    bars: tuple[int, ...]
    part: str
    kept: Kept
    harmony: Harmony
    tones: Tones
    form: Form
    surprise: Surprise
    otherwise: Otherwise | None = None
    what_ifs: tuple[WhatIf, ...] = ()
    language: Language = "en"

    @property
    def is_excerpt(self) -> bool:
        """Whether only some bars are told."""
        return len(self.bars) < self.n_bars

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "title": self.title,
            "n_bars": self.n_bars,
            "bars": list(self.bars),
            "part": self.part,
            "kept": self.kept.to_dict(),
            "harmony": self.harmony.to_dict(),
            "melody": self.tones.to_dict(),
            "form": self.form.to_dict(),
            "surprise": self.surprise.to_dict(),
            "otherwise": self.otherwise.to_dict() if self.otherwise else None,
            "what_if": [one.to_dict() for one in self.what_ifs],
        }

    def tell(self, language: Language | None = None) -> str:
        """Return the explanation in words, in short sections."""
        spoken = language or self.language

        def t(en: str, zh: str) -> str:
            return say(en, zh, language=spoken)

        title = self.title or t("Untitled", "无题")
        head = t(f"{title}: {self.n_bars} bar{'s' if self.n_bars != 1 else ''}",
                 f"{title}:{self.n_bars} 小节")  # fmt: skip
        if self.is_excerpt:
            from motet.why.wording import tell_places

            head += t(", told here: ", ",此处说明") + tell_places(self.bars, spoken)
        sections = [
            (t("What was asked and kept", "要求与保留"), self.kept.tell(spoken)),
            (t("Harmony", "和声"), self.harmony.tell(spoken)),
            (t("The melody against its chords", "旋律与和弦"),
             self.tones.tell(spoken, has_detail=self.is_excerpt)),
            (t("What comes back", "再现"), self.form.tell(spoken)),
            (t("What the model expected", "模型的预期"), self.surprise.tell(spoken)),
            (t("What else it would have done", "还可以怎么写"),
             self.otherwise.tell(spoken) if self.otherwise else []),
            (t("What would change", "若改动某项"),
             [line for one in self.what_ifs for line in one.tell(spoken)]),
        ]  # fmt: skip
        lines = [head]
        for name, own in sections:
            if any(own):
                lines += ["", name, *(f"  {line}" for line in own if line)]
        return "\n".join(lines)
