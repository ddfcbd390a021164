"""Uploads become projects: scores, projects, recordings, a hummed tune with a band."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from motet.audio import Audio, write_audio
from motet.errors import FormatError
from motet.io import write_midi
from motet.project import Project
from motet.score import make_score
from motet.server.import_worker import RESULT, take_in
from motet.server.parse_worker import parse_upload

RATE_HZ = 16000


class _Listener:
    """Notes what a worker tells."""

    cancel = None

    def __init__(self) -> None:
        self.told: list[tuple[float, str, str]] = []

    def progress(self, fraction: float, en: str, zh: str) -> None:
        self.told.append((fraction, en, zh))


def _take(folder: Path, data: bytes, kind: str, name: str, **wish: Any) -> tuple[Any, Project, Any]:
    (folder / "data").write_bytes(data)
    known = {"folder": str(folder), "kind": kind, "name": name}
    facts = parse_upload(known)
    listener = _Listener()
    told = take_in({**known, "facts": facts, **wish}, listener)
    return told, Project.open(folder / RESULT), listener


def _sung(folder: Path, hz: tuple[float, ...]) -> bytes:
    t = np.arange(RATE_HZ // 2) / RATE_HZ
    tones = [0.5 * np.sin(2 * np.pi * one * t) * np.hanning(len(t)) for one in hz]
    sound = np.concatenate(tones).astype(np.float32)
    audio = Audio(np.stack([sound, sound], axis=1), RATE_HZ)
    return write_audio(audio, folder / "sung.wav").read_bytes()


def test_a_midi_file_becomes_a_project_under_its_name(tmp_path: Path) -> None:
    told, project, listener = _take(
        tmp_path, write_midi(make_score("C4:4 E4:4")), "score", "my tune.mid"
    )
    assert project.title == "my tune"
    assert [note.pitch for note in project.score.parts[0].notes] == [60, 64]
    assert told["heard"] is None
    assert listener.told[-1][0] == 1.0


def test_a_project_comes_whole_with_its_history(tmp_path: Path) -> None:
    project = Project.start(make_score("C4:4 E4:4"), title="Old")
    project.propose("humanise", n=1)
    project.accept(1)
    data = project.save(tmp_path / "old.motet").read_bytes()
    _, made, _ = _take(tmp_path, data, "project", "old.motet", title="")
    assert [node.task for node in made.tree] == ["import", "humanise"]


def test_a_hummed_tune_gets_a_band_and_stays_as_it_was(tmp_path: Path) -> None:
    data = _sung(tmp_path, (262, 294, 330, 349, 392, 349, 330, 294) * 2)
    told, project, listener = _take(
        tmp_path, data, "audio", "hum.wav", hum=True, accompany=True, style="bossa", qpm=120
    )
    assert [node.task for node in project.tree] == ["hum", "accompany"]
    sung = project.score_of("1").parts[0].notes
    assert [note.pitch for note in sung][:5] == [60, 62, 64, 65, 67]
    assert [(one.pitch, one.onset_tick) for one in project.score.parts[0].notes] == [
        (one.pitch, one.onset_tick) for one in sung
    ]
    assert len(project.score.parts) >= 3
    assert set(project.current.written[0]) == {"h"}
    assert told["heard"]["qpm"] == pytest.approx(120, abs=2)
    assert told["remarks"][-1]["zh"].startswith("已在旋律之下")
    fractions = [one[0] for one in listener.told]
    assert fractions == sorted(fractions)


def test_silence_is_refused_in_plain_words(tmp_path: Path) -> None:
    silence = Audio(np.zeros((RATE_HZ, 2), np.float32), RATE_HZ)
    data = write_audio(silence, tmp_path / "s.wav").read_bytes()
    with pytest.raises(FormatError, match="sing closer") as caught:
        _take(tmp_path, data, "audio", "s.wav", hum=True)
    assert "话筒" in caught.value.zh
    assert not (tmp_path / RESULT).exists()
