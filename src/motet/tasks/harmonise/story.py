"""A harmonised score, with what its chords do and what a teacher would mark.

Conventions: everything is measured on the finished score.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from motet.language import Language, say
from motet.tasks.composition import Composition
from motet.tasks.harmonise.faults import Faults
from motet.tasks.harmonise.words import ChordStory

__all__ = ["Alternative", "Harmonisation"]

_SHOWN = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another harmonisation that was weighed.

    Parameters
    ----------
    symbols : tuple of str
    score : float
        Of the search: higher is better.
    bits : float
        Mean surprise of a chord.
    nats : float or None
        What a note of the melody costs the model under these chords.
    """

    symbols: tuple[str, ...]
    score: float
    bits: float
    nats: float | None = None


@dataclass(frozen=True, kw_only=True)
class Harmonisation(Composition):
    """A composition that knows what its chords do.

    Parameters
    ----------
    stories : tuple of ChordStory
    bits : float
        Mean surprise of a chord.
    faults : Faults or None
        Of four voices; None for other textures.
    alternatives : tuple of Alternative
        What else was weighed, the best first; the first is what was taken.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.harmonise import harmonise
    >>> piece = harmonise(make_score("E5:2 F5:2 | D5:2 E5:2"), texture="satb")
    >>> piece.stories[0].roman, piece.faults.parallels
    ('I', 0)
    """

    stories: tuple[ChordStory, ...] = ()
    bits: float = 0.0
    faults: Faults | None = None
    alternatives: tuple[Alternative, ...] = field(default=())

    def facts(self) -> dict[str, Any]:
        """Return what the piece is and how it came to be, as plain values for JSON."""
        return {
            **super().facts(),
            "harmony": [story.facts() for story in self.stories],
            "surprise_bits": round(self.bits, 3),
            "faults": None if self.faults is None else self.faults.total,
            "alternatives": [
                {"symbols": list(one.symbols), "bits": round(one.bits, 2), "nats": one.nats}
                for one in self.alternatives
            ],
        }

    def summary(self, language: Language | None = None) -> str:
        """Return the piece told in a few lines, then what each chord does."""
        spoken = language or self.language
        lines = [super().summary(spoken), "", say("Chords:", "和弦:", language=spoken)]
        k = 1 if spoken == "zh" else 0
        for story in self.stories[:_SHOWN]:
            bar = say(f"bar {story.bar}", f"第 {story.bar} 小节", language=spoken)
            lines.append(f"  {bar}  {story.symbol}  {story.roman}  {story.function[k]}")
        left = len(self.stories) - _SHOWN
        if left > 0:
            lines.append(say(f"  and {left} more", f"  另有 {left} 个", language=spoken))
        others = self.alternatives[1:]
        if others:
            lines += ["", say("Other ways:", "其他写法:", language=spoken)]
            lines += [
                f"  {' '.join(one.symbols[:_SHOWN])}  ({one.bits:.1f} bits)" for one in others
            ]
        return "\n".join(lines)
