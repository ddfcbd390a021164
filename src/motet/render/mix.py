"""The mix: where each part stands, how loud, how far away, and what it leaves to others.

Conventions: levels in dB; a level of 0 is the melody's. Pan is -1 (left) to 1 (right). Levels are
reached by the *measured* loudness of each stem (LUFS), so that a quiet preset sits where a loud one
would; half of what the player meant by playing soft or loud is kept.

Source: own values, from the common practice of mixing: bass, kick and melody in the middle, the low
end left to bass and drums, wide and distant pads, a dry bass.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from motet.render.effects import high_pass
from motet.render.loudness import measure_loudness_lufs
from motet.render.performance import Performance, Steps
from motet.score import Part, Score
from motet.units import pitch_to_hz

__all__ = ["ROLES", "Channel", "Role", "guess_role", "place_stem", "plan_channels"]

Float32 = NDArray[np.float32]
_REFERENCE_LUFS = -20.0
_MOST_CORRECTION_DB = 12.0
_CHUNK = 1 << 18
_STEP = 64


@dataclass(frozen=True, slots=True)
class Role:
    """How a role sits: level, pans of its parts in turn, sends, and the high-pass beside a bass."""

    level_db: float
    pans: tuple[float, ...]
    reverb_db: float
    chorus: float
    high_pass_hz: float


ROLES = {
    "melody": Role(0.0, (0.0, 0.14, -0.14), -12.0, 0.0, 90.0),
    "counter": Role(-4.5, (0.30, -0.30, 0.45), -11.5, 0.0, 110.0),
    "bass": Role(-3.5, (0.0,), -30.0, 0.0, 28.0),
    "drums": Role(-2.0, (0.0,), -18.0, 0.0, 25.0),
    "comping": Role(-5.5, (-0.45, 0.45, -0.65, 0.65), -12.5, 0.06, 110.0),
    "pad": Role(-9.5, (0.1, -0.3, 0.4, -0.4), -8.0, 0.4, 160.0),
    "strings": Role(-7.5, (-0.25, 0.3, -0.5, 0.5), -8.0, 0.15, 130.0),
    "horns": Role(-6.0, (0.38, -0.38, 0.2), -11.0, 0.0, 110.0),
    "ensemble": Role(-2.0, (0.0,), -11.0, 0.0, 28.0),
}
"""The roles that the mixer knows; ``ensemble`` is a player among equals, spread by pitch."""

_CHORUSED = {4: 0.18, 5: 0.15, 16: 0.08, 26: 0.08, 27: 0.14, 50: 0.2, 51: 0.2, 62: 0.1, 63: 0.1}


@dataclass(frozen=True, slots=True)
class Channel:
    """One part at the desk. ``level_db`` None: the score sets it (controller 7), unmeasured."""

    role: str
    level_db: float | None
    pan: float
    reverb: float
    chorus: float
    high_pass_hz: float
    drive_db: float = 0.0


def guess_role(part: Part) -> str:
    """Return the role that a part's instrument suggests, or an empty string for an open one.

    Parameters
    ----------
    part : Part

    Returns
    -------
    str
        A name of `ROLES`, or empty: melody, comping or ensemble, which other parts decide.

    Source
    ------
    General MIDI Level 1 sound set.

    Examples
    --------
    >>> guess_role(Part(program=33)), guess_role(Part(is_drums=True)), guess_role(Part(program=0))
    ('bass', 'drums', '')
    """
    if part.role in ROLES:
        return part.role
    if part.is_drums:
        return "drums"
    families = {4: "bass", 11: "pad"}
    if part.program in (43, 58) or part.program // 8 in families:
        return families.get(part.program // 8, "bass")
    if 48 <= part.program <= 51:
        return "strings"
    if 52 <= part.program <= 54:
        return "pad"
    if 61 <= part.program <= 63:
        return "horns"
    return ""


def _mean_pitch(part: Part) -> float:
    return sum(note.pitch for note in part.notes) / max(1, len(part.notes))


def _is_line(part: Part) -> bool:
    """Whether a part mostly plays one note at a time."""
    onsets = {note.onset_tick for note in part.notes}
    return bool(part.notes) and len(onsets) > 0.8 * len(part.notes)


def _roles(score: Score) -> list[str]:
    """Return a role for every part."""
    roles = [guess_role(part) for part in score.parts]
    has_band = any(role in ("drums", "pad") for role in roles) or any(
        part.role for part in score.parts
    )
    if not has_band and roles.count("bass") < 1:
        return ["ensemble"] * len(roles)
    if not has_band and all(part.program // 8 in (4, 5, 7, 8, 9) for part in score.parts):
        return ["ensemble"] * len(roles)
    if "melody" not in roles:
        lines = [k for k, part in enumerate(score.parts) if roles[k] == "" and _is_line(part)]
        if lines:
            roles[max(lines, key=lambda k: _mean_pitch(score.parts[k]))] = "melody"
    fallback = {True: "counter", False: "comping"}
    return [role or fallback[_is_line(part)] for role, part in zip(roles, score.parts, strict=True)]


def _ensemble_pans(score: Score, roles: list[str]) -> dict[int, float]:
    """Return pans of players among equals: high parts left, low parts right, as strings sit."""
    seats = [k for k, role in enumerate(roles) if role == "ensemble"]
    seats.sort(key=lambda k: -_mean_pitch(score.parts[k]))
    width = min(0.45, 0.2 * (len(seats) - 1))
    return {
        k: -width + 2 * width * place / (len(seats) - 1) if len(seats) > 1 else 0.0
        for place, k in enumerate(seats)
    }


def plan_channels(score: Score) -> tuple[Channel, ...]:
    """Return the desk's settings for every part of a score, before anything is measured.

    Parameters
    ----------
    score : Score
        Roles come from `Part.role`, else from the instruments and ranges. Controllers 7 (volume),
        10 (pan), 91 and 93 (sends) of a part override the role's values.

    Returns
    -------
    tuple of Channel, one a part

    Source
    ------
    Own values (module docstring).

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C5:1", "C2:1", "drums 36:1", programs=(73, 33))
    >>> [channel.role for channel in plan_channels(score)]
    ['melody', 'bass', 'drums']
    """
    roles = _roles(score)
    seats = _ensemble_pans(score, roles)
    has_low_end = "bass" in roles
    seen: dict[str, int] = {}
    channels = []
    for k, (part, name) in enumerate(zip(score.parts, roles, strict=True)):
        role = ROLES[name]
        place = seen.get(name, 0)
        seen[name] = place + 1
        pan = seats.get(k, role.pans[place % len(role.pans)])
        if len(score.parts) == 1:
            pan = 0.0
        crowd = roles.count(name)
        level = role.level_db - (0.0 if name == "melody" else 7.0 * math.log10(max(1, crowd)))
        cut = role.high_pass_hz
        if not part.is_drums and part.notes:
            lowest = min(note.pitch for note in part.notes)
            cut = max(25.0, min(cut if has_low_end else 28.0, 0.75 * pitch_to_hz(lowest)))
        struck = [note.velocity for note in part.notes]
        mean = sum(struck) / len(struck) if struck else 80.0
        channel = Channel(
            role=name,
            level_db=level,
            pan=pan,
            reverb=10.0 ** (role.reverb_db / 20.0),
            chorus=max(role.chorus, _CHORUSED.get(part.program, 0.0)) if not part.is_drums else 0.0,
            high_pass_hz=cut,
            drive_db=max(-6.0, min(4.0, 20.0 * math.log10(max(1.0, mean) / 80.0))),
        )
        channels.append(_overridden(channel, part))
    return tuple(channels)


def _overridden(channel: Channel, part: Part) -> Channel:
    """Return a channel with what the part's own controllers ask for."""
    numbers = {one.number: one.value for one in part.controls if one.kind == "cc"}
    if 7 in numbers:
        channel = replace(channel, level_db=None)
    if 91 in numbers:
        channel = replace(channel, reverb=0.4 * numbers[91] / 127.0)
    if 93 in numbers:
        channel = replace(channel, chorus=0.4 * numbers[93] / 127.0)
    return channel


def _curve(steps: Steps, default: float, at_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the value of a controller at times, as steps."""
    times = np.array([time for time, _ in steps])
    values = np.array([default, *(value for _, value in steps)])
    return np.asarray(values[np.searchsorted(times, at_s, side="right")])


def place_stem(stem: Float32, channel: Channel, performance: Performance, *, rate_hz: int) -> float:
    """Bring a stem to its level and place in the mix, in place.

    Parameters
    ----------
    stem : float32, shape (2, n)
        Dry, as the SoundFont has it; changed in place.
    channel : Channel
    performance : Performance
        Its controllers 7, 10 and 11 move level and pan over time.
    rate_hz : int, Hz

    Returns
    -------
    float, dB
        The gain that measuring asked for, -12 to 12 dB and the role's level.

    Source
    ------
    Controllers 7 and 11 attenuate by 40 log10(127 / value) dB (General MIDI recommendation); equal
    power panning.

    Examples
    --------
    >>> stem = np.random.default_rng(1).normal(0, 0.1, (2, 44100)).astype(np.float32)
    >>> channel = Channel("melody", 0.0, -1.0, 0.1, 0.0, 90.0)
    >>> gain_db = place_stem(stem, channel, Performance(), rate_hz=44100)
    >>> bool(abs(stem[1]).max() < 1e-6)
    True
    """
    high_pass(stem, channel.high_pass_hz, rate_hz=rate_hz)
    gain_db = 0.0
    if channel.level_db is not None:
        loudness = measure_loudness_lufs(stem, rate_hz=rate_hz)
        if math.isfinite(loudness):
            gain_db = _REFERENCE_LUFS - loudness + channel.drive_db
            gain_db = max(-_MOST_CORRECTION_DB, min(_MOST_CORRECTION_DB, gain_db))
        gain_db += channel.level_db
    base = 10.0 ** (gain_db / 20.0)
    controls = performance.controls
    n = stem.shape[1]
    moving = any(number in controls for number in (7, 10, 11))
    if not moving:
        left, right = _pan_gains(np.array([channel.pan]))
        stem[0] *= np.float32(base * left[0])
        stem[1] *= np.float32(base * right[0])
        return gain_db
    for at in range(0, n, _CHUNK):
        stop = min(n, at + _CHUNK)
        frames = np.arange(at - _STEP, stop + 2 * _STEP, _STEP)
        now = frames / rate_hz
        level = base * (_curve(controls.get(11, ()), 127.0, now) / 127.0) ** 2
        if channel.level_db is None:
            level = level * (_curve(controls.get(7, ()), 100.0, now) / 100.0) ** 2
        pan = np.full(len(now), channel.pan)
        if 10 in controls:
            turned = np.clip((_curve(controls[10], 64.0, now) - 64.0) / 63.0, -1.0, 1.0)
            started = now >= controls[10][0][0]
            pan = np.where(started, turned, channel.pan)
        fine = np.arange(at, stop)
        for row, side in zip(stem, _pan_gains(pan), strict=True):
            row[at:stop] *= np.interp(fine, frames, level * side).astype(np.float32)
    return gain_db


def _pan_gains(pan: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return equal-power gains of left and right; both 1 in the middle."""
    angle = (np.clip(pan, -1.0, 1.0) + 1.0) * (math.pi / 4.0)
    return np.sqrt(2.0) * np.cos(angle), np.sqrt(2.0) * np.sin(angle)
