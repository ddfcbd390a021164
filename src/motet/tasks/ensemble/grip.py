"""Chords for players that hold several notes but are no keyboard: guitars, harps, mallets, sections.

Conventions: at one onset at most as many notes as the instrument has, a guitar's grip within reach of one
hand; what is left out are inner notes first, the melody never.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from motet.score import Note
from motet.tasks.ensemble.seat import fit_line
from motet.tasks.harmonise.faults import is_fingerable
from motet.theory.instrument import Instrument

__all__ = ["lay_grips"]

_MOST_STRINGS = 5


def lay_grips(
    player: Instrument,
    melody: Sequence[Note],
    bass: Sequence[Note],
    inner: Sequence[Note],
    *,
    resolution: int,
) -> tuple[tuple[Note, ...], int]:
    """Return notes that such a player can play, and how many were left out.

    Parameters
    ----------
    player : Instrument
    melody, bass, inner : sequences of Note
    resolution : int, ticks a quarter note

    Returns
    -------
    tuple of Note and int

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.theory.instrument import find_instrument
    >>> rows = [part.notes for part in make_score("E5:4", "C3:4", "G4+B4+C5:4").parts]
    >>> notes, _ = lay_grips(find_instrument("nylon_guitar"), *rows, resolution=480)
    >>> min(n.pitch for n in notes), max(n.pitch for n in notes), len(notes) <= 5
    (48, 76, True)
    """
    tune, _ = fit_line(melody, player, resolution=resolution, is_melody=True)
    low, _ = fit_line(bass, player, resolution=resolution, above=[tune] if tune else [])
    rows = [(note, 0) for note in tune] + [(note, 1) for note in low]
    rows += [(_into(note, player), 2) for note in inner]
    rows.sort(key=lambda one: (one[0].onset_tick, one[1], -one[0].pitch))
    most = (
        min(player.max_polyphony, _MOST_STRINGS)
        if player.family == "guitar"
        else player.max_polyphony
    )
    found: list[tuple[Note, int]] = []
    n_out = 0
    for tick, group in itertools.groupby(rows, key=lambda one: one[0].onset_tick):
        held = [
            k
            for k, (note, _) in enumerate(found[-24:], max(0, len(found) - 24))
            if note.end_tick > tick
        ]
        struck: list[tuple[Note, int]] = []
        for note, role in group:
            top = max((n.pitch for n, r in struck if r == 0), default=128)
            pitches = [one.pitch for one, _ in struck]
            fits = len(struck) < most and note.pitch not in pitches
            fits = fits and (
                role != 2 or (note.pitch < top and note.pitch % 12 not in {p % 12 for p in pitches})
            )
            if fits and role == 2 and player.family == "guitar":
                fits = is_fingerable(sorted([*pitches, note.pitch]))
            if note.grace or role == 0 or fits:
                struck.append((note, role))
            else:
                n_out += 1
        for k in held:
            note, role = found[k]
            clash = any(one.pitch == note.pitch for one, _ in struck)
            if clash or role == 2 or any(r == role for _, r in struck) or len(struck) >= most:
                found[k] = (replace(note, duration_tick=tick - note.onset_tick, ties_tick=()), role)
        found += struck
    return tuple(note for note, _ in found), n_out


def _into(note: Note, player: Instrument) -> Note:
    """Return a note brought into the comfortable range by octaves."""
    pitch = note.pitch
    while pitch < player.comfortable_low:
        pitch += 12
    while pitch > player.comfortable_high and pitch - 12 >= player.low:
        pitch -= 12
    return replace(note, pitch=pitch, staff=1, voice=1)
