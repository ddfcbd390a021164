"""Hard rules for the notes of one cell, and whether they can be met.

Conventions: pitches and pitch classes are key-normalised (the task shifts them), times are grid
positions (24 a quarter note) from the start of the bar; a velocity is a VEL value; an onset is a group
of notes that begin together. `motet.engine.guard` keeps the rules while a cell is being written.

Offers `CellRules`, `check_rules`, `link_rules`.

Source: own definition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.engine.cell_table import (
    FIRST_DRUM_KEY,
    LAST_DRUM_KEY,
    CellTable,
    count_sounding,
    lay_table,
)
from motet.errors import ConstraintError
from motet.tokens.layout import MAX_BAR, MAX_DURATION

__all__ = ["CellRules", "check_rules", "find_voice_clash", "free_positions", "link_rules"]

_NOTHING_HELD: Final[tuple[tuple[int, int], ...]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRules:
    """What one cell must obey; None and empty ask for nothing.

    Parameters
    ----------
    scale : frozenset of int, 0 to 11, or None
        Pitch classes that may be used.
    chords : tuple of (start, end, pitch classes)
        While one sounds, its tones may be used too; of overlapping ones the later in the list counts.
    strong : frozenset of int, positions
        Where notes may begin only on tones of the chord that sounds, if one sounds.
    low, high : int, 0 to 127
        Lowest and highest pitch; not for drums.
    max_polyphony : int or None
        How many notes may sound at once, those held from earlier bars included.
    max_group : int or None
        How many notes may begin at once.
    min_onsets, max_onsets : int, int or None
        How many onsets the cell has. ``max_onsets=0`` is a rest.
    rhythm : tuple of (pos, duration) or None
        A fixed rhythm: onsets lie exactly here, with these durations; pitches are free. A pair that
        stands n times asks for n notes at least; more of the same duration may join them up to
        `max_group` and `max_polyphony`. Durations do not count for drums.
    n_positions : int
        Length of the bar; 0 takes it from the plan.
    last_end : int or None
        Where all notes must have ended, which may lie after the bar; not for drums.
    drum_keys : frozenset of int, 27 to 87, or None
        Percussion keys that may be used.
    velocities : (int, int) or None, VEL values 0 to 15
        Lowest and highest.
    forbid : tuple of (start, end, pitch)
        Pitches that may not begin from a position on, up to another.

    Examples
    --------
    >>> CellRules(scale=frozenset({0, 2, 4, 5, 7, 9, 11}), low=60, high=79, max_polyphony=1).high
    79
    """

    scale: frozenset[int] | None = None
    chords: tuple[tuple[int, int, frozenset[int]], ...] = ()
    strong: frozenset[int] = frozenset()
    low: int = 0
    high: int = 127
    max_polyphony: int | None = None
    max_group: int | None = None
    min_onsets: int = 0
    max_onsets: int | None = None
    rhythm: tuple[tuple[int, int], ...] | None = None
    n_positions: int = 0
    last_end: int | None = None
    drum_keys: frozenset[int] | None = None
    velocities: tuple[int, int] | None = None
    forbid: tuple[tuple[int, int, int], ...] = ()


def check_rules(
    rules: CellRules,
    *,
    sounding: Sequence[tuple[int, int]] = _NOTHING_HELD,
    is_drums: bool | None = None,
    place: str = "",
) -> None:
    """Return if the rules of a cell can be met, else say what clashes with what.

    Parameters
    ----------
    rules : CellRules
        With ``n_positions``.
    sounding : sequence of (end, pitch)
        Notes held in from earlier bars: where they end, in positions of this bar.
    is_drums : bool or None
        None takes the cell for drums if it has ``drum_keys``.
    place : str
        What the message names: ``"bar 3, part 'Flute'"``.

    Raises
    ------
    ConstraintError
        No notes satisfy the rules.

    Examples
    --------
    >>> check_rules(CellRules(n_positions=96, scale=frozenset({1}), low=60, high=60))
    Traceback (most recent call last):
    ...
    motet.errors.ConstraintError: no pitch of the scale lies from 60 to 60; ...
    """
    drums = rules.drum_keys is not None if is_drums is None else is_drums
    clash = _find_bad_bounds(rules, drums)
    if clash is None and rules.max_onsets != 0:
        table = lay_table(rules, rules.n_positions, drums)
        if not (table.n_pitches > 0).any():
            clash = _say_no_pitch(rules)
        else:
            clash = _find_rhythm_clash(table) or find_voice_clash(table, sounding)
    if clash is not None:
        raise ConstraintError(clash[0], zh=clash[1], place=place)


def _find_bad_bounds(rules: CellRules, is_drums: bool) -> tuple[str, str] | None:
    """Return what is wrong with the rules whatever the notes, in both languages."""
    most = rules.max_onsets
    if not 1 <= rules.n_positions <= MAX_BAR:
        return (
            f"a bar has 1 to {MAX_BAR} positions, got n_positions {rules.n_positions}",
            f"小节有 1 到 {MAX_BAR} 个格位,收到 n_positions {rules.n_positions}",
        )
    if rules.low > rules.high:
        return (
            f"the lowest pitch {rules.low} lies above the highest, {rules.high}; widen the range",
            f"最低音 {rules.low} 高于最高音 {rules.high};请放宽音域",
        )
    for name, bound in (("max_polyphony", rules.max_polyphony), ("max_group", rules.max_group)):
        if bound is not None and bound < 1:
            return (
                f"{name} {bound} allows no note; use 1 or more, or max_onsets 0 for a rest",
                f"{name} 为 {bound} 时不能有任何音;请用 1 以上,休止请用 max_onsets 0",
            )
    if most is not None and not 0 <= rules.min_onsets <= most:
        return (
            f"at least {rules.min_onsets} onsets clash with at most {most}; change one of them",
            f"至少 {rules.min_onsets} 个起音与至多 {most} 个相冲突;请改其一",
        )
    low, high = rules.velocities or (0, 15)
    if not 0 <= low <= high <= 15:
        return (
            f"velocities {low} to {high} hold none of the values 0 to 15",
            f"力度 {low} 到 {high} 不含 0 到 15 中的任何值",
        )
    if is_drums and rules.drum_keys is not None:
        kit = range(FIRST_DRUM_KEY, LAST_DRUM_KEY + 1)
        if most != 0 and not any(key in kit for key in rules.drum_keys):
            return (
                f"drum_keys holds no percussion key from {kit[0]} to {kit[-1]}; name some",
                f"drum_keys 中没有 {kit[0]} 到 {kit[-1]} 的打击乐键;请列出一些",
            )
    if most == 0 and rules.rhythm:
        return (
            f"a fixed rhythm of {len(rules.rhythm)} notes clashes with at most 0 onsets",
            f"含 {len(rules.rhythm)} 个音的固定节奏与至多 0 个起音相冲突",
        )
    return None


def _say_no_pitch(rules: CellRules) -> tuple[str, str]:
    """Return the clash of a range without a single pitch that may be used."""
    what, zh = (
        ("pitch", "可用的音") if rules.scale is None else ("pitch of the scale", "音阶内的音")
    )
    return (
        f"no {what} lies from {rules.low} to {rules.high}; widen the range or the scale",
        f"{rules.low} 到 {rules.high} 之间没有{zh};请放宽音域或音阶",
    )


def _find_rhythm_clash(table: CellTable) -> tuple[str, str] | None:
    """Return what keeps a fixed rhythm from being played, whatever sounds already."""
    rules = table.rules
    if not rules.rhythm:
        return None
    counts = Counter(pos for pos, _ in table.required)
    most = table.max_onsets
    if not rules.min_onsets <= len(counts) <= most:
        is_few = len(counts) < rules.min_onsets
        wish = f"at least {rules.min_onsets}" if is_few else f"at most {most}"
        zh = f"至少 {rules.min_onsets} 个" if is_few else f"至多 {most} 个"
        return (
            f"the fixed rhythm has {len(counts)} onsets, which clashes with {wish}",
            f"固定节奏有 {len(counts)} 个起音,与{zh}相冲突",
        )
    for pos, duration in table.required:
        if not (0 <= pos < table.length and 1 <= duration <= MAX_DURATION):
            return (
                f"the fixed rhythm has a note at position {pos} of length {duration}; onsets are 0 to "
                f"{table.length - 1} in this bar, lengths 1 to {MAX_DURATION}",
                f"固定节奏中有位置 {pos}、时值 {duration} 的音;此小节的起音为 0 到 "
                f"{table.length - 1},时值为 1 到 {MAX_DURATION}",
            )
        if pos + duration > table.end:
            return (
                f"the fixed rhythm has a note at position {pos} that lasts to {pos + duration}, but "
                f"notes must end by {table.end}; shorten it",
                f"固定节奏中位置 {pos} 的音持续到 {pos + duration},但音必须在 {table.end} 前结束;请缩短",
            )
    for pos, count in counts.items():
        if count > table.n_pitches[pos]:
            return (
                f"position {pos} of the fixed rhythm asks for {count} notes, but key, chord and range "
                f"leave {table.n_pitches[pos]} pitches there; widen the range",
                f"固定节奏在位置 {pos} 需要 {count} 个音,但调、和弦与音域在此只留下 "
                f"{table.n_pitches[pos]} 个音高;请放宽音域",
            )
        if count > table.n_group:
            return (
                f"the fixed rhythm begins {count} notes at position {pos}, which clashes with at most "
                f"{table.n_group} at once",
                f"固定节奏在位置 {pos} 有 {count} 个音同时开始,与至多 {table.n_group} 个相冲突",
            )
    return None


def find_voice_clash(
    table: CellTable, sounding: Sequence[tuple[int, int]]
) -> tuple[str, str] | None:
    """Return what leaves too few voices or places for the notes that a cell must have.

    Parameters
    ----------
    table : CellTable
    sounding : sequence of (end, pitch)
        Notes held in from earlier bars.

    Returns
    -------
    (str, str) or None
        The clash in English and in Chinese.
    """
    if table.required:
        active = count_sounding(table, table.required, sounding)
        for pos, _ in table.required:
            if active[pos] > table.n_voices:
                return (
                    f"the fixed rhythm has {active[pos]} notes sounding at position {pos}, held ones "
                    f"included, which clashes with at most {table.n_voices} at once",
                    f"固定节奏在位置 {pos} 连同延续的音共有 {active[pos]} 个音同时发声,"
                    f"与至多 {table.n_voices} 个相冲突",
                )
        return None
    wanted = table.rules.min_onsets
    if wanted <= int(free_positions(table, sounding).sum()):
        return None
    with_pitch = int((table.n_pitches > 0).sum())
    head, zh = f"at least {wanted} onsets are asked for, but ", f"要求至少 {wanted} 个起音,但"
    if wanted > table.length:
        return (
            f"{head}the bar has {table.length} positions; ask for fewer",
            f"{zh}此小节只有 {table.length} 个格位;请减少",
        )
    if wanted > with_pitch:
        return (
            f"{head}key, chord tones at strong places and range leave a pitch at {with_pitch} positions "
            "only; widen the range",
            f"{zh}调、强位和弦音与音域只在 {with_pitch} 个格位留有音高;请放宽音域",
        )
    if wanted > int(table.is_playable.sum()):
        return (
            f"{head}all notes must end by position {table.end}; ask for fewer",
            f"{zh}所有音必须在位置 {table.end} 前结束;请减少",
        )
    return (
        f"{head}notes held from earlier bars leave no voice of {table.n_voices} free; allow more notes at "
        "once",
        f"{zh}前面小节延续的音占满了 {table.n_voices} 个声部;请允许更多音同时发声",
    )


def free_positions(table: CellTable, sounding: Sequence[tuple[int, int]]) -> npt.NDArray[np.bool_]:
    """Return where a note may begin before any is written: bool, shape (length,).

    Parameters
    ----------
    table : CellTable
    sounding : sequence of (end, pitch)

    Returns
    -------
    bool, shape (length,)
    """
    return table.is_playable & (count_sounding(table, (), sounding) < table.n_voices)


def link_rules(
    rules: Mapping[tuple[int, int], CellRules],
    *,
    bar_lengths: Sequence[int],
    drum_parts: Collection[int] = (),
    sounding: Mapping[tuple[int, int], Sequence[tuple[int, int]]] | None = None,
) -> dict[tuple[int, int], CellRules]:
    """Return the rules of all open cells, each checked, and such that no cell spoils a later one.

    Where polyphony is bounded, a note that is held too long takes the voice that a later bar needs for
    the onsets it must have: ``last_end`` becomes earlier where needed.

    Parameters
    ----------
    rules : mapping of (bar, part) to CellRules
        ``n_positions`` 0 becomes the length of the bar.
    bar_lengths : sequence of int, positions
    drum_parts : collection of int
        Parts that are drums.
    sounding : mapping of (bar, part) to sequence of (end, pitch), or None
        Notes of given cells that are held into open ones.

    Returns
    -------
    dict of (bar, part) to CellRules

    Raises
    ------
    ConstraintError
        The rules of a cell cannot be met; the message names bar and part, counted from 1.

    Examples
    --------
    >>> solo = CellRules(max_polyphony=1, min_onsets=90)
    >>> linked = link_rules({(0, 0): solo, (1, 0): solo}, bar_lengths=[96, 96])
    >>> linked[0, 0].last_end, linked[1, 0].last_end
    (102, None)
    """
    starts = np.concatenate([[0], np.cumsum(bar_lengths)]).tolist()
    whole = {
        (bar, part): one if one.n_positions else replace(one, n_positions=int(bar_lengths[bar]))
        for (bar, part), one in sorted(rules.items(), reverse=True)
    }
    held = {cell: list((sounding or {}).get(cell, ())) for cell in rules}
    for (bar, part), one in whole.items():
        if part not in drum_parts:
            _hold_rhythm(bar, part, one, starts, held)
    linked: dict[tuple[int, int], CellRules] = {}
    deadline: dict[int, int] = {}  # part to where free notes of earlier bars must have ended
    for (bar, part), one in whole.items():
        kept, is_drums = held[bar, part], part in drum_parts
        place = f"bar {bar + 1}, part {part + 1}"
        check_rules(one, sounding=kept, is_drums=is_drums, place=place)
        linked[bar, part] = one
        if is_drums:
            continue
        if part in deadline:
            end = deadline[part] - starts[bar]
            end = end if one.last_end is None else min(end, one.last_end)
            linked[bar, part] = replace(one, last_end=end)
        if one.max_polyphony is not None and (one.min_onsets or one.rhythm):
            deadline[part] = starts[bar] + _find_deadline(one, kept)
    return {cell: linked[cell] for cell in rules}


def _hold_rhythm(
    bar: int,
    part: int,
    rules: CellRules,
    starts: Sequence[int],
    held: Mapping[tuple[int, int], list[tuple[int, int]]],
) -> None:
    """Add the notes of a fixed rhythm that last into later open cells to what is held there."""
    for pos, duration in rules.rhythm or ():
        end = starts[bar] + pos + duration
        for later in range(bar + 1, len(starts) - 1):
            if starts[later] >= end:
                break
            if (later, part) in held:
                held[later, part].append((end - starts[later], -1))


def _find_deadline(rules: CellRules, sounding: Sequence[tuple[int, int]]) -> int:
    """Return the last position by which notes of earlier bars may end."""
    if rules.rhythm:
        return min(pos for pos, _ in rules.rhythm)
    free = free_positions(lay_table(rules, rules.n_positions, False), sounding)
    return int(np.flatnonzero(free)[-rules.min_onsets])
