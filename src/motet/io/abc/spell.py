"""How the ABC writer spells: pitches, lengths, keys, metres, tempos."""

from __future__ import annotations

from fractions import Fraction

from motet.score import KeySignature, Metre, Note, Tempo
from motet.theory.pitch import octave_of, spell_pitch, spelling_to_pc, transpose_spelling

__all__ = ["key_text", "length_text", "metre_text", "tempo_text", "written_pitch"]

_CIRCLE = "FCGDAEB"
_MODES = {
    "major": (0, ""), "": (0, ""), "minor": (-3, "m"), "dorian": (-2, "dor"),
    "phrygian": (-4, "phr"), "lydian": (1, "lyd"), "mixolydian": (-1, "mix"),
    "locrian": (-5, "loc"), "aeolian": (-3, "aeo"), "ionian": (0, "ion"),
}  # fmt: skip
_FIFTHS_OF_SEMI = (0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5)


def length_text(length: Fraction) -> str:
    """Return a length in unit lengths as ABC has it.

    Examples
    --------
    >>> [length_text(Fraction(n, d)) for n, d in ((1, 1), (3, 1), (1, 2), (3, 2), (1, 4))]
    ['', '3', '/', '3/2', '/4']
    """
    up, down = length.numerator, length.denominator
    if down == 1:
        return "" if up == 1 else str(up)
    if up == 1:
        return "/" if down == 2 else f"/{down}"
    return f"{up}/{down}"


def key_text(key: KeySignature | None, *, shift_fifths: int = 0) -> str:
    """Return a key as after ``K:``.

    Examples
    --------
    >>> key_text(KeySignature(tick=0, fifths=-3, mode="minor")), key_text(None)
    ('Cm', 'none')
    >>> key_text(KeySignature(tick=0, fifths=2, mode="dorian"))
    'Edor'
    """
    if key is None:
        return "none"
    turn, suffix = _MODES.get(key.mode, (0, ""))
    fifths = key.fifths + shift_fifths
    while abs(fifths) > 7:
        fifths -= 12 if fifths > 0 else -12
    signs, letter = divmod(fifths - turn + 1, 7)
    sign = "#" * signs if signs > 0 else "b" * -signs
    return f"{_CIRCLE[letter]}{sign}{suffix}"


def metre_text(metre: Metre) -> str:
    """Return a metre as after ``M:``.

    Examples
    --------
    >>> metre_text(Metre(tick=0, numerator=7, denominator=8, groups=(2, 2, 3)))
    '(2+2+3)/8'
    """
    if metre.symbol in ("common", "cut", "none"):
        return {"common": "C", "cut": "C|", "none": "none"}[metre.symbol]
    if metre.groups:
        return f"({'+'.join(str(one) for one in metre.groups)})/{metre.denominator}"
    return f"{metre.numerator}/{metre.denominator}"


def tempo_text(tempo: Tempo, metre: Metre) -> str:
    """Return a tempo as after ``Q:``, in beats of the metre where that is a whole number.

    Examples
    --------
    >>> tempo_text(Tempo(tick=0, quarter_us=500_000), Metre(tick=0, numerator=6, denominator=8))
    '3/8=80'
    """
    words = tempo.text.replace('"', "'").replace("\n", " ").strip()
    head = f'"{words}" ' if words else ""
    beat = metre.beats_qn[0] if len(set(metre.beats_qn)) == 1 else Fraction(1)
    for unit in (beat, Fraction(1)):
        speed = tempo.qpm / float(unit)
        if abs(speed - round(speed)) < 1e-4 * speed:
            whole = unit / 4
            return f"{head}{whole.numerator}/{whole.denominator}={round(speed)}"
    return f"{head}1/4={tempo.qpm:.3f}".rstrip("0").rstrip(".")


def written_pitch(
    note: Note, *, fifths: int, transpose_semi: int, shift_semi: int
) -> tuple[str, int, int]:
    """Return letter, alteration and octave of a note as written.

    Parameters
    ----------
    note : Note
    fifths : int
        Sounding key signature, for notes without a spelling.
    transpose_semi : int
        Sounding minus written pitch of the part.
    shift_semi : int
        The same with the octave of the clef.

    Returns
    -------
    tuple of str, int and int

    Examples
    --------
    >>> written_pitch(Note(onset_tick=0, duration_tick=1, pitch=58, spelling="Bb"), fifths=0,
    ...               transpose_semi=-2, shift_semi=-2)
    ('C', 0, 4)
    """
    spelling = note.spelling
    if not spelling or spelling_to_pc(spelling) != note.pitch % 12:
        spelling = spell_pitch(note.pitch, fifths=fifths)
    pitch = note.pitch - shift_semi
    if transpose_semi % 12:
        turn = _FIFTHS_OF_SEMI[transpose_semi % 12]
        spelling = transpose_spelling(spelling, shift_fifths=-turn)
        fifths -= turn
    if len(spelling) > 3:
        spelling = spell_pitch(pitch, fifths=max(-7, min(7, fifths)))
    alter = spelling.count("#") - spelling[1:].count("b")
    return spelling[0], alter, octave_of(pitch, spelling)
