import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.audio.beats import even_beats, find_beats
from motet.audio.heard import HeardBeats, HeardNote
from motet.audio.recording import Audio
from motet.errors import ParameterError

CHORDS = ((48, (64, 67)), (43, (62, 65)), (48, (64, 67)), (41, (60, 65)))


def oompah(times: np.ndarray, n_beats: int, *, jitter_s: float = 0.0) -> list[HeardNote]:
    rng = np.random.default_rng(3)
    steps = np.append(np.diff(times), times[-1] - times[-2])
    found = []
    for k, (time, step) in enumerate(zip(times, steps, strict=True)):
        bass, chord = CHORDS[(k // n_beats) % 4]
        for pitch in (bass,) if k % n_beats == 0 else chord:
            start = max(0.0, float(time + rng.normal() * jitter_s))
            found.append(HeardNote(start, start + 0.85 * float(step), pitch, 80, 0.8))
    return found


def hits(beats: HeardBeats, times: np.ndarray, *, within_s: float = 0.05) -> float:
    away = np.abs(beats.time_s[None, :] - times[:, None]).min(axis=1)
    return float(np.mean(away < within_s))


@pytest.mark.parametrize("qpm", [72.0, 100.0, 150.0])
def test_steady_playing_has_a_steady_tempo(qpm: float) -> None:
    times = 0.3 + np.arange(64) * 60 / qpm
    beats = find_beats(None, notes=oompah(times, 4, jitter_s=0.008))
    assert beats.metre == (4, 4)
    assert abs(beats.qpm / qpm - 1) < 0.01 or abs(beats.qpm / qpm - 2) < 0.02
    assert hits(beats, times) == 1.0
    assert np.abs(np.diff(beats.time_s) - np.diff(beats.time_s)[0]).max() < 1e-6
    assert beats.confidence > 0.3


def test_rubato_is_followed() -> None:
    k = np.arange(72)
    times = 0.2 + np.cumsum(0.5 * np.exp(0.12 * np.sin(2 * np.pi * k / 36)))
    beats = find_beats(None, notes=oompah(times, 3, jitter_s=0.008))
    assert beats.beats_per_bar == 3
    assert hits(beats, times) > 0.95


def test_sound_alone_gives_beats() -> None:
    rng = np.random.default_rng(0)
    sound = np.zeros((22050 * 16, 1), np.float32)
    times = 0.25 + np.arange(31) * 0.5
    for k, time in enumerate(times):
        at = round(time * 22050)
        burst = rng.normal(size=(900, 1)) * np.exp(-np.arange(900) / 200)[:, None]
        sound[at : at + 900] += (0.5 if k % 4 == 0 else 0.25) * burst.astype(np.float32)
    beats = find_beats(Audio(np.repeat(sound, 2, axis=1), 22050))
    assert abs(beats.qpm - 120) < 2
    assert hits(beats, times, within_s=0.03) == 1.0


def test_beats_cover_the_sound() -> None:
    notes = oompah(5.0 + np.arange(40) * 0.45, 4)
    beats = find_beats(None, notes=notes)
    assert beats.time_s[0] <= 5.02
    assert beats.time_s[0] > 4.0
    assert beats.time_s[-1] >= max(note.offset_s for note in notes) - 0.02
    assert len(beats.place) == len(beats.time_s)


def test_wishes_are_kept() -> None:
    notes = oompah(np.arange(48) * 0.5, 4)
    assert find_beats(None, notes=notes, metre="3/4").metre == (3, 4)
    assert abs(find_beats(None, notes=notes, qpm=60).qpm - 60) < 2
    assert abs(find_beats(None, notes=notes, qpm=122).qpm - 120) < 2


@pytest.mark.parametrize(
    "sound",
    [
        np.zeros((22050 * 3, 2), np.float32),
        np.zeros((2205, 2), np.float32),
        0.2 * np.sin(np.arange(44100) / 22050 * 2 * np.pi * 440)[:, None].repeat(2, 1),
    ],
    ids=["silence", "a tenth of a second", "one long tone"],
)
def test_where_no_beat_is_heard_the_grid_is_even(sound: np.ndarray) -> None:
    beats = find_beats(Audio(sound.astype(np.float32), 22050))
    assert beats.confidence == 0.0
    assert beats.metre == (4, 4)
    assert np.allclose(np.diff(beats.time_s), 0.5)
    assert find_beats(Audio(sound.astype(np.float32), 22050), qpm=60, metre="3/4").qpm == 60


@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_a_few_notes_are_enough_for_a_grid(n: int) -> None:
    notes = [HeardNote(0.4 * k, 0.4 * k + 0.3, 60, 80, 1.0) for k in range(n)]
    beats = find_beats(None, notes=notes)
    assert len(beats.time_s) >= 2
    assert beats.confidence == 0.0


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 12), st.floats(0.03, 2), st.integers(30, 90), st.integers(1, 127)),
        max_size=30,
    )
)
def test_any_notes_give_rising_beats_over_all_of_them(
    given_notes: list[tuple[float, float, int, int]],
) -> None:
    notes = [HeardNote(a, a + d, p, v, 0.5) for a, d, p, v in given_notes]
    beats = find_beats(None, notes=notes)
    assert np.all(np.diff(beats.time_s) > 0)
    assert np.all((beats.place >= 0) & (beats.place < beats.beats_per_bar))
    assert 0.0 <= beats.confidence <= 1.0
    if notes:
        assert beats.time_s[-1] >= max(note.onset_s for note in notes) - 1e-6


@pytest.mark.parametrize(
    "wish", [{"qpm": 5.0}, {"qpm": 900.0}, {"metre": "4/5"}, {"metre": "waltz"}, {"metre": (0, 0)}]
)
def test_wrong_wishes_are_refused(wish: dict[str, object]) -> None:
    with pytest.raises(ParameterError, match=next(iter(wish))):
        find_beats(None, **wish)  # type: ignore[arg-type]


def test_half_note_metres_count_in_quarters() -> None:
    assert find_beats(None, metre="2/2").metre == (4, 4)
    assert even_beats(4.0, metre=(6, 8), qpm=90.0).beats_per_bar == 2
