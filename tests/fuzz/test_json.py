"""A slice of the fuzz run: tools/fuzz_json.py makes the files."""

import random

import fuzz_json
from fuzz_loop import fuzz


def test_mutated_files_are_read_or_refused_within_two_seconds():
    outcome = fuzz(fuzz_json.TARGET, count=200, seed=7)
    assert outcome.failures == []
    assert outcome.counts["refused"] > 50
    assert outcome.counts["ok"] > 3
    assert outcome.counts.total() == 200


def test_seeds_are_sound_and_repeat():
    first = fuzz_json.make_seeds(random.Random(3))
    assert first == fuzz_json.make_seeds(random.Random(3))
    assert {fuzz_json.answer(data) for data in first} == {"ok"}
