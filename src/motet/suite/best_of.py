"""Best of eight: does choosing among candidates bring a model's music nearer to people's?

Conventions: a writer makes eight candidates of each of a few requests; of them one is taken, at random, by
the figures that `motet.tasks.rank` goes by, or by a judge. Distances are those of `motet.suite.distance`
from other people's music, each as a share of what choosing at random gives; below 1 is nearer.

Offers `measure_best`, `WRITERS`, `N_CANDIDATES`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from motet.brief import brief_from_dict
from motet.engine.bundle import Bundle, load_bundle
from motet.engine.generate import find_driver
from motet.engine.generate import generate as write_phrases
from motet.engine.phrase_ask import PHRASE_PARTS, PhraseAsk
from motet.errors import BundleError, MotetError
from motet.phrases.roles import find_roles
from motet.suite.distance import FIGURES, Sample, compare_samples
from motet.suite.figures import known_mean
from motet.tasks.compose import compose
from motet.tasks.composition import Composition
from motet.tasks.judge import rank_grids
from motet.tasks.plan import TaskPlan, plan_brief
from motet.tasks.rank import rank_candidates
from motet.tokens import GridScore, score_to_grid
from motet.tokens.grid import keep_parts

__all__ = ["N_CANDIDATES", "WRITERS", "measure_best"]

N_CANDIDATES: Final = 8
WRITERS: Final[dict[str, str]] = {
    "Transformer (compose)": "small",
    "GAN": "gan-band",
    "RNN": "rnn-melody",
}
"""Who writes, and with which bundle."""
_STYLES: Final = ("hymn", "folk", "ballad", "pop", "march", "waltz", "bossa", "jazz")
_USUAL: Final = {
    "melody": "violin:melody", "chords": "piano:comping", "bass": "acoustic_bass:bass",
    "strings": "strings:strings", "drums": "drums",
}  # fmt: skip
_BARS: Final = 8
_DRAWS: Final = 32
_Say = Callable[[str], None]


def measure_best(people: Sequence[GridScore], *, n: int, seed: int, say: _Say) -> dict[str, Any]:
    """Return for each writer how far from people its music is, by who chose.

    Parameters
    ----------
    people : sequence of GridScore
        People's music; a writer of melodies alone is held against their melodies alone.
    n : int
        Requests of each writer; of a Transformer a quarter.
    seed : int
    say : callable

    Returns
    -------
    dict
        Writer to ``n``, ``seconds`` and the mean distance when chosen at ``random``, by ``figures``, by
        the ``judge``, and of ``all`` figures one by one; a writer that is not installed is left out.

    Examples
    --------
    >>> measure_best([], n=0, seed=0, say=print)
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
            one
            for turn in range(_times(model, n))
            if len(one := _write(model, turn, seed, say)) == N_CANDIDATES
        ]
        if sets:
            found[name] = _compare(sets, _people_of(model, people), seed)
    return found


def _people_of(model: Bundle, people: Sequence[GridScore]) -> Sample:
    """Return what a writer's music is held against: all parts, or the melodies."""
    if model.interface == "tokens" or _parts(model) != ("melody",):
        return Sample.read(people)
    lines = [(grid, find_roles(grid)["melody"][:1]) for grid in people]
    return Sample.read([keep_parts(grid, line) for grid, line in lines if line])


def _times(model: Bundle, n: int) -> int:
    """Return how many requests a writer gets: a Transformer, far slower, a quarter."""
    return max(1, n // 4) if model.interface == "tokens" else n


def _write(model: Bundle, turn: int, seed: int, say: _Say) -> list[tuple[GridScore, float]]:
    """Return candidates of a request, each with what its figures come to."""
    style = _STYLES[turn % len(_STYLES)]
    first = 1000 * seed + N_CANDIDATES * turn
    try:
        plan = _plan(model, style, first)
        if model.interface == "tokens":
            grids = [
                score_to_grid(_compose(model, style, first + k).score).grid
                for k in range(N_CANDIDATES)
            ]
        else:
            ask = PhraseAsk(
                grid=plan.grid, parts=_parts(model), n=N_CANDIDATES, seed=first, scale=True
            )
            grids = write_phrases(model, ask)
    except MotetError as error:
        say(f"  {model.name}, {style}: {error.en}")
        return []
    figures = rank_candidates(grids, [0.0] * len(grids), plan.open_cells, plan.cast)[1]
    return [(grid, one.total) for grid, one in zip(grids, figures, strict=True)]


def _parts(model: Bundle) -> tuple[str, ...]:
    """Return what a bundle of phrases writes."""
    return tuple(find_driver(model).parts(model))


def _plan(model: Bundle, style: str, seed: int) -> TaskPlan:
    """Return the frame in which a request is written."""
    asked: dict[str, Any] = {"style": style, "bars": _BARS, "ground": "model", "seed": seed}
    if model.interface == "tokens":
        return plan_brief(brief_from_dict(asked))
    names = _parts(model)
    plan = plan_brief(brief_from_dict({**asked, "parts": [_USUAL[name] for name in names]}))
    parts = [
        replace(part, role=PHRASE_PARTS[name][0])
        for part, name in zip(plan.grid.parts, names, strict=True)
    ]
    return replace(plan, grid=replace(plan.grid, parts=tuple(parts)))


def _compose(model: Bundle, style: str, seed: int) -> Composition:
    return compose(
        style=style, bars=_BARS, ground="model", seed=seed, humanise=0, candidates=1, bundle=model
    )


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
