"""Choices under rules keep the model's odds of ending."""

from __future__ import annotations

import numpy as np

from motet.engine.ask import Ask, weigh_ends


def test_rules_do_not_make_an_end_likelier() -> None:
    logits = np.log(np.array([0.2, 0.4, 0.3, 0.1], np.float32))
    ask = Ask(np.array([0, 3]), 0.5, ends=(0,), free=np.array([1, 2, 3]))
    weighed = np.exp(weigh_ends(logits, ask)[ask.allowed])
    share = weighed / weighed.sum()
    assert np.allclose(share, [0.2, 0.8], atol=1e-6)
    assert np.allclose(np.exp(logits), [0.2, 0.4, 0.3, 0.1])
    assert weigh_ends(logits, Ask(np.array([0, 3]), 0.5)) is logits
