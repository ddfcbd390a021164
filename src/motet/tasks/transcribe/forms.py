"""Any input in the form that a program wants: a score, a piano roll, a sequence of pitches.

Conventions: an input is a path (MIDI, MusicXML, ABC, kern, Motet JSON or project, or a recording, told by
its content), a `Score`, or an `Audio`. Recordings are transcribed. A piano roll is bool of shape
(t, 128), steps in rows; a pitch sequence is a structured array, a row a note.

Offers `score_of`, `piano_roll`, `pitch_sequence`, `PITCH_DTYPE`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.recording import Audio
from motet.audio.sniff import is_recording
from motet.errors import ParameterError
from motet.io import read
from motet.score import Score
from motet.score.table import NoteTable, note_table

if TYPE_CHECKING:
    from motet.tasks.transcribe import Transcription

    Source = str | Path | Score | Audio | Transcription

__all__ = ["PITCH_DTYPE", "piano_roll", "pitch_sequence", "score_of"]

PITCH_DTYPE: Final = np.dtype(
    [
        ("onset_qn", np.float64),
        ("duration_qn", np.float64),
        ("onset_s", np.float64),
        ("duration_s", np.float64),
        ("pitch", np.int16),
        ("velocity", np.int16),
        ("part", np.int16),
    ]
)
"""Columns of `pitch_sequence`: quarter notes and seconds from the beginning, MIDI numbers, index of the
part."""
_MOST_CELLS: Final = 1 << 31


def score_of(source: Source, **options: Any) -> Score:
    """Return any input as a score.

    Parameters
    ----------
    source : str, Path, Score, Audio or Transcription
        A recording is transcribed, and its quantised score taken.
    **options
        Of `motet.transcribe`, for recordings.

    Returns
    -------
    Score

    Raises
    ------
    ParameterError
        The file is not there, or options are given for what is no recording.
    FormatError
        The file cannot be read.

    Examples
    --------
    >>> import motet
    >>> _ = motet.write(motet.make_score("C4:1 E4:1 G4:2"), "three.mid")
    >>> score_of("three.mid").n_notes
    3
    """
    if isinstance(source, Audio) or (isinstance(source, str | Path) and is_recording(source)):
        from motet.tasks.transcribe import transcribe

        return transcribe(source, **options).score
    if options:
        name = next(iter(options))
        raise ParameterError(
            f"{name} is for recordings, and this input is a score; leave it out",
            zh=f"{name} 只用于录音,而此输入是乐谱;请去掉它",
        )
    if isinstance(source, Score):
        return source
    if isinstance(source, str | Path):
        return read(source).score
    found = getattr(source, "score", None)
    if isinstance(found, Score):
        return found
    raise ParameterError(
        f"source must be a path, a Score or an Audio, got {type(source).__name__}",
        zh=f"source 必须是路径、Score 或 Audio,收到 {type(source).__name__}",
    )


def piano_roll(
    source: Source,
    *,
    per_qn: int | None = None,
    fps: float | None = None,
    drums: bool = False,
    **options: Any,
) -> NDArray[np.bool_]:
    """Return which pitches sound at each step.

    Parameters
    ----------
    source : str, Path, Score, Audio or Transcription
    per_qn : int or None, steps a quarter note, 1 to 960
        4 is sixteenths. None is 4, unless `fps` is given.
    fps : float or None, steps a second, > 0 to 1000
        Steps of equal time in place of equal note values.
    drums : bool
        Whether percussion keys count as pitches.
    **options
        Of `motet.transcribe`, for recordings.

    Returns
    -------
    bool, shape (t, 128)
        Row k is the step from ``k / per_qn`` quarter notes (or ``k / fps`` seconds) on; column p is MIDI
        number p. A note fills the steps from the one nearest to its onset to the one before that nearest
        to its end, one at least. No rows where nothing sounds.

    Raises
    ------
    ParameterError
        Both `per_qn` and `fps` are given, or one is out of range.
    FormatError
        The file cannot be read.

    Examples
    --------
    >>> from motet.score import make_score
    >>> roll = piano_roll(make_score("C4:1 E4:1 G4:2"))
    >>> roll.shape, roll.sum(axis=0)[[60, 64, 67]].tolist()
    ((16, 128), [4, 4, 8])
    >>> piano_roll(make_score("C4:1 E4:1 G4:2"), fps=10).shape
    (20, 128)
    """
    if per_qn is not None and fps is not None:
        raise ParameterError(
            "per_qn and fps are both given; steps are either note values or times, so give one",
            zh="per_qn 与 fps 只能给一个:步长要么按音值,要么按时间",
        )
    rate = fps if fps is not None else 4 if per_qn is None else per_qn
    name, most = ("fps", 1000) if fps is not None else ("per_qn", 960)
    is_whole = fps is not None or (isinstance(rate, int | np.integer) and rate >= 1)
    if isinstance(rate, bool) or not is_whole or not 0 < rate <= most:
        raise ParameterError(
            f"{name} must be above 0 and at most {most}, got {rate!r}"
            + ("" if fps is not None else "; 4 gives sixteenths"),
            zh=f"{name} 必须大于 0 且不超过 {most},收到 {rate!r}"
            + ("" if fps is not None else ";4 表示十六分音符"),
        )
    table = _sounding(score_of(source, **options), drums=drums)
    unit = "s" if fps is not None else "qn"
    onset = table[f"onset_{unit}"]
    first = np.rint(onset * rate - 1e-6).astype(np.int64)
    last = np.rint((onset + table[f"duration_{unit}"]) * rate - 1e-6).astype(np.int64)
    last = np.maximum(last, first + 1)
    n_steps = int(last.max(initial=0))
    if n_steps * 128 > _MOST_CELLS:
        raise ParameterError(
            f"the roll would have {n_steps:,} steps; take fewer with {name}",
            zh=f"卷帘将有 {n_steps:,} 步;请减小 {name}",
        )
    roll = np.zeros((n_steps, 128), np.bool_)
    for begin, end, pitch in zip(first, last, table["pitch"], strict=True):
        roll[begin:end, pitch] = True
    return roll


def pitch_sequence(
    source: Source, *, melody: bool = False, drums: bool = False, **options: Any
) -> NDArray[np.void]:
    """Return the notes of any input as a sequence, in order of onset, then pitch.

    Parameters
    ----------
    source : str, Path, Score, Audio or Transcription
    melody : bool
        Whether only the melody is wanted: the part that carries it, its highest note at a time.
    drums : bool
        Whether percussion keys count as pitches.
    **options
        Of `motet.transcribe`, for recordings.

    Returns
    -------
    structured array of `PITCH_DTYPE`, shape (n,)
        ``pitch`` is the MIDI number, 0 to 127, ``velocity`` 1 to 127; times in quarter notes and in
        seconds. ``pitch_sequence(source)["pitch"]`` is the bare sequence, int16, shape (n,).

    Raises
    ------
    ParameterError
        The input or an option is not allowed.
    FormatError
        The file cannot be read.

    Examples
    --------
    >>> from motet.score import make_score
    >>> notes = pitch_sequence(make_score("C4:1 E4:1 G4:2", qpm=60))
    >>> notes["pitch"].tolist(), notes["onset_s"].tolist()
    ([60, 64, 67], [0.0, 1.0, 2.0])
    """
    score = score_of(source, **options)
    if melody:
        score = _melody_of(score)
    table = _sounding(score, drums=drums)
    table = table[np.lexsort((table["pitch"], table["onset_tick"]))]
    found = np.zeros(len(table), PITCH_DTYPE)
    for name in PITCH_DTYPE.names or ():
        found[name] = table[name]
    return found


def _melody_of(score: Score) -> Score:
    """Return the score with its melody alone; without parts where it has none."""
    from motet.analysis import estimate_melody, skyline

    found = estimate_melody(score)
    if found is None:
        return score.with_parts()
    part = score.parts[found.part]
    return score.with_parts(replace(part, notes=skyline(part)))


def _sounding(score: Score, *, drums: bool) -> NoteTable:
    """Return the notes that last; drums only where wanted."""
    table = note_table(score)
    keep = table["duration_tick"] > 0
    return table[keep if drums else keep & ~table["is_drum"]]
