"""MusicXML made ready for the engraver: lines of four bars, silent staves that may be hidden.

Conventions: works on what `motet.io.musicxml_write.write_musicxml` writes, whose form is fixed. The
result is for engraving only.

Offers `ready_full`, `ready_lead`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from motet.score import Score

__all__ = ["ready_full", "ready_lead"]

_PART_NAME = re.compile(r"<(part-name|part-abbreviation)>[^<]*</\1>")
_PART = re.compile(r'<part id="[^"]*">.*?</part>', re.DOTALL)
_SCORE_PART = re.compile(r"<score-part\b.*?</score-part>", re.DOTALL)
_MEASURE = re.compile(r"<measure\b[^>]*>.*?</measure>", re.DOTALL)
_MULTIPLE = re.compile(
    r"<attributes><measure-style><multiple-rest>(\d+)</multiple-rest></measure-style></attributes>\n?"
)
_BAR_REST = re.compile(r'<note><rest measure="yes"/>.*?</note>')
_GRACE = (
    '<note print-object="no"><grace/><pitch><step>B</step><octave>4</octave></pitch>'
    "<voice>1</voice><type>eighth</type></note>"
)
_LYRIC = re.compile("<text>([^<]*)</text>")
_LINE_BARS = 4
_LINE_SYMBOLS = 36.0


def ready_full(music: bytes) -> bytes:
    """Return a full score in which staves that rest for a whole system may be hidden.

    verovio hides a staff together with the chord symbols and rehearsal marks above it, unless there
    is a note on it; the staves that carry such marks get one that is not printed. It hides nothing
    at all in a score of fewer than two groups, so one part is put into two that show nothing.

    Parameters
    ----------
    music : bytes

    Returns
    -------
    bytes

    Examples
    --------
    >>> from motet.io.musicxml_write import write_musicxml
    >>> from motet.score import make_score
    >>> ready_full(write_musicxml(make_score("r:4 C4:4", chords="C:8"))).count(b"<grace/>")
    1
    """
    text = music.decode("utf-8")
    numbers = ("15", "16")
    starts = "".join(
        f'<part-group type="start" number="{number}"><group-symbol>none</group-symbol></part-group>'
        for number in numbers
    )
    stops = "".join(f'<part-group type="stop" number="{number}"/>' for number in reversed(numbers))
    # A brace inside a group is not drawn, so the groups hold a part of one staff.
    parts = _PART.findall(text)
    alone = next((k for k, part in enumerate(parts) if "<staves>" not in part), None)
    if alone is not None:
        named = _SCORE_PART.findall(text)[alone]
        text = text.replace(named, starts + named + stops, 1)
    return _PART.sub(lambda found: _shown(found.group()), text).encode("utf-8")


def _shown(part: str) -> str:
    """Return a part whose top staff is never hidden, if marks stand above it."""
    if not re.search('<harmony>|<rehearsal>|<metronome>|<direction placement="above">', part):
        return part
    return _MEASURE.sub(lambda found: _protected(found.group()), part)


def _protected(bar: str) -> str:
    return _BAR_REST.sub(lambda rest: _GRACE + rest.group(), bar, count=1)


@dataclass(frozen=True)
class _Unit:
    """What a line holds undivided: a bar, or a rest of several bars."""

    first: int
    weight: float
    is_section: bool = False
    is_pickup: bool = False


def ready_lead(music: bytes, score: Score, *, scale: float = 1.0) -> bytes:
    """Return a lead sheet in lines of four bars, without a name at each line.

    A section begins a line; bars full of notes get more room. A rest of several bars begins after
    the bar with marks, since verovio leaves out what stands above such a rest.

    Parameters
    ----------
    music : bytes
    score : Score
        Its sections begin lines.
    scale : float, > 0
        Size of the staff as a multiple of the usual one.

    Returns
    -------
    bytes

    Examples
    --------
    >>> from motet.io.musicxml_write import write_musicxml
    >>> from motet.score import make_score
    >>> score = make_score("C4:4 " * 12)
    >>> ready_lead(write_musicxml(score, layout="lead"), score).count(b"new-system")
    2
    """
    text = _PART_NAME.sub(r"<\1></\1>", music.decode("utf-8"))
    bars = _MEASURE.findall(text)
    _move_rests(bars)
    starts = set(_line_starts(_units(bars, score), _LINE_SYMBOLS / scale))
    for index in starts - {0}:
        bars[index] = bars[index].replace(">", '>\n<print new-system="yes"/>', 1)
    source = iter(bars)
    return _MEASURE.sub(lambda _: next(source), text).encode("utf-8")


def _move_rests(bars: list[str]) -> None:
    """Let rests of several bars begin after a bar with marks, in place."""
    for k in range(len(bars)):
        found = _MULTIPLE.search(bars[k])
        if found is None or not re.search("<harmony>|<direction", bars[k]):
            continue
        bars[k] = _MULTIPLE.sub("", bars[k])
        n_left = int(found.group(1)) - 1
        if n_left > 1 and k + 1 < len(bars):
            moved = found.group().replace(f">{n_left + 1}<", f">{n_left}<")
            bars[k + 1] = bars[k + 1].replace(">", ">\n" + moved, 1)


def _units(bars: list[str], score: Score) -> list[_Unit]:
    sections = {score.bar_at(section.tick) for section in score.sections}
    units = []
    k = 0
    while k < len(bars):
        found = _MULTIPLE.search(bars[k])
        weight = bars[k].count("<note") - bars[k].count("<chord/>")
        words = "".join(_LYRIC.findall(bars[k]))
        weight_words = sum(0.3 if letter.isascii() else 0.8 for letter in words)
        is_pickup = k == 0 and 'implicit="yes"' in bars[0][:80]
        units.append(_Unit(k, max(weight, 2.0, weight_words), k in sections, is_pickup))
        k += int(found.group(1)) if found else 1
    return units


def _line_starts(units: list[_Unit], most: float) -> list[int]:
    """Return the first bar of each line."""
    lines: list[list[_Unit]] = []
    for unit in units:
        line = lines[-1] if lines else []
        n_full = sum(not one.is_pickup for one in line)
        if not lines or (unit.is_section and n_full > 1) or n_full >= _LINE_BARS:
            lines.append([unit])
        else:
            line.append(unit)
    whole: list[list[_Unit]] = []
    for line in lines:
        if len(line) == 1 and whole and not line[0].is_section and len(whole[-1]) <= _LINE_BARS:
            whole[-1] += line  # no bar stands alone
        else:
            whole.append(line)
    return [line[0].first for part in whole for line in _divided(part, most)]


def _divided(line: list[_Unit], most: float) -> list[list[_Unit]]:
    """Return a line cut in half until no half is too full."""
    if len(line) < 2 or sum(unit.weight for unit in line) <= most:
        return [line]
    middle = (len(line) + 1) // 2
    return _divided(line[:middle], most) + _divided(line[middle:], most)
