"""The examples run as they are, in an empty folder, and stay short."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("[0-9]*.py"))
NAMES = [path.name for path in EXAMPLES]
MADE = {
    "01_read.py": {"greensleeves.pdf"},
    "02_progression.py": {"bossa.mid", "funk.mid", "trio.musicxml"},
    "03_lead_sheet.py": {"jasmine-lofi.mid", "jasmine-bossa.mid", "jasmine-lead.pdf"},
    "04_own_style.py": {"campfire-given.mid", "campfire-invented.mid"},
    "05_stems_and_loop.py": {"level.wav", "level-Melody.wav", "hall.flac"},
    "06_edit.py": {"edited.mid", "edited.json"},
}
SAID = {
    "01_read.py": "sounds like A minor",
    "02_progression.py": "Two ways home",
    "03_lead_sheet.py": "the melody is kept: True",
    "04_own_style.py": "Campfire: Guitar, Bass, Shaker",
    "05_stems_and_loop.py": "the loop lasts 6.400 s, its bars 6.400 s",
    "06_edit.py": "the same after reading: True",
}


def test_they_are_numbered_and_short() -> None:
    assert set(NAMES) == set(MADE) == set(SAID)
    assert [int(name[:2]) for name in NAMES] == list(range(1, len(NAMES) + 1))
    assert all(len(path.read_text(encoding="utf-8").splitlines()) < 60 for path in EXAMPLES)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_it_runs(name: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", str(ROOT / "examples" / name)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )
    assert done.returncode == 0, done.stderr
    assert SAID[name] in done.stdout
    assert "False" not in done.stdout
    made = {path.name for path in tmp_path.iterdir()}
    assert MADE[name] <= made
    assert all((tmp_path / file).stat().st_size > 50 for file in made)
