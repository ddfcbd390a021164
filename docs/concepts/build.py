"""Draws the picture of docs/concepts/tokens.md and writes its listing, from what the codec writes.

Run: ``python docs/concepts/build.py`` (about two seconds). tests/docs/test_tokens_page.py fails when the
page or the picture no longer shows what `motet.tokens.encode` gives.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import numpy as np
from tokens_picture import draw_picture

from motet.language import LANGUAGES, Language
from motet.render import svg_to_png
from motet.score import Note, Part, Score, make_score
from motet.tokens import GridScore, encode, score_to_grid, token_name

FOLDER = Path(__file__).parent
WIDTH_PX = 1500
HOLE = (1, 1)  # bar 2 of the piano


def make_example() -> Score:
    """Return two bars for flute, piano and drums."""
    flute = make_score("G4:1 A4:0.5 B4:0.5 C5:3 B4:1 D5:1 C5:1").parts[0]
    accent = [Note(onset_tick=n.onset_tick, duration_tick=n.duration_tick, pitch=n.pitch,
                   velocity=96 if n.duration_tick == 1440 else 80) for n in flute.notes]  # fmt: skip
    hands = make_score("E4+G4:2 E4+G4:2 D4+F4:2 D4+F4:2", "C3:4 G2:4").parts
    drums = make_score("drums 36+42:1 42:1 38+42:1 42:1 36+42:1 42:1 38+42:1 46:1").parts[0]
    piano = tuple(
        Note(onset_tick=n.onset_tick, duration_tick=n.duration_tick, pitch=n.pitch, velocity=80)
        for hand in hands
        for n in hand.notes
    )
    frame = make_score("r:8", chords="C:4 G7:4", fifths=0)
    beats = tuple(
        Note(onset_tick=n.onset_tick, duration_tick=120, pitch=n.pitch, velocity=80)
        for n in drums.notes
    )
    return frame.with_parts(
        Part(name="Flute", notes=tuple(accent), program=73, role="melody"),
        Part(name="Piano", notes=piano, program=0, role="comping"),
        Part(name="Drums", notes=beats, program=0, role="drums", is_drums=True, channel=9),
    )


def make_grid() -> GridScore:
    """Return the example on the grid."""
    return score_to_grid(make_example()).grid


def make_streams(grid: GridScore) -> tuple[list[int], list[int]]:
    """Return the tokens of the example, whole and with a hole."""
    whole = encode(grid)
    holed = encode(grid, holes=(HOLE,))
    return np.asarray(whole).tolist(), np.asarray(holed).tolist()


def make_svg(language: Language) -> str:
    """Return the picture in one language."""
    grid = make_grid()
    whole, holed = make_streams(grid)
    return draw_picture(grid, whole, holed, hole=HOLE, language=language)


def make_listing(tokens: list[int]) -> str:
    """Return the stream as text, a line for each bar of the plan and each cell."""
    lines: list[list[str]] = [[]]
    is_plan = False
    for name in map(token_name, tokens):
        family = name.split("_")[0]
        is_plan = (is_plan or family == "PLAN") and family != "NOTES"
        starts = {"PLAN", "NOTES", "BAR", "PART", "EOS", "PBAR", "FILL"}
        if family in starts and not (lines[-1] and lines[-1][-1] in {"PLAN", "NOTES", "BAR"}):
            lines.append([])
        lines[-1].append(name)
    return "\n".join(" ".join(line) for line in lines if line)


def make_page(text: str, *, language: Language) -> str:
    """Return a page with its listing and the fingerprint of its picture brought up to date."""
    listing = make_listing(make_streams(make_grid())[0])
    mark = hashlib.sha256(make_svg(language).encode()).hexdigest()[:16]
    text = re.sub(r"(?<=```tokens\n).*?(?=\n```)", lambda _: listing, text, flags=re.DOTALL)
    return re.sub(r"(?<=<!-- picture )\w*(?= -->)", mark, text)


def main() -> None:
    """Write the pictures and bring both pages up to date."""
    for language in LANGUAGES:
        ending = "" if language == "en" else f".{language}"
        svg_to_png(make_svg(language), FOLDER / f"tokens{ending}.png", width_px=WIDTH_PX)
        page = FOLDER / f"tokens{ending}.md"
        text = page.read_text(encoding="utf-8")
        page.write_text(make_page(text, language=language), encoding="utf-8")
        print(f"tokens{ending}.png: {(FOLDER / f'tokens{ending}.png').stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
