"""Parts that a model sings on the arranger's rhythm."""

from __future__ import annotations

from motet.engine.bundle import Bundle
from motet.score import make_score
from motet.tasks.harmonise import accompany

_TUNE = make_score("E5:4 | D5:2 C5:2 | F5:4 | E5:4", chords="C:4 G:4 F:4 C:4")


def test_the_rhythm_is_the_arrangers(bundle: Bundle) -> None:
    options = {"parts": "cello:counter", "candidates": 1, "seed": 2, "originality": False}
    ours = accompany(_TUNE, ground="arranger", **options)  # type: ignore[arg-type]
    theirs = accompany(_TUNE, ground="both", bundle=bundle, **options)  # type: ignore[arg-type]
    rhythm = [
        [(n.onset_tick, n.duration_tick) for n in one.score.parts[1].notes]
        for one in (ours, theirs)
    ]
    assert rhythm[0] == rhythm[1]


def test_a_line_that_rubs_is_not_taken(bundle: Bundle) -> None:
    piece = accompany(
        _TUNE, parts="cello:counter", ground="both", bundle=bundle, candidates=1, originality=False
    )
    if piece.writers[1] == "arranger":
        assert any("rubbed" in en for en, _ in piece.remarks)
        assert not piece.bundle
    else:
        assert piece.bundle
