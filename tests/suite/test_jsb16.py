"""The table of chorales: what it says of the published figures."""

from __future__ import annotations

from typing import Any

import pytest

from motet.suite.jsb16 import PUBLISHED, TABLE, write_chorales


def _facts(nats: float) -> dict[str, Any]:
    def both(value: float) -> dict[str, Any]:
        return {split: {"frames": value} for split in ("valid", "test")}

    return {
        "n": {"train": 229, "valid": 76, "test": 77},
        "notes": {"valid": 400, "test": 400},
        "bigram": both(0.98),
        "model": {**both(nats), "weights": 1_300_000, "steps": 500, "cpu_s": 300},
        "published": PUBLISHED,
    }


@pytest.mark.parametrize(
    ("nats", "said"),
    [
        (0.5, "not below Transformer and Music Transformer."),
        (0.4, "below Transformer and not below Music Transformer."),
        (0.3, "below Transformer and Music Transformer."),
    ],
)
def test_it_says_what_is_not_beaten(nats: float, said: str) -> None:
    text = write_chorales(_facts(nats))
    assert f"On validation it is {said}" in text
    assert "| Music Transformer (published) | 0.335 | – |" in text
    assert f"| trained here, per set | {nats:.3f} | {nats:.3f} |" in text


def test_it_needs_the_archives_only() -> None:
    assert TABLE.name == "jsb16"
    assert TABLE.needs == {"bench"}
