import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from motet.audio.recording import Audio
from motet.audio.stream import AudioStream, mono, stream_audio
from motet.errors import FormatError, ParameterError


def tone(seconds: float, rate_hz: int, hz: float = 440.0) -> np.ndarray:
    return 0.5 * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz)


def write(path: Path, samples: np.ndarray, rate_hz: int, **options: str) -> Path:
    soundfile.write(path, samples, rate_hz, **options)
    return path


def loudest_hz(samples: np.ndarray, rate_hz: int) -> float:
    size = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(size)) * rate_hz / len(samples)


@pytest.mark.parametrize(
    ("ending", "rate_hz", "n_channels"),
    [
        ("wav", 8000, 1),
        ("wav", 192000, 2),
        ("wav", 96000, 8),
        ("flac", 44100, 6),
        ("ogg", 48000, 2),
        ("mp3", 16000, 1),
        ("aiff", 11025, 3),
    ],
)
def test_any_kind_of_file_comes_out_as_one_channel(
    tmp_path: Path, ending: str, rate_hz: int, n_channels: int
) -> None:
    sound = np.repeat(tone(1.5, rate_hz)[:, None], n_channels, axis=1)
    stream = stream_audio(write(tmp_path / f"a.{ending}", sound, rate_hz), block_s=1.0)
    blocks = list(stream)
    assert len(blocks[0]) == 22050
    assert all(block.dtype == np.float32 for block in blocks)
    assert stream.duration_s == pytest.approx(1.5, abs=0.1)
    assert (stream.source_rate_hz, stream.n_channels) == (rate_hz, n_channels)
    assert stream.peak == pytest.approx(0.5, abs=0.02)
    assert stream.clipped == 0.0
    assert loudest_hz(np.concatenate(blocks), 22050) == pytest.approx(440, abs=1.5)


def test_blocks_have_no_seams(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", tone(2.0, 48000), 48000, subtype="FLOAT")
    whole = mono(path, 22050)
    parts = np.concatenate(list(stream_audio(path, block_s=0.05)))
    assert np.array_equal(whole, parts)
    middle = slice(2000, 42000)
    assert np.abs(whole[middle] - tone(2.0, 22050)[middle]).max() < 1e-3


def test_a_stretch_is_cut_out(tmp_path: Path) -> None:
    sound = np.arange(8000) / 8000
    path = write(tmp_path / "a.wav", sound, 8000, subtype="FLOAT")
    stream = stream_audio(path, rate_hz=8000, start_s=0.25, end_s=0.5)
    block = np.concatenate(list(stream))
    assert block[[0, -1]] == pytest.approx([0.25, 3999 / 8000])
    assert stream.total_s == stream.duration_s == 0.25
    with pytest.raises(ParameterError, match=r"start_s must lie within"):
        list(stream_audio(path, start_s=2.0))


def test_a_stream_can_be_read_twice_and_left_early(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", tone(3.0, 22050), 22050)
    stream = stream_audio(path, block_s=0.1)
    for block in stream:
        assert len(block) == 2205
        break
    assert sum(len(block) for block in stream) == 66150
    assert stream_audio(stream) is stream
    assert sum(len(block) for block in stream_audio(stream, rate_hz=8000)) == pytest.approx(24000)


def test_sound_in_memory_is_the_same_as_in_a_file(tmp_path: Path) -> None:
    sound = np.stack([tone(1.0, 32000), tone(1.0, 32000, 660)], axis=1).astype(np.float32)
    path = write(tmp_path / "a.wav", sound, 32000, subtype="FLOAT")
    assert np.array_equal(mono(path, 22050), mono(Audio(sound, 32000), 22050))


def test_silence_clipping_and_a_tenth_of_a_second_are_told(tmp_path: Path) -> None:
    stream = stream_audio(write(tmp_path / "silent.wav", np.zeros(4410), 44100))
    assert not np.concatenate(list(stream)).any()
    assert (stream.duration_s, stream.peak, stream.clipped) == (0.1, 0.0, 0.0)
    stream = stream_audio(write(tmp_path / "loud.wav", np.clip(9 * tone(1, 44100), -1, 1), 44100))
    list(stream)
    assert stream.peak > 0.999
    assert 0.8 < stream.clipped < 1.0


@pytest.mark.parametrize("kind", ["WAV", "FLAC", "OGG", "MP3"])
def test_damaged_files_are_refused(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / "a.bin", tone(1.0, 16000), 16000, format=kind)
    path.write_bytes(b"\xff\x00" * 40 + path.read_bytes()[80:200])
    with pytest.raises(FormatError, match=r"a\.bin"):
        list(stream_audio(path))
    path.write_bytes(b"")
    with pytest.raises(FormatError, match="empty") as caught:
        stream_audio(path)
    assert "文件为空" in caught.value.localised("zh")


def test_a_cut_off_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.flac", np.random.default_rng(1).random(160000) - 0.5, 16000)
    path.write_bytes(path.read_bytes()[:60000])
    with pytest.raises(FormatError):
        list(stream_audio(path))


def test_a_claim_of_days_is_refused_at_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.w64", np.zeros(100), 8000, format="RF64")
    data = bytearray(path.read_bytes())
    at = data.index(b"fmt ") + 8
    data[at + 4 : at + 8] = struct.pack("<I", 1)
    path.write_bytes(bytes(data))
    with pytest.raises(FormatError, match="4,000 to 768,000 Hz"):
        list(stream_audio(path))
    sound = Audio(
        np.lib.stride_tricks.as_strided(np.zeros(1, np.float32), (6 * 10**8, 2), (0, 0)), 22050
    )
    with pytest.raises(FormatError, match="at most 6 are heard"):
        stream_audio(sound)


def test_numbers_that_are_no_sound_are_refused(tmp_path: Path) -> None:
    bad = np.array([[0.0, np.nan]] * 10, np.float32)
    with pytest.raises(ParameterError, match="not finite"):
        list(AudioStream(Audio(bad, 22050)))
    path = write(tmp_path / "a.wav", bad, 22050, subtype="FLOAT")
    with pytest.raises(FormatError, match="not finite"):
        list(stream_audio(path))


@pytest.mark.parametrize(
    "wish", [{"rate_hz": 100}, {"start_s": -1.0}, {"start_s": 2.0, "end_s": 1.0}, {"block_s": 0.0}]
)
def test_wishes_out_of_range_are_refused(wish: dict[str, float]) -> None:
    with pytest.raises(ParameterError, match=next(reversed(wish))):
        stream_audio(Audio(np.zeros((9, 2), np.float32), 8000), **wish)
