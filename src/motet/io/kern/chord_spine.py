"""Chord symbols of harmony spines: ``**mxhm`` (``"C major-seventh"``) and plain text.

Source: MusicXML 4.0, element kind, whose words ``**mxhm`` uses.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from motet.io.kern.track import Track
from motet.score import ChordSymbol

__all__ = ["read_chords", "spell_chord"]

_KINDS = {
    "major": "",
    "minor": "m",
    "dominant": "7",
    "major-seventh": "maj7",
    "minor-seventh": "m7",
    "diminished": "dim",
    "diminished-seventh": "dim7",
    "half-diminished": "m7b5",
    "augmented": "aug",
    "augmented-seventh": "aug7",
    "major-minor": "m(maj7)",
    "major-sixth": "6",
    "minor-sixth": "m6",
    "dominant-ninth": "9",
    "major-ninth": "maj9",
    "minor-ninth": "m9",
    "dominant-11th": "11",
    "dominant-13th": "13",
    "suspended-second": "sus2",
    "suspended-fourth": "sus4",
    "power": "5",
}
_CHORD = re.compile(r"^([A-G])([#b-]{0,2})\s*([^/]*?)\s*(?:/\s*([A-G][#b-]{0,2}))?$")


def spell_chord(text: str) -> str:
    """Return the usual symbol of a chord in a harmony spine; unknown words stay as they are.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> spell_chord("B- minor-seventh/F"), spell_chord("none"), spell_chord("Dm7")
    ('Bbm7/F', 'N.C.', 'Dm7')
    """
    plain = text.strip()
    if plain.lower() in ("none", "n", "n.c.", "nc"):
        return "N.C."
    found = _CHORD.match(plain)
    if found is None:
        return plain
    letter, sign, kind, bass = found.groups()
    tail = f"/{bass.replace('-', 'b')}" if bass else ""
    return f"{letter}{sign.replace('-', 'b')}{_KINDS.get(kind, kind)}{tail}"


def read_chords(tracks: list[Track], to_tick: Callable[[int], int]) -> tuple[ChordSymbol, ...]:
    """Return the chord symbols of the first harmony spine.

    Parameters
    ----------
    tracks : list of Track
    to_tick : callable

    Returns
    -------
    tuple of ChordSymbol

    Examples
    --------
    >>> spine = Track(1, "harmony", 1, marks=[(0, "C major", 1)])
    >>> read_chords([spine], int)[0].symbol
    'C'
    """
    spine = next((track for track in tracks if track.kind == "harmony" and track.marks), None)
    if spine is None:
        return ()
    return tuple(
        ChordSymbol(tick=to_tick(time), symbol=spell_chord(text)[:40])
        for time, text, _ in spine.marks
    )
