"""One piece of a source before it is read: where it lies and what is known of it.

Conventions: what an item says comes from folders, file names and tables, never from its notes.

Offers `Item`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["Item"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A piece to be read.

    Parameters
    ----------
    source : str
        Name of its source.
    name : str
        Path in the source, which names the piece in shards and reports.
    path : Path
        The file.
    work : str
        What the piece belongs to: movements and editions of one work share it, so that they fall
        into one split.
    style : str
        A name of `motet.tokens.vocab.STYLES`, or empty when only the notes can tell.
    title : str
    credit : str
        Whom the licence of this piece asks to name, beside the source; empty for nobody.
    has_velocity : bool
        Whether the source's velocities say something; else all notes are 80.
    has_tempo : bool
        Whether the source's tempo says something.
    default_qpm : float, quarter notes a minute
        The tempo that the source's program writes where none is known, so that it says nothing.
    is_performed : bool
        Whether drums were played by a person and must be snapped.
    has_beats : bool
        Whether the file knows beats; else they are found from the notes.
    reason : str
        Why the piece is left out unread, in English; empty to read it.
    program : int, 0 to 127, or -1
        Instrument of parts that name none; -1 leaves them.

    Examples
    --------
    >>> Item(source="mine", name="a.mid", path=Path("a.mid"), work="a").is_performed
    False
    """

    source: str
    name: str
    path: Path
    work: str
    style: str = ""
    title: str = ""
    credit: str = ""
    has_velocity: bool = False
    has_tempo: bool = True
    default_qpm: float = 0.0
    is_performed: bool = False
    has_beats: bool = True
    reason: str = ""
    program: int = -1
