"""Ranking candidates: how likely the model finds them, and whether they are music.

Conventions: every figure is 0 to 1, 1 is best; the total is a weighted mean in which the likelihood
(per token, against the other candidates of the same cells) is one voice among several, because a model
that was trained for a short time likes what is dull. Figures look at the open cells, given notes count
as company. Weights and targets are our own: targets from what human melodies do (mean step 2 to 3
semitones, one interval in ten wider than a fourth).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from motet.tasks.cast import PartPlan
from motet.tokens import GridScore, chord_pcs

__all__ = ["WEIGHTS", "Figures", "judge_cells", "rank_candidates"]

WEIGHTS: dict[str, float] = {
    "likelihood": 2.0, "consonance": 2.0, "chord_fit": 1.5, "leaps": 1.5, "repetition": 2.0,
    "rhythm": 2.5, "beats": 1.5, "register": 1.0, "density": 1.0, "echo": 1.5, "fullness": 3.0,
}  # fmt: skip
"""How much each figure counts."""

_CONSONANT = np.isin(np.arange(12), (0, 3, 4, 5, 7, 8, 9))
_MEMORY_BARS = 8
_LEAST_BARS = 3
_KNOWN = (0.3, 0.6)  # share of bars whose rhythm was heard before; people's songs: 0.59
_MOST_ALIKE = 0.4  # share of the commonest rhythm from which a tune is dull
_LOWEST_LIKELIHOOD = 0.5  # nats a token below the best: as unlikely as counts
_NO_MODELS: Mapping[tuple[int, int], int] = {}
Cells = Collection[tuple[int, int]]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a candidate is like; each figure 0 to 1."""

    likelihood: float = 1.0
    consonance: float = 1.0
    chord_fit: float = 1.0
    leaps: float = 1.0
    repetition: float = 1.0
    rhythm: float = 1.0
    beats: float = 1.0
    register: float = 1.0
    density: float = 1.0
    echo: float = 1.0
    fullness: float = 1.0

    @property
    def total(self) -> float:
        """The weighted mean."""
        told = sum(weight * float(getattr(self, name)) for name, weight in WEIGHTS.items())
        return told / sum(WEIGHTS.values())

    def facts(self) -> dict[str, float]:
        """Return the figures and their total, rounded."""
        told = {name: round(float(getattr(self, name)), 3) for name in WEIGHTS}
        return {**told, "total": round(self.total, 3)}


def rank_candidates(
    grids: Sequence[GridScore],
    logps: Sequence[float],
    open_cells: Cells,
    plans: Sequence[PartPlan],
    *,
    models: Mapping[tuple[int, int], int] = _NO_MODELS,
) -> tuple[list[int], list[Figures]]:
    """Return the candidates from best to worst, and the figures of each.

    Parameters
    ----------
    grids : sequence of GridScore
    logps : sequence of float, nats a token
        Mean log probability of each candidate.
    open_cells : collection of (bar, part)
    plans : sequence of PartPlan
    models : mapping of (bar, part) to bar
        Bars whose contour cells should resemble.

    Returns
    -------
    list of int, list of Figures
        Order as indices; figures in the order given.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.cast import choose_cast
    >>> from motet.brief import Brief
    >>> from motet.tokens import score_to_grid
    >>> texts = ("C4:1 D4:1 E4:1 G4:1", "C4:0.25 F#6:1.25 C4:1.5 C#6:1")
    >>> grids = [score_to_grid(make_score(text, fifths=0)).grid for text in texts]
    >>> rank_candidates(grids, [-2, -2], [(0, 0)], choose_cast(Brief(parts="piano")))[0]
    [0, 1]
    """
    best = max(logps, default=0.0)
    figures = [
        judge_cells(grid, open_cells, plans, likelihood=_likelihood(logp - best), models=models)
        for grid, logp in zip(grids, logps, strict=True)
    ]
    order = sorted(range(len(grids)), key=lambda k: (-figures[k].total, k))
    return order, figures


def _likelihood(below: float) -> float:
    return float(np.clip(1 + below / _LOWEST_LIKELIHOOD, 0.0, 1.0))


def judge_cells(
    grid: GridScore,
    open_cells: Cells,
    plans: Sequence[PartPlan],
    *,
    likelihood: float = 1.0,
    models: Mapping[tuple[int, int], int] = _NO_MODELS,
) -> Figures:
    """Return the figures of the notes in some cells.

    Parameters
    ----------
    grid : GridScore
    open_cells : collection of (bar, part)
    plans : sequence of PartPlan
    likelihood : float, 0 to 1

    Returns
    -------
    Figures
        A figure that nothing speaks to is 1.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.cast import choose_cast
    >>> from motet.brief import Brief
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:1 C4:1 C4:1 C4:1", fifths=0)).grid
    >>> judge_cells(grid, [(0, 0)], choose_cast(Brief(parts="piano"))).repetition
    0.0
    """
    notes = grid.notes
    is_open = np.array(
        [(int(bar), int(part)) in open_cells for bar, part in zip(notes["bar"], notes["part"])],
        dtype=bool,
    )
    if not is_open.any():
        return Figures(likelihood=likelihood)
    drums = np.array([part.is_drums for part in grid.parts], dtype=bool)
    pitched = ~drums[notes["part"]]
    start = grid.bar_starts[notes["bar"]] + notes["pos"]
    lines = [k for k, plan in enumerate(plans) if plan.polyphony == 1 and not plan.is_drums]
    steps = [_steps(grid, start, is_open, k) for k in lines]
    moves = np.concatenate(steps) if steps else np.zeros(0, np.int64)
    return Figures(
        likelihood=likelihood,
        consonance=_consonance(grid, start, is_open, pitched),
        chord_fit=_chord_fit(grid, is_open & pitched),
        leaps=_leaps(moves),
        repetition=_repetition(moves),
        rhythm=_rhythm(grid, open_cells),
        beats=_beats(grid, is_open & pitched),
        register=_register(grid, start, is_open, plans),
        density=_density(grid, open_cells, plans),
        echo=_echo(grid, models),
        fullness=_fullness(grid, open_cells, plans),
    )


def _steps(grid: GridScore, start: IntArray, is_open: npt.NDArray[np.bool_], part: int) -> IntArray:
    """Return the intervals of a line that lead to or from a note of an open cell."""
    mine = np.flatnonzero(grid.notes["part"] == part)
    mine = mine[np.argsort(start[mine], kind="stable")]
    pitch = grid.notes["pitch"][mine].astype(np.int64)
    open_ = is_open[mine]
    return np.diff(pitch)[open_[1:] | open_[:-1]]


def _consonance(
    grid: GridScore,
    start: IntArray,
    is_open: npt.NDArray[np.bool_],
    pitched: npt.NDArray[np.bool_],
) -> float:
    """Return the share of sound together with open notes that is consonant, 0.5 counted as 0."""
    rows = np.flatnonzero(pitched)
    rows = rows[np.argsort(start[rows], kind="stable")]
    begin, pitch, mine = start[rows], grid.notes["pitch"][rows].astype(np.int64), is_open[rows]
    end = begin + grid.notes["dur"][rows]
    total = good = 0.0
    for lag in range(1, len(rows)):
        overlap = np.minimum(end[:-lag], end[lag:]) - begin[lag:]
        if lag > 48 or not (end[:-lag] > begin[lag:]).any():
            break
        pairs = (overlap > 0) & (mine[:-lag] | mine[lag:])
        time = overlap[pairs]
        total += float(time.sum())
        good += float(time[_CONSONANT[np.abs(pitch[lag:] - pitch[:-lag])[pairs] % 12]].sum())
    return float(np.clip((good / total - 0.5) / 0.4, 0.0, 1.0)) if total else 1.0


def _chord_fit(grid: GridScore, mine: npt.NDArray[np.bool_]) -> float:
    """Return the share of open sound that belongs to its chord; two thirds are enough."""
    if not len(grid.chords):
        return 1.0
    starts = grid.bar_starts
    ticks = starts[grid.chords["bar"]] + grid.chords["pos"]
    notes = grid.notes[mine]
    at = np.searchsorted(ticks, starts[notes["bar"]] + notes["pos"], side="right") - 1
    total = good = 0.0
    for row, k in zip(notes, at, strict=True):
        value = int(grid.chords["chord"][k]) if k >= 0 else -1
        if value >= 0:
            total += float(row["dur"])
            good += float(row["dur"]) * (int(row["pitch"]) % 12 in chord_pcs(value))
    return min(1.0, good / total / 0.67) if total else 1.0


def _leaps(moves: IntArray) -> float:
    """Return how singable the steps are: mean 2.2 to 3.2 semitones, few leaps wider than a fifth."""
    if not len(moves):
        return 1.0
    size = np.minimum(np.abs(moves), 24)
    mean = float(size.mean())
    calm = np.clip(1 - max(0.0, mean - 3.2, 2.2 - mean) / 6.0, 0.0, 1.0)
    wide = np.clip(1 - (float((size > 7).mean()) - 0.05) / 0.6, 0.0, 1.0)
    return float(calm * wide)


def _repetition(moves: IntArray) -> float:
    """Return 1 while at most an eighth of the steps repeat the note, 0 when half do."""
    if not len(moves):
        return 1.0
    return float(np.clip(1 - (float((moves == 0).mean()) - 0.125) / 0.375, 0.0, 1.0))


def _rhythm(grid: GridScore, open_cells: Cells) -> float:
    """Return how coherent the rhythm is: some bars are like one of those before, others are not."""
    shares = []
    for part in sorted({part for _, part in open_cells}):
        mine = sorted(bar for bar, k in open_cells if k == part)
        heard: list[tuple[int, ...]] = []
        n_known = 0
        for bar in range(max(0, mine[0] - _MEMORY_BARS), mine[-1] + 1):
            places = tuple(np.unique(grid.cell(bar, part)["pos"]).tolist())
            if places:
                n_known += places in heard
                heard.append(places)
        if len(heard) >= _LEAST_BARS:
            known = n_known / (len(heard) - 1)
            most = max(heard.count(places) for places in set(heard)) / len(heard)
            unity = min(1.0, known / _KNOWN[0])
            dull = max(0.0, known - _KNOWN[1]) + max(0.0, most - _MOST_ALIKE)
            shares.append(unity * float(np.clip(1 - 1.5 * dull, 0.2, 1.0)))
    return float(np.mean(shares)) if shares else 1.0


def _beats(grid: GridScore, mine: npt.NDArray[np.bool_]) -> float:
    """Return the share of onsets on plain places: beats, halves and quarters of them, triplets."""
    pos = grid.notes["pos"][mine]
    if not len(pos):
        return 1.0
    weight = np.where(pos % 24 == 0, 1.0, np.where(pos % 12 == 0, 0.95, 0.0))
    weight = np.where((weight == 0) & (pos % 6 == 0), 0.7, weight)
    weight = np.where((weight == 0) & (pos % 8 == 0), 0.6, weight)
    return float(np.clip((weight.mean() - 0.4) / 0.5, 0.0, 1.0))


def _register(
    grid: GridScore,
    start: IntArray,
    is_open: npt.NDArray[np.bool_],
    plans: Sequence[PartPlan],
) -> float:
    """Return the share of melody notes that stay above the bass, and of bass notes below the melody."""
    upper = [k for k, plan in enumerate(plans) if plan.role in ("melody", "solo", "counter")]
    lower = [k for k, plan in enumerate(plans) if plan.role == "bass"]
    if not upper or not lower:
        return 1.0
    notes = grid.notes
    bass = np.flatnonzero(np.isin(notes["part"], lower))
    tune = np.flatnonzero(np.isin(notes["part"], upper))
    bass = bass[np.argsort(start[bass], kind="stable")]
    crossed = total = 0
    for row in tune:
        k = int(np.searchsorted(start[bass], start[row], side="right")) - 1
        if k >= 0 and (is_open[row] or is_open[bass[k]]):
            total += 1
            crossed += int(notes["pitch"][row]) <= int(notes["pitch"][bass[k]])
    return 1 - crossed / total if total else 1.0


def _density(grid: GridScore, open_cells: Cells, plans: Sequence[PartPlan]) -> float:
    """Return how near the parts come to the middle of their densities."""
    scores = []
    for k, plan in enumerate(plans):
        bars = [bar for bar, part in open_cells if part == k and bar not in plan.rests]
        if plan.density is None or not bars:
            continue
        onsets = sum(len(np.unique(grid.cell(bar, k)["pos"])) for bar in bars)
        length = sum(int(grid.bars["length"][bar]) for bar in bars) / 24
        low, high = plan.density
        middle = (low * high) ** 0.5
        reach = np.log(high / low) / 2 + 0.3
        ratio = abs(np.log(max(onsets / length, 0.01) / middle))
        scores.append(float(np.clip(1.25 - ratio / reach, 0.0, 1.0)))
    return float(np.mean(scores)) if scores else 1.0


def _echo(grid: GridScore, models: Mapping[tuple[int, int], int]) -> float:
    """Return how much the lines of cells move as those of the bars they take up do."""
    found = []
    for (bar, part), model in models.items():
        own, other = grid.cell(bar, part), grid.cell(model, part)
        mine = dict(zip(own["pos"].tolist(), own["pitch"].tolist(), strict=True))
        theirs = dict(zip(other["pos"].tolist(), other["pitch"].tolist(), strict=True))
        shared = sorted(mine.keys() & theirs.keys())
        if len(shared) > 1:
            moves = [np.diff([line[pos] for pos in shared]) for line in (mine, theirs)]
            apart = np.minimum(np.abs(moves[0] - moves[1]), 6)
            same_way = np.sign(moves[0]) == np.sign(moves[1])
            found.append(float(np.mean((1 - apart / 6) * (0.5 + 0.5 * same_way))))
    return float(np.mean(found)) if found else 1.0


def _fullness(grid: GridScore, open_cells: Cells, plans: Sequence[PartPlan]) -> float:
    """Return how much of their bars tunes fill with sound, above all the first beat."""
    found = []
    starts = grid.bar_starts
    for bar, part in open_cells:
        if plans[part].role in ("melody", "solo") and bar not in plans[part].rests:
            near = grid.notes[(grid.notes["part"] == part) & (grid.notes["bar"] <= bar)]
            begin = starts[near["bar"]] + near["pos"] - starts[bar]
            sounding = np.zeros(int(grid.bars["length"][bar]), dtype=np.bool_)
            for pos, end in zip(begin.tolist(), (begin + near["dur"]).tolist(), strict=True):
                sounding[max(0, pos) : max(0, end)] = True
            share = min(1.0, float(sounding.mean()) / 0.9)
            found.append(share * (1.0 if sounding[0] else 0.4))
    return float(np.mean(found)) if found else 1.0
