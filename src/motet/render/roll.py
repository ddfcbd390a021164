"""The piano roll: a score as a picture, coloured by part, with chords and sections above.

Conventions: the picture is laid out 1200 units wide, whatever its size in pixels; time runs to the
right, pitch upwards, and every row (system) has the same scale. Brighter notes are louder.

Offers `draw_roll`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from motet.errors import ParameterError
from motet.io.atomic import write_whole
from motet.language import Language, say
from motet.render.label import part_colours
from motet.render.picture import svg_to_pdf, svg_to_png
from motet.render.roll_head import draw_head
from motet.render.roll_layout import PAGE_WIDTH, PLOT_WIDTH, Row, row_furniture
from motet.render.roll_row import draw_row
from motet.render.roll_style import RollStyle
from motet.render.roll_words import chord_size
from motet.score import Bar, Part, Score

__all__ = ["draw_roll"]

_MARGIN = 28.0
_ROW_GAP = 18.0
_BARS_PER_ROW = (4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 256, 512, 1024)
_MIN_KEY, _MAX_KEY = 1.6, 12.0
_PICTURES = (".svg", ".png", ".pdf")


def draw_roll(
    score: Score,
    path: str | Path | None = None,
    *,
    width_px: int = 1600,
    height_px: int | None = None,
    start_bar: int | None = None,
    end_bar: int | None = None,
    bars_per_row: int | None = None,
    parts: Sequence[str] | None = None,
    theme: Literal["light", "dark"] = "light",
    language: Language = "en",
) -> str:
    """Return a piano roll as SVG text; also write it as SVG, PNG or PDF when a path is given.

    Parameters
    ----------
    score : Score
    path : str, Path or None
        Ends in ``.svg``, ``.png`` or ``.pdf``.
    width_px, height_px : int, pixels, 200 to 20000
        Without a height, the picture is as high as reads well.
    start_bar, end_bar : int or None
        Bar numbers as printed, half-open: ``start_bar=5, end_bar=9`` shows bars 5 to 8.
    bars_per_row : int or None, >= 1
        How many bars stand beside each other; chosen by length when None.
    parts : sequence of str or None
        Names of the parts to show; all when None.
    theme : ``"light"`` or ``"dark"``
    language : Language
        Of keys, sections and drum names.

    Returns
    -------
    str
        SVG text.

    Raises
    ------
    ParameterError
        A size, bar, part, theme or file ending is not possible.

    Examples
    --------
    >>> from motet.score import make_score
    >>> svg = draw_roll(make_score("C4:1 E4:1 G4:2", chords="C:4"))
    >>> svg.startswith("<svg"), svg.count('class="note"')
    (True, 3)
    """
    target = _check(path, width_px=width_px, height_px=height_px, theme=theme)
    bars = _chosen_bars(score, start_bar=start_bar, end_bar=end_bar)
    shown = _chosen_parts(score, parts)
    colours = part_colours(tuple(part.is_drums for part in shown), theme=theme)
    style = RollStyle(theme=theme, language=language)
    head, head_height = draw_head(score, bars, shown, colours, style=style)
    goal = None if height_px is None else height_px * PAGE_WIDTH / width_px
    rows, key_height = _lay_rows(
        score, bars, shown, wish=bars_per_row, top=head_height, goal_height=goal
    )
    body, y = [head], head_height
    for row in rows:
        text, height = draw_row(score, row, shown, colours, key_height=key_height, y=y, style=style)
        body.append(text)
        y += height + _ROW_GAP
    height = y - _ROW_GAP + _MARGIN * 0.7
    if goal is not None:
        height = max(height, goal)
    pixels = height_px or round(height * width_px / PAGE_WIDTH)
    title = _escape_title(score, language)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_px}" height="{pixels}" '
        f'viewBox="0 0 {PAGE_WIDTH:g} {height:.1f}" font-family="{style.font}">'
        f"<title>{title}</title>"
        f'<rect width="{PAGE_WIDTH:g}" height="{height:.1f}" fill="{style.paper}"/>'
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


def _escape_title(score: Score, language: Language) -> str:
    from xml.sax.saxutils import escape

    return escape(score.title or say("Piano roll", "钢琴卷帘", language=language))


def _check(
    path: str | Path | None, *, width_px: int, height_px: int | None, theme: str
) -> Path | None:
    for name, value in (("width_px", width_px), ("height_px", height_px)):
        if value is not None and not 200 <= value <= 20_000:
            raise ParameterError(
                f"{name} must be 200 to 20000 pixels, got {value}; 1600 is usual",
                zh=f"{name} 必须在 200 到 20000 像素之间,收到 {value};常用 1600",
            )
    if theme not in ("light", "dark"):
        raise ParameterError(
            f"theme must be 'light' or 'dark', got {theme!r}",
            zh=f"theme(主题)必须是 'light' 或 'dark',收到 {theme!r}",
        )
    if path is None:
        return None
    target = Path(path)
    if target.suffix.lower() not in _PICTURES:
        raise ParameterError(
            f"a piano roll is written as .svg, .png or .pdf, got {target.name!r}",
            zh=f"钢琴卷帘可保存为 .svg、.png 或 .pdf,收到 {target.name!r}",
        )
    return target


def _chosen_bars(score: Score, *, start_bar: int | None, end_bar: int | None) -> tuple[Bar, ...]:
    bars = score.bars
    first, last = bars[0].number, bars[-1].number
    start = first if start_bar is None else start_bar
    end = last + 1 if end_bar is None else end_bar
    chosen = tuple(bar for bar in bars if start <= bar.number < end)
    if not chosen:
        raise ParameterError(
            f"no bar lies from start_bar={start} up to, not including, end_bar={end}; "
            f"the score has bars {first} to {last}",
            zh=f"从 start_bar={start} 到 end_bar={end}(不含)没有小节;"
            f"乐谱有第 {first} 到 {last} 小节",
        )
    return chosen


def _chosen_parts(score: Score, names: Sequence[str] | None) -> tuple[Part, ...]:
    if names is None:
        return score.parts
    if isinstance(names, str):
        names = (names,)
    return tuple(score.part(name) for name in names)


def _lay_rows(
    score: Score,
    bars: tuple[Bar, ...],
    parts: tuple[Part, ...],
    *,
    wish: int | None,
    top: float,
    goal_height: float | None,
) -> tuple[list[Row], float]:
    """Return the rows, and the height of a semitone that makes them fill the page well."""
    if wish is not None and wish < 1:
        raise ParameterError(
            f"bars_per_row must be at least 1, got {wish}; 8 is usual",
            zh=f"bars_per_row(每行小节数)至少为 1,收到 {wish};常用 8",
        )
    furniture = row_furniture(score, bars, parts)
    n_keys = max(1, furniture.high - furniture.low + 1)
    per_row = wish or _usual_bars_per_row(bars, score.resolution)
    while True:
        n_rows = -(-len(bars) // per_row)
        free = furniture.fixed_height + _ROW_GAP
        if goal_height is not None:
            room = goal_height - top - _MARGIN * 0.7 + _ROW_GAP - n_rows * free
            key_height = min(room / n_rows / n_keys, 40.0)
            wider = [count for count in _BARS_PER_ROW if count > per_row]
            if key_height < 3.0 and wish is None and n_rows > 1 and wider:
                per_row = wider[0]
                continue
            key_height = max(key_height, _MIN_KEY)
        else:
            wanted = 520.0 if n_rows == 1 else 300.0 if n_rows <= 3 else 220.0
            key_height = min(max(wanted / n_keys, 3.4), _MAX_KEY)
        break
    groups = [bars[k : k + per_row] for k in range(0, len(bars), per_row)]
    longest = max(group[-1].end_tick - group[0].start_tick for group in groups)
    px_per_tick = PLOT_WIDTH / longest
    rows = [Row(bars=group, px_per_tick=px_per_tick, furniture=furniture) for group in groups]
    size = min(chord_size(score, row) for row in rows)
    return [replace(row, chord_size=size) for row in rows], key_height


def _usual_bars_per_row(bars: tuple[Bar, ...], resolution: int) -> int:
    """Return how many bars make rows of 16 to 48 quarter notes, more in very long pieces."""
    n_bars = len(bars)
    qn = (bars[-1].end_tick - bars[0].start_tick) / resolution
    bar_qn = qn / n_bars
    if qn <= 48:
        return n_bars
    fitting = [count for count in _BARS_PER_ROW if count * bar_qn <= 36] or [1]
    n_rows = -(-n_bars // fitting[-1])
    if n_rows <= 12:
        return fitting[-1]
    return next(count for count in (*_BARS_PER_ROW, n_bars) if -(-n_bars // count) <= 12)
