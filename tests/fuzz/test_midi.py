"""A slice of the fuzz run: tools/fuzz_midi.py makes the files."""

import importlib.util
import random
from pathlib import Path

TOOL = Path(__file__).parents[2] / "tools" / "fuzz_midi.py"
_SPEC = importlib.util.spec_from_file_location("motet_fuzz_midi", TOOL)
fuzz_midi = importlib.util.module_from_spec(_SPEC)


def setup_module():
    import sys

    sys.modules["motet_fuzz_midi"] = fuzz_midi
    _SPEC.loader.exec_module(fuzz_midi)


def test_mutated_files_are_read_or_refused_within_two_seconds():
    outcome = fuzz_midi.fuzz(count=300, seed=7, limit_s=2.0)
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
