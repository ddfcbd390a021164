"""The page of facts: every part, section and chord is on it; files are real pictures."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from motet.analysis.report import analyse
from motet.errors import ParameterError
from motet.render.facts_page import draw_facts
from motet.score import make_score

REPORT = analyse(make_score("C4+E4+G4:4 F4+A4+C5:4 " * 20, "drums 36:4", fifths=0))


def test_everything_is_on_the_page() -> None:
    svg = draw_facts(REPORT, language="zh")
    ElementTree.fromstring(svg)
    assert svg.count('class="chord"') >= 40
    assert svg.count("曲式") == 2
    assert all(word in svg for word in ("Part 1", "Drums", "C大调", "40 小节"))


@pytest.mark.parametrize(
    ("name", "head"), [("a.png", b"\x89PNG"), ("a.svg", b"<svg"), ("a.pdf", b"%PDF")]
)
def test_files_are_written(tmp_path: Path, name: str, head: bytes) -> None:
    draw_facts(REPORT, tmp_path / name, width_px=800)
    assert (tmp_path / name).read_bytes().startswith(head)


def test_an_empty_score_and_a_wrong_name(tmp_path: Path) -> None:
    ElementTree.fromstring(draw_facts(analyse(make_score())))
    with pytest.raises(ParameterError, match="png"):
        draw_facts(REPORT, tmp_path / "a.gif")
    assert list(tmp_path.iterdir()) == []
