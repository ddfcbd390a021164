"""``motet adjust``: a report of every slider, and a word where nothing is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from motet.io import read, write
from motet.score import make_score


def test_denser_is_denser_and_is_told(motet: Callable[..., Any], tmp_path: Path) -> None:
    tune = make_score("C5:1 D5:1 E5:1 F5:1 | G5:2 E5:2 | F5:1 E5:1 D5:1 C5:1 | C5:4", fifths=0)
    source, target = tmp_path / "tune.mid", tmp_path / "denser.mid"
    write(tune, source)
    found = motet("adjust", str(source), "--density", "1.5", "-o", str(target))
    assert found.code == 0
    assert "density" in found.out
    assert " -> " in found.out
    assert read(target).score.n_notes > tune.n_notes
    for language, text in (("en", "move at least one"), ("zh", "请至少调节")):
        none = motet("adjust", str(source), "-o", str(target), "--lang", language)
        assert none.code == 2
        assert text in none.err


def test_vary_takes_an_amount(motet: Callable[..., Any], tmp_path: Path) -> None:
    source = tmp_path / "tune.mid"
    write(make_score("C5:1 D5:1 E5:1 F5:1 | G5:2 E5:2", fifths=0), source)
    found = motet("vary", str(source), "--amount", "0.5", "-o", str(tmp_path / "near.mid"))
    assert found.code == 0
    assert "drawn around the phrase" in found.out
    clash = motet("vary", str(source), "--amount", "0.5", "--kind", "mode", "--lang", "zh")
    assert clash.code == 2
    assert "不能与" in clash.err
