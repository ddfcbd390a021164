"""Accompany: given notes stay, parts that are asked for come."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from motet.engine.bundle import Bundle
from motet.errors import BundleError, ParameterError
from motet.score import make_score
from motet.tasks.harmonise import accompany

_TUNE = make_score("E5:2 D5:2 | C5:4 | F5:2 E5:2 | D5:4 | E5:1 F5:1 G5:2 | C5:4")


@pytest.mark.parametrize("ground", ["both", "arranger", "model"])
def test_given_notes_stay_and_all_parts_come(bundle: Bundle, ground: str) -> None:
    piece = accompany(
        _TUNE,
        parts="bass,drums,comping,counter,strings",
        style="bossa",
        ground=ground,
        bundle=bundle,
        candidates=1,
        originality=False,
    )  # type: ignore[arg-type]
    assert piece.score.parts[0] == _TUNE.parts[0]
    assert [part.role for part in piece.score.parts[1:]] == [
        "bass", "drums", "comping", "counter", "strings",
    ]  # fmt: skip
    assert next(one for one in piece.adherence.checks if one.name == "kept").ok
    assert piece.writers[0] == "given"
    if ground == "arranger":
        assert set(piece.writers[1:]) == {"arranger"}
        assert not piece.bundle
    if ground == "model":
        assert piece.writers[2] == "arranger"


def test_chords_come_from_the_score_the_parts_or_the_melody() -> None:
    marked = make_score("E5:4 | D5:4", chords="C:4 G7:4")
    full = make_score("E5:4 | D5:4 | E5:4", "C3+G3:4 | G2+B2+F3:4 | C3+G3:4")
    for score, word in ((marked, "those of the score"), (full, "read off"), (_TUNE, "found for")):
        piece = accompany(score, parts="bass", ground="arranger")
        assert any(word in en for en, _ in piece.remarks)
    assert [one.symbol for one in accompany(marked, ground="arranger").score.chords] == ["C", "G7"]


def test_chords_alone_are_accompanied() -> None:
    bare = replace(make_score("C5:4", chords="C:4 F:4 G:4 C:4"), parts=(), length_tick=4 * 1920)
    piece = accompany(bare, parts="bass,comping", style="pop", ground="arranger")
    assert len(piece.score.parts) == 2
    assert piece.score.n_bars == 4


def test_the_metre_of_the_tune_is_kept() -> None:
    tune = make_score("E5:3 | D5:3 | C5:3", metre="3/4")
    piece = accompany(tune, ground="arranger")
    assert piece.brief.style == "folk-waltz"
    assert [bar.duration_tick for bar in piece.score.bars] == [1440] * 3


def test_same_seed_same_notes() -> None:
    one, two = (accompany(_TUNE, seed=3, ground="arranger").score for _ in range(2))
    assert one == two
    assert accompany(_TUNE, seed=4, ground="arranger").score != one


@pytest.mark.parametrize(
    ("options", "word"),
    [({"parts": "kazoo_ensemble"}, "kazoo"), ({"ground": "ocean"}, "ground"), ({"style": "nobody"}, "nobody"),
     ({"colour": 1}, "colour"), ({"intensity": 9}, "intensity")],
)  # fmt: skip
def test_mistakes(options: dict[str, Any], word: str) -> None:
    with pytest.raises(ParameterError, match=word):
        accompany(_TUNE, **options)


def test_nothing_and_nobody() -> None:
    with pytest.raises(ParameterError):
        accompany(make_score("drums 36:4"))
    with pytest.raises(BundleError):
        accompany(_TUNE, bundle="nobody")
