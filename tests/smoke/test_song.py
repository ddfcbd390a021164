"""The whole way, once: chords, arranger, sound, sheet music, picture, all through the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from motet.io import read


@pytest.mark.slow
def test_two_bars_become_everything(tmp_path: Path) -> None:
    chords = "| Dm7 G7 | Cmaj7 |"
    done = subprocess.run(
        [sys.executable, "-m", "motet.cli.main", "arrange", chords, "--bars", "2", "--json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    facts = json.loads(done.stdout)
    assert facts["ok"] is True
    kinds = {Path(name).suffix for name in facts["files"]}
    assert kinds == {".mid", ".musicxml", ".svg", ".pdf", ".png", ".wav", ".json", ".txt"}
    assert all((tmp_path / name).stat().st_size > 100 for name in facts["files"])
    assert read(tmp_path / "song" / "song.mid").score.n_notes > 10
