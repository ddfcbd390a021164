"""Beats, bars, metre, tempo and swing of a recording.

Conventions: the result always has beats. Where none can be heard (silence, a tenth of a second, one
long tone) it is an even grid of 120 a minute, or of the tempo given, with confidence 0.

How: onsets (`onsets`), their period (`tempo`), pulses (`pulse`), then every reading of the pulses as
beats and bars weighed against each other (`downbeat`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.accents import STEPS, find_accents
from motet.audio.downbeat import BarReading, find_bars
from motet.audio.heard import HeardBeats, HeardNote
from motet.audio.onsets import (
    FRAME_S,
    SoundCurve,
    curve_of_notes,
    curve_of_sound,
    level_curve,
    weigh_notes,
)
from motet.audio.pulse import cover, find_pulses, smooth_times
from motet.audio.readings import METRES
from motet.audio.recording import Audio
from motet.audio.stream import AudioStream
from motet.audio.swing import find_swing
from motet.audio.tempo import find_periods, measure_clarity
from motet.errors import ParameterError

__all__ = ["DEFAULT_QPM", "even_beats", "find_beats", "onset_curve"]

Float32 = NDArray[np.float32]
Float64 = NDArray[np.float64]
DEFAULT_QPM: Final = 120.0
_MIN_ONSETS: Final = 4
_MIN_S: Final = 1.2
_QUIET: Final = 5e-4
_DIED: Final = 0.04
_NEAR_S: Final = 0.07
_NOTES_SHARE: Final = 0.8  # tuned on rendered pieces of the valid split


def find_beats(
    source: Path | str | Audio | AudioStream | None,
    *,
    notes: Sequence[HeardNote] = (),
    qpm: float | None = None,
    metre: tuple[int, int] | str | None = None,
) -> HeardBeats:
    """Return the beats of a recording, of notes heard in it, or of both together.

    Parameters
    ----------
    source : path, Audio, AudioStream or None
        None goes by the notes alone, and needs no further package.
    notes : sequence of HeardNote
        Make downbeats and metre a good deal surer.
    qpm : float or None, quarter notes a minute, 20 to 400
        The tempo where it is known; it may still drift by an eighth.
    metre : (int, int), ``"3/4"`` or None
        The metre where it is known: 2/4, 3/4, 4/4, 5/4, 6/8, 7/8, 9/8 or 12/8; 2/2 counts as 4/4 and
        3/8 as 3/4.

    Returns
    -------
    HeardBeats
        Covers everything that sounds. ``confidence`` 0 where no beat is heard.

    Raises
    ------
    ParameterError
        The tempo or the metre is not allowed, or the extra ``[audio]`` is not installed.
    FormatError
        The file cannot be read.

    Source
    ------
    Own method, see the module. Measured in ``docs/audio.md``. Cost: 2 to 5 s a minute of sound.

    Examples
    --------
    >>> waltz = [HeardNote(0.4 * k, 0.4 * k + 0.35, pitch, 80, 0.9) for k in range(60)
    ...          for pitch in (((64, 67), (62, 65))[k // 3 % 2] if k % 3 else (48 - k % 2 * 5,))]
    >>> beats = find_beats(None, notes=waltz)
    >>> beats.metre, round(beats.qpm), beats.place[:4].tolist()
    ((3, 4), 150, [0, 1, 2, 0])
    >>> find_beats(None).confidence
    0.0
    """
    form = _check_metre(metre)
    if qpm is not None and not 20.0 <= qpm <= 400.0:
        raise ParameterError(
            f"qpm must be 20 to 400 quarter notes a minute, got {qpm}",
            zh=f"qpm 必须在每分钟 20 到 400 个四分音符之间,收到 {qpm}",
        )
    sound = None if source is None else curve_of_sound(source)
    end_s = max([note.offset_s for note in notes], default=_end_of(sound))
    if sound is not None and _notes_tell(sound, notes):
        sound = None
    curve, first_s, last_s = onset_curve(sound, notes, end_s)
    beat_s = None if qpm is None else 60.0 / qpm
    if not len(curve) or last_s - first_s < _MIN_S:
        return even_beats(end_s, first_s=first_s, qpm=qpm, metre=form)
    pulses = find_pulses(curve, find_periods(curve, near_s=beat_s))
    if len(pulses) < _MIN_ONSETS:
        return even_beats(end_s, first_s=first_s, qpm=qpm, metre=form)
    pulses = cover(pulses, start_s=first_s, end_s=max(end_s, last_s))
    bars = find_bars(
        find_accents(pulses, sound, notes), pulses, first_s=first_s, last_s=last_s, metre=form,
        quarter_s=beat_s,
    )  # fmt: skip
    if bars is None or len(bars.step) < 2:
        return even_beats(end_s, first_s=first_s, qpm=qpm, metre=form)
    return _finish(bars, pulses, curve, notes, (first_s, max(end_s, last_s)))


def _check_metre(metre: tuple[int, int] | str | None) -> tuple[int, int] | None:
    """Return the metre as two numbers that can be weighed, or say what is wrong with it."""
    if metre is None:
        return None
    found = metre
    if isinstance(metre, str):
        top, _, bottom = metre.partition("/")
        found = (int(top), int(bottom)) if top.isdigit() and bottom.isdigit() else (0, 0)
    same = {(2, 2): (4, 4), (3, 8): (3, 4), (3, 2): (3, 4), (1, 4): (2, 4)}
    known = same.get((found[0], found[1]), found) if isinstance(found, tuple) else (0, 0)
    if known not in {one.metre for one in METRES}:
        names = ", ".join(f"{one.metre[0]}/{one.metre[1]}" for one in METRES)
        raise ParameterError(
            f"metre must be one of {names}, got {metre!r}",
            zh=f"metre(拍号)必须是 {names} 之一,收到 {metre!r}",
        )
    return known


def _notes_tell(sound: SoundCurve, notes: Sequence[HeardNote]) -> bool:
    """Tell whether the notes have nearly as clear a pulse as the sound: then they alone are surer."""
    if not notes or not len(sound.flux):
        return False
    onset, weight = weigh_notes(notes)
    of_notes = level_curve(curve_of_notes(onset, weight, n_frames=len(sound.flux)))
    return measure_clarity(of_notes) >= _NOTES_SHARE * measure_clarity(level_curve(sound.flux))


def onset_curve(
    sound: SoundCurve | None, notes: Sequence[HeardNote], end_s: float
) -> tuple[Float32, float, float]:
    """Return the curve to track, and when the first and the last thing begins.

    Parameters
    ----------
    sound : SoundCurve or None
    notes : sequence of HeardNote
    end_s : float, seconds
        Until when there is anything.

    Returns
    -------
    curve : float32, shape (n,)
        Mean about 0, spread 1; sound and notes count by how clear a pulse each has. Empty for fewer
        than four onsets.
    first_s, last_s : float, seconds

    Examples
    --------
    >>> len(onset_curve(None, (), 3.0)[0])
    0
    """
    nothing = np.zeros(0, np.float32)
    onset, weight = weigh_notes(notes)
    n_frames = max(len(sound.flux) if sound is not None else 0, int(end_s / FRAME_S) + 8)
    curve = np.zeros(n_frames, np.float32)
    clear = 0.0
    first_s = last_s = 0.0
    n_onsets = 0
    if sound is not None and len(sound.flux) and float(sound.level.max()) > _QUIET:
        of_sound = level_curve(sound.flux)
        clear = measure_clarity(of_sound) if len(onset) else 1.0
        curve[: len(of_sound)] += clear**2 * of_sound
        tops = _tops(sound)
        n_onsets = len(tops)
        if n_onsets:
            first_s, last_s = float(tops[0]) * FRAME_S, float(tops[-1]) * FRAME_S
    if len(onset):
        of_notes = level_curve(curve_of_notes(onset, weight, n_frames=n_frames))
        curve += (measure_clarity(of_notes) ** 2 if clear else 1.0) * of_notes
        first_s, last_s = float(onset.min()), float(onset.max())
        n_onsets = max(n_onsets, len(np.unique(np.round(onset / 0.05))))
    if n_onsets < _MIN_ONSETS or not curve.any():
        return nothing, first_s, last_s
    return (curve / max(1e-9, float(curve.std()))).astype(np.float32), first_s, last_s


def _end_of(sound: SoundCurve | None) -> float:
    """Return when a recording has died away, in seconds."""
    if sound is None or not len(sound.level):
        return 0.0
    heard = np.flatnonzero(sound.level > max(_QUIET, _DIED * float(sound.level.max())))
    return float(heard[-1] + 1) * FRAME_S if len(heard) else sound.duration_s


def _tops(sound: SoundCurve) -> NDArray[np.int64]:
    """Return the frames of clear onsets in the flux."""
    flux = sound.flux
    if len(flux) < 3:
        return np.zeros(0, np.int64)
    bar = 0.15 * float(np.quantile(flux, 0.99)) + 0.02
    inner = flux[1:-1]
    tops = (inner > bar) & (inner >= flux[:-2]) & (inner > flux[2:])
    return np.flatnonzero(tops) + 1


def _finish(
    bars: BarReading,
    pulses: Float64,
    curve: Float32,
    notes: Sequence[HeardNote],
    span_s: tuple[float, float],
) -> HeardBeats:
    """Return the reading as beats: moved to the onsets near them, smoothed, covering the sound."""
    times = np.interp(bars.step / STEPS, np.arange(len(pulses)), pulses)
    onset, weight = weigh_notes(notes)
    times, trust = _to_onsets(times, curve, onset, weight)
    times = smooth_times(times, trust)
    times, places = _cover_beats(times, bars, span_s)
    period = float(np.median(np.diff(times)))
    hit = np.interp(times / FRAME_S, np.arange(len(curve)), curve, left=0.0, right=0.0)
    clear = float(np.clip(np.mean(hit) / 1.5, 0.05, 1.0))
    swing = 0.5
    if not bars.form.is_triple and bars.form.beat_qn == 1.0:
        swing = find_swing(onset if len(onset) else _tops_of(curve), times)
    return HeardBeats(
        time_s=times,
        place=places,
        beats_per_bar=bars.form.beats,
        beat_qn=bars.form.beat_qn,
        metre=bars.form.metre,
        qpm=round(60.0 / period * bars.form.beat_qn, 2),
        swing=swing,
        confidence=round(float(np.sqrt(bars.confidence * clear)), 3),
    )


def _tops_of(curve: Float32) -> Float64:
    inner = curve[1:-1]
    tops = (inner > 1.0) & (inner >= curve[:-2]) & (inner > curve[2:])
    return np.asarray((np.flatnonzero(tops) + 1) * FRAME_S, np.float64)


def _to_onsets(
    times: Float64, curve: Float32, onset: Float64, weight: Float64
) -> tuple[Float64, Float64]:
    """Return beats at the mean of the onsets near them, and how far each is to be trusted."""
    moved, trust = times.copy(), np.zeros(len(times))
    if len(onset):
        order = np.argsort(onset)
        onset, weight = onset[order], weight[order]
    reach = min(_NEAR_S, 0.18 * float(np.median(np.diff(times))))
    for k, time in enumerate(times.tolist()):
        if len(onset):
            low, high = np.searchsorted(onset, (time - reach, time + reach))
            if high > low:
                share = weight[low:high]
                moved[k] = float(np.sum(onset[low:high] * share) / share.sum())
                trust[k] = min(3.0, float(share.sum()))
                continue
        frame = round(time / FRAME_S)
        if 0 <= frame < len(curve):
            trust[k] = max(0.0, 0.3 * float(curve[max(0, frame - 1) : frame + 2].max()))
    return moved, trust


def _cover_beats(
    times: Float64, bars: BarReading, span_s: tuple[float, float]
) -> tuple[Float64, NDArray[np.int64]]:
    """Return the beats that cover the sound, and their places."""
    n_beats = bars.form.beats
    covered = cover(times, start_s=span_s[0], end_s=span_s[1])
    at = int(np.argmin(np.abs(covered - times[len(times) // 2])))
    first = at - len(times) // 2
    place = np.zeros(len(covered), np.int64)
    for k in range(len(covered)):
        known = k - first
        if 0 <= known < len(times):
            place[k] = bars.place[known]
        elif known < 0:
            place[k] = (int(bars.place[0]) + known) % n_beats
        else:
            place[k] = (int(bars.place[-1]) + known - len(times) + 1) % n_beats
    return covered, place


def even_beats(
    end_s: float,
    *,
    first_s: float = 0.0,
    qpm: float | None = None,
    metre: tuple[int, int] | None = None,
) -> HeardBeats:
    """Return an even grid from the first sound on, with confidence 0: no beat was heard.

    Parameters
    ----------
    end_s : float, seconds
        Until when beats are needed.
    first_s : float, seconds
        When the first sound begins.
    qpm : float or None, quarter notes a minute
        120 when None.
    metre : (int, int) or None
        4/4 when None.

    Returns
    -------
    HeardBeats

    Examples
    --------
    >>> even_beats(1.9).time_s.tolist()
    [0.0, 0.5, 1.0, 1.5, 2.0]
    """
    form = next(one for one in METRES if one.metre == (metre or (4, 4)))
    speed = DEFAULT_QPM if qpm is None else qpm
    period = 60.0 / speed * form.beat_qn
    n = max(2, int(np.ceil((end_s - first_s) / period - 1e-6)) + 1)
    return HeardBeats(
        time_s=np.asarray(first_s + np.arange(n) * period, np.float64),
        place=np.arange(n, dtype=np.int64) % form.beats,
        beats_per_bar=form.beats,
        beat_qn=form.beat_qn,
        metre=form.metre,
        qpm=float(speed),
        swing=0.5,
        confidence=0.0,
    )
