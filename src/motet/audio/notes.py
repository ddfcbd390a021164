"""The notes of a recording: when each begins and ends, its pitch, how loud, how sure.

Conventions: times are seconds from the recording's beginning. Notes come by onset, then by pitch.

How: candidates from the network's likelihoods (`motet.audio.candidates`), each judged by what is around
it (`motet.audio.judge`: partials of a lower note and echoes go, soft notes stay). Long recordings go
through in stretches that overlap, so that memory does not grow with the sound, only with the notes.

Source: own definition; the network is told of in `motet.audio.network`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.bend import find_bend
from motet.audio.candidates import Candidates, find_candidates
from motet.audio.heard import HeardNote
from motet.audio.judge import judge_candidates
from motet.audio.network import (
    FRAME_S,
    LOWEST_MIDI,
    Posteriors,
    Progress,
    Stop,
    join_posteriors,
    posterior_blocks,
)
from motet.audio.recording import Audio
from motet.audio.stream import AudioStream
from motet.errors import ParameterError

__all__ = ["find_notes", "notes_from_posteriors"]

_STRETCH: Final = round(60.0 / FRAME_S)
_MARGIN: Final = round(20.0 / FRAME_S)
_CONTEXT: Final = 40
_QUIET_DB: Final = -95.0
_REFERENCE: Final = 96
_DB_PER_HALF: Final = 12.0
_ATTACK: Final = 10
_STRIKE_LEAST: Final = 0.2
_REJOIN: Final = 2
_FADED: Final = 0.7
_DAMPED_DB: Final = 6.0
_DAMPING: Final = 8
"""A note ends where its likelihood falls below 0.7 of its height, or where it is damped: 6 dB within 8
frames. On 21 rendered training pieces that gave F (onset and offset) 0.57; without, 0.37."""

Float32 = NDArray[np.float32]
_Draft = tuple[HeardNote, float]


def find_notes(
    source: Path | str | Audio | AudioStream,
    *,
    onset_threshold: float = 0.5,
    frame_threshold: float = 0.3,
    min_note_s: float = 0.06,
    low_midi: int = 21,
    high_midi: int = 108,
    bends: bool = True,
    on_progress: Progress | None = None,
    cancel: Stop | None = None,
) -> tuple[HeardNote, ...]:
    """Return the notes of a recording.

    Parameters
    ----------
    source : path, Audio or AudioStream
    onset_threshold : float, 0 to 1
        How sure a note must be; 0.3 hears more, also what is not there, 0.7 less.
    frame_threshold : float, 0 to 1
        How likely a pitch must be to sound on; lower makes longer notes.
    min_note_s : float, seconds
        Shortest note.
    low_midi, high_midi : int, 21 to 108
        Range of pitches.
    bends : bool
        Whether `HeardNote.bend_semi` is filled.
    on_progress : callable or None
        Gets the share done, 0 to 1, and a text.
    cancel : object with `is_set`, or None
        Stops; what was heard until then comes back.

    Returns
    -------
    tuple of HeardNote
        By onset, then pitch; empty for silence. Drums have no notes.

    Raises
    ------
    ParameterError
        A number is out of range, or the extra ``[audio]`` is missing.
    FormatError, BusyError
        As `motet.audio.stream_audio`.

    Source
    ------
    See the module.

    Examples
    --------
    >>> time_s = np.arange(33075) / 22050
    >>> tone = sum(np.sin(2 * np.pi * 440 * k * time_s) / k for k in (1, 2, 3, 4))
    >>> sound = (0.2 * tone * (time_s > 0.5)).astype(np.float32)
    >>> [note.pitch for note in find_notes(Audio(np.stack([sound, sound], axis=1), 22050))]
    [69]
    """
    _check(onset_threshold, frame_threshold, min_note_s, low_midi, high_midi)
    drafts: list[_Draft] = []
    for stretch, first, keep_from, keep_to, carried in _stretches(source, on_progress, cancel):
        found, sure = _decide(
            stretch, onset_threshold, frame_threshold, min_note_s, low_midi, high_midi
        )
        stays = (found["start"] >= keep_from) & (found["start"] < keep_to)
        for row, confidence in zip(found[stays], sure[stays], strict=True):
            if carried[row["column"]] >= first + int(row["start"]):
                continue  # the end of a note of the stretch before
            drafts.append(_draft(stretch, row, float(confidence), first, bends))
            end = first + int(row["end"])
            carried[row["column"]] = max(int(carried[row["column"]]), end - 1)
    return _with_velocity(drafts)


def notes_from_posteriors(
    posteriors: Posteriors,
    *,
    onset_threshold: float = 0.5,
    frame_threshold: float = 0.3,
    min_note_s: float = 0.06,
    low_midi: int = 21,
    high_midi: int = 108,
    bends: bool = True,
) -> tuple[HeardNote, ...]:
    """Return the notes in what the network heard of a short recording.

    Parameters
    ----------
    posteriors : Posteriors
    onset_threshold, frame_threshold, min_note_s, low_midi, high_midi, bends
        As `find_notes`.

    Returns
    -------
    tuple of HeardNote

    Raises
    ------
    ParameterError
        A number is out of range.

    Source
    ------
    See the module.

    Examples
    --------
    >>> notes_from_posteriors(join_posteriors(()))
    ()
    """
    _check(onset_threshold, frame_threshold, min_note_s, low_midi, high_midi)
    if not len(posteriors.frame):
        return ()
    found, sure = _decide(
        posteriors, onset_threshold, frame_threshold, min_note_s, low_midi, high_midi
    )
    return _with_velocity(
        [
            _draft(posteriors, row, float(confidence), 0, bends)
            for row, confidence in zip(found, sure, strict=True)
        ]
    )


def _stretches(
    source: Path | str | Audio | AudioStream, on_progress: Progress | None, cancel: Stop | None
) -> Iterator[tuple[Posteriors, int, int, int, NDArray[np.int64]]]:
    """Yield stretches of likelihoods, the first frame of each, and between which frames it counts.

    The last of the five is for the caller: the last frame that sounds of each pitch.
    """
    held: list[Posteriors] = []
    n_held = first = keep_from = 0
    carried = np.full(88, -1, np.int64)
    for block in posterior_blocks(source, on_progress=on_progress, cancel=cancel):
        held.append(block)
        n_held += len(block.frame)
        if n_held < _STRETCH + _MARGIN:
            continue
        whole = join_posteriors(tuple(held))
        keep_to = n_held - _MARGIN
        yield whole, first, keep_from, keep_to, carried
        drop = keep_to - _CONTEXT
        held = [_cut(whole, drop)]
        n_held, first, keep_from = n_held - drop, first + drop, _CONTEXT
    if n_held:
        yield join_posteriors(tuple(held)), first, keep_from, n_held, carried


def _cut(whole: Posteriors, start: int) -> Posteriors:
    """Return a copy of the frames from `start` on, so that those before can go."""
    return Posteriors(
        whole.onset[start:].copy(),
        whole.frame[start:].copy(),
        whole.contour[start:].copy(),
        whole.frame_s,
        whole.level_db[start:].copy(),
    )


def _decide(
    posteriors: Posteriors,
    onset_threshold: float,
    frame_threshold: float,
    min_note_s: float,
    low_midi: int,
    high_midi: int,
) -> tuple[Candidates, NDArray[np.float32]]:
    """Return the candidates that stay, and how sure each is."""
    found = find_candidates(
        posteriors,
        strike_least=_STRIKE_LEAST,
        frame_threshold=frame_threshold,
        min_frames=max(2, round(min_note_s / FRAME_S)),
        low=low_midi - LOWEST_MIDI,
        high=high_midi - LOWEST_MIDI,
    )
    sure = judge_candidates(posteriors, found)
    near = posteriors.level_db[found["start"], found["column"]] > _QUIET_DB
    stays = (sure >= onset_threshold) & near
    _rejoin(found, stays)
    kept = found[stays]
    for k in range(len(kept)):
        start, end, column = (int(kept[name][k]) for name in ("start", "end", "column"))
        course = posteriors.frame[start:end, column], posteriors.level_db[start:end, column]
        kept["end"][k] = start + max(2, _sounding(*course, frame_threshold))
    return kept, sure[stays]


def _sounding(frame: Float32, level_db: Float32, frame_threshold: float) -> int:
    """Return for how many frames a note sounds, before its echo."""
    height = max(frame_threshold, _FADED * float(np.percentile(frame, 80)))
    on = np.flatnonzero(frame >= height)
    n = int(on[-1]) if len(on) else len(frame)
    if len(frame) > _DAMPING + 4:
        fall = level_db[_DAMPING:] - level_db[:-_DAMPING]
        damped = np.flatnonzero(fall[1:] < -_DAMPED_DB)
        if len(damped):
            n = min(n, int(damped[0]) + 1 + _DAMPING // 2)
    return n


def _rejoin(found: Candidates, stays: NDArray[np.bool_]) -> None:
    """Let a note last on through a strike at its end that is no note."""
    last = np.full(88, -1, np.int64)
    for k in np.lexsort((found["start"], found["column"])).tolist():
        row = found[k]
        before = int(last[row["column"]])
        if stays[k]:
            last[row["column"]] = k
        elif before >= 0 and not row["is_late"]:
            gap = int(row["start"]) - int(found["end"][before])
            if 0 <= gap <= _REJOIN:
                found["end"][before] = max(int(found["end"][before]), int(row["end"]))


def _draft(
    posteriors: Posteriors, row: np.void, confidence: float, first: int, bends: bool
) -> _Draft:
    """Return a note without its velocity, and its loudness in dB."""
    start, end, column = int(row["start"]), int(row["end"]), int(row["column"])
    level = float(posteriors.level_db[start : min(end, start + _ATTACK), column].max())
    bend = find_bend(posteriors.contour[start:end], column=column) if bends else ()
    note = HeardNote(
        onset_s=(first + start) * FRAME_S,
        offset_s=(first + end) * FRAME_S,
        pitch=column + LOWEST_MIDI,
        velocity=64,
        confidence=confidence,
        bend_semi=bend,
    )
    return note, level


def _with_velocity(drafts: list[_Draft]) -> tuple[HeardNote, ...]:
    """Return the notes with velocities from their loudness beside the loud notes of the recording."""
    if not drafts:
        return ()
    level = np.array([one[1] for one in drafts])
    loud = float(np.percentile(level, 90))
    factor = 2.0 ** ((level - loud) / _DB_PER_HALF)
    velocity = np.clip(np.rint(_REFERENCE * factor), 1, 127).astype(int)
    notes = [
        HeardNote(
            note.onset_s, note.offset_s, note.pitch, int(loudness), note.confidence, note.bend_semi
        )
        for (note, _), loudness in zip(drafts, velocity, strict=True)
    ]
    return tuple(sorted(notes, key=lambda note: (note.onset_s, note.pitch)))


def _check(
    onset_threshold: float, frame_threshold: float, min_note_s: float, low_midi: int, high_midi: int
) -> None:
    """Refuse numbers out of range."""
    for name, value, is_good, allowed in (
        ("onset_threshold", onset_threshold, 0 < onset_threshold < 1, "0 … 1"),
        ("frame_threshold", frame_threshold, 0 < frame_threshold < 1, "0 … 1"),
        ("min_note_s", min_note_s, 0 <= min_note_s <= 10, "0 … 10"),
        ("low_midi", low_midi, 21 <= low_midi <= 108, "21 … 108"),
        ("high_midi", high_midi, low_midi <= high_midi <= 108, "low_midi … 108"),
    ):
        if not is_good:
            raise ParameterError(
                f"{name} must lie in {allowed}, got {value}",
                zh=f"{name} 必须在 {allowed} 之间,收到 {value}",
            )
