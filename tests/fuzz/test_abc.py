"""A slice of the fuzz run: tools/fuzz_abc.py makes the files."""

import importlib.util
import random
import sys
from pathlib import Path

TOOL = Path(__file__).parents[2] / "tools" / "fuzz_abc.py"
_SPEC = importlib.util.spec_from_file_location("motet_fuzz_abc", TOOL)
fuzz_abc = importlib.util.module_from_spec(_SPEC)


def setup_module():
    sys.modules["motet_fuzz_abc"] = fuzz_abc
    _SPEC.loader.exec_module(fuzz_abc)


def test_mutated_files_are_read_or_refused_within_two_seconds():
    outcome = fuzz_abc.fuzz(count=200, seed=7, limit_s=2.0)
    assert outcome.failures == []
    assert outcome.counts["repaired"] > 50
    assert outcome.counts["refused"] > 0
    assert outcome.counts.total() == 200


def test_seeds_are_sound_and_repeat():
    first = fuzz_abc.make_seeds(random.Random(3))
    assert first == fuzz_abc.make_seeds(random.Random(3))
    assert {fuzz_abc.answer(data) for data in first} == {"ok"}
