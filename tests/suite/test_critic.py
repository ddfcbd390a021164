"""The judge's table: the area by hand, the words from figures."""

from __future__ import annotations

import math

import numpy as np

from motet.suite.critic import area, write_critic


def test_the_area_by_hand() -> None:
    assert area(np.array([3.0, 1.0]), np.array([2.0, 1.0])) == (1 + 1 + 0 + 0.5) / 4
    assert math.isnan(area(np.array([np.nan]), np.array([1.0])))


def test_the_page_marks_what_was_not_taught() -> None:
    row = {"pitches moved": 0.9, "upside down": 0.7, "bars shuffled": 0.5}
    share = {"random": 1.0, "figures": 0.9, "judge": 0.8}
    facts = {
        "windows": 9, "seed": 0, "auc": {"judge": row, "likelihood": row}, "unseen": ["upside down"],
        "best": {"GAN": {"share": share, "spread": 0.1, "n": 3}},
        "bundle": {"weights": 280000, "steps": 9, "minutes": 10.0, "machine": "one core"},
    }  # fmt: skip
    text = write_critic(facts)
    assert "| upside down * | 0.700 | 0.700 |" in text
    assert "| mean, kinds taught | 0.700 | 0.700 |" in text
    assert "| GAN | 1.00 | 0.900 | 0.800 | 0.100 | 3 |" in text
    assert "10 minutes on one core" in text
