"""A slice of the fuzz run: tools/fuzz_abc.py makes the files."""

import random

import fuzz_abc
from fuzz_loop import fuzz


def test_mutated_files_are_read_or_refused_in_time():
    outcome = fuzz(
        fuzz_abc.TARGET, count=200, seed=7, limit_s=4.0
    )  # cores may be busy here; the full run holds to 2 s
    assert outcome.failures == []
    assert outcome.counts["repaired"] > 50
    assert outcome.counts["refused"] > 0
    assert outcome.counts.total() == 200


def test_seeds_are_sound_and_repeat():
    first = fuzz_abc.make_seeds(random.Random(3))
    assert first == fuzz_abc.make_seeds(random.Random(3))
    assert {fuzz_abc.answer(data) for data in first} == {"ok"}
