"""Notes as one NumPy table, a row a note: the fast view for analysis and models.

Conventions: a structured array sorted by onset, then part, then the part's own order; columns carry
units in their names; ``bar`` counts bars from 0, ``note`` is the note's index in its part.

Source: the note array of partitura (Cancino-Chacón et al., Music Encoding Conference
2022) is the model.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.score.note import Note
from motet.score.part import Part
from motet.score.score import Score

__all__ = ["NOTE_DTYPE", "NoteTable", "note_table", "part_from_table"]

NoteTable = npt.NDArray[np.void]

NOTE_DTYPE = np.dtype(
    [
        ("onset_tick", np.int64),
        ("duration_tick", np.int64),
        ("onset_qn", np.float64),
        ("duration_qn", np.float64),
        ("onset_s", np.float64),
        ("duration_s", np.float64),
        ("pitch", np.int16),
        ("velocity", np.int16),
        ("voice", np.int16),
        ("staff", np.int16),
        ("part", np.int16),
        ("channel", np.int16),
        ("bar", np.int32),
        ("is_drum", np.bool_),
        ("note", np.int32),
    ]
)
"""Columns of a note table."""


def note_table(score_or_part: Score | Part, *, parts: Iterable[int] | None = None) -> NoteTable:
    """Return one row a note, sorted by onset.

    Parameters
    ----------
    score_or_part : Score or Part
        A part alone is taken as a score of one part at 480 ticks a quarter note, 120 quarter notes
        a minute and 4/4.
    parts : iterable of int, or None
        Indices of the parts to list; all when None.

    Returns
    -------
    structured array of `NOTE_DTYPE`, shape (n,)
        ``channel`` is -1 where the part leaves it open.

    Examples
    --------
    >>> from motet.score import make_score
    >>> table = note_table(make_score("C4:1 E4:1 | r:2 G4:1", "drums 36:4"))
    >>> table["pitch"].tolist(), table["onset_s"].tolist(), table["bar"].tolist()
    ([60, 36, 64, 67], [0.0, 0.0, 0.5, 2.0], [0, 0, 0, 1])
    """
    score = score_or_part if isinstance(score_or_part, Score) else Score(parts=(score_or_part,))
    chosen = range(len(score.parts)) if parts is None else sorted(set(parts))
    rows = [(note, k, index) for k in chosen for index, note in enumerate(score.parts[k].notes)]
    table = np.zeros(len(rows), dtype=NOTE_DTYPE)
    if not rows:
        return table
    table["onset_tick"] = [note.onset_tick for note, _, _ in rows]
    table["duration_tick"] = [note.duration_tick for note, _, _ in rows]
    table["pitch"] = [note.pitch for note, _, _ in rows]
    table["velocity"] = [note.velocity for note, _, _ in rows]
    table["voice"] = [note.voice for note, _, _ in rows]
    table["staff"] = [note.staff for note, _, _ in rows]
    table["part"] = [k for _, k, _ in rows]
    table["note"] = [index for _, _, index in rows]
    table["channel"] = [score.parts[k].channel for _, k, _ in rows]
    table["is_drum"] = [score.parts[k].is_drums for _, k, _ in rows]
    ends = table["onset_tick"] + table["duration_tick"]
    table["onset_qn"] = table["onset_tick"] / score.resolution
    table["duration_qn"] = table["duration_tick"] / score.resolution
    table["onset_s"] = _seconds(score, table["onset_tick"])
    table["duration_s"] = _seconds(score, ends) - table["onset_s"]
    starts = np.array([bar.start_tick for bar in score.bars], dtype=np.int64)
    table["bar"] = np.searchsorted(starts, table["onset_tick"], side="right") - 1
    return table[np.lexsort((table["note"], table["part"], table["onset_tick"]))]


def _seconds(score: Score, ticks: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Return ticks in seconds; each tick is converted once."""
    unique, where = np.unique(ticks, return_inverse=True)
    seconds = np.array([score.time.tick_to_s(int(tick)) for tick in unique], dtype=np.float64)
    return seconds[where]


def part_from_table(table: npt.NDArray[Any], *, like: Part | None = None) -> Part:
    """Return a part with the notes of a table.

    Parameters
    ----------
    table : structured array, shape (n,)
        Columns ``onset_tick``, ``duration_tick`` and ``pitch`` are needed; ``velocity``, ``voice``
        and ``staff`` are used when there.
    like : Part or None
        Gives instrument, name and everything else but notes. A row whose ``note`` column is the
        index of one of its notes keeps that note's articulations, and its spelling while the pitch
        is the same.

    Returns
    -------
    Part

    Raises
    ------
    ParameterError
        A column is missing, or a value is out of range.

    Examples
    --------
    >>> from motet.score import make_score
    >>> part = make_score("C4:1 Eb4:1").parts[0]
    >>> part_from_table(note_table(part), like=part) == part
    True
    """
    names = table.dtype.names or ()
    missing = [name for name in ("onset_tick", "duration_tick", "pitch") if name not in names]
    if missing:
        raise ParameterError(
            "table needs columns onset_tick, duration_tick and pitch; "
            f"missing: {', '.join(missing)}",
            zh=f"table 需要 onset_tick、duration_tick 和 pitch 列;缺少 {', '.join(missing)}",
        )
    base = like if like is not None else Part()
    optional = [name for name in ("velocity", "voice", "staff") if name in names]
    notes = []
    for row in table:
        index = int(row["note"]) if "note" in names and like is not None else -1
        source = base.notes[index] if 0 <= index < len(base.notes) else None
        values: dict[str, Any] = {name: int(row[name]) for name in optional}
        values["onset_tick"] = int(row["onset_tick"])
        values["duration_tick"] = int(row["duration_tick"])
        values["pitch"] = int(row["pitch"])
        if source is None:
            notes.append(Note(**values))
            continue
        if source.pitch != values["pitch"]:
            values["spelling"] = ""
        if source.duration_tick != values["duration_tick"]:
            values["ties_tick"] = ()
        notes.append(replace(source, **values))
    return replace(base, notes=tuple(notes))
