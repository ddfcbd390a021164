import numpy as np
import pytest

from motet.audio import notes as module
from motet.audio.network import RATE_HZ, note_posteriors
from motet.audio.notes import find_notes, notes_from_posteriors
from motet.audio.recording import Audio
from motet.errors import ParameterError


def plucked(notes: list[tuple[float, float, int, float]], seconds: float) -> Audio:
    """Return tones with partials that decay: onset, offset, pitch, loudness."""
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    sound = np.zeros(len(time_s))
    for onset_s, offset_s, pitch, loud in notes:
        since = time_s - onset_s
        hz = 440 * 2 ** ((pitch - 69) / 12)
        shape = np.where(since >= 0, np.exp(-1.5 * np.maximum(since, 0)), 0.0)
        shape *= np.exp(-60 * np.maximum(time_s - offset_s, 0))
        for partial in range(1, 8):
            if partial * hz < 9000:
                sound += loud / partial**1.5 * shape * np.sin(2 * np.pi * partial * hz * since)
    return Audio(np.stack([sound, sound], axis=1).astype(np.float32), RATE_HZ)


SCALE = [(0.3 + 0.4 * k, 0.65 + 0.4 * k, pitch, 0.2) for k, pitch in enumerate(
    (60, 62, 64, 65, 67, 69, 71, 72)
)]  # fmt: skip


def test_a_scale_is_heard() -> None:
    found = find_notes(plucked(SCALE, 4.0))
    assert [note.pitch for note in found] == [pitch for _, _, pitch, _ in SCALE]
    for note, (onset_s, offset_s, _, _) in zip(found, SCALE, strict=True):
        assert note.onset_s == pytest.approx(onset_s, abs=0.03)
        assert note.offset_s == pytest.approx(offset_s, abs=0.12)
        assert np.abs(note.bend_semi).max() < 0.3


def test_a_chord_and_a_note_struck_again_are_heard() -> None:
    chord = [(0.3, 1.2, pitch, 0.15) for pitch in (48, 60, 64, 67)]
    again = [(1.3 + 0.4 * k, 1.65 + 0.4 * k, 64, 0.2) for k in range(3)]
    found = find_notes(plucked(chord + again, 3.0), bends=False)
    assert sorted(n.pitch for n in found if n.onset_s < 1.0) == [48, 60, 64, 67]
    assert [n.pitch for n in found if n.onset_s > 1.0] == [64, 64, 64]
    assert all(note.bend_semi == () for note in found)


def test_a_louder_note_has_a_higher_velocity_whatever_the_gain() -> None:
    loud = [
        (0.3 + 0.5 * k, 0.7 + 0.5 * k, 65, size) for k, size in enumerate((0.3, 0.15, 0.3, 0.08))
    ]
    audio = plucked(loud, 2.6)
    found = [note.velocity for note in find_notes(audio)]
    assert len(found) == 4
    assert found[3] < found[1] < found[0] == pytest.approx(found[2], abs=3)
    quiet = [note.velocity for note in find_notes(Audio(audio.samples * 0.3, RATE_HZ))]
    assert quiet == pytest.approx(found, abs=3)


def test_silence_a_tenth_of_a_second_and_clipping_do_not_break() -> None:
    assert find_notes(Audio(np.zeros((3 * RATE_HZ, 2), np.float32), RATE_HZ)) == ()
    assert isinstance(find_notes(Audio(plucked(SCALE, 4.0).samples[:2205], RATE_HZ)), tuple)
    clipped = np.clip(plucked(SCALE, 4.0).samples * 8, -1, 1)
    found = {note.pitch for note in find_notes(Audio(clipped, RATE_HZ))}
    assert {60, 62, 64, 65, 67, 69, 71, 72} <= found


def test_stretches_do_not_change_the_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    notes = [(0.3 + 0.45 * k, 0.8 + 0.45 * k, 52 + (7 * k) % 24, 0.2) for k in range(80)]
    audio = plucked([*notes, (10.0, 27.0, 40, 0.3)], 37.0)
    whole = find_notes(audio, bends=False)
    monkeypatch.setattr(module, "_STRETCH", 700)
    monkeypatch.setattr(module, "_MARGIN", 900)
    parts = find_notes(audio, bends=False)
    key = [(round(n.onset_s, 3), n.pitch) for n in whole]
    assert [(round(n.onset_s, 3), n.pitch) for n in parts] == key
    assert len(key) > 70


def test_thresholds_and_range_are_obeyed() -> None:
    heard = note_posteriors(plucked(SCALE, 4.0))
    few = notes_from_posteriors(heard, low_midi=64, high_midi=67)
    assert [note.pitch for note in few] == [64, 65, 67]
    more, less = (len(notes_from_posteriors(heard, onset_threshold=at)) for at in (0.05, 0.95))
    assert more >= 8 >= less
    assert notes_from_posteriors(heard, min_note_s=2.0) == ()


@pytest.mark.parametrize(
    "wish",
    [{"onset_threshold": 0}, {"frame_threshold": 1.5}, {"min_note_s": -1}, {"low_midi": 5},
     {"low_midi": 60, "high_midi": 50}],
)  # fmt: skip
def test_numbers_out_of_range_are_refused(wish: dict[str, float]) -> None:
    with pytest.raises(ParameterError, match=list(wish)[-1]):
        find_notes(Audio(np.zeros((9, 2), np.float32), RATE_HZ), **wish)
