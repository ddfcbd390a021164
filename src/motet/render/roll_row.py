"""One row (system) of a piano roll: keys, notes and drums under their words.

Conventions: units of the page; notes that sound across a row's edges are cut there.

Offers `draw_row`.
"""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from motet.render.font import text_width_em
from motet.render.label import drum_label
from motet.render.roll_layout import DRUM_HEIGHT, PLOT_LEFT, SECTION_HEIGHT, Row
from motet.render.roll_style import RollStyle, svg_rect, svg_text
from motet.render.roll_words import draw_chords, draw_numbers, draw_sections
from motet.score import Part, Score

__all__ = ["draw_row"]

_KEYBOARD = 18.0
_BLACK = frozenset({1, 3, 6, 8, 10})
_BACK_TO_FRONT = {"pad": 0, "strings": 1, "comping": 2, "horns": 3, "": 4, "counter": 5, "bass": 6}
_LEVELS = 12
# Parts that hold long notes lie behind, pale and high; players of short notes lie on them, slim.
_SHARE = {"pad": 0.72, "strings": 0.85}
_INSET = {"pad": 0.02, "strings": 0.06, "comping": 0.2}


def draw_row(
    score: Score,
    row: Row,
    parts: tuple[Part, ...],
    colours: tuple[str, ...],
    *,
    key_height: float,
    y: float,
    style: RollStyle,
) -> tuple[str, float]:
    """Return the SVG of one row, and its height.

    Parameters
    ----------
    score : Score
    row : Row
    parts : tuple of Part, shape (k,)
    colours : tuple of str, shape (k,)
    key_height : float, units
        Height of a semitone.
    y : float, units
        Top edge.
    style : RollStyle

    Returns
    -------
    tuple of str and float

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:1")
    >>> from motet.render.roll_layout import Row, row_furniture
    >>> furniture = row_furniture(score, score.bars, score.parts)
    >>> row = Row(bars=score.bars, px_per_tick=0.5, furniture=furniture)
    >>> text, height = draw_row(
    ...     score, row, score.parts, ("#000000",), key_height=5.0, y=0.0, style=RollStyle())
    >>> text.count('class="note"'), height
    (1, 92.0)
    """
    furniture = row.furniture
    out: list[str] = []
    top = y + furniture.above
    line = y
    if furniture.has_sections:
        out += draw_sections(score, row, line, style)
        line += SECTION_HEIGHT
    if furniture.has_chords:
        out += draw_chords(score, row, line, style)
    keys_height = (furniture.high - furniture.low + 1) * key_height if furniture.has_keys else 0.0
    bottom = top + keys_height + furniture.drum_height
    drums_top = bottom - len(furniture.drums) * DRUM_HEIGHT
    if furniture.has_keys:
        out += _keys(row, top, key_height, style)
    if furniture.drums:
        out += _drum_lanes(row, drums_top, style)
    spans = [(top, top + keys_height)] if furniture.has_keys else []
    if furniture.drums:
        spans.append((drums_top, bottom))
    out += _bars(row, spans, style)
    out += draw_numbers(score, row, top - 5, style)
    order = sorted(range(len(parts)), key=lambda k: (_BACK_TO_FRONT.get(parts[k].role, 7), -k))
    for k in order:
        out += _notes(
            parts[k],
            row,
            colours[k],
            top=top,
            drums_top=drums_top,
            key_height=key_height,
            style=style,
        )
    return "\n".join(out), bottom - y


def _keys(row: Row, top: float, key_height: float, style: RollStyle) -> list[str]:
    furniture = row.furniture
    width = row.right - PLOT_LEFT
    height = (furniture.high - furniture.low + 1) * key_height
    out = [svg_rect(PLOT_LEFT, top, width, height, style.white_key)]
    board = PLOT_LEFT - _KEYBOARD - 3
    ivory, ebony = ("#d9dde3", "#0c0e11") if style.theme == "dark" else ("#ffffff", "#3a414b")
    out.append(
        svg_rect(
            board, top, _KEYBOARD, height, ivory, f' stroke="{style.bar_line}" stroke-width=".7"'
        )
    )
    for pitch in range(furniture.low, furniture.high + 1):
        y = top + (furniture.high - pitch) * key_height
        if pitch % 12 in _BLACK:
            out.append(svg_rect(PLOT_LEFT, y, width, key_height, style.black_key))
            out.append(svg_rect(board, y, _KEYBOARD * 0.62, key_height, ebony))
        if pitch % 12 in (0, 5):
            edge = y + key_height
            if pitch > furniture.low:
                stroke = style.bar_line
                out.append(
                    f'<path d="M{board:.1f} {edge:.1f}h{_KEYBOARD:g}" stroke="{stroke}" '
                    'stroke-width=".6"/>'
                )
                if pitch % 12 == 0:
                    out.append(
                        f'<path d="M{PLOT_LEFT:g} {edge:.1f}h{width:.1f}" '
                        f'stroke="{style.beat_line}" stroke-width="1"/>'
                    )
        if pitch % 12 == 0:
            name = f"C{pitch // 12 - 1}"
            middle = min(max(y + key_height / 2 + 4, top + 9), top + height - 1)
            out.append(
                svg_text(
                    board - 5,
                    middle,
                    name,
                    size=11.5,
                    fill=style.soft_ink,
                    anchor="end",
                    bold=pitch == 60,
                )
            )
    return out


def _drum_lanes(row: Row, top: float, style: RollStyle) -> list[str]:
    width = row.right - PLOT_LEFT
    out = []
    for k, pitch in enumerate(row.furniture.drums):
        y = top + k * DRUM_HEIGHT
        out.append(
            svg_rect(
                PLOT_LEFT, y, width, DRUM_HEIGHT, style.black_key if k % 2 else style.white_key
            )
        )
        name = drum_label(pitch, language=style.language)
        size = min(10.5, (PLOT_LEFT - 10) / max(text_width_em(name), 1.0))
        out.append(
            svg_text(
                PLOT_LEFT - 6, y + 10, name, size=round(size, 1), fill=style.soft_ink, anchor="end"
            )
        )
    return out


def _bars(row: Row, spans: list[tuple[float, float]], style: RollStyle) -> list[str]:
    beats: list[str] = []
    lines: list[str] = []
    for bar in row.bars:
        left, right = row.x(bar.start_tick), row.x(bar.end_tick)
        lines.append(f"{left:.1f}")
        full = float(bar.metre.bar_qn)
        tick_per_qn = bar.duration_tick / full if not bar.is_irregular else 0.0
        n_beats = len(bar.metre.beats_qn)
        if tick_per_qn and (right - left) / n_beats >= 9:
            now = float(bar.start_tick)
            for beat in bar.metre.beats_qn[:-1]:
                now += float(beat) * tick_per_qn
                beats.append(f"{row.x(now):.1f}")
    lines.append(f"{row.right:.1f}")
    sparse = len(lines) < 120
    out = []
    for places, stroke, width in (
        (beats, style.beat_line, 0.8),
        (lines if sparse else lines[::4], style.bar_line, 1.1),
    ):
        path = "".join(f"M{x} {a:.1f}V{b:.1f}" for x in places for a, b in spans)
        if path:
            out.append(f'<path d="{path}" stroke="{stroke}" stroke-width="{width}" fill="none"/>')
    return out


def _mixed(colour: str, paper: str, share: float) -> str:
    """Return a colour thinned with paper: a share of 1 is the colour itself."""
    parts = []
    for k in (1, 3, 5):
        a, b = int(colour[k : k + 2], 16), int(paper[k : k + 2], 16)
        parts.append(f"{round(a * share + b * (1 - share)):02x}")
    return "#" + "".join(parts)


def _notes(
    part: Part,
    row: Row,
    colour: str,
    *,
    top: float,
    drums_top: float,
    key_height: float,
    style: RollStyle,
) -> list[str]:
    furniture = row.furniture
    lanes = {pitch: k for k, pitch in enumerate(furniture.drums)}
    by_level: dict[int, list[str]] = {}
    gap = _INSET.get(part.role, 0.1) * key_height
    for note in part.notes:
        if note.onset_tick >= row.end_tick:
            break
        if part.is_drums:
            if note.onset_tick < row.start_tick:
                continue
            x, y, height = (
                row.x(note.onset_tick),
                drums_top + lanes[note.pitch] * DRUM_HEIGHT,
                DRUM_HEIGHT,
            )
            width = min(7.0, max(1.5, 0.11 * row.px_per_tick * _quarter(row)))
            y, height = y + 2, height - 4
        else:
            if max(note.end_tick, note.onset_tick + 1) <= row.start_tick:
                continue
            x = row.x(note.onset_tick)
            shown = row.x(note.end_tick) - x
            if shown < 3 and shown < 0.5 * row.px_per_tick * note.duration_tick:
                # A player a little early or late is no reason for a splinter in the other row.
                continue
            width = max(row.x(note.end_tick) - x - 0.6, 1.4)
            y = top + (furniture.high - note.pitch) * key_height + gap
            height = max(key_height - 2 * gap, 1.0)
            if note.grace:
                width = 3.0
        level = round(note.velocity / 127 * _LEVELS)
        radius = min(2.5, width / 2, height / 2)
        by_level.setdefault(level, []).append(
            f'<rect class="note" x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" '
            f'height="{height:.2f}" rx="{radius:.1f}"/>'
        )
    if not by_level:
        return []
    out = [f"<g data-part={quoteattr(part.name)}>"]
    share = _SHARE.get(part.role, 1.0)
    for level in sorted(by_level):
        fill = _mixed(colour, style.paper, share * (0.34 + 0.66 * min(1.0, level / _LEVELS * 1.15)))
        edge = _mixed(colour, "#000000" if style.theme == "light" else style.paper, 0.72)
        stroke = f' stroke="{edge}" stroke-width="0.5"' if key_height >= 3 else ""
        out.append(f'<g fill="{fill}"{stroke}>{"".join(by_level[level])}</g>')
    out.append("</g>")
    return out


def _quarter(row: Row) -> float:
    """Return about how many ticks a quarter note has, from the row's first bar."""
    bar = row.bars[0]
    return bar.duration_tick / float(bar.metre.bar_qn)
