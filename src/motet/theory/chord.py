"""Chords: their symbols, tones and spelling.

Conventions: `Chord.intervals` are semitones above the root, ascending, extensions beyond the octave
(9 is 14, 13 is 21). `NO_CHORD` ("N.C.") has no root and no tones. A slash bass does not belong to
`Chord.pcs`; `Chord.bass_pc` says what sounds lowest.

Sources: see `chord_table`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from motet.theory.chord_symbol import read_symbol
from motet.theory.chord_table import QUALITIES
from motet.theory.pitch import (
    fifths_position,
    spell_pitch,
    spelling_to_pc,
    transpose_spelling,
)
from motet.theory.scale import degree_fifths, degree_semi

__all__ = ["NO_CHORD", "Chord", "chord_from_pcs", "make_chord", "parse_chord"]


@dataclass(frozen=True)
class Chord:
    """A chord: a root, a kind, and what lies lowest.

    Parameters
    ----------
    root : str
        Spelling; empty only in `NO_CHORD`.
    quality : str
        A name in `QUALITIES`, or a spelled-out suffix for a kind outside the table.
    intervals : tuple of int, semitones above the root, ascending
    bass : str
        Spelling of the slash bass; empty when the root is lowest.
    degrees : tuple of str
        The same tones as `intervals`, as degrees of the major scale on the root.

    Examples
    --------
    >>> chord = parse_chord("C7#9")
    >>> chord.tones(), chord.pcs, chord.intervals
    (('C', 'E', 'G', 'Bb', 'D#'), (0, 4, 7, 10, 3), (0, 4, 7, 10, 15))
    """

    root: str
    quality: str
    intervals: tuple[int, ...]
    bass: str = ""
    degrees: tuple[str, ...] = ()

    @cached_property
    def root_pc(self) -> int:
        """Pitch class of the root; -1 in `NO_CHORD`."""
        return spelling_to_pc(self.root) if self.root else -1

    @cached_property
    def bass_pc(self) -> int:
        """Pitch class that sounds lowest; -1 in `NO_CHORD`."""
        return spelling_to_pc(self.bass) if self.bass else self.root_pc

    @cached_property
    def pcs(self) -> tuple[int, ...]:
        """Pitch classes of the chord's tones, root first, each once, without a foreign bass."""
        return tuple(dict.fromkeys((self.root_pc + semi) % 12 for semi in self.intervals))

    @cached_property
    def symbol(self) -> str:
        """The chord as printed, ``"F#m7b5/E"``; reading it gives the same sounding chord."""
        if not self.root:
            return "N.C."
        known = QUALITIES.get(self.quality)
        suffix = known.suffix if known else self.quality
        return f"{self.root}{suffix}" + (f"/{self.bass}" if self.bass else "")

    @cached_property
    def _spelled(self) -> tuple[str, ...]:
        return tuple(
            transpose_spelling(self.root, shift_fifths=degree_fifths(one)) for one in self.degrees
        )

    def tones(self) -> tuple[str, ...]:
        """Return the spelled tones in the order of `intervals`, without a foreign bass."""
        return self._spelled

    @cached_property
    def third_pc(self) -> int:
        """Pitch class of the third (or of what is suspended in its place); -1 if there is none."""
        return self._first_pc(3, 4, 17, 5, 2)

    @cached_property
    def fifth_pc(self) -> int:
        """Pitch class of the fifth, altered or not; -1 if there is none."""
        return self._first_pc(7, 6, 8)

    @cached_property
    def seventh_pc(self) -> int:
        """Pitch class of the seventh, or of the sixth of a sixth chord; -1 if there is none."""
        return self._first_pc(10, 11, 9)

    def _first_pc(self, *semis: int) -> int:
        """Return the pitch class of the first interval that the chord has, or -1."""
        for semi in semis:
            if semi in self.intervals:
                return (self.root_pc + semi) % 12
        return -1

    @cached_property
    def guide_tones(self) -> tuple[int, ...]:
        """Pitch classes of third (or suspension) and seventh (or sixth), those there are."""
        return tuple(pc for pc in (self.third_pc, self.seventh_pc) if pc >= 0)

    @property
    def is_minor(self) -> bool:
        """Whether the chord has a minor and no major third."""
        return 3 in self.intervals and 4 not in self.intervals

    @property
    def is_dominant(self) -> bool:
        """Whether a minor seventh lies over a major third or a suspension (7, 9, 13, 7sus4)."""
        return 10 in self.intervals and 3 not in self.intervals

    def transposed(self, *, shift_semi: int = 0, shift_fifths: int | None = None) -> Chord:
        """Return the chord moved to another root.

        Parameters
        ----------
        shift_semi : int, semitones
            Moves by the simplest spelling, when `shift_fifths` is not given.
        shift_fifths : int or None, fifths
            Moves along the line of fifths, so that the spelling is exact.

        Returns
        -------
        Chord

        Examples
        --------
        >>> parse_chord("Am7/G").transposed(shift_semi=3).symbol
        'Cm7/Bb'
        >>> parse_chord("C").transposed(shift_fifths=-5).symbol
        'Db'
        """
        if not self.root:
            return self
        if shift_fifths is None:
            shift_fifths = (shift_semi * 7 + 5) % 12 - 5
            if not -6 <= fifths_position(self.root) + shift_fifths <= 8:
                shift_fifths += 12 if shift_fifths < 0 else -12
        bass = self.bass and transpose_spelling(self.bass, shift_fifths=shift_fifths)
        root = transpose_spelling(self.root, shift_fifths=shift_fifths)
        return Chord(root, self.quality, self.intervals, bass, self.degrees)


NO_CHORD = Chord(root="", quality="none", intervals=())
"""No harmony: ``"N.C."``."""

_BY_DEGREES = {frozenset(one.degrees): one.identifier for one in reversed(QUALITIES.values())}


@lru_cache(maxsize=4096)
def make_chord(root: str, quality: str | tuple[str, ...], bass: str = "") -> Chord:
    """Return a chord from a root and a quality of the table, or from its degrees.

    Parameters
    ----------
    root : str
        Spelling.
    quality : str or tuple of str
        A name in `QUALITIES`, or degrees above the root: ``("1", "b3", "5", "13")``.
    bass : str
        Spelling of the slash bass, or empty.

    Returns
    -------
    Chord

    Raises
    ------
    ParameterError
        A name is not known.

    Examples
    --------
    >>> make_chord("Bb", "m7").symbol, make_chord("C", ("1", "3", "5", "b7")).quality
    ('Bbm7', '7')
    """
    if isinstance(quality, str):
        if quality not in QUALITIES:
            return parse_chord(root + quality + (f"/{bass}" if bass else ""))
        degrees = QUALITIES[quality].degrees
        identifier = quality
    else:
        degrees = tuple(sorted(quality, key=lambda one: (degree_semi(one), one)))
        identifier = _BY_DEGREES.get(frozenset(degrees)) or _spelled_out(degrees)
    intervals = tuple(degree_semi(one) for one in degrees)
    return Chord(root, identifier, intervals, "" if bass == root else bass, degrees)


def _spelled_out(degrees: tuple[str, ...]) -> str:
    """Return a suffix for tones outside the table: the nearest kind, added and left-out ones."""
    wanted = set(degrees)
    best, best_cost = "maj", 99
    for one in QUALITIES.values():
        if one.identifier.endswith(("t6", "r6")) or one.identifier == "5":
            continue
        have = set(one.degrees)
        if "4" in have and "4" not in wanted:
            continue
        cost = len(wanted - have) + 2 * len(have - wanted)
        if cost < best_cost:
            best, best_cost = one.identifier, cost
    have = set(QUALITIES[best].degrees)
    extra = sorted(wanted - have, key=degree_semi)
    missing = sorted(have - wanted, key=degree_semi)
    marks = [f"add{one}" for one in extra] + [f"no{one}" for one in missing]
    return f"{QUALITIES[best].suffix}({','.join(marks)})"


@lru_cache(maxsize=8192)
def parse_chord(text: str) -> Chord:
    """Return the chord that a symbol names.

    Parameters
    ----------
    text : str
        Root, quality and slash bass in any usual way of writing: ``"Cmaj7"``, ``"C△7"``, ``"C-7"``,
        ``"Cø"``, ``"C°7"``, ``"C7(b9,#11)"``, ``"C6/9"``, ``"F♯m7♭5/E"``; ``"N.C."`` for none.

    Returns
    -------
    Chord

    Raises
    ------
    ParameterError
        The symbol cannot be read; the message offers the nearest one that can.

    Examples
    --------
    >>> parse_chord("C△7").quality, parse_chord("F♯-7♭5/E").symbol
    ('maj7', 'F#m7b5/E')
    >>> parse_chord("N.C.").pcs
    ()
    """
    symbol = read_symbol(text)
    if symbol is None:
        return NO_CHORD
    root, degrees, bass = symbol
    return make_chord(root, degrees, bass)


@lru_cache(maxsize=4096)
def _best_chord(pcs: frozenset[int], bass: int | None, fifths: int) -> Chord:
    best: tuple[float, str, int] | None = None
    for root in sorted(pcs):
        for rank, quality in enumerate(QUALITIES.values()):
            if quality.identifier.endswith(("t6", "r6")):
                continue
            tones = {(root + semi) % 12 for semi in quality.intervals}
            missing, foreign = len(tones - pcs), len(pcs - tones)
            if bass is not None and bass not in tones and foreign:
                foreign -= 0.4  # type: ignore[assignment]
            fifth_only = missing == 1 and 7 in quality.intervals and (root + 7) % 12 not in pcs
            cost = foreign * 3.0 + (0.6 if fifth_only else missing * 3.0) + rank * 0.02
            if bass is not None and root != bass:
                cost += 0.9
            if best is None or cost < best[0]:
                best = (cost, quality.identifier, root)
    if best is None:
        return NO_CHORD
    root_name = spell_pitch(best[2], fifths=fifths)
    chord = make_chord(root_name, best[1])
    if bass is None or bass == best[2]:
        return chord
    return make_chord(
        root_name, best[1], spell_pitch(bass, fifths=fifths, chord_tones=chord.tones())
    )


def chord_from_pcs(pcs: Iterable[int], *, bass: int | None = None, fifths: int = 0) -> Chord:
    """Return the chord that a set of pitch classes makes, or comes nearest to.

    Parameters
    ----------
    pcs : iterable of int
        Pitch classes or MIDI numbers, any order.
    bass : int or None
        The lowest one; it is preferred as root, and becomes the slash bass where it is not.
    fifths : int, -7 to 7
        Key signature, for the spelling.

    Returns
    -------
    Chord
        `NO_CHORD` for fewer than two pitch classes. A missing fifth costs little.

    Examples
    --------
    >>> chord_from_pcs({0, 4, 7, 9}, bass=9).symbol, chord_from_pcs({0, 4, 7, 9}, bass=0).symbol
    ('Am7', 'C6')
    >>> chord_from_pcs((64, 67, 72), bass=64).symbol
    'C/E'
    """
    found = frozenset(pc % 12 for pc in pcs)
    if len(found) < 2:
        return NO_CHORD
    return _best_chord(found, None if bass is None else bass % 12, fifths)
