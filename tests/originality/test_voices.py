"""Tests of motet.originality.voices."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from motet.originality import Index
from motet.tokens import GridScore, keep_parts, sort_notes


def test_a_second_voice_that_agrees_counts(index: Index, tunes: list[GridScore]) -> None:
    both, alone = index.nearest(tunes[3]), index.nearest(keep_parts(tunes[3], [0]))
    assert both is not None
    assert alone is not None
    assert both.bits > alone.bits + 20


def test_a_voice_that_doubles_does_not_count(index: Index, tunes: list[GridScore]) -> None:
    alone = keep_parts(tunes[3], [0])
    twin = alone.notes.copy()
    twin["part"] = 1
    doubled = replace(tunes[3], notes=sort_notes(np.concatenate((alone.notes, twin))))
    one, two = index.nearest(alone), index.nearest(doubled)
    assert one is not None
    assert two is not None
    assert abs(two.bits - one.bits) < 2
