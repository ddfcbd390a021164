"""The shipped fonts hold what pictures say, and the width tables agree with them."""

import pytest

from motet.render.font import font_dirs, text_width_em

ttlib = pytest.importorskip("fontTools.ttLib")


def _font(name: str):
    return ttlib.TTFont(font_dirs()[0] / name)


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_text_width_is_that_of_the_font(style: str) -> None:
    font = _font(f"MotetSans-{style}.otf")
    names, widths, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    for letter in "".join(map(chr, range(32, 127))) + "♭♯♮月":
        real = widths[names[ord(letter)]][0] / em
        assert text_width_em(letter, bold=style == "Bold") == pytest.approx(real, abs=0.013)


def test_fonts_hold_simplified_and_traditional_chinese_and_music_signs() -> None:
    regular = _font("MotetSans-Regular.otf").getBestCmap()
    for letter in "月光下的小路臺灣龜鬱①かなé♭♯♩":
        assert ord(letter) in regular, letter
    bold = _font("MotetSans-Bold.otf").getBestCmap()
    assert all(ord(letter) in bold for letter in "月光下的小路♭♯")
    music = _font("MotetMusic.ttf").getBestCmap()
    assert {0xECA5, 0xEA64, 0xE522} <= set(music)


def test_subsets_do_not_use_a_reserved_font_name_and_carry_the_licence() -> None:
    for path in font_dirs()[0].glob("*.?tf"):
        names = ttlib.TTFont(path)["name"]
        assert names.getDebugName(1).startswith("Motet")
    licence = (font_dirs()[0] / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Adobe" in licence
    assert "Steinberg" in licence


def test_fonts_stay_small() -> None:
    assert sum(path.stat().st_size for path in font_dirs()[0].iterdir()) < 3_200_000
