"""Does the judge hear what people would not write, and does choosing by it help?

Conventions: windows of eight bars of held-out people's pieces (split ``test``) against the same spoilt
(`motet.suite.corrupt`) and against a Markov chain over the same bars and chords; chord symbols and styles are
taken away first, so that notes alone tell. AUC: how often a window of people, drawn at random, is marked above a
spoilt one drawn at random; 0.5 is chance. Rivals: the band GAN's own critic (with the symbols), the
Transformer's likelihood of a note, how far figures lie from people's, and a logistic regression on those
figures, taught on the split ``valid`` and the kinds that the judge was taught too.

Offers `TABLE`, `measure_critic`, `write_critic`, `area`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.corpus.shards import open_shards
from motet.engine.bundle import Bundle, load_bundle
from motet.engine.foretell import logits
from motet.errors import BundleError
from motet.evaluate.people import EVERYONE, load_reference
from motet.evaluate.report import MEASURES, measure_score
from motet.phrases.judged import JudgedOptions, extract_judged
from motet.suite.best_of import N_CANDIDATES, measure_best
from motet.suite.chain import learn_chain
from motet.suite.corrupt import KINDS, UNSEEN, corrupt
from motet.suite.figures import known_mean, tell
from motet.suite.page import make_table
from motet.suite.rows import MARKOV
from motet.suite.table import Request, Table
from motet.suite.windows import pick_by_group
from motet.tasks.judge import JUDGE, rank_grids
from motet.tokens import GridScore, encode, grid_to_score
from motet.tokens.vocab import FAMILIES

__all__ = ["TABLE", "area", "measure_critic", "write_critic"]

FloatArray = npt.NDArray[np.float64]
_Judge = Callable[[Sequence[GridScore]], FloatArray]
N_BARS: Final = 8
N_WINDOWS: Final = 96
N_LIKELY: Final = 24
"""Windows that the Transformer reads; it is the slowest of the judges."""
N_REQUESTS: Final = 24
_CHAIN_PIECES: Final = 400
_GAN: Final = "gan-band"
_STEPS: Final = 400
_NAMES: Final = ("judge", "GAN's own critic", "likelihood", "figures", "regression")


def area(real: FloatArray, false: FloatArray) -> float:
    """Return how often a real one is marked above a false one; ties count half, nan not at all.

    Parameters
    ----------
    real, false : float64, shape (n,), (m,)

    Returns
    -------
    float, 0 to 1
        nan where either side is empty.

    Examples
    --------
    >>> area(np.array([1.0, 2.0]), np.array([0.0, 1.0, np.nan]))
    0.875
    """
    real, false = real[~np.isnan(real)], false[~np.isnan(false)]
    if not len(real) or not len(false):
        return math.nan
    apart = real[:, None] - false
    return float((apart > 0).mean() + 0.5 * (apart == 0).mean())


def measure_critic(request: Request) -> dict[str, Any]:
    """Return AUC by kind and judge, and the distances of the best of eight.

    Parameters
    ----------
    request : Request
        `n` is the number of windows.

    Returns
    -------
    dict

    Raises
    ------
    CorpusError, BundleError
        An input is missing.

    Examples
    --------
    >>> measure_critic(Request())
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: no built corpus was given; ...
    """
    folder = request.find_shards()
    rng = np.random.default_rng(request.seed)
    n = request.n or N_WINDOWS
    whole = [grid for grid in _pick(request, "test", n, rng) if _is_heard(grid)]
    chain = learn_chain(open_shards(folder, "train"), n_pieces=_CHAIN_PIECES, rng=rng)
    sets = {kind: [corrupt(grid, kind, rng) for grid in whole] for kind in KINDS}
    sets[MARKOV] = [chain.write(grid, rng) for grid in whole]
    known = _pick(request, "valid", n, rng)
    judges = _open_judges(load_bundle(request.bundle), known, rng)
    facts: dict[str, Any] = {"windows": len(whole), "seed": request.seed, "auc": {}}
    facts["unseen"] = [*sorted(UNSEEN), MARKOV]
    for name, judge in judges.items():
        request.say(f"  {name}")
        at = slice(N_LIKELY) if name == "likelihood" else slice(None)
        bare = name != _NAMES[1]
        people = judge(_bare(whole[at]) if bare else whole[at])
        facts["auc"][name] = {
            kind: area(people, judge(_bare(grids[at]) if bare else grids[at]))
            for kind, grids in sets.items()
        }
    n_asked = min(N_REQUESTS, request.n or N_REQUESTS)
    facts["best"] = measure_best(known, n=n_asked, seed=request.seed, say=request.say)
    facts["bundle"] = _tell_bundle(load_bundle(JUDGE))
    return facts


def _pick(request: Request, split: str, n: int, rng: np.random.Generator) -> list[GridScore]:
    shards = open_shards(request.find_shards(), split)
    return pick_by_group(shards, n=n, n_bars=N_BARS, rng=rng, per_piece=4)


def _is_heard(grid: GridScore) -> bool:
    return bool(extract_judged(grid, JudgedOptions()))


def _bare(grids: Sequence[GridScore]) -> list[GridScore]:
    """Return grids without chord symbols and style."""
    return [replace(grid, chords=grid.chords[:0], style=-1) for grid in grids]


def _open_judges(
    model: Bundle, known: Sequence[GridScore], rng: np.random.Generator
) -> dict[str, _Judge]:
    """Return whoever can judge here, by name."""
    found: dict[str, _Judge] = {_NAMES[0]: lambda grids: np.array(rank_grids(grids))}
    try:
        gan = load_bundle(_GAN)
        found[_NAMES[1]] = lambda grids: np.array(rank_grids(grids, bundle=gan))
    except BundleError:
        pass
    found[_NAMES[2]] = lambda grids: np.array([_likelihood(grid, model) for grid in grids])
    found[_NAMES[3]] = lambda grids: -np.abs(_away(grids)).mean(axis=1)
    taught = _learn(_bare(known), rng)
    found[_NAMES[4]] = lambda grids: _describe(grids) @ taught
    return found


def _likelihood(grid: GridScore, model: Bundle) -> float:
    """Return the mean log probability of the tokens that say notes."""
    ids = np.asarray(encode(grid))
    first = int(np.flatnonzero(ids == FAMILIES["NOTES"].start)[0])
    rows = logits(ids[:-1], bundle=model)[first:].astype(np.float64)
    rows -= rows.max(axis=1, keepdims=True)
    told = rows[np.arange(len(rows)), ids[first + 1 :]] - np.log(np.exp(rows).sum(axis=1))
    return float(told.mean())


def _away(grids: Sequence[GridScore]) -> FloatArray:
    """Return each figure as far from people's median, in their ranges; undefined ones as 0."""
    ranges = load_reference()["styles"][EVERYONE]["ranges"]
    rows = []
    for grid in grids:
        found = measure_score(grid_to_score(grid))
        row = [
            (found[name] - ranges[name][1]) / max(1e-6, ranges[name][2] - ranges[name][0])
            for name in MEASURES
        ]
        rows.append(np.clip(np.nan_to_num(row), -3, 3))
    return np.stack(rows)


def _describe(grids: Sequence[GridScore]) -> FloatArray:
    """Return the figures, their squares and a one."""
    away = _away(grids)
    return np.concatenate([away, away**2, np.ones((len(away), 1))], axis=1)


def _learn(grids: Sequence[GridScore], rng: np.random.Generator) -> FloatArray:
    """Return the weights of a logistic regression between people and the kinds that a judge is taught."""
    kinds = [kind for kind in KINDS if kind not in UNSEEN]
    spoilt = [corrupt(grid, kinds[at % len(kinds)], rng) for at, grid in enumerate(grids)]
    data = np.concatenate([_describe(grids), _describe(spoilt)])
    aim = np.repeat([1.0, 0.0], len(grids))
    weights = np.zeros(data.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(data @ weights, -30, 30)))
        hessian = (data * (p * (1 - p))[:, None]).T @ data + np.eye(len(weights))
        step = np.linalg.solve(hessian, data.T @ (aim - p) - weights)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def _tell_bundle(bundle: Bundle) -> dict[str, Any]:
    """Return how long the judge learned, where, and how large it is."""
    recipe = bundle.contract.get("recipe", {})
    return {
        "weights": bundle.contract.get("n_parameters"),
        "steps": recipe.get("steps"),
        "minutes": recipe.get("minutes"),
        "machine": recipe.get("machine"),
    }


def write_critic(facts: dict[str, Any]) -> str:
    """Return the tables as Markdown.

    Parameters
    ----------
    facts : dict
        Of `measure_critic`.

    Examples
    --------
    >>> row = {"pitches moved": 0.9, "upside down": 0.7}
    >>> facts = {"windows": 9, "seed": 0, "auc": {"judge": row}, "unseen": ["upside down"], "best": {},
    ...          "bundle": {}}
    >>> print(write_critic(facts).splitlines()[2])
    | pitches moved | 0.900 |
    """
    judges = list(facts["auc"])
    kinds = list(next(iter(facts["auc"].values())))
    unseen = set(facts["unseen"])
    rows = [
        [
            f"{kind}{' *' if kind in unseen else ''}",
            *(tell(facts["auc"][one][kind]) for one in judges),
        ]
        for kind in kinds
    ]
    for name, chosen in (
        ("mean, kinds taught", [kind for kind in kinds if kind not in unseen]),
        ("mean, kinds not taught *", [kind for kind in kinds if kind in unseen]),
    ):
        rows.append(
            [name, *(tell(known_mean([facts["auc"][one][k] for k in chosen])) for one in judges)]
        )
    text = make_table(["AUC, people against", *judges], rows)
    text += (
        f"\n\n{facts['windows']} windows of {N_BARS} bars of held-out pieces, seed {facts['seed']}; 0.5 is "
        "chance. Notes alone, without chord symbols and style, but for the GAN's own critic. * The judge "
        f"was not taught this kind. Likelihood: {N_LIKELY} windows.{_tell_learning(facts['bundle'])}"
    )
    return text + _write_best(facts["best"])


def _tell_learning(told: dict[str, Any]) -> str:
    if not told.get("minutes"):
        return ""
    return (
        f" The judge: {told['weights'] / 1e6:.2f} million weights, {told['steps']} steps, "
        f"{told['minutes']:.0f} minutes on {told['machine']}."
    )


def _write_best(best: dict[str, Any]) -> str:
    """Return the table of the best of eight."""
    if not best:
        return ""
    rows = [
        [
            name,
            "1.00",
            tell(one["share"]["figures"]),
            tell(one["share"]["judge"]),
            tell(one["spread"]),
            str(one["n"]),
        ]
        for name, one in best.items()
    ]
    head = ["distance, best of eight", "random", "by figures", "by the judge", "spread", "requests"]
    return (
        f"\n\n{make_table(head, rows)}\n\nMean of the distances from other people's music, as a share of "
        f"that of one of {N_CANDIDATES} candidates drawn at random; below 1 is nearer. Spread: standard "
        "deviation over random draws. By figures: `motet.tasks.rank`, as compose and generate choose."
    )


TABLE: Final = Table(
    name="critic",
    title=("The judge", "评判网络"),
    needs=frozenset({"shards", "bundle"}),
    measure=measure_critic,
    write=write_critic,
)
