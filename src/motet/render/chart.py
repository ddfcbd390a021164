"""A chord chart in text: sections, bars and their chords, four bars a line.

Conventions: bars have the numbers that a person calls them; ``%`` is a bar in which the chord of the
bar before goes on, ``-`` one before the first chord.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from motet.language import Language, say

if TYPE_CHECKING:
    from motet.score import Score

__all__ = ["ChartBar", "chart_bars", "draw_chart"]

_BARS_A_LINE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartBar:
    """One bar of a chart: its number, the section that begins in it (or ""), its new chords.

    Examples
    --------
    >>> ChartBar(bar=1, section="A", chords=("C", "G7")).chords
    ('C', 'G7')
    """

    bar: int
    section: str
    chords: tuple[str, ...]


def chart_bars(score: Score) -> tuple[ChartBar, ...]:
    """Return what begins in each bar.

    Parameters
    ----------
    score : Score

    Returns
    -------
    tuple of ChartBar
        One a bar.

    Examples
    --------
    >>> from motet.score import make_score
    >>> [bar.chords for bar in chart_bars(make_score("C4:4 D4:4", chords="C:2 F:2 G:4"))]
    [('C', 'F'), ('G',)]
    """
    return tuple(
        ChartBar(
            bar=bar.number,
            section=" ".join(
                one.label for one in score.sections if bar.start_tick <= one.tick < bar.end_tick
            ),
            chords=tuple(
                one.symbol for one in score.chords if bar.start_tick <= one.tick < bar.end_tick
            ),
        )
        for bar in score.bars
    )


def draw_chart(
    bars: tuple[ChartBar, ...], *, max_lines: int = 24, language: Language = "en"
) -> list[str]:
    """Return a chart as lines of text.

    Parameters
    ----------
    bars : tuple of ChartBar
    max_lines : int, >= 1
        More are left out, and counted.
    language : Language

    Returns
    -------
    list of str
        Empty where no bar has a chord or a section.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:4 D4:4 E4:4", chords="C:2 F:2 G:8")
    >>> draw_chart(chart_bars(score))
    ['   1 | C F     | G       | %       |']
    """
    if not any(bar.chords or bar.section for bar in bars):
        return []
    rows: list[list[ChartBar]] = []
    for bar in bars:
        if not rows or bar.section or len(rows[-1]) == _BARS_A_LINE:
            rows.append([])
        rows[-1].append(bar)
    cells, has_chord = {}, False
    for bar in bars:
        cells[bar.bar] = " ".join(bar.chords) or ("%" if has_chord else "-")
        has_chord = has_chord or bool(bar.chords)
    width = max(7, *(len(cell) for cell in cells.values()))
    lines = []
    for row in rows:
        if row[0].section:
            lines.append(f"{row[0].section}:")
        text = " | ".join(cells[bar.bar].ljust(width) for bar in row)
        lines.append(f"{row[0].bar:>4} | {text} |")
    if len(lines) > max_lines:
        hidden = len(lines) - max_lines
        more = say(f"… {hidden} more lines", f"……另有 {hidden} 行", language=language)
        lines = [*lines[:max_lines], more]
    return lines
