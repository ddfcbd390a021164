"""Sheet music options reach every command that writes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.sheet import layout_option, page_option
from motet.cli.wording import translator
from motet.io import write_json
from motet.score import make_score

SCORE = write_json(make_score("C4:1 E4:1 G4:2", "C3:4", chords="C:4"))


@pytest.mark.parametrize("command", [["convert", "-"], ["render", "-", "-o"]])
def test_a_lead_sheet_has_one_part(
    motet: Callable[..., Any], tmp_path: Path, command: list[str]
) -> None:
    assert motet(*command, "a.musicxml", "--layout", "lead", stdin=SCORE).code == 0
    assert (tmp_path / "a.musicxml").read_bytes().count(b"<score-part ") == 1


def test_letter_is_wider_than_a4(motet: Callable[..., Any], tmp_path: Path) -> None:
    assert motet("convert", "-", "a.svg", "--page", "letter", stdin=SCORE).code == 0
    assert 'width="215.9mm"' in (tmp_path / "a.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("option", [["--layout", "leed"], ["--page", "a5"]])
def test_other_values_are_refused(
    motet: Callable[..., Any], tmp_path: Path, option: list[str]
) -> None:
    assert motet("convert", "-", "a.pdf", *option, stdin=SCORE).code == 2
    assert list(tmp_path.iterdir()) == []
    assert layout_option(translator("zh")).help == "总谱,或只有旋律与和弦。"
    assert page_option(translator("zh")).help == "纸张。"
