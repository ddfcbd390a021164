"""A track of chords: each chord symbol as block notes and, with the first of them, as a lyric.

Conventions: four voices around middle C, as near as can be to the chord before; a chord lasts to the next.
"""

from __future__ import annotations

from motet.errors import ParameterError
from motet.score import Lyric, Note, Part, Score
from motet.theory.chord import parse_chord
from motet.theory.voicing import voice_chord

__all__ = ["chord_part"]

_LOW, _HIGH, _VOICES, _VELOCITY = 48, 76, 4, 64


def chord_part(score: Score, *, name: str = "Chords") -> Part | None:
    """Return a part of a score's chord symbols, None where it has none.

    Parameters
    ----------
    score : Score
    name : str

    Returns
    -------
    Part or None

    Examples
    --------
    >>> from motet.score import make_score
    >>> part = chord_part(make_score("C4:8", chords="C:4 G7:4"))
    >>> [one.text for one in part.lyrics], len(part.notes)
    (['C', 'G7'], 8)
    """
    if not score.chords:
        return None
    notes: list[Note] = []
    lyrics = []
    before: tuple[int, ...] = ()
    ends = [chord.tick for chord in score.chords[1:]] + [score.end_tick]
    for chord, end in zip(score.chords, ends, strict=True):
        lyrics.append(Lyric(tick=chord.tick, text=chord.symbol))
        try:
            found = voice_chord(
                parse_chord(chord.symbol), low=_LOW, high=_HIGH, n_voices=_VOICES, previous=before
            )
        except ParameterError:  # a symbol that no chord stands behind stays as a word
            found = ()
        before = found or before
        if end > chord.tick:
            notes += [
                Note(onset_tick=chord.tick, duration_tick=end - chord.tick, pitch=pitch,
                     velocity=_VELOCITY)
                for pitch in found
            ]  # fmt: skip
    return Part(name=name, notes=tuple(notes), lyrics=tuple(lyrics), role="pad")
