"""The words above a row of a piano roll: sections, chord symbols, bar numbers and changes."""

from __future__ import annotations

from xml.sax.saxutils import escape

from motet.render.font import text_width_em
from motet.render.label import chord_label, key_label, section_label
from motet.render.roll_layout import PAGE_WIDTH, SECTION_HEIGHT, Row
from motet.render.roll_style import RollStyle, svg_rect, svg_text
from motet.score import Score

__all__ = ["chord_size", "draw_chords", "draw_numbers", "draw_sections"]

_SIZES = (15.0, 13.5, 12.0, 10.5)


def draw_sections(score: Score, row: Row, y: float, style: RollStyle) -> list[str]:
    """Return the coloured bands of the sections in a row, each with its name.

    Parameters
    ----------
    score : Score
    row : Row
    y : float, units
        Top of the band.
    style : RollStyle

    Returns
    -------
    list of str
        SVG elements.

    Examples
    --------
    >>> from motet.render.roll_layout import row_furniture
    >>> from motet.score import make_score
    >>> score = make_score("C4:4", chords="Bb:4")
    >>> furniture = row_furniture(score, score.bars, score.parts)
    >>> row = Row(bars=score.bars, px_per_tick=0.1, furniture=furniture)
    >>> draw_sections(score, row, 0.0, RollStyle())
    []
    """
    if not score.sections:
        return []
    kinds: dict[str, int] = {}
    for section in score.sections:
        kinds.setdefault(section.label.rstrip(" 0123456789'").lower(), len(kinds))
    out = []
    ends = [*[section.tick for section in score.sections[1:]], score.bars[-1].end_tick]
    for section, end_tick in zip(score.sections, ends, strict=True):
        if end_tick <= row.start_tick or section.tick >= row.end_tick or end_tick <= section.tick:
            continue
        left, right = row.x(section.tick), row.x(end_tick)
        band, ink = style.section_colours(kinds[section.label.rstrip(" 0123456789'").lower()])
        out.append(svg_rect(left, y, max(right - left - 2, 1), SECTION_HEIGHT - 4, band, ' rx="4"'))
        label = section_label(section.label, language=style.language)
        size = next(
            (s for s in (13.0, 11.0) if text_width_em(label, bold=True) * s < right - left - 12),
            0.0,
        )
        if size:
            is_new = section.tick >= row.start_tick
            out.append(
                svg_text(
                    left + 7,
                    y + 13.5,
                    label,
                    size=size,
                    fill=ink if is_new else style.soft_ink,
                    bold=is_new,
                )
            )
    return out


def chord_size(score: Score, row: Row) -> float:
    """Return the largest size at which a row's chord symbols stand clear of each other.

    Parameters
    ----------
    score : Score
    row : Row

    Returns
    -------
    float, units
        15 down to 10; symbols that are crowded even then are squeezed or left out.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:4", chords="C:2 G:2")
    >>> from motet.render.roll_layout import row_furniture
    >>> furniture = row_furniture(score, score.bars, score.parts)
    >>> chord_size(score, Row(bars=score.bars, px_per_tick=0.1, furniture=furniture))
    15.0
    """
    labels = _chord_labels(score, row)
    for size in _SIZES:
        ends = [x + (text_width_em(text, bold=True) + 0.3) * size for x, text, _ in labels]
        starts = [x for x, _, _ in labels[1:]] + [PAGE_WIDTH - 4]
        if all(end <= start for end, start in zip(ends, starts, strict=False)):
            return size
    return _SIZES[-1]


def _chord_labels(score: Score, row: Row) -> list[tuple[float, str, bool]]:
    """Place, text, and whether it starts a bar, of each chord in a row."""
    starts = {bar.start_tick for bar in row.bars}
    return [
        (row.x(chord.tick) + 2, chord_label(chord.symbol), chord.tick in starts)
        for chord in score.chords
        if row.start_tick <= chord.tick < row.end_tick
    ]


def draw_chords(score: Score, row: Row, y: float, style: RollStyle) -> list[str]:
    """Return the chord symbols of a row at their ticks, squeezed where they are crowded.

    Parameters
    ----------
    score : Score
    row : Row
    y : float, units
        Top of the line of chords.
    style : RollStyle

    Returns
    -------
    list of str
        SVG elements.

    Examples
    --------
    >>> from motet.render.roll_layout import row_furniture
    >>> from motet.score import make_score
    >>> score = make_score("C4:4", chords="Bb:4")
    >>> furniture = row_furniture(score, score.bars, score.parts)
    >>> row = Row(bars=score.bars, px_per_tick=0.1, furniture=furniture)
    >>> "B♭" in draw_chords(score, row, 0.0, RollStyle())[0]
    True
    """
    size = row.chord_size
    kept: list[tuple[float, str, bool]] = []
    for label in _chord_labels(score, row):
        while (
            kept and kept[-1][0] + text_width_em(kept[-1][1], bold=True) * size * 0.7 > label[0] - 3
        ):
            # Too dense even when squeezed: what starts a bar stays.
            if kept[-1][2] or not label[2]:
                break
            kept.pop()
        else:
            kept.append(label)
    out = []
    for k, (x, text, _) in enumerate(kept):
        natural = text_width_em(text, bold=True) * size
        room = (kept[k + 1][0] if k + 1 < len(kept) else PAGE_WIDTH) - x - 4
        squeeze = f' textLength="{room:.1f}" lengthAdjust="spacingAndGlyphs"'
        out.append(
            f'<text x="{x:.1f}" y="{y + 16:.1f}" font-size="{size:g}" font-weight="bold" '
            f'fill="{style.ink}"{squeeze if natural > room else ""}>{escape(text)}</text>'
        )
    return out


def draw_numbers(score: Score, row: Row, y: float, style: RollStyle) -> list[str]:
    """Return the bar numbers of a row, and changes of tempo, metre and key beside them.

    Parameters
    ----------
    score : Score
    row : Row
    y : float, units
        Baseline.
    style : RollStyle

    Returns
    -------
    list of str
        SVG elements.

    Examples
    --------
    >>> from motet.render.roll_layout import row_furniture
    >>> from motet.score import make_score
    >>> score = make_score("C4:4", chords="Bb:4")
    >>> furniture = row_furniture(score, score.bars, score.parts)
    >>> row = Row(bars=score.bars, px_per_tick=0.1, furniture=furniture)
    >>> ">1<" in draw_numbers(score, row, 0.0, RollStyle())[0]
    True
    """
    out = []
    narrowest = min(
        (row.x(bar.end_tick) - row.x(bar.start_tick) for bar in row.bars[:-1]), default=99
    )
    step = next((s for s in (1, 2, 4, 8, 16, 32, 64) if s * narrowest >= 28), 128)
    taken: list[tuple[float, float]] = []
    changes = [(metre.tick, f"{metre.numerator}/{metre.denominator}") for metre in score.metres[1:]]
    changes += [(key.tick, key_label(key, language=style.language)) for key in score.keys[1:]]
    before = score.tempos[0].qpm if score.tempos else 120.0
    for tempo in score.tempos[1:]:
        if abs(tempo.qpm - before) >= 0.08 * before:
            changes.append((tempo.tick, f"♩={tempo.qpm:.0f}"))
            before = tempo.qpm
    grouped: dict[int, list[str]] = {}
    for tick, text in changes:
        if row.start_tick <= tick < row.end_tick:
            grouped.setdefault(tick, []).append(text)
    number_at = {bar.start_tick: bar.number for bar in row.bars}
    for tick in sorted(grouped):
        text = "  ".join(grouped[tick])
        if tick in number_at:
            text = f"{number_at[tick]}  {text}"
        left = row.x(tick) + 2
        right = left + text_width_em(text) * 11.5 + 6
        if any(left < b and right > a for a, b in taken) or right > PAGE_WIDTH:
            continue
        taken.append((left, right))
        out.append(svg_text(left, y, text, size=11.5, fill=style.ink))
    first = row.bars[0].number
    for bar in row.bars:
        if bar.number != first and (bar.number - 1) % step:
            continue
        left = row.x(bar.start_tick) + 2
        right = left + text_width_em(str(bar.number)) * 11 + 3
        if any(left < b and right > a for a, b in taken):
            continue
        taken.append((left, right))
        out.append(svg_text(left, y, str(bar.number), size=11, fill=style.soft_ink))
    return out
