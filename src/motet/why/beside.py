"""Two pieces beside each other: what a control did, in lines and as plain values.

Conventions: both are taken to sixteenths and triplets first, so that a freer touch is no other note.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from motet.analysis import Change, diff_scores
from motet.score import Score, quantise
from motet.tasks.given import find_key

__all__ = ["compare_pieces"]

_MOVED_SHARE = 0.4


def compare_pieces(
    before: Score, after: Score
) -> tuple[tuple[tuple[str, str], ...], dict[str, Any]]:
    """Return what differs between two pieces, in lines and as plain values.

    Parameters
    ----------
    before, after : Score

    Returns
    -------
    (tuple of (English, Chinese), dict)

    Examples
    --------
    >>> from motet.score import make_score
    >>> lines, facts = compare_pieces(make_score("C4:2 E4:2"), make_score("D4:2 F#4:2"))
    >>> lines[-1][0], facts["n_same"]
    ('all 2 notes stay, moved up by 2 semitones', 0)
    """
    lines: list[tuple[str, str]] = []
    facts: dict[str, Any] = {}
    _compare_frame(before, after, lines)
    before, after = _even(before), _even(after)
    found = diff_scores(before, after)
    total = sum(len(part.notes) for part in before.parts)
    facts |= {"n_notes_before": total, "n_notes_after": after.n_notes, "n_same": found.n_same}
    moved, shift = _moved(before, after)
    is_moved = bool(shift) and moved > found.n_same and moved >= _MOVED_SHARE * total
    if is_moved:
        up = ("up" if shift > 0 else "down", "上" if shift > 0 else "下")
        n, semi = moved, abs(shift)
        who = f"all {n}" if n == total == after.n_notes else f"{n} of {total}"
        plural = "s" if semi > 1 else ""
        lines.append((f"{who} notes stay, moved {up[0]} by {semi} semitone{plural}",
                      f"{n}/{total} 个音保留,整体{up[1]}移 {semi} 个半音"))  # fmt: skip
        facts |= {"n_moved": moved, "shift_semi": shift}
    elif found.n_same < total or after.n_notes != total:
        n, new = found.n_same, after.n_notes - found.n_same
        lines.append((f"{n} of {total} notes stay, {new} are new",
                      f"{total} 个音中 {n} 个保留,新音 {new} 个"))  # fmt: skip
        lines += _by_part(before, found.changes)
    chords = [
        (one.symbol, other.symbol) for one, other in zip(before.chords, after.chords, strict=False)
    ]
    n_other = sum(a != b for a, b in chords) + abs(len(before.chords) - len(after.chords))
    if n_other and not is_moved:
        first = next(((a, b) for a, b in chords if a != b), None)
        shown = f" ({first[0]} → {first[1]} …)" if first else ""
        lines.append((f"{n_other} chords differ{shown}", f"{n_other} 个和弦不同{shown}"))
    facts["n_chords_other"] = n_other
    return tuple(lines), facts


def _even(score: Score) -> Score:
    """Return a score on its sixteenths and triplets, so that a freer touch is no other note."""
    return quantise(score, grids=(4, 6)).score


def _compare_frame(before: Score, after: Score, lines: list[tuple[str, str]]) -> None:
    """Add what differs in tempo, duration, length, key, metre and instruments."""
    a, b = (one.tempos[0].qpm if one.tempos else 120.0 for one in (before, after))
    if abs(a - b) > 0.05:
        lines.append((f"tempo {a:.4g} → {b:.4g}", f"速度 {a:.4g} → {b:.4g}"))
    long, now = (one.time.tick_to_s(one.end_tick) for one in (before, after))
    if abs(long - now) >= 1:
        lines.append((f"{long:.0f} s → {now:.0f} s long", f"时长 {long:.0f} 秒 → {now:.0f} 秒"))
    if before.n_bars != after.n_bars:
        lines.append(
            (f"{before.n_bars} → {after.n_bars} bars", f"{before.n_bars} → {after.n_bars} 小节")
        )
    one, two = (find_key(score, tick=0) for score in (before, after))
    if one != two:
        zh = f"{one.name(language='zh')} → {two.name(language='zh')}"
        lines.append((f"{one.name()} → {two.name()}", zh))
    metres = [f"{score.bars[0].metre.numerator}/{score.bars[0].metre.denominator}"
              for score in (before, after)]  # fmt: skip
    if metres[0] != metres[1]:
        lines.append((f"metre {metres[0]} → {metres[1]}", f"拍号 {metres[0]} → {metres[1]}"))
    names, others = ([part.name for part in score.parts] for score in (before, after))
    gone, new = [x for x in names if x not in others], [x for x in others if x not in names]
    if gone:
        lines.append((f"without {', '.join(gone)}", f"去掉 {'、'.join(gone)}"))
    if new:
        lines.append((f"with {', '.join(new)}", f"加上 {'、'.join(new)}"))


def _by_part(before: Score, changes: Sequence[Change]) -> list[tuple[str, str]]:
    """Return which parts change in which share of their bars."""
    told, told_zh = [], []
    for part in before.parts:
        playing = {before.bars[before.bar_at(note.onset_tick)].number for note in part.notes}
        own = {one.bar for one in changes if one.part == part.name and one.bar}
        if own and playing:
            n, total = len(own & playing), len(playing)
            told.append(f"{part.name} in {n} of {total} bars")
            told_zh.append(f"{part.name} {n}/{total} 小节")
    same = [part.name for part in before.parts if part.notes and not any(
        one.part == part.name for one in changes)]  # fmt: skip
    lines = []
    if told:
        lines.append(("changed: " + ", ".join(told), "有变化:" + "、".join(told_zh)))
    if same:
        lines.append(("untouched: " + ", ".join(same), "不变:" + "、".join(same)))
    return lines


def _moved(before: Score, after: Score) -> tuple[int, int]:
    """Return how many notes stay if all pitched ones are moved alike, and by how much, -11 to 11."""
    if [p.name for p in before.parts] != [p.name for p in after.parts]:
        return 0, 0
    best = (0, 0)
    for shift in range(-11, 12):
        n = 0
        for old, new in zip(before.parts, after.parts, strict=True):
            by = 0 if old.is_drums else shift
            here = {(note.onset_tick, note.pitch + by) for note in old.notes}
            n += len(here & {(note.onset_tick, note.pitch) for note in new.notes})
        if (n, -abs(shift)) > (best[0], -abs(best[1])):
            best = (n, shift)
    return best
