"""Form: where sections begin, and which of them are alike, from bars compared with each other.

Conventions: bars are compared by harmony, bass, rhythm and who plays; boundaries lie at bar lines.
Labels are letters in order of appearance; a prime marks a varied return (``A'``).

Measured in ``docs/analysis.md`` on forms that the arranger was asked for and on expanded repeats.

Source: novelty along the diagonal as in Foote, "Automatic Audio Segmentation Using a Measure of Audio
Novelty", ICME 2000; time-lag structure features as in Serrà, Müller, Grosche and Arcos, "Unsupervised
Music Structure Annotation by Time Series Structure Features and Segment Similarity", IEEE Transactions
on Multimedia 16 (2014), 1229-1240. The mixture and the choice of boundaries are our own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from motet.score import Score, note_table

__all__ = ["FormSpan", "bar_similarity", "find_sections"]

FloatArray = npt.NDArray[np.float64]
_MAX_BARS = 1200
_SAME, _VARIED = 0.90, 0.75  # tuned, with those below, on forms of the arranger (seeds 50 up)
_BOUNDARY_COST = 2.0
_SHARES = {"harmony": 0.5, "bass": 0.214, "rhythm": 0.286}
_WHO_SHARE = 0.5
_LENGTH_BONUS = {
    2: 0.0,
    4: 0.5,
    6: 0.1,
    8: 0.9,
    12: 0.5,
    16: 0.6,
    10: 0.1,
    14: 0.1,
    32: 0.2,
    24: 0.3,
}
_MAX_SECTION = 64
_WIDTH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSpan:
    """A section: label, first bar and the bar after its last (indices from 0), and how sure.

    ``strength``, 0 to 1, is how clear the boundary at its start is; 1 for the first.
    """

    label: str
    start_bar: int
    end_bar: int
    strength: float


def bar_similarity(score: Score, *, who_share: float = 0.3) -> FloatArray:
    """Return how alike any two bars are.

    Parameters
    ----------
    score : Score
        Bars after the 1200th are left out.
    who_share : float, 0 to 1
        How much it counts which parts play; the rest is harmony, bass and rhythm (7 : 3 : 4).

    Returns
    -------
    float64, shape (m, m), 0 to 1
        Two silent bars are alike.

    Examples
    --------
    >>> from motet.score import make_score
    >>> found = bar_similarity(make_score("C4:4 F#4:1 F#4:3 C4:4"))
    >>> round(float(found[0, 2]), 2), bool(found[0, 1] < 0.6)
    (1.0, True)
    """
    bars = score.bars[:_MAX_BARS]
    n_bars, n_parts = len(bars), len(score.parts)
    table = note_table(score)
    table = table[(table["duration_tick"] > 0) & (table["bar"] < n_bars)]
    bar = table["bar"].astype(np.int64)
    pitched = ~table["is_drum"]
    weight = np.minimum(table["duration_qn"], 2.0)
    harmony, bass = np.zeros((n_bars, 12)), np.zeros((n_bars, 12))
    pc = table["pitch"].astype(np.int64) % 12
    np.add.at(harmony, (bar[pitched], pc[pitched]), weight[pitched])
    low = np.full(n_bars, 200.0)
    np.minimum.at(low, bar[pitched], table["pitch"][pitched].astype(np.float64))
    is_low = pitched & (table["pitch"] <= low[bar] + 4)
    np.add.at(bass, (bar[is_low], pc[is_low]), weight[is_low])
    starts = np.array([one.start_tick for one in bars], dtype=np.float64)
    full = np.array([float(one.metre.bar_qn) * score.resolution for one in bars])
    place = np.clip((table["onset_tick"] - starts[bar]) / full[bar] * 16, 0, 15).astype(np.int64)
    rhythm = np.zeros((n_bars, 16))
    np.add.at(rhythm, (bar, place), 1.0)
    who = np.zeros((n_bars, max(1, n_parts)))
    np.add.at(who, (bar, table["part"].astype(np.int64)), 1.0)
    notes = (
        _SHARES["harmony"] * _cosine(np.sqrt(harmony))
        + _SHARES["bass"] * _cosine(np.sqrt(bass))
        + _SHARES["rhythm"] * _cosine(np.sqrt(rhythm))
    )
    return np.asarray((1 - who_share) * notes + who_share * _cosine(np.sqrt(who)), dtype=np.float64)


def _cosine(rows: FloatArray) -> FloatArray:
    size = np.linalg.norm(rows, axis=1)
    is_empty = size < 1e-9
    unit = rows / np.maximum(size, 1e-9)[:, None]
    found = np.clip(unit @ unit.T, 0.0, 1.0)
    found[np.ix_(is_empty, is_empty)] = 1.0
    return np.asarray(found, dtype=np.float64)


def find_sections(score: Score) -> tuple[FormSpan, ...]:
    """Return the sections of a score, from its first bar to its last.

    Parameters
    ----------
    score : Score
        Written section marks are not looked at.

    Returns
    -------
    tuple of FormSpan
        At least one.

    Examples
    --------
    >>> from motet.score import make_score
    >>> a = "C4+E4+G4:2 F4+A4+C5:2 G4+B4+D5:2 C4+E4+G4:2 " * 4
    >>> b = "A3:1 C#4:1 E4:1 C#4:1 D4:1 F#4:1 A4:1 F#4:1 " * 4
    >>> [(one.label, one.start_bar) for one in find_sections(make_score(a + b + a))]
    [('A', 0), ('B', 8), ('A', 16)]
    """
    alike = bar_similarity(score)
    n_bars = len(alike)
    if n_bars < 4:
        return (FormSpan(label="A", start_bar=0, end_bar=n_bars, strength=1.0),)
    novelty = _scaled(_checkerboard(bar_similarity(score, who_share=_WHO_SHARE), _WIDTH))
    novelty += _scaled(_lag_novelty(alike))
    has_pickup = score.bars[0].is_irregular and n_bars > 1
    starts = _choose(novelty, first=1 if has_pickup else 0)
    ends = [*starts[1:], n_bars]
    labels = _labels(alike, list(zip(starts, ends, strict=True)))
    top = max(float(novelty.max()), 1e-9)
    return tuple(
        FormSpan(
            label=label,
            start_bar=start if k else 0,
            end_bar=end,
            strength=min(1.0, max(0.0, float(novelty[start]) / top)) if k else 1.0,
        )
        for k, (label, start, end) in enumerate(zip(labels, starts, ends, strict=True))
    )


def _scaled(values: FloatArray) -> FloatArray:
    """Return values centred on their median, spread 1; constant ones become 0."""
    spread = float(values.std())
    if spread < 1e-9:
        return np.zeros_like(values)
    return np.asarray((values - np.median(values)) / spread, dtype=np.float64)


def _checkerboard(alike: FloatArray, width: int) -> FloatArray:
    """Return Foote's novelty: bars before and after alike among themselves, not with each other."""
    n = len(alike)
    sums = np.zeros((n + 1, n + 1))
    sums[1:, 1:] = alike.cumsum(axis=0).cumsum(axis=1)
    found = np.zeros(n)
    for k in range(1, n):
        a, b = max(0, k - width), min(n, k + width)
        before = _block(sums, a, k, a, k)
        after = _block(sums, k, b, k, b)
        across = _block(sums, a, k, k, b)
        trust = min(1.0, (k - a) / width, (b - k) / width) ** 0.5
        found[k] = ((before + after) / 2 - across) * trust
    return found


def _block(sums: FloatArray, a: int, b: int, c: int, d: int) -> float:
    """Return the mean of a block of the matrix behind cumulative sums."""
    total = sums[b, d] - sums[a, d] - sums[b, c] + sums[a, c]
    return float(total) / ((b - a) * (d - c))


def _lag_novelty(alike: FloatArray) -> FloatArray:
    """Return how clearly a repeated stretch begins or ends at each bar.

    For every lag, the bars before and after are compared with those a lag away: where one side is
    repeated and the other is not, a boundary lies between.
    """
    n = len(alike)
    found = np.zeros(n)
    width = 4
    top = float(np.quantile(alike[np.triu_indices(n, width)], 0.98)) if n > width + 1 else 1.0
    level = max(0.5 * (float(alike.mean()) + top), 1e-9)
    for lag in range(width, n - 1):
        line = np.diagonal(alike, offset=lag)
        sums = np.concatenate(([0.0], np.cumsum(line)))
        m = len(line)
        k = np.arange(0, m + 1)
        a, b = np.maximum(k - width, 0), np.minimum(k + width, m)
        with np.errstate(invalid="ignore", divide="ignore"):
            before = np.where(k > a, (sums[k] - sums[a]) / (k - a), level)
            after = np.where(b > k, (sums[b] - sums[k]) / (b - k), level)
        is_whole = (k - a == width) | (b - k == width)
        edge = np.where(is_whole & (np.maximum(before, after) > level), np.abs(after - before), 0.0)
        # The edge lies at bar k and, seen from the repeat, at bar k + lag.
        inner = (k > 0) & (k < n)
        np.maximum.at(found, k[inner], edge[inner])
        later = (k + lag > 0) & (k + lag < n)
        np.maximum.at(found, k[later] + lag, edge[later])
    return found


def _choose(novelty: FloatArray, *, first: int) -> list[int]:
    """Return the bars at which sections begin, by dynamic programming over their lengths."""
    n = len(novelty)
    best = np.full(n + 1, -np.inf)
    back = np.zeros(n + 1, dtype=np.int64)
    best[first] = 0.0
    for end in range(first + 2, n + 1):
        for start in range(max(first, end - _MAX_SECTION), end - 1):
            if not np.isfinite(best[start]):
                continue
            length = end - start
            gain = _LENGTH_BONUS.get(length, -0.3 if length % 4 == 0 else -0.6)
            if length < 4 and end < n and start > first:
                gain -= 0.8
            edge = float(novelty[end]) if end < n else 0.0
            value = best[start] + gain + edge - _BOUNDARY_COST
            if value > best[end]:
                best[end], back[end] = value, start
    starts: list[int] = []
    place = n
    while place > first:
        place = int(back[place])
        starts.append(place)
    return starts[::-1]


def _labels(alike: FloatArray, spans: list[tuple[int, int]]) -> list[str]:
    """Return a letter a section; a prime for each further variation of a letter."""
    found: list[str] = []
    kinds: list[tuple[str, int, int]] = []
    primes: dict[str, int] = {}
    for start, end in spans:
        scores = [(_span_likeness(alike, (start, end), (a, b)), name) for name, a, b in kinds]
        likeness, name = max(scores, default=(0.0, ""))
        if likeness >= _SAME:
            label = name
        elif likeness >= _VARIED:
            letter = name[0]
            primes[letter] = primes.get(letter, 0) + 1
            label = letter + "'" * min(3, primes[letter])
            kinds.append((label, start, end))
        else:
            letters = len({one[0][0] for one in kinds})
            label = chr(ord("A") + letters) if letters < 26 else "Z"
            kinds.append((label, start, end))
        found.append(label)
    return found


def _span_likeness(alike: FloatArray, one: tuple[int, int], two: tuple[int, int]) -> float:
    """Return how alike two sections are, bar by bar, against how alike bars are anyway."""
    length = min(one[1] - one[0], two[1] - two[0])
    longer = max(one[1] - one[0], two[1] - two[0])
    steps = np.arange(length)
    direct = float(alike[one[0] + steps, two[0] + steps].mean())
    return direct - 0.25 * (1 - length / longer)
