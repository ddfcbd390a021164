"""A score's measures beside the range of people's music of its style.

Conventions: the range is the 10th to the 90th percentile of stretches of 16 bars of human pieces, from a
small file in the package. A longer score is measured by its stretches of 16 bars, and the mean is told;
one without chord symbols has its chords read off its notes, as in the corpus.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from motet.errors import FormatError, ParameterError
from motet.evaluate.report import MEASURES, measure_score
from motet.language import Language, count_columns, say
from motet.score import Score
from motet.tokens import GridScore, grid_to_score, keep_parts, score_to_grid, window

__all__ = [
    "EVERYONE",
    "N_BARS",
    "Place",
    "compare_with_people",
    "list_reference_styles",
    "load_reference",
    "measure_stretches",
    "tell_places",
]

N_BARS: Final = 16
EVERYONE: Final = "all"
_FORMAT: Final = 1
_SHIPPED: Final = Path(__file__).parent / "data" / "people.json"
_NAMES: Final[dict[str, tuple[str, str]]] = {
    "scale_fit": ("sounding time in one scale", "单一音阶内的时值占比"),
    "chromatic_share": ("sounding time outside the key", "调外音时值占比"),
    "consonance": ("consonant simultaneous sound", "协和的同时发声占比"),
    "chord_tone_share": ("chord tones on strong beats", "强拍和弦音占比"),
    "pitch_class_entropy_bits": ("variety of pitch classes (bits)", "音级多样性(比特)"),
    "onset_entropy_bits": ("variety of places in the bar (bits)", "小节内起音位置多样性(比特)"),
    "rhythm_repetition": ("bars with a known rhythm", "重复节奏的小节占比"),
    "mean_interval_semi": ("melodic step (semitones)", "旋律音程(半音)"),
    "pitch_span_semi": ("span of a part (semitones)", "声部音域(半音)"),
    "mean_duration_qn": ("length of a note (quarters)", "音符时值(四分音符)"),
    "note_density": ("onsets a quarter", "每四分音符起音数"),
    "empty_bar_share": ("bars in which a part is silent", "声部空小节占比"),
    "self_similarity": ("likeness to an earlier bar", "与之前小节的相似度"),
    "lag_structure": ("regular return (phrases)", "规律重现(乐句)"),
}
Verdict = Literal["below", "within", "above", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One measure of a score beside people's.

    Parameters
    ----------
    name : str
        Of `motet.evaluate.MEASURES`.
    value : float
        nan where it is undefined.
    low, median, high : float
        10th, 50th and 90th percentile of people's music.

    Examples
    --------
    >>> Place(name="consonance", value=0.5, low=0.7, median=0.8, high=0.9).verdict
    'below'
    """

    name: str
    value: float
    low: float
    median: float
    high: float

    @property
    def verdict(self) -> Verdict:
        """Where the value lies; ``"unknown"`` where it or the range is undefined."""
        if math.isnan(self.value) or math.isnan(self.low):
            return "unknown"
        if self.value < self.low:
            return "below"
        return "above" if self.value > self.high else "within"

    def to_dict(self) -> dict[str, Any]:
        """Return plain values; what is undefined is None."""
        numbers = {"value": self.value, "low": self.low, "median": self.median, "high": self.high}
        return {
            "name": self.name,
            **{key: None if math.isnan(one) else round(one, 4) for key, one in numbers.items()},
            "verdict": self.verdict,
        }


@lru_cache(maxsize=4)
def load_reference(path: str | Path | None = None) -> dict[str, Any]:
    """Return the ranges of people's music.

    Parameters
    ----------
    path : str, Path or None
        A file that ``motet evaluate --reference`` wrote; None is the one of the package.

    Returns
    -------
    dict
        ``styles``: style to ``n`` stretches and ``ranges`` of each measure (10th, 50th, 90th percentile).

    Raises
    ------
    FormatError
        The file is missing or damaged.

    Examples
    --------
    >>> sorted(load_reference()["styles"]["all"])
    ['n', 'ranges']
    """
    source = Path(path) if path is not None else _SHIPPED
    try:
        facts = json.loads(source.read_text(encoding="utf-8"))
        if facts["format"] != _FORMAT or EVERYONE not in facts["styles"]:
            raise ValueError(f"format {facts['format']}")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FormatError(
            f"the ranges of people's music cannot be read: {error}; write them again with motet "
            "evaluate --reference",
            zh=f"无法读取人的音乐的范围:{error};请用 motet evaluate --reference 重新写出",
            path=str(source),
        ) from error
    found: dict[str, Any] = facts
    return found


def list_reference_styles() -> tuple[str, ...]:
    """Return the styles of which there is a range, ``"all"`` first.

    Examples
    --------
    >>> list_reference_styles()[0]
    'all'
    """
    names = sorted(load_reference()["styles"])
    return (EVERYONE, *(name for name in names if name != EVERYONE))


def measure_stretches(grid: GridScore) -> dict[str, float]:
    """Return every measure, averaged over a piece's stretches of 16 bars.

    Parameters
    ----------
    grid : GridScore

    Returns
    -------
    dict of str to float
        nan where undefined. What is left after the last whole stretch counts when it is half of one,
        or all there is.

    Examples
    --------
    >>> from motet.score import make_score
    >>> measure_stretches(score_to_grid(make_score("C4:1 E4:1 G4:2 | " * 20)).grid)["scale_fit"]
    1.0
    """
    starts = [
        start
        for start in range(0, grid.n_bars, N_BARS)
        if start == 0 or grid.n_bars - start >= N_BARS // 2
    ]
    rows = []
    for start in starts:
        cut = window(grid, start, min(grid.n_bars, start + N_BARS))
        playing = sorted(set(cut.notes["part"].tolist()))
        if playing:
            rows.append(measure_score(grid_to_score(_with_chords(keep_parts(cut, playing)))))
    return {name: _mean([row[name] for row in rows]) for name in MEASURES}


def _with_chords(grid: GridScore) -> GridScore:
    """Return a grid with chords, read off its notes where it has none."""
    if len(grid.chords):
        return grid
    from motet.corpus.quick_chords import quick_chords

    return replace(grid, chords=quick_chords(grid))


def _mean(values: Sequence[float]) -> float:
    known = [value for value in values if not math.isnan(value)]
    return sum(known) / len(known) if known else math.nan


def compare_with_people(score: Score, *, style: str = EVERYONE) -> list[Place]:
    """Return every measure of a score beside the range of people's music.

    Parameters
    ----------
    score : Score
    style : str
        One of `list_reference_styles`; ``"all"`` is every style alike.

    Returns
    -------
    list of Place

    Raises
    ------
    ParameterError
        There is no range of that style, or the score has no bar.

    Examples
    --------
    >>> from motet.score import make_score
    >>> [one.name for one in compare_with_people(make_score("C4:1 E4:1 G4:2 | C4:4"))][:2]
    ['scale_fit', 'chromatic_share']
    """
    styles = load_reference()["styles"]
    if style not in styles:
        names = list_reference_styles()
        raise ParameterError(
            f"there is no human range for the style {style!r}; there is one for: {', '.join(names)}",
            zh=f"没有风格 {style!r} 的人类音乐范围;现有:{'、'.join(names)}",
        )
    if not score.n_bars or not any(part.notes for part in score.parts):
        raise ParameterError(
            "the score has no notes to measure; give one with notes",
            zh="乐谱中没有可测量的音符;请给出有音符的乐谱",
        )
    found = measure_stretches(score_to_grid(score).grid)
    ranges = styles[style]["ranges"]
    unknown = (math.nan,) * 3
    return [
        Place(name=name, value=value, low=low, median=median, high=high)
        for name, value in found.items()
        for low, median, high in (ranges.get(name) or unknown,)
    ]


def tell_places(places: Sequence[Place], *, language: Language = "en") -> list[str]:
    """Return a comparison as the lines of a table.

    Parameters
    ----------
    places : sequence of Place
    language : Language

    Returns
    -------
    list of str

    Examples
    --------
    >>> place = Place(name="consonance", value=0.5, low=0.7, median=0.8, high=0.9)
    >>> print(tell_places([place])[1])
    consonant simultaneous sound  0.50  0.70 to 0.90  below
    """
    words = {
        "below": say("below", "偏低", language=language),
        "within": say("within", "范围内", language=language),
        "above": say("above", "偏高", language=language),
        "unknown": "-",
    }
    rows = [
        (
            say("what", "项目", language=language),
            say("here", "本曲", language=language),
            say("people, 10 to 90 %", "人的 10–90 %", language=language),
            "",
        )
    ]
    rows += [
        (
            say(*_NAMES[one.name], language=language),
            _tell(one.value),
            say(
                f"{_tell(one.low)} to {_tell(one.high)}",
                f"{_tell(one.low)} 至 {_tell(one.high)}",
                language=language,
            ),
            words[one.verdict],
        )
        for one in places
    ]
    widths = [max(count_columns(row[k]) for row in rows[1:] or rows) for k in range(3)]
    return [
        "  ".join(
            [*(cell + " " * (w - count_columns(cell)) for cell, w in zip(row[:3], widths)), row[3]]
        ).rstrip()
        for row in rows
    ]


def _tell(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.2f}"
