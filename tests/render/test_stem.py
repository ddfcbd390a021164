from pathlib import Path

import numpy as np
import pytest

from motet.render.performance import Performance, Strike
from motet.render.soundfont import SoundFont, load_soundfont
from motet.render.stem import render_stem, stem_end_s
from soundfont_files import sine, write_soundfont

RATE = 44100


def strike(onset: float, off: float, key: int = 69, **more: int) -> Strike:
    values = {"velocity": 127, "bank": 0, "program": 0} | more
    return Strike(onset, off, key, **values)


def font_of(tmp_path: Path, generators: dict[int, int]) -> SoundFont:
    return SoundFont(
        write_soundfont(
            tmp_path / "a.sf2",
            sine(4410, period=100),
            loop=(1000, 4000),
            instrument=[({54: 1, **generators, 53: 0}, ())],
            presets=((0, 0), (128, 0)),
        )
    )


def level(stem: np.ndarray, start: float, end: float) -> float:
    return float(np.abs(stem[:, round(start * RATE) : round(end * RATE)]).max())


def test_notes_sound_when_they_should(tmp_path: Path) -> None:
    font = font_of(tmp_path, {38: -7000})
    stem = render_stem(font, Performance((strike(0.5, 1.0),)), n=2 * RATE, rate_hz=RATE)
    assert level(stem, 0.0, 0.5) == 0.0
    assert level(stem, 0.6, 1.0) == pytest.approx(0.5, abs=0.02)
    assert level(stem, 1.1, 2.0) < 1e-4
    assert stem.dtype == np.float32


def test_velocity_attenuates(tmp_path: Path) -> None:
    font = font_of(tmp_path, {})
    soft = Performance((strike(0.0, 1.0, velocity=64),))
    stem = render_stem(font, soft, n=RATE, rate_hz=RATE)
    assert level(stem, 0.1, 0.9) == pytest.approx(0.5 * (64 / 127) ** 2, rel=0.03)


@pytest.mark.parametrize(("pan", "left", "right"), [(0, 1, 1), (-500, 2**0.5, 0), (500, 0, 2**0.5)])
def test_pan_has_equal_power(tmp_path: Path, pan: int, left: float, right: float) -> None:
    stem = render_stem(
        font_of(tmp_path, {17: pan}), Performance((strike(0.0, 1.0),)), n=RATE, rate_hz=RATE
    )
    found = np.abs(stem[:, 5000:]).max(axis=1)
    assert found == pytest.approx([0.5 * left, 0.5 * right], abs=0.02)


def test_exclusive_class_cuts(tmp_path: Path) -> None:
    font = font_of(tmp_path, {57: 1, 38: 3000})
    ringing = Performance((strike(0.0, 3.0, 60), strike(1.0, 1.1, 72)))
    alone = Performance((strike(0.0, 3.0, 60),))
    cut = render_stem(font, ringing, n=3 * RATE, rate_hz=RATE)
    free = render_stem(font, alone, n=3 * RATE, rate_hz=RATE)
    assert np.array_equal(cut[:, : RATE - 10], free[:, : RATE - 10])
    assert level(free, 2.0, 3.0) > 0.4
    only_new = render_stem(font, Performance((strike(1.0, 1.1, 72),)), n=3 * RATE, rate_hz=RATE)
    assert np.abs((cut - only_new)[:, int(1.4 * RATE) :]).max() < 1e-3


def test_repeated_notes_are_the_same_sound(tmp_path: Path) -> None:
    font = font_of(tmp_path, {38: -5000})
    stem = render_stem(
        font, Performance((strike(0.0, 0.4), strike(1.0, 1.4))), n=2 * RATE, rate_hz=RATE
    )
    assert stem[:, :RATE] == pytest.approx(stem[:, RATE:], abs=1e-6)


def test_a_bend_is_heard_only_where_it_is(tmp_path: Path) -> None:
    font = font_of(tmp_path, {})
    strikes = (strike(0.0, 1.0), strike(4.0, 5.0))
    plain = render_stem(font, Performance(strikes), n=6 * RATE, rate_hz=RATE)
    bent = render_stem(
        font, Performance(strikes, bend_cents=((0.2, 100.0), (0.8, 0.0))), n=6 * RATE, rate_hz=RATE
    )
    assert not np.allclose(plain[:, 20000:30000], bent[:, 20000:30000], atol=0.1)
    assert np.allclose(plain[:, 4 * RATE :], bent[:, 4 * RATE :], atol=1e-6)


def test_negative_onsets_start_inside(tmp_path: Path) -> None:
    stem = render_stem(
        font_of(tmp_path, {}), Performance((strike(-0.5, 0.5),)), n=RATE, rate_hz=RATE
    )
    assert level(stem, 0.0, 0.01) > 0.4


def test_all_programs_and_kits_sound() -> None:
    font = load_soundfont()
    for program in range(128):
        notes = tuple(strike(0.0, 0.5, key, program=program, velocity=90) for key in (48, 72))
        stem = render_stem(font, Performance(notes), n=RATE // 2, rate_hz=RATE)
        assert 0.003 < level(stem, 0.0, 0.5) < 2.0, program
        assert np.isfinite(stem).all()
    for key in (35, 36, 38, 42, 46, 49, 51):
        hit = Performance((strike(0.0, 0.2, key, bank=128, velocity=90),))
        assert level(render_stem(font, hit, n=RATE, rate_hz=RATE), 0.0, 0.5) > 0.01


def test_end_follows_the_release(tmp_path: Path) -> None:
    font = font_of(tmp_path, {38: 1200})
    assert stem_end_s(font, Performance((strike(0.0, 1.0),))) == pytest.approx(3.0)
