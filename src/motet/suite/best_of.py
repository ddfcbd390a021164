"""Best of eight: does choosing among candidates bring a model's music nearer to people's?

Conventions: a writer makes eight candidates of each of a few requests; of them one is taken, at random, by
the figures that `motet.tasks.rank` goes by, or by a judge. Distances are those of `motet.suite.distance`
from other people's music, each as a share of what choosing at random gives; below 1 is nearer.

Offers `measure_best`, `WRITERS`, `N_CANDIDATES`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from motet.engine.bundle import Bundle, load_bundle
from motet.errors import BundleError, MotetError
from motet.suite.distance import FIGURES, Sample, compare_samples
from motet.suite.figures import known_mean
from motet.tasks.compose import compose
from motet.tasks.composition import Composition
from motet.tasks.generate import generate
from motet.tasks.judge import rank_grids
from motet.tasks.plan import plan_brief
from motet.tasks.rank import rank_candidates
from motet.tokens import GridScore, score_to_grid

__all__ = ["N_CANDIDATES", "WRITERS", "measure_best"]

N_CANDIDATES: Final = 8
WRITERS: Final[dict[str, str]] = {
    "Transformer (compose)": "small",
    "GAN": "gan-band",
    "RNN": "rnn-melody",
}
"""Who writes, and with which bundle."""
_STYLES: Final = ("hymn", "folk", "ballad", "pop", "march", "waltz", "bossa", "jazz")
_BARS: Final = 8
_DRAWS: Final = 32
_Say = Callable[[str], None]


def measure_best(reference: Sample, *, n: int, seed: int, say: _Say) -> dict[str, Any]:
    """Return for each writer how far from people its music is, by who chose.

    Parameters
    ----------
    reference : Sample
        People's music.
    n : int
        Requests of each writer.
    seed : int
    say : callable

    Returns
    -------
    dict
        Writer to ``n``, ``seconds`` and the mean distance when chosen at ``random``, by ``figures``, by
        the ``judge``, and of ``all`` figures one by one; a writer that is not installed is left out.

    Examples
    --------
    >>> measure_best(Sample.read([]), n=0, seed=0, say=print)
    {}
    """
    found: dict[str, Any] = {}
    for name, bundle in WRITERS.items() if n else ():
        try:
            model = load_bundle(bundle)
        except BundleError:
            say(f"  {name}: no bundle {bundle}")
            continue
        say(f"  best of {N_CANDIDATES}, {name}")
        sets = [
            one for turn in range(n) if len(one := _write(model, turn, seed, say)) == N_CANDIDATES
        ]
        if sets:
            found[name] = _compare(sets, reference, seed)
    return found


def _write(model: Bundle, turn: int, seed: int, say: _Say) -> list[tuple[GridScore, float]]:
    """Return candidates of a request, each with what its figures come to."""
    style = _STYLES[turn % len(_STYLES)]
    rows = []
    for k in range(N_CANDIDATES):
        try:
            piece = _ask(model, style, 1000 * seed + N_CANDIDATES * turn + k)
        except MotetError as error:
            say(f"  {model.name}, {style}: {error.en}")
            return []
        grid = score_to_grid(piece.score).grid
        plan = plan_brief(piece.brief)
        figures = rank_candidates([grid], [0.0], plan.open_cells, plan.cast)[1][0]
        rows.append((grid, figures.total))
    return rows


def _ask(model: Bundle, style: str, seed: int) -> Composition:
    if model.interface == "tokens":
        return compose(
            style=style,
            bars=_BARS,
            ground="model",
            seed=seed,
            humanise=0,
            candidates=1,
            bundle=model,
        )
    return generate(model, bars=_BARS, style=style, seed=seed)


def _compare(
    sets: Sequence[Sequence[tuple[GridScore, float]]], reference: Sample, seed: int
) -> dict[str, Any]:
    """Return the distances by who chose."""
    rng = np.random.default_rng(seed)
    marks = [np.nan_to_num(rank_grids([grid for grid, _ in one]), nan=-np.inf) for one in sets]
    by_judge = [int(np.argmax(one)) for one in marks]
    by_figures = [int(np.argmax([total for _, total in one])) for one in sets]
    drawn = [rng.integers(0, N_CANDIDATES, len(sets)).tolist() for _ in range(_DRAWS)]

    def away(chosen: Sequence[int]) -> dict[str, float]:
        grids = [one[k][0] for one, k in zip(sets, chosen, strict=True)]
        found = compare_samples(Sample.read(grids), reference)
        return {figure: found[figure] for figure in FIGURES}

    told = {"judge": away(by_judge), "figures": away(by_figures)}
    draws = [away(one) for one in drawn]
    told["random"] = {figure: known_mean([one[figure] for one in draws]) for figure in FIGURES}
    base = told["random"]
    means = {
        who: known_mean([one[figure] / base[figure] for figure in FIGURES if base[figure] > 0])
        for who, one in told.items()
    }
    spread = [
        known_mean([one[figure] / base[figure] for figure in FIGURES if base[figure] > 0])
        for one in draws
    ]
    return {
        "n": len(sets),
        "distance": told,
        "share": means,
        "spread": float(np.std(spread)),
        "gain": float(np.mean([one[k] - one.mean() for one, k in zip(marks, by_judge)])),
    }
