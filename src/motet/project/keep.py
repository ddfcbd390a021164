"""Keeping what is locked: a score that a task made, with every locked cell as it was; and the proof.

Conventions: parts belong together by name, then by place; bars by index, and must be of equal length
where something is locked. `check_kept` shares no code with `keep_locked`: it compares note for note.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from motet.errors import ConstraintError
from motet.project.lock import Layer, Lock, find_locked, tell_cells
from motet.project.match import chords_from, match_parts
from motet.score import Note, Score, change_resolution, put, replace_cell
from motet.tasks.layer import lay_pitches, lay_rhythm

__all__ = ["check_kept", "keep_locked"]

Cell = tuple[int, int]


def keep_locked(
    before: Score, after: Score, locks: Iterable[Lock], *, outside: Collection[Cell] = ()
) -> Score:
    """Return a score that a task made, with what is locked as it was before.

    Parameters
    ----------
    before, after : Score
    locks : iterable of Lock
    outside : collection of (bar, part)
        More cells of `before` that stay whole: those that were not selected.

    Returns
    -------
    Score

    Raises
    ------
    ConstraintError
        The task changed what a locked cell stands in: its part or bar is gone or of another length.

    Examples
    --------
    >>> from motet.score import make_score
    >>> before, after = make_score("C4:4 D4:4"), make_score("G4:2 A4:2 F4:4")
    >>> [note.pitch for note in keep_locked(before, after, [Lock("1", "pitch")]).parts[0].notes]
    [60, 65]
    """
    layers, bars = find_locked(before, locks)
    held: dict[Cell, frozenset[Layer]] = {**layers, **dict.fromkeys(outside, frozenset({"all"}))}
    if not held and not bars:
        return after
    if after.resolution != before.resolution:
        after = change_resolution(after, resolution=before.resolution).score
    pairs = match_parts(before, after)
    _refuse_lost(before, after, held, bars, pairs)
    made = after
    for (bar, k), one in sorted(held.items()):
        j = pairs[k]
        if "all" in one:
            after = put(after, before, parts=[j], bars=[bar], source_parts=[k], source_bars=[bar])
            continue
        kept, fresh = _notes(before, bar, k), _notes(made, bar, j)
        notes = (
            lay_pitches(kept, fresh)
            if "rhythm" in one
            else lay_rhythm(kept, fresh, resolution=before.resolution)
        )
        start = before.bars[bar].start_tick
        placed = [replace(note, onset_tick=note.onset_tick - start) for note in notes]
        after = replace_cell(after, part=j, bar=bar, notes=placed)
    return replace(after, chords=chords_from(before, after, bars)) if bars else after


def _refuse_lost(
    before: Score,
    after: Score,
    held: Mapping[Cell, frozenset[Layer]],
    bars: Collection[int],
    pairs: Mapping[int, int],
) -> None:
    """Raise where locked cells have no place in the new score."""
    old, new = before.bars, after.bars

    def fits(bar: int) -> bool:
        return bar < len(new) and (old[bar].start_tick, old[bar].end_tick) == (
            new[bar].start_tick,
            new[bar].end_tick,
        )

    lost = [cell for cell in held if cell[1] not in pairs or not fits(cell[0])]
    lost += [(bar, 0) for bar in bars if not fits(bar)]
    if lost:
        told = "; ".join(tell_cells(before, sorted(set(lost)))[:4])
        raise ConstraintError(
            f"this changes the parts or bar lines under what is locked or not selected ({told}); "
            "unlock it, or select everything",
            zh=f"此操作会改变已锁定或未选中内容({told})所在的声部或小节线;请先解除锁定,或选择全部",
        )


def _notes(score: Score, bar: int, k: int) -> list[Note]:
    """Return the notes that begin in a cell, onsets in ticks of the piece."""
    place = score.bars[bar]
    return [n for n in score.parts[k].notes if place.start_tick <= n.onset_tick < place.end_tick]


def check_kept(
    before: Score, after: Score, locks: Iterable[Lock], *, outside: Collection[Cell] = ()
) -> tuple[str, ...]:
    """Return the locked places that are not as they were, found by comparing note for note.

    Parameters
    ----------
    before, after : Score
    locks : iterable of Lock
    outside : collection of (bar, part)
        More cells that must be whole.

    Returns
    -------
    tuple of str
        Empty where everything was kept; else ``"Bass:5 (rhythm)"``.

    Examples
    --------
    >>> from motet.score import make_score
    >>> before, after = make_score("C4:4 D4:4"), make_score("C4:2 D4:2 E4:4")
    >>> check_kept(before, after, [Lock("1"), Lock("2", "rhythm")])
    ('Part 1:1 (all)',)
    """
    layers, bars = find_locked(before, locks)
    wanted: dict[Cell, frozenset[Layer]] = {**layers, **dict.fromkeys(outside, frozenset({"all"}))}
    pairs = match_parts(before, after)
    broken: list[str] = []
    for (bar, k), one in sorted(wanted.items()):
        name = before.parts[k].name
        j = pairs.get(k, -1)
        old = _seen(before, bar, k)
        new = _seen(after, bar, j) if 0 <= j < len(after.parts) else None
        lost = [layer for layer in one if new is None or not _is_same(old, new, layer)]
        broken += [f"{name}:{before.bars[bar].number} ({layer})" for layer in lost]
    lost_bars = [bar for bar in sorted(bars) if _harmony(before, bar) != _harmony(after, bar)]
    return (*broken, *(f"{before.bars[bar].number} (harmony)" for bar in lost_bars))


def _seen(score: Score, bar: int, k: int) -> list[tuple[float, float, Note]]:
    """Return the notes of a cell: onset from its bar line and duration in quarter notes, and the note."""
    if bar >= score.n_bars:
        return []
    low, high, unit = score.bars[bar].start_tick, score.bars[bar].end_tick, score.resolution
    return [
        ((note.onset_tick - low) / unit, note.duration_tick / unit, note)
        for note in score.parts[k].notes
        if low <= note.onset_tick < high
    ]


def _is_same(
    old: list[tuple[float, float, Note]], new: list[tuple[float, float, Note]], layer: Layer
) -> bool:
    """Whether two cells agree in a layer."""
    if layer == "rhythm":
        return sorted(one[:2] for one in old if not one[2].grace) == sorted(
            one[:2] for one in new if not one[2].grace
        )
    if layer == "pitch":
        return _in_order(old) == _in_order(new)
    return sorted(map(_whole, old)) == sorted(map(_whole, new))


def _whole(one: tuple[float, float, Note]) -> tuple[float, float, str]:
    """Return all of a note that does not depend on the resolution, in a form that sorts."""
    return one[0], one[1], repr(replace(one[2], onset_tick=0, duration_tick=0, ties_tick=()))


def _in_order(cell: list[tuple[float, float, Note]]) -> list[tuple[int, ...]]:
    """Return pitches as they come; those within a 48th of a quarter note's place are one chord."""
    places: dict[int, list[tuple[bool, int]]] = {}
    for onset, _, note in sorted(cell, key=lambda one: one[0]):
        places.setdefault(int(onset * 24 + 0.5), []).append((not note.grace, note.pitch))
    return [tuple(pitch for _, pitch in sorted(group)) for _, group in sorted(places.items())]


def _harmony(score: Score, bar: int) -> list[tuple[float, str]]:
    """Return the chords of a bar by their place in it, the one that is held in first."""
    if bar >= score.n_bars:
        return []
    low, high = score.bars[bar].start_tick, score.bars[bar].end_tick
    before = [one.symbol for one in score.chords if one.tick <= low]
    found = [(0.0, before[-1])] if before else []
    found += [
        ((one.tick - low) / score.resolution, one.symbol)
        for one in score.chords
        if low < one.tick < high
    ]
    told: list[tuple[float, str]] = []
    for place, symbol in found:
        if not told or told[-1][1] != symbol:
            told.append((place, symbol))
    return told
