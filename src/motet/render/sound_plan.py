"""The plan of a rendering: every option checked, every part performed, every length known.

Conventions: lengths in frames; ``n_body`` is what the score lasts, ``n`` adds the tail.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from motet.errors import ParameterError
from motet.render.effects import ROOMS
from motet.render.fluidsynth import find_fluidsynth
from motet.render.mix import Channel, plan_channels
from motet.render.performance import Performance, perform_part
from motet.render.soundfont import SoundFont, load_soundfont, read_soundfont
from motet.render.stem import stem_end_s
from motet.score import Score

__all__ = ["Plan", "choose_engine", "plan_sound"]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a rendering needs, checked. Made by `plan_sound`."""

    font: SoundFont
    engine: str
    rate_hz: int
    room: str
    names: tuple[str, ...]
    performances: tuple[Performance, ...]
    channels: tuple[Channel, ...]
    n_body: int
    n: int
    is_loop: bool


def choose_engine(engine: str = "auto") -> str:
    """Return the engine that a wish stands for.

    Parameters
    ----------
    engine : {"auto", "motet", "fluidsynth"}

    Returns
    -------
    str
        ``"motet"`` or ``"fluidsynth"``.

    Raises
    ------
    ParameterError
        There is no such engine, or FluidSynth is not installed.

    Examples
    --------
    >>> choose_engine("motet")
    'motet'
    """
    if engine not in ("auto", "motet", "fluidsynth"):
        raise ParameterError(
            f"engine must be auto, motet or fluidsynth, got {engine!r}",
            zh=f"engine 必须是 auto、motet 或 fluidsynth,收到 {engine!r}",
        )
    if engine == "fluidsynth" and not find_fluidsynth():
        raise ParameterError(
            "engine 'fluidsynth' needs the program fluidsynth, which is not installed; "
            "install it or use engine='motet'",
            zh="engine 'fluidsynth' 需要程序 fluidsynth,但系统未安装;"
            "请安装它,或使用 engine='motet'",
        )
    return "motet" if engine == "auto" else engine


def _check(
    score: Score,
    *,
    sample_rate_hz: int,
    reverb: str,
    loop: bool,
    start_s: float,
    end_s: float | None,
) -> None:
    if not 8000 <= sample_rate_hz <= 192_000:
        raise ParameterError(
            f"sample_rate_hz must be 8000 to 192000, got {sample_rate_hz}; 44100 is usual",
            zh=f"sample_rate_hz(采样率)必须在 8000 到 192000 之间,收到 {sample_rate_hz};常用 44100",
        )
    if reverb != "none" and reverb not in ROOMS:
        names = ", ".join(ROOMS)
        raise ParameterError(
            f"reverb must be one of none, {names}; got {reverb!r}",
            zh=f"reverb 必须是 none、{names} 之一,收到 {reverb!r}",
        )
    last = score.time.tick_to_s(score.bars[-1].end_tick)
    if start_s < 0 or (end_s is not None and end_s <= start_s) or start_s >= last:
        raise ParameterError(
            f"start_s and end_s must lie in 0 to {last:.3f} s with start before end, "
            f"got {start_s} and {end_s}",
            zh=f"start_s 与 end_s 必须在 0 到 {last:.3f} 秒之间且起点先于终点,"
            f"收到 {start_s} 与 {end_s}",
        )
    if loop and (start_s > 0 or end_s is not None):
        raise ParameterError(
            "loop=True renders exactly the score's bars; leave start_s and end_s out, "
            "or take the bars from the score first",
            zh="loop=True 恰好渲染乐谱的全部小节;请不要给出 start_s 与 end_s,或先从乐谱中截取小节",
        )


def plan_sound(
    score: Score,
    *,
    sample_rate_hz: int,
    engine: str,
    soundfont: Path | str | None,
    reverb: str,
    loop: bool,
    start_s: float,
    end_s: float | None,
) -> Plan:
    """Return the plan of a rendering, every option checked.

    Parameters
    ----------
    score : Score
    sample_rate_hz, engine, soundfont, reverb, loop, start_s, end_s
        As for `motet.render.render_audio`.

    Returns
    -------
    Plan

    Raises
    ------
    ParameterError
        An option is out of range.
    FormatError
        The SoundFont cannot be read.

    Examples
    --------
    >>> from motet.score import make_score
    >>> plan = plan_sound(
    ...     make_score("C4:4"), sample_rate_hz=44100, engine="auto", soundfont=None,
    ...     reverb="room", loop=True, start_s=0.0, end_s=None)
    >>> plan.engine, plan.names, plan.n_body
    ('motet', ('Part 1',), 88200)
    """
    _check(
        score,
        sample_rate_hz=sample_rate_hz,
        reverb=reverb,
        loop=loop,
        start_s=start_s,
        end_s=end_s,
    )
    font = load_soundfont() if soundfont is None else read_soundfont(soundfont)
    whole_s = score.time.tick_to_s(score.bars[-1].end_tick if loop else score.end_tick)
    until_s = whole_s if end_s is None else end_s
    performances = []
    for part in score.parts:
        performance = perform_part(score, part)
        if start_s > 0 or end_s is not None:
            performance = performance.shifted(start_s, until_s=until_s)
        performances.append(performance)
    body_s = max(until_s - start_s, 0.05)
    n_body = round(body_s * sample_rate_hz)
    end = n_body
    if end_s is None:
        last = max((stem_end_s(font, one) for one in performances), default=0.0)
        tail_s = ROOMS[reverb].length_s if reverb != "none" else 0.0
        end = max(n_body, round((last + tail_s) * sample_rate_hz)) + round(0.05 * sample_rate_hz)
    return Plan(
        font=font,
        engine=choose_engine(engine),
        rate_hz=sample_rate_hz,
        room=reverb,
        names=_unique_names(score),
        performances=tuple(performances),
        channels=plan_channels(score),
        n_body=n_body,
        n=end,
        is_loop=loop,
    )


def _unique_names(score: Score) -> tuple[str, ...]:
    names: list[str] = []
    for k, part in enumerate(score.parts):
        name = part.name.strip() or f"Part {k + 1}"
        count = 2
        unique = name
        while unique in names:
            unique = f"{name} {count}"
            count += 1
        names.append(unique)
    return tuple(names)
