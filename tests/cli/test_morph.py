"""``motet morph``: files of every step, a table, and clear refusals in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from motet.io import read, write
from motet.score import make_score


def _two(folder: Path) -> tuple[str, str]:
    a = make_score("C5:1 D5:1 E5:1 F5:1 | G5:2 E5:2", fifths=0)
    b = make_score("G4:0.5 A4:0.5 B4:1 C5:1 D5:1 | E5:4", fifths=0)
    paths = folder / "a.mid", folder / "b.mid"
    write(a, paths[0])
    write(b, paths[1])
    return str(paths[0]), str(paths[1])


def test_every_step_is_a_file_and_a_line(motet: Callable[..., Any], tmp_path: Path) -> None:
    first, second = _two(tmp_path)
    found = motet("morph", first, second, "--steps", "4", "-o", str(tmp_path / "way"))
    assert found.code == 0
    assert "step  from A" in found.out
    names = {path.name for path in (tmp_path / "way").iterdir()}
    assert names == {"step-0.mid", "step-1.mid", "step-2.mid", "step-3.mid", "way.mid", "way.png"}
    assert read(tmp_path / "way" / "way.mid").score.n_bars == 8
    said = motet("morph", first, second, "--steps", "3", "--json", "-o", str(tmp_path / "j"))
    facts = json.loads(said.out)
    assert facts["steps"] == 3
    assert facts["bundle"] == "vae-melody-2"


def test_what_cannot_be_is_refused_in_both_languages(
    motet: Callable[..., Any], tmp_path: Path
) -> None:
    first, second = _two(tmp_path)
    for language, text in (("en", "3 to 33"), ("zh", "3 到 33")):
        found = motet("morph", first, second, "--steps", "1", "--lang", language)
        assert found.code == 2
        assert text in found.err
        assert "Traceback" not in found.err
