"""One file to one piece on the grid: read, mend what the source is known for, put on the grid.

Conventions: a piece that cannot be used comes back with the reason, never as an exception: one broken
file does not stop a build of ten thousand. Chords are those written in the source, here.

Offers `Prepared`, `prepare_item`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from motet.corpus.item import Item
from motet.corpus.limit import TookTooLongError, time_limit
from motet.corpus.performed import Stroke, snap_drums
from motet.corpus.pulse import put_on_pulse
from motet.errors import MotetError
from motet.io import read
from motet.score import Part, Score
from motet.tokens.convert import GridReport, score_to_grid
from motet.tokens.layout import DEFAULT_VELOCITY, GridScore

__all__ = ["Prepared", "prepare_item"]

_VOICE_PROGRAM: Final = 52
_VOICE_PROGRAMS: Final = frozenset((52, 53, 54, 85, 91))
_SUNG: Final = re.compile(
    r"\b(voice|vocal|gesang|singstimme|chant|canto|voix|soprano?|mezzo|alto?|contralto|tenore?|"
    r"bari(ton[eo]?)|bas(s|so|se)|choir|chorus|coro|vox|zang|st[aä]mma|narrator|głos)\b",
    re.IGNORECASE,
)
_MIN_SYLLABLES: Final = 8
_MIN_NOTES: Final = 16
_MIN_BARS: Final = 2
_MIN_STROKES: Final = 8
_MAX_NOTES: Final = 200_000


@dataclass(frozen=True, eq=False, kw_only=True)
class Prepared:
    """What became of one item.

    Parameters
    ----------
    item : Item
    grid : GridScore or None
        None when the piece cannot be used.
    report : GridReport or None
    n_repairs : int
        Damages that reading mended.
    strokes : tuple of Stroke
        How drums were played, for performed ones.
    resolution : int, ticks a quarter note
        Of the strokes.
    reason : str
        Why the piece cannot be used, in English; empty when it can.
    """

    item: Item
    grid: GridScore | None = None
    report: GridReport | None = None
    n_repairs: int = 0
    strokes: tuple[Stroke, ...] = ()
    resolution: int = 480
    reason: str = ""


def prepare_item(item: Item, *, limit_s: float = 60.0) -> Prepared:
    """Return a piece on the grid, or why it cannot be used.

    Parameters
    ----------
    item : Item
    limit_s : float, seconds, > 0
        Longest time for one file, where the system can interrupt it.

    Returns
    -------
    Prepared

    Examples
    --------
    >>> from pathlib import Path
    >>> Path("a.mid").write_bytes(b"none")
    4
    >>> item = Item(source="mine", name="a.mid", path=Path("a.mid"), work="a")
    >>> prepare_item(item).reason.split(":")[0]
    'FormatError'
    """
    if item.reason:
        return Prepared(item=item, reason=item.reason)
    try:
        with time_limit(limit_s):
            return _prepare(item)
    except TookTooLongError:
        return Prepared(item=item, reason=f"took longer than {limit_s:g} s")
    except MotetError as error:
        return Prepared(item=item, reason=f"{type(error).__name__}: {error.en}")
    except (ArithmeticError, LookupError, ValueError, TypeError, RecursionError, OSError) as error:
        return Prepared(item=item, reason=f"our fault: {type(error).__name__}: {error}")


def _prepare(item: Item) -> Prepared:
    """Return a piece on the grid."""
    loaded = read(item.path)
    score = _mend(loaded.score, item)
    if score.n_notes > _MAX_NOTES:
        return Prepared(item=item, reason=f"more than {_MAX_NOTES} notes")
    strokes: tuple[Stroke, ...] = ()
    if not item.has_beats:
        found = put_on_pulse(score)
        if found is None:
            return Prepared(item=item, reason="its notes have no steady pulse")
        score = found
    if item.is_performed:
        score, strokes = snap_drums(score)
    made = score_to_grid(score)
    grid = made.grid
    least, bars = (_MIN_STROKES, 1) if item.is_performed else (_MIN_NOTES, _MIN_BARS)
    if grid.n_notes < least or grid.n_bars < bars:
        return Prepared(item=item, reason=f"fewer than {least} notes or {bars} bars")
    if not item.has_velocity:
        notes = grid.notes.copy()
        notes["vel"] = DEFAULT_VELOCITY
        grid = replace(grid, notes=notes)
    if not item.has_tempo or grid.qpm == item.default_qpm:
        grid = replace(grid, qpm=None)
    return Prepared(
        item=item,
        grid=_trim_end(grid),
        report=made.report,
        n_repairs=len(loaded.repairs),
        strokes=strokes,
        resolution=score.resolution,
    )


def _mend(score: Score, item: Item) -> Score:
    """Return the score with singers as singers, and instruments where the source names none."""
    return score.with_parts(*(_mend_part(part, item) for part in score.parts))


def _mend_part(part: Part, item: Item) -> Part:
    """Return a part with the instrument and role that its words speak of."""
    if part.is_drums:
        return replace(part, role="drums")
    if item.program >= 0 and part.program == 0:
        part = replace(part, program=item.program)
    is_sung = len(part.lyrics) >= _MIN_SYLLABLES or (
        bool(_SUNG.search(part.name)) and "clar" not in part.name.lower() and part.n_staves == 1
    )
    if part.program in _VOICE_PROGRAMS or (is_sung and not 32 <= part.program <= 47):
        program = part.program if part.program in _VOICE_PROGRAMS else _VOICE_PROGRAM
        return replace(part, program=program, role=part.role or "voice")
    return part


def _trim_end(grid: GridScore) -> GridScore:
    """Return the grid without empty bars at its end."""
    last = int(grid.notes["bar"].max()) + 1
    if last == grid.n_bars:
        return grid
    bars = grid.bars[:last]
    return replace(grid, bars=bars, chords=grid.chords[grid.chords["bar"] < last])
