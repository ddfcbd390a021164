"""How far is what the model writes from held-out human music, style group by style group?

Conventions: the reference is other people's music (split ``valid``), weighted so that its styles have the
shares that they have among the windows; what other people's windows (split ``test``) are away from it is
the floor. Jensen-Shannon divergence in bits for distributions, Wasserstein's distance for how alike bars
are at 1, 2, 4 and 8 bars' distance, and the Fréchet distance in an embedding trained on the training
split to tell styles apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.corpus.shards import open_shards
from motet.evaluate.distance import jensen_shannon_bits
from motet.evaluate.embedding import Embedding, describe_grid, frechet_distance, train_embedding
from motet.evaluate.statistics import (
    HISTOGRAMS,
    LAGS,
    count_histograms,
    lag_likeness,
    pool_shares,
    wasserstein,
)
from motet.suite.composer import N_BARS, N_WINDOWS
from motet.suite.figures import known_mean, tell
from motet.suite.groups import FEW_WINDOWS, GROUPS, group_of
from motet.suite.page import make_table
from motet.suite.rows import ARRANGER, MARKOV, MODEL_ROWS, OTHERS, make_rows
from motet.suite.table import Request, Table
from motet.suite.windows import pick_by_group, pick_windows
from motet.tokens import GridScore

__all__ = ["TABLE", "Sample", "compare_samples", "measure_distance", "write_distance"]

FloatArray = npt.NDArray[np.float64]
SIMILARITY: Final = "self_similarity"
FRECHET: Final = "frechet"
FIGURES: Final = (*HISTOGRAMS, SIMILARITY)
RIVALS: Final = (MARKOV, ARRANGER)
REFERENCE_TIMES: Final = 3
TRAIN_TIMES: Final = 24
"""Windows of the reference, and to train the embedding on, for each window of a row."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Sample:
    """Windows with what is measured of them; weights are those of a reference.

    Examples
    --------
    >>> Sample.read([]).n
    0
    """

    histograms: dict[str, list[FloatArray]]
    likeness: list[dict[int, FloatArray]]
    points: list[FloatArray]
    styles: list[int]
    weights: list[float]

    @classmethod
    def read(cls, grids: Sequence[GridScore], *, embedding: Embedding | None = None) -> Sample:
        """Return the sample of some windows."""
        counts = [count_histograms(grid) for grid in grids]
        points = []
        if embedding is not None and grids:
            points = list(embedding.apply(np.stack([describe_grid(grid) for grid in grids])))
        return cls(
            histograms={name: [one[name] for one in counts] for name in HISTOGRAMS},
            likeness=[lag_likeness(grid) for grid in grids],
            points=points,
            styles=[grid.style for grid in grids],
            weights=[1.0] * len(grids),
        )

    @property
    def n(self) -> int:
        """How many windows there are."""
        return len(self.styles)

    def keep(self, kept: Sequence[bool], weights: Sequence[float] | None = None) -> Sample:
        """Return some of its windows, with other weights where they are given."""
        where = [k for k, one in enumerate(kept) if one]
        mass = self.weights if weights is None else list(weights)
        return Sample(
            histograms={name: [rows[k] for k in where] for name, rows in self.histograms.items()},
            likeness=[self.likeness[k] for k in where],
            points=[self.points[k] for k in where] if self.points else [],
            styles=[self.styles[k] for k in where],
            weights=[mass[k] for k in where],
        )


def compare_samples(sample: Sample, reference: Sample) -> dict[str, float]:
    """Return the distance of a sample from a reference in every figure.

    Parameters
    ----------
    sample, reference : Sample

    Returns
    -------
    dict of str to float
        nan where undefined.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> one = Sample.read([score_to_grid(make_score("C4:1 D4:1 E4:2 | C4:1 D4:1 E4:2")).grid])
    >>> compare_samples(one, one)["pitch_class"]
    0.0
    """
    found = {
        name: jensen_shannon_bits(
            pool_shares(sample.histograms[name]),
            pool_shares(reference.histograms[name], weights=reference.weights),
        )
        if sample.n and reference.n
        else float("nan")
        for name in HISTOGRAMS
    }
    found[SIMILARITY] = known_mean([_likeness_away(sample, reference, lag) for lag in LAGS])
    found[FRECHET] = float("nan")
    if len(sample.points) > 1 and len(reference.points) > 1:
        found[FRECHET] = frechet_distance(
            np.stack(sample.points), np.stack(reference.points), weights=np.array(reference.weights)
        )
    return found


def _likeness_away(sample: Sample, reference: Sample, lag: int) -> float:
    own = [row[lag] for row in sample.likeness]
    other = [row[lag] for row in reference.likeness]
    if not own or not other:
        return float("nan")
    weights = [
        np.full(len(row), weight / max(1, len(row)))
        for row, weight in zip(other, reference.weights, strict=True)
    ]
    return wasserstein(np.concatenate(own), np.concatenate(other), weights=np.concatenate(weights))


def measure_distance(request: Request) -> dict[str, Any]:
    """Return how far every row is from other people's music, in all and by style group.

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
    >>> measure_distance(Request())
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: no built corpus was given; ...
    """
    n = request.n or N_WINDOWS
    rows = make_rows(request, n=n, n_bars=N_BARS)
    embedding, accuracy = _learn_embedding(request, n)
    rng = np.random.default_rng(request.seed + 1)
    reference = Sample.read(
        pick_by_group(
            open_shards(request.find_shards(), "valid"),
            n=REFERENCE_TIMES * n,
            n_bars=N_BARS,
            rng=rng,
            per_piece=8,
        ),
        embedding=embedding,
    )
    known = set(reference.styles)
    facts: dict[str, Any] = {
        "bars": N_BARS,
        "seed": request.seed,
        "windows": n,
        "reference": reference.n,
        "embedding": accuracy,
        "rows": {},
        "groups": defaultdict(dict),
    }
    for name, row in rows.items():
        if name == OTHERS:
            continue
        grids = [grid for grid in row.grids if grid is not None and grid.style in known]
        sample = Sample.read(grids, embedding=embedding)
        by_group = {}
        for group in GROUPS:
            own = sample.keep([group_of(style) == group for style in sample.styles])
            if own.n:
                by_group[group] = compare_samples(own, _match(reference, own.styles))
                facts["groups"][group][name] = {**by_group[group], "n": own.n}
        facts["rows"][name] = {
            figure: known_mean([one[figure] for one in by_group.values()]) for figure in FIGURES
        }
        whole = compare_samples(sample, _match(reference, sample.styles))
        facts["rows"][name] |= {FRECHET: whole[FRECHET], "n": sample.n}
    facts["groups"] = dict(facts["groups"])
    return facts


def _match(reference: Sample, styles: Sequence[int]) -> Sample:
    """Return a reference of the styles of some windows, in the shares that they have there."""
    wanted, has = Counter(styles), Counter(reference.styles)
    weights = [wanted[style] / has[style] for style in reference.styles]
    return reference.keep([weight > 0 for weight in weights], weights)


def _learn_embedding(request: Request, n: int) -> tuple[Embedding, dict[str, float]]:
    """Return an embedding trained on windows of the training split, and how well it tells styles."""
    rng = np.random.default_rng(request.seed + 2)
    folder = request.find_shards()
    train, held = (
        pick_windows(open_shards(folder, split), n=size * n, n_bars=N_BARS, rng=rng, per_piece=4)
        for split, size in (("train", TRAIN_TIMES), ("test", 4))
    )
    request.say(f"  the embedding, {len(train)} windows")
    data = np.stack([describe_grid(grid) for grid in train])
    styles = [grid.style for grid in train]
    made = train_embedding(data, styles, rng=rng)
    test = np.stack([describe_grid(grid) for grid in held])
    return made, {
        "train_windows": len(train),
        "styles": len(set(styles)),
        "accuracy": made.accuracy(test, [grid.style for grid in held]),
        "chance": 1 / len(set(styles)),
    }


def write_distance(facts: dict[str, Any]) -> str:
    """Return the tables as Markdown, and where the model is farther away than a rival.

    Parameters
    ----------
    facts : dict
        Of `measure_distance`.

    Returns
    -------
    str

    Examples
    --------
    >>> far = {**dict.fromkeys((*FIGURES, FRECHET), 0.5), "n": 9}
    >>> near = {**dict.fromkeys((*FIGURES, FRECHET), 0.1), "n": 9}
    >>> rows = {"people": near, MARKOV: far, "compose": near}
    >>> text = write_distance({"bars": 16, "seed": 0, "windows": 9, "reference": 27, "rows": rows,
    ...     "embedding": {"styles": 3, "accuracy": 0.5, "chance": 0.33, "train_windows": 90},
    ...     "groups": {"folk": rows}})
    >>> "compose is nearer to people than the Markov chain in all 7 figures" in text
    True
    """
    rows = facts["rows"]
    known = facts["embedding"]
    head = (
        f"{facts['windows']} windows of {facts['bars']} bars a row against {facts['reference']} of "
        f"other people, seed {facts['seed']}; smaller is nearer. Means over the style groups; the "
        f"Fréchet distance over all windows, in an embedding that tells {known['styles']} styles of "
        f"held-out windows right in {known['accuracy']:.0%} (chance {known['chance']:.0%})."
    ).replace("%", " %")
    lines = [
        (figure, *(tell(row[figure]) for row in rows.values())) for figure in (*FIGURES, FRECHET)
    ]
    lines.append(("windows", *(str(row["n"]) for row in rows.values())))
    text = f"{head}\n\n{make_table(('', *rows), lines)}\n\n"
    text += "By style group, the mean of the five distributions, in bits "
    text += f"(* fewer than {FEW_WINDOWS} windows: no more than a hint):\n\n"
    groups = [
        (
            f"{group}{'*' if min(one['n'] for one in found.values()) < FEW_WINDOWS else ''}",
            *(
                tell(known_mean([found[name][figure] for figure in HISTOGRAMS]))
                if name in found
                else tell(None)
                for name in rows
            ),
        )
        for group, found in facts["groups"].items()
    ]
    text += make_table(("group", *rows), groups)
    return f"{text}\n\n{_tell_short(rows)}"


def _tell_short(rows: dict[str, Any]) -> str:
    """Return in words where a row of the model is not nearer to people than the rivals."""
    said = []
    names = {MARKOV: "the Markov chain", ARRANGER: "the arranger"}
    figures = (*FIGURES, FRECHET)
    for row in (name for name in MODEL_ROWS if name in rows):
        told = []
        for rival in (name for name in RIVALS if name in rows):
            lost = [one for one in figures if not rows[row][one] < rows[rival][one]]
            where = f"all {len(figures)} figures" if not lost else f"all but {', '.join(lost)}"
            if len(lost) == len(figures):
                where = "no figure"
            told.append(f"than {names[rival]} in {where}")
        if told:
            said.append(f"{row} is nearer to people {', '.join(told)}")
    return "; ".join(said) + "." if said else ""


TABLE: Final = Table(
    name="distance",
    title=("Distance to people's music", "与人的音乐的距离"),
    needs=frozenset({"shards", "bundle"}),
    measure=measure_distance,
    write=write_distance,
)
"""Distances of composed music from people's."""
