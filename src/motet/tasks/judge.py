"""Judging: which of several pieces sounds most as people write, and what pulls each down.

Conventions: the judge is a network that hears four bars at a time (`motet.phrases.judged`), whatever wrote
them; a piece's mark is the mean over its bars, as log odds that people wrote it, and its score that as a
probability (half: as likely as not). It is a taste learned from people's music and the same spoilt, not a
law. Bars of a metre other than 4/4, 2/2, 3/4, 6/8, 2/4, and unmetred music, are not heard; a piece with
none that are comes last, and is told.

Offers `rank`, `rank_grids`, `judge_windows`, `Ranked`, `JUDGE`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.engine.bundle import Bundle, load_bundle
from motet.engine.graph import Runner, open_graphs
from motet.errors import BundleError, ParameterError
from motet.language import Language
from motet.phrases.band import unpack_roll
from motet.phrases.judged import JudgedOptions, extract_judged, hide_symbols
from motet.phrases.kinds import Batch
from motet.score import Score
from motet.tokens import score_to_grid
from motet.tokens.layout import GridScore

__all__ = ["JUDGE", "Heard", "Ranked", "judge_windows", "rank", "rank_grids"]

JUDGE: Final = "critic"
"""The bundle that judges when none is named."""

_GIVEN: Final = ("chord", "bass", "style", "mode", "metre")
_ROWS: Final = 128
_WINDOWS: Final = 64
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A piece in its place.

    Parameters
    ----------
    index : int
        Which of the pieces that were given, from 0.
    score : float, 0 to 1
        How likely the judge finds that people wrote it; nan where it can hear none of it.
    reasons : tuple of str
        What pulls it down, the heaviest first.

    Examples
    --------
    >>> index, score, reasons = Ranked(index=1, score=0.5, reasons=("wide leaps",))
    >>> index, reasons
    (1, ('wide leaps',))
    """

    index: int
    score: float
    reasons: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Any]:
        return iter((self.index, self.score, self.reasons))

    def to_dict(self) -> dict[str, Any]:
        """Return plain values; a score that there is not is None."""
        known = None if math.isnan(self.score) else round(self.score, 4)
        return {"index": self.index, "score": known, "reasons": list(self.reasons)}


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Heard:
    """What the judge made of a piece.

    Parameters
    ----------
    phrases : list of Batch
        As `extract_judged` gives them.
    marks : float64, shape (windows,), log odds

    Examples
    --------
    >>> math.isnan(Heard(phrases=[], marks=np.zeros(0)).mark)
    True
    """

    phrases: list[Batch]
    marks: FloatArray

    @property
    def mark(self) -> float:
        """The mean; nan where nothing could be heard."""
        return float(self.marks.mean()) if len(self.marks) else math.nan


def rank(
    scores: Sequence[Any], *, bundle: str | Path | Bundle = JUDGE, language: Language = "en"
) -> list[Ranked]:
    """Return the pieces from best to worst, with the reasons.

    Parameters
    ----------
    scores : sequence of Score, or of what has a ``score`` (Composition, Loaded)
        Of any length and parts, from any writer.
    bundle : str, Path or Bundle
        One with a graph "critic".
    language : Language

    Returns
    -------
    list of Ranked
        One for each piece; those that cannot be judged last, in the order given.

    Raises
    ------
    ParameterError
        There is no piece, or something is none.
    BundleError
        There is no such bundle, or it judges nothing.

    Examples
    --------
    >>> from motet.score import make_score
    >>> tune = "C5:1 D5:1 E5:1 C5:1 | G4:2 E4:2 | F4:1 G4:1 A4:1 F4:1 | G4:4 |"
    >>> odd = "C5:0.25 F#6:1.75 C#4:2 | B3:3.75 C6:0.25 | C#5:0.25 C5:3.75 | F#3:4 |"
    >>> [one.index for one in rank([make_score(odd), make_score(tune)])]
    [1, 0]
    """
    from motet.tasks.judge_reasons import find_reasons

    pieces = [_take_score(one, at) for at, one in enumerate(scores)]
    if not pieces:
        raise ParameterError(
            "there is nothing to rank; give one piece at least, better several",
            zh="没有可排序的乐曲;请至少给出一首,最好多首",
        )
    model = _load(bundle)
    runner = _open(model)
    grids = [score_to_grid(one).grid if _has_notes(one) else None for one in pieces]
    found = iter(_judge(runner, [one for one in grids if one], reads_symbols=_reads_symbols(model)))
    silent = Heard(phrases=[], marks=np.zeros(0))
    heard = [silent if grid is None else next(found) for grid in grids]
    order = sorted(range(len(grids)), key=lambda at: (-_or_last(heard[at].mark), at))

    def tell(at: int) -> tuple[str, ...]:
        return find_reasons(
            pieces[at], grids[at], heard[at], lambda rows: _mark(runner, rows), language=language
        )

    return [Ranked(index=at, score=_probability(heard[at].mark), reasons=tell(at)) for at in order]


def rank_grids(grids: Sequence[GridScore], *, bundle: str | Path | Bundle = JUDGE) -> list[float]:
    """Return the mark of each grid: the higher, the more it sounds as people write.

    Parameters
    ----------
    grids : sequence of GridScore
    bundle : str, Path or Bundle

    Returns
    -------
    list of float
        Log odds, in the order given; nan where the judge can hear nothing.

    Raises
    ------
    BundleError
        There is no such bundle, or it judges nothing.

    Examples
    --------
    >>> from motet.score import make_score
    >>> tune = make_score("C5:1 D5:1 E5:1 C5:1 | G4:2 E4:2 | F4:1 G4:1 A4:1 F4:1 | G4:4 |")
    >>> len(rank_grids([score_to_grid(tune).grid]))
    1
    """
    return [one.mark for one in judge_windows(grids, bundle=bundle)]


def judge_windows(
    grids: Sequence[GridScore], *, bundle: str | Path | Bundle = JUDGE
) -> list[Heard]:
    """Return what the judge makes of each grid, four bars at a time.

    Parameters
    ----------
    grids : sequence of GridScore
    bundle : str, Path or Bundle

    Returns
    -------
    list of Heard

    Raises
    ------
    BundleError
        There is no such bundle, or it judges nothing.

    Examples
    --------
    >>> judge_windows([])
    []
    """
    model = _load(bundle)
    return _judge(_open(model), grids, reads_symbols=_reads_symbols(model))


def _judge(
    runner: Runner, grids: Sequence[GridScore], *, reads_symbols: bool = False
) -> list[Heard]:
    """Return what is heard of each grid, by as few runs as there can be."""
    options = JudgedOptions(per_piece=_WINDOWS, least_notes=1)
    cuts = [extract_judged(grid, options) for grid in grids]
    if not reads_symbols:
        cuts = [[hide_symbols(phrase) for phrase in cut] for cut in cuts]
    marks = _mark(runner, [phrase for cut in cuts for phrase in cut])
    ends = np.cumsum([len(cut) for cut in cuts]).tolist()
    return [
        Heard(phrases=cut, marks=marks[end - len(cut) : end])
        for cut, end in zip(cuts, ends, strict=True)
    ]


def _mark(runner: Runner, phrases: Sequence[Batch]) -> FloatArray:
    """Return the mark of each phrase."""
    found = [np.zeros(0)]
    for first in range(0, len(phrases), _ROWS):
        rows = phrases[first : first + _ROWS]
        arrays = {name: np.stack([one[name] for one in rows]).astype(np.int64) for name in _GIVEN}
        arrays["roll"] = unpack_roll(np.stack([one["roll"] for one in rows])).astype(np.float32)
        for name in ("attack", "present"):
            arrays[name] = np.stack([one[name] for one in rows]).astype(np.float32)
        asked = {name: arrays[name] for name in runner.inputs}
        found.append(runner.run(asked)["score"].astype(np.float64))
    return np.concatenate(found)


def _load(bundle: str | Path | Bundle) -> Bundle:
    return bundle if isinstance(bundle, Bundle) else load_bundle(bundle)


def _open(model: Bundle) -> Runner:
    """Return the judge's graph, open."""
    if "critic" not in model.graphs:
        raise BundleError(
            f"the bundle {model.name!r} judges nothing: it has no graph 'critic'; take {JUDGE!r}",
            zh=f"模型包 {model.name!r} 不能评判:其中没有计算图 'critic';请用 {JUDGE!r}",
        )
    return _open_once(model.folder, model.digest)[1]


@lru_cache(maxsize=4)
def _open_once(folder: Path, digest: str) -> tuple[str, Runner]:
    return digest, open_graphs(load_bundle(folder))["critic"]


def _take_score(one: Any, at: int) -> Score:
    """Return the score of what was given."""
    found = one if isinstance(one, Score) else getattr(one, "score", None)
    if not isinstance(found, Score):
        raise ParameterError(
            f"piece {at + 1} must be a score, got {type(one).__name__}; read files with motet.read",
            zh=f"第 {at + 1} 首须为乐谱,收到 {type(one).__name__};请用 motet.read 读取文件",
        )
    return found


def _reads_symbols(model: Bundle) -> bool:
    """Return whether chord symbols and style are shown to the judge: a band GAN's critic learned them."""
    return model.takes != "judged"


def _has_notes(score: Score) -> bool:
    return any(note.duration_tick > 0 for part in score.parts for note in part.notes)


def _or_last(mark: float) -> float:
    return -math.inf if math.isnan(mark) else mark


def _probability(mark: float) -> float:
    return mark if math.isnan(mark) else 1 / (1 + math.exp(-min(40.0, max(-40.0, mark))))
