"""``motet hum``: a file becomes a melody; a machine without a microphone says so."""

from __future__ import annotations

import ctypes.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sung_tunes import RATE_HZ, SINGERS, sing

from motet.audio import Audio, write_audio
from motet.cli.hum import register
from motet.io import read

TUNE = [(0.3 + 0.5 * k, 0.5, pitch) for k, pitch in enumerate((60, 62, 64, 65, 67, 65, 64, 60))]


@pytest.fixture
def take(tmp_path: Path) -> str:
    sound, _ = sing(TUNE, SINGERS["words"], seed=5)
    write_audio(Audio(np.stack([sound, sound], axis=1), RATE_HZ), tmp_path / "take.wav")
    return "take.wav"


def test_a_file_becomes_a_melody(motet: Callable[..., Any], tmp_path: Path, take: str) -> None:
    found = motet("hum", take, "--performed", "sung.mid", "--qpm", "120", "--title", "Mine")
    assert found.code == 0
    assert "motet harmonise take.musicxml" in found.out
    score = read(tmp_path / "take.musicxml").score
    assert [note.pitch + 12 for note in score.parts[0].notes] == [pitch for _, _, pitch in TUNE]
    assert score.title == "Mine"
    bends = read(tmp_path / "sung.mid").score.parts[0].controls
    assert any(one.kind == "bend" for one in bends)


def test_json_and_chinese(motet: Callable[..., Any], tmp_path: Path, take: str) -> None:
    found = motet("hum", take, "-o", "out/tune.mid", "--key", "F", "--json")
    assert found.facts["key"] == "F major"
    assert found.facts["n_notes"] == len(TUNE)
    assert (tmp_path / "out" / "tune.mid").exists()
    assert "接下来可以" in motet("hum", take, "-o", "b.mid", "--lang", "zh").out


@pytest.mark.parametrize(
    ("args", "code", "en", "zh"),
    [
        (["missing.wav"], 3, "missing.wav: cannot be read as audio", "无法作为音频读取"),
        (["take.wav", "--grid", "soup"], 2, "grid must be one of", "网格"),
        (["take.wav", "--take", "a.wav"], 2, "--take is for the microphone", "只用于话筒"),
        (["take.wav", "-o", "a.soup"], 2, "the output must end in", "扩展名必须是"),
        (["silent.wav"], 3, "no voice was heard", "没有听到人声"),
        (["--seconds", "0"], 2, "seconds must be 0.5 to 600", "seconds 必须在"),
    ],
)
def test_mistakes_write_nothing(
    motet: Callable[..., Any],
    tmp_path: Path,
    take: str,  # noqa: ARG001
    args: list[str],
    code: int,
    en: str,
    zh: str,
) -> None:
    write_audio(Audio(np.zeros((8000, 2), np.float32), 16000), tmp_path / "silent.wav")
    for language, text in (("en", en), ("zh", zh)):
        found = motet("hum", *args, "--lang", language)
        assert found.code == code
        assert text in found.err
        assert "Traceback" not in found.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["silent.wav", "take.wav"]


@pytest.mark.skipif(ctypes.util.find_library("portaudio") is not None, reason="PortAudio is here")
def test_a_machine_without_portaudio(motet: Callable[..., Any]) -> None:
    found = motet("hum", "--seconds", "2")
    assert found.code == 2
    assert "sudo apt install libportaudio2" in found.err
    assert "PortAudio 库" in motet("hum", "--lang", "zh").err


def test_it_registers_itself() -> None:
    assert callable(register)
