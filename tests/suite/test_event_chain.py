"""Chains over note events: likely is what was seen, and what they write is a stream."""

from __future__ import annotations

import math

import numpy as np
import pytest

from motet.errors import ParameterError
from motet.phrases.event_codec import SHIFTS_TICK
from motet.phrases.events import EventOptions, extract
from motet.score import make_score
from motet.suite.event_chain import EventChain
from motet.tokens import score_to_grid

UP = score_to_grid(make_score(" | ".join(["C5:1 D5:1 E5:1 F5:1"] * 8), fifths=0), key="none").grid
DOWN = score_to_grid(make_score(" | ".join(["F5:2 E5:1 D5:1"] * 8), fifths=0), key="none").grid


def test_what_was_seen_is_likelier_and_longer_contexts_help() -> None:
    options = EventOptions(length=24)
    chain = EventChain(extract(UP, options), content="melody", order=2)
    seen, unseen = extract(UP, options), extract(DOWN, options)
    assert chain.nats_per_note(seen) < chain.nats_per_note(seen, order=0)
    assert chain.nats_per_note(seen) < chain.nats_per_note(unseen)


def test_an_empty_context_is_as_counted_by_hand() -> None:
    phrases = extract(UP, EventOptions(length=24))[:1]
    chain = EventChain(phrases, content="melody", order=0)
    # 24 notes: shift 0 once, 24 ticks 23 times; four pitches six times each; one length; one velocity
    size = len(SHIFTS_TICK)
    time = [(1 + 2 / size) / 26, *[(23 + 2 / size) / 26] * 23]
    pitch, dur, vel = (6 + 4 / 129) / 28, (24 + 1 / 60) / 25, (24 + 1 / 16) / 25
    nats = -sum(map(math.log, time)) / 24 - math.log(pitch) - math.log(dur) - math.log(vel)
    assert chain.nats_per_note(phrases) == pytest.approx(nats)


def test_what_it_writes_ends_in_time_and_is_its_own_again_by_seed() -> None:
    chain = EventChain(extract(UP, EventOptions(length=24)), content="melody", order=2)
    one, two = (chain.write(400, np.random.default_rng(3)) for _ in range(2))
    assert one.tolist() == two.tolist()
    assert (one["onset"] + one["dur"]).max() <= 400
    assert set(one["pitch"].tolist()) <= {72, 74, 76, 77}


@pytest.mark.parametrize("order", [-1, 5])
def test_other_orders_are_refused(order: int) -> None:
    with pytest.raises(ParameterError, match="order of 0 to 4"):
        EventChain(extract(UP, EventOptions(length=24)), content="melody", order=order)
