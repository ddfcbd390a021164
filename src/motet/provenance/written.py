"""A recorded piece as it reads after being written in a format: what a file of that format should hold."""

from __future__ import annotations

import importlib
from functools import partial

from motet.io import read_json, read_midi, write_json, write_midi
from motet.provenance.record import Record
from motet.score import Score

__all__ = ["write_again"]


def write_again(record: Record, format_name: str) -> Score | None:
    """Return what a file of a recorded piece should hold; None for a format that Motet does not write.

    Parameters
    ----------
    record : Record
    format_name : str
        Of `motet.io.sniff`.

    Returns
    -------
    Score or None

    Examples
    --------
    >>> from motet.provenance.snapshot import take_snapshot
    >>> from motet.score import make_score
    >>> record = Record(snapshot=take_snapshot(make_score("C4:4")))
    >>> write_again(record, "midi").n_notes, write_again(record, "kern")
    (1, None)
    """
    score = record.score
    if format_name == "midi":
        return read_midi(write_midi(score)).score
    if format_name in ("json", "project"):
        return read_json(write_json(score)).score
    if format_name in ("musicxml", "abc"):
        home = "motet.io.abc." if format_name == "abc" else "motet.io.musicxml_"
        write = getattr(importlib.import_module(f"{home}write"), f"write_{format_name}")
        read = getattr(importlib.import_module(f"{home}read"), f"read_{format_name}")
        if format_name == "musicxml" and record.layout == "lead":
            write = partial(write, layout="lead")
        found: Score = read(write(score)).score
        return found
    return None
