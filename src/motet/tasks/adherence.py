"""Adherence: what was asked for beside what came out, measured afresh on the finished score.

Conventions: nothing is taken from the intention; every number is read off the score. A check that holds
nothing to account (a measurement only) has ``ok = None``. What the arranger plays follows its own
idiom (approach notes, tensions), so key and strong beats are asked of the model's notes only.

Offers `check_adherence`, `check_kept`.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from motet.analysis.emotion import estimate_emotion
from motet.brief import Brief, tell_emotion
from motet.errors import ParameterError
from motet.score import Score, trim
from motet.tasks.articulate import check_articulation
from motet.tasks.avoid_check import check_avoided
from motet.tasks.check import Adherence, Check, same
from motet.tasks.curve import check_curve
from motet.tasks.feel_check import check_feel, check_groove, check_surprise
from motet.tasks.measure import chord_tone_counts, key_counts
from motet.tasks.part_check import check_part
from motet.theory.chord import parse_chord
from motet.theory.scale import Key, key_from_signature, parse_key
from motet.tokens.vocab import POSITIONS_PER_QN

__all__ = ["check_adherence", "check_kept"]


def check_adherence(
    score: Score,
    brief: Brief,
    *,
    writers: Sequence[str] = (),
    chords: Sequence[tuple[int, str]] | None = None,
    original: Score | None = None,
    open_cells: Collection[tuple[int, int]] | None = None,
) -> Adherence:
    """Return what a brief asked for beside what a score does.

    Parameters
    ----------
    score : Score
        The result; part k answers part k of the brief.
    brief : Brief
    writers : sequence of str
        Who wrote each part, ``"model"``, ``"arranger"`` or ``"given"``; all the model when empty.
    chords : sequence of (tick, symbol) or None
        The chords asked for; None where the brief names none.
    original : Score or None
        What the score was made from; its notes outside `open_cells` must be unchanged.
    open_cells : collection of (bar, part) or None
        The cells that were to be written; None is all.

    Returns
    -------
    Adherence

    Examples
    --------
    >>> from motet.score import make_score
    >>> brief = Brief(metre="3/4", bars=2, parts=[{"instrument": "flute", "low": 60, "high": 72}])
    >>> found = check_adherence(make_score("C4:3 | C6:3", metre="3/4", programs=(73,)), brief)
    >>> [(one.name, one.ok) for one in found.checks if one.ok is False]
    [('range', False)]
    """
    n_parts = len(score.parts)
    who = list(writers) or ["model"] * n_parts
    cells = (
        {(bar, k) for bar in range(score.n_bars) for k in range(n_parts)}
        if open_cells is None
        else set(open_cells)
    )
    checks = [*_frame_checks(score, brief, chords)]
    checks += _harmony_checks(score, brief, who, cells)
    for k in range(n_parts):
        wish = brief.parts[k] if k < len(brief.parts) else None
        bars = sorted(bar for bar, part in cells if part == k)
        if bars:
            checks += check_part(score, k, wish, bars, is_whole=open_cells is None)
    if open_cells is None:
        if brief.emotion is not None:
            checks.append(_emotion_check(score, brief.emotion))
        if brief.emotion_curve:
            checks += check_curve(score, brief.emotion_curve)
        checks += [*check_groove(score, brief, who), *check_feel(score, brief)]
        checks += check_surprise(score, brief, _key_of(score, brief))
        checks += check_articulation(score, brief)
        checks.append(_ending_check(score, asks_chord=brief.harmony != "free"))
    elif cells:
        checks += _cell_checks(score, brief, cells)
    checks += check_avoided(score, brief, _key_of(score, brief), cells)
    if original is not None:
        checks.append(check_kept(score, original, cells))
    return Adherence(checks=tuple(checks))


def _cell_checks(score: Score, brief: Brief, cells: set[tuple[int, int]]) -> list[Check]:
    """Check what was asked of new bars in a given score, on their own notes and chords alone."""
    parts = [
        replace(
            part,
            notes=tuple(n for n in part.notes if (score.bar_at(n.onset_tick), k) in cells),
        )
        for k, part in enumerate(score.parts)
    ]
    fresh = score.with_parts(*parts)
    found = [*check_feel(fresh, brief), *check_articulation(fresh, brief)]
    if brief.emotion is None and brief.surprise is None:
        return found
    start, end = min(bar for bar, _ in cells), max(bar for bar, _ in cells) + 1
    passage = trim(score, start_bar=start, end_bar=end)
    if brief.emotion is not None:
        found.append(_emotion_check(passage, brief.emotion))
    if brief.emotion_curve:
        curve = tuple((max(1, bar - start), v, a) for bar, v, a in brief.emotion_curve
                      if start < bar <= end)  # fmt: skip
        found += check_curve(passage, curve) if len(curve) > 1 else []
    return found + check_surprise(passage, brief, _key_of(score, brief))


def _frame_checks(
    score: Score, brief: Brief, chords: Sequence[tuple[int, str]] | None
) -> list[Check]:
    """Check bars, metre, tempo and the chords written in the score."""
    found = []
    wanted = sum(one.n_bars for one in brief.sections) or brief.bars
    found.append(
        Check(
            name="bars", what=("bars", "小节数"), requested=same(str(wanted or "")),
            measured=same(str(score.n_bars)), ok=None if not wanted else score.n_bars == wanted,
        )
    )  # fmt: skip
    metres = [(bar.metre.numerator, bar.metre.denominator) for bar in score.bars]
    found.append(
        Check(
            name="metre", what=("metre", "拍号"), requested=same(brief.metre),
            measured=same(_tell_metres(metres)),
            ok=None if not brief.metre else metres == _wanted_metres(brief, score.n_bars),
        )
    )  # fmt: skip
    qpm = score.tempos[0].qpm if score.tempos else 120.0
    found.append(
        Check(
            name="tempo", what=("tempo (quarters a minute)", "速度(每分钟四分音符)"),
            requested=same(f"{brief.qpm:g}" if brief.qpm else ""), measured=same(f"{qpm:.4g}"),
            ok=None if brief.qpm is None else abs(qpm - brief.qpm) < 0.05,
        )
    )  # fmt: skip
    if chords is not None:
        symbols = [(one.tick, one.symbol) for one in score.chords]
        n_right = len(set(symbols) & set(chords))
        text = f"{n_right}/{len(chords)}"
        found.append(
            Check(
                name="chords", what=("chords in place", "和弦就位"),
                requested=same(f"{len(chords)}"), measured=same(text),
                ok=sorted(symbols) == sorted(chords),
            )
        )  # fmt: skip
    return found


def _tell_metres(metres: list[tuple[int, int]]) -> str:
    """Return metres as a brief would say them."""
    words = []
    for bar, metre in enumerate(metres, start=1):
        if bar == 1 or metre != metres[bar - 2]:
            text = f"{metre[0]}/{metre[1]}"
            words.append(text if bar == 1 else f"{bar}: {text}")
    return ", ".join(words)


def _wanted_metres(brief: Brief, n_bars: int) -> list[tuple[int, int]]:
    """Return the metre that the brief asks for in every bar."""
    found: list[tuple[int, int]] = []
    for bar in range(1, n_bars + 1):
        held = [one for one in brief.metres if one.bar <= bar][-1]
        found.append((held.numerator, held.denominator))
    return found


def _key_of(score: Score, brief: Brief) -> Key | None:
    """Return the key asked for, else the one written in the score."""
    if brief.key:
        return parse_key(brief.key)
    if not score.keys:
        return None
    return key_from_signature(score.keys[0].fifths, score.keys[0].mode or "major")


def _harmony_checks(
    score: Score, brief: Brief, who: list[str], cells: set[tuple[int, int]]
) -> list[Check]:
    """Check key and strong beats over the model's cells; what the arranger wrote is measured only."""
    found = []
    key = _key_of(score, brief)
    for writer, en, zh in (("model", "", ""), ("arranger", " (arranger)", "(编配器)")):
        parts = [k for k, name in enumerate(who) if name == writer]
        if not parts:
            continue
        asked = writer == "model" and brief.harmony != "free"
        if key is not None:
            inside, total = _summed(key_counts, score, parts, cells, key)
            if total:
                found.append(
                    Check(
                        name="key",
                        what=(f"notes in the key, bent by chords{en}", f"调内或和弦内的音{zh}"),
                        requested=(key.name(), key.name(language="zh")),
                        measured=same(_share(inside, total)),
                        ok=inside == total if asked else None,
                    )
                )
        inside, total = _summed(chord_tone_counts, score, parts, cells)
        if total:
            asked = writer == "model" and brief.harmony == "strict"
            found.append(
                Check(
                    name="strong beats",
                    what=(f"chord tones on strong beats{en}", f"强拍上的和弦音{zh}"),
                    requested=("all", "全部") if asked else ("", ""),
                    measured=same(_share(inside, total)),
                    ok=inside == total if asked else None,
                )
            )
    return found


def _summed(
    count: Any, score: Score, parts: list[int], cells: set[tuple[int, int]], *more: Any
) -> tuple[int, int]:
    """Return the counts of all parts, each over its own open bars."""
    inside = total = 0
    for k in parts:
        bars = {bar for bar, part in cells if part == k}
        a, b = count(score, [k], *more, bars=bars)
        inside, total = inside + a, total + b
    return inside, total


def _share(inside: int, total: int) -> str:
    return f"{100 * inside / total:.4g} % ({inside}/{total})"


def _emotion_check(score: Score, asked: tuple[float, float]) -> Check:
    """Measure how the notes are likely to feel; nobody can be held to account for a feeling."""
    found = estimate_emotion(score)
    place = None if found is None else (found.valence, found.arousal)
    words = same("") if place is None else _tell_feeling(place)
    return Check(
        name="emotion", what=("emotion (valence, arousal)", "情绪(效价、唤醒度)"),
        requested=_tell_feeling(asked), measured=words, ok=None,
    )  # fmt: skip


def _tell_feeling(place: tuple[float, float]) -> tuple[str, str]:
    """Return an emotion as the nearest word and its two numbers, in both languages."""
    numbers = f"{place[0]:.1f}, {place[1]:.1f}"
    if any(math.isnan(one) for one in place):
        return same(numbers)
    en, zh = tell_emotion(place)
    return f"{en} ({numbers})", f"{zh}({numbers})"


def _ending_check(score: Score, *, asks_chord: bool) -> Check:
    """Check that the last note ends with the last bar, on its chord unless harmony is free."""
    end = score.bars[-1].end_tick
    last = max((part.end_tick for part in score.parts if not part.is_drums), default=0)
    tones: set[int] = set()
    if score.chords and asks_chord:
        try:
            chord = parse_chord(score.chords[-1].symbol)
        except ParameterError:
            chord = parse_chord("N.C.")
        tones = {*chord.pcs, chord.bass_pc} if chord.root else set()
    closing = [
        note.pitch % 12
        for part in score.parts
        if not part.is_drums and part.notes
        for note in part.notes
        if note.end_tick == part.end_tick and note.onset_tick >= score.bars[-1].start_tick
    ]
    fits = not tones or all(pc in tones for pc in closing)
    near = score.resolution // POSITIONS_PER_QN
    late = max(0, last - end)
    return Check(
        name="ending",
        what=("ends with the last bar, on its chord", "结束于末小节及其和弦")
        if asks_chord
        else ("ends with the last bar", "结束于末小节"),
        requested=same(f"{end}"),
        measured=(
            f"tick {last}{'' if fits else ', foreign tone'}",
            f"tick {last}{'' if fits else ',有和弦外音'}",
        ),
        ok=late <= near and fits,
    )


def check_kept(score: Score, original: Score, cells: Collection[tuple[int, int]]) -> Check:
    """Return whether every note outside the open cells is as it was, and none was added there.

    Parameters
    ----------
    score : Score
    original : Score
    cells : collection of (bar, part)
        The open ones.

    Returns
    -------
    Check

    Examples
    --------
    >>> from motet.score import make_score
    >>> check_kept(make_score("C4:4 E4:4"), make_score("C4:4 D4:4"), {(1, 0)}).ok
    True
    """
    total = n_same = 0
    for k, part in enumerate(original.parts):
        now: dict[Any, int] = {}
        for note in score.parts[k].notes if k < len(score.parts) else ():
            if (score.bar_at(note.onset_tick), k) not in cells:
                now[note] = now.get(note, 0) + 1
        kept = [n for n in part.notes if (original.bar_at(n.onset_tick), k) not in cells]
        total += len(kept)
        for note in kept:
            if now.get(note, 0):
                now[note] -= 1
                n_same += 1
        total += sum(now.values())
    return Check(
        name="kept",
        what=("given notes unchanged", "原有音符不变"),
        requested=same(str(total)),
        measured=same(str(n_same)),
        ok=n_same == total,
    )
