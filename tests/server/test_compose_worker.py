"""A sentence becomes a packed project."""

from __future__ import annotations

from typing import Any

import pytest

from motet.errors import ParameterError
from motet.project import Project
from motet.project.pack import unpack
from motet.server.compose_worker import compose_piece


class _Listener:
    """Hears how far a worker is."""

    cancel = None

    def __init__(self) -> None:
        self.told: list[tuple[float, str, str]] = []

    def progress(self, fraction: float, en: str, zh: str) -> None:
        self.told.append((fraction, en, zh))

    def bars(self, told: dict[str, Any]) -> None:
        """Bars are not looked at here."""


def test_the_brief_wins_over_the_sentence() -> None:
    listener = _Listener()
    found = compose_piece(
        {"text": "a waltz for flute in G, 16 bars", "brief": {"bars": 4, "parts": "flute:melody"},
         "seed": 3, "title": "Mine", "language": "en"},
        listener,
    )  # fmt: skip
    state, scores = unpack(found["packed"])
    project = Project(state, scores)
    assert (project.title, project.score.n_bars, project.current.seed) == ("Mine", 4, 3)
    assert found["understood"]["brief"]["bars"] == 16
    assert found["adherence"]["is_met"] in (True, False)
    fractions = [fraction for fraction, _, _ in listener.told]
    assert fractions == sorted(fractions)
    assert "正在写第 4/4 小节" in {zh for _, _, zh in listener.told}


@pytest.mark.parametrize(
    "wish", [{}, {"text": " "}, {"brief": {"references": ["/etc/passwd"]}}, {"brief": {"hat": 1}}]
)
def test_what_cannot_be_composed(wish: dict[str, Any]) -> None:
    with pytest.raises(ParameterError) as caught:
        compose_piece({"language": "zh", **wish}, _Listener())
    assert caught.value.zh
