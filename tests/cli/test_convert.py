"""``motet convert``: files in, files out, streams where asked."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from motet.cli.convert import register
from motet.io import read, write, write_json
from motet.score import make_score

SCORE = make_score("C4:1 E4:1 G4:2")


def test_a_file_becomes_another(motet: Callable[..., Any], tmp_path: Path) -> None:
    write(SCORE, tmp_path / "a.mid")
    found = motet("convert", "a.mid", "b.json", "--json")
    assert found.code == 0
    assert found.facts["files"] == ["b.json"]
    assert read(tmp_path / "b.json").score.n_notes == 3


def test_what_midi_cannot_say_is_told(motet: Callable[..., Any]) -> None:
    found = motet("convert", "-", "a.mid", "--json", stdin=write_json(make_score("Eb4:1 Gb4:1")))
    assert [note for note in found.facts["notes"] if note.startswith("a.mid: 2 ×")]
    spoken = motet("convert", "-", "b.mid", "--lang", "zh", stdin=write_json(make_score("Eb4:1")))
    assert "b.mid:1 ×" in spoken.err
    assert spoken.out == "b.mid\n"


def test_midi_flows_through_a_pipe(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "motet.cli.main", "convert", "-", "-", "--to", "mid"],
        input=write_json(SCORE),
        capture_output=True,
        check=True,
        cwd=tmp_path,
        env=dict(os.environ),
    )
    assert done.stdout.startswith(b"MThd")
    assert read(io.BytesIO(done.stdout).getvalue()).score.n_notes == 3
    assert list(tmp_path.iterdir()) == []


def test_json_and_a_stream_cannot_share_stdout(motet: Callable[..., Any]) -> None:
    found = motet("convert", "-", "-", "--json", stdin=write_json(SCORE))
    assert found.code == 2
    assert found.facts["error"]["type"] == "ParameterError"


def test_an_unknown_kind_is_refused(motet: Callable[..., Any]) -> None:
    found = motet("convert", "-", "a.mp4", stdin=write_json(SCORE))
    assert found.code == 2
    assert "did you mean mp3" in found.err
    assert callable(register)


def test_a_folder_is_converted_whole_and_what_fails_is_named(
    motet: Callable[..., Any], tmp_path: Path
) -> None:
    source = tmp_path / "in"
    source.mkdir()
    write(SCORE, source / "a.mid")
    (source / "bad.mid").write_bytes(b"junk")
    found = motet("convert", "in", "out", "--to", "json")
    assert found.code == 3
    assert "1 of 2 files converted" in found.out
    assert "bad.mid" in found.out
    assert (tmp_path / "out" / "a.json").exists()
