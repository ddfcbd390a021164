"""Tiny MusicXML files for tests: ``from musicxml_text import note, partwise, read_bars``."""

from __future__ import annotations

from motet.io.loaded import Loaded
from motet.io.musicxml_read import read_musicxml

__all__ = ["note", "partwise", "read_bars", "rest", "texts"]

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" '
    '"http://www.musicxml.org/dtds/partwise.dtd">\n'
)
FIRST = "<attributes><divisions>2</divisions><time><beats>4</beats><beat-type>4</beat-type></time></attributes>"


def note(pitch: str, duration: int | str = 2, inside: str = "", *, before: str = "") -> str:
    """Return a note element: ``note("F#4", 2)``; a comma gives a chord."""
    out = ""
    for k, one in enumerate(pitch.split(",")):
        alter = one.count("#") - one[1:].count("b")
        sign = f"<alter>{alter}</alter>" if alter else ""
        chord = "<chord/>" if k else ""
        out += (
            f"<note>{before}{chord}<pitch><step>{one[0]}</step>{sign}<octave>{one[-1]}</octave></pitch>"
            f"<duration>{duration}</duration>{inside}</note>"
        )
    return out


def rest(duration: int | str, inside: str = "") -> str:
    """Return a rest element."""
    return f"<note><rest/><duration>{duration}</duration>{inside}</note>"


def partwise(*bars: str, first: str = FIRST, part_list: str = "", head: str = "") -> bytes:
    """Return a file of one part, each text the inside of a measure."""
    names = part_list or '<score-part id="P1"><part-name>Flute</part-name></score-part>'
    body = "".join(
        bar
        if bar.startswith("<measure")
        else f'<measure number="{k}">{first * (k == 1)}{bar}</measure>'
        for k, bar in enumerate(bars, 1)
    )
    return (
        f"{HEAD}<score-partwise>{head}<part-list>{names}</part-list>"
        f'<part id="P1">\n{body}\n</part></score-partwise>\n'
    ).encode()


def read_bars(*bars: str, **options: str) -> Loaded:
    """Return what reading such a file gives."""
    return read_musicxml(partwise(*bars, **options))


def texts(loaded: Loaded) -> list[str]:
    """Return the repairs in English, without their places."""
    return [repair.en for repair in loaded.repairs]
