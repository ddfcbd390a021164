"""Many short pieces on one picture: a small piano roll each, so that the eye can choose.

Conventions: units as in `motet.render.roll`; a tile has its place and words above, pitches upwards, drums
as a band of dots below. All tiles have one height; each is as wide as its neighbours.

Offers `draw_ideas`, `save_sketches`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from motet.errors import ParameterError
from motet.io.atomic import write_whole
from motet.provenance import embed, record_of
from motet.render.label import part_colours
from motet.render.picture import svg_to_png
from motet.render.roll_style import RollStyle, svg_rect, svg_text
from motet.render.save import save_score
from motet.score import Score

if TYPE_CHECKING:
    from motet.tasks.sketch import Sketches

__all__ = ["draw_ideas", "save_sketches"]

_WIDTH: Final = 1200.0
_MARGIN: Final = 24.0
_GAP: Final = 18.0
_HEAD: Final = 30.0
_ROLL: Final = 120.0
_KIT: Final = 26.0


def draw_ideas(
    scores: Sequence[Score],
    captions: Sequence[str],
    path: str | Path | None = None,
    *,
    columns: int = 4,
    width_px: int = 1600,
    theme: Literal["light", "dark"] = "light",
) -> str:
    """Return a sheet of small piano rolls as SVG text; also write it when a path is given.

    Parameters
    ----------
    scores : sequence of Score
    captions : sequence of str
        A line for each.
    path : str, Path or None
        Ends in ``.svg`` or ``.png``.
    columns : int, 1 to 8
    width_px : int, pixels, 200 to 20000
    theme : ``"light"`` or ``"dark"``

    Returns
    -------
    str

    Raises
    ------
    ParameterError
        There is no score, a caption is missing, or the ending or a number is not possible.

    Examples
    --------
    >>> from motet.score import make_score
    >>> svg = draw_ideas([make_score("C4:1 E4:1 G4:2")] * 2, ["one", "two"])
    >>> svg.count('class="note"'), ">two<" in svg
    (6, True)
    """
    _check(scores, captions, path, columns, width_px)
    style = RollStyle(theme=theme)
    tile = (_WIDTH - 2 * _MARGIN - (columns - 1) * _GAP) / columns
    step = _HEAD + _ROLL + _KIT + _GAP
    rows = -(-len(scores) // columns)
    height = 2 * _MARGIN + rows * step - _GAP
    body = []
    for at, (score, words) in enumerate(zip(scores, captions, strict=True)):
        x = _MARGIN + at % columns * (tile + _GAP)
        y = _MARGIN + at // columns * step
        body.append(svg_text(x, y + 16, f"{at + 1}", size=15, fill=style.ink, bold=True))
        body.append(svg_text(x + 24, y + 16, words, size=11, fill=style.soft_ink))
        body += _draw_tile(score, x, y + _HEAD, tile, style)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_px}" '
        f'height="{round(height * width_px / _WIDTH)}" viewBox="0 0 {_WIDTH:g} {height:.1f}" '
        f'font-family="{style.font}">'
        f'<rect width="{_WIDTH:g}" height="{height:.1f}" fill="{style.paper}"/>'
        + "\n".join(body)
        + "</svg>\n"
    )
    if path is not None and Path(path).suffix.lower() == ".png":
        svg_to_png(svg, path, width_px=width_px)
    elif path is not None:
        write_whole(Path(path), svg.encode("utf-8"))
    return svg


def _check(
    scores: Sequence[Score],
    captions: Sequence[str],
    path: str | Path | None,
    columns: int,
    width_px: int,
) -> None:
    """Raise unless the sheet can be drawn."""
    if not scores or len(scores) != len(captions):
        raise ParameterError(
            f"a sheet needs a caption for each of its scores, got {len(scores)} and {len(captions)}",
            zh=f"每份乐谱须有一行说明,收到 {len(scores)} 份与 {len(captions)} 行",
        )
    if not 1 <= columns <= 8 or not 200 <= width_px <= 20_000:
        raise ParameterError(
            f"columns must be 1 to 8 and width_px 200 to 20000, got {columns} and {width_px}",
            zh=f"columns 须为 1 到 8,width_px 须为 200 到 20000,收到 {columns} 与 {width_px}",
        )
    if path is not None and Path(path).suffix.lower() not in (".svg", ".png"):
        raise ParameterError(
            f"the sheet's file must end in .svg or .png, got {Path(path).name!r}",
            zh=f"图片文件须以 .svg 或 .png 结尾,收到 {Path(path).name!r}",
        )


def _draw_tile(score: Score, x: float, y: float, width: float, style: RollStyle) -> list[str]:
    """Return the shapes of one piece."""
    end = max(1, score.end_tick, *(bar.end_tick for bar in score.bars))
    shapes = [svg_rect(x, y, width, _ROLL + _KIT, style.white_key)]
    for bar in score.bars:
        left = x + width * bar.start_tick / end
        shapes.append(svg_rect(left, y, 0.8, _ROLL + _KIT, style.beat_line))
    pitched = [n.pitch for part in score.parts if not part.is_drums for n in part.notes]
    low, high = min(pitched, default=60) - 1, max(pitched, default=72) + 2
    unit = _ROLL / (high - low)
    keys = sorted({n.pitch for part in score.parts if part.is_drums for n in part.notes})
    lane = _KIT / max(5, len(keys))
    colours = part_colours(tuple(part.is_drums for part in score.parts), theme=style.theme)
    for part, colour in zip(score.parts, colours, strict=True):
        for note in part.notes:
            left = x + width * note.onset_tick / end
            if part.is_drums:
                top = y + _ROLL + _KIT - (keys.index(note.pitch) + 1) * lane
                long, thick = 3.0, max(1.0, lane - 0.8)
            else:
                top = y + (high - note.pitch - 1) * unit
                long = max(1.5, width * note.duration_tick / end - 0.7)
                thick = max(1.5, unit * 0.85)
            shapes.append(svg_rect(left, top, long, thick, colour, ' class="note" rx="0.8"'))
    return shapes


def save_sketches(
    sketches: Sketches,
    folder: str | Path,
    *,
    sound: bool = False,
    progress: Callable[[float, str], None] | None = None,
) -> list[Path]:
    """Return the files written for sketches: a MIDI file each, the best first, and a sheet of all.

    Parameters
    ----------
    sketches : Sketches
        Of `motet.sketch`.
    folder : str or Path
        Made if missing.
    sound : bool
        Whether each idea is heard too, as OGG.
    progress : callable or None
        ``progress(fraction, label)``.

    Returns
    -------
    list of Path
        ``sketches.png``, ``idea-01.mid`` and so on; each tells in a signed record how it came to be.

    Examples
    --------
    >>> import motet
    >>> files = save_sketches(motet.sketch(2, seed=1), "ideas")
    >>> [path.name for path in files]
    ['sketches.png', 'idea-01.mid', 'idea-02.mid']
    """
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    captions = [f"{one.style}  {one.chords}"[:44] for one in sketches]
    sheet = place / "sketches.png"
    draw_ideas([one.piece.score for one in sketches], captions, sheet)
    files = [sheet]
    for at, one in enumerate(sketches, start=1):
        stem = f"idea-{at:02}"
        if progress is not None:
            progress((at - 1) / len(sketches), stem)
        files.append(one.piece.write(place / f"{stem}.mid"))
        if sound:
            score = embed(one.piece.score, record_of(one.piece))
            files += save_score(score, place / f"{stem}.ogg")
    return files
