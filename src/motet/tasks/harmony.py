"""Chords of a score in its bars: what sounds when, which tones belong, where they are heard most.

Conventions: a chord holds until the next; a slash bass belongs to its chord; where no chord is written
or it cannot be read, nothing is asked of the notes. Strong places are the strong beats of
`motet.evaluate.harmony` and wherever a chord begins.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass

from motet.errors import ParameterError
from motet.evaluate.harmony import strong_places_tick
from motet.score import Score
from motet.theory.chord import NO_CHORD, Chord, parse_chord
from motet.theory.pitch import spelling_to_pc
from motet.theory.scale import Key

__all__ = ["HeldChord", "HeldHarmony", "bent_tones", "chord_tones", "read_harmony"]


@dataclass(frozen=True, slots=True)
class HeldChord:
    """A chord that sounds from ``start_tick`` to ``end_tick``."""

    start_tick: int
    end_tick: int
    chord: Chord


def chord_tones(chord: Chord) -> frozenset[int]:
    """Return the pitch classes that belong to a chord, its slash bass included.

    Parameters
    ----------
    chord : Chord

    Returns
    -------
    frozenset of int, 0 to 11
        None for no chord.

    Examples
    --------
    >>> sorted(chord_tones(parse_chord("C/D")))
    [0, 2, 4, 7]
    """
    return frozenset({*chord.pcs, chord.bass_pc}) if chord.root else frozenset()


def bent_tones(key: Key, chord: Chord) -> frozenset[int]:
    """Return the tones of a key that a chord puts out of use while it sounds.

    Parameters
    ----------
    key : Key
    chord : Chord

    Returns
    -------
    frozenset of int, 0 to 11
        Tones of the key that do not belong to the chord and share their letter with an altered tone
        of it: F under D7 in C major, for its third is F#.

    Examples
    --------
    >>> sorted(bent_tones(Key("C"), parse_chord("D7"))), bent_tones(Key("C"), parse_chord("G7"))
    ([5], frozenset())
    >>> sorted(bent_tones(Key("A", "minor"), parse_chord("E7")))
    [7]
    """
    tones = chord_tones(chord)
    altered = {name[0] for name in chord.tones() if spelling_to_pc(name) not in key.pcs}
    return frozenset(
        pc
        for name in key.spelled_scale()
        if name[0] in altered and (pc := spelling_to_pc(name)) not in tones
    )


class HeldHarmony:
    """The chords of a score, to be asked by tick and by bar.

    Parameters
    ----------
    score : Score
        Its chord symbols count; those that cannot be read stand as no chord.

    Examples
    --------
    >>> from motet.score import make_score
    >>> held = HeldHarmony(make_score("C4:4 D4:4", chords="C:2 G7:6"))
    >>> held.at(960).symbol, [one.chord.symbol for one in held.in_bar(1)]
    ('G7', ['G7'])
    """

    def __init__(self, score: Score) -> None:
        self.score = score
        self.chords = read_harmony(score)
        self._starts = [one.start_tick for one in self.chords]

    def at(self, tick: int) -> Chord:
        """Return the chord that sounds at a tick."""
        k = bisect_right(self._starts, tick) - 1
        return self.chords[k].chord if k >= 0 else NO_CHORD

    def in_bar(self, bar: int) -> tuple[HeldChord, ...]:
        """Return the chords of a bar, cut at its bar lines."""
        place = self.score.bars[bar]
        return tuple(
            HeldChord(
                max(one.start_tick, place.start_tick), min(one.end_tick, place.end_tick), one.chord
            )
            for one in self.chords
            if one.start_tick < place.end_tick and one.end_tick > place.start_tick
        )

    def strong_ticks(self, bar: int) -> tuple[int, ...]:
        """Return where in a bar chord tones are asked for: strong beats, and where chords begin."""
        place = self.score.bars[bar]
        begun = {
            one.start_tick
            for one in self.chords
            if place.start_tick <= one.start_tick < place.end_tick
        }
        strong = {t for t in strong_places_tick(place) if self.at(t).root}
        return tuple(sorted(strong | {t for t in begun if self.at(t).root}))

    def are_same(self, one: int, other: int) -> bool:
        """Whether two bars have the same length and chords."""
        places = [self.score.bars[bar] for bar in (one, other)]
        chords = [
            [(c.start_tick - place.start_tick, c.chord) for c in self.in_bar(place.index)]
            for place in places
        ]
        return places[0].duration_tick == places[1].duration_tick and chords[0] == chords[1]

    def allowed(self, key: Key, tick: int) -> frozenset[int]:
        """Return the pitch classes of a key, bent by the chord that sounds at a tick."""
        return frozenset(key.pcs) | chord_tones(self.at(tick))


def read_harmony(score: Score, *, bars: Collection[int] | None = None) -> tuple[HeldChord, ...]:
    """Return the chords of a score, each until the next.

    Parameters
    ----------
    score : Score
    bars : collection of int or None
        Only chords that sound in these; None is all.

    Returns
    -------
    tuple of HeldChord

    Examples
    --------
    >>> from motet.score import make_score
    >>> [one.end_tick for one in read_harmony(make_score("C4:4", chords="C:2 G7:2"))]
    [960, 1920]
    """
    end = score.bars[-1].end_tick
    found: list[HeldChord] = []
    for k, symbol in enumerate(score.chords):
        until = score.chords[k + 1].tick if k + 1 < len(score.chords) else end
        if until <= symbol.tick:
            continue
        try:
            chord = parse_chord(symbol.symbol)
        except ParameterError:
            chord = NO_CHORD
        found.append(HeldChord(symbol.tick, until, chord))
    if bars is None:
        return tuple(found)
    places = [score.bars[bar] for bar in bars]
    return tuple(
        one for one in found
        if any(one.start_tick < bar.end_tick and bar.start_tick < one.end_tick for bar in places)
    )  # fmt: skip
