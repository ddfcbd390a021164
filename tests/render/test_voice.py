from pathlib import Path

import numpy as np
import pytest

from motet.render.region import Modulator
from motet.render.soundfont import SoundFont, load_soundfont
from motet.render.voice import Tone, Wheels, modulator_value, render_tone
from soundfont_files import sine, write_soundfont

RATE = 44100


def tone_of(
    tmp_path: Path,
    generators: dict[int, int],
    *,
    key: int = 69,
    n: int = 22050,
    wheels: Wheels | None = None,
    release_at: int | None = None,
) -> Tone:
    font = SoundFont(
        write_soundfont(
            tmp_path / "a.sf2",
            sine(4410, period=100),
            loop=(1000, 4000),
            instrument=[({**generators, 53: 0}, ())],
        )
    )
    (region,) = font.regions(0, 0, key=key, velocity=100)
    return render_tone(
        font,
        region,
        key=key,
        velocity=100,
        n=n,
        rate_hz=RATE,
        wheels=wheels,
        release_at=release_at,
    )


def peak_hz(signal: np.ndarray) -> float:
    n = 1 << 19
    spectrum = np.abs(np.fft.rfft(signal * np.hanning(len(signal)), n))
    return float(spectrum.argmax() * RATE / n)


def cents(a_hz: float, b_hz: float) -> float:
    return float(1200 * np.log2(a_hz / b_hz))


@pytest.mark.parametrize("key", [45, 69, 81, 88])
def test_pitch_follows_the_key(tmp_path: Path, key: int) -> None:
    tone = tone_of(tmp_path, {54: 1}, key=key)
    assert cents(peak_hz(tone.held), 441 * 2 ** ((key - 69) / 12)) == pytest.approx(0, abs=0.5)


def test_tuning_and_scale(tmp_path: Path) -> None:
    tone = tone_of(tmp_path, {54: 1, 51: 1, 52: 25, 56: 50}, key=71)
    assert cents(peak_hz(tone.held), 441.0) == pytest.approx(100 + 25 + 100, abs=0.5)


def test_looping_is_smooth_and_lasts(tmp_path: Path) -> None:
    held = tone_of(tmp_path, {54: 1}).held
    assert np.abs(held[-2000:]).max() == pytest.approx(0.5, abs=0.01)
    assert np.abs(np.diff(held[20:])).max() < 0.5 * 2 * np.pi / 100 * 1.03
    assert len(tone_of(tmp_path, {}).held) == 4410


def test_loop_until_release_then_the_rest(tmp_path: Path) -> None:
    tone = tone_of(tmp_path, {54: 3, 38: 4000}, release_at=10000)
    assert 10000 < len(tone.held) < 10000 + 4410
    assert np.abs(np.diff(tone.held[20:-5])).max() < 0.04


def test_bend_moves_the_pitch(tmp_path: Path) -> None:
    up = Wheels(bend_cents=np.full(400, 200.0))
    assert cents(peak_hz(tone_of(tmp_path, {54: 1}, wheels=up).held), 441) == pytest.approx(
        200, abs=0.5
    )


def test_vibrato_wheel_spreads_the_pitch(tmp_path: Path) -> None:
    still = tone_of(tmp_path, {54: 1}).held
    moved = tone_of(tmp_path, {54: 1}, wheels=Wheels(modulation=127)).held
    assert not np.allclose(still, moved, atol=0.05)


def test_low_pass_takes_away_and_resonance_adds(tmp_path: Path) -> None:
    def level(signal: np.ndarray) -> float:
        return float(20 * np.log10(np.sqrt(np.mean(signal[4000:] ** 2))))

    flat = level(tone_of(tmp_path, {54: 1}).held)
    closed = level(tone_of(tmp_path, {54: 1, 8: 4500}).held)
    assert closed - flat == pytest.approx(-24.0, abs=2.0)
    resonant = level(tone_of(tmp_path, {54: 1, 8: 6900, 9: 200}).held)
    plain = level(tone_of(tmp_path, {54: 1, 8: 6900}).held)
    assert resonant - plain > 6.0


def test_modulated_filter_opens_without_clicks(tmp_path: Path) -> None:
    tone = tone_of(tmp_path, {54: 1, 8: 4000, 11: 4000, 26: -1200, 30: -2400})
    early, late = tone.held[2000:3000], tone.held[-1000:]
    assert np.abs(late).max() > 1.5 * np.abs(early).max()
    off = 15000
    seam = np.concatenate([tone.held[off - 200 : off], tone.release(off)[:200]])
    assert np.abs(np.diff(seam)).max() < 0.04


@pytest.mark.parametrize(("time_cents", "seconds"), [(0, 1.0), (-3600, 0.125)])
def test_release_falls_by_96_db_in_its_time(
    tmp_path: Path, time_cents: int, seconds: float
) -> None:
    tone = tone_of(tmp_path, {54: 1, 38: time_cents}, n=66150)
    rest = tone.release(11000)
    assert len(rest) == pytest.approx(seconds * RATE, rel=0.01)
    half = len(rest) // 2
    envelope = np.abs(rest[half - 25 : half + 25]).max()
    assert 20 * np.log10(envelope / 0.5) == pytest.approx(-48.0, abs=1.0)
    assert abs(float(rest[0]) - float(tone.held[10999])) < 0.05


def test_velocity_curve_is_that_of_general_midi() -> None:
    attenuation = Modulator(0x0502, 48, 960, 0)
    for velocity in (127, 100, 64, 10):
        found = modulator_value(attenuation, key=60, velocity=velocity, wheels=Wheels()) / 10
        assert found == pytest.approx(40 * np.log10(127 / velocity), abs=0.01)


@pytest.mark.parametrize("program", [0, 4, 24, 33, 56, 68, 73, 11])
def test_shipped_programs_are_in_tune(program: int) -> None:
    font = load_soundfont()
    region = font.regions(0, program, key=69, velocity=90)[0]
    tone = render_tone(font, region, key=69, velocity=90, n=2 * RATE, rate_hz=RATE)
    signal = tone.held[RATE // 4 :]
    n = 1 << 20
    spectrum = np.abs(np.fft.rfft(signal * np.hanning(len(signal)), n))
    low, high = int(415 * n / RATE), int(466 * n / RATE)
    found = (low + int(spectrum[low:high].argmax())) * RATE / n
    assert cents(found, 440.0) == pytest.approx(0.0, abs=6.0)
