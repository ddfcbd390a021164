"""Reading what people write in a brief: bars, metres, forms, pitches, densities, rhythms.

Conventions: bars count from 1 and spans include both ends, as people say them (``"5-8"``); everything
read here is checked here, so that a brief holds only what can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from motet.errors import ParameterError
from motet.theory.pitch import parse_pitch

__all__ = [
    "DENSITIES",
    "FormSection",
    "MetreChange",
    "check_keys",
    "read_bars",
    "read_density",
    "read_form",
    "read_metres",
    "read_pitch",
    "read_rhythm",
    "tell_bars",
]

MAX_BARS = 400
_TOKEN = re.compile(r"(?P<label>\D+?)[\s:=-]*(?P<bars>\d{1,3})")
_METRE = re.compile(r"(?:(?P<bar>\d{1,3})\s*[:\uff1a]\s*)?(?P<top>\d{1,2})\s*/\s*(?P<low>\d{1,2})")

DENSITIES = {
    "sparse": (0.25, 1.0), "medium": (0.5, 2.0), "dense": (1.5, 4.0),
    "稀疏": (0.25, 1.0), "适中": (0.5, 2.0), "密集": (1.5, 4.0),
}  # fmt: skip
"""Words for densities: fewest and most onsets a quarter note."""


@dataclass(frozen=True, slots=True)
class FormSection:
    """One section of a form: its label, and how many bars it has."""

    label: str
    n_bars: int


@dataclass(frozen=True, slots=True)
class MetreChange:
    """A metre from a bar on, counted from 1."""

    bar: int
    numerator: int
    denominator: int

    @property
    def bar_qn(self) -> Fraction:
        """Length of a bar in quarter notes."""
        return Fraction(self.numerator * 4, self.denominator)


def check_keys(given: Iterable[str], known: Sequence[str], *, what: str, what_zh: str) -> None:
    """Raise a ParameterError on the first name that is not known, offering the nearest one.

    Parameters
    ----------
    given : iterable of str
    known : sequence of str
    what, what_zh : str
        What the names belong to, in both languages.

    Raises
    ------
    ParameterError
        A name is unknown.

    Examples
    --------
    >>> check_keys(["bars"], ["bars", "key"], what="a brief", what_zh="需求")
    """
    for name in given:
        if name in known:
            continue
        near = get_close_matches(str(name).lower(), known, n=1, cutoff=0.4)
        guess = near[0] if near else known[0]
        raise ParameterError(
            f"{what} has no {str(name)!r}; did you mean {guess!r}? (it has {', '.join(known)})",
            zh=f"{what_zh}中没有 {str(name)!r};是否想写 {guess!r}?(可用:{'、'.join(known)})",
        )


def read_bars(text: str | int | Iterable[int]) -> tuple[int, ...]:
    """Return the bar numbers that a text means.

    Parameters
    ----------
    text : str, int or iterable of int
        ``"5-8, 12"``; bars as people count them.

    Returns
    -------
    tuple of int, ascending, each once

    Raises
    ------
    ParameterError
        It cannot be read, or a span runs backwards.

    Examples
    --------
    >>> read_bars("5-8, 12"), read_bars(3)
    ((5, 6, 7, 8, 12), (3,))
    """
    if isinstance(text, int):
        return (text,)
    if not isinstance(text, str):
        return tuple(sorted({int(one) for one in text}))
    found: set[int] = set()
    for word in re.split(r"[\s,;\uff0c\uff1b、]+", re.sub(r"\s*[-–—~至到]\s*", "-", text.strip())):
        match = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?", word)
        if match is None or int(match[2] or match[1]) < int(match[1]):
            raise ParameterError(
                f"bars are numbers and spans such as '5-8' or '1, 4-6', got {text!r}",
                zh=f"小节应写作数字与范围,如 '5-8' 或 '1, 4-6',收到 {text!r}",
            )
        found.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return tuple(sorted(found))


def tell_bars(bars: Iterable[int]) -> str:
    """Return bar numbers as text that `read_bars` reads back.

    Parameters
    ----------
    bars : iterable of int

    Returns
    -------
    str

    Examples
    --------
    >>> tell_bars((5, 6, 7, 8, 12))
    '5-8, 12'
    """
    spans: list[list[int]] = []
    for bar in sorted(bars):
        if spans and spans[-1][1] == bar - 1:
            spans[-1][1] = bar
        else:
            spans.append([bar, bar])
    return ", ".join(f"{a}-{b}" if b > a else str(a) for a, b in spans)


def read_metres(text: str) -> tuple[MetreChange, ...]:
    """Return the metres of a text, the first from bar 1 on.

    Parameters
    ----------
    text : str
        ``"3/4"``, or with changes ``"4/4, 9: 3/4, 17: 4/4"``.

    Returns
    -------
    tuple of MetreChange, by bar

    Raises
    ------
    ParameterError
        It is no metre with 1 to 16 units of a half to a sixteenth, or bars do not ascend from 1.

    Examples
    --------
    >>> [(one.bar, one.numerator) for one in read_metres("4/4, 9: 3/4")]
    [(1, 4), (9, 3)]
    """
    found: list[MetreChange] = []
    for word in re.split(r"[,;\uff0c\uff1b、]", text.strip().rstrip(",\uff0c")):
        match = _METRE.fullmatch(word.strip())
        bar = int(match["bar"] or (0 if found else 1)) if match else 0
        top, low = (int(match["top"]), int(match["low"])) if match else (0, 0)
        ascends = bar > found[-1].bar if found else bar == 1
        if not (1 <= top <= 16 and low in (2, 4, 8, 16) and ascends):
            raise ParameterError(
                "metre looks like 3/4, 6/8 or 7/8 (1 to 16 over 2, 4, 8 or 16), with changes like "
                f"'4/4, 9: 3/4', got {text!r}",
                zh="拍号 metre 应写作 3/4、6/8 或 7/8(上方 1 到 16,下方 2、4、8 或 16),"
                f"变拍写作 '4/4, 9: 3/4',收到 {text!r}",
            )
        found.append(MetreChange(bar, top, low))
    return tuple(found)


def read_form(text: str) -> tuple[FormSection, ...]:
    """Return the sections of a form.

    Parameters
    ----------
    text : str
        ``"intro4 A8 B8 A8"``; labels in any language.

    Returns
    -------
    tuple of FormSection

    Raises
    ------
    ParameterError
        A section has no number of bars, or the form is longer than 400 bars.

    Examples
    --------
    >>> [(one.label, one.n_bars) for one in read_form("A8 副歌4")]
    [('A', 8), ('副歌', 4)]
    """
    sections = []
    for word in re.split(r"[\s,\uff0c、]+", text.strip()):
        match = _TOKEN.fullmatch(word)
        if match is None or int(match["bars"]) < 1:
            raise ParameterError(
                f"form is made of labels with bars, such as 'intro4 A8 B8 A8', got {word!r}",
                zh=f"曲式 form 由段落名和小节数组成,如 'intro4 A8 B8 A8',收到 {word!r}",
            )
        sections.append(FormSection(match["label"], int(match["bars"])))
    total = sum(one.n_bars for one in sections)
    if total > MAX_BARS:
        raise ParameterError(
            f"form may have {MAX_BARS} bars at most, got {total}; shorten a section",
            zh=f"曲式 form 最多 {MAX_BARS} 小节,收到 {total};请缩短段落",
        )
    return tuple(sections)


def read_pitch(value: str | int, *, name: str) -> int:
    """Return a pitch given as MIDI number or as a name with octave.

    Parameters
    ----------
    value : str or int
        ``60`` or ``"C4"``.
    name : str
        Of the argument, for the message.

    Returns
    -------
    int, 0 to 127

    Raises
    ------
    ParameterError
        It is no pitch.

    Examples
    --------
    >>> read_pitch("Bb3", name="low"), read_pitch(60, name="low")
    (58, 60)
    """
    pitch = value
    if isinstance(value, str):
        pitch = int(value) if value.strip().isdigit() else parse_pitch(value)[0]
    if isinstance(pitch, bool) or not isinstance(pitch, int) or not 0 <= pitch <= 127:
        raise ParameterError(
            f"{name} must be a pitch 0 to 127 or a name such as C4, got {value!r}",
            zh=f"{name} 须为 0 到 127 的音高或 C4 这样的音名,收到 {value!r}",
        )
    return pitch


def read_density(value: Any) -> tuple[float, float]:
    """Return the fewest and the most onsets a quarter note that a density means.

    Parameters
    ----------
    value : str, number or pair of numbers
        ``"sparse"``, ``"medium"``, ``"dense"``; a number means about so many; a pair is exact.

    Returns
    -------
    (float, float), onsets a quarter note

    Raises
    ------
    ParameterError
        It is no word of `DENSITIES` and not 0.05 to 12.

    Examples
    --------
    >>> read_density("sparse"), read_density(2), read_density([0.5, 1])
    ((0.25, 1.0), (1.5, 2.5), (0.5, 1.0))
    """
    if isinstance(value, str):
        words = [word for word in re.split(r"[\s,\uff0c~-]+", value.strip()) if word]
        if value.strip().lower() in DENSITIES:
            return DENSITIES[value.strip().lower()]
        try:
            value = [float(word) for word in words]
        except ValueError:
            value = [-1.0]
        value = value[0] if len(value) == 1 else value
    numbers = list(value) if isinstance(value, Sequence) else [value]
    is_fine = all(
        isinstance(one, int | float) and not isinstance(one, bool) and 0.05 <= one <= 12
        for one in numbers
    )
    if not is_fine or len(numbers) not in (1, 2) or numbers[0] > numbers[-1]:
        raise ParameterError(
            "density must be sparse, medium, dense, a number 0.05 to 12 of onsets a quarter note, or "
            f"a pair of them, got {value!r}",
            zh="密度 density 须为 稀疏、适中、密集(sparse、medium、dense)、每四分音符 0.05 到 12 次"
            f"起音的数,或这样的一对数,收到 {value!r}",
        )
    if len(numbers) == 1:
        return float(numbers[0]) * 0.75, float(numbers[0]) * 1.25
    return float(numbers[0]), float(numbers[1])


def read_rhythm(text: str) -> tuple[tuple[tuple[Fraction, Fraction], ...], ...]:
    """Return the rhythm that a pattern draws: onsets and durations of each of its bars.

    Parameters
    ----------
    text : str
        A bar is cut into as many steps as it has signs: ``x`` begins a note, ``-`` holds it, ``.`` is
        silent; ``|`` divides bars, which are then repeated in turn: ``"x--x--x- | x---x-.."``.

    Returns
    -------
    tuple of tuple of (Fraction, Fraction)
        For each bar its onsets and durations, as shares of the bar.

    Raises
    ------
    ParameterError
        Another sign, no onset, or more than 96 steps in a bar.

    Examples
    --------
    >>> [(float(a), float(b)) for a, b in read_rhythm("x-x.")[0]]
    [(0.0, 0.5), (0.5, 0.25)]
    """
    bars = []
    for cell in text.strip().strip("|").split("|"):
        signs = "".join(cell.split()).lower()
        if not signs or len(signs) > 96 or set(signs) - set("x-.") or signs[0] == "-":
            raise ParameterError(
                "rhythm is drawn with x (begin), - (hold) and . (silent), 1 to 96 steps a bar, "
                f"such as 'x--x--x-', got {text!r}",
                zh="节奏 rhythm 用 x(起音)、-(延续)、.(休止)书写,每小节 1 到 96 格,"
                f"如 'x--x--x-',收到 {text!r}",
            )
        notes: list[list[int]] = []
        is_held = False
        for step, sign in enumerate(signs):
            if sign == "x":
                notes.append([step, 1])
            elif sign == "-" and is_held:
                notes[-1][1] += 1
            is_held = sign == "x" or (sign == "-" and is_held)
        bars.append(tuple((Fraction(a, len(signs)), Fraction(n, len(signs))) for a, n in notes))
    if not any(bars):
        raise ParameterError(
            f"rhythm needs at least one x, got {text!r}; such as 'x--x--x-'",
            zh=f"节奏 rhythm 至少要有一个 x,收到 {text!r};如 'x--x--x-'",
        )
    return tuple(bars)
