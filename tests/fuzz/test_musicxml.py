"""A slice of the fuzz run: tools/fuzz_musicxml.py makes the files."""

import importlib.util
import random
from pathlib import Path

TOOL = Path(__file__).parents[2] / "tools" / "fuzz_musicxml.py"
_SPEC = importlib.util.spec_from_file_location("motet_fuzz_musicxml", TOOL)
fuzz_musicxml = importlib.util.module_from_spec(_SPEC)


def setup_module():
    import sys

    sys.modules["motet_fuzz_musicxml"] = fuzz_musicxml
    _SPEC.loader.exec_module(fuzz_musicxml)


def test_mutated_files_are_read_or_refused():
    outcome = fuzz_musicxml.fuzz(count=200, seed=7, limit_s=20.0)
    assert outcome.failures == []
    assert outcome.counts["repaired"] > 10
    assert outcome.counts["refused"] > 50
    assert outcome.counts.total() == 200


def test_seeds_are_sound_and_repeat():
    first = fuzz_musicxml.make_seeds(random.Random(3))
    assert first == fuzz_musicxml.make_seeds(random.Random(3))
    assert {fuzz_musicxml.answer(data) for data in first[:16]} == {"ok"}
    assert "refused" not in {fuzz_musicxml.answer(data) for data in first}
