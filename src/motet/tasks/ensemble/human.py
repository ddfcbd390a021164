"""Human playing: a written score played by hands, and played music put back on the grid.

Conventions: shifts are milliseconds turned to ticks at the tempo of the place, each well under half a
thirty-second triplet, so that a note is written down as before; parts scatter apart, drums least. Swing that
is written stays. Louder is on the beat, phrases rise and fall. Same seed, same playing.

Source: scatter of a few milliseconds as in Friberg and Sundström, "Swing ratios and ensemble timing in
jazz performance", Music Perception 19(3), 2002, and slow drift as in `motet.arranger.humanise`; a phrase's
arch of tempo and loudness after Todd, "The dynamics of dynamics", JASA 91(6), 1992.
"""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from motet.arranger.style import Style
from motet.brief import Brief
from motet.brief.text import check_keys
from motet.engine.bundle import Bundle
from motet.engine.write import Cancel
from motet.errors import ParameterError
from motet.language import Language
from motet.score import Note, Part, Score, Tempo, part_indices, quantise
from motet.tasks.adherence import check_adherence
from motet.tasks.check import Adherence, Check, same
from motet.tasks.composition import Composition
from motet.units import qpm_to_quarter_us

__all__ = ["humanise", "tidy"]

_SCATTER_MS = {
    "drums": 2.5, "bass": 4.0, "comping": 5.0, "melody": 7.5, "solo": 7.5, "horns": 5.0,
    "counter": 7.0, "pad": 6.0, "strings": 8.0,
}  # fmt: skip
_OPTIONS = ("seed",)
_PHRASE_REST_QN = 0.5
_LONGEST_PHRASE_BARS = 4
_ARC = 9.0
_SLOWEST = 0.6
"""Share of the tempo at the end of the last phrase, at rubato 1."""


def humanise(
    score: Score,
    *,
    amount: float = 1.0,
    style: str = "",
    rubato: float = 0.0,
    parts: Iterable[int | str] | None = None,
    bundle: str | Path | Bundle | None = None,  # noqa: ARG001
    language: Language = "en",
    on_bar: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,  # noqa: ARG001
    originality: bool = True,  # noqa: ARG001
    **options: Any,
) -> Composition:
    """Return a score as people play it: accents, phrases, small shifts.

    Parameters
    ----------
    score : Score
    amount : float, 0 to 2
        0 changes nothing, 1 is usual.
    style : str
        A style of the arranger: how late or early each role plays; empty for none.
    rubato : float, 0 to 1
        How much the tempo yields at the end of phrases.
    parts : iterable of int or str, or None
        Who plays like that; None is everybody.
    bundle, cancel, originality
        As in other tasks; no model is at work here.
    language : Language
    on_bar : callable or None
        Called with (bars done, bars in all).
    **options
        ``seed``.

    Returns
    -------
    Composition
        Same notes and pitches; each onset stays nearest to its own place.

    Raises
    ------
    ParameterError
        An option is out of range, or there is no such part or style.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C5:1 D5:1 E5:1 F5:1 | G5:4")
    >>> played = humanise(score, seed=3).score.parts[0].notes
    >>> [note.pitch for note in played], played[1].onset_tick != 480
    ([72, 74, 76, 77, 79], True)
    >>> humanise(score, amount=0).score == score
    True
    """
    began = time.perf_counter()
    check_keys(options, _OPTIONS, what="humanise", what_zh="人性化")
    _check_range("amount", amount, 2.0)
    _check_range("rubato", rubato, 1.0)
    brief = Brief(**options)
    rows = set(part_indices(score, list(parts) if parts is not None else None))
    groove = _find_style(style)
    played = tuple(
        _play(score, k, amount, groove, brief.seed) if k in rows else part
        for k, part in enumerate(score.parts)
    )
    done = score if amount == 0 else score.with_parts(*played)
    if rubato > 0:
        done = replace(done, tempos=_yielding(score, rubato))
    if on_bar is not None:
        on_bar(done.n_bars, done.n_bars)
    return _answer(score, done, brief, rows, language, began, what="humanise")


def tidy(
    score: Score,
    *,
    strength: float = 1.0,
    parts: Iterable[int | str] | None = None,
    language: Language = "en",
    **options: Any,
) -> Composition:
    """Return played music on the grid of sixteenths and triplets: the inverse of `humanise`.

    Parameters
    ----------
    score : Score
    strength : float, 0 to 1
        How far notes move towards the grid.
    parts : iterable of int or str, or None
        None is everybody.
    language : Language
    **options
        ``seed``.

    Returns
    -------
    Composition
        Its report says how many notes moved, and how far.

    Raises
    ------
    ParameterError
        The strength is out of range, or there is no such part.

    Examples
    --------
    >>> from motet.score import make_score
    >>> played = humanise(make_score("C5:1 D5:1 E5:1 F5:1"), seed=3).score
    >>> [note.onset_tick for note in tidy(played).score.parts[0].notes]
    [0, 480, 960, 1440]
    """
    began = time.perf_counter()
    check_keys(options, _OPTIONS, what="tidy", what_zh="对齐")
    brief = Brief(**options)
    rows = set(part_indices(score, list(parts) if parts is not None else None))
    found = quantise(score, grids=(4, 3), strength=strength).score
    mixed = [
        new if k in rows else old for k, (old, new) in enumerate(zip(score.parts, found.parts))
    ]
    done = found.with_parts(*mixed)
    return _answer(score, done, brief, rows, language, began, what="tidy")


def _check_range(name: str, value: float, high: float) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= high:
        raise ParameterError(
            f"{name} must be 0 to {high:g}, got {value!r}",
            zh=f"{name} 必须在 0 到 {high:g} 之间,收到 {value!r}",
        )


def _find_style(name: str) -> Style | None:
    """Return a style of the arranger, or None for no name."""
    if not name:
        return None
    from motet.arranger.style_file import find_style

    return find_style(name)


def _play(score: Score, k: int, amount: float, style: Style | None, seed: int) -> Part:
    """Return one part as a person plays it."""
    part = score.parts[k]
    role = "drums" if part.is_drums else part.role
    scatter_ms = _SCATTER_MS.get(role, 6.0) * amount
    late_ms = style.feel_ms.get(role, 0.0) * amount if style else 0.0
    rng = np.random.default_rng([seed, 7919, k])
    arcs = _arcs(score, part) if role not in ("drums", "bass", "comping") else {}
    onsets = sorted({note.onset_tick for note in part.notes})
    gaps = dict(zip(onsets, _room(onsets, score.resolution), strict=True))
    drift = 0.0
    shifts: dict[int, int] = {}
    swells: dict[int, float] = {}
    for tick in onsets:
        ms_tick = _qpm_at(score, tick) * score.resolution / 60_000
        drift = 0.85 * drift + float(rng.normal(0.0, 0.4)) * scatter_ms
        struck = drift + float(rng.normal(0.0, 0.5)) * scatter_ms
        wanted = (late_ms + max(-1.7 * scatter_ms, min(1.7 * scatter_ms, struck))) * ms_tick
        shifts[tick] = round(max(-gaps[tick], min(gaps[tick], wanted)))
        swells[tick] = _accent(score, tick) * (1.4 if part.is_drums else 1.0) + arcs.get(tick, 0.0)
    found = []
    for note in part.notes:
        if note.grace:
            found.append(
                replace(note, onset_tick=max(0, note.onset_tick + shifts[note.onset_tick]))
            )
            continue
        own = float(rng.normal(0.0, 2.0))
        velocity = note.velocity + (swells[note.onset_tick] + own) * min(1.5, amount)
        start = max(0, note.onset_tick + shifts[note.onset_tick])
        end = note.end_tick + shifts.get(note.end_tick, 0)
        found.append(
            replace(
                note, onset_tick=start, duration_tick=max(1, end - start), ties_tick=(),
                velocity=min(127, max(8, round(velocity))),
            )
        )  # fmt: skip
    return replace(part, notes=tuple(found))


def _room(onsets: list[int], resolution: int) -> list[float]:
    """Return how far each onset may move: well under half a grid place, a third of the way to a neighbour."""
    most = resolution / 24 - 1
    found = []
    for k, tick in enumerate(onsets):
        before = tick - onsets[k - 1] if k else resolution
        after = onsets[k + 1] - tick if k + 1 < len(onsets) else resolution
        found.append(max(0.0, min(most, before / 3, after / 3)))
    return found


def _qpm_at(score: Score, tick: int) -> float:
    found = [one for one in score.tempos if one.tick <= tick]
    return found[-1].qpm if found else 120.0


def _accent(score: Score, tick: int) -> float:
    """Return how much louder a place of the bar is."""
    bar = score.bars[score.bar_at(tick)]
    if tick == bar.start_tick:
        return 5.0
    at = float(bar.start_tick)
    beats = bar.metre.beats_qn
    for k, beat in enumerate(beats):
        if abs(at - tick) <= 1:
            return 2.5 if len(beats) % 2 == 0 and k == len(beats) // 2 else 0.5
        at += float(beat) * score.resolution
    return -3.0


def _phrases(score: Score, part: Part) -> list[tuple[int, int]]:
    """Return the phrases of a part in ticks: from rest to rest, four bars at most."""
    notes = [note for note in part.notes if not note.grace]
    if not notes:
        return []
    starts = [notes[0].onset_tick]
    end = notes[0].end_tick
    for note in notes[1:]:
        bars = score.bar_at(note.onset_tick) - score.bar_at(starts[-1])
        is_line = note.onset_tick == score.bars[score.bar_at(note.onset_tick)].start_tick
        rests = note.onset_tick - end >= _PHRASE_REST_QN * score.resolution
        if rests or (bars >= _LONGEST_PHRASE_BARS and is_line):
            starts.append(note.onset_tick)
        end = max(end, note.end_tick)
    return list(zip(starts, [*starts[1:], part.end_tick], strict=True))


def _arcs(score: Score, part: Part) -> dict[int, float]:
    """Return how much louder or softer each onset is within its phrase: up to its top, then down."""
    found: dict[int, float] = {}
    for start, end in _phrases(score, part):
        inside = [note for note in part.notes if start <= note.onset_tick < end]
        pitches = [note.pitch for note in inside]
        spread = max(1, max(pitches) - min(pitches))
        for note in inside:
            place = (note.onset_tick - start) / max(1, end - start)
            arch = math.sin(math.pi * min(1.0, place * 0.9 + 0.05)) - 0.5
            height = (note.pitch - min(pitches)) / spread - 0.5
            found[note.onset_tick] = _ARC * (0.7 * arch + 0.5 * height)
    return found


def _yielding(score: Score, rubato: float) -> tuple[Tempo, ...]:
    """Return the tempo map with each phrase of the melody slowing at its end."""
    line = next((one for one in score.parts if one.role == "melody" and one.notes), None)
    line = line or next((one for one in score.parts if one.notes and not one.is_drums), None)
    tempos = list(score.tempos) or [Tempo(tick=0, quarter_us=500_000)]
    if line is None:
        return tuple(tempos)
    own = {one.tick for one in tempos}
    added: list[Tempo] = []
    phrases = [one for one in _phrases(score, line) if one[1] - one[0] >= 2 * score.resolution]
    for k, (start, end) in enumerate(phrases):
        depth = (1 - _SLOWEST) * rubato * (1.0 if k == len(phrases) - 1 else 0.3)
        last = min(end, line.end_tick)
        n_qn = 3 if k == len(phrases) - 1 else 2
        first = max(start, last - n_qn * score.resolution)
        steps = range(first, last, score.resolution // 2)
        for n, tick in enumerate(steps):
            slow = 1 - depth * ((n + 1) / len(steps)) ** 2
            if tick not in own:
                added.append(
                    Tempo(tick=tick, quarter_us=qpm_to_quarter_us(_qpm_at(score, tick) * slow))
                )
        if last < score.end_tick and last not in own:
            added.append(Tempo(tick=last, quarter_us=qpm_to_quarter_us(_qpm_at(score, last))))
    unique = {one.tick: one for one in [*added, *tempos]}
    return tuple(unique[tick] for tick in sorted(unique))


def _answer(
    before: Score,
    after: Score,
    brief: Brief,
    rows: set[int],
    language: Language,
    began: float,
    *,
    what: str,
) -> Composition:
    """Return the result with its measurements."""
    pairs = [
        pair
        for k in sorted(rows)
        for pair in zip(
            _ordered(before.parts[k].notes), _ordered(after.parts[k].notes), strict=True
        )
    ]
    ms_s = [
        1000 * abs(after.time.tick_to_s(b.onset_tick) - after.time.tick_to_s(a.onset_tick))
        for a, b in pairs
    ]
    same_notes = all(a.pitch == b.pitch for a, b in pairs)
    n_moved = sum(a.onset_tick != b.onset_tick for a, b in pairs)
    louder = [abs(a.velocity - b.velocity) for a, b in pairs]
    mean_ms = sum(ms_s) / len(ms_s) if ms_s else 0.0
    told = f"{n_moved}/{len(pairs)}"
    checks = [
        Check(name="pitches", what=("notes and pitches", "音符与音高"), requested=("kept", "保留"),
              measured=("kept", "保留") if same_notes else ("changed", "有变"), ok=same_notes),
        Check(name="moved", what=("onsets moved", "移动的起音"), requested=same(""),
              measured=(f"{told}, mean {mean_ms:.1f} ms, most {max(ms_s, default=0):.1f} ms",
                        f"{told},平均 {mean_ms:.1f} 毫秒,最多 {max(ms_s, default=0):.1f} 毫秒"), ok=None),
        Check(name="velocity", what=("mean change of velocity", "力度平均变化"), requested=same(""),
              measured=same(f"{sum(louder) / max(1, len(louder)):.1f}"), ok=None),
    ]  # fmt: skip
    if what == "humanise":
        n_off = _misplaced(before, after, rows)
        checks.append(
            Check(name="written", what=("notes written elsewhere", "记谱位置改变的音"),
                  requested=same("0"), measured=same(str(n_off)), ok=n_off == 0)
        )  # fmt: skip
    facts = [one for one in check_adherence(after, brief).checks if one.name in ("bars", "metre")]
    return Composition(
        task="humanise",
        score=after,
        brief=brief,
        adherence=Adherence(checks=(*checks, *facts)),
        writers=("given",) * len(after.parts),
        seconds=time.perf_counter() - began,
        language=language,
        given=before,
    )


def _ordered(notes: tuple[Note, ...]) -> list[Note]:
    """Return notes in an order that playing does not change."""
    groups = itertools.groupby(
        sorted(notes, key=lambda n: (n.pitch, n.onset_tick)), key=lambda n: n.pitch
    )
    return [note for _, group in groups for note in group]


def _misplaced(before: Score, after: Score, rows: set[int]) -> int:
    """Return how many notes of the grid would be written at another place now."""
    unit = before.resolution / 12
    count = 0
    for k in rows:
        old, new = before.parts[k].notes, after.parts[k].notes
        for a, b in zip(_ordered(old), _ordered(new), strict=True):
            away = a.onset_tick % unit
            if min(away, unit - away) < 1:
                count += round(a.onset_tick / unit) != round(b.onset_tick / unit)
    return count
