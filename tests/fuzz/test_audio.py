"""A slice of the fuzz run: tools/fuzz_audio.py makes the files."""

import random

import fuzz_audio
from fuzz_loop import fuzz


def test_mutated_files_are_read_or_refused():
    outcome = fuzz(fuzz_audio.TARGET, count=12, seed=7, limit_s=10.0)
    assert outcome.failures == []
    assert outcome.counts["refused"] > 2
    assert outcome.counts["ok"] > 2


def test_seeds_are_sound():
    first = fuzz_audio.make_seeds(random.Random(3))
    assert {fuzz_audio.answer(data) for data in first[:2]} == {"ok"}
