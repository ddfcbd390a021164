"""Words that every section of an explanation needs: bars, lengths, notes and shares, in both languages.

Conventions: lengths and places are in quarter notes; a beat is counted from 1 in quarter notes; notes are
named by their own spelling, else by the key.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from motet.brief import tell_bars
from motet.language import Language, say
from motet.score import Note, Part
from motet.theory.general_midi import DRUM_KEYS
from motet.theory.pitch import pitch_name, spell_pitch
from motet.theory.scale import Key

__all__ = ["name_length", "name_note", "name_pitch", "tell_beat", "tell_places", "tell_share"]

_LENGTHS = {
    Fraction(4): ("whole note", "全音符"), Fraction(3): ("dotted half", "附点二分音符"),
    Fraction(2): ("half note", "二分音符"), Fraction(3, 2): ("dotted quarter", "附点四分音符"),
    Fraction(1): ("quarter note", "四分音符"), Fraction(3, 4): ("dotted eighth", "附点八分音符"),
    Fraction(1, 2): ("eighth", "八分音符"), Fraction(1, 4): ("sixteenth", "十六分音符"),
    Fraction(2, 3): ("triplet quarter", "三连四分音符"), Fraction(1, 3): ("triplet eighth", "三连八分音符"),
    Fraction(1, 6): ("triplet sixteenth", "三连十六分音符"), Fraction(1, 8): ("32nd", "三十二分音符"),
}  # fmt: skip
_MOST_SPANS = 8
_NEAR_QN = Fraction(1, 25)


def tell_places(bars: Iterable[int], language: Language = "en") -> str:
    """Return bar numbers in words.

    Parameters
    ----------
    bars : iterable of int
        Numbers as people count them.
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> tell_places([4]), tell_places([1, 2, 3, 8]), tell_places([4], "zh")
    ('bar 4', 'bars 1-3, 8', '第 4 小节')
    """
    numbers = sorted(set(bars))
    spans = tell_bars(numbers).split(", ")
    told = ", ".join(spans[:_MOST_SPANS]) + (" …" if len(spans) > _MOST_SPANS else "")
    word = "bar" if len(numbers) == 1 else "bars"
    return say(f"{word} {told}", f"第 {told} 小节", language=language)


def name_length(qn: float, language: Language = "en") -> str:
    """Return the name of a note value, or its length in quarter notes where it has no plain name.

    Parameters
    ----------
    qn : float, quarter notes
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> name_length(1.5), name_length(0.5, "zh"), name_length(2.6)
    ('dotted quarter', '八分音符', '2.6 quarters')
    """
    exact = Fraction(qn).limit_denominator(96)
    for value, names in _LENGTHS.items():
        if abs(value - exact) <= min(_NEAR_QN, value / 12):
            return say(*names, language=language)
    return say(f"{qn:.3g} quarters", f"{qn:.3g} 个四分音符", language=language)


def name_pitch(pitch: int, key: Key, *, is_drums: bool = False, language: Language = "en") -> str:
    """Return how a pitch is called: a note with its octave, or a drum.

    Parameters
    ----------
    pitch : int, MIDI number
    key : Key
    is_drums : bool
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> name_pitch(66, Key("G")), name_pitch(60, Key("C"))
    ('F#4', 'C4')
    """
    if is_drums:
        drum = DRUM_KEYS.get(pitch)
        return say(drum.name, drum.name_zh, language=language) if drum else str(pitch)
    return pitch_name(pitch, spell_pitch(pitch, fifths=key.fifths))


def name_note(note: Note, part: Part, key: Key, language: Language = "en") -> str:
    """Return how a note is called, by its own spelling where it has one.

    Parameters
    ----------
    note : Note
    part : Part
    key : Key
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> from motet.score import make_score
    >>> part = make_score("Eb4:1").parts[0]
    >>> name_note(part.notes[0], part, Key("C"))
    'Eb4'
    """
    if part.is_drums or not note.spelling:
        return name_pitch(note.pitch, key, is_drums=part.is_drums, language=language)
    return pitch_name(note.pitch, note.spelling)


def tell_beat(place_qn: float, language: Language = "en") -> str:
    """Return a place in a bar as its beat, counted in quarter notes from 1.

    Parameters
    ----------
    place_qn : float, quarter notes
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> tell_beat(2.5), tell_beat(0, "zh")
    ('beat 3.5', '第 1 拍')
    """
    beat = f"{place_qn + 1:.3g}"
    return say(f"beat {beat}", f"第 {beat} 拍", language=language)


def tell_share(share: float) -> str:
    """Return a share as per cent, small ones as such.

    Parameters
    ----------
    share : float, 0 to 1

    Returns
    -------
    str

    Examples
    --------
    >>> tell_share(0.414), tell_share(0.012), tell_share(0.0004)
    ('41 %', '1.2 %', '<0.1 %')
    """
    if share < 0.001:
        return "<0.1 %"
    return (
        f"{share:.1%}".replace("%", " %") if share < 0.0995 else f"{share:.0%}".replace("%", " %")
    )
