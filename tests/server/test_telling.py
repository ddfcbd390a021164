"""What a work function tells."""

from __future__ import annotations

from typing import Any

from motet.engine.write import Cancel
from motet.server.telling import Tell


def test_progress_is_thinned_but_the_end_is_always_told() -> None:
    heard: list[tuple[Any, ...]] = []
    tell = Tell(heard.append, Cancel())
    for k in range(101):
        tell.progress(k / 100, "at work", "进行中")
    assert heard[0] == ("progress", 0.0, "at work", "进行中")
    assert heard[-1][1] == 1.0
    assert len(heard) < 20


def test_bars_are_passed_on_as_they_are() -> None:
    heard: list[tuple[Any, ...]] = []
    Tell(heard.append, Cancel()).bars({"bars": [1, 2]})
    assert heard == [("bars", {"bars": [1, 2]})]
