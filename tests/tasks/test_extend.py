"""Continue: what is given stays, what is new obeys what was measured."""

from __future__ import annotations

from typing import Any

import pytest

from motet.engine.bundle import Bundle
from motet.errors import BundleError, ParameterError
from motet.score import Score, make_score
from motet.tasks.compose import open_bundle
from motet.tasks.extend import continue_score, need_bundle
from motet.theory import parse_key


def tune(**options: Any) -> Score:
    """Four bars in G major, a melody over a bass."""
    return make_score(
        "B4:1 A4:1 G4:1 | A4:2 D4:1 | G4:1 A4:1 B4:1 | G4:3",
        "G2:3 | D3:3 | E3:3 | G2:3",
        metre="3/4", fifths=1, **options,
    )  # fmt: skip


def test_given_bars_stay_note_for_note(bundle: Bundle) -> None:
    score = tune()
    piece = continue_score(score, bars=5, bundle=bundle, seed=2)
    assert piece.score.n_bars == 9
    assert piece.adherence.is_met, piece.adherence.table()
    for old, new in zip(score.parts, piece.score.parts, strict=True):
        assert new.notes[: len(old.notes)] == old.notes
        assert len(new.notes) > len(old.notes)
    start = score.bars[-1].end_tick
    fresh = [note for note in piece.score.parts[0].notes if note.onset_tick >= start]
    assert {note.pitch % 12 for note in fresh} <= set(parse_key("G").pcs)
    assert all(62 <= note.pitch <= 71 for note in fresh)
    assert piece.facts()["task"] == "continue"


def test_chords_go_on_and_end_on_the_tonic(bundle: Bundle) -> None:
    piece = continue_score(tune(chords="G:3 D:3 Em:3 G:3"), bars=4, bundle=bundle)
    symbols = [(one.tick, one.symbol) for one in piece.score.chords]
    assert symbols[:4] == [(0, "G"), (1440, "D"), (2880, "Em"), (4320, "G")]
    assert symbols[4:] == [(5760, "G"), (7200, "D"), (8640, "Em"), (10080, "G")]
    asked = continue_score(tune(chords="G:12"), bars=2, chords="Am | D7", bundle=bundle)
    assert [one.symbol for one in asked.score.chords] == ["G", "Am", "D7"]


def test_only_the_parts_that_are_named_go_on(bundle: Bundle) -> None:
    piece = continue_score(tune(), bars=2, parts=[1], bundle=bundle)
    assert piece.writers == ("given", "model")
    assert piece.score.parts[0] == tune().parts[0]


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"bars": 0}, "bars"),
        ({"bars": True}, "bars"),
        ({"qpm": 90}, "qpm"),
        ({"parts": ["Kazoo"]}, "Kazoo"),
        ({"key": "H"}, "H"),
    ],
)
def test_what_cannot_be_is_refused(bundle: Bundle, options: dict[str, Any], word: str) -> None:
    with pytest.raises(ParameterError, match=word):
        continue_score(tune(), bundle=bundle, **options)


def test_silence_cannot_go_on(bundle: Bundle) -> None:
    with pytest.raises(ParameterError, match="no note"):
        continue_score(Score(length_tick=1920), bundle=bundle)


def test_a_model_is_needed(bundle: Bundle) -> None:
    assert need_bundle(bundle) is bundle
    if open_bundle(None) is None:
        with pytest.raises(BundleError, match="no model is installed"):
            continue_score(tune())
