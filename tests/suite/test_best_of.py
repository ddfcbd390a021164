"""Best of eight: writers that are missing are passed over."""

from __future__ import annotations

import pytest

from motet.suite import best_of


def test_a_missing_writer_is_told_and_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(best_of, "WRITERS", {"nobody": "no-such-bundle"})
    told: list[str] = []
    assert best_of.measure_best([], n=1, seed=0, say=told.append) == {}
    assert "no-such-bundle" in told[0]
