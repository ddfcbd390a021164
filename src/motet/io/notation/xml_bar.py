"""What frames a bar: attributes (key, metre, clef, transposition), bar lines, repeats, endings.

Source: MusicXML 4.0, elements attributes and barline.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from motet.io.notation.grid import BarFrame, ReadingGrid
from motet.io.notation.metre import bar_tree, beat_spans
from motet.io.notation.writing import Transposition, key_in_force
from motet.score import Clef, Metre, Part, Score

__all__ = ["BarLines", "attributes_xml", "clef_xml", "lay_bar_lines"]


@dataclass(slots=True)
class BarLines:
    """The bar lines of every bar as XML, by index of the bar."""

    left: dict[int, str] = field(default_factory=dict)
    right: dict[int, str] = field(default_factory=dict)


def lay_bar_lines(score: Score, grid: ReadingGrid) -> BarLines:
    """Return the bar lines that are not plain: repeats, endings, double and final ones.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:4")
    >>> lay_bar_lines(score, ReadingGrid(score)).right
    {0: '<barline location="right"><bar-style>light-heavy</bar-style></barline>'}
    """
    n_bars = len(grid.frames)
    starts: dict[int, str] = {}
    ends: dict[int, str] = {}
    starting: dict[int, str] = defaultdict(str)
    ending: dict[int, str] = defaultdict(str)
    for repeat in score.repeats:
        if repeat.kind == "start":
            starts[score.bar_at(repeat.tick)] = '<repeat direction="forward"/>'
        elif repeat.kind == "end":
            times = f' times="{repeat.times}"' if repeat.times > 2 else ""
            index = _bar_before(score, repeat.tick)
            ends[index] = f'<repeat direction="backward"{times}/>'
    for volta in score.endings:
        numbers = ",".join(str(number) for number in volta.numbers) or "1"
        text = "., ".join(str(number) for number in volta.numbers) + "."
        first, last = score.bar_at(volta.start_tick), _bar_before(score, volta.end_tick)
        starting[first] = f'<ending number="{numbers}" type="start">{text}</ending>'
        kind = "discontinue" if last not in ends and last == n_bars - 1 else "stop"
        ending[max(first, last)] = f'<ending number="{numbers}" type="{kind}"/>'
    lines = BarLines()
    for index in sorted({*starts, *starting}):
        style = "<bar-style>heavy-light</bar-style>" if index in starts else ""
        body = style + starting.get(index, "") + starts.get(index, "")
        lines.left[index] = f'<barline location="left">{body}</barline>'
    doubles = {score.bar_at(section.tick) - 1 for section in score.sections if section.tick > 0}
    for index in range(n_bars):
        is_last = index == n_bars - 1
        style = ""
        if index in ends or is_last:
            style = "light-heavy"
        elif index in doubles and index + 1 not in starts:
            style = "light-light"
        if style or index in ending:
            body = f"<bar-style>{style}</bar-style>" if style else ""
            body += ending.get(index, "") + ends.get(index, "")
            lines.right[index] = f'<barline location="right">{body}</barline>'
    return lines


def _bar_before(score: Score, tick: int) -> int:
    """Return the bar that ends at a tick (or holds it)."""
    index = score.bar_at(max(0, tick - 1))
    return min(index, score.n_bars - 1)


def clef_xml(clef: Clef, n_staves: int) -> str:
    """Return a clef element.

    Examples
    --------
    >>> clef_xml(Clef(tick=0, sign="F", line=4), 1)
    '<clef><sign>F</sign><line>4</line></clef>'
    """
    number = f' number="{clef.staff}"' if n_staves > 1 else ""
    if clef.sign == "percussion":
        return f"<clef{number}><sign>percussion</sign></clef>"
    octave = f"<clef-octave-change>{clef.octave}</clef-octave-change>" if clef.octave else ""
    return f"<clef{number}><sign>{clef.sign}</sign><line>{clef.line}</line>{octave}</clef>"


def attributes_xml(
    score: Score,
    part: Part,
    frame: BarFrame,
    before: BarFrame | None,
    *,
    divisions: int,
    n_staves: int,
    clefs: list[Clef],
    transposition: Transposition,
) -> str:
    """Return the attributes element of a bar, empty when nothing changes.

    Parameters
    ----------
    score : Score
    part : Part
    frame : BarFrame
    before : BarFrame or None
        The bar before, None at the start.
    divisions : int
        MusicXML divisions a quarter note.
    n_staves : int
    clefs : list of Clef
        That begin here.
    transposition : Transposition

    Returns
    -------
    str

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:4 D4:4", fifths=0)
    >>> first, second = ReadingGrid(score).frames
    >>> options = {"divisions": 2, "n_staves": 1, "clefs": [], "transposition": Transposition()}
    >>> attributes_xml(score, score.parts[0], first, None, **options)[:49]
    '<attributes><divisions>2</divisions><key><fifths>'
    >>> attributes_xml(score, score.parts[0], second, first, **options)
    ''
    """
    out: list[str] = []
    if before is None:
        out.append(f"<divisions>{divisions}</divisions>")
    tick = frame.bar.start_tick
    fifths = transposition.key(key_in_force(score.keys, tick))
    old = (
        None
        if before is None
        else transposition.key(key_in_force(score.keys, before.bar.start_tick))
    )
    if fifths != old and not part.is_drums:
        mode = next((key.mode for key in reversed(score.keys) if key.tick <= tick), "")
        mode = f"<mode>{mode}</mode>" if mode else ""
        cancel = f"<cancel>{old}</cancel>" if old and not fifths else ""
        has_key = any(key.tick <= tick for key in score.keys)
        hidden = "" if has_key else ' print-object="no"'  # no key is not C major
        out.append(f"<key{hidden}>{cancel}<fifths>{fifths}</fifths>{mode}</key>")
    elif before is None:
        out.append('<key print-object="no"><fifths>0</fifths></key>')
    if before is None or _is_other(frame.bar.metre, before.bar.metre):
        out.append(_time_xml(frame.bar.metre))
    if before is None and n_staves > 1:
        out.append(f"<staves>{n_staves}</staves>")
    out += [clef_xml(clef, n_staves) for clef in clefs]
    if before is None and transposition.up_semi:
        out.append(_transpose_xml(transposition))
    return f"<attributes>{''.join(out)}</attributes>" if out else ""


def _is_other(one: Metre, other: Metre) -> bool:
    return (one.numerator, one.denominator, one.symbol, one.groups) != (
        other.numerator, other.denominator, other.symbol, other.groups,
    )  # fmt: skip


def _time_xml(metre: Metre) -> str:
    symbol = f' symbol="{metre.symbol}"' if metre.symbol in ("common", "cut") else ""
    if metre.symbol == "none":  # senza-misura stops verovio 6.4 with a division by zero
        symbol = ' print-object="no"'
    beats = str(metre.numerator)
    usual = bar_tree(replace(metre, groups=()))
    if sum(metre.groups) == metre.numerator and beat_spans(bar_tree(metre)) != beat_spans(usual):
        beats = "+".join(str(group) for group in metre.groups)
    return f"<time{symbol}><beats>{beats}</beats><beat-type>{metre.denominator}</beat-type></time>"


def _transpose_xml(transposition: Transposition) -> str:
    """Return the way from written to sounding pitch."""
    semi, diatonic = -transposition.up_semi, -transposition.diatonic
    sign = -1 if semi < 0 else 1
    octaves = abs(semi) // 12
    rest_semi, rest_diatonic = semi - sign * 12 * octaves, diatonic - sign * 7 * octaves
    octave = f"<octave-change>{sign * octaves}</octave-change>" if octaves else ""
    return (
        f"<transpose><diatonic>{rest_diatonic}</diatonic>"
        f"<chromatic>{rest_semi}</chromatic>{octave}</transpose>"
    )
