import numpy as np
import pytest

from motet.audio.accents import STEPS, find_accents
from motet.audio.downbeat import find_bars
from motet.audio.heard import HeardNote

CHORDS = ((48, (64, 67)), (43, (62, 65)), (48, (64, 67)), (41, (60, 65)))


def oompah(
    n_beats: int, *, n_bars: int = 20, step_s: float = 0.4, first: int = 0
) -> list[HeardNote]:
    found = []
    for k in range(n_bars * n_beats):
        bass, chord = CHORDS[(k // n_beats) % 4]
        for pitch in (bass,) if k % n_beats == 0 else chord:
            start = (k + first) * step_s
            found.append(HeardNote(start, start + 0.85 * step_s, pitch, 80, 0.8))
    return found


def bars_of(notes: list[HeardNote], **options: object) -> object:
    last = max(note.onset_s for note in notes)
    pulses = np.arange(round(last / 0.4) + 2) * 0.4
    rows = find_accents(pulses, None, notes)
    first = notes[0].onset_s
    return find_bars(rows, pulses, first_s=first, last_s=last, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(("n_beats", "metre"), [(3, (3, 4)), (4, (4, 4)), (5, (5, 4))])
def test_metres_are_told_apart(n_beats: int, metre: tuple[int, int]) -> None:
    found = bars_of(oompah(n_beats))
    assert found is not None
    assert found.form.metre == metre
    assert found.place[0] == 0
    assert np.all(np.diff(found.place) % n_beats == 1)


def test_a_pickup_is_no_downbeat() -> None:
    melody = [HeardNote(0.4 + 1.2 * k, 1.5 + 1.2 * k, 76 - k % 4, 90, 0.8) for k in range(20)]
    found = bars_of([HeardNote(0.0, 0.3, 67, 70, 0.8), *oompah(3, first=1), *melody])
    assert found is not None
    assert found.form.beats == 3
    assert found.place[:3].tolist() == [2, 0, 1]


def test_a_given_metre_is_kept() -> None:
    found = bars_of(oompah(4), metre=(3, 4))
    assert found is not None
    assert found.form.metre == (3, 4)


def test_a_given_tempo_chooses_the_level() -> None:
    for beat_s in (0.4, 0.8):
        found = bars_of(oompah(4), quarter_s=beat_s)
        assert found is not None
        step_s = float(np.median(np.diff(found.step))) / STEPS * 0.4
        assert abs(step_s / found.form.beat_qn - beat_s) < 0.05 * beat_s


def test_too_short_for_a_bar_is_none() -> None:
    pulses = np.arange(2) * 0.3
    assert find_bars(np.zeros((8, 13)), pulses, first_s=0.0, last_s=0.1) is None


def test_long_recordings_are_read_in_chunks() -> None:
    found = bars_of(oompah(3, n_bars=160))
    assert found is not None
    assert found.form.metre == (3, 4)
    assert np.all(np.diff(found.step) == STEPS)
