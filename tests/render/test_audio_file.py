from pathlib import Path

import numpy as np
import pytest
import soundfile

from motet.errors import FormatError, ParameterError
from motet.render.audio_file import QUALITIES, read_audio, write_audio
from motet.render.sound import Audio


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
