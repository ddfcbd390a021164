"""Why a piece got its mark: the part whose silence would help most, the weakest bars, odd figures.

Conventions: a reason is a sentence in the language asked for. A part is blamed by taking it away and
judging again; bars by their own marks; figures by the range of people's music (`motet.evaluate.people`).

Offers `find_reasons`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from motet.evaluate.people import Place, compare_with_people
from motet.language import Language, say
from motet.phrases.band import N_BARS, TRACKS
from motet.phrases.judged import fold_parts
from motet.phrases.kinds import Batch
from motet.score import Score
from motet.tokens.layout import GridScore

if TYPE_CHECKING:
    from motet.tasks.judge import Heard

__all__ = ["find_reasons"]

_Marker = Callable[[Sequence[Batch]], npt.NDArray[np.float64]]

_BLAME: Final = 0.7
"""Log odds that a part must cost to be blamed."""
_WEAK: Final = 1.0
"""Log odds that bars must lie below the mean to be named."""
_MOST: Final = 4
_TRACK_NAMES: Final = {
    "melody": ("the melody", "旋律"),
    "chords": ("the chords", "和弦声部"),
    "bass": ("the bass", "低音"),
    "drums": ("the drums", "鼓"),
    "strings": ("the inner and counter lines", "内声部与对位声部"),
}
_FAULTS: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("consonance", "below"): ("many clashes between notes", "音与音之间不协和过多"),
    ("scale_fit", "below"): ("many notes outside one scale", "音阶外的音过多"),
    ("chord_tone_share", "below"): (
        "few chord tones on strong beats",
        "强拍上的和弦音过少",
    ),
    ("empty_bar_share", "above"): ("many empty bars", "空小节过多"),
    ("rhythm_repetition", "below"): ("hardly a rhythm comes back", "节奏几乎不重现"),
    ("onset_entropy_bits", "above"): ("onsets all over the bar", "起音散布在小节各处"),
    ("mean_interval_semi", "above"): ("wide leaps", "跳进过大"),
    ("mean_interval_semi", "below"): ("hardly moves", "旋律几乎不动"),
    ("note_density", "above"): ("too many notes", "音符过密"),
    ("note_density", "below"): ("few notes", "音符过疏"),
    ("pitch_class_entropy_bits", "below"): ("few different pitches", "音高种类过少"),
    ("self_similarity", "below"): ("hardly a bar comes back", "小节几乎不重现"),
    ("self_similarity", "above"): ("the same bar again and again", "同一小节反复过多"),
}
"""Figure and side on which it falls out of people's range, to what that is called."""


_OF_LENGTH: Final = frozenset(
    ("rhythm_repetition", "self_similarity", "pitch_class_entropy_bits", "onset_entropy_bits")
)
"""Figures that depend on length; people's ranges are of 16 bars."""
_LONG_ENOUGH: Final = 12


def find_reasons(
    score: Score,
    grid: GridScore | None,
    heard: Heard,
    mark: _Marker,
    *,
    language: Language = "en",
) -> tuple[str, ...]:
    """Return what pulls a piece down, the heaviest first.

    Parameters
    ----------
    score : Score
    grid : GridScore or None
        The same on the grid; None where nothing sounds.
    heard : Heard
        What the judge made of it.
    mark : callable
        Phrases to their marks.
    language : Language

    Returns
    -------
    tuple of str
        At most four, and what could not be heard; empty where nothing stands out.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.judge import judge_windows
    >>> from motet.tokens import score_to_grid
    >>> score = make_score("C5:4 r:4 | r:8 | r:8", metre="5/4")
    >>> grid = score_to_grid(score).grid
    >>> find_reasons(score, grid, judge_windows([grid])[0], lambda phrases: np.zeros(len(phrases)))[0]
    'no bar of it can be judged: only 4/4, 2/2, 3/4, 6/8 and 2/4 in four like bars are heard'
    """
    if grid is None:
        return (say("it has no notes", "没有音符", language=language),)
    told = [
        *_blame_parts(grid, heard, mark, language),
        *_weak_bars(grid, heard, language),
        *_odd_figures(compare_with_people(score), grid.n_bars, language),
    ][:_MOST]
    return (*_unheard(grid, heard, language), *told)


def _unheard(grid: GridScore, heard: Heard, language: Language) -> list[str]:
    """Return what of a piece the judge could not hear."""
    if not heard.phrases:
        return [
            say(
                "no bar of it can be judged: only 4/4, 2/2, 3/4, 6/8 and 2/4 in four like bars are heard",
                "没有可评判的小节:只能听连续四小节同为 4/4、2/2、3/4、6/8 或 2/4 的音乐",
                language=language,
            )
        ]
    known = {int(one["start"]) + at for one in heard.phrases for at in range(N_BARS)}
    playing = set(np.unique(grid.notes["bar"]).tolist())
    missed = len(playing - known)
    if not missed or len(heard.phrases) >= 64 or 4 * missed < len(playing):
        return []
    return [
        say(
            f"{missed} of {len(playing)} bars were not heard: other metres, or a pickup",
            f"{len(playing)} 小节中有 {missed} 小节未评判:拍号不支持,或为弱起",
            language=language,
        )
    ]


def _blame_parts(grid: GridScore, heard: Heard, mark: _Marker, language: Language) -> list[str]:
    """Return the part without which the judge would like the piece most, if it would much more."""
    costs: list[tuple[float, int]] = []
    for track in range(len(TRACKS)):
        rows = [
            at
            for at, one in enumerate(heard.phrases)
            if one["present"][track] and one["present"].sum() > 1
        ]
        if rows:
            gain = mark([_silence(heard.phrases[at], track) for at in rows]) - heard.marks[rows]
            costs.append((float(gain.sum()) / len(heard.phrases), track))
    cost, track = max(costs, default=(0.0, 0))
    if cost < _BLAME:
        return []
    name = TRACKS[track]
    en, zh = _TRACK_NAMES[name]
    parts = [grid.parts[part].name for part in fold_parts(grid)[name]]
    called = ", ".join(one for one in parts if one)
    return [
        say(
            f"{en}{f' ({called})' if called else ''} pull{'' if name in _PLURAL else 's'} it down most",
            f"{zh}{f'({called})' if called else ''}拉低最多",
            language=language,
        )
    ]


_PLURAL: Final = ("chords", "drums", "strings")


def _silence(phrase: Batch, track: int) -> Batch:
    """Return a phrase without one of its tracks."""
    found = {name: phrase[name].copy() for name in ("roll", "attack", "present")}
    for one in found.values():
        one[track] = 0
    return {**phrase, **found}


def _weak_bars(grid: GridScore, heard: Heard, language: Language) -> list[str]:
    """Return the four bars that are worst, if they are much worse than the rest."""
    if len(heard.marks) < 2:
        return []
    worst = int(np.argmin(heard.marks))
    if heard.marks[worst] > heard.mark - _WEAK:
        return []
    first = int(heard.phrases[worst]["start"]) + 1
    last = min(first + N_BARS - 1, grid.n_bars)
    return [
        say(
            f"bars {first} to {last} are the weakest",
            f"第 {first} 至 {last} 小节最弱",
            language=language,
        )
    ]


def _odd_figures(places: Sequence[Place], n_bars: int, language: Language) -> list[str]:
    """Return the figures that fall out of people's range, the farthest first."""
    odd = []
    for one in places:
        fault = _FAULTS.get((one.name, one.verdict))
        if fault is not None and (n_bars >= _LONG_ENOUGH or one.name not in _OF_LENGTH):
            edge = one.low if one.verdict == "below" else one.high
            away = abs(one.value - edge) / max(1e-9, one.high - one.low)
            odd.append((away, one, fault))
    return [
        say(
            f"{en}: {one.value:.2f}, people's {one.low:.2f} to {one.high:.2f}",
            f"{zh}:{one.value:.2f},人的音乐为 {one.low:.2f} 至 {one.high:.2f}",
            language=language,
        )
        for _, one, (en, zh) in sorted(odd, key=lambda row: -row[0])
    ]
