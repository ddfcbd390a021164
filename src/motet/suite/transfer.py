"""Style transfer: is the content kept, is the style reached, does it flow?

Conventions: windows of 16 bars of the test split, each restyled to six targets. Content: notes of the melody
found again exactly, time in which the chord read off the notes is the source's (root and triad), and how
alike the contours are. Style: a judge that learnt from people's pieces where a style has 30 or more of
them, and the style's own groove rules (`motet.tasks.restyle.marks`) everywhere. Fluency: consonance, and what
the model makes of a note, on some pieces. The judge does not hear instruments or tempo, the groove rules
do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.analysis import estimate_chords
from motet.corpus.shards import open_shards
from motet.engine.bundle import Bundle, load_bundle
from motet.engine.foretell import logits
from motet.errors import MotetError
from motet.evaluate import consonance
from motet.score import Note, Score
from motet.suite.documents import make_document
from motet.suite.figures import known_mean, tell
from motet.suite.groups import group_of
from motet.suite.page import make_table
from motet.suite.table import Request, Table
from motet.suite.transfer_judge import (
    LEAST_PIECES,
    StyleJudge,
    cross_accuracy,
    fit_judge,
    style_features,
)
from motet.suite.transfer_rows import KEPT, OPEN, ROWS, SOURCE, make_row
from motet.suite.windows import pick_by_group, pick_windows, to_scores
from motet.tasks.restyle.marks import style_marks
from motet.tasks.restyle.source import Source, read_source
from motet.tasks.restyle.tally import count_kept
from motet.tasks.restyle.target import find_target
from motet.tokens import score_to_grid
from motet.tokens.vocab import STYLES

__all__ = ["TABLE", "TARGETS", "measure_content", "measure_transfer", "tell_transfer"]

TARGETS: Final = ("bossa", "swing", "tango", "hymn", "string-quartet", "piano-romantic")
_JUDGED: Final = (
    "hymn", "string-quartet", "piano-romantic", "renaissance", "art-song", "reel", "keyboard", "guitar",
)  # fmt: skip
N_PIECES: Final = 60
N_BARS: Final = 16
_PER_STYLE: Final = 60
_FORETOLD_SHARE: Final = 5  # one piece in so many is foretold
_FIGURES: Final = (
    "melody_exact", "chords_kept", "contour", "groove_rules", "judged", "consonance", "nats_per_note",
)  # fmt: skip


def measure_transfer(request: Request) -> dict[str, Any]:
    """Return every figure of every row, by target and over all targets.

    Parameters
    ----------
    request : Request
        Its `n` is the number of pieces.

    Returns
    -------
    dict

    Raises
    ------
    CorpusError, BundleError
        An input is missing.

    Examples
    --------
    >>> measure_transfer(Request())
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: no built corpus was given; ...
    """
    shards = request.find_shards()
    n = request.n or N_PIECES
    rng = np.random.default_rng((request.seed, 6))
    test = open_shards(shards, "test")
    pieces = [
        one for one in pick_by_group(test, n=n + 12, n_bars=N_BARS, rng=rng) if group_of(one.style)
    ]
    sources = [one for one in map(_read, to_scores(pieces)) if one is not None][:n]
    judge, accuracy, counts = _learn_judge(request)
    bundle = load_bundle(request.bundle)
    found: dict[str, dict[str, list[dict[str, float]]]] = {row: {} for row in ROWS}
    for k, source in enumerate(sources):
        request.say(f"transfer: piece {k + 1} of {len(sources)}")
        for name in TARGETS:
            for row in ROWS:
                score = make_row(row, source, find_target(name), bundle=request.bundle)
                if score is not None:
                    foretold = bundle if k % _FORETOLD_SHARE == 0 else None
                    figures = _measure(score, source, name, judge, foretold)
                    found[row].setdefault(name, []).append(figures)
    rows = {
        row: {name: _means(found[row].get(name, [])) for name in TARGETS}
        | {"all": _means([one for name in TARGETS for one in found[row].get(name, [])])}
        for row in ROWS
    }
    return {
        "n": len(sources), "bars": N_BARS, "seed": request.seed, "bundle": request.bundle,
        "targets": list(TARGETS), "rows": rows,
        "made": {row: sum(map(len, found[row].values())) for row in ROWS},
        "judge": {"accuracy": accuracy, "pieces": counts, "chance": 1 / max(1, len(counts))},
    }  # fmt: skip


def _read(score: Score) -> Source | None:
    try:
        return read_source(score)
    except MotetError:
        return None


def _learn_judge(request: Request) -> tuple[StyleJudge | None, float, dict[str, int]]:
    """Return a judge that learnt from people's pieces, how often it is right, and from how many."""
    split = open_shards(request.find_shards(), "train")
    per_style = min(
        _PER_STYLE, 4 * LEAST_PIECES if request.n is None else max(LEAST_PIECES, request.n)
    )
    rows: list[npt.NDArray[np.float64]] = []
    labels: list[str] = []
    for name in _JUDGED:
        rng = np.random.default_rng((request.seed, STYLES.index(name)))
        grids = pick_windows(
            split, n=per_style, n_bars=N_BARS, rng=rng, styles=[STYLES.index(name)]
        )
        if len(grids) >= min(LEAST_PIECES, per_style):
            rows += [style_features(score) for score in to_scores(grids)]
            labels += [name] * len(grids)
    counts = {name: labels.count(name) for name in dict.fromkeys(labels)}
    if len(counts) < 2:
        return None, float("nan"), counts
    order = np.random.default_rng(request.seed).permutation(len(rows))
    table, told = np.array(rows)[order], [labels[k] for k in order]
    request.say(f"transfer: judge learnt from {len(rows)} windows")
    return fit_judge(table, told), cross_accuracy(table, told), counts


def _measure(
    score: Score, source: Source, target: str, judge: StyleJudge | None, bundle: Bundle | None
) -> dict[str, float]:
    """Return the figures of one result."""
    style = find_target(target).for_metre(source.score.bars[-1].metre).style
    marks = style_marks(score, style, key=source.key)
    found = {**measure_content(score, source), "groove_rules": known_mean(marks.values())}
    found["consonance"] = consonance(score)
    if judge is not None and target in judge.names:
        shares = judge.shares(style_features(score)[None])[0]
        found["judged"] = float(judge.names[int(shares.argmax())] == target)
    if bundle is not None:
        found["nats_per_note"] = _foretell(score, target, bundle)
    return found


def measure_content(score: Score, source: Source) -> dict[str, float]:
    """Return how much of a source's content a score keeps.

    Parameters
    ----------
    score : Score
    source : Source

    Returns
    -------
    dict of str to float
        ``melody_exact`` (the best part), ``chords_kept`` (by time), ``contour`` (a correlation).

    Examples
    --------
    >>> from motet.score import make_score
    >>> source = read_source(make_score("E4:2 D4:2 C4:4", "C3+G3:2 G3+B3:2 C3+E3:4"))
    >>> measure_content(source.score, source)["melody_exact"]
    1.0
    """
    ticks = (source.score.resolution, score.resolution)
    tune = [note for note in source.melody if note.duration_tick]
    pitched = [part.notes for part in score.parts if part.notes and not part.is_drums]
    kept = max((count_kept(tune, notes, resolutions=ticks) for notes in pitched), default=0)
    return {
        "melody_exact": kept / max(1, len(tune)),
        "chords_kept": _chord_agreement(score, source),
        "contour": max((_contour(tune, notes, ticks) for notes in pitched), default=float("nan")),
    }


def _chord_agreement(score: Score, source: Source) -> float:
    """Return the share of time in which the chord read off a score has the source's root and third."""
    unit = score.resolution / source.score.resolution
    found = [
        one for one in estimate_chords(score, key=source.key, use_symbols=False) if one.chord.root
    ]
    good = total = 0.0
    for one in found:
        for k, (tick, chord) in enumerate(source.chords):
            end = source.chords[k + 1][0] if k + 1 < len(source.chords) else source.score.end_tick
            overlap = min(one.end_tick, end * unit) - max(one.start_tick, tick * unit)
            if overlap > 0 and chord.root:
                total += overlap
                same = chord.root_pc == one.chord.root_pc and chord.is_minor == one.chord.is_minor
                good += overlap * same
    return good / total if total else float("nan")


def _contour(tune: Sequence[Note], notes: Sequence[Note], ticks: tuple[int, int]) -> float:
    """Return how alike two lines move: the correlation of their heights by the half beat."""
    rows = []
    length = max(note.end_tick for note in tune) * 2 // ticks[0] + 1
    for line, resolution in ((tune, ticks[0]), (notes, ticks[1])):
        row = np.full(length, np.nan)
        for note in sorted(line, key=lambda one: (one.onset_tick, one.pitch)):
            start = round(note.onset_tick * 2 / resolution)
            row[start : max(start + 1, round(note.end_tick * 2 / resolution))] = note.pitch
        rows.append(row)
    both = ~np.isnan(rows[0]) & ~np.isnan(rows[1])
    if both.sum() < 8 or rows[0][both].std() < 0.1 or rows[1][both].std() < 0.1:
        return float("nan")
    return float(np.corrcoef(rows[0][both], rows[1][both])[0, 1])


def _foretell(score: Score, target: str, bundle: Bundle) -> float:
    """Return the nats of a note under the model, told that the style is the target's."""
    try:
        document = make_document(score_to_grid(score, style=STYLES.index(target)).grid)
    except MotetError:
        return float("nan")
    ids = document.ids[: bundle.context]
    rows = logits(ids, bundle=bundle).astype(np.float64)[:-1]
    rows -= rows.max(axis=1, keepdims=True)
    nats = np.log(np.exp(rows).sum(axis=1)) - rows[np.arange(len(rows)), ids[1:]]
    marks = document.marks[1 : len(ids)]
    notes = document.n_notes * marks.sum() / max(1, document.marks.sum())
    return float(nats[marks].sum() / max(1.0, notes))


def _means(rows: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: known_mean([one[name] for one in rows if name in one]) for name in _FIGURES}


def tell_transfer(facts: dict[str, Any]) -> str:
    """Return the tables in Markdown.

    Examples
    --------
    >>> row = {name: dict.fromkeys(_FIGURES, 0.5) for name in (*TARGETS, "all")}
    >>> facts = {"n": 2, "bars": 16, "seed": 0, "bundle": "small", "targets": list(TARGETS),
    ...          "rows": dict.fromkeys(ROWS, row), "made": dict.fromkeys(ROWS, 12),
    ...          "judge": {"accuracy": 0.8, "pieces": {"hymn": 60, "reel": 60}, "chance": 0.5}}
    >>> print(tell_transfer(facts).splitlines()[2])
    | the source itself | 0.500 | 0.500 | 0.500 | 0.500 | 0.500 | 0.500 | 0.500 |
    """
    head = (
        "all targets", "melody notes exact", "chords kept", "contour", "groove rules",
        "judged the target", "consonance", "nats a note",
    )  # fmt: skip
    lines = [
        (row, *(tell(found["all"][name]) for name in _FIGURES))
        for row, found in facts["rows"].items()
    ]
    second = ("groove rules / judged", *facts["targets"])
    details = [
        (row, *(f"{tell(found[one]['groove_rules'], 2)} / {tell(found[one]['judged'], 2)}"
                for one in facts["targets"]))
        for row, found in facts["rows"].items()
    ]  # fmt: skip
    return f"{make_table(head, lines)}\n\n{make_table(second, details)}\n\n{_tell_end(facts)}"


def _tell_end(facts: dict[str, Any]) -> str:
    """Return what the figures mean, and where they fall short."""
    judge, rows = facts["judge"], facts["rows"]
    heard = ", ".join(f"{name} {count}" for name, count in judge["pieces"].items())
    parts = [
        f"{facts['n']} windows of {facts['bars']} bars of the test split to {len(facts['targets'])} targets, "
        f"seed {facts['seed']}, bundle {facts['bundle']} (one candidate; nats on one piece in "
        f"{_FORETOLD_SHARE}). The judge learnt from people's pieces alone ({heard}); on pieces that it has "
        f"not heard it is right in {100 * judge['accuracy']:.0f} % (chance {100 * judge['chance']:.0f} %). "
        "It does not hear instruments or tempo. The other targets have too few pieces by people, so that "
        "the style's own groove rules stand alone there; those know the arranger's patterns, which "
        "favours whoever plays them. The textures of hymn, quartet and romantic piano were adjusted with "
        "this judge at hand, on other windows, which favours restyle there. Chords are read off the notes "
        "again, which already errs on the source itself."
    ]
    kept, opened = rows[KEPT]["all"], rows[OPEN]["all"]
    if kept["melody_exact"] < 0.9999:
        parts.append(f"Falls short: melody notes kept {100 * kept['melody_exact']:.1f} %.")
    if kept["consonance"] < rows[SOURCE]["all"]["consonance"] - 0.05:
        parts.append(
            "The results are less consonant than their sources; sevenths are part of that."
        )
    if opened["contour"] < 0.8:
        parts.append(f"With the melody open its contour is kept at {opened['contour']:.2f}.")
    return " ".join(parts)


TABLE: Final = Table(
    name="transfer",
    title=("Style transfer", "风格转换"),
    needs=frozenset({"shards", "bundle"}),
    measure=measure_transfer,
    write=tell_transfer,
)
