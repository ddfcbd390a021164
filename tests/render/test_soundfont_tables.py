import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motet.errors import FormatError
from motet.render.soundfont import SoundFont
from motet.render.soundfont_tables import SoundFontTables
from soundfont_files import sine, write_soundfont


@pytest.fixture
def font_path(tmp_path: Path) -> Path:
    return write_soundfont(
        tmp_path / "a.sf2", sine(1000, period=100), loop=(100, 900), instrument=[({53: 0}, ())]
    )


def test_reads_names_samples_and_zones(font_path: Path) -> None:
    tables = SoundFontTables(font_path)
    assert tables.name == "Tiny"
    assert tables.presets == {(0, 0): ("Preset", 0)}
    head = tables.samples[0]
    assert (head.name, head.start, head.end, head.root_key) == ("Wave", 0, 1000, 69)
    assert tables.instruments[0][0].target == 0


def test_global_zone_is_inherited_and_overridden(tmp_path: Path) -> None:
    zones = [({48: 100, 17: -250}, ()), ({17: 250, 53: 0}, ())]
    path = write_soundfont(tmp_path / "a.sf2", sine(500, period=50), loop=(0, 50), instrument=zones)
    zone = SoundFontTables(path).instruments[0][0]
    assert zone.generators[48] == 100
    assert zone.generators[17] == 250


@pytest.mark.parametrize("text", [b"", b"RIFF", b"MThd" + bytes(40), b"RIFF\x04\0\0\0sfbk"])
def test_refuses_what_is_no_soundfont(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "bad.sf2"
    path.write_bytes(text)
    with pytest.raises(FormatError) as caught:
        SoundFontTables(path)
    assert "bad.sf2" in str(caught.value)
    assert caught.value.zh


def test_refuses_a_cut_file(font_path: Path) -> None:
    font_path.write_bytes(font_path.read_bytes()[:-50])
    with pytest.raises(FormatError, match="past the end"):
        SoundFontTables(font_path)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=st.integers(0, 2600), value=st.integers(0, 255))
def test_one_wrong_byte_is_read_or_refused(font_path: Path, at: int, value: int) -> None:
    whole = font_path.read_bytes()
    broken = bytearray(whole)
    broken[at % len(whole)] = value
    bent = font_path.with_name("bent.sf2")
    bent.write_bytes(bytes(broken))
    with contextlib.suppress(FormatError):
        font = SoundFont(bent)
        for region in font.regions(0, 0, key=60, velocity=80):
            font.sample(region.sample)
