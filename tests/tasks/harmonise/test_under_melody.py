"""Harmonise: the melody stays, chords fit, parts can be played."""

from __future__ import annotations

from typing import Any

import pytest

from motet.errors import BundleError, ParameterError
from motet.score import make_score
from motet.tasks.harmonise import harmonise

_TUNE = ("G4:2 C5:2 | E5:1 C5:1 E5:2 | D5:2 C5:2 | A4:2 G4:2 | G4:1 C5:3 | E5:1 C5:1 E5:2 | D5:2 G5:2 | "
         "G5:2 E5:2 | D5:2 B4:2 | C5:4")  # fmt: skip


@pytest.mark.parametrize("texture", ["chords", "satb", "piano", "guitar", "bossa"])
@pytest.mark.parametrize("adventure", [1, 3])
def test_the_melody_is_untouched_and_the_report_is_met(texture: str, adventure: int) -> None:
    tune = make_score(_TUNE)
    piece = harmonise(tune, texture=texture, adventure=adventure, candidates=1)
    assert piece.score.parts[0] == tune.parts[0]
    assert piece.score.chords[0].tick == 0
    assert piece.adherence.is_met, [one.name for one in piece.adherence.missed]
    assert piece.writers[0] == "given"
    assert {one.symbol for one in piece.stories} == {one.symbol for one in piece.score.chords}


def test_surprise_rises_with_adventure() -> None:
    bits = [harmonise(make_score(_TUNE), adventure=k, candidates=1).bits for k in (1, 2, 3)]
    assert bits[0] < bits[1] < bits[2]


def test_same_seed_same_chords_and_several_ways() -> None:
    tune = make_score(_TUNE)
    one, two = (harmonise(tune, adventure=2, candidates=4, seed=5) for _ in range(2))
    assert one.score == two.score
    assert len({way.symbols for way in one.alternatives}) == len(one.alternatives) == 4
    assert one.alternatives[0].symbols == tuple(c.symbol for c in one.score.chords)


def test_the_model_ranks(monkeypatch: pytest.MonkeyPatch) -> None:
    del monkeypatch
    piece = harmonise(make_score(_TUNE), adventure=2, candidates=3)
    if piece.bundle:
        assert all(way.nats is not None and way.nats > 0 for way in piece.alternatives)


def test_chords_can_be_kept() -> None:
    tune = make_score("C5:4 | D5:4", chords="Am:4 Bb:4")
    kept = harmonise(tune, keep_chords=True, texture="satb")
    assert [one.symbol for one in kept.score.chords] == ["Am", "Bb"]
    replaced = harmonise(tune, candidates=1)
    assert any("replaced" in en for en, _ in replaced.remarks)


def test_at_most_one_chord_a_bar_when_asked() -> None:
    piece = harmonise(make_score(_TUNE), adventure=2, chords_per_bar=1, candidates=1)
    starts = {bar.start_tick for bar in piece.score.bars}
    assert {one.tick for one in piece.score.chords} <= starts


@pytest.mark.parametrize(
    ("options", "word"),
    [({"adventure": 4}, "adventure"), ({"texture": "tuba"}, "texture"),
     ({"chords_per_bar": 0}, "chords_per_bar"),
     ({"melody": "Nobody"}, "Nobody"), ({"colour": 1}, "colour"), ({"key": "H#"}, "H#")],
)  # fmt: skip
def test_mistakes(options: dict[str, Any], word: str) -> None:
    with pytest.raises(ParameterError, match=word):
        harmonise(make_score("C5:4"), **options)


def test_a_bundle_that_is_not_there() -> None:
    with pytest.raises(BundleError):
        harmonise(make_score("C5:4"), bundle="nobody")


@pytest.mark.parametrize("text", ["C5:4", "C2:4 | D2:4", "C7:4 | B6:4"])
def test_odd_melodies_are_harmonised(text: str) -> None:
    for texture in ("satb", "piano", "guitar"):
        piece = harmonise(make_score(text), texture=texture, candidates=1)
        assert piece.score.chords
