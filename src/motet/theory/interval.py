"""Intervals by name.

Conventions: a name is quality and number, ``"m3"``, ``"P5"``, ``"A4"``, ``"d7"``; compound ones go
on (``"M9"``). Qualities: P perfect, M major, m minor, A augmented, d diminished (AA and dd exist).
``semi`` counts semitones, ``fifths`` steps on the line of fifths (see `pitch`).

Source: common musical terminology; the same names as in Aldwell and Schachter, Harmony and Voice
Leading, unit on intervals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from motet.errors import ParameterError
from motet.language import Language, say
from motet.theory.pitch import fifths_position, parse_pitch, transpose_spelling

__all__ = [
    "INTERVALS",
    "Interval",
    "interval_between",
    "interval_semi",
    "parse_interval",
    "transpose_pitch",
]

_STEP_FIFTHS = (0, 2, 4, -1, 1, 3, 5)
_STEP_SEMI = (0, 2, 4, 5, 7, 9, 11)
_NAME = re.compile(r"(P|M|m|A{1,2}|d{1,2})(\d{1,2})")
_EN = {"P": "perfect", "M": "major", "m": "minor", "A": "augmented", "d": "diminished"}
_EN |= {"AA": "doubly augmented", "dd": "doubly diminished"}
_ZH = {"P": "纯", "M": "大", "m": "小", "A": "增", "d": "减", "AA": "倍增", "dd": "倍减"}
_NUMBER_EN: tuple[str, ...] = ("unison", "second", "third", "fourth", "fifth", "sixth", "seventh")
_NUMBER_EN += ("octave", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth")
_NUMBER_EN += ("fifteenth",)
_NUMBER_ZH: tuple[str, ...] = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_NUMBER_ZH += ("十一", "十二", "十三", "十四", "十五")


@dataclass(frozen=True, slots=True)
class Interval:
    """An ascending interval between two spelled pitches.

    Parameters
    ----------
    quality : str
        ``"P"``, ``"M"``, ``"m"``, ``"A"``, ``"d"``, ``"AA"`` or ``"dd"``.
    number : int, 1 to 15
        3 for a third, 8 for an octave.

    Examples
    --------
    >>> Interval("A", 4).semi, Interval("m", 3).fifths, Interval("M", 9).name(language="zh")
    (6, -3, '大九度')
    """

    quality: str
    number: int

    @property
    def _alter(self) -> int:
        """Chromatic semitones away from the major or perfect interval."""
        is_perfect = (self.number - 1) % 7 in (0, 3, 4)
        if self.quality[0] == "A":
            return len(self.quality)
        if self.quality[0] == "d":
            return -len(self.quality) - (0 if is_perfect else 1)
        return -1 if self.quality == "m" else 0

    @property
    def semi(self) -> int:
        """Size in semitones."""
        octave, step = divmod(self.number - 1, 7)
        return 12 * octave + _STEP_SEMI[step] + self._alter

    @property
    def fifths(self) -> int:
        """Distance on the line of fifths, octaves apart."""
        return _STEP_FIFTHS[(self.number - 1) % 7] + 7 * self._alter

    @property
    def symbol(self) -> str:
        """Short name: ``"m3"``."""
        return f"{self.quality}{self.number}"

    def name(self, *, language: Language = "en") -> str:
        """Return the full name in one language."""
        index = self.number - 1
        return say(
            f"{_EN[self.quality]} {_NUMBER_EN[index]}",
            f"{_ZH[self.quality]}{_NUMBER_ZH[index]}度",
            language=language,
        )


def parse_interval(text: str) -> Interval:
    """Return the interval that a short name stands for.

    Parameters
    ----------
    text : str
        ``"m3"``, ``"P5"``, ``"A4"``, ``"M9"``; number 1 to 15.

    Returns
    -------
    Interval

    Raises
    ------
    ParameterError
        The text is no interval, such as ``"P3"`` or ``"M5"``.

    Examples
    --------
    >>> parse_interval("d7").semi
    9
    """
    match = _NAME.fullmatch(text.strip())
    if match is not None:
        quality, number = match[1], int(match[2])
        is_perfect = (number - 1) % 7 in (0, 3, 4)
        fits = quality[0] in "Ad" or (quality == "P") == is_perfect
        if 1 <= number <= 15 and fits and Interval(quality, number).semi >= 0:
            return Interval(quality, number)
    raise ParameterError(
        "an interval is P, M, m, A or d and a number 1 to 15 (P for 1, 4, 5, 8; M or m for 2, 3, "
        f"6, 7), got {text!r}; write m3, P5 or A4",
        zh="音程由 P、M、m、A 或 d 加 1 到 15 的度数组成(1、4、5、8 度用 P,2、3、6、7 度用 M 或 m),"
        f"收到 {text!r};请写 m3、P5 或 A4",
    )


def interval_semi(text: str) -> int:
    """Return the size of a named interval.

    Parameters
    ----------
    text : str
        ``"m3"``; a leading ``-`` means downwards.

    Returns
    -------
    int, semitones

    Raises
    ------
    ParameterError
        The text is no interval.

    Examples
    --------
    >>> interval_semi("m3"), interval_semi("-P4")
    (3, -5)
    """
    cleaned = text.strip()
    if cleaned.startswith("-"):
        return -parse_interval(cleaned[1:]).semi
    return parse_interval(cleaned).semi


def interval_between(low: str, high: str) -> Interval:
    """Return the interval from one spelled pitch up to another.

    Parameters
    ----------
    low, high : str
        Pitches (``"C4"``, ``"E4"``); `high` must not be written below `low`.

    Returns
    -------
    Interval

    Raises
    ------
    ParameterError
        A pitch cannot be read, the order is wrong, or the interval is beyond two octaves or
        twice augmented or diminished.

    Examples
    --------
    >>> interval_between("C4", "E4").symbol, interval_between("F4", "B4").symbol
    ('M3', 'A4')
    """
    (low_pitch, low_name), (high_pitch, high_name) = parse_pitch(low), parse_pitch(high)
    fifths = fifths_position(high_name) - fifths_position(low_name)
    semi = high_pitch - low_pitch
    for number in range(1, 16):
        for quality in ("P", "M", "m", "A", "d", "AA", "dd"):
            is_perfect = (number - 1) % 7 in (0, 3, 4)
            if quality in ("P", "M", "m") and (quality == "P") != is_perfect:
                continue
            candidate = Interval(quality, number)
            if candidate.semi == semi and candidate.fifths == fifths:
                return candidate
    raise ParameterError(
        f"the second pitch must be written 0 to 2 octaves above the first, got {low} and {high}; "
        "swap them or respell one",
        zh=f"第二个音须记写在第一个音之上两个八度以内,收到 {low} 与 {high};请交换或改写其中一个",
    )


def transpose_pitch(pitch: int, spelling: str, *, interval: str) -> tuple[int, str]:
    """Return a spelled pitch moved by a named interval.

    Parameters
    ----------
    pitch : int, MIDI number
    spelling : str
    interval : str
        ``"m3"`` up, ``"-m3"`` down.

    Returns
    -------
    tuple of int and str
        The new pitch, not checked against MIDI's range, and its spelling.

    Raises
    ------
    ParameterError
        A name cannot be read.

    Examples
    --------
    >>> transpose_pitch(60, "C", interval="A4"), transpose_pitch(60, "C", interval="-m3")
    ((66, 'F#'), (57, 'A'))
    """
    cleaned = interval.strip()
    sign = -1 if cleaned.startswith("-") else 1
    step = parse_interval(cleaned.removeprefix("-"))
    return pitch + sign * step.semi, transpose_spelling(spelling, shift_fifths=sign * step.fifths)


INTERVALS: dict[str, int] = {
    name: parse_interval(name).semi
    for name in (
        *("P1", "A1", "d2", "m2", "M2", "A2", "d3", "m3", "M3", "A3", "d4", "P4", "A4", "d5", "P5"),
        *("A5", "d6", "m6", "M6", "A6", "d7", "m7", "M7", "A7", "d8", "P8", "m9", "M9", "A9"),
        *("m10", "M10", "P11", "A11", "d12", "P12", "A12", "m13", "M13", "m14", "M14", "P15"),
    )
}
"""Short name to semitones, from unison to two octaves."""
