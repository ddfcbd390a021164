"""The head of a piano roll: title, facts, and the legend of parts."""

from __future__ import annotations

from motet.language import say
from motet.render.font import text_width_em
from motet.render.label import key_label
from motet.render.roll_layout import PAGE_WIDTH
from motet.render.roll_style import RollStyle, svg_text
from motet.score import Bar, Part, Score

__all__ = ["draw_head"]

_LEFT = 28.0
_SIZE = 13.5


def draw_head(
    score: Score,
    bars: tuple[Bar, ...],
    parts: tuple[Part, ...],
    colours: tuple[str, ...],
    *,
    style: RollStyle,
) -> tuple[str, float]:
    """Return the SVG of a roll's head, and its height.

    Parameters
    ----------
    score : Score
    bars : tuple of Bar
        Those that are shown.
    parts : tuple of Part, shape (k,)
    colours : tuple of str, shape (k,)
    style : RollStyle

    Returns
    -------
    tuple of str and float

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:4", fifths=1, qpm=90)
    >>> text, height = draw_head(score, score.bars, score.parts, ("#000000",), style=RollStyle())
    >>> all(word in text for word in ("♩ = 90", "4/4", "G major", "Part 1"))
    True
    """
    out: list[str] = []
    y = 20.0
    if score.title:
        y += 26
        room = PAGE_WIDTH - 2 * _LEFT
        size = min(30.0, room / (text_width_em(score.title, bold=True)))
        out.append(svg_text(_LEFT, y, score.title, size=size, fill=style.ink, bold=True))
        taken = _LEFT + text_width_em(score.title, bold=True) * size
        if score.composer and taken + text_width_em(score.composer) * 14 < PAGE_WIDTH - _LEFT - 20:
            out.append(
                svg_text(
                    PAGE_WIDTH - _LEFT,
                    y,
                    score.composer,
                    size=14,
                    fill=style.soft_ink,
                    anchor="end",
                )
            )
        y += 6
    y += 18
    facts = " · ".join(_facts(score, bars, style))
    out.append(svg_text(_LEFT, y, facts, size=14, fill=style.soft_ink))
    if parts:
        y += 24
        x = _LEFT
        for part, colour in zip(parts, colours, strict=True):
            name = _part_name(part, style)
            width = 19 + text_width_em(name) * _SIZE + 20
            if x > _LEFT and x + width > PAGE_WIDTH - _LEFT + 20:
                x, y = _LEFT, y + 21
            out.append(
                f'<rect x="{x:.1f}" y="{y - 10.5:.1f}" width="13" height="12" rx="3" '
                f'fill="{colour}"/>'
            )
            out.append(svg_text(x + 19, y, name, size=_SIZE, fill=style.ink))
            x += width
    return "\n".join(out), y + 20


def _part_name(part: Part, style: RollStyle) -> str:
    if part.name:
        return part.name
    if part.is_drums:
        return say("Drums", "鼓", language=style.language)
    return say(f"Program {part.program}", f"音色 {part.program}", language=style.language)


def _facts(score: Score, bars: tuple[Bar, ...], style: RollStyle) -> list[str]:
    start, end = bars[0].start_tick, bars[-1].end_tick
    tempo = next((one for one in reversed(score.tempos) if one.tick <= start), None)
    qpm = tempo.qpm if tempo else 120.0
    metre = score.metre_at(start)
    facts = [f"♩ = {qpm:.0f}", f"{metre.numerator}/{metre.denominator}"]
    key = score.key_at(start)
    if key is not None:
        facts.append(key_label(key, language=style.language))
    first, last = bars[0].number, bars[-1].number
    if len(bars) == len(score.bars):
        n = len(bars)
        facts.append(say(f"{n} bars" if n > 1 else "1 bar", f"{n} 小节", language=style.language))
    else:
        facts.append(
            say(f"bars {first} to {last}", f"第 {first} 到 {last} 小节", language=style.language)
        )
    seconds = round(score.time.tick_to_s(end) - score.time.tick_to_s(start))
    facts.append(f"{seconds // 60}:{seconds % 60:02d}")
    return facts
