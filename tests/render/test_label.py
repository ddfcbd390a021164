"""Short words on pictures."""

import pytest

from motet.render.label import (
    chord_label,
    drum_label,
    key_label,
    part_colours,
    section_label,
)
from motet.score import KeySignature


@pytest.mark.parametrize(
    ("symbol", "shown"),
    [
        ("C", "C"),
        ("Bb", "B♭"),
        ("Bbb7", "B♭♭7"),
        ("F##dim", "F♯♯dim"),
        ("C7#9b13", "C7♯9♭13"),
        ("Cmaj7#11/Bb", "Cmaj7♯11/B♭"),
        ("C6/9", "C6/9"),
        ("Absus2", "A♭sus2"),
        ("N.C.", "N.C."),
        ("", ""),
    ],
)
def test_chords_have_real_signs(symbol: str, shown: str) -> None:
    assert chord_label(symbol) == shown


@pytest.mark.parametrize(
    ("fifths", "mode", "name"),
    [
        (0, "major", "C major"),
        (-7, "major", "C♭ major"),
        (7, "major", "C♯ major"),
        (0, "minor", "A minor"),
        (-7, "minor", "A♭ minor"),
        (7, "minor", "A♯ minor"),
        (0, "dorian", "D dorian"),
        (2, "mixolydian", "A mixolydian"),
        (1, "lydian", "C lydian"),
        (7, "locrian", "B♯ locrian"),
        (-3, "", "3 ♭"),
        (0, "", "no accidentals"),
    ],
)
def test_keys_by_name(fifths: int, mode: str, name: str) -> None:
    assert key_label(KeySignature(tick=0, fifths=fifths, mode=mode)) == name


def test_sections_in_both_languages() -> None:
    assert section_label("pre-chorus") == "Pre-chorus"
    assert section_label("Chorus", language="zh") == "副歌"
    assert section_label("B", language="zh") == "B"
    assert section_label("主歌") == "主歌"
    assert section_label("") == ""


def test_every_gm_drum_has_a_name_of_its_own_in_both_languages() -> None:
    for language in ("en", "zh"):
        names = [drum_label(pitch, language=language) for pitch in range(35, 82)]
        assert len(set(names)) == 47
    assert drum_label(127) == "127"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_dozen_parts_have_colours_of_their_own(theme: str) -> None:
    colours = part_colours((False,) * 12, theme=theme)
    assert len(set(colours)) == 12
    again = part_colours((True, *(False,) * 13), theme=theme)
    assert again[1:13] == colours
    assert again[13] == colours[0]
    assert again[0] not in colours
