"""A sheet of ideas, and the folder that holds them."""

from __future__ import annotations

from pathlib import Path

import pytest

import motet
from motet.errors import ParameterError
from motet.render.ideas import draw_ideas, save_sketches
from motet.score import make_score

SCORES = [make_score("C4:1 E4:1 G4:2", "drums 36:1 38:1 36:2")] * 5


def test_every_idea_has_its_tile() -> None:
    svg = draw_ideas(SCORES, [f"no {k}" for k in range(5)], columns=2)
    assert svg.count('class="note"') == 30
    assert all(f">no {k}<" in svg for k in range(5))


def test_words_are_escaped_and_a_picture_is_written(tmp_path: Path) -> None:
    path = tmp_path / "sheet.png"
    assert "a &lt;b&gt;" in draw_ideas(SCORES[:1], ["a <b>"], path)
    assert path.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("scores", "captions", "path", "columns"),
    [([], [], None, 4), (SCORES, ["one"], None, 4), (SCORES[:1], ["a"], "a.gif", 4),
     (SCORES[:1], ["a"], None, 9)],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(
    scores: list[motet.Score], captions: list[str], path: str | None, columns: int
) -> None:
    with pytest.raises(ParameterError):
        draw_ideas(scores, captions, path, columns=columns)


def test_a_folder_holds_notes_that_read_back(tmp_path: Path) -> None:
    found = motet.sketch(2, seed=1)
    files = save_sketches(found, tmp_path / "ideas")
    assert [one.name for one in files] == ["sketches.png", "idea-01.mid", "idea-02.mid"]
    again = motet.read(files[1]).score
    assert sum(len(part.notes) for part in again.parts) == found.facts()["ideas"][0]["n_notes"]
