"""What is measured of a phrase autoencoder: giving back, drawing, ways, amounts and sliders.

Conventions: held-out phrases are of the test split, drawn by the weights that balance styles; a share of
steps counts every sixteenth of every voice, held ones and rests too.

Offers `Phrases`, `draw_phrases`, `measure_back`, `measure_drawn`, `measure_ways`, `measure_amounts`,
`measure_slides`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.corpus.shards import Shards
from motet.engine.latent import LatentModel, Points, blend_points, draw_points
from motet.phrases.sliders import SLIDERS, measure_sliders
from motet.phrases.step_codec import BAR_STEPS
from motet.phrases.steps import extract
from motet.suite.step_chain import StepChain
from motet.tasks.phrase.path import blend_notes, measure_path, step_distance

__all__ = [
    "Phrases",
    "draw_phrases",
    "measure_amounts",
    "measure_back",
    "measure_drawn",
    "measure_slides",
    "measure_ways",
]

Tokens = npt.NDArray[np.int64]
STEPS: Final = 7


@dataclass(frozen=True, eq=False)
class Phrases:
    """Phrases of people.

    Parameters
    ----------
    tokens : int64, shape (n, bars, 16, voices)
    n_steps : int64, shape (n,)

    Examples
    --------
    >>> len(Phrases(np.zeros((2, 1, 16, 1), int), np.array([16, 12])).tokens)
    2
    """

    tokens: Tokens
    n_steps: npt.NDArray[np.int64]


def draw_phrases(
    shards: Shards, model: LatentModel, n: int, rng: np.random.Generator, *, pieces: int = 250
) -> Phrases:
    """Return phrases of a split, about one of three from the same piece.

    Parameters
    ----------
    shards : Shards
    model : LatentModel
        Whose kind of phrase.
    n : int
        How many at most.
    rng : numpy.random.Generator
    pieces : int
        How many are looked at at most.

    Returns
    -------
    Phrases

    Examples
    --------
    >>> draw_phrases.__name__
    'draw_phrases'
    """
    weights = shards.draw_weights()
    usable = np.flatnonzero(weights > 0)
    order = rng.choice(
        usable, min(pieces, len(usable)), replace=False, p=weights[usable] / weights[usable].sum()
    )
    found: list[dict[str, npt.NDArray[Any]]] = []
    for index in order:
        mine = extract(shards[int(index)], model.options)
        keep = rng.permutation(len(mine))[: max(3, n // 40)]
        found += [mine[k] for k in keep]
        if len(found) >= 3 * n:
            break
    if not found:
        empty = np.zeros((0, model.options.bars, BAR_STEPS, len(model.voices)), np.int64)
        return Phrases(empty, np.zeros(0, np.int64))
    keep = rng.permutation(len(found))[:n]
    return Phrases(
        np.stack([found[k]["tokens"] for k in keep]).astype(np.int64),
        np.array([found[k]["n_steps"] for k in keep]).astype(np.int64),
    )


def measure_back(model: LatentModel, people: Phrases, chain: StepChain) -> dict[str, Any]:
    """Return how phrases come back from a point drawn from their posterior, voice by voice.

    Parameters
    ----------
    model : LatentModel
    people : Phrases
    chain : StepChain
        The rival.

    Returns
    -------
    dict
        ``forced``, ``sampled`` (temperature 1), ``likeliest`` and ``chain`` by voice; ``nats``, ``kl``
        and ``elbo`` a phrase.

    Examples
    --------
    >>> measure_back.__name__
    'measure_back'
    """
    mean, spread = model.encode(people.tokens, people.n_steps)
    z = mean + spread * draw_points(len(mean), model.n_latent, seed=11)
    nats, forced = model.foretell(z, people.tokens, people.n_steps)
    sampled = model.decode(z, people.n_steps, temperature=1.0, seed=12).tokens
    likeliest = model.decode(z, people.n_steps).tokens
    real = np.arange(BAR_STEPS)[None, None] < people.n_steps[:, None, None]
    real = np.broadcast_to(real, people.tokens.shape[:3])
    kl = 0.5 * (mean**2 + spread**2 - 1 - 2 * np.log(spread)).sum(-1)
    of_chain = chain.foretell(people.tokens, people.n_steps)
    voices = {}
    for k, voice in enumerate(model.voices):
        voices[voice.role] = {
            "forced": float(forced[..., k][real].mean()),
            "sampled": float((sampled == people.tokens)[..., k][real].mean()),
            "likeliest": float((likeliest == people.tokens)[..., k][real].mean()),
            "chain": float(of_chain[k]),
        }
    return {
        "n": len(mean),
        "voices": voices,
        "nats": float(nats.mean()),
        "kl": float(kl.mean()),
        "elbo": -float(nats.mean() + kl.mean()),
    }


def measure_drawn(model: LatentModel, people: Phrases, chain: StepChain, n: int) -> dict[str, Any]:
    """Return how far the sliders of what is drawn lie from people's, in standard deviations.

    Parameters
    ----------
    model : LatentModel
    people : Phrases
    chain : StepChain
    n : int
        How many are drawn.

    Returns
    -------
    dict
        By row the mean over sliders of the earth mover's distance; ``half`` compares people's phrases
        among themselves.

    Examples
    --------
    >>> measure_drawn.__name__
    'measure_drawn'
    """
    content, bars = model.options.content, model.options.bars
    four = people.n_steps == BAR_STEPS
    theirs = measure_sliders(people.tokens[four], people.n_steps[four], content)
    n = min(n, 4 * max(1, len(theirs)))
    sixteen = np.full(n, BAR_STEPS)
    z = draw_points(n, model.n_latent, seed=21)
    drawn = model.decode(z, sixteen, temperature=1.0, seed=22).tokens
    chained = chain.write(n, bars, np.random.default_rng(23))
    return {
        "model": _distance(theirs, measure_sliders(drawn, sixteen, content)),
        "chain": _distance(theirs, measure_sliders(chained, sixteen, content)),
        "half": _distance(theirs[::2], theirs[1::2]),
    }


def _distance(a: npt.NDArray[np.float32], b: npt.NDArray[np.float32]) -> float:
    """Return the mean over columns of the earth mover's distance of two samples."""
    at = np.linspace(0, 1, 101)
    return float(np.abs(np.quantile(a, at, axis=0) - np.quantile(b, at, axis=0)).mean())


def measure_ways(model: LatentModel, people: Phrases, chain: StepChain, n: int) -> dict[str, Any]:
    """Return the figures of plain great circles between pairs of phrases, and of mixing their notes.

    Parameters
    ----------
    model : LatentModel
    people : Phrases
    chain : StepChain
        Is asked how surprising each step is.
    n : int
        Pairs.

    Returns
    -------
    dict
        ``way`` and ``mixed``: means over pairs, a figure a step.

    Examples
    --------
    >>> measure_ways.__name__
    'measure_ways'
    """
    four = np.flatnonzero(people.n_steps == BAR_STEPS)
    n = min(n, len(four) // 2)
    first, last = people.tokens[four[:n]], people.tokens[four[n : 2 * n]]
    steps = np.full(n, BAR_STEPS)
    points = [model.encode(one, steps)[0] for one in (first, last)]
    rng = np.random.default_rng(31)
    shares = np.linspace(0, 1, STEPS)
    way = [model.decode(blend_points(points[0], points[1], float(s)), steps).tokens for s in shares]
    mixed = [blend_notes(first, last, float(s), rng) for s in shares]
    content = model.options.content
    return {
        "pairs": n,
        "way": _way_figures(way, steps, content, chain),
        "ends": chain.surprise(np.concatenate((first, last)), np.concatenate((steps, steps))),
        "mixed": _way_figures(mixed, steps, content, chain),
    }


def _way_figures(
    way: list[Tokens], steps: npt.NDArray[np.int64], content: str, chain: StepChain
) -> dict[str, Any]:
    """Return a figure a step, and how even the way is, pair by pair."""
    whole = measure_path(way, steps, content)
    leaps = [
        measure_path([one[n : n + 1] for one in way], steps[n : n + 1], content)
        for n in range(len(steps))
    ]
    return {
        **whole.to_dict(),
        "smoothness": float(np.mean([one.smoothness for one in leaps])),
        "largest_leap": float(np.mean([one.largest_leap for one in leaps])),
        "surprise": [chain.surprise(one, steps) for one in way],
        "sliders": [measure_sliders(one, steps, content).mean(0).tolist() for one in way],
    }


def measure_amounts(model: LatentModel, people: Phrases, n: int) -> dict[str, float]:
    """Return the share of sixteenths that stay, for points so far on the way to a draw of the prior.

    Parameters
    ----------
    model : LatentModel
    people : Phrases
    n : int
        Phrases.

    Examples
    --------
    >>> measure_amounts.__name__
    'measure_amounts'
    """
    tokens, steps = people.tokens[:n], people.n_steps[:n]
    mean = model.encode(tokens, steps)[0]
    aim: Points = draw_points(len(mean), model.n_latent, seed=41)
    found = {}
    for share in (0.0, 0.15, 0.3, 0.45, 0.6, 0.8):
        made = model.decode(blend_points(mean, aim, share), steps).tokens
        found[f"{share:g}"] = 1 - step_distance(tokens, made, steps, model.options.content)
    return found


def measure_slides(model: LatentModel, people: Phrases, n: int) -> list[list[float]]:
    """Return what asking each slider for 1 does to all of them, in standard deviations.

    Parameters
    ----------
    model : LatentModel
    people : Phrases
    n : int
        Phrases.

    Returns
    -------
    list of list of float
        A row a slider asked for, a column a slider measured; the diagonal is to be 1, the rest 0.

    Examples
    --------
    >>> measure_slides.__name__
    'measure_slides'
    """
    from motet.tasks.phrase.adjust import aim_sliders

    tokens, steps = people.tokens[:n], people.n_steps[:n]
    home = model.encode(tokens, steps)[0]
    rows = []
    for k in range(len(SLIDERS)):
        wish = np.zeros(len(SLIDERS), np.float32)
        wish[k] = 1
        _, before, after = aim_sliders(model, tokens, steps, home, wish)
        rows.append([round(float(one), 3) for one in (after - before).mean(0)])
    return rows
