"""Long notes of a tune broken into the figures of a style: its own melody rhythms, on tones of the chord.

Conventions: a figure begins on the note itself and moves about it by chord tones, so that the tune is still
heard; bars that are alike have the same figures. Only styles whose melodies are busier than the tune
break notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from motet.arranger.plan import rng_for
from motet.arranger.style import Style
from motet.score import Note, Score
from motet.theory.chord import Chord
from motet.theory.pitch import spell_pitch
from motet.theory.scale import Key
from motet.units import DEFAULT_RESOLUTION

__all__ = ["fill_long_notes"]

_BEAT = DEFAULT_RESOLUTION
_SHARE = 0.75
_FROM = 0.5
_CALM = frozenset(
    {"ballad", "cinematic", "jazz-ballad", "choral", "organ", "trap", "lofi", "bossa"}
)
_REACH_SEMI = 7


def fill_long_notes(
    line: list[Note],
    score: Score,
    style: Style,
    chords: Sequence[tuple[int, Chord]],
    *,
    key: Key,
    strength: float,
    seed: int,
) -> tuple[list[Note], int]:
    """Return a line whose long notes are broken into figures, and how many notes were added.

    Parameters
    ----------
    line : list of Note
        One voice, at `DEFAULT_RESOLUTION`.
    score : Score
        For its bars.
    style : Style
    chords : sequence of (tick, Chord)
    key : Key
    strength : float, 0 to 1
    seed : int, >= 0

    Returns
    -------
    list of Note, int

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> from motet.score import make_score
    >>> from motet.theory.chord import parse_chord
    >>> score = make_score("C5:2 E5:2 | D5:4 | E5:4 | C5:4")
    >>> line, chords = list(score.parts[0].notes), [(0, parse_chord("C"))]
    >>> wish = {"key": Key("C"), "seed": 1}
    >>> [fill_long_notes(line, score, find_style("reel"), chords, strength=x, **wish)[1] > 0 for x in (0.2, 1.0)]
    [False, True]
    """
    if strength < _FROM or style.name in _CALM:
        return line, 0
    out: list[Note] = []
    n_added = 0
    for note in line:
        bar = score.bars[score.bar_at(note.onset_tick)]
        is_long = note.duration_tick >= 2 * _BEAT and bar.index < score.n_bars - 1
        patterns = style.melody.rhythms.get(f"{bar.metre.numerator}/{bar.metre.denominator}", ())
        chord = next((c for tick, c in reversed(chords) if tick <= note.onset_tick), None)
        place = note.onset_tick - bar.start_tick
        rng = rng_for(seed, "figure", place, note.pitch, note.duration_tick)
        if not (is_long and patterns and chord and chord.root) or rng.random() > _SHARE * strength:
            out.append(note)
            continue
        pattern = patterns[int(rng.integers(len(patterns)))]
        onsets = _onsets(
            pattern, bar.duration_tick, place, min(note.duration_tick, bar.duration_tick - place)
        )
        if len(onsets) < 2 or len(onsets) > 6:
            out.append(note)
            continue
        pitches = _pitches(note.pitch, chord, len(onsets), up=bool(rng.integers(2)))
        ends = [*onsets[1:], note.duration_tick]
        for start, end, pitch in zip(onsets, ends, pitches, strict=True):
            name = spell_pitch(pitch, fifths=key.fifths, chord_tones=chord.tones())
            out.append(
                replace(
                    note, onset_tick=note.onset_tick + start, duration_tick=end - start, pitch=pitch,
                    spelling=note.spelling if pitch == note.pitch else name, ties_tick=(),
                    velocity=note.velocity if not start else max(1, note.velocity - 6),
                    articulations=note.articulations if not start else (), ornaments=(),
                )
            )  # fmt: skip
        n_added += len(onsets) - 1
    return out, n_added


def _onsets(pattern: str, bar_tick: int, place: int, length: int) -> list[int]:
    """Return where a rhythm of a bar strikes within a note, in ticks after the note's start."""
    unit = bar_tick / len(pattern)
    found = [
        round(k * unit) - place for k, sign in enumerate(pattern)
        if sign == "x" and place < round(k * unit) < place + length - 60
    ]  # fmt: skip
    return [0, *found]


def _pitches(pitch: int, chord: Chord, n: int, *, up: bool) -> list[int]:
    """Return the note, then chord tones about it, and the note again at the end of a long figure."""
    tones = set(chord.pcs[:4])
    above = [p for p in range(pitch + 1, pitch + _REACH_SEMI + 1) if p % 12 in tones]
    below = [p for p in range(pitch - 1, pitch - _REACH_SEMI - 1, -1) if p % 12 in tones]
    one, two = (above, below) if up else (below, above)
    around = [*(one[:1] or two[:1] or [pitch]), pitch, *(two[:1] or one[:1] or [pitch]), pitch]
    found = [pitch, *(around[k % len(around)] for k in range(n - 1))]
    if n > 3:
        found[-1] = pitch
    return found
