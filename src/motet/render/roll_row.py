"""One row (system) of a piano roll: sections, chords, bars, keys, notes, drums.

Conventions: units of a page that is `PAGE_WIDTH` wide; x grows with time, y downwards. A row shows
the half-open span of its bars; notes that sound across its edges are cut there.

Offers `RollStyle`, `Furniture`, `Row`, `row_furniture`, `chord_size`, `draw_row`.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from motet.language import Language
from motet.render.font import SANS, text_width_em
from motet.render.label import chord_label, drum_label, key_label, section_label
from motet.score import Bar, Part, Score

__all__ = [
    "PAGE_WIDTH",
    "PLOT_LEFT",
    "PLOT_WIDTH",
    "Furniture",
    "RollStyle",
    "Row",
    "chord_size",
    "draw_row",
    "row_furniture",
]

PAGE_WIDTH = 1200.0
PLOT_LEFT = 92.0
PLOT_WIDTH = PAGE_WIDTH - PLOT_LEFT - 28.0
_KEYBOARD = 18.0
_SECTION, _CHORD, _NUMBER = 22.0, 23.0, 17.0
_DRUM, _DRUM_GAP = 13.0, 7.0
_BLACK = frozenset({1, 3, 6, 8, 10})
_BACK_TO_FRONT = {"pad": 0, "strings": 1, "comping": 2, "horns": 3, "": 4, "counter": 5, "bass": 6}
_LEVELS = 12
_CHORD_SIZES = (15.0, 13.5, 12.0, 10.5)
# Parts that hold long notes lie behind, pale and full high; players of short notes lie on them, slim.
_SHARE = {"pad": 0.72, "strings": 0.85}
_INSET = {"pad": 0.02, "strings": 0.06, "comping": 0.2}


@dataclass(frozen=True)
class RollStyle:
    """Colours and words of a roll. ``theme``: ``"light"`` or ``"dark"``."""

    theme: str = "light"
    language: Language = "en"

    @property
    def font(self) -> str:
        """CSS family list, ready for an attribute in double quotes."""
        return SANS

    @property
    def paper(self) -> str:
        """Background of the page."""
        return "#14171c" if self.theme == "dark" else "#ffffff"

    @property
    def ink(self) -> str:
        """Colour of important words."""
        return "#f1f4f8" if self.theme == "dark" else "#1c2128"

    @property
    def soft_ink(self) -> str:
        """Colour of less important words."""
        return "#9aa4b2" if self.theme == "dark" else "#69727e"

    @property
    def white_key(self) -> str:
        """Lane of a white key."""
        return "#1c2027" if self.theme == "dark" else "#fafbfc"

    @property
    def black_key(self) -> str:
        """Lane of a black key."""
        return "#171a20" if self.theme == "dark" else "#eff1f5"

    @property
    def bar_line(self) -> str:
        """Bar lines and frames."""
        return "#4b5361" if self.theme == "dark" else "#aab2bf"

    @property
    def beat_line(self) -> str:
        """Beat lines and octave lines."""
        return "#2a303a" if self.theme == "dark" else "#dfe3e9"

    def section_colours(self, place: int) -> tuple[str, str]:
        """Band and word colour of a kind of section."""
        light = ("#dbe7f6", "#e4f0dd", "#fbe5d3", "#ece2f4", "#f8e3ea", "#dcf0ef", "#f3eed0")
        dark = ("#26405e", "#2c4a2b", "#5c3d22", "#43325c", "#5a2d3e", "#1f4b4a", "#4c4720")
        band = (dark if self.theme == "dark" else light)[place % len(light)]
        return band, self.ink


@dataclass(frozen=True)
class Furniture:
    """What all rows share: pitch range (low and high, both shown), drums, lines above."""

    low: int
    high: int
    drums: tuple[int, ...]
    has_sections: bool
    has_chords: bool
    has_keys: bool

    @property
    def above(self) -> float:
        """Height of what stands above the notes."""
        return _NUMBER + (_SECTION if self.has_sections else 0) + (_CHORD if self.has_chords else 0)

    @property
    def drum_height(self) -> float:
        """Height of the drum lanes with the gap before them."""
        if not self.drums:
            return 0.0
        return len(self.drums) * _DRUM + (_DRUM_GAP if self.has_keys else 0.0)

    @property
    def fixed_height(self) -> float:
        """Height of a row without its keys."""
        return self.above + self.drum_height


@dataclass(frozen=True)
class Row:
    """The bars of one row, its scale, and the size that its chord symbols are set in."""

    bars: tuple[Bar, ...]
    px_per_tick: float
    furniture: Furniture
    chord_size: float = 15.0

    @property
    def start_tick(self) -> int:
        """First tick shown."""
        return self.bars[0].start_tick

    @property
    def end_tick(self) -> int:
        """Tick after the last one shown."""
        return self.bars[-1].end_tick

    @property
    def right(self) -> float:
        """Where the row's last bar line stands."""
        return self.x(self.end_tick)

    def x(self, tick: float) -> float:
        """Where a tick stands, kept inside the row."""
        inside = min(max(tick, self.start_tick), self.end_tick)
        return PLOT_LEFT + (inside - self.start_tick) * self.px_per_tick


def row_furniture(score: Score, bars: tuple[Bar, ...], parts: tuple[Part, ...]) -> Furniture:
    """Return what the rows of some bars and parts must have room for.

    Parameters
    ----------
    score : Score
    bars : tuple of Bar
    parts : tuple of Part

    Returns
    -------
    Furniture
        The pitch range has at least an octave; drums are sorted from the highest down, as on paper.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:1 G5:3", "drums 36:1 42:1")
    >>> found = row_furniture(score, score.bars, score.parts)
    >>> (found.low, found.high, found.drums)
    (58, 81, (42, 36))
    """
    start, end = bars[0].start_tick, bars[-1].end_tick
    pitches: list[int] = []
    drums: set[int] = set()
    for part in parts:
        for note in part.notes:
            if note.onset_tick < end and max(note.end_tick, note.onset_tick + 1) > start:
                if part.is_drums:
                    drums.add(note.pitch)
                else:
                    pitches.append(note.pitch)
    has_keys = bool(pitches) or not drums
    low, high = (min(pitches) - 2, max(pitches) + 2) if pitches else (58, 74)
    if high - low < 14:
        spare = 14 - (high - low)
        low, high = low - spare // 2, high + (spare + 1) // 2
    return Furniture(
        low=max(low, 0) if has_keys else 0,
        high=min(high, 127) if has_keys else -1,
        drums=tuple(sorted(drums, key=_drum_order)),
        has_sections=any(section.tick < end for section in score.sections),
        has_chords=any(start <= chord.tick < end for chord in score.chords),
        has_keys=has_keys,
    )


def _drum_order(pitch: int) -> tuple[int, int]:
    """Cymbals on top, then hands and bells, then toms, snares, kicks at the bottom."""
    groups = (
        (49, 57, 55, 52, 51, 59, 53),
        (46, 42, 44),
        (50, 48, 47, 45, 43, 41),
        (39, 37, 38, 40),
        (36, 35),
    )
    rank = {0: 0, 1: 1, 2: 3, 3: 4, 4: 5}
    for k, group in enumerate(groups):
        if pitch in group:
            return rank[k], group.index(pitch)
    return 2, -pitch


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
        out += _sections(score, row, line, style)
        line += _SECTION
    if furniture.has_chords:
        out += _chords(score, row, line, style)
    keys_height = (furniture.high - furniture.low + 1) * key_height if furniture.has_keys else 0.0
    bottom = top + keys_height + furniture.drum_height
    drums_top = bottom - len(furniture.drums) * _DRUM
    if furniture.has_keys:
        out += _keys(row, top, key_height, style)
    if furniture.drums:
        out += _drum_lanes(row, drums_top, style)
    spans = [(top, top + keys_height)] if furniture.has_keys else []
    if furniture.drums:
        spans.append((drums_top, bottom))
    out += _bars(row, spans, style)
    out += _numbers(score, row, top - 5, style)
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


def _text(
    x: float,
    y: float,
    text: str,
    *,
    size: float,
    fill: str,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    side = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}"{weight}{side}>'
        f"{escape(text)}</text>"
    )


def _rect(x: float, y: float, width: float, height: float, fill: str, more: str = "") -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{fill}"{more}/>'
    )


def _sections(score: Score, row: Row, y: float, style: RollStyle) -> list[str]:
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
        out.append(_rect(left, y, max(right - left - 2, 1), _SECTION - 4, band, ' rx="4"'))
        label = section_label(section.label, language=style.language)
        size = next(
            (s for s in (13.0, 11.0) if text_width_em(label, bold=True) * s < right - left - 12),
            0.0,
        )
        if size:
            is_new = section.tick >= row.start_tick
            out.append(
                _text(
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
    >>> furniture = row_furniture(score, score.bars, score.parts)
    >>> chord_size(score, Row(bars=score.bars, px_per_tick=0.1, furniture=furniture))
    15.0
    """
    labels = _chord_labels(score, row)
    for size in _CHORD_SIZES:
        ends = [x + (text_width_em(text, bold=True) + 0.3) * size for x, text, _ in labels]
        starts = [x for x, _, _ in labels[1:]] + [PAGE_WIDTH - 4]
        if all(end <= start for end, start in zip(ends, starts, strict=False)):
            return size
    return _CHORD_SIZES[-1]


def _chord_labels(score: Score, row: Row) -> list[tuple[float, str, bool]]:
    """Place, text, and whether it starts a bar, of each chord in a row."""
    starts = {bar.start_tick for bar in row.bars}
    return [
        (row.x(chord.tick) + 2, chord_label(chord.symbol), chord.tick in starts)
        for chord in score.chords
        if row.start_tick <= chord.tick < row.end_tick
    ]


def _chords(score: Score, row: Row, y: float, style: RollStyle) -> list[str]:
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


def _keys(row: Row, top: float, key_height: float, style: RollStyle) -> list[str]:
    furniture = row.furniture
    width = row.right - PLOT_LEFT
    height = (furniture.high - furniture.low + 1) * key_height
    out = [_rect(PLOT_LEFT, top, width, height, style.white_key)]
    board = PLOT_LEFT - _KEYBOARD - 3
    ivory, ebony = ("#d9dde3", "#0c0e11") if style.theme == "dark" else ("#ffffff", "#3a414b")
    out.append(
        _rect(board, top, _KEYBOARD, height, ivory, f' stroke="{style.bar_line}" stroke-width=".7"')
    )
    for pitch in range(furniture.low, furniture.high + 1):
        y = top + (furniture.high - pitch) * key_height
        if pitch % 12 in _BLACK:
            out.append(_rect(PLOT_LEFT, y, width, key_height, style.black_key))
            out.append(_rect(board, y, _KEYBOARD * 0.62, key_height, ebony))
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
                _text(
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
        y = top + k * _DRUM
        out.append(_rect(PLOT_LEFT, y, width, _DRUM, style.black_key if k % 2 else style.white_key))
        name = drum_label(pitch, language=style.language)
        size = min(10.5, (PLOT_LEFT - 10) / max(text_width_em(name), 1.0))
        out.append(
            _text(
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


def _numbers(score: Score, row: Row, y: float, style: RollStyle) -> list[str]:
    """Bar numbers, and changes of tempo, metre and key beside them."""
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
        out.append(_text(left, y, text, size=11.5, fill=style.ink))
    first = row.bars[0].number
    for bar in row.bars:
        if bar.number != first and (bar.number - 1) % step:
            continue
        left = row.x(bar.start_tick) + 2
        right = left + text_width_em(str(bar.number)) * 11 + 3
        if any(left < b and right > a for a, b in taken):
            continue
        taken.append((left, right))
        out.append(_text(left, y, str(bar.number), size=11, fill=style.soft_ink))
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
            x, y, height = row.x(note.onset_tick), drums_top + lanes[note.pitch] * _DRUM, _DRUM
            width = min(7.0, max(1.5, 0.11 * row.px_per_tick * _quarter(row)))
            y, height = y + 2, height - 4
        else:
            if max(note.end_tick, note.onset_tick + 1) <= row.start_tick:
                continue
            x = row.x(note.onset_tick)
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
