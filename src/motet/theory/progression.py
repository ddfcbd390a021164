"""Chord progressions as text: bars, beats, sections, repeats.

Conventions: a bar's chords start at quarter notes within the bar; sections start at bar numbers
counted from 0. The text: ``|`` between bars, several chords share a bar by beats, ``/`` holds a
chord one more beat, ``%`` repeats the bar before, ``N.C.`` is silence of harmony, ``[verse]`` names
a section, ``|: ... :|`` and ``x2`` repeat. Without any ``|`` each chord is a bar. Roman numerals
are read when a key is given.

Source: own definition, after the way lead sheets are typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from motet.errors import ParameterError
from motet.theory.chord import NO_CHORD, Chord, parse_chord
from motet.theory.progression_text import Cell, read_cells
from motet.theory.roman import is_roman, roman_to_chord
from motet.theory.scale import Key

__all__ = ["ChordSpan", "Progression", "default_beats", "parse_progression", "split_bar"]


@dataclass(frozen=True, slots=True)
class ChordSpan:
    """A chord and how long it lasts within its bar.

    Parameters
    ----------
    start_qn : float, quarter notes from the bar line
    duration_qn : float, quarter notes, > 0
    chord : Chord

    Examples
    --------
    >>> parse_progression("| C F |").bars[0][1].start_qn
    2.0
    """

    start_qn: float
    duration_qn: float
    chord: Chord


@dataclass(frozen=True)
class Progression:
    """Chords by bars, with section names.

    Parameters
    ----------
    bars : tuple of tuple of ChordSpan
        The spans of each bar fill it.
    sections : tuple of (int, str)
        Bar number (from 0) at which a section begins, and its name.
    beats_qn : tuple of float, quarter notes
        Length of each beat of a bar.

    Examples
    --------
    >>> song = parse_progression("[verse] | Am7 D7 | Gmaj7 |")
    >>> song.n_bars, song.sections, song.text()
    (2, ((0, 'verse'),), '[verse] | Am7 D7 | Gmaj7 |')
    """

    bars: tuple[tuple[ChordSpan, ...], ...]
    sections: tuple[tuple[int, str], ...] = ()
    beats_qn: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0)

    @property
    def n_bars(self) -> int:
        """How many bars there are."""
        return len(self.bars)

    @property
    def bar_qn(self) -> float:
        """Length of a bar in quarter notes."""
        return float(sum(self.beats_qn))

    @property
    def chords(self) -> tuple[Chord, ...]:
        """All chords in order, one for each span."""
        return tuple(span.chord for bar in self.bars for span in bar)

    def chord_at(self, bar: int, qn: float = 0.0) -> Chord:
        """Return the chord that sounds in a bar at quarter notes after its bar line.

        Examples
        --------
        >>> parse_progression("| C F |").chord_at(0, 2.5).symbol
        'F'
        """
        found = NO_CHORD
        for span in self.bars[bar]:
            if span.start_qn <= qn + 1e-9:
                found = span.chord
        return found

    def text(self) -> str:
        """Return the progression as text that reads back the same."""
        labels = dict(self.sections)
        words = []
        for index, bar in enumerate(self.bars):
            if index in labels:
                words.append(f"{'| ' if index else ''}[{labels[index]}]")
            words.append(f"| {_bar_text(bar, self.beats_qn)}")
        return " ".join([*words, "|"])


def _bar_text(bar: tuple[ChordSpan, ...], beats_qn: tuple[float, ...]) -> str:
    """Return one bar's chords, with beat slashes where an even split would not say it."""
    symbols = [span.chord.symbol for span in bar]
    durations = [span.duration_qn for span in bar]
    if _close(durations, split_bar(len(bar), beats_qn)):
        return " ".join(symbols)
    for parts in (1, 2, 3, 4, 6, 8, 12, 24):
        units = [beat / parts for beat in beats_qn for _ in range(parts)]
        words, where = [], 0
        for symbol, duration in zip(symbols, durations):
            count, total = 0, 0.0
            while where < len(units) and total < duration - 1e-6:
                total += units[where]
                where, count = where + 1, count + 1
            if abs(total - duration) > 1e-6:
                break
            words.append(" ".join([symbol, *["/"] * (count - 1)]))
        else:
            return " ".join(words)
    return " ".join(symbols)


def _close(left: Sequence[float], right: Sequence[float]) -> bool:
    return len(left) == len(right) and all(abs(a - b) < 1e-6 for a, b in zip(left, right))


def default_beats(metre_qn: float) -> tuple[float, ...]:
    """Return the beats of a bar of which only the length is known.

    Parameters
    ----------
    metre_qn : float, quarter notes, > 0
        4.0 for 4/4, 3.0 for 3/4, 3.5 for 7/8. Pass the beats themselves for 6/8 and 12/8.

    Returns
    -------
    tuple of float, quarter notes
        Quarters, with what is left over joined to the last one.

    Raises
    ------
    ParameterError
        `metre_qn` is not positive.

    Examples
    --------
    >>> default_beats(3.5), default_beats(3.0)
    ((1.0, 1.0, 1.5), (1.0, 1.0, 1.0))
    """
    if not 0 < metre_qn <= 64:
        raise ParameterError(
            f"metre_qn must be > 0 and <= 64 quarter notes, got {metre_qn}; 4.0 for 4/4",
            zh=f"metre_qn 必须大于 0 且不超过 64 个四分音符,收到 {metre_qn};4/4 拍为 4.0",
        )
    whole = int(metre_qn)
    rest = metre_qn - whole
    if not whole:
        return (metre_qn,)
    return (1.0,) * (whole - 1) + (1.0 + rest,)


def split_bar(n_chords: int, beats_qn: Sequence[float | Fraction]) -> tuple[float, ...]:
    """Return how long each of several chords lasts when they share a bar.

    Parameters
    ----------
    n_chords : int, >= 1
    beats_qn : sequence of float or Fraction, quarter notes
        Length of each beat: ``Metre.beats_qn``.

    Returns
    -------
    tuple of float, quarter notes
        As even as whole beats allow, longer ones first; beats are halved (three-part beats cut
        in three) when there are more chords than beats.

    Raises
    ------
    ParameterError
        No chord, no beat, or more than 24 chords.

    Examples
    --------
    >>> split_bar(2, (1, 1, 1)), split_bar(2, (1, 1, 1.5)), split_bar(2, (1.5, 1.5))
    ((2.0, 1.0), (2.0, 1.5), (1.5, 1.5))
    """
    if not 1 <= n_chords <= 24 or not beats_qn:
        raise ParameterError(
            f"a bar holds 1 to 24 chords over at least one beat, got {n_chords} chords "
            f"and {len(beats_qn)} beats; use more bars",
            zh=f"一小节可有 1 到 24 个和弦、至少一拍,收到 {n_chords} 个和弦、{len(beats_qn)} 拍;"
            "请分成更多小节",
        )
    units = [float(beat) for beat in beats_qn]
    while len(units) < n_chords:
        units = [piece for unit in units for piece in _cut(unit)]
    size, extra = divmod(len(units), n_chords)
    lengths, where = [], 0
    for index in range(n_chords):
        count = size + (1 if index < extra else 0)
        lengths.append(sum(units[where : where + count]))
        where += count
    return tuple(lengths)


def _cut(unit: float) -> tuple[float, ...]:
    """Cut a beat: one of three eighths in three, any other in two."""
    parts = 3 if abs(unit * 2 % 3) < 1e-9 else 2
    return (unit / parts,) * parts


def parse_progression(
    text: str,
    *,
    metre_qn: float = 4.0,
    beats_qn: Sequence[float | Fraction] | None = None,
    key: Key | None = None,
) -> Progression:
    """Return the progression that a text describes.

    Parameters
    ----------
    text : str
        ``"| Am7 D7 | Gmaj7 |"``, ``"C G Am F x2"``, ``"[副歌] |: C / F G | % :|"``.
    metre_qn : float, quarter notes
        Length of a bar.
    beats_qn : sequence of float or Fraction, quarter notes, or None
        Its beats (``Metre.beats_qn``), needed for 6/8 and 12/8; wins over `metre_qn`.
    key : Key or None
        Needed for Roman numerals.

    Returns
    -------
    Progression

    Raises
    ------
    ParameterError
        Nothing is there, a token cannot be read, or a bar's beats do not add up; the message
        names bar and token.

    Examples
    --------
    >>> song = parse_progression("[A] |: C / F G | % :|")
    >>> song.n_bars, [(span.start_qn, span.chord.symbol) for span in song.bars[0]]
    (4, [(0.0, 'C'), (2.0, 'F'), (3.0, 'G')])
    >>> from motet.theory import parse_key
    >>> parse_progression("ii7 V7 | Imaj7 |", key=parse_key("D")).text()
    '| Em7 A7 | Dmaj7 |'
    """
    beats = default_beats(metre_qn) if beats_qn is None else tuple(float(one) for one in beats_qn)
    cells, sections = read_cells(text, n_beats=len(beats))
    bars: list[tuple[ChordSpan, ...]] = []
    for number, cell in enumerate(cells, start=1):
        bars.append(_lay_bar(cell, number, beats, key))
    return Progression(bars=tuple(bars), sections=sections, beats_qn=beats)


def _lay_bar(
    cell: Cell, number: int, beats: tuple[float, ...], key: Key | None
) -> tuple[ChordSpan, ...]:
    """Return one bar's spans."""
    chords = [None if word == "/" else _read(word, number, key) for word in cell]
    has_slashes = None in chords
    n_slots = len(chords)
    lengths = _slot_lengths(n_slots, number, beats) if has_slashes else split_bar(n_slots, beats)
    spans: list[ChordSpan] = []
    now = 0.0
    for chord, length in zip(chords, lengths):
        if chord is None or (spans and spans[-1].chord == chord and has_slashes):
            last = spans.pop()
            spans.append(ChordSpan(last.start_qn, last.duration_qn + length, last.chord))
        else:
            spans.append(ChordSpan(now, length, chord))
        now += length
    return tuple(spans)


def _slot_lengths(n_slots: int, number: int, beats: tuple[float, ...]) -> tuple[float, ...]:
    """Return the length of each beat slot of a bar that uses slashes."""
    units = list(beats)
    while len(units) < n_slots <= 96:
        units = [piece for unit in units for piece in _cut(unit)]
    if len(units) == n_slots:
        return tuple(units)
    eighths = sum(beats) * 2
    if n_slots == eighths:
        return (0.5,) * n_slots
    if n_slots < len(beats) and len(beats) % n_slots == 0:
        return split_bar(n_slots, beats)
    if n_slots > len(beats) and n_slots % len(beats) == 0:
        parts = n_slots // len(beats)
        return tuple(beat / parts for beat in beats for _ in range(parts))
    raise ParameterError(
        f"bar {number}: chords and slashes must fill {len(beats)} beats, got {n_slots}; "
        "write one chord or / for each beat",
        zh=f"第 {number} 小节:和弦与斜线须填满 {len(beats)} 拍,收到 {n_slots} 个;"
        "每拍写一个和弦或一个 /",
    )


def _read(word: str, number: int, key: Key | None) -> Chord:
    """Return the chord of one token, or say in which bar it fails."""

    try:
        if is_roman(word):
            if key is None:
                raise ParameterError(
                    f"a Roman numeral needs a key, got {word!r}; give key=parse_key('C major')",
                    zh=f"罗马数字和弦需要调,收到 {word!r};请给出 key=parse_key('C大调')",
                )
            return roman_to_chord(word, key)
        return parse_chord(word)
    except ParameterError as error:
        raise ParameterError(
            f"bar {number}, {word!r}: {error.en}", zh=f"第 {number} 小节,{word!r}:{error.zh}"
        ) from error
