"""Sound: a score rendered to a mixed, mastered stereo recording, or to its stems.

Conventions: stems add up to the mix
before the limiter. With a loop, the sound lasts exactly the score's bars and what rings on is
folded into the beginning, so that it repeats without a seam.

Source: EBU R 128 and ITU-R BS.1770-4 for loudness; the engine: docs/decisions/0003-sound-engine.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motet.audio import Audio
from motet.render.effects import ROOMS, chorus, limit, reverberate
from motet.render.fluidsynth import render_stem_fluidsynth
from motet.render.loudness import measure_loudness_lufs
from motet.render.mix import Channel, place_stem
from motet.render.sound_plan import Plan, plan_sound
from motet.render.stem import render_stem
from motet.score import Score

__all__ = ["render_audio", "render_stems"]

Float32 = NDArray[np.float32]
Progress = Callable[[int, int], None]
CEILING_DB = -1.0
_WORKERS = 2
_QUIET = 10.0 ** (-66.0 / 20.0)
_MOST_LIMITING_DB = 9.0


def _stem(plan: Plan, k: int) -> Float32:
    """Return part k's stem, balanced and placed, without room."""
    performance = plan.performances[k]
    if plan.engine == "fluidsynth":
        stem = render_stem_fluidsynth(plan.font.path, performance, n=plan.n, rate_hz=plan.rate_hz)
    else:
        stem = render_stem(plan.font, performance, n=plan.n, rate_hz=plan.rate_hz)
    if performance.strikes:
        place_stem(stem, plan.channels[k], performance, rate_hz=plan.rate_hz)
    return stem


def _stems(plan: Plan) -> Iterator[Float32]:
    """Give the placed stems in order of the parts, a few at a time in parallel."""
    total = len(plan.performances)
    with ThreadPoolExecutor(max_workers=_WORKERS) as pool:
        waiting: list[Future[Float32]] = []
        started = 0
        for _ in range(total):
            while started < total and len(waiting) < _WORKERS:
                waiting.append(pool.submit(_stem, plan, started))
                started += 1
            yield waiting.pop(0).result()


def _wet(plan: Plan, send: Float32, moved: Float32) -> Float32:
    """Return what room and chorus answer to their sends; `send` and `moved` are spent."""
    wet = chorus(moved, rate_hz=plan.rate_hz) if moved.any() else np.zeros_like(send)
    if plan.room != "none" and send.any():
        wet += reverberate(send, plan.room, rate_hz=plan.rate_hz)
    return wet


def _send_gain(plan: Plan, channel: Channel) -> np.float32:
    if plan.room == "none":
        return np.float32(0.0)
    return np.float32(channel.reverb * 10.0 ** (ROOMS[plan.room].send_db / 20.0))


def _fold(plan: Plan, mix: Float32) -> Float32:
    """Return exactly the score's bars, what rings on added to the beginning."""
    if not plan.is_loop:
        return mix
    out = mix[:, : plan.n_body].copy()
    for at in range(plan.n_body, plan.n, plan.n_body):
        tail = mix[:, at : at + plan.n_body]
        out[:, : tail.shape[1]] += tail
    return out


def _master_gain(mix: Float32, loudness_lufs: float | None, rate_hz: int) -> float:
    """Return the gain that brings a mix to a loudness, held so that the limiter stays gentle."""
    peak = float(np.max(np.abs(mix), initial=0.0))
    if peak == 0.0:
        return 1.0
    loudness = measure_loudness_lufs(mix, rate_hz=rate_hz)
    if loudness_lufs is None:
        return 1.0
    most: float = 10.0 ** ((CEILING_DB + _MOST_LIMITING_DB) / 20.0) / peak
    if not math.isfinite(loudness):
        return min(most, float(10.0 ** ((CEILING_DB - 6.0) / 20.0)) / peak)
    return float(min(most, 10.0 ** ((loudness_lufs - loudness) / 20.0)))


def _trim(plan: Plan, mix: Float32) -> Float32:
    """Return the mix without the silence after its tail, ending in a short fade."""
    if plan.is_loop or plan.n <= plan.n_body:
        end = mix.shape[1]
    else:
        end, step = plan.n_body, plan.rate_hz // 20
        for at in range(mix.shape[1], plan.n_body, -step):
            if float(np.abs(mix[:, max(plan.n_body, at - step) : at]).max()) > _QUIET:
                end = at
                break
    out = mix[:, :end]
    if not plan.is_loop:
        fade = min(end, round(0.02 * plan.rate_hz))
        out[:, end - fade :] *= np.linspace(1.0, 0.0, fade, dtype=np.float32)
    return out


def render_audio(
    score: Score,
    *,
    sample_rate_hz: int = 44100,
    engine: str = "auto",
    soundfont: Path | str | None = None,
    loudness_lufs: float | None = -16.0,
    reverb: str = "room",
    loop: bool = False,
    start_s: float = 0.0,
    end_s: float | None = None,
    progress: Progress | None = None,
) -> Audio:
    """Return a score as a mixed and mastered recording.

    Parameters
    ----------
    score : Score
        Repeats are played once, as written.
    sample_rate_hz : int, Hz, 8000 to 192000
    engine : {"auto", "motet", "fluidsynth"}
        Who turns notes into sound; balance, room and mastering are the same. ``"auto"`` is
        Motet's own, which sounds the same on every machine.
    soundfont : path or None
        An SF2 or SF3 file; None is the one that ships with Motet.
    loudness_lufs : float or None, LUFS
        Integrated loudness to reach; None leaves the mix's own level. True peaks stay
        below -1 dBTP.
    reverb : str
        ``"none"``, ``"studio"``, ``"room"``, ``"chamber"`` or ``"hall"``.
    loop : bool
        Whether to give exactly the score's bars, ready to be repeated without a seam.
    start_s, end_s : float, seconds
        Part of the score to render; None is to the end and until all has died away.
    progress : callable or None
        Called as ``progress(done, total)`` after each part and step.

    Returns
    -------
    Audio

    Raises
    ------
    ParameterError
        An option is out of range.
    FormatError
        The SoundFont cannot be read.

    Source
    ------
    docs/decisions/0003-sound-engine.md. Speed: benchmarks/speed/sound.py.

    Examples
    --------
    >>> from motet.score import make_score
    >>> audio = render_audio(make_score("C4:1 E4:1 G4:2"), loop=True)
    >>> audio.samples.shape, audio.samples.dtype.name
    ((88200, 2), 'float32')
    """
    plan = plan_sound(
        score,
        sample_rate_hz=sample_rate_hz,
        engine=engine,
        soundfont=soundfont,
        reverb=reverb,
        loop=loop,
        start_s=start_s,
        end_s=end_s,
    )
    steps = len(plan.performances) + 2

    def tell(done: int) -> None:
        if progress is not None:
            progress(done, steps)

    mix = np.zeros((2, plan.n), np.float32)
    send, moved = np.zeros_like(mix), np.zeros_like(mix)
    for k, stem in enumerate(_stems(plan)):
        channel = plan.channels[k]
        mix += stem
        if gain := _send_gain(plan, channel):
            send += stem * gain
        if channel.chorus:
            moved += stem * np.float32(channel.chorus)
        tell(k + 1)
    mix += _wet(plan, send, moved)
    del send, moved
    tell(steps - 1)
    mix = _fold(plan, mix)
    mix *= np.float32(_master_gain(mix, loudness_lufs, plan.rate_hz))
    limit(mix, ceiling_db=CEILING_DB, rate_hz=plan.rate_hz, is_loop=loop)
    mix = _trim(plan, mix)
    tell(steps)
    return Audio(np.ascontiguousarray(mix.T), plan.rate_hz)


def render_stems(
    score: Score,
    *,
    sample_rate_hz: int = 44100,
    engine: str = "auto",
    soundfont: Path | str | None = None,
    loudness_lufs: float | None = -16.0,
    reverb: str = "room",
    loop: bool = False,
    start_s: float = 0.0,
    end_s: float | None = None,
    progress: Progress | None = None,
) -> dict[str, Audio]:
    """Return one recording a part, each with its own room; their sum is the mix before the limiter.

    Parameters
    ----------
    score : Score
    sample_rate_hz, engine, soundfont, loudness_lufs, reverb, loop, start_s, end_s, progress
        As for `render_audio`; the loudness is that of the sum. Stems may exceed full scale.

    Returns
    -------
    dict of str to Audio
        In order of the parts; part names, made unique. All are equally long.

    Raises
    ------
    ParameterError
        An option is out of range.
    FormatError
        The SoundFont cannot be read.

    Examples
    --------
    >>> from motet.score import make_score
    >>> list(render_stems(make_score("C4:1", "E4:1"), loop=True))
    ['Part 1', 'Part 2']
    """
    plan = plan_sound(
        score,
        sample_rate_hz=sample_rate_hz,
        engine=engine,
        soundfont=soundfont,
        reverb=reverb,
        loop=loop,
        start_s=start_s,
        end_s=end_s,
    )
    stems: list[Float32] = []
    for k, stem in enumerate(_stems(plan)):
        channel = plan.channels[k]
        wet = _wet(plan, stem * _send_gain(plan, channel), stem * np.float32(channel.chorus))
        stem += wet
        stems.append(_fold(plan, stem))
        if progress is not None:
            progress(k + 1, len(plan.performances))
    if not stems:
        return {}
    mix = np.zeros_like(stems[0])
    for stem in stems:
        mix += stem
    gain = np.float32(_master_gain(mix, loudness_lufs, plan.rate_hz))
    return {
        name: Audio(np.ascontiguousarray((stem * gain).T), plan.rate_hz)
        for name, stem in zip(plan.names, stems, strict=True)
    }
