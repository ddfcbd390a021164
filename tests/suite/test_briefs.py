"""Random briefs ask for everything, in every metre, and repeat."""

from __future__ import annotations

import numpy as np

from motet.suite.briefs import METRES, draw_brief, draw_small_brief


def test_briefs_differ_and_repeat() -> None:
    first, again = (draw_brief(np.random.default_rng(4), seed=1) for _ in range(2))
    assert first == again
    rng = np.random.default_rng(0)
    briefs = [draw_brief(rng, seed=k) for k in range(60)]
    assert len({brief.key for brief in briefs}) > 10
    assert {brief.metre for brief in briefs} == set(METRES)
    assert {bool(brief.chords) for brief in briefs} == {True, False}
    parts = [part for brief in briefs for part in brief.parts]
    assert {bool(part.rhythm) for part in parts} == {True, False}
    assert any(part.rests for part in parts)
    assert any(brief.avoid for brief in briefs)


def test_small_briefs_are_small() -> None:
    rng = np.random.default_rng(0)
    briefs = [draw_small_brief(rng, k) for k in range(40)]
    assert {brief.bars for brief in briefs} == {1, 2}
    assert {brief.harmony for brief in briefs} == {"strict", "scale", "free"}
