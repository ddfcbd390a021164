"""A slice of the fuzz run: tools/fuzz_musicxml.py makes the files."""

import random

import fuzz_musicxml
from fuzz_loop import fuzz


def test_mutated_files_are_read_or_refused():
    outcome = fuzz(fuzz_musicxml.TARGET, count=200, seed=7, limit_s=2.0)
    assert outcome.failures == []
    assert outcome.counts["repaired"] > 10
    assert outcome.counts["refused"] > 50
    assert outcome.counts.total() == 200


def test_seeds_are_sound_and_repeat():
    first = fuzz_musicxml.make_seeds(random.Random(3))
    assert first == fuzz_musicxml.make_seeds(random.Random(3))
    assert {fuzz_musicxml.answer(data) for data in first[:16]} == {"ok"}
    assert "refused" not in {fuzz_musicxml.answer(data) for data in first}
