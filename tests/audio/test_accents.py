import numpy as np

from motet.audio.accents import ROWS, STEPS, find_accents
from motet.audio.heard import HeardNote
from motet.audio.onsets import FRAME_S, SoundCurve

PULSES = np.arange(17) * 0.5


def oompah() -> list[HeardNote]:
    low = [HeardNote(k * 2.0, k * 2.0 + 0.9, 40 + 5 * (k % 2), 100, 0.9) for k in range(4)]
    high = [
        HeardNote(0.5 * k, 0.5 * k + 0.3, 64 + p, 70, 0.9)
        for k in range(16)
        if k % 4
        for p in (0, 3)
    ]
    return low + high


def test_low_long_and_loud_notes_stand_out_on_the_downbeat() -> None:
    rows = find_accents(PULSES, None, oompah())
    for name in ("length", "bass", "loud", "deep"):
        row = rows[ROWS.index(name)][: 16 * STEPS : STEPS].reshape(4, 4).mean(axis=0)
        assert row[0] > row[1:].max() + 0.5, name


def test_rows_are_centred_on_pulses_and_half_pulses() -> None:
    rows = find_accents(PULSES, None, oompah())
    chosen = rows[:, :: STEPS // 2]
    used = chosen.std(axis=1) > 0
    assert used.sum() >= 6
    assert np.abs(chosen[used].mean(axis=1)).max() < 0.2


def test_what_is_not_known_is_nothing() -> None:
    n = round(8.0 / FRAME_S)
    curve = np.where(np.arange(n) % 43 == 0, 1.0, 0.0).astype(np.float32)
    rows = find_accents(PULSES, SoundCurve(curve, np.zeros(n, np.float32), curve), ())
    assert rows[ROWS.index("flux")].any()
    assert not rows[2:].any()


def test_without_sound_the_notes_are_the_onsets() -> None:
    rows = find_accents(PULSES, None, oompah())
    assert np.array_equal(rows[0], rows[2])
