"""Putting back what is kept, in the source's own ticks, and parts that are kept whole.

Conventions: the band is written at `motet.units.DEFAULT_RESOLUTION`; the result has the least resolution
in which the source's ticks are exact too, so that no kept note is rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import lcm

import numpy as np

from motet.arranger.style import Style
from motet.score import Note, Part, Score, change_resolution, map_part
from motet.tasks.restyle.keep import Keep
from motet.tasks.restyle.source import Source
from motet.theory.instrument import find_instrument

__all__ = ["KeptPart", "find_kept_parts", "put_back"]

_HIGHEST_RESOLUTION = 32767


@dataclass(frozen=True, slots=True)
class KeptPart:
    """A part kept whole: its index in the source, its role, and the program that plays it now."""

    index: int
    role: str
    program: int


def find_kept_parts(source: Source, keep: Keep, style: Style) -> tuple[KeptPart, ...]:
    """Return the parts that are kept whole beside the tune.

    Parameters
    ----------
    source : Source
    keep : Keep
    style : Style
        Its bass player takes over a kept bass line that lies in range.

    Returns
    -------
    tuple of KeptPart

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> from motet.score import make_score
    >>> from motet.tasks.restyle.keep import read_keep
    >>> from motet.tasks.restyle.source import read_source
    >>> score = make_score("E5:1 D5:1 C5:2", "C3:2 G2:1 C3:1")
    >>> found = find_kept_parts(read_source(score), read_keep("bass", score), find_style("bossa"))
    >>> [(one.index, one.role, one.program) for one in found]
    [(1, 'bass', 32)]
    """
    found: dict[int, KeptPart] = {}
    if "bass" in keep and source.bass_part >= 0:
        part = source.score.parts[source.bass_part]
        found[source.bass_part] = KeptPart(source.bass_part, "bass", _bass_program(part, style))
    for k in keep.parts:
        part = source.score.parts[k]
        if k not in found and not (k == source.melody_part and not source.is_top_line):
            found[k] = KeptPart(k, _role(source, part, k), part.program)
    return tuple(found[k] for k in sorted(found))


def _bass_program(part: Part, style: Style) -> int:
    spec = next((one for one in style.parts if one.role == "bass"), None)
    if spec is None:
        return part.program
    player = find_instrument(spec.instrument)
    fits = all(player.low <= note.pitch <= player.high for note in part.notes)
    return spec.program if fits else part.program


def _role(source: Source, part: Part, k: int) -> str:
    """Return the role that a part kept by name has."""
    if part.is_drums:
        return "drums"
    if part.role and part.role != "melody":
        return part.role
    if k == source.bass_part:
        return "bass"
    onsets = len({note.onset_tick for note in part.notes})
    return "comping" if onsets < 0.7 * len(part.notes) else "counter"


def put_back(
    band: Score,
    original: Score,
    kept: Sequence[KeptPart],
    *,
    tune: Sequence[Note] | None,
) -> tuple[Score, tuple[tuple[int, int], ...]]:
    """Return the band's score with everything kept in it, to the tick.

    Parameters
    ----------
    band : Score
        The tune first.
    original : Score
    kept : sequence of KeptPart
    tune : sequence of Note or None
        The tune at the original's resolution; None leaves the band's.

    Returns
    -------
    Score, tuple of (int, int)
        And for each kept part its index now and before.

    Examples
    --------
    >>> from motet.score import make_score
    >>> band, old = make_score("C4:1"), make_score("E4:1", "C2:1", resolution=96)
    >>> done, where = put_back(band, old, [KeptPart(1, "bass", 32)], tune=old.parts[0].notes)
    >>> done.resolution, [part.notes[0].pitch for part in done.parts], where
    (480, [64, 36], ((1, 1),))
    """
    fine = lcm(band.resolution, original.resolution)
    if fine > _HIGHEST_RESOLUTION:
        fine = original.resolution
    score = change_resolution(band, resolution=fine).score
    factor = fine // original.resolution
    parts = list(score.parts)
    if tune is not None:
        notes = tuple(_scaled(note, factor) for note in tune)
        parts[0] = replace(parts[0], notes=notes)
    where: list[tuple[int, int]] = []
    for one in kept:
        own = map_part(original.parts[one.index], lambda tick: tick * factor)
        own = replace(own, program=one.program, role=one.role, channel=9 if own.is_drums else -1)
        place = _place(parts, one.role)
        parts.insert(place, own)
        where = [(now + (now >= place), before) for now, before in where]
        where.append((place, one.index))
    return replace(score, parts=tuple(parts)), tuple(sorted(where))


def _scaled(note: Note, factor: int) -> Note:
    return replace(
        note,
        onset_tick=note.onset_tick * factor,
        duration_tick=note.duration_tick * factor,
        ties_tick=tuple(tie * factor for tie in note.ties_tick),
        staff=1,
        voice=1,
    )


_ORDER = ("melody", "counter", "horns", "comping", "pad", "strings", "bass", "drums")


def _place(parts: Sequence[Part], role: str) -> int:
    """Return where in the score a part of a role goes; never before the tune."""
    rank = _ORDER.index(role) if role in _ORDER else 3
    ranks = [_ORDER.index(part.role) if part.role in _ORDER else 3 for part in parts]
    return max(1, int(np.searchsorted(np.maximum.accumulate(ranks), rank, side="right")))
