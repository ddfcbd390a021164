from pathlib import Path

import numpy as np
import pytest

from motet.errors import FormatError
from motet.render.soundfont import SoundFont, load_soundfont, read_soundfont
from soundfont_files import sine, write_soundfont


def test_presets_add_and_intersect(tmp_path: Path) -> None:
    font = SoundFont(
        write_soundfont(
            tmp_path / "a.sf2",
            sine(1000, period=100),
            loop=(100, 900),
            instrument=[({43: 40 | 80 << 8, 48: 100, 54: 1, 53: 0}, ())],
            preset=[({43: 60 | 100 << 8, 48: 50, 41: 0}, ())],
        )
    )
    assert font.regions(0, 0, key=59, velocity=80) == ()
    (region,) = font.regions(0, 0, key=60, velocity=80)
    assert region.keys == (60, 80)
    assert region.attenuation_db == pytest.approx(0.4 * 15.0)
    assert (region.loop, region.loop_start, region.loop_end) == (1, 100, 900)


def test_missing_programs_fall_back(tmp_path: Path) -> None:
    font = SoundFont(
        write_soundfont(
            tmp_path / "a.sf2",
            sine(500, period=50),
            loop=(0, 50),
            instrument=[({53: 0}, ())],
            presets=((0, 0), (0, 5), (128, 0), (128, 8)),
        )
    )
    assert font.find_preset(3, 5) == (0, 5)
    assert font.find_preset(0, 77) == (0, 0)
    assert font.find_preset(128, 13) == (128, 8)
    assert font.find_preset(128, 40) == (128, 0)


def test_24_bit_samples_have_their_low_byte(tmp_path: Path) -> None:
    pcm = np.array([0, 256, -256, 100] * 20, dtype=np.int16)
    path = write_soundfont(
        tmp_path / "a.sf2",
        pcm,
        loop=(0, 40),
        instrument=[({53: 0}, ())],
        low_bytes=bytes([128] * (len(pcm) + 46)),
    )
    found = SoundFont(path).sample(0)
    assert found[:4] * 32768 == pytest.approx([0.5, 256.5, -255.5, 100.5])


def test_shipped_font_covers_general_midi() -> None:
    font = load_soundfont()
    assert {(0, program) for program in range(128)} <= set(font.presets)
    assert (128, 0) in font.presets
    (region, *_) = font.regions(0, 0, key=60, velocity=80)
    assert region.loop_end <= len(font.sample(region.sample))
    assert read_soundfont(font.path) is font


def test_missing_file_is_a_format_error(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        read_soundfont(tmp_path / "none.sf2")


def test_damaged_vorbis_sample_is_named(tmp_path: Path) -> None:
    data = bytearray(load_soundfont().path.read_bytes())
    at = data.find(b"OggS")
    data[at : at + 4000] = bytes(4000)
    path = tmp_path / "bad.sf3"
    path.write_bytes(bytes(data))
    with pytest.raises(FormatError, match="not valid Ogg Vorbis"):
        SoundFont(path).sample(0)
