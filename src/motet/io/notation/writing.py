"""Written pitch: spelling, transposition, key signatures, accidentals, clefs.

Conventions: a written pitch is (letter, alter in semitones, octave). A part's `transposition_semi`
is sounding minus written.

Source: line of fifths for spelling (motet.theory.pitch); accidentals last until the bar line, on
their own line or space only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from motet.io.notation.hand import clef_strain
from motet.score import Clef, KeySignature, Note, Part
from motet.theory.pitch import (
    fifths_position,
    octave_of,
    position_to_spelling,
    spell_pitch,
    spelling_to_pc,
)

__all__ = [
    "Accidentals",
    "Transposition",
    "WrittenPitch",
    "choose_clef",
    "key_alters",
    "key_in_force",
    "part_transposition",
    "write_pitch",
]

_SHARP_ORDER = "FCGDAEB"
_OCTAVE_BASS = frozenset({*range(32, 38), 43})
_FIFTHS_OF_SEMI = (0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5)
_STEPS_OF_SEMI = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)
_ACCIDENTALS = {
    -2: "flat-flat", -1: "flat", 0: "natural", 1: "sharp", 2: "double-sharp",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class WrittenPitch:
    """A pitch as printed."""

    letter: str
    alter: int
    octave: int


@dataclass(frozen=True, slots=True)
class Transposition:
    """What a transposing part writes: semitones up from the sound, in the sense of a key too."""

    up_semi: int = 0

    @property
    def fifths(self) -> int:
        """Fifths added to the key signature."""
        return _FIFTHS_OF_SEMI[self.up_semi % 12]

    @property
    def diatonic(self) -> int:
        """Letter steps up, octaves included."""
        octaves, rest = divmod(self.up_semi, 12)
        return octaves * 7 + _STEPS_OF_SEMI[rest]

    def key(self, fifths: int) -> int:
        """Return the written key signature of a sounding one, within six accidentals.

        Examples
        --------
        >>> Transposition(2).key(0), Transposition(9).key(5)
        (2, -4)
        """
        return fifths + self.fifths + self._turn(fifths)

    def spell(self, spelling: str, fifths: int) -> str:
        """Return the written spelling of a sounding one in a key.

        Examples
        --------
        >>> Transposition(2).spell("Bb", 0)
        'C'
        """
        turn = self._turn(fifths)
        position = fifths_position(spelling) + self.fifths + turn
        if turn and not -8 <= position <= 12:  # no double accidentals by an enharmonic key
            position -= turn
        return position_to_spelling(position)

    def _turn(self, fifths: int) -> int:
        if not self.up_semi % 12:
            return 0
        written = fifths + self.fifths
        return -12 if written > 6 else 12 if written < -6 else 0


def part_transposition(part: Part) -> Transposition:
    """Return the transposition of a part; none for drums.

    Examples
    --------
    >>> part_transposition(Part(name="Clarinet", program=71, transposition_semi=-2)).up_semi
    2
    """
    return Transposition(0 if part.is_drums else -part.transposition_semi)


def write_pitch(
    note: Note,
    *,
    fifths: int = 0,
    chord_tones: tuple[str, ...] = (),
    transposition: Transposition | None = None,
) -> WrittenPitch:
    """Return how a sounding note is printed.

    Parameters
    ----------
    note : Note
        Its own spelling wins when it names the pitch.
    fifths : int, -7 to 7
        The sounding key signature.
    chord_tones : tuple of str
        Spelled tones of the chord in force.
    transposition : Transposition

    Returns
    -------
    WrittenPitch

    Examples
    --------
    >>> write_pitch(Note(onset_tick=0, duration_tick=1, pitch=70), transposition=Transposition(2))
    WrittenPitch(letter='C', alter=0, octave=5)
    """
    spelling = note.spelling
    if not spelling or spelling_to_pc(spelling) != note.pitch % 12:
        spelling = spell_pitch(note.pitch, fifths=fifths, chord_tones=chord_tones)
    pitch = note.pitch
    if transposition is not None and transposition.up_semi:
        spelling = transposition.spell(spelling, fifths)
        pitch += transposition.up_semi
    alter = (fifths_position(spelling) + 1) // 7
    return WrittenPitch(spelling[0], alter, octave_of(pitch, spelling))


def key_alters(fifths: int) -> dict[str, int]:
    """Return the letters that a key signature alters.

    Examples
    --------
    >>> key_alters(2), key_alters(-1)
    ({'F': 1, 'C': 1}, {'B': -1})
    """
    if fifths >= 0:
        return dict.fromkeys(_SHARP_ORDER[:fifths], 1)
    return dict.fromkeys(_SHARP_ORDER[fifths:], -1)


class Accidentals:
    """Which accidentals are printed in one bar of one staff; call in order of time.

    Parameters
    ----------
    alters : mapping
        Of the key signature, as `key_alters` gives them.

    Examples
    --------
    >>> bar = Accidentals(key_alters(1))
    >>> [bar.show(WrittenPitch("F", alter, 4), is_tied=False) for alter in (1, 0, 0, 1)]
    ['', 'natural', '', 'sharp']
    """

    def __init__(self, alters: Mapping[str, int]) -> None:
        self._alters = alters
        self._seen: dict[tuple[str, int], int] = {}

    def show(self, pitch: WrittenPitch, *, is_tied: bool) -> str:
        """Return the MusicXML name of the accidental to print, or an empty text."""
        if is_tied:
            return ""
        place = (pitch.letter, pitch.octave)
        holds = self._seen.get(place, self._alters.get(pitch.letter, 0))
        self._seen[place] = pitch.alter
        return "" if holds == pitch.alter else _ACCIDENTALS[pitch.alter]


def choose_clef(part: Part, pitches: list[int], staff: int, n_staves: int) -> Clef:
    """Return the clef at the start of a staff.

    Parameters
    ----------
    part : Part
        Its own clefs win.
    pitches : list of int, MIDI numbers
        Written pitches on that staff.
    staff, n_staves : int

    Returns
    -------
    Clef

    Examples
    --------
    >>> clef = choose_clef(Part(name="Bass", program=33), [40, 43], 1, 1)
    >>> clef.sign, clef.line, clef.octave
    ('F', 4, -1)
    """
    own = [clef for clef in part.clefs if clef.staff == staff and clef.tick == 0]
    if own:
        return own[-1]
    if part.is_drums:
        return Clef(tick=0, sign="percussion", staff=staff)
    middle = sorted(pitches)[len(pitches) // 2] if pitches else 0
    if n_staves > 1:
        is_low = staff == n_staves and middle < 64
        return Clef(tick=0, sign="F" if is_low else "G", line=4 if is_low else 2, staff=staff)
    sounds_as_written = not part.transposition_semi
    if 24 <= part.program <= 31:
        return Clef(tick=0, sign="G", line=2, octave=-1 if sounds_as_written else 0, staff=staff)
    if (32 <= part.program <= 39 or part.program == 43 or part.role == "bass") and middle < 64:
        octave = -1 if sounds_as_written and middle < 48 and part.program in _OCTAVE_BASS else 0
        return Clef(tick=0, sign="F", line=4, octave=octave, staff=staff)
    if part.program == 41 and 50 <= middle < 74:
        return Clef(tick=0, sign="C", line=3, staff=staff)
    if part.role and pitches:
        is_low = sum(pitches) < 60 * len(pitches)
    else:
        treble, bass = clef_strain(pitches)
        is_low = bass < treble or (bass == treble and 0 < middle < 57)
    octave = 1 if middle > 88 else 0
    sign, line = ("F", 4) if is_low else ("G", 2)
    return Clef(tick=0, sign=sign, line=line, octave=octave, staff=staff)


def key_in_force(keys: tuple[KeySignature, ...], tick: int) -> int:
    """Return the sounding key signature at a tick as fifths; 0 before the first.

    Examples
    --------
    >>> keys = (KeySignature(tick=480, fifths=-3),)
    >>> key_in_force(keys, 0), key_in_force(keys, 480)
    (0, -3)
    """
    return next((key.fifths for key in reversed(keys) if key.tick <= tick), 0)
