"""``motet render``: sound by default, beside the source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.render import register
from motet.io import write
from motet.score import make_score


@pytest.fixture
def source(tmp_path: Path) -> str:
    write(make_score("C4:1 E4:1"), tmp_path / "a.mid")
    return "a.mid"


def test_a_wav_beside_the_source(motet: Callable[..., Any], source: str, tmp_path: Path) -> None:
    found = motet("render", source, "--json")
    assert found.code == 0
    assert found.facts["files"] == ["a.wav"]
    assert (tmp_path / "a.wav").read_bytes().startswith(b"RIFF")


def test_options_reach_the_renderer(motet: Callable[..., Any], source: str, tmp_path: Path) -> None:
    import soundfile

    options = ["--loop", "--sample-rate", "22050", "--loudness", "-20", "--engine", "motet"]
    found = motet("render", source, "-o", "b.flac", *options)
    assert found.code == 0
    assert soundfile.info(tmp_path / "b.flac").samplerate == 22050


@pytest.mark.parametrize("options", [["--engine", "orchestra"], ["--sample-rate", "1"]])
def test_wrong_options_leave_no_file(
    motet: Callable[..., Any], source: str, tmp_path: Path, options: list[str]
) -> None:
    found = motet("render", source, *options)
    assert found.code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["a.mid"]
    assert callable(register)
