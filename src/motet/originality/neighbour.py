"""What a piece is most like: where, how long, and how that compares with people's music.

Offers `Neighbour`, `Verdict`, `judge`.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

__all__ = ["Neighbour", "Verdict", "judge"]

Verdict = Literal["original", "alike", "copy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The passage of a known piece that is most like a passage of one's own.

    Parameters
    ----------
    piece, source, title, licence, licence_class : str
        Name within its source, the source, its title and licence.
    their_bars, own_bars : (int, int)
        First and last bar as people count.
    part : int
        Index of one's own part.
    n_notes : int
        Notes of the line that agree.
    n_verbatim : int
        The longest run of them in which no note differs in pitch.
    shift_semi : int
        How far one's own passage lies above theirs.
    tempo_ratio : float
        How long one's own passage is written out, compared with theirs.
    bits : float
        How much the notes that agree say, less what a piece of this length finds by chance.
    percentile : float, 0 to 100
        Share of people's pieces whose nearest neighbour is less alike; nan where that is not known.
    verdict : "original", "alike" or "copy"

    Examples
    --------
    >>> one = Neighbour(piece="a", source="s", their_bars=(1, 2), own_bars=(3, 4), part=0, n_notes=9,
    ...                 n_verbatim=9, shift_semi=0, tempo_ratio=1.0, bits=20.0)
    >>> one.to_dict()["own_bars"], one.verdict
    ([3, 4], 'original')
    """

    piece: str
    source: str
    their_bars: tuple[int, int]
    own_bars: tuple[int, int]
    part: int
    n_notes: int
    n_verbatim: int
    shift_semi: int
    tempo_ratio: float
    bits: float
    title: str = ""
    licence: str = ""
    licence_class: str = ""
    percentile: float = math.nan
    verdict: Verdict = "original"

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values for JSON; a percentile that is not known is None."""
        told = asdict(self)
        told["their_bars"], told["own_bars"] = list(self.their_bars), list(self.own_bars)
        told["bits"], told["tempo_ratio"] = round(self.bits, 1), round(self.tempo_ratio, 3)
        told["percentile"] = None if math.isnan(self.percentile) else round(self.percentile, 1)
        return told


def judge(bits: float, people: Mapping[str, Any]) -> tuple[float, Verdict]:
    """Return the percentile and the verdict of a likeness.

    Parameters
    ----------
    bits : float
    people : mapping
        What `motet.originality.calibrate.measure_people` gives: ``bits`` of people's pieces, sorted,
        and the thresholds ``alike`` and ``copy``.

    Returns
    -------
    float, Verdict

    Examples
    --------
    >>> judge(25.0, {"bits": [0, 10, 20, 30], "alike": 22.0, "copy": 29.0})
    (75.0, 'alike')
    """
    known = people.get("bits", ())
    if not known:
        return math.nan, "original"
    percentile = 100.0 * bisect_left(known, bits) / len(known)
    if bits >= people["copy"]:
        return percentile, "copy"
    return percentile, "alike" if bits >= people["alike"] else "original"
