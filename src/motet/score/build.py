"""Scores from a line of text: for tests, examples and small sketches."""

from __future__ import annotations

import re

from motet.errors import ParameterError
from motet.score.event import ChordSymbol, KeySignature, Metre, Tempo
from motet.score.note import Note
from motet.score.part import Part
from motet.score.score import Score
from motet.units import DEFAULT_RESOLUTION, qn_to_tick, qpm_to_quarter_us

__all__ = ["make_score"]

_STEP = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_NOTE = re.compile(r"^([A-G])(#{1,2}|b{1,2})?(-?\d+)$")


def _pitch(name: str) -> tuple[int, str]:
    match = _NOTE.match(name)
    if match is None:
        raise ParameterError(
            f"a pitch looks like C4, F#3 or Bb5, got {name!r}",
            zh=f"音高应写作 C4、F#3 或 Bb5,收到 {name!r}",
        )
    letter, accidental, octave = match.group(1), match.group(2) or "", int(match.group(3))
    alter = accidental.count("#") - accidental.count("b")
    return 12 * (octave + 1) + _STEP[letter] + alter, letter + accidental


def make_score(
    *texts: str,
    metre: str = "4/4",
    qpm: float = 120.0,
    fifths: int | None = None,
    chords: str = "",
    resolution: int = DEFAULT_RESOLUTION,
    programs: tuple[int, ...] = (),
) -> Score:
    """Return a score whose parts are given as lines of text.

    Parameters
    ----------
    *texts : str
        One text a part: tokens ``PITCH:QN`` (``C4:1``), chords ``C4+E4+G4:2``, rests ``r:0.5``;
        ``|`` is only for the eye. A text that begins with ``drums`` is a drum part whose pitches
        are numbers (``36:1``).
    metre : str
        ``"3/4"``.
    qpm : float, quarter notes a minute
    fifths : int or None
        Key signature, -7 to 7.
    chords : str
        Tokens ``SYMBOL:QN``.
    resolution : int, ticks a quarter note
    programs : tuple of int
        General MIDI programs of the parts, piano where missing.

    Returns
    -------
    Score

    Raises
    ------
    ParameterError
        A token cannot be read.

    Examples
    --------
    >>> score = make_score("C4:1 E4+G4:2 r:1", "drums 36:1 38:1", metre="2/4", chords="C:4")
    >>> [(part.name, len(part.notes)) for part in score.parts], score.n_bars
    ([('Part 1', 3), ('Drums', 2)], 2)
    """
    parts = []
    for k, text in enumerate(texts):
        words = text.replace("|", " ").split()
        is_drums = bool(words) and words[0] == "drums"
        notes: list[Note] = []
        now = 0
        for word in words[1:] if is_drums else words:
            name, _, length = word.partition(":")
            duration = qn_to_tick(_number(length, word), resolution=resolution)
            if name != "r":
                for one in name.split("+"):
                    pitch, spelling = (int(one), "") if one.isdigit() else _pitch(one)
                    notes.append(
                        Note(onset_tick=now, duration_tick=duration, pitch=pitch, spelling=spelling)
                    )
            now += duration
        parts.append(
            Part(
                name="Drums" if is_drums else f"Part {k + 1}",
                notes=tuple(notes),
                is_drums=is_drums,
                channel=9 if is_drums else -1,
                program=programs[k] if k < len(programs) else 0,
                role="drums" if is_drums else "",
            )
        )
    symbols, now = [], 0
    for word in chords.replace("|", " ").split():
        symbol, _, length = word.rpartition(":")
        symbols.append(ChordSymbol(tick=now, symbol=symbol))
        now += qn_to_tick(_number(length, word), resolution=resolution)
    return Score(
        parts=tuple(parts),
        resolution=resolution,
        tempos=(Tempo(tick=0, quarter_us=qpm_to_quarter_us(qpm)),),
        metres=(_metre(metre),),
        keys=() if fifths is None else (KeySignature(tick=0, fifths=fifths),),
        chords=tuple(symbols),
    )


def _metre(text: str) -> Metre:
    match = re.match(r"^(\d{1,3})/(\d{1,2})$", text)
    if match is None:
        raise ParameterError(
            f"metre looks like 3/4, got {text!r}", zh=f"metre(拍号)应写作 3/4,收到 {text!r}"
        )
    return Metre(tick=0, numerator=int(match.group(1)), denominator=int(match.group(2)))


def _number(text: str, word: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0.0 <= number <= 100_000.0:
        raise ParameterError(
            f"a token looks like C4:1 (pitch, quarter notes >= 0), got {word!r}",
            zh=f"每个记号应写作 C4:1(音高、不小于 0 的四分音符数),收到 {word!r}",
        )
    return number
