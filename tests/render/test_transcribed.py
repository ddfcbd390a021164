"""Folders of recordings: the tree is kept, a bad file stops nothing, nothing is half-written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import motet
from motet.audio import Audio, write_audio
from motet.errors import FormatError, ParameterError
from motet.render import render_audio
from motet.render.transcribed import find_recordings, transcribe_folder, transcribe_missing
from motet.score import make_score


@pytest.fixture(scope="module")
def takes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("takes")
    (folder / "live").mkdir()
    sound = render_audio(make_score("C4:1 E4:1 G4:2"), reverb="none", sample_rate_hz=16000)
    write_audio(sound, folder / "one.wav")
    write_audio(Audio(np.zeros((8000, 2), np.float32), 8000), folder / "live" / "two.flac")
    (folder / "bad.mp3").write_bytes(b"ID3 this is no sound")
    (folder / ".hidden.wav").write_bytes(b"x")
    (folder / "notes.txt").write_text("x")
    return folder


def test_recordings_are_found_in_order(takes: Path) -> None:
    names = [path.relative_to(takes).as_posix() for path in find_recordings(takes)]
    assert names == ["bad.mp3", "live/two.flac", "one.wav"]


def test_a_bad_file_stops_nothing(takes: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    done = transcribe_folder(
        takes, tmp_path, kind="mid", n_workers=1,
        progress=lambda k, n, _path: told.append((k, n)),
    )  # fmt: skip
    assert [one.error is None for one in done] == [False, True, True]
    assert isinstance(done[0].error, FormatError)
    assert done[2].facts["n_notes"] >= 3
    assert told == [(1, 3), (2, 3), (3, 3)]
    written = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*"))
    assert written == ["live/two.mid", "one.mid"]
    assert motet.read(tmp_path / "one.mid").score.n_notes >= 3


def test_what_was_transcribed_is_kept(takes: Path, tmp_path: Path) -> None:
    (tmp_path / "gone.json").write_text("{}")
    (bad,) = transcribe_missing(takes, tmp_path, n_workers=1)
    assert bad.source.name == "bad.mp3"
    before = (tmp_path / "one.json").stat().st_mtime_ns
    assert not (tmp_path / "gone.json").exists()
    transcribe_missing(takes, tmp_path, n_workers=1)
    assert (tmp_path / "one.json").stat().st_mtime_ns == before


def test_a_folder_without_recordings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="no recording"):
        transcribe_folder(tmp_path, tmp_path / "out")
    with pytest.raises(ParameterError, match="n_workers"):
        transcribe_folder(tmp_path, tmp_path / "out", n_workers=0)
