"""Humdrum kern files to scores.

Conventions: one part for each kern spine, the highest staff first, or for the staves of one
keyboard; every bar line is kept; repeats and jumps are listed, not played out. Notes sound as the
file says (kern is at concert pitch), ``transposition_semi`` tells how they are written.

Source: David Huron, The Humdrum Toolkit: Reference Manual (1995).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from motet.errors import MotetError
from motet.io.kern.assembly import group_tracks, make_part
from motet.io.kern.chord_spine import read_chords
from motet.io.kern.clock import choose_resolution, tick_maker
from motet.io.kern.frame import read_frame, read_references
from motet.io.kern.ledger import LineLedger
from motet.io.kern.scan import Scan
from motet.io.kern.text import is_kern, read_lines
from motet.io.limits import check_score_size, load_bytes
from motet.io.loaded import Loaded
from motet.score import Score

__all__ = ["read_kern"]


def read_kern(source: str | Path | bytes, *, mend: bool = True) -> Loaded:
    """Return the score of a Humdrum kern file, and the list of repairs that reading it took.

    Parameters
    ----------
    source : str, Path or bytes
        Path of the file, or its content.
    mend : bool
        Whether damage is mended and listed; False raises at the first damage.

    Returns
    -------
    Loaded
        Spines that are not read (fingering, figured bass) are listed among the repairs.

    Raises
    ------
    FormatError
        The file has no kern spine, is damaged beyond mending (or at all, with ``mend=False``), or
        is larger than any piece of music; the message has the line.
    ParameterError
        There is no such file.

    Source
    ------
    David Huron, The Humdrum Toolkit: Reference Manual (1995). Measured against MIDI made by another
    program in docs/formats.md. Cost: O(n).

    Examples
    --------
    >>> loaded = read_kern(b"**kern\\n*M3/4\\n4G\\n=1\\n2.c\\n==\\n*-\\n")
    >>> [(note.onset_tick, note.spelling) for note in loaded.score.parts[0].notes]
    [(0, 'G'), (480, 'C')]
    >>> [(bar.number, bar.duration_tick) for bar in loaded.score.bars], loaded.repairs
    ([(0, 480), (1, 1440)], ())
    """
    data, path = load_bytes(source)
    ledger = LineLedger(mend=mend, path=path)
    if not is_kern(data):
        raise ledger.refusal(
            1,
            0,
            "this is no Humdrum file: its first line should begin with ** (as **kern)",
            "这不是 Humdrum 文件:首行应以 ** 开头(如 **kern)",
        )
    scan = Scan(ledger)
    scan.read(read_lines(data, ledger))
    try:
        score = _score(scan)
    except MotetError as error:
        error.path = error.path or path
        raise
    check_score_size(score, path=path)
    return Loaded(score, ledger.repairs)


def _score(scan: Scan) -> Score:
    """Return the score of a finished scan."""
    families = group_tracks(scan.tracks)
    if not families:
        raise scan.ledger.refusal(
            1,
            0,
            "the file has no **kern spine, so there are no notes to read",
            "文件没有 **kern 谱列,无音符可读",
        )
    resolution, is_exact = choose_resolution(
        max(duration, 0) for duration, _ in scan.words.known.values()
    )
    if not is_exact:
        scan.ledger.tell(
            0,
            0,
            f"times were rounded to {resolution:,} ticks a quarter note, the finest there is",
            f"时间已舍入到每四分音符 {resolution:,} tick,这是可用的最高精度",
        )
    to_tick = tick_maker(resolution)
    fields: dict[str, Any] = {
        **read_frame(scan, to_tick, resolution),
        **read_references(scan),
    }
    return Score(
        parts=tuple(make_part(family, to_tick) for family in families),
        resolution=resolution,
        chords=read_chords(scan.tracks, to_tick),
        **fields,
    )
