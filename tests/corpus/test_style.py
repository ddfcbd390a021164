"""Styles: names of the vocabulary, and rules for what sources leave open."""

from dataclasses import replace

import pytest

from motet.corpus.style import refine_style, style_value
from motet.score import Score, Tempo, make_score
from motet.tokens import score_to_grid
from motet.tokens.vocab import STYLES

TUNE = "C4:1 D4:1 E4:1 F4:1 | " * 4


def band(*programs: int, qpm: float = 120) -> Score:
    parts = ["drums 36:1 38:1 36:1 38:1"] + [TUNE] * len(programs)
    score = make_score(*parts)
    voices = [replace(part, program=one) for part, one in zip(score.parts[1:], programs)]
    tempo = Tempo(tick=0, quarter_us=round(60_000_000 / qpm))
    return replace(score.with_parts(score.parts[0], *voices), tempos=(tempo,))


@pytest.mark.parametrize(
    ("source", "score", "style"),
    [
        ("freedoom", band(30, 30, 33, qpm=100), "metal"),
        ("freedoom", band(30, 33, 48, qpm=100), "game-rock"),
        ("freedoom", band(30, 33, 48, qpm=180), "metal"),
        ("freedoom", band(81, 81, 48), "electronic"),
        ("freedoom", band(48, 60), "game"),
        ("simutrans", band(0, 57, 66, 32), "jazz"),
        ("simutrans", band(0, 25, 26, 32), "game-rock"),
    ],
)
def test_bands(source: str, score: Score, style: str) -> None:
    assert refine_style(source, "", score_to_grid(score).grid) == style


@pytest.mark.parametrize(
    ("style", "metre", "found"),
    [
        ("irish", "6/8", "jig"),
        ("reel", "4/4", "reel"),
        ("jig", "4/4", "irish"),
        ("march", "6/8", "march"),
    ],
)
def test_irish(style: str, metre: str, found: str) -> None:
    grid = score_to_grid(make_score("C4:1 D4:1", metre=metre)).grid
    assert refine_style("ceol-rince", style, grid) == found


def test_what_is_told_stays() -> None:
    grid = score_to_grid(make_score(TUNE)).grid
    assert refine_style("polish-scores", "organ", grid) == "organ"
    assert refine_style("polish-scores", "", grid) == "piano-romantic"
    assert refine_style("mine", "", grid) == ""


def test_values() -> None:
    assert [STYLES[style_value(name)] for name in ("hymn", "jazz")] == ["hymn", "jazz"]
    assert style_value("unheard-of") == -1
