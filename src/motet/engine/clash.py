"""What keeps the rules of a cell from being met, in words.

Conventions: a clash is a pair of texts, English and Chinese, or None; times are grid positions from the
start of the bar.

Offers `find_bad_bounds`, `find_pitch_clash`, `find_voice_clash`, `free_positions`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from motet.engine.cell_table import FIRST_DRUM_KEY, LAST_DRUM_KEY, CellTable, count_sounding
from motet.tokens.layout import MAX_BAR, MAX_DURATION

if TYPE_CHECKING:
    from motet.engine.rules import CellRules

__all__ = ["find_bad_bounds", "find_pitch_clash", "find_voice_clash", "free_positions"]


def find_bad_bounds(rules: CellRules, is_drums: bool) -> tuple[str, str] | None:
    """Return which bounds contradict each other whatever the bar, None if none do.

    Parameters
    ----------
    rules : CellRules
    is_drums : bool

    Returns
    -------
    (str, str) or None
        The clash in English and in Chinese.

    Examples
    --------
    >>> from motet.engine.rules import CellRules
    >>> find_bad_bounds(CellRules(n_positions=96, min_onsets=5, max_onsets=4), False)[0]
    'at least 5 onsets clash with at most 4; change one of them'
    """
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


def find_pitch_clash(table: CellTable) -> tuple[str, str] | None:
    """Return what keeps any note, or a fixed rhythm, from being played, whatever sounds already.

    Parameters
    ----------
    table : CellTable

    Returns
    -------
    (str, str) or None
        The clash in English and in Chinese.

    Examples
    --------
    >>> from motet.engine.cell_table import lay_table
    >>> from motet.engine.rules import CellRules
    >>> find_pitch_clash(lay_table(CellRules(rhythm=((90, 7),), last_end=96), 96, False))[0]
    'the fixed rhythm has a note at position 90 that lasts to 97, but notes must end by 96; shorten it'
    """
    rules = table.rules
    if not (table.n_pitches > 0).any():
        return _say_no_pitch(rules)
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

    Examples
    --------
    >>> from motet.engine.cell_table import lay_table
    >>> from motet.engine.rules import CellRules
    >>> find_voice_clash(lay_table(CellRules(min_onsets=97), 96, False), [])[0]
    'at least 97 onsets are asked for, but the bar has 96 positions; ask for fewer'
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

    Examples
    --------
    >>> from motet.engine.cell_table import lay_table
    >>> from motet.engine.rules import CellRules
    >>> free_positions(lay_table(CellRules(max_polyphony=1), 4, False), [(2, 60)]).tolist()
    [False, False, True, True]
    """
    return table.is_playable & (count_sounding(table, (), sounding) < table.n_voices)
