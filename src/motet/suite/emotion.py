"""Does an emotion that is asked for come out? Asked of a judge that learnt from people's labels.

Conventions: the judge is learnt anew in every run and kept nowhere. Its own accuracy on pieces that it
did not see stands first: no figure below means more than that. It hears tempo, mode, register, density,
touch and harmony, not loudness. Agreement is the share of pieces that it puts where the request was;
rank correlation is between request and judgement. Controls: the same pieces with their requests
exchanged, and a judge that learnt exchanged labels.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.analysis.emotion import estimate_emotion
from motet.brief import EMOTIONS, Brief
from motet.corpus.archive import unpack
from motet.engine.bundle import Bundle, load_bundle
from motet.score import Score
from motet.suite.emotion_features import find_emotion_features
from motet.suite.emotion_judge import cross_judge, fit_judge
from motet.suite.figures import half_interval, tell
from motet.suite.page import make_table
from motet.suite.table import Request, Table
from motet.suite.vgmidi import ARCHIVE, LabelledPiece, read_vgmidi
from motet.tasks import compose
from motet.tasks.perform import perform
from motet.tasks.plan import plan_brief

__all__ = ["TABLE", "check_judge", "compare_requests", "measure_emotion", "write_emotion"]

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Emotion = tuple[float, float]

N_PIECES: Final = 6
N_BARS: Final = 8
N_FOLDS: Final = 10
N_REPEATS: Final = 10
N_EXCHANGES: Final = 50
CORNERS: Final[tuple[Emotion, ...]] = ((0.7, 0.7), (0.7, -0.7), (-0.7, 0.7), (-0.7, -0.7))
WORDS: Final = ("happy", "excited", "tense", "angry", "sad", "gloomy", "calm", "tender")
ROWS: Final[dict[str, dict[str, Any]]] = {
    "compose": {},
    "compose, style named": {"style": "pop"},
    "compose, style, key and tempo named": {"style": "pop", "key": "C", "qpm": 104},
    "compose, model only": {"ground": "model", "parts": "piano:melody,piano:comping"},
    "arranger only": {"parts": "piano:melody,piano:comping"},
}
EMOPIA: Final = (
    "EMOPIA classifiers (recalled; other pieces): valence 0.83, arousal 0.88, quadrant 0.68."
)


def measure_emotion(request: Request) -> dict[str, Any]:
    """Return how well the judge judges, and what it finds in pieces for which an emotion was asked.

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
    >>> measure_emotion(Request())
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: no ...
    """
    archive = request.find_bench(ARCHIVE)
    bundle = load_bundle(request.bundle)
    rng = np.random.default_rng(request.seed)
    with tempfile.TemporaryDirectory() as cache:
        pieces = read_vgmidi(unpack(archive, cache))
    request.say(f"emotion: hearing {len(pieces)} labelled pieces")
    features = np.array([find_emotion_features(piece.score) for piece in pieces])
    labels = np.array([(piece.valence, piece.arousal) for piece in pieces])
    facts: dict[str, Any] = {
        "n_pieces": len(pieces),
        "seed": request.seed,
        "bars": N_BARS,
        "judge": {
            "by piece": check_judge(features, labels, [one.name for one in pieces], rng=rng),
            "by game": check_judge(features, labels, [one.game for one in pieces], rng=rng),
        },
        "majority": _majority(labels),
        "estimate": _check_estimate(pieces, labels),
    }
    judge = fit_judge(features, labels)
    fooled = fit_judge(features, rng.permutation(labels))
    n = request.n or N_PIECES
    rows: dict[str, Any] = {}
    for name, options in ROWS.items():
        asked = [corner for corner in CORNERS for _ in range(n)]
        scores = _write_row(name, asked, options, bundle, request)
        heard = np.array([find_emotion_features(score) for score in scores])
        wanted = np.array(asked)
        rows[name] = compare_requests(wanted, judge.score(heard), rng=rng)
        rows[name]["estimate_rank_correlation"] = _ranks(wanted, _estimates(scores))
        if name == "compose":
            rows["requests exchanged"] = _exchange(wanted, judge.score(heard), rng)
            rows["labels exchanged"] = compare_requests(wanted, fooled.score(heard), rng=rng)
    words = [word for word in WORDS for _ in range(max(1, n // 2))]
    scores = _write_row("words", [EMOTIONS[word] for word in words], {}, bundle, request)
    found = judge.score(np.array([find_emotion_features(score) for score in scores]))
    return facts | {"rows": rows, "words": _tell_words(words, found)}


def _write_row(
    name: str, asked: Sequence[Emotion], options: dict[str, Any], bundle: Bundle, request: Request
) -> list[Score]:
    """Return a piece for every request."""
    found = []
    for turn, emotion in enumerate(asked):
        brief = Brief(emotion=emotion, bars=N_BARS, seed=request.seed + turn, **options)
        if name == "arranger only":
            plan = plan_brief(brief, has_model=False)
            found.append(perform(plan, plan.score))
        else:
            found.append(compose(brief, bundle=bundle).score)
        if (turn + 1) % 8 == 0 or turn + 1 == len(asked):
            request.say(f"emotion: {name}: {turn + 1} of {len(asked)}")
    return found


def check_judge(
    features: FloatArray,
    labels: IntArray,
    groups: Sequence[str],
    *,
    rng: np.random.Generator,
    n_folds: int = N_FOLDS,
    n_repeats: int = N_REPEATS,
) -> dict[str, Any]:
    """Return the accuracy of the judge on pieces whose group it did not see.

    Parameters
    ----------
    features : float64, shape (n, d)
    labels : int64, shape (n, 2), -1 or 1
    groups : sequence of str, n
    rng : numpy.random.Generator
    n_folds, n_repeats : int

    Returns
    -------
    dict
        ``valence``, ``arousal``, ``quadrant``: mean over repeats and half its 95 % interval over
        pieces; ``n_groups``, ``n_folds``, ``n_repeats``.

    Examples
    --------
    >>> x = np.arange(40.0)[:, None]
    >>> y = np.where(x < 20, -1, 1).repeat(2, axis=1)
    >>> found = check_judge(x, y, [str(k) for k in range(40)], rng=np.random.default_rng(0), n_repeats=1)
    >>> found["quadrant"][0] > 0.8
    True
    """
    hits: dict[str, list[FloatArray]] = {"valence": [], "arousal": [], "quadrant": []}
    for _ in range(n_repeats):
        right = (cross_judge(features, labels, groups, n_folds=n_folds, rng=rng) > 0) == (
            labels > 0
        )
        hits["valence"].append(right[:, 0].astype(np.float64))
        hits["arousal"].append(right[:, 1].astype(np.float64))
        hits["quadrant"].append(right.all(axis=1).astype(np.float64))
    found: dict[str, Any] = {
        name: [float(np.mean(rows)), half_interval(np.mean(rows, axis=0).tolist(), rng)]
        for name, rows in hits.items()
    }
    return found | {"n_groups": len(set(groups)), "n_folds": n_folds, "n_repeats": n_repeats}


def compare_requests(
    asked: FloatArray, heard: FloatArray, *, rng: np.random.Generator
) -> dict[str, Any]:
    """Return how far what was heard agrees with what was asked.

    Parameters
    ----------
    asked : float64, shape (n, 2)
        Valence and arousal.
    heard : float64, shape (n, 2)
        The judge's scores; above 0 is pleasant, stirred.
    rng : numpy.random.Generator
        Of the intervals.

    Returns
    -------
    dict
        ``valence``, ``arousal``, ``quadrant``: share that agrees and half its 95 % interval;
        ``told_apart``: how often, of two pieces, the one asked to be more so is heard so, a half for
        ties; ``rank_correlation``; both for valence and arousal; ``n``.

    Examples
    --------
    >>> asked = np.array([(1, 1), (1, -1), (-1, 1), (-1, -1)])
    >>> found = compare_requests(asked, asked * (1, -2), rng=np.random.default_rng(0))
    >>> found["valence"][0], found["arousal"][0], found["rank_correlation"]
    (1.0, 0.0, [1.0, -1.0])
    """
    right = (asked > 0) == (heard > 0)
    columns = {"valence": right[:, 0], "arousal": right[:, 1], "quadrant": right.all(axis=1)}
    found: dict[str, Any] = {
        name: [float(hits.mean()), half_interval(hits.astype(np.float64).tolist(), rng)]
        for name, hits in columns.items()
    }
    apart = [_told_apart(asked[:, axis], heard[:, axis]) for axis in range(2)]
    return found | {
        "told_apart": apart,
        "rank_correlation": _ranks(asked, heard),
        "n": len(asked),
    }


def _exchange(asked: FloatArray, heard: FloatArray, rng: np.random.Generator) -> dict[str, Any]:
    """Return what chance gives: the mean over many exchanges of the requests among the pieces."""
    turns = [compare_requests(rng.permutation(asked), heard, rng=rng) for _ in range(N_EXCHANGES)]
    found: dict[str, Any] = {
        name: np.mean([turn[name] for turn in turns], axis=0).tolist()
        for name in (*_AXES, "told_apart", "rank_correlation")
    }
    return found | {"n": len(asked)}


def _told_apart(asked: FloatArray, heard: FloatArray) -> float:
    """Return the share of pairs of different requests that are heard in their order."""
    wanted = np.sign(asked[:, None] - asked[None, :])
    found = np.sign(heard[:, None] - heard[None, :])
    pairs = wanted != 0
    return float((1 + wanted * found)[pairs].mean() / 2) if pairs.any() else float("nan")


def _ranks(asked: FloatArray, heard: FloatArray) -> list[float]:
    """Return Spearman's rank correlation of both axes, nan where one does not vary."""
    from scipy.stats import spearmanr

    found = []
    for axis in range(2):
        known = np.isfinite(heard[:, axis])
        one, other = asked[known, axis], heard[known, axis]
        varies = len(one) > 2 and np.ptp(one) > 0 and np.ptp(other) > 0
        found.append(round(float(spearmanr(one, other)[0]), 6) if varies else float("nan"))
    return found


def _estimates(scores: Sequence[Score]) -> FloatArray:
    """Return valence and arousal by `motet.analysis.emotion`, which was fitted to no label."""
    found = [estimate_emotion(score) for score in scores]
    return np.array([(np.nan, np.nan) if e is None else (e.valence, e.arousal) for e in found])


def _check_estimate(pieces: Sequence[LabelledPiece], labels: IntArray) -> dict[str, Any]:
    """Return how far the estimate that was fitted to no label agrees with the labels."""
    heard = _estimates([piece.score for piece in pieces])
    middle = np.nanmedian(heard, axis=0)
    right = (heard > middle) == (labels > 0)
    return {
        "rank_correlation": _ranks(labels.astype(np.float64), heard),
        "accuracy_at_median": [float(one) for one in right.mean(axis=0)],
    }


def _majority(labels: IntArray) -> dict[str, float]:
    """Return how often the most frequent label is right."""
    corners = (labels > 0) @ np.array([2, 1])
    return {
        "valence": float(max((labels[:, 0] > 0).mean(), (labels[:, 0] < 0).mean())),
        "arousal": float(max((labels[:, 1] > 0).mean(), (labels[:, 1] < 0).mean())),
        "quadrant": float(np.bincount(corners).max() / len(labels)),
    }


def _tell_words(words: Sequence[str], heard: FloatArray) -> dict[str, Any]:
    """Return for every word how its pieces were heard."""
    found = {}
    for word in dict.fromkeys(words):
        rows = heard[[k for k, one in enumerate(words) if one == word]]
        share = np.mean(rows > 0, axis=0)
        agrees = ((rows > 0) == (np.array(EMOTIONS[word]) > 0)).all(axis=1).mean()
        found[word] = {
            "pleasant": float(share[0]),
            "stirred": float(share[1]),
            "agreement": float(agrees),
            "n": len(rows),
        }
    return found


def write_emotion(facts: dict[str, Any]) -> str:
    """Return the table as Markdown.

    Parameters
    ----------
    facts : dict
        Of `measure_emotion`.

    Returns
    -------
    str

    Examples
    --------
    >>> write_emotion.__name__
    'write_emotion'
    """
    lines = [(f"judge, unseen {name[3:]}s", *_cells(row)) for name, row in facts["judge"].items()]
    lines.append(("majority label", *(tell(facts["majority"][one]) for one in _AXES)))
    ranks = facts["estimate"]["rank_correlation"]
    judge = make_table(("", *_AXES), lines)
    head = ("asked for", "n", *_AXES, "told apart", "rank", "rank, estimate")
    rows = [
        (name, str(row["n"]), *_cells(row), _both(row["told_apart"]), _both(row["rank_correlation"]),
         _both(row.get("estimate_rank_correlation", (None, None))))
        for name, row in facts["rows"].items()
    ]  # fmt: skip
    words = [
        (word, str(one["n"]), *(tell(one[k], 2) for k in ("pleasant", "stirred", "agreement")))
        for word, one in facts["words"].items()
    ]
    check = facts["judge"]["by piece"]
    return "\n\n".join(
        (
            f"A judge learnt from {facts['n_pieces']} pieces of VGMIDI with people's labels, "
            f"{check['n_repeats']} times {check['n_folds']}-fold, whole pieces (or whole games) unseen; "
            f"half the 95 % interval in brackets. {EMOPIA}",
            judge,
            "`motet.analysis.emotion`, fitted to no label, against the same labels: rank correlation "
            f"{tell(ranks[0], 2)} in valence, {tell(ranks[1], 2)} in arousal.",
            f"What that judge hears in pieces of {facts['bars']} bars written for the four quadrants "
            f"(seed {facts['seed']}): agreement; valence / arousal: pairs told apart (0.5 is chance), rank "
            "correlation of request and judgement, and of request and the estimate. Exchanged rows are "
            "controls.",
            make_table(head, rows),
            make_table(("word", "n", "heard pleasant", "heard stirred", "in its quadrant"), words),
            _shortfall(facts),
        )
    )


_AXES: Final = ("valence", "arousal", "quadrant")


def _both(pair: Sequence[float | None]) -> str:
    return " / ".join(tell(one, 2) for one in pair)


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(f"{tell(row[one][0])} ({tell(row[one][1])})" for one in _AXES)


def _shortfall(facts: dict[str, Any]) -> str:
    """Return the line that says what falls short."""
    rows = facts["rows"]
    control = rows["requests exchanged"]["quadrant"]
    weak = [
        name
        for name in ROWS
        if rows[name]["quadrant"][0] - rows[name]["quadrant"][1] <= control[0] + control[1]
    ]
    missed = [word for word, one in facts["words"].items() if one["agreement"] < 0.5]
    told = "Not told from chance: " + (", ".join(weak) if weak else "none of the rows") + "."
    if missed:
        told += f" Words heard elsewhere more often than not: {', '.join(missed)}."
    return (
        f"Falls short: {told} The judge is right in {tell(facts['judge']['by game']['quadrant'][0], 2)} "
        "of unseen games, hears no loudness, and knows piano arrangements only."
    )


TABLE = Table(
    name="emotion",
    title=("Emotion", "情绪"),
    needs=frozenset({"bench", "bundle"}),
    measure=measure_emotion,
    write=write_emotion,
)
