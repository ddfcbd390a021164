"""The key that a melody is in, where it ends counting more than its signature's mode.

Conventions: a written signature is believed where most of the melody fits it; a mode that is written is
only a hint, for lead sheets and MIDI files say major for everything.

Source: profiles and their correlation as in `motet.analysis.key`; the bonuses are ours, tuned on the training
half of the lead sheets.
"""

from __future__ import annotations

from collections.abc import Sequence

from motet.analysis import estimate_key
from motet.score import Note, Part, Score
from motet.theory.scale import Key, key_from_signature

__all__ = ["find_melody_key"]

_FITS = 0.8
_WRITTEN = 0.1
_LAST_TONIC = 0.2
_LAST_TRIAD = 0.12


def find_melody_key(score: Score, melody: Part) -> Key:
    """Return the key in which a melody is to be harmonised.

    Parameters
    ----------
    score : Score
    melody : Part

    Returns
    -------
    Key
        C major when nothing pitched sounds.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("A4:1 C5:1 D5:1 E5:1 | G5:1 F#5:1 E5:2 | D5:1 C5:1 B4:2 | A4:4")
    >>> find_melody_key(score, score.parts[0]).name()
    'A minor'
    """
    alone = Score(
        parts=(melody,),
        resolution=score.resolution,
        metres=score.metres,
        bar_lengths=score.bar_lengths,
    )
    estimate = estimate_key(alone)
    if estimate is None:
        return Key("C")
    notes = sorted(melody.notes, key=lambda note: note.onset_tick)
    last = notes[-1].pitch % 12
    written = score.key_at(notes[0].onset_tick)
    options: list[tuple[Key, float]] = []
    if written is not None:
        own = [key_from_signature(written.fifths, mode) for mode in ("major", "minor")]
        if _share(notes, own[0]) >= _FITS:
            options = [(key, _WRITTEN if key.mode == written.mode else 0.0) for key in own]
    if not options:
        sharps = estimate.fifths
        options = [
            (key_from_signature(fifths, mode), 0.0)
            for fifths in range(max(-7, sharps - 2), min(7, sharps + 2) + 1)
            for mode in ("major", "minor")
        ]

    def worth(one: tuple[Key, float]) -> float:
        key, bonus = one
        fit = estimate.scores[key.tonic_pc + (12 if key.is_minor else 0)]
        triad = {0, 3 if key.is_minor else 4, 7}
        above = (last - key.tonic_pc) % 12
        return fit + bonus + (_LAST_TONIC if above == 0 else _LAST_TRIAD if above in triad else 0.0)

    return max(options, key=worth)[0]


def _share(notes: Sequence[Note], key: Key) -> float:
    """Return the share of a melody's time that lies in a scale."""
    total = sum(note.duration_tick for note in notes) or 1
    return sum(note.duration_tick for note in notes if note.pitch % 12 in key.pcs) / total
