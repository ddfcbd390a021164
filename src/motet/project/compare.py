"""Two versions of a piece side by side, bar by bar: which cells are the same, and in what they differ.

Conventions: bars are paired by what they hold, so that an inserted bar is told as new. A cell is ``same``,
``touched`` (the same notes, played otherwise: loudness or a little timing), ``rhythm`` (same rhythm, other
pitches), ``pitch`` (the same pitches in order, another rhythm), ``changed``, ``new`` or ``gone`` (a bar or
part that only one has).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from motet.analysis.bar_alignment import align_bars
from motet.language import Language, say
from motet.project.match import match_parts
from motet.score import Score

__all__ = ["KINDS", "Comparison", "Line", "compare_scores"]

KINDS = {
    "same": ("same", "相同", "="),
    "touched": ("same notes, played otherwise", "音符相同,奏法不同", "~"),
    "rhythm": ("new pitches on the same rhythm", "节奏相同,音高不同", "r"),
    "pitch": ("same pitches, new rhythm", "音高相同,节奏不同", "p"),
    "changed": ("changed", "不同", "x"),
    "new": ("new", "新增", "+"),
    "gone": ("gone", "删去", "-"),
}
"""What a cell may be beside the other: English, Chinese, and its sign."""

_NEAR = Fraction(1, 16)
_Key = tuple[Fraction, Fraction, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One bar of one part: its number before and after (0 where it has none), and its kind."""

    part: str
    before: int
    after: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two versions beside each other.

    Parameters
    ----------
    lines : tuple of Line
        Part by part, bar by bar; cells that are silent in both are left out.
    chords : tuple of (bar, before, after)
        Bars whose chord symbols differ; empty text where there is none.
    frame : tuple of (English, Chinese)
        What else differs: tempo, metre, key, length, instruments.
    """

    lines: tuple[Line, ...]
    chords: tuple[tuple[int, str, str], ...] = ()
    frame: tuple[tuple[str, str], ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not self.chords and not self.frame and all(x.kind == "same" for x in self.lines)

    def counts(self) -> dict[str, int]:
        """Return how many cells there are of each kind."""
        found = Counter(one.kind for one in self.lines)
        return {kind: found[kind] for kind in KINDS if found[kind]}

    def facts(self) -> dict[str, Any]:
        """Return the comparison as plain values for JSON."""
        return {
            "is_same": self.is_same,
            "counts": self.counts(),
            "cells": [
                {"part": x.part, "bar": x.after or x.before, "before": x.before, "after": x.after,
                 "kind": x.kind}
                for x in self.lines
            ],
            "chords": [{"bar": bar, "before": old, "after": new} for bar, old, new in self.chords],
            "frame": [en for en, _ in self.frame],
        }  # fmt: skip

    def tell(self, language: Language = "en") -> list[str]:
        """Return the comparison in words, part by part, bars of one kind together."""
        if self.is_same:
            return [say("Nothing differs.", "没有不同。", language=language)]
        found = [say(*one, language=language) for one in self.frame]
        for part in dict.fromkeys(one.part for one in self.lines):
            own = [one for one in self.lines if one.part == part]
            if all(one.kind == "same" for one in own):
                found.append(say(f"{part}: same", f"{part}:相同", language=language))
                continue
            for kind in KINDS:
                bars = [one.after or one.before for one in own if one.kind == kind]
                if bars:
                    words = say(*KINDS[kind][:2], language=language)
                    told = _spans(bars)
                    found.append(
                        say(f"{part}, bars {told}: {words}", f"{part},第 {told} 小节:{words}",
                            language=language)
                    )  # fmt: skip
        for bar, old, new in self.chords:
            found.append(
                say(f"Chords, bar {bar}: {old or '-'} → {new or '-'}",
                    f"和弦,第 {bar} 小节:{old or '-'} → {new or '-'}", language=language)
            )  # fmt: skip
        return found


def _spans(bars: list[int]) -> str:
    from motet.brief import tell_bars

    return tell_bars(sorted(set(bars)))


def compare_scores(before: Score, after: Score) -> Comparison:
    """Return two versions beside each other, bar by bar.

    Parameters
    ----------
    before, after : Score

    Returns
    -------
    Comparison

    Examples
    --------
    >>> from motet.score import make_score
    >>> found = compare_scores(make_score("C4:2 D4:2 | E4:4"), make_score("G4:2 A4:2 | E4:4"))
    >>> [(one.after, one.kind) for one in found.lines]
    [(1, 'rhythm'), (2, 'same')]
    """
    pairs = match_parts(before, after)
    old = {k: _cells(before, k) for k in range(len(before.parts))}
    new = {k: _cells(after, k) for k in range(len(after.parts))}
    bars = _pair_bars(before, after, pairs, old, new)
    lines: list[Line] = []
    for j, part in enumerate(after.parts):
        k = next((a for a, b in pairs.items() if b == j), None)
        lines += _lines(part.name, before, after, bars, old[k] if k is not None else None, new[j])
    for k, part in enumerate(before.parts):
        if k not in pairs:
            lines += _lines(part.name, before, after, bars, old[k], None)
    return Comparison(
        lines=tuple(lines),
        chords=_chord_changes(before, after, bars),
        frame=_frame_changes(before, after, pairs),
    )


_Bars = list[tuple[int | None, int | None]]


def _cells(score: Score, k: int) -> dict[int, list[_Key]]:
    """Return the notes of a part by bar: place, length, pitch, velocity; in order."""
    found: dict[int, list[_Key]] = {}
    for note in score.parts[k].notes:
        bar = score.bar_at(note.onset_tick)
        place = Fraction(note.onset_tick - score.bars[bar].start_tick, score.resolution)
        length = Fraction(note.duration_tick, score.resolution)
        found.setdefault(bar, []).append((place, length, note.pitch, note.velocity))
    return {bar: sorted(notes) for bar, notes in found.items()}


def _pair_bars(
    before: Score,
    after: Score,
    pairs: dict[int, int],
    old: dict[int, dict[int, list[_Key]]],
    new: dict[int, dict[int, list[_Key]]],
) -> _Bars:
    """Return bars that belong together: by index where the bar lines agree, else by content."""
    lengths = [[Fraction(b.duration_tick, s.resolution) for b in s.bars] for s in (before, after)]
    shorter = min(len(lengths[0]), len(lengths[1]))
    if lengths[0] == lengths[1]:
        return [(k, k) for k in range(shorter)]

    def contents(
        score: Score, cells: dict[int, dict[int, list[_Key]]], names: dict[int, int]
    ) -> list[frozenset[tuple[Any, ...]]]:
        return [
            frozenset(
                (names[k], *one[:3]) for k in names for one in cells[k].get(bar, ())
            )
            for bar in range(score.n_bars)
        ]  # fmt: skip

    return align_bars(
        contents(before, old, pairs), contents(after, new, {b: b for b in pairs.values()})
    )


def _lines(
    name: str,
    before: Score,
    after: Score,
    bars: _Bars,
    old: dict[int, list[_Key]] | None,
    new: dict[int, list[_Key]] | None,
) -> list[Line]:
    """Return the cells of one part."""
    found = []
    for a, b in bars:
        one = (old or {}).get(a, []) if a is not None else []
        two = (new or {}).get(b, []) if b is not None else []
        if not one and not two:
            continue
        if old is None or a is None:
            kind = "new"
        elif new is None or b is None:
            kind = "gone"
        else:
            kind = _kind(one, two)
        found.append(
            Line(
                part=name, kind=kind,
                before=before.bars[a].number if a is not None else 0,
                after=after.bars[b].number if b is not None else 0,
            )
        )  # fmt: skip
    return found


def _kind(one: list[_Key], two: list[_Key]) -> str:
    """Return what a cell is beside another."""
    if one == two:
        return "same"
    as_heard = [sorted((x[2], x[0]) for x in cell) for cell in (one, two)]
    near = all(
        p == q and abs(s - t) <= _NEAR
        for (p, s), (q, t) in zip(as_heard[0], as_heard[1], strict=False)
    )
    lengths = [sorted((x[2], x[1]) for x in cell) for cell in (one, two)]
    is_long = all(abs(s - t) <= 2 * _NEAR for (_, s), (_, t) in zip(*lengths, strict=False))
    if len(one) == len(two) and near and is_long:
        return "touched"
    if [x[:2] for x in one] == [x[:2] for x in two]:
        return "rhythm"
    if _order(one) == _order(two):
        return "pitch"
    return "changed"


def _order(cell: list[_Key]) -> list[tuple[int, ...]]:
    places: dict[int, list[int]] = {}
    for onset, _, pitch, _ in cell:
        places.setdefault(int(onset * 24 + Fraction(1, 2)), []).append(pitch)
    return [tuple(sorted(group)) for _, group in sorted(places.items())]


def _bar_chords(score: Score, bar: int | None) -> str:
    """Return the chords of a bar as text, the one held in first."""
    if bar is None:
        return ""
    low, high = score.bars[bar].start_tick, score.bars[bar].end_tick
    held = score.chord_at(low)
    names = [held.symbol] if held is not None else []
    names += [one.symbol for one in score.chords if low < one.tick < high]
    return " ".join(names)


def _chord_changes(before: Score, after: Score, bars: _Bars) -> tuple[tuple[int, str, str], ...]:
    found = []
    for a, b in bars:
        old, new = _bar_chords(before, a), _bar_chords(after, b)
        if old != new:
            number = after.bars[b].number if b is not None else before.bars[a or 0].number
            found.append((number, old, new))
    return tuple(found)


def _frame_changes(
    before: Score, after: Score, pairs: dict[int, int]
) -> tuple[tuple[str, str], ...]:
    """Return what differs beside notes and chords."""
    found: list[tuple[str, str]] = []

    def told(en: str, zh: str, old: str, new: str) -> None:
        if old != new:
            found.append(
                (f"{en}: {old or '-'} → {new or '-'}", f"{zh}:{old or '-'} → {new or '-'}")
            )

    def tempos(score: Score) -> str:
        return ", ".join(f"{one.qpm:.4g}" for one in score.tempos[:4])

    def metres(score: Score) -> str:
        return ", ".join(f"{one.numerator}/{one.denominator}" for one in score.metres[:4])

    told("Tempo", "速度", tempos(before), tempos(after))
    told("Metre", "拍号", metres(before), metres(after))
    keys = [", ".join(f"{x.fifths:+d} {x.mode}" for x in s.keys[:4]) for s in (before, after)]
    told("Key", "调号", *keys)
    told("Bars", "小节数", str(before.n_bars), str(after.n_bars))
    for a, b in pairs.items():
        one, two = before.parts[a], after.parts[b]
        told(f"{two.name}, name", f"{two.name},名称", one.name, two.name)
        told(f"{two.name}, program", f"{two.name},音色", str(one.program), str(two.program))
    return tuple(found)
