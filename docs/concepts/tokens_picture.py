"""Draws a token stream over the notes that it says: cells as small piano rolls, tokens under each note.

Conventions: the picture is 1200 units wide. Everything is read off the stream, token by token, so that
the picture cannot show what the codec does not write.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from motet.language import Language, say
from motet.render.font import text_width_em
from motet.render.label import drum_label
from motet.render.roll_style import RollStyle, svg_rect, svg_text
from motet.theory import GM_PROGRAMS
from motet.tokens import GridScore
from motet.tokens.vocab import (
    CHORD_QUALITIES,
    METRE_DENOMINATORS,
    MODES,
    ROLES,
    STYLES,
    token_name,
)

WIDTH, GUTTER, MARGIN = 1200.0, 128.0, 26.0
BAR_WIDTH = (WIDTH - GUTTER - 2 * MARGIN) / 2
CHIP, STEP, HEAD = 17.0, 19.5, 20.0
NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
KINDS = {
    "when": ("#d3e5f8", "#0b4f8a"),
    "loud": ("#eadcf3", "#6a2c86"),
    "what": ("#a9dcc0", "#0b4a2e"),
    "also": ("#dcf2e5", "#0b4a2e"),
    "drum": ("#ded8d0", "#43392c"),
    "asked": ("#fdeac2", "#6b4a00"),
    "frame": ("#e4e7ec", "#2b3441"),
}
KIND_OF = {
    "POS": "when", "POSX": "when", "DUR": "when", "DURX": "when", "VEL": "loud", "PITCH": "what",
    "ADD": "also", "DRUM": "drum", "STYLE": "asked", "EMOTION": "asked", "EXTENT": "asked",
    "TEMPO": "asked", "KEY": "asked", "PROG": "asked", "ROLE": "asked", "RANGE": "asked",
    "DENSITY": "asked", "POLY": "asked", "SECTION": "asked", "METRE": "asked", "CHORD": "asked",
    "BASS": "asked", "DIFFICULTY": "asked",
}  # fmt: skip
STYLE = RollStyle()
MARKS = {(0, 0, 0): 1, (0, 0, 48): 2, (0, 1, 24): 3, (1, 0, 0): 4, (2, 0, 0): 5}
"""Which remark stands beside the tokens of a part, bar and position."""


@dataclass
class Cell:
    """The tokens of one cell: how it starts, then those of each moment."""

    head: list[str] = field(default_factory=list)
    moments: dict[int, list[str]] = field(default_factory=dict)


@dataclass
class Stream:
    """A token stream taken apart. Cells go by (bar, part slot)."""

    opening: list[str] = field(default_factory=list)
    parts: list[list[str]] = field(default_factory=list)
    plan: list[list[str]] = field(default_factory=list)
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    fill: list[str] = field(default_factory=list)


def read_stream(tokens: list[int]) -> Stream:
    """Return the tokens as their phases, bars, cells and moments."""
    found, phase, bar = Stream(), "header", -1
    cell, cursor, onset, duration, wide, pending = Cell(), 0, 0, 0, 0, list[str]()
    for name in map(token_name, tokens):
        family, _, number = name.partition("_")
        value = int(number or 0)
        if family in {"PLAN", "NOTES", "FILL", "EOS"}:
            phase = family
        if phase == "header":
            if family == "PART":
                found.parts.append([])
            (found.parts[-1] if found.parts else found.opening).append(name)
        elif phase == "PLAN" and family != "PLAN":
            if family == "PBAR":
                found.plan.append([])
            found.plan[-1].append(name)
        elif phase in {"FILL", "EOS"}:
            found.fill.append(name)
        elif family == "BAR":
            bar += 1
        elif family == "PART":
            cell = found.cells[bar, value] = Cell(head=[name])
            cursor, duration, pending, wide = 0, 0, [], 0
            start = None
        elif family == "HOLE":
            cell.head.append(name)
        elif phase == "NOTES" and family != "NOTES":
            pending.append(name)
            if family in {"POSX", "DURX"}:
                wide = (144 if family == "POSX" else 96) * (value + 1)
            elif family == "POS":
                start, wide = wide + value, 0
            elif family == "DUR":
                duration, wide = wide + value + 1, 0
            elif family in {"PITCH", "ADD", "DRUM"}:
                if family == "PITCH" or start is not None:
                    onset = cursor if start is None else start
                cursor, start = onset + duration, None
                cell.moments.setdefault(onset, []).extend(pending)
                pending = []
    return found


def label(name: str) -> str:
    """Return a token as the picture names it: its number said as music."""
    family, _, number = name.partition("_")
    value = int(number or 0)
    if family in {"PITCH", "ADD"}:
        return f"{family} {NAMES[value % 12]}{value // 12 - 1}"
    said = {
        "DRUM": lambda: drum_label(27 + value).lower().removeprefix("closed "),
        "DUR": lambda: str(value + 1),
        "VEL": lambda: str(min(127, 8 * (value + 1))),
        "TEMPO": lambda: f"{30 * 2 ** (value / 6):.0f}",
        "KEY": lambda: "none" if value == 84 else f"{NAMES[value // 7]} {MODES[value % 7]}",
        "PROG": lambda: "drums" if value == 128 else GM_PROGRAMS[value].lower(),
        "ROLE": lambda: ROLES[value],
        "STYLE": lambda: STYLES[value],
        "RANGE": lambda: f"about {NAMES[(26 + 6 * value) % 12]}{(26 + 6 * value) // 12 - 1}",
        "METRE": lambda: f"{value // 4 + 1}/{METRE_DENOMINATORS[value % 4]}",
        "CHORD": lambda: f"{NAMES[value // 20]} {CHORD_QUALITIES[value % 20]}",
        "BASS": lambda: NAMES[value],
        "BARREF": lambda: f"bar {value + 1}",
    }
    if family in said:
        return f"{family} {said[family]()}"
    return f"{family} {number}".strip()


def chip_width(text: str) -> float:
    """Return how wide a token is drawn."""
    return 10.8 * text_width_em(text) + 10.0


def draw_chip(x: float, y: float, name: str, *, is_key: bool = False) -> str:
    """Return a token as a small coloured tile."""
    paper, ink = KINDS[KIND_OF.get(name.split("_")[0], "frame")]
    text = label(name)
    edge = f' rx="4" stroke="{ink}" stroke-opacity="{0.9 if is_key else 0.25}"'
    tile = svg_rect(x, y, chip_width(text), CHIP, paper, edge)
    return tile + svg_text(x + 5, y + 12.4, text, size=10.8, fill=ink)


def draw_run(x: float, y: float, names: list[str], *, right: float) -> tuple[str, float]:
    """Return tokens in lines from left to right, and where the next line would be."""
    out, at = [], x
    for name in names:
        width = chip_width(label(name))
        if at + width > right:
            at, y = x, y + STEP
        out.append(draw_chip(at, y, name))
        at += width + 4
    return "".join(out), y + STEP


def _mark(x: float, y: float, number: int) -> str:
    """Return a numbered dot that the page explains."""
    dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="8.5" fill="#c2410c"/>'
    return dot + svg_text(
        x, y + 3.9, str(number), size=11, fill="#ffffff", anchor="middle", bold=True
    )


def draw_notices(x: float, y: float, *, language: Language) -> str:
    """Return the numbered remarks as a box."""
    remarks = (
        ("A quarter note is 24 positions. Nothing says where it begins: where the last one ended.",
         "四分音符为 24 个位置。没有写起点:从前一个音结束处开始。"),
        ("Louder than usual, so VEL says it. It sounds past the bar line and belongs to this bar.",
         "比平常响,故写 VEL。此音越过小节线,仍属于起音的小节。"),
        ("Here the bar begins with a held note: POS says where to go on. D5 changes only the pitch.",
         "小节开头是延续的音:POS 指明接在何处。D5 只有音高变了。"),
        ("A chord: longest note first, then ADD stacks the others on it. The shortest leads on.",
         "和弦:最长的音在前,其余用 ADD 叠上;由最短的音接到下一处。"),
        ("Drums have places, and no durations.", "鼓只有位置,没有时值。"),
    )  # fmt: skip
    kinds = (("when", "when", "何时"), ("loud", "how loud", "多响"), ("what", "what", "奏什么"),
             ("also", "what else", "同时还有"), ("drum", "which drum", "哪件鼓"),
             ("asked", "what is asked", "要求"), ("frame", "frame", "框架"))  # fmt: skip
    out = []
    for k, (en, zh) in enumerate(remarks):
        at = y + 20.5 * k
        out.append(_mark(x, at, k + 1))
        words = say(en, zh, language=language)
        out.append(svg_text(x + 15, at + 4, words, size=11.5, fill=STYLE.ink))
    left, at = x - 7.0, y + 20.5 * len(remarks) - 4
    for kind, en, zh in kinds:
        paper, ink = KINDS[kind]
        words = say(en, zh, language=language)
        out.append(svg_rect(left, at, 11, 11, paper, f' rx="2" stroke="{ink}"'))
        out.append(svg_text(left + 16, at + 9.5, words, size=11, fill=STYLE.soft_ink))
        left += 11 * text_width_em(words) + 30
    return "".join(out)


def _title(y: float, text: str, more: str) -> str:
    head = svg_text(MARGIN, y, text, size=17, fill=STYLE.ink, bold=True)
    return head + svg_text(
        MARGIN + 17 * text_width_em(text, bold=True) + 14, y, more, size=12.5, fill=STYLE.soft_ink
    )


def _bar_x(bar: int) -> float:
    return MARGIN + GUTTER + bar * BAR_WIDTH


def _place(bar: int, position: float) -> float:
    return _bar_x(bar) + 8 + position / 96 * (BAR_WIDTH - 12)


def draw_row(
    grid: GridScore, stream: Stream, slot: int, y: float, *, name: str
) -> tuple[str, float]:
    """Return one part over both bars, roll above and tokens below, and where it ends."""
    notes = grid.notes[grid.notes["part"] == slot]
    part = grid.parts[slot]
    low, high = int(notes["pitch"].min()), int(notes["pitch"].max())
    scale = 7.0 if part.is_drums else min(9.0, 86.0 / max(1, high - low))
    if part.is_drums:
        keys = sorted(set(notes["pitch"].tolist()))
    roll = HEAD + (len(keys) * 14.0 if part.is_drums else (high - low) * scale + 8) + 10
    cells = {bar: stream.cells.get((bar, slot), Cell()) for bar in range(2)}
    depth = max(len(m) for cell in cells.values() for m in cell.moments.values())
    bottom = y + roll + 8 + depth * STEP
    out = [svg_text(MARGIN, y + 16, name, size=15, fill=STYLE.ink, bold=True)]
    for bar in range(2):
        x = _bar_x(bar)
        out.append(svg_rect(x, y, BAR_WIDTH, roll, "#f6f8fa"))
        out.append(svg_rect(x, y + roll, BAR_WIDTH, bottom - y - roll, "#ffffff"))
        out += [
            svg_rect(_place(bar, 24 * beat), y, 0.8, roll, STYLE.beat_line) for beat in range(4)
        ]
    for bar, cell in cells.items():
        at = y + roll + 5
        head = 0.0
        for name in cell.head:
            out.append(draw_chip(_bar_x(bar) + 4 + head, y + 3, name))
            head += chip_width(label(name)) + 4
        for onset, names in cell.moments.items():
            x = _place(bar, onset)
            out.append(svg_rect(x, y + HEAD + 2, 0.9, roll - HEAD + 2, "#94a3b8"))
            out += [draw_chip(x, at + k * STEP, name) for k, name in enumerate(names)]
            if (slot, bar, onset) in MARKS:
                wide = max(chip_width(label(name)) for name in names)
                out.append(_mark(x + wide + 12, at + CHIP / 2, MARKS[slot, bar, onset]))
    for note in notes:
        bar, pos, dur, pitch = (int(note[name]) for name in ("bar", "pos", "dur", "pitch"))
        first = min(
            (int(o["pitch"]) for o in notes[(notes["bar"] == bar) & (notes["pos"] == pos)]
             if int(o["dur"]) == max(notes[(notes["bar"] == bar) & (notes["pos"] == pos)]["dur"])),
        )  # fmt: skip
        if part.is_drums:
            top = y + HEAD + 4 + 14.0 * (len(keys) - 1 - keys.index(pitch))
            out.append(svg_rect(_place(bar, pos), top + 1, 12, 9, "#7c6f5f", ' rx="2"'))
            continue
        top = y + HEAD + 4 + (high - pitch) * scale
        fill = "#1f9d63" if pitch == first else "#7cc9a1"
        for b, start, end in ((bar, pos, min(96, pos + dur)), (bar + 1, 0, pos + dur - 96)):
            if end > start:
                tail = "" if b == bar else ' fill-opacity="0.45"'
                width = _place(b, end) - _place(b, start) - 2
                out.append(svg_rect(_place(b, start), top, width, 8, fill, f' rx="2"{tail}'))
    return "".join(out), bottom


def draw_picture(
    grid: GridScore,
    whole: list[int],
    holed: list[int],
    *,
    hole: tuple[int, int],
    language: Language,
) -> str:
    """Return the whole picture as SVG."""
    stream, other = read_stream(whole), read_stream(holed)
    right = WIDTH - MARGIN
    out: list[str] = []

    def tell(en: str, zh: str) -> str:
        return say(en, zh, language=language)

    y = 34.0
    out.append(_title(y, tell("Header", "抬头"), tell(
        "what is asked: tempo, key, and who plays", "要求:速度、调、谁来演奏")))  # fmt: skip
    y += 14
    text, y = draw_run(MARGIN, y, stream.opening, right=right)
    out.append(text)
    for names in stream.parts:
        text, y = draw_run(MARGIN, y, names, right=right)
        out.append(text)
    out.append(draw_notices(WIDTH - 580, 44, language=language))
    y += 30
    out.append(_title(y, tell("Plan", "计划"), tell(
        "metre, form and chords of every bar, before any note", "先于一切音符:每小节的拍号、段落与和弦",
    )))  # fmt: skip
    y += 14
    out.append(draw_chip(MARGIN, y, "PLAN"))
    for bar, names in enumerate(stream.plan):
        text, _ = draw_run(_bar_x(bar), y, names, right=right)
        out.append(text)
    y += STEP + 30
    out.append(_title(y, tell("Notes", "音符"), tell(
        "bar after bar; in a bar, part after part; under each note, its tokens from top to bottom",
        "逐小节;小节内逐声部;每个音下方自上而下是它的 token")))  # fmt: skip
    y += 14
    out.append(draw_chip(MARGIN, y, "NOTES"))
    for bar in range(2):
        out.append(draw_chip(_bar_x(bar), y, "BAR"))
        for beat in range(4):
            word = tell("position ", "位置 ") if bar == beat == 0 else ""
            out.append(svg_text(_place(bar, 24 * beat) + (40 if beat == 0 else 0), y + 13,
                                f"{word}{24 * beat}", size=10.5, fill=STYLE.soft_ink))  # fmt: skip
    y += STEP + 6
    top = y
    for slot in range(len(grid.parts)):
        words = tell(grid.parts[slot].name, ("长笛", "钢琴", "鼓")[slot])
        text, y = draw_row(grid, stream, slot, y, name=words)
        out.append(text)
        y += 10
    out += [svg_rect(_bar_x(bar), top, 1.2, y - top - 8, STYLE.bar_line) for bar in range(3)]
    text, y = draw_run(MARGIN, y, stream.fill, right=right)
    out.append(text)
    y += 30
    bar, slot = hole
    out.append(_title(y, tell("A hole", "空洞"), tell(
        f"to rewrite bar {bar + 1} of the {grid.parts[slot].name.lower()}: HOLE stands in its "
        "place, and the answer comes last",
        f"重写第 {bar + 1} 小节的钢琴:原处写 HOLE,答案写在最后")))  # fmt: skip
    y += 14
    text, _ = draw_run(MARGIN, y, other.cells[bar, slot].head, right=right)
    out += [text, svg_text(MARGIN + 96, y + 12, "…", size=14, fill=STYLE.soft_ink)]
    text, y = draw_run(_bar_x(0), y, other.fill, right=right)
    out.append(text)
    height = y + 16
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {WIDTH:.0f} {height:.0f}" font-family="{STYLE.font}">'
    )
    return root + svg_rect(0, 0, WIDTH, height, "#ffffff") + "".join(out) + "</svg>"
