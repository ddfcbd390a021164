"""A page of what the analysis found: form, keys, chords by confidence, density of every cell.

Conventions: laid out 1200 units wide; time runs to the right by bars, all bars equally wide. A pale
chord is an unsure one; a dark cell is a dense one.
"""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np

from motet.analysis.report import Report
from motet.errors import ParameterError
from motet.io.atomic import write_whole
from motet.language import Language, say
from motet.render.font import text_width_em
from motet.render.label import chord_label
from motet.render.picture import svg_to_pdf, svg_to_png
from motet.render.roll_style import RollStyle, svg_rect, svg_text

__all__ = ["draw_facts"]

_WIDTH, _LEFT, _RIGHT = 1200.0, 150.0, 28.0
_BARS_PER_ROW = 32
_KINDS = (".svg", ".png", ".pdf")
_HEAT = "#1d5fa8"
_CHORD = "#c8641e"


def draw_facts(
    report: Report,
    path: str | Path | None = None,
    *,
    width_px: int = 1600,
    language: Language = "en",
) -> str:
    """Return the page as SVG text; also write it as SVG, PNG or PDF when a path is given.

    Parameters
    ----------
    report : Report
    path : str, Path or None
        Ends in ``.svg``, ``.png`` or ``.pdf``.
    width_px : int, pixels
    language : Language

    Returns
    -------
    str

    Raises
    ------
    ParameterError
        The file's ending is none of the three.

    Examples
    --------
    >>> from motet.analysis.report import analyse
    >>> from motet.score import make_score
    >>> svg = draw_facts(analyse(make_score("C4+E4+G4:4 F4+A4+C5:4 " * 2)))
    >>> svg.startswith("<svg"), svg.count('class="chord"') >= 4
    (True, True)
    """
    target = None if path is None else Path(path)
    if target is not None and target.suffix.lower() not in _KINDS:
        raise ParameterError(
            f"a picture's name ends in .svg, .png or .pdf, got {target.name!r}",
            zh=f"图片文件名应以 .svg、.png 或 .pdf 结尾,收到 {target.name!r}",
        )
    style = RollStyle(language=language)
    body, y = _head(report, style)
    n_bars = report.score.n_bars
    n_rows = -(-n_bars // _BARS_PER_ROW)
    per_row = -(-n_bars // n_rows)
    for start in range(0, n_bars, per_row):
        text, y = _row(report, start, min(n_bars, start + per_row), per_row, y, style)
        body += text
    height = y + 8
    title = escape(report.score.title or say("Analysis", "分析", language=language))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_px}" '
        f'height="{round(height * width_px / _WIDTH)}" viewBox="0 0 {_WIDTH:g} {height:.1f}" '
        f'font-family="{style.font}"><title>{title}</title>'
        f'<rect width="{_WIDTH:g}" height="{height:.1f}" fill="{style.paper}"/>'
        + "\n".join(body)
        + "</svg>\n"
    )
    if target is not None:
        if target.suffix.lower() == ".png":
            svg_to_png(svg, target, width_px=width_px)
        elif target.suffix.lower() == ".pdf":
            svg_to_pdf([svg], target)
        else:
            write_whole(target, svg.encode("utf-8"))
    return svg


def _head(report: Report, style: RollStyle) -> tuple[list[str], float]:
    """Return title and facts, and where they end."""
    language = style.language
    score, feel = report.score, report.feel
    metre = score.metre_at(0)
    key = "" if report.key is None else report.key.key.name(language=language)
    words = {
        "straight": ("straight", "平直"), "swing": ("swing", "摇摆"), "compound": ("compound", "复拍子"),
        "swing-16": ("swung sixteenths", "摇摆十六分"), "unknown": ("", ""),
    }[feel.feel]  # fmt: skip
    swing = f" {feel.ratio:.1f}:1" if feel.swing > 0.5 else ""
    facts = [key, f"{metre.numerator}/{metre.denominator}", f"♩ = {feel.qpm:.0f}"]
    facts.append(say(*words, language=language) + swing)
    n = score.n_bars
    facts.append(say(f"{n} bars", f"{n} 小节", language=language))
    y = 20.0
    out = []
    if score.title:
        y += 24
        size = min(26.0, (_WIDTH - 56) / max(1e-6, text_width_em(score.title, bold=True)))
        out.append(svg_text(28, y, score.title, size=size, fill=style.ink, bold=True))
    y += 24
    line = "   ·   ".join(one for one in facts if one)
    out.append(svg_text(28, y, line, size=14, fill=style.soft_ink))
    legend = say(
        "beside a part: difficulty, 1 to 10; bold: the melody; pale chords are unsure; "
        "dark cells are dense",
        "声部旁为难度(1 至 10);粗体为旋律;和弦色浅表示不确定;格子色深表示音符密集",
        language=language,
    )
    out.append(svg_text(28, y + 18, legend, size=10.5, fill=style.soft_ink))
    return out, y + 40


def _row(
    report: Report, first: int, end: int, per_row: int, y: float, style: RollStyle
) -> tuple[list[str], float]:
    """Return one system of bars: form, keys, chords, heat map; and where it ends."""
    language = style.language
    width = (_WIDTH - _LEFT - _RIGHT) / per_row
    score = report.score
    bars = score.bars

    def x(bar: float) -> float:
        return _LEFT + (min(max(bar, first), end) - first) * width

    def place(tick: int) -> float:
        k = score.bar_at(tick) if tick < bars[-1].end_tick else len(bars)
        if k >= len(bars):
            return float(len(bars))
        return k + (tick - bars[k].start_tick) / bars[k].duration_tick

    out = []
    step = 4 if per_row > 8 else 1
    for k in range(first, end):
        if (k - first) % step == 0:
            number = str(bars[k].number)
            out.append(svg_text(x(k) + 2, y + 9, number, size=9.5, fill=style.soft_ink))
    y += 14
    out.append(_name(say("Form", "曲式", language=language), y + 15, style))
    letters = sorted({one.label[0] for one in report.sections})
    for one in report.sections:
        if one.end_bar > first and one.start_bar < end:
            fill = style.section_colours(letters.index(one.label[0]))[0]
            a, b = x(one.start_bar), x(one.end_bar)
            out.append(svg_rect(a, y, b - a - 1, 21, fill, ' rx="3"'))
            out.append(svg_text(a + 5, y + 15, one.label, size=13, fill=style.ink, bold=True))
    y += 25
    out.append(_name(say("Key", "调", language=language), y + 12, style))
    for span in report.key_spans:
        a, b = x(place(span.start_tick)), x(place(span.end_tick))
        if b - a > 1:
            out.append(svg_rect(a, y, b - a - 1, 17, style.black_key, ' rx="3"'))
            name = span.key.name(language=language)
            if text_width_em(name) * 11 < b - a - 8:
                out.append(svg_text(a + 5, y + 12.5, name, size=11, fill=style.soft_ink))
    y += 21
    out.append(_name(say("Chords", "和弦", language=language), y + 14, style))
    for chord in report.chords:
        a, b = x(place(chord.start_tick)), x(place(chord.end_tick))
        if b - a < 1:
            continue
        alpha = 0.08 + 0.62 * chord.confidence
        out.append(
            svg_rect(
                a, y, b - a - 1, 32, _CHORD, f' fill-opacity="{alpha:.2f}" rx="2" class="chord"'
            )
        )
        for text, low, size in ((chord_label(chord.symbol), 14, 11.5), (chord.roman, 27, 9.5)):
            need = text_width_em(text) * size
            if text and need > 0:
                fit = min(size, size * (b - a - 4) / need)
                if fit >= 5.5:
                    out.append(svg_text(a + 2.5, y + low, text, size=fit, fill=style.ink))
    y += 38
    return [*out, *_heat(report, first, end, width, y, style)], y + _heat_height(report) + 20


def _heat_height(report: Report) -> float:
    n_parts = len(report.score.parts)
    return n_parts * _cell_height(n_parts)


def _cell_height(n_parts: int) -> float:
    return min(20.0, max(8.0, 240.0 / max(1, n_parts)))


def _heat(
    report: Report, first: int, end: int, width: float, y: float, style: RollStyle
) -> list[str]:
    """Return the density of every cell as a heat map; the melody's name is bold."""
    density = report.features.density
    top = float(np.quantile(density, 0.98)) if density.size else 1.0
    height = _cell_height(len(report.score.parts))
    melody = -1 if report.melody is None else report.melody.part
    out = []
    for k, part in enumerate(report.score.parts):
        hard = report.difficulty[k]
        grade = "" if hard is None else f" {hard.grade:.0f}"
        name = part.name or str(k + 1)
        size = min(11.0, height * 0.8)
        room = (_LEFT - 40) / size
        while len(name) > 1 and text_width_em(name + grade) > room:
            name = name[:-1]
        out.append(_name(name + grade, y + height * 0.72, style, size=size, bold=k == melody))
        for bar in range(first, end):
            share = min(1.0, float(density[k, bar]) / max(top, 1e-9))
            fill = f' fill-opacity="{0.9 * share**0.7:.2f}"' if share > 0 else ""
            colour = _HEAT if share > 0 else style.black_key
            out.append(
                svg_rect(_LEFT + (bar - first) * width, y, width - 1, height - 1, colour, fill)
            )
        y += height
    return out


def _name(text: str, y: float, style: RollStyle, *, size: float = 11.0, bold: bool = False) -> str:
    return svg_text(
        _LEFT - 10, y, text, size=size, fill=style.ink if bold else style.soft_ink,
        anchor="end", bold=bold,
    )  # fmt: skip
