"""A slice of the fuzz run: tools/fuzz_midi.py makes the files."""

import random

import fuzz_midi
from fuzz_loop import fuzz


def test_mutated_files_are_read_or_refused_within_two_seconds():
    outcome = fuzz(fuzz_midi.TARGET, count=300, seed=7, limit_s=2.0)
    assert outcome.failures == []
    assert outcome.counts["repaired"] > 50
    assert outcome.counts["refused"] > 20
    assert outcome.counts.total() == 300


def test_seeds_are_sound_and_repeat():
    first = fuzz_midi.make_seeds(random.Random(3))
    assert first == fuzz_midi.make_seeds(random.Random(3))
    found = [fuzz_midi.answer(data) for data in first]
    assert found[:24] == ["ok"] * 24
    assert set(found[24:]) == {"ok", "repaired"}  # SMPTE time is told of
