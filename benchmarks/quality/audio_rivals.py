"""What others make of the same sound: rivals of Motet's ears.

Conventions: notes are (onset s, offset s, MIDI pitch); chords (start s, end s, root, kind) with kinds as in
mir_eval. The network's posteriors are those of the file that Motet ships, cut into windows as its authors
do. `basic_pitch_notes` calls the authors' own note creation, unchanged, from an unpacked wheel of theirs;
modules that it imports only to write MIDI and WAV are stood in for by empty ones. Everything else is
librosa as documented, or a few obvious lines.
"""

from __future__ import annotations

import importlib
import importlib.util
import itertools
import sys
import types
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "basic_pitch_notes",
    "chroma_chords",
    "chroma_key",
    "librosa_beats",
    "naive_notes",
    "network_posteriors",
    "pyin_notes",
    "pyin_track",
]

Notes = list[tuple[float, float, int]]
_RATE_HZ, _HOP, _WINDOW, _OVERLAP = 22050, 256, 43844, 30
_MODEL = Path(__file__).parents[2] / "src" / "motet" / "audio" / "data" / "basic_pitch.onnx"
_NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
# Krumhansl and Kessler's profiles, as everybody quotes them.
_MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)


@lru_cache(maxsize=1)
def _session() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(_MODEL), options, providers=["CPUExecutionProvider"])


def network_posteriors(sound: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
    """Return note, onset and contour posteriors of mono sound at 22,050 Hz, as the authors unwrap them."""
    half, step = _OVERLAP // 2, _WINDOW - _OVERLAP * _HOP
    padded = np.concatenate([np.zeros(half * _HOP, np.float32), sound])
    rows: dict[str, list[NDArray[np.float32]]] = {"note": [], "onset": [], "contour": []}
    outputs = [
        "StatefulPartitionedCall:1",
        "StatefulPartitionedCall:2",
        "StatefulPartitionedCall:0",
    ]
    for at in range(0, len(padded), step):
        window = padded[at : at + _WINDOW]
        window = np.pad(window, (0, _WINDOW - len(window)))[None, :, None]
        found = _session().run(outputs, {"serving_default_input_2:0": window})
        for name, values in zip(rows, found, strict=True):
            rows[name].append(values[0, half:-half])
    n_frames = int(np.floor(len(sound) * (86 / _RATE_HZ)))  # 86 frames a second: their constant
    return {name: np.concatenate(values)[:n_frames] for name, values in rows.items()}


def frame_times(n_frames: int) -> NDArray[np.float64]:
    """Return the time of each frame, less what the authors' windows are off by."""
    index = np.arange(n_frames)
    offset_s = (_HOP / _RATE_HZ) * (172 - _WINDOW / _HOP) + 0.0018
    return index * _HOP / _RATE_HZ - offset_s * np.floor(index / 172)


def naive_notes(posteriors: dict[str, NDArray[np.float32]], *, threshold: float = 0.5) -> Notes:
    """Return a note for each peak of the onset posterior, as long as the note posterior stays up."""
    onset, note = posteriors["onset"], posteriors["note"]
    times = frame_times(len(note) + 1)
    found: Notes = []
    for key in range(note.shape[1]):
        line = np.concatenate([[0.0], onset[:, key], [0.0]])
        peaks = (line[1:-1] > threshold) & (line[1:-1] >= line[:-2]) & (line[1:-1] > line[2:])
        starts = np.flatnonzero(peaks).tolist()
        for start, following in itertools.zip_longest(starts, starts[1:], fillvalue=len(note)):
            end = start + 1
            while end < min(following, len(note)) and note[end, key] > threshold:
                end += 1
            found.append((float(times[start]), float(times[end]), 21 + key))
    return sorted(found)


@lru_cache(maxsize=1)
def _note_creation(folder: Path) -> Any:
    """Return the authors' module; pretty_midi and resampy are needed only for what is not called."""
    for name in ("pretty_midi", "resampy"):
        if importlib.util.find_spec(name) is None:
            stand_in = types.ModuleType(name)
            stand_in.PrettyMIDI = object  # type: ignore[attr-defined]
            sys.modules.setdefault(name, stand_in)
    sys.path.insert(0, str(folder))
    try:
        return importlib.import_module("basic_pitch.note_creation")
    finally:
        sys.path.remove(str(folder))


def basic_pitch_notes(posteriors: dict[str, NDArray[np.float32]], folder: Path) -> Notes:
    """Return the notes that Basic Pitch's own code makes, with its own settings."""
    creation = _note_creation(folder)
    made = creation.output_to_notes_polyphonic(
        posteriors["note"].copy(), posteriors["onset"].copy(),
        onset_thresh=0.5, frame_thresh=0.3, infer_onsets=True, min_note_len=11,
        min_freq=None, max_freq=None, melodia_trick=True,
    )  # fmt: skip
    times = creation.model_frames_to_time(len(posteriors["note"]) + 1)
    return sorted((float(times[a]), float(times[b]), int(pitch)) for a, b, pitch, _ in made)


def librosa_beats(sound: NDArray[np.float32]) -> tuple[float, NDArray[np.float64]]:
    """Return beats a minute and the times of the beats, by ``librosa.beat.beat_track``."""
    import librosa

    tempo, beats = librosa.beat.beat_track(y=sound, sr=_RATE_HZ, units="time")
    return float(np.atleast_1d(tempo)[0]), beats


def _chroma(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    import librosa

    return librosa.feature.chroma_cqt(y=sound, sr=_RATE_HZ, hop_length=512)


def chroma_chords(
    sound: NDArray[np.float32], beats_s: NDArray[np.float64]
) -> list[tuple[float, float, int, str]]:
    """Return for each of librosa's beats the triad whose three tones fit its chroma best (cosine)."""
    import librosa

    chroma = _chroma(sound)
    total_s = len(sound) / _RATE_HZ
    edges = np.unique(
        np.concatenate([[0.0], beats_s[(beats_s > 0) & (beats_s < total_s)], [total_s]])
    )
    if len(beats_s) < 2:
        edges = np.append(np.arange(0, total_s, 0.5), total_s)
    frames = librosa.time_to_frames(edges, sr=_RATE_HZ, hop_length=512)
    shapes = []
    for third, kind in ((4, "maj"), (3, "min")):
        for root in range(12):
            shape = np.zeros(12)
            shape[[root, (root + third) % 12, (root + 7) % 12]] = 1 / np.sqrt(3)
            shapes.append((root, kind, shape))
    table = np.stack([shape for _, _, shape in shapes])
    found: list[tuple[float, float, int, str]] = []
    for k in range(len(edges) - 1):
        mean = chroma[:, frames[k] : max(frames[k] + 1, frames[k + 1])].mean(axis=1)
        root, kind, _ = shapes[int(np.argmax(table @ mean))]
        found.append((float(edges[k]), float(edges[k + 1]), root, kind))
    return found


def chroma_key(sound: NDArray[np.float32]) -> str:
    """Return the key whose profile goes best with the mean chroma (Krumhansl and Schmuckler's way)."""
    mean = _chroma(sound).mean(axis=1)
    best = max(
        (float(np.corrcoef(np.roll(profile, tonic), mean)[0, 1]), tonic, mode)
        for profile, mode in ((_MAJOR, "major"), (_MINOR, "minor"))
        for tonic in range(12)
    )
    return f"{_NAMES[best[1]]} {best[2]}"


def pyin_track(
    sound: NDArray[np.float32], *, low_hz: float = 65.0, high_hz: float = 2100.0
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Return times, Hz and whether a voice sounds, by ``librosa.pyin``."""
    import librosa

    hz, is_voiced, _ = librosa.pyin(
        sound, fmin=low_hz, fmax=high_hz, sr=_RATE_HZ, frame_length=2048
    )
    times = librosa.times_like(hz, sr=_RATE_HZ, hop_length=512)
    return times, np.nan_to_num(hz), is_voiced


def pyin_notes(
    times: NDArray[np.float64], hz: NDArray[np.float64], is_voiced: NDArray[np.bool_]
) -> Notes:
    """Return a note for each run of one rounded semitone of at least 80 ms (median of 5 frames)."""
    pitch = np.where(is_voiced & (hz > 0), 69 + 12 * np.log2(np.maximum(hz, 1e-6) / 440), -1)
    padded = np.pad(pitch, 2, mode="edge")
    calm = np.median(np.lib.stride_tricks.sliding_window_view(padded, 5), axis=1)
    steps = np.where(calm < 0, -1, np.rint(calm)).astype(int)
    edges = np.flatnonzero(np.diff(steps)) + 1
    found: Notes = []
    for start, end in itertools.pairwise([0, *edges.tolist(), len(steps)]):
        if steps[start] > 0 and times[end - 1] - times[start] >= 0.08:
            found.append((float(times[start]), float(times[end - 1]), int(steps[start])))
    return found
