"""``motet sketch``: a folder of ideas, facts as JSON, refusals in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


def test_a_folder_of_ideas_is_written(motet: Callable[..., Any], tmp_path: Path) -> None:
    folder = tmp_path / "ideas"
    asked = ("--n", "2", "--style", "pop", "--seed", "3", "--parts", "melody,chords,bass,drums")
    found = motet("sketch", *asked, "-o", str(folder), "--json")
    assert found.code == 0
    assert found.facts["n"] == 2
    assert {one.name for one in folder.iterdir()} == {"idea-01.mid", "idea-02.mid", "sketches.png"}


@pytest.mark.parametrize(("language", "word"), [("en", "parts must be"), ("zh", "parts 须取自")])
def test_a_wrong_part_is_refused(
    language: str, word: str, motet: Callable[..., Any], tmp_path: Path
) -> None:
    folder = tmp_path / "none"
    asked = ("--parts", "melody,harp", "-o", str(folder), "--lang", language)
    found = motet("sketch", *asked)
    assert found.code == 2
    assert word in found.err
    assert not folder.exists()
