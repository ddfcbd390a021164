"""The note: what sounds, how it is written, and how it is played.

Conventions: times are ticks of the score that holds the note; a pitch is a MIDI number (0 to 127)
that *sounds* (transposing instruments are written elsewhere, by `Part.transposition_semi`); a
spelling is a letter and its accidentals, ``"F#"``, ``"Bb"``, ``"C##"``, empty when unknown. Spans
are half-open. For drums the pitch is the General MIDI percussion key.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ARTICULATIONS", "GRACES", "ORNAMENTS", "Note", "note_order"]

ARTICULATIONS = (
    "staccato",
    "staccatissimo",
    "tenuto",
    "accent",
    "marcato",
    "portato",
    "breath",
    "caesura",
    "fermata",
    "up-bow",
    "down-bow",
    "open-string",
    "harmonic",
    "pizzicato",
    "stopped",
    "snap-pizzicato",
    "ghost",
    "scoop",
    "fall",
    "doit",
    "plop",
)
ORNAMENTS = (
    "trill",
    "mordent",
    "inverted-mordent",
    "turn",
    "inverted-turn",
    "tremolo-1",
    "tremolo-2",
    "tremolo-3",
    "arpeggio",
    "glissando",
    "shake",
    "schleifer",
)
GRACES = ("", "acciaccatura", "appoggiatura")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note (or one stroke of a drum).

    Parameters
    ----------
    onset_tick : int, ticks, >= 0
        When it starts. A grace note has the onset of the note it leads to.
    duration_tick : int, ticks, >= 0
        How long it sounds, ties and bar lines included; 0 for a grace note.
    pitch : int, MIDI number, 0 to 127
        Sounding pitch, or the percussion key of a drum part.
    velocity : int, 1 to 127
        How hard it is struck.
    release_velocity : int, 0 to 127
        How fast the key goes up; 64 when nothing is known.
    spelling : str
        Letter and accidentals (``"Eb"``) of the sounding pitch, or empty.
    voice : int, >= 1
        Which line of its staff it belongs to.
    staff : int, >= 1
        Which staff of its part (1 is the upper of a piano).
    ties_tick : tuple of int, ticks after the onset
        Where the notation breaks the note into tied ones; empty lets the writer decide.
    articulations, ornaments : tuple of str
        Members of `ARTICULATIONS` and `ORNAMENTS`.
    grace : str
        ``""``, ``"acciaccatura"`` (slashed) or ``"appoggiatura"``.

    Examples
    --------
    >>> Note(onset_tick=0, duration_tick=480, pitch=63, spelling="Eb").end_tick
    480
    """

    onset_tick: int
    duration_tick: int
    pitch: int
    velocity: int = 80
    release_velocity: int = 64
    spelling: str = ""
    voice: int = 1
    staff: int = 1
    ties_tick: tuple[int, ...] = ()
    articulations: tuple[str, ...] = ()
    ornaments: tuple[str, ...] = ()
    grace: str = ""

    @property
    def end_tick(self) -> int:
        """Tick at which the note has ended (half-open)."""
        return self.onset_tick + self.duration_tick


def note_order(note: Note) -> tuple[int, int, int, int]:
    """Return the key that sorts notes: onset, grace notes first and in their own order, pitch.

    Parameters
    ----------
    note : Note

    Returns
    -------
    tuple of int

    Examples
    --------
    >>> low, high = (Note(onset_tick=0, duration_tick=1, pitch=pitch) for pitch in (60, 64))
    >>> note_order(low) < note_order(high)
    True
    """
    if note.grace:
        return (note.onset_tick, 0, 0, 0)
    return (note.onset_tick, 1, note.pitch, note.duration_tick)
