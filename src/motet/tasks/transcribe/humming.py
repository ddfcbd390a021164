"""What someone hums, sings or whistles, as a melody: notes, key, beat, bars.

Conventions: no metronome is needed; silence before the first note is left out, but for what the first
bar needs. The quantised score has the tones of a key; the performed one has the same notes with the
pitch as it was sung, as pitch bends of up to two semitones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from motet.audio.beats import find_beats
from motet.audio.build import notes_to_score
from motet.audio.heard import BEND_STEP_S, HeardBeats, HeardNote
from motet.audio.melody import find_melody
from motet.audio.network import Stop
from motet.audio.pitch import RATE_HZ, find_pitch
from motet.audio.recording import Audio
from motet.audio.stream import AudioStream, stream_audio
from motet.errors import ParameterError
from motet.language import Language, say
from motet.score import Control, Part, Score
from motet.tasks.transcribe.pace import find_pace
from motet.tasks.transcribe.result import Remark, Transcription
from motet.tasks.transcribe.snap import Snapped, snap_to_key
from motet.theory import find_instrument, parse_key

__all__ = ["GRIDS", "hum"]

Float64 = NDArray[np.float64]
Report = Callable[[float, str], None]

GRIDS: Final = {"auto": 0, "1/4": 1, "1/8": 2, "1/16": 4, "triplet": 3}
"""Grids that notes may be held to, and their lines a quarter note; 0: what fits each beat."""
_WHISTLE_PITCH: Final = 81
_PROGRAMS: Final = {"voice": 53, "whistle": 78}
_QUIET_PEAK: Final = 0.01
_CLIPPED: Final = 0.001
_UNSURE: Final = 0.35
_BEND_SEMI: Final = 2.0
_LEAST_BEND: Final = 40


def hum(
    source: str | Path | Audio | AudioStream,
    *,
    qpm: float | None = None,
    metre: str | tuple[int, int] | None = None,
    key: str | None = None,
    grid: str = "auto",
    kind: Literal["auto", "voice", "whistle"] = "auto",
    instrument: str | int | None = None,
    title: str = "",
    language: Language = "en",
    on_progress: Report | None = None,
    cancel: Stop | None = None,
) -> Transcription:
    """Return what someone hums, sings or whistles as a melody in bars.

    Parameters
    ----------
    source : path, Audio or AudioStream
        One voice, alone.
    qpm : float or None, quarter notes a minute, 20 to 400
        The tempo where it is known.
    metre : str, (int, int) or None
        ``"3/4"`` where it is known.
    key : str or None
        ``"F"``, ``"A minor"``, ``"C大调"`` where it is known, in any mode.
    grid : {"auto", "1/4", "1/8", "1/16", "triplet"}
        What onsets are held to; ``"auto"`` takes what fits each beat.
    kind : {"auto", "voice", "whistle"}
        What is listened for.
    instrument : str, int or None
        Name or General MIDI program of what plays it back; None takes a voice or a whistle.
    title : str
    language : Language
        Of the result's texts and of the part's name.
    on_progress : callable or None
        ``on_progress(fraction, label)``.
    cancel : object with `is_set`, or None
        A wish to stop, from another thread.

    Returns
    -------
    Transcription
        One part. ``notes`` keep what was sung: ``pitch`` plus ``bend_semi``. Without a voice the score
        has no notes, and a remark says so.

    Raises
    ------
    ParameterError
        An option is not allowed, or the extra ``[audio]`` is not installed.
    FormatError
        The file cannot be read.
    BusyError
        It was stopped.

    Source
    ------
    See `motet.audio.pitch`, `motet.audio.melody`, `motet.tasks.transcribe.snap`. Measured by
    ``python tools/measure_hum.py`` on singing made by calculation.

    Examples
    --------
    >>> rate = 16000
    >>> t = np.arange(rate // 2) / rate
    >>> tones = [np.sin(2 * np.pi * hz * t) * np.hanning(rate // 2) for hz in (262, 294, 330, 349) * 2]
    >>> sound = np.concatenate(tones).astype(np.float32)
    >>> tune = hum(Audio(np.stack([sound, sound], axis=1), rate), qpm=120, key="C")
    >>> [note.pitch for note in tune.score.parts[0].notes], tune.key.name
    ([60, 62, 64, 65, 60, 62, 64, 65], 'C major')
    """
    _check(grid, key)
    find_beats(None, qpm=qpm, metre=metre)  # refuses a wrong wish before anything is heard
    chosen = None if instrument is None else find_instrument(instrument)
    stream = stream_audio(source, rate_hz=RATE_HZ)
    track = find_pitch(
        stream, kind=kind, on_progress=_labelled(on_progress, language), cancel=cancel
    )
    snapped = snap_to_key(find_melody(track), key=key)
    notes = _without_silence(snapped.notes)
    beats = find_pace(notes, qpm=qpm, metre=metre)
    name = (
        say("Melody", "旋律", language=language)
        if chosen is None
        else chosen.name_in(language=language)
    )
    program = chosen.program if chosen else _PROGRAMS["whistle" if _is_whistle(notes) else "voice"]
    heard_key = snapped.key if notes else None
    built = notes_to_score(
        [(name, _held(notes, beats, GRIDS[grid]))],
        beats,
        title=title,
        key=heard_key,
        programs=(program,),
    )
    exact = notes_to_score([(name, notes)], beats, title=title, key=heard_key, programs=(program,))
    return Transcription(
        score=_as_melody(built.score),
        performed=_with_bends(_as_melody(exact.performed), notes),
        notes=snapped.notes,
        beats=beats,
        key=snapped.key,
        remarks=_remarks(stream, snapped, beats, is_given=qpm is not None),
        confidence=_confidence(notes, beats),
        moved=built.moved if grid == "auto" else (),
        duration_s=stream.duration_s,
        task="hum",
        language=language,
    )


def _check(grid: str, key: str | None) -> None:
    """Refuse wrong wishes before anything is heard."""
    if grid not in GRIDS:
        raise ParameterError(
            f"grid must be one of {', '.join(GRIDS)}, got {grid!r}",
            zh=f"grid(网格)必须是 {'、'.join(GRIDS)} 之一,收到 {grid!r}",
        )
    if key is not None:
        parse_key(key)


def _labelled(told: Report | None, language: Language) -> Report | None:
    if told is None:
        return None
    label = say("listening for a voice", "正在听辨人声", language=language)
    return lambda share, _: told(0.95 * share, label)


def _is_whistle(notes: Sequence[HeardNote]) -> bool:
    return bool(notes) and float(np.median([note.pitch for note in notes])) >= _WHISTLE_PITCH


def _without_silence(notes: Sequence[HeardNote]) -> tuple[HeardNote, ...]:
    """Return the notes so that the first begins at once."""
    if not notes:
        return ()
    first = notes[0].onset_s
    return tuple(
        replace(note, onset_s=note.onset_s - first, offset_s=note.offset_s - first)
        for note in notes
    )


def _held(notes: Sequence[HeardNote], beats: HeardBeats, lines: int) -> tuple[HeardNote, ...]:
    """Return the notes with onsets on a grid of so many lines a quarter note; 0 leaves them."""
    if not lines or not notes:
        return tuple(notes)
    step = 1.0 / (lines * beats.beat_qn)
    time = beats.time_s
    n = len(time)
    onset = np.array([note.onset_s for note in notes])
    late = np.maximum(0.0, onset - time[-1]) / (time[-1] - time[-2])
    early = np.minimum(0.0, onset - time[0]) / (time[1] - time[0])
    places = np.interp(onset, time, np.arange(n)) + late + early
    lines_at = np.rint(places / step) * step
    for k in range(1, len(lines_at)):
        lines_at[k] = max(lines_at[k], lines_at[k - 1] + step)
    seconds = np.interp(lines_at, np.arange(n), time)
    seconds += np.maximum(0.0, lines_at - (n - 1)) * (time[-1] - time[-2])
    return tuple(
        replace(note, onset_s=float(at), offset_s=max(float(at) + 0.03, note.offset_s))
        for note, at in zip(notes, seconds, strict=True)
    )


def _as_melody(score: Score) -> Score:
    return score.with_parts(*(replace(part, role="melody") for part in score.parts))


def _with_bends(score: Score, notes: Sequence[HeardNote]) -> Score:
    """Return the performed score with the pitch as it was sung, as bends."""
    if not notes or not score.parts:
        return score
    time = score.time
    bends: list[Control] = []
    last = 0
    for note in notes:
        for k, away in enumerate(note.bend_semi):
            value = round(float(np.clip(away / _BEND_SEMI, -1.0, 1.0)) * 8191)
            at_s = note.onset_s + k * BEND_STEP_S
            if k and (abs(value - last) < _LEAST_BEND or at_s >= note.offset_s):
                continue
            tick = max(0, round(time.s_to_tick(at_s)))
            bends.append(Control(tick=tick, kind="bend", number=0, value=value))
            last = value
    part: Part = replace(score.parts[0], controls=(*score.parts[0].controls, *bends))
    return score.with_parts(part)


def _confidence(notes: Sequence[HeardNote], beats: HeardBeats) -> float:
    """Return how sure the whole is: notes and beat together."""
    if not notes:
        return 0.0
    mean = float(np.mean([one.confidence for one in notes]))
    return round(mean * (0.5 + 0.5 * beats.confidence), 3)


def _remarks(
    stream: AudioStream, snapped: Snapped, beats: HeardBeats, *, is_given: bool
) -> tuple[Remark, ...]:
    """Return what a user should know about the take, the tuning and the beat."""
    out: list[Remark] = []
    if not snapped.notes:
        out.append(
            (
                "no voice was heard; sing or whistle alone, nearer to the microphone",
                "没有听到人声;请独自哼唱或吹口哨,并靠近话筒",
            )
        )
    if stream.peak < _QUIET_PEAK:
        out.append(("the recording is very quiet", "录音音量很小"))
    if stream.clipped > _CLIPPED:
        out.append(
            (
                f"{stream.clipped:.1%} of the samples are clipped; sing further from the microphone",
                f"有 {stream.clipped:.1%} 的采样削波;请离话筒远一些",
            )
        )
    if snapped.notes:
        out += _tuning_remarks(snapped)
        if beats.confidence < _UNSURE and not is_given:
            out.append(
                (
                    f"tempo and bar lines are unsure ({beats.confidence:.0%}); give qpm and metre if you "
                    "know them",
                    f"速度与小节线不太确定(把握 {beats.confidence:.0%});若已知请给出 qpm 与 metre",
                )
            )
    return tuple(out)


def _tuning_remarks(snapped: Snapped) -> list[Remark]:
    """Return what was done about the pitch."""
    out: list[Remark] = []
    cents = round(100 * snapped.offset_semi)
    if abs(cents) >= 8:
        out.append(
            (
                f"sung {abs(cents)} cents {'sharp' if cents > 0 else 'flat'} of A4 = 440 Hz; taken off",
                f"比 A4 = 440 Hz {'偏高' if cents > 0 else '偏低'} {abs(cents)} 音分;已校正",
            )
        )
    drift = round(100 * snapped.drift_semi)
    if abs(drift) >= 25:
        out.append(
            (
                f"the tuning {'rose' if drift > 0 else 'sank'} by {abs(drift)} cents on the way; followed",
                f"途中音准{'升高' if drift > 0 else '下沉'}了 {abs(drift)} 音分;已跟随",
            )
        )
    if snapped.moved:
        n = len(snapped.moved)
        out.append(
            (
                f"{n} {'note' if n == 1 else 'notes'} between two tones went to the one in "
                f"{snapped.key.name}; what was sung is kept in the performed score",
                f"{n} 个介于两音之间的音归入{parse_key(snapped.key.name).name(language='zh')};"
                "原唱音高保留在演奏谱中",
            )
        )
    return out
