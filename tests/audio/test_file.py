import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from motet.audio.file import QUALITIES, read_audio, write_audio
from motet.audio.recording import Audio
from motet.errors import FormatError, ParameterError


def tone(seconds: float, rate_hz: int = 44100) -> Audio:
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    left = 0.5 * np.sin(2 * np.pi * 440 * t)
    return Audio(np.stack([left, 0.5 * left], axis=1).astype(np.float32), rate_hz)


@pytest.mark.parametrize("ending", ["wav", "flac"])
@pytest.mark.parametrize("quality", QUALITIES)
def test_lossless_formats_come_back(tmp_path: Path, ending: str, quality: str) -> None:
    audio = tone(2.0)
    back = read_audio(write_audio(audio, tmp_path / f"a.{ending}", quality=quality))
    assert back.sample_rate_hz == 44100
    worst = {"low": 3e-5 * 2, "medium": 3e-5 * 2, "high": 2e-7, "float": 2e-7}[quality]
    assert np.abs(back.samples - audio.samples).max() < worst * 1.6


@pytest.mark.parametrize("ending", ["ogg", "mp3"])
def test_lossy_formats_sound_the_same(tmp_path: Path, ending: str) -> None:
    audio = tone(3.0)
    back = read_audio(write_audio(audio, tmp_path / f"a.{ending}"))
    assert back.duration_s == pytest.approx(3.0, abs=0.1)
    middle = back.samples[44100:88200]
    assert middle[:, 0].std() == pytest.approx(0.5 / 2**0.5, rel=0.05)
    assert middle[:, 1].std() == pytest.approx(0.25 / 2**0.5, rel=0.05)


def test_minutes_of_ogg_do_not_end_the_process(tmp_path: Path) -> None:
    path = write_audio(tone(150.0), tmp_path / "long.ogg", quality="low")
    assert soundfile.info(path).frames == 150 * 44100


def test_better_quality_is_larger(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    audio = Audio(rng.normal(0, 0.1, (88200, 2)).astype(np.float32), 44100)
    for ending in ("ogg", "mp3"):
        sizes = [
            write_audio(audio, tmp_path / f"{q}.{ending}", quality=q).stat().st_size
            for q in ("low", "medium", "high")
        ]
        assert sizes == sorted(sizes)
        assert sizes[0] < sizes[2]


@pytest.mark.parametrize("ending", ["wav", "flac", "ogg", "mp3"])
def test_tags_are_written(tmp_path: Path, ending: str) -> None:
    path = write_audio(tone(0.5), tmp_path / f"a.{ending}", title="月光", composer="Motet")
    with soundfile.SoundFile(path) as file:
        assert file.title == "月光"
        assert file.artist == "Motet"


def test_bad_requests_leave_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="ends in"):
        write_audio(tone(0.1), tmp_path / "a.aiff")
    with pytest.raises(ParameterError, match="quality"):
        write_audio(tone(0.1), tmp_path / "a.wav", quality="best")
    with pytest.raises(ParameterError, match="MP3"):
        write_audio(tone(0.1, 96000), tmp_path / "a.mp3")
    with pytest.raises(FormatError, match="cannot be written"):
        write_audio(tone(0.1), tmp_path / "none" / "a.wav")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_audio_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"RIFF....")
    with pytest.raises(FormatError, match=r"a\.wav"):
        read_audio(path)


def test_mono_and_surround_become_stereo(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "m.wav", np.full(100, 0.5), 8000)
    soundfile.write(tmp_path / "s.wav", np.tile([0.1, 0.2, 0.3, 0.4], (100, 1)), 8000)
    assert read_audio(tmp_path / "m.wav").samples[5] == pytest.approx([0.5, 0.5], abs=1e-4)
    assert read_audio(tmp_path / "s.wav").samples[5] == pytest.approx([0.2, 0.3], abs=1e-4)


def wav(data: bytes = b"\0" * 400, **lies: int) -> bytes:
    """Return a WAV whose head may lie."""
    channels, rate_hz, bits = lies.get("channels", 2), lies.get("rate_hz", 44100), 16
    block = lies.get("block", channels * bits // 8)
    form = struct.pack("<IHHIIHH", 16, 1, channels, rate_hz, rate_hz * 4 % 2**32, block, bits)
    body = b"fmt " + form + b"data" + struct.pack("<I", lies.get("length", len(data))) + data
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE" + body


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"", "byte 0"),
        (b"RIFF", "byte 0"),
        (bytes(range(256)) * 40, "byte 0"),
        (wav(length=100_000), "byte 40"),
        (wav(b"\1" * 4000)[:900], "byte 40"),
        (wav(rate_hz=10**9), "byte 0"),
        (wav(rate_hz=0), "byte 0"),
        (wav(channels=0), "byte 0"),
        (wav(channels=65535, block=4), "byte 0"),
        (wav(channels=1000), "byte 0"),
        (b"RIFF\xff\xff\xff\x7fWAVE" + b"junk\0\0\0\0" * 100_000, "byte 0"),
        (b"OggS" * 10_000, "byte 0"),
        (b"\xff\xfb\x90\x64" * 10_000, "byte 0"),
        (b"ID3\3\0\0\x7f\x7f\x7f\x7f" + b"\0" * 1000, "byte 0"),
        (b".snd" + struct.pack(">IIIII", 24, 2**32 - 1, 3, 44100, 1000) + b"\0" * 1000, "byte 0"),
    ],
)
def test_hostile_audio_is_refused_with_its_place(tmp_path: Path, data: bytes, place: str) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(data)
    with pytest.raises(FormatError, match="cannot be read as audio") as caught:
        read_audio(path)
    assert caught.value.place == place
    assert "无法作为音频读取" in caught.value.zh


def test_a_length_that_was_not_known_is_no_lie(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(wav(length=2**32 - 1))
    assert read_audio(tmp_path / "a.wav").samples.shape == (100, 2)


def test_a_recording_of_nothing_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(wav(b""))
    assert read_audio(tmp_path / "a.wav").samples.shape == (0, 2)


def test_an_hour_packed_into_little_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.flac"
    with soundfile.SoundFile(path, "w", 44100, 1, format="FLAC") as file:
        for _ in range(35):
            file.write(np.zeros(1 << 20, np.int16))
    assert path.stat().st_size < 1_000_000
    with pytest.raises(FormatError, match="at most 30,000,000 are read"):
        read_audio(path)


def test_what_breaks_off_inside_is_refused_where_it_breaks(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).random((400_000, 2)) - 0.5
    soundfile.write(tmp_path / "a.flac", noise, 44100)
    data = (tmp_path / "a.flac").read_bytes()
    (tmp_path / "a.flac").write_bytes(data[: len(data) // 2])
    with pytest.raises(FormatError, match="frame") as caught:
        read_audio(tmp_path / "a.flac")
    assert caught.value.place.startswith("frame ")


def test_sound_that_is_no_number_is_refused(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.full(100, np.nan, np.float32), 8000, subtype="FLOAT")
    with pytest.raises(FormatError, match="not finite"):
        read_audio(tmp_path / "a.wav")
