"""Rebuild src/motet/fonts/ from Noto Sans CJK SC (Debian: fonts-noto-cjk) and Bravura.

Run ``python tools/build_fonts.py FOLDER_WITH_NotoSansCJK-Regular.ttc_AND_Bold.ttc``; it needs
fonttools and brotli. Motet Sans Regular keeps the hanzi of GB 2312 and of Big5 level 1, Bold those
of GB 2312 level 1. Motet Music keeps the signs that stand inside words (tempo notes, accidentals,
dynamics, pedal, segno), from the Bravura that verovio's wheel carries.
"""

from __future__ import annotations

import argparse
import base64
import io
import re
from pathlib import Path

from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

FAMILY = "Motet Sans"
MUSIC = "Motet Music"
# SMuFL ranges: repeats, metronome notes, accidentals, dynamics, octaves, pedal, elisions, chord
# symbols, figures (verovio takes the accidentals of chords from there), text notes.
SIGNS = {
    0x20,
    *range(0x266D, 0x2670),
    *range(0xE045, 0xE049),
    *range(0xE1D0, 0xE1F0),
    *range(0xE260, 0xE266),
    *range(0xE510, 0xE551),
    *range(0xE551, 0xE554),
    *range(0xE650, 0xE660),
    *range(0xE870, 0xE880),
    *range(0xEA50, 0xEA6F),
    *range(0xECA0, 0xECC0),
    *range(0xED60, 0xED70),
}
FACE_SC = 2
BEARING = 40
LATIN = {
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x2010, 0x2027),
    *map(ord, "‰′″‹›€№™←↑→↓∅∆Δ−∞△○●♩♪♫♬♭♮♯"),
}
EAST_ASIAN = {
    *range(0x3000, 0x3030),
    *range(0x3040, 0x3100),
    *range(0xFF00, 0xFFF0),
    *range(0x2460, 0x2474),
}


def hanzi(encoding: str, first_row: int, end_row: int) -> set[int]:
    """Return the code points that an East Asian encoding has in a range of lead bytes."""
    found: set[int] = set()
    for lead in range(first_row, end_row):
        for trail in range(0x40, 0xFF):
            text = bytes([lead, trail]).decode(encoding, errors="ignore")
            if len(text) == 1 and ord(text) > 0x7F:
                found.add(ord(text))
    return found


def narrow_accidentals(font: TTFont) -> None:
    """Give flat, natural and sharp the width of their ink: they are full-width in the source."""
    glyphs, characters = font.getGlyphSet(), font.getBestCmap()
    strings = font["CFF "].cff.topDictIndex[0].CharStrings
    for accidental in "♭♮♯":
        name = characters[ord(accidental)]
        bounds = BoundsPen(glyphs)
        glyphs[name].draw(bounds)
        left, _, right, _ = bounds.bounds
        width = round(right - left) + 2 * BEARING
        private = strings[name].private
        # A width in a charstring is what differs from the font's nominal one.
        pen = T2CharStringPen(width - private.nominalWidthX, glyphs)
        glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, BEARING - left, 0)))
        strings[name] = pen.getCharString(private, strings[name].globalSubrs)
        font["hmtx"][name] = (width, BEARING)


def build(source: Path, target: Path, *, style: str, characters: set[int]) -> None:
    """Write a subset under our own family name, without tables that only vertical text needs."""
    options = subset.Options()
    options.font_number = FACE_SC
    options.layout_features = ["kern", "ccmp"]
    options.hinting = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["vmtx", "vhea", "VORG", "BASE"]
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    narrow_accidentals(font)
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    names = {1: FAMILY, 2: style, 3: f"2.004;{postscript}", 4: f"{FAMILY} {style}", 6: postscript}
    for record in list(font["name"].names):
        if record.nameID in names:
            font["name"].setName(
                names[record.nameID],
                record.nameID,
                record.platformID,
                record.platEncID,
                record.langID,
            )
    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    cff.topDictIndex[0].FamilyName = FAMILY
    cff.topDictIndex[0].FullName = f"{FAMILY} {style}"
    subset.save_font(font, str(target), options)
    print(f"{target}: {len(font.getGlyphOrder())} glyphs, {target.stat().st_size} bytes")


def build_music(target: Path) -> None:
    """Write the signs that stand inside words, from the font that verovio embeds in its pages."""
    import verovio

    style = Path(verovio.__file__).parent / "data" / "Bravura.css"
    coded = re.search(r"base64,([A-Za-z0-9+/=]+)", style.read_text(encoding="utf-8"))
    if coded is None:
        raise SystemExit(f"{style} holds no font")
    font = TTFont(io.BytesIO(base64.b64decode(coded.group(1))))
    font.flavor = None
    options = subset.Options()
    options.layout_features = []
    options.recalc_timestamp = False
    options.drop_tables += ["FFTM", "gasp"]
    options.name_IDs = [1, 2, 3, 4, 6]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=SIGNS)
    subsetter.subset(font)
    names = {1: MUSIC, 2: "Regular", 3: f"{MUSIC} 1", 4: MUSIC, 6: MUSIC.replace(" ", "")}
    for record in list(font["name"].names):
        text = names.get(record.nameID, "")
        font["name"].setName(
            text, record.nameID, record.platformID, record.platEncID, record.langID
        )
    font.save(str(target))
    print(f"{target}: {len(font.getGlyphOrder())} glyphs, {target.stat().st_size} bytes")


def main() -> None:
    """Build both faces."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    target = Path(__file__).parents[1] / "src" / "motet" / "fonts"
    level_1 = hanzi("gb2312", 0xB0, 0xD8)
    wide = LATIN | EAST_ASIAN | level_1
    everything = wide | hanzi("gb2312", 0xD8, 0xF8) | hanzi("big5", 0xA4, 0xC7)
    for style, characters in (("Regular", everything), ("Bold", wide)):
        build(
            folder / f"NotoSansCJK-{style}.ttc",
            target / f"MotetSans-{style}.otf",
            style=style,
            characters=characters,
        )
    build_music(target / "MotetMusic.ttf")


if __name__ == "__main__":
    main()
