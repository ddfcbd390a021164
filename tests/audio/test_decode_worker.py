"""The decoder's own process."""

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from motet.audio.decode_worker import Tally, mono_blocks, stereo_blocks


def opened(samples: np.ndarray) -> soundfile.SoundFile:
    memory = io.BytesIO()
    soundfile.write(memory, samples, 8000, format="WAV", subtype="FLOAT")
    memory.seek(0)
    return soundfile.SoundFile(memory)


def test_many_channels_are_mixed_to_two() -> None:
    blocks = list(stereo_blocks(opened(np.tile([0.1, 0.2, 0.3, 0.4], (10, 1)))))
    assert np.concatenate(blocks)[3] == pytest.approx([0.2, 0.3])


def test_infinite_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="not finite"):
        list(stereo_blocks(opened(np.array([0.0, np.inf], np.float32))))


def run(path: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "motet.audio.decode_worker", str(path), str(1 << 30), "20"],
        capture_output=True,
        check=False,
    )


def test_the_process_sends_facts_then_frames(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.full(5, 0.5, np.float32), 8000, subtype="FLOAT")
    head, _, body = run(tmp_path / "a.wav").stdout.partition(b"\n")
    assert json.loads(head) == {"rate_hz": 8000, "channels": 1, "frames": 5}
    assert np.frombuffer(body, np.float32).tolist() == [0.5] * 10


def test_the_process_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"no sound")
    answer = run(tmp_path / "a.wav")
    assert answer.returncode == 1
    assert json.loads(answer.stderr.decode().splitlines()[-1])["frame"] == 0


def test_channels_that_mirror_each_other_do_not_cancel():
    wave = np.sin(np.arange(800) / 7).astype(np.float32)
    mirrored, same = np.stack([wave, -wave], axis=1), np.stack([wave, wave], axis=1)
    for block in (mirrored, same):
        (mono,) = mono_blocks([block], 8000, 8000, Tally())
        assert np.abs(mono - wave).max() < 1e-6
