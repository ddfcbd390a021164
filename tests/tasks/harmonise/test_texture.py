"""Parts that sound a harmonisation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motet.errors import ParameterError
from motet.score import make_score
from motet.tasks.harmonise.texture import TEXTURES, check_texture, write_texture
from motet.tasks.harmony import read_harmony
from motet.theory import Key

_SCORE = make_score("E5:2 F5:2 | D5:4 | C5:4", chords="C:2 F:2 G7:4 C:4")


@pytest.mark.parametrize(
    ("texture", "n"), [("chords", 0), ("satb", 3), ("piano", 1), ("guitar", 1)]
)
def test_parts_of_each(texture: str, n: int) -> None:
    parts = write_texture(_SCORE, _SCORE.parts[0], read_harmony(_SCORE), Key("C"), texture=texture)
    assert len(parts) == n
    assert all(part.notes and part.role for part in parts)
    assert texture in TEXTURES


def test_strings_accompany_strings_and_names_are_chinese() -> None:
    violin = replace(_SCORE.parts[0], program=40)
    parts = write_texture(
        _SCORE, violin, read_harmony(_SCORE), Key("C"), texture="satb", language="zh"
    )
    assert [part.program for part in parts] == [40, 41, 42]
    assert parts[1].name == "中提琴"


def test_only_known_textures() -> None:
    check_texture("bossa")
    with pytest.raises(ParameterError, match="did you mean 'piano'"):
        check_texture("pinao")
