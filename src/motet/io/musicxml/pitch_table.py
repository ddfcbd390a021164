"""Written pitches to sounding ones: steps, alterations, octaves and transposing instruments.

Conventions: a transposition is (semitones, fifths) from written to sounding: a clarinet in B flat
has (-2, -2), for the sounding spelling is two fifths further on the flat side.

Source: MusicXML 4.0, elements pitch and transpose.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from motet.io.musicxml.head import read_number
from motet.io.musicxml.journal import Journal
from motet.theory.pitch import fifths_position, position_to_spelling

__all__ = ["move_spelling", "read_pitch", "read_spelling", "read_transposition"]

_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_SIGNS = {-2: "bb", -1: "b", 0: "", 1: "#", 2: "##"}
_FIFTHS_OF_SEMI = (0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5)


def read_transposition(element: Element) -> tuple[int, int] | None:
    """Return semitones and fifths from written to sounding pitch; None when they make no sense.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> text = "<transpose><diatonic>-1</diatonic><chromatic>-2</chromatic></transpose>"
    >>> read_transposition(fromstring(text))
    (-2, -2)
    """
    chromatic = read_number(element.findtext("chromatic") or "0", -48, 48)
    octave = read_number(element.findtext("octave-change") or "0", -4, 4)
    diatonic = read_number(element.findtext("diatonic"), -28, 28)
    if chromatic is None or octave is None:
        return None
    semi = int(chromatic) + 12 * int(octave)
    if diatonic is None or (not int(diatonic) and int(chromatic) % 12):
        return semi, -_FIFTHS_OF_SEMI[-int(chromatic) % 12]
    fifths = 7 * int(chromatic) - 12 * int(diatonic)
    while abs(fifths) > 12:  # octaves that are said in one of the two only
        fifths -= 84 if fifths > 0 else -84
        if abs(fifths) > 36:
            return semi, -_FIFTHS_OF_SEMI[-int(chromatic) % 12]
    return semi, fifths


def move_spelling(spelling: str, fifths: int) -> str:
    """Return a spelling moved along the line of fifths, empty when it needs triple accidentals.

    Examples
    --------
    >>> move_spelling("C", -2), move_spelling("F##", 8)
    ('Bb', '')
    """
    position = fifths_position(spelling) + fifths
    return position_to_spelling(position) if -15 <= position <= 19 else ""


def read_spelling(step: str | None, alter: str | None, journal: Journal) -> tuple[str, int] | None:
    """Return letter with accidentals, and semitones of the alteration; None when it is no note.

    Examples
    --------
    >>> read_spelling("F", "1", Journal()), read_spelling("H", None, Journal())
    (('F#', 1), None)
    """
    letter = (step or "").strip()
    if letter not in _STEPS:
        return None
    number = read_number(alter or "0", -4, 4)
    if number is None:
        return None
    semi = round(number)
    if semi != number:
        journal.tell(
            "{n} microtones were moved to the nearest semitone", "{n} 个微分音移到了最近的半音"
        )
    return (letter + _SIGNS[semi] if semi in _SIGNS else ""), semi


def read_pitch(
    element: Element, transposition: tuple[int, int], journal: Journal
) -> tuple[int, str]:
    """Return the sounding pitch and its spelling; pitch -1 when there is none that MIDI knows.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> read_pitch(fromstring("<pitch><step>C</step><octave>5</octave></pitch>"), (-2, -2), Journal())
    (70, 'Bb')
    """
    found = read_spelling(element.findtext("step"), element.findtext("alter"), journal)
    octave = read_number(element.findtext("octave"), -2, 12)
    if found is None or octave is None:
        return -1, ""
    spelling, alter = found
    letter = (element.findtext("step") or "C").strip()
    pitch = 12 * (int(octave) + 1) + _STEPS[letter] + alter + transposition[0]
    if not 0 <= pitch <= 127:
        return -1, ""
    if transposition[1] and spelling:
        spelling = move_spelling(spelling, transposition[1])
    return pitch, spelling
