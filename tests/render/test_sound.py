import itertools
from dataclasses import replace

import numpy as np
import pytest

from motet.render.fluidsynth import find_fluidsynth
from motet.render.loudness import measure_loudness_lufs, measure_true_peak_db
from motet.render.sound import render_audio, render_stems
from motet.score import Score, make_score

RATE = 44100
BAND = make_score(
    "E5:1 G5:1 A5:0.5 G5:0.5 E5:1 D5:2 E5:2",
    "C4+E4+G4:1 C4+E4+G4:1 F4+A4+C5:1 C4+E4+G4:1 G3+B3+D4:2 C4+E4+G4:2",
    "C2:1 C2:1 F2:1 C2:1 G2:2 C2:2",
    "drums 36+42:0.5 42:0.5 38+42:0.5 42:0.5 36+42:0.5 42:0.5 38+42:0.5 46:0.5",
    programs=(73, 4, 33),
    chords="C:2 F:1 C:1 G:2 C:2",
)


def loudness(samples: np.ndarray) -> float:
    return measure_loudness_lufs(np.ascontiguousarray(samples.T), rate_hz=RATE)


def test_reaches_its_loudness_and_never_clips() -> None:
    calls: list[tuple[int, int]] = []
    audio = render_audio(BAND, progress=lambda done, total: calls.append((done, total)))
    assert audio.samples.shape[1] == 2
    assert loudness(audio.samples) == pytest.approx(-16.0, abs=0.5)
    assert measure_true_peak_db(np.ascontiguousarray(audio.samples.T)) <= -0.95
    assert calls == [(k, 6) for k in range(1, 7)]
    assert abs(float(audio.samples.mean())) < 1e-3
    assert np.abs(audio.samples[-5:]).max() < 1e-3
    assert audio.duration_s >= 4.0


def test_rendering_twice_gives_the_same_bits() -> None:
    assert np.array_equal(render_audio(BAND).samples, render_audio(BAND).samples)


def test_stems_add_up_to_the_mix() -> None:
    stems = render_stems(BAND, loudness_lufs=-26.0)
    mix = render_audio(BAND, loudness_lufs=-26.0).samples
    total = sum(stem.samples for stem in stems.values())
    assert list(stems) == ["Part 1", "Part 2", "Part 3", "Drums"]
    n = len(mix) - 2000
    assert np.abs(total[:n] - mix[:n]).max() < 1e-4


def test_a_loop_is_exactly_its_bars_and_has_no_seam() -> None:
    audio = render_audio(BAND, loop=True, loudness_lufs=-24.0)
    assert len(audio.samples) == 4 * RATE
    twice = replace(
        BAND, parts=tuple(replace(p, notes=p.notes) for p in BAND.parts), length_tick=8 * 480
    )
    once = render_audio(twice, reverb="room", loudness_lufs=-24.0).samples
    seam = np.concatenate([audio.samples[-2000:], audio.samples[:2000]])
    inside = np.abs(np.diff(once[:, 0])).max()
    assert np.abs(np.diff(seam[1990:2010, 0])).max() < 0.5 * inside
    head = np.abs(audio.samples[:400]).max()
    assert head > np.abs(once[:5]).max()


def test_part_of_a_score() -> None:
    score = make_score("C4:1 D4:1 E4:1 F4:1", qpm=60)
    audio = render_audio(score, start_s=1.0, end_s=2.0)
    assert len(audio.samples) == RATE
    mono = audio.samples.mean(axis=1)
    spectrum = np.abs(np.fft.rfft(mono * np.hanning(RATE)))
    assert int(spectrum[250:340].argmax()) + 250 == pytest.approx(293.66, abs=2)


def test_rates_and_rooms_differ_and_empty_is_silent() -> None:
    small = render_audio(BAND, sample_rate_hz=22050)
    assert small.sample_rate_hz == 22050
    assert small.duration_s == pytest.approx(render_audio(BAND).duration_s, abs=0.6)
    dry = render_audio(BAND, reverb="none").duration_s
    assert dry < render_audio(BAND, reverb="hall").duration_s
    silence = render_audio(Score())
    assert not silence.samples.any()
    assert render_stems(Score()) == {}


def test_melody_leads_and_the_low_end_is_in_the_middle() -> None:
    stems = render_stems(BAND)
    levels = {name: loudness(stem.samples) for name, stem in stems.items()}
    assert levels["Part 1"] > levels["Part 2"] + 4.0
    bass = stems["Part 3"].samples
    assert np.corrcoef(bass.T)[0, 1] > 0.99


@pytest.mark.skipif(not find_fluidsynth(), reason="fluidsynth is not installed")
def test_both_engines_give_the_same_mix() -> None:
    own = render_stems(BAND, engine="motet")
    other = render_stems(BAND, engine="fluidsynth")
    for name, stem in own.items():
        n = min(len(stem.samples), len(other[name].samples))
        a = np.abs(np.fft.rfft(stem.samples[:n].mean(axis=1)))
        b = np.abs(np.fft.rfft(other[name].samples[:n].mean(axis=1)))
        edges = np.searchsorted(np.fft.rfftfreq(n, 1 / RATE), [60, 250, 1000, 4000])
        for low, high in itertools.pairwise(edges):
            ratio = (a[low:high] ** 2).sum() / (b[low:high] ** 2).sum()
            if (a[low:high] ** 2).sum() > 1e-3 * (a**2).sum():
                assert abs(10 * np.log10(ratio)) < 2.0, name
