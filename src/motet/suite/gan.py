"""A band from noise beside people, the arranger and chance: what is heard, and how much it covers.

Conventions: people are bands of the held-out splits, in windows of four bars with at least four tracks.
Each row but the arranger's answers the conditions of those windows: chords, style, metre, tracks. By
chance means each slot of each track by itself: how often the training music attacks there, and which
tones above the root it takes.

Offers `TABLE`, `measure_gan`, `write_gan`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from motet.corpus.shards import Shards, open_shards
from motet.engine.bundle import Bundle, load_bundle
from motet.engine.noise_driver import judge_phrases, write
from motet.engine.phrase_ask import PhraseAsk
from motet.evaluate.band import (
    BAND_FIGURES,
    describe_phrases,
    find_view,
    measure_band,
    measure_cover,
)
from motet.phrases.band import TRACKS, BandOptions, extract_band
from motet.phrases.band_write import band_to_grid
from motet.suite.band_chance import Chance, learn_chance
from motet.suite.chain import learn_chain
from motet.suite.figures import tell
from motet.suite.page import make_table
from motet.suite.rows import arrange_like
from motet.suite.table import Request, Table
from motet.tasks.judge import rank_grids
from motet.tokens.layout import GridScore

__all__ = ["BUNDLE", "TABLE", "measure_gan", "write_gan"]

BUNDLE: Final = "gan-band"
PEOPLE: Final = "people, held out"
GAN: Final = "GAN"
ARRANGER: Final = "arranger"
MARKOV: Final = "Markov chain"
CHANCE: Final = "each slot by chance"

_WINDOWS: Final = 160
_OPTIONS: Final = BandOptions(per_piece=16, least_tracks=4)
_TRAIN: Final = BandOptions(per_piece=2, least_tracks=4)
_TRAIN_PIECES: Final = 2500
_MOST_REPEATED: Final = 0.9
Phrases = list[dict[str, Any]]


def measure_gan(request: Request) -> dict[str, Any]:
    """Return the figures of every row.

    Parameters
    ----------
    request : Request

    Returns
    -------
    dict

    Raises
    ------
    CorpusError, BundleError
        An input is missing.

    Examples
    --------
    >>> measure_gan(Request())
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: no built corpus was given; ...
    """
    folder = request.find_shards()
    model = load_bundle(BUNDLE)
    rng = np.random.default_rng(request.seed)
    held = [one for split in ("test", "valid") for one in _bands(open_shards(folder, split))]
    order = rng.permutation(len(held))[: request.n or _WINDOWS]
    people = [held[at] for at in order]
    train = open_shards(folder, "train")
    heard = _hear_training(train, rng)
    grids = [band_to_grid(one) for one in people]
    half = len(people) // 2
    request.say(f"  {len(people)} windows of people, {len(heard)} of training")
    rows: dict[str, Phrases] = {
        PEOPLE: people,
        GAN: [one for at, grid in enumerate(grids) for one in _sketch(model, grid, request.seed + at)],
        ARRANGER: [_cut(one) for one in arrange_like(grids, n_bars=4) if one is not None and _cut(one)],
        MARKOV: _rewrite(train, grids, rng),
        CHANCE: _by_chance(learn_chance(heard), people, rng),
    }  # fmt: skip
    facts: dict[str, Any] = {"n_train": len(heard), "rows": {}, "card": _training(model)}
    known = describe_phrases(heard)
    middle, directions = find_view(known)
    first = (describe_phrases(people[:half]) - middle) @ directions
    for name, phrases in rows.items():
        points = describe_phrases(phrases)
        seen = (points - middle) @ directions
        cover = measure_cover(seen[half:] if name == PEOPLE else seen, first)
        facts["rows"][name] = {
            "n": len(phrases),
            **measure_band(phrases),
            **cover,
            "distinct": _distinct(points),
            "to training": float(_nearest(seen, (known - middle) @ directions)),
            "critic": float(judge_phrases(model, phrases).mean()),
            "judge": float(np.nanmean(rank_grids([band_to_grid(one) for one in phrases]))),
        }
    return facts


def _bands(shards: Shards) -> Phrases:
    """Return the windows of bands of a split."""
    return [one for grid in shards for one in extract_band(grid, _OPTIONS)]


def _hear_training(train: Shards, rng: np.random.Generator) -> Phrases:
    """Return windows of bands of the training split."""
    taken = rng.choice(len(train), min(len(train), _TRAIN_PIECES), False, train.draw_weights())
    return [one for at in taken.tolist() for one in extract_band(train[at], _TRAIN)]


def _sketch(model: Bundle, grid: GridScore, seed: int) -> Phrases:
    """Return what the bundle makes of the chords, style and tracks of a window."""
    roles = {"melody": "melody", "comping": "chords", "bass": "bass", "drums": "drums",
             "strings": "strings"}  # fmt: skip
    parts = tuple(roles[one.role] for one in grid.parts)
    bare = replace(grid, notes=grid.notes[:0])
    made = write(model, PhraseAsk(grid=bare, parts=parts, seed=seed, scale=False))
    return [found for one in made if (found := _cut(one))]


def _cut(grid: GridScore) -> dict[str, Any]:
    """Return the first window of a grid, nothing where no band plays."""
    found = extract_band(grid, BandOptions(per_piece=1, least_tracks=1))
    return found[0] if found else {}


def _rewrite(train: Shards, grids: Sequence[GridScore], rng: np.random.Generator) -> Phrases:
    """Return what a Markov chain writes in place of the notes of each window."""
    chain = learn_chain(train, n_pieces=600, rng=rng)
    written = (chain.write(grid, rng) for grid in grids)
    return [found for one in written if one is not None and (found := _cut(one))]


def _by_chance(chance: Chance, people: Phrases, rng: np.random.Generator) -> Phrases:
    """Return phrases drawn slot by slot under the conditions of people's."""
    drawn = (chance.draw(one, rng) for one in people)
    return [one for one in drawn if one["present"].any()]


def _distinct(points: np.ndarray[Any, Any]) -> float:
    """Return the share of phrases that are not the same as another of the row."""
    size = np.linalg.norm(points, axis=1)
    alike = (points @ points.T) / np.maximum(size[:, None] * size[None], 1e-9)
    np.fill_diagonal(alike, 0)
    return float((alike.max(axis=1) < 1 - (1 - _MOST_REPEATED) ** 3).mean())


def _nearest(points: np.ndarray[Any, Any], known: np.ndarray[Any, Any]) -> float:
    """Return the mean distance to the nearest phrase of training."""
    square = (points**2).sum(axis=1)[:, None] + (known**2).sum(axis=1)[None] - 2 * points @ known.T
    return float(np.sqrt(np.maximum(square, 0)).min(axis=1).mean())


def _training(model: Bundle) -> dict[str, Any]:
    """Return what the bundle's contract says of its training."""
    recipe = model.contract.get("recipe", {})
    return {
        name: recipe[name] for name in ("hours", "minutes", "machine", "steps") if name in recipe
    }


def write_gan(facts: dict[str, Any]) -> str:
    """Return the tables as Markdown, and where the GAN falls short.

    Parameters
    ----------
    facts : dict
        Of `measure_gan`.

    Returns
    -------
    str

    Examples
    --------
    >>> row = {**dict.fromkeys(BAND_FIGURES, 0.5), "n": 9, "precision": 0.5, "recall": 0.5,
    ...        "nearest": 1.0, "distinct": 1.0, "to training": 1.0, "critic": 0.0, "judge": 0.0}
    >>> facts = {"n_train": 5, "card": {}, "rows": {PEOPLE: row, GAN: {**row, "recall": 0.1},
    ...          ARRANGER: row, CHANCE: row}}
    >>> "less of what people do than the arranger" in write_gan(facts)
    True
    """
    rows = facts["rows"]
    music = make_table(
        ("", "windows", *BAND_FIGURES),
        [
            (name, f"{row['n']}", *(tell(row[one]) for one in BAND_FIGURES))
            for name, row in rows.items()
        ],
    )
    kinds = ("precision", "recall", "nearest", "distinct", "to training", "critic", "judge")
    modes = make_table(
        ("", *kinds), [(name, *(tell(row[one]) for one in kinds)) for name, row in rows.items()]
    )
    gan, people, made = rows[GAN], rows[PEOPLE], rows[ARRANGER]
    said = [
        f"{one} {tell(gan[one])} against {tell(people[one])}"
        for one in BAND_FIGURES
        if abs(gan[one] - people[one]) > 0.25 * max(abs(people[one]), 0.05)
    ]
    told = f"Off people by more than a quarter: {'; '.join(said) or 'nothing'}."
    if gan["recall"] < made["recall"]:
        told += " The GAN covers less of what people do than the arranger."
    if gan["precision"] < made["precision"]:
        told += " Its phrases lie among people's less often than the arranger's."
    if gan["judge"] < made["judge"]:
        told += " In the judge's ears its phrases are weaker than the arranger's."
    trained = ", ".join(f"{name} {value}" for name, value in facts["card"].items())
    return "\n".join(
        [
            f"Phrases of four bars, {len(TRACKS)} tracks at most. Figures as MuseGAN told them, on other "
            "data and a grid of sixteenths (its steps are six times finer, so its notes of 3 steps are "
            f"shorter); the training windows that are compared with: {facts['n_train']}. The weights that "
            f"were kept: {trained or 'no recipe'}.",
            "",
            music,
            "",
            "Coverage: precision and recall of embeddings (12 directions in which the training windows "
            "differ most, 3 neighbours; people's first half against the row, people's other half in their "
            "own row), distance to the nearest phrase of people, share of phrases unlike any other of the "
            "row, distance to the nearest phrase of training, the "
            "bundle's own critic, and the judge of motet rank (log odds that people wrote it). What is drawn by "
            "chance lies in the middle of everything, so its precision is high and its recall nothing.",
            "",
            modes,
            "",
            told,
        ]
    )


TABLE: Final = Table(
    name="gan",
    title=("A band from noise", "来自噪声的乐队"),
    needs=frozenset({"shards"}),
    measure=measure_gan,
    write=write_gan,
)
"""Figures of MuseGAN's kind and coverage of modes."""
