"""Phrases from a bundle that runs by events: the live player, led through bars that are given.

Conventions: as `motet.engine.phrase_ask` and `motet.engine.live`. Given notes are heard as they come, so
what is written goes on from them and goes with them. Each bar of the music holds at least one onset. Notes
leave bar by bar (`stream_bars`), so that a thousand bars need no more memory than eight.

Offers `write`, `parts`, `stream_bars`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.engine.bundle import Bundle
from motet.engine.live import MANY, Limits, LiveEvent, Player, Scene
from motet.engine.phrase_ask import PhraseAsk, join_notes, lay_parts, open_bars, pitch_mask
from motet.engine.write import Cancel
from motet.phrases.event_codec import CONTENTS, PARTS
from motet.phrases.roles import find_roles
from motet.tokens.layout import GRID_NOTE, GridArray, GridScore

__all__ = ["parts", "stream_bars", "write"]

_HOMES: Final = {"melody": (57, 88), "chords": (45, 79), "bass": (26, 55), "strings": (45, 86)}
"""Where a part lies unless a range is asked for: MIDI numbers."""


def parts(bundle: Bundle) -> tuple[str, ...]:
    """Return the parts that the bundle can write.

    Parameters
    ----------
    bundle : Bundle

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> parts.__name__
    'parts'
    """
    content = str(bundle.data.get("content", bundle.config.get("content", "melody")))
    return tuple(PARTS[k] for k in CONTENTS[content])


def write(bundle: Bundle, ask: PhraseAsk, *, cancel: Cancel | None = None) -> list[GridScore]:
    """Return candidates of what is asked for.

    Parameters
    ----------
    bundle : Bundle
    ask : PhraseAsk
    cancel : Cancel or None

    Returns
    -------
    list of GridScore
        Fewer than ``ask.n`` when it was cancelled.

    Examples
    --------
    >>> write.__name__
    'write'
    """
    player = _make_player(bundle, ask)
    found: list[GridScore] = []
    for candidate in range(ask.n):
        rows: list[GridArray] = [np.zeros(0, GRID_NOTE)]
        for _, notes in _bars(player, ask, candidate, cancel):
            rows.append(notes)
        if cancel is not None and cancel.is_set:
            break
        notes = np.concatenate(rows)
        split = {name: notes[notes["part"] == PARTS.index(name)] for name in ask.parts}
        found.append(join_notes(ask, split))
    return found


def stream_bars(
    bundle: Bundle, ask: PhraseAsk, *, candidate: int = 0, cancel: Cancel | None = None
) -> Iterator[tuple[int, GridArray]]:
    """Yield the bars as they are done, with what was written into each.

    Parameters
    ----------
    bundle : Bundle
    ask : PhraseAsk
    candidate : int
        Which of the ask's candidates.
    cancel : Cancel or None

    Yields
    ------
    int
        Bar.
    array of `GRID_NOTE`
        ``part`` is the row that `lay_parts` gives.

    Examples
    --------
    >>> stream_bars.__name__
    'stream_bars'
    """
    _, rows = lay_parts(ask)
    for bar, notes in _bars(_make_player(bundle, ask), ask, candidate, cancel):
        told = notes.copy()
        told["part"] = [rows[PARTS[part]] for part in notes["part"]]
        yield bar, told


def _make_player(bundle: Bundle, ask: PhraseAsk) -> Player:
    """Return a player that can do nothing but what is asked for."""
    grid, rows = lay_parts(ask)
    from_tick = {
        name: int(grid.bar_starts[open_bars(grid, row).start]) for name, row in rows.items()
    }
    most = ask.max_polyphony or 16
    limits = Limits(
        parts=ask.parts,
        pitches=_Pitches(ask),
        polyphony={name: min(most, MANY[name]) for name in PARTS},
        from_tick=from_tick,
        temperature=ask.temperature,
    )
    return Player(bundle, Scene(ask.grid), limits)


class _Pitches:
    """Which pitches may begin where: those of the ask, within the part's home unless a range is asked."""

    def __init__(self, ask: PhraseAsk) -> None:
        self._ask = ask
        shift = ask.grid.shift_semi
        is_free = (ask.low_midi, ask.high_midi) == (0, 127)
        self._homes = {
            name: (np.arange(128) >= low + shift) & (np.arange(128) <= high + shift)
            for name, (low, high) in (_HOMES.items() if is_free else ())
        }

    def __call__(self, onset_tick: int, part: str) -> npt.NDArray[np.bool_]:
        mask = pitch_mask(self._ask, onset_tick, is_drums=part == "drums")
        if part in self._homes:
            home = mask & self._homes[part]
            mask = home if home.any() else mask
        return mask


def _bars(
    player: Player, ask: PhraseAsk, candidate: int, cancel: Cancel | None
) -> Iterator[tuple[int, GridArray]]:
    """Yield bar by bar what the player writes, ``part`` as in a stream of events."""
    scene = player.scene
    bar = 0
    rows: list[tuple[int, int, int, int, int, int]] = []
    for event in _events(player, ask, candidate):
        if cancel is not None and cancel.is_set:
            return
        now = scene.bar(event.onset_tick)
        while bar < now:
            yield bar, np.array(rows, GRID_NOTE)
            bar, rows = bar + 1, []
        rows.append(
            (now, PARTS.index(event.part), event.onset_tick - scene.bar_start(now), event.dur_tick,
             event.pitch, event.vel)
        )  # fmt: skip
    while bar < ask.grid.n_bars:
        yield bar, np.array(rows, GRID_NOTE)
        bar, rows = bar + 1, []


def _events(player: Player, ask: PhraseAsk, candidate: int) -> Iterator[LiveEvent]:
    """Yield the events that the player adds, given ones heard when they are due."""
    given = _given(ask)
    state = player.begin(seed=ask.seed, stream=candidate)
    first = min(player.limits.from_tick.values())
    at = 0
    while True:
        while at < len(given) and given[at].onset_tick < first:
            state, at = player.hear(state, given[at]), at + 1
        event, after = player.next(state)
        if at < len(given) and (event is None or _order(given[at]) <= _order(event)):
            state, at = player.hear(state, given[at]), at + 1
            continue
        if event is None:
            return
        state = after
        yield event


def _order(event: LiveEvent) -> tuple[int, int, int]:
    return event.onset_tick, PARTS.index(event.part), event.pitch


def _given(ask: PhraseAsk) -> Sequence[LiveEvent]:
    """Return the notes that are given, in the order of a stream."""
    grid, rows = lay_parts(ask)
    part_of = {row: name for name, row in rows.items()}
    for name, found in find_roles(grid).items():
        for row in found:
            if name not in rows:
                part_of.setdefault(row, name)
    starts = grid.bar_starts
    events = [
        LiveEvent(onset_tick=int(starts[bar]) + pos, pitch=pitch, dur_tick=dur, part=part_of[part], vel=vel)
        for bar, part, pos, dur, pitch, vel in grid.notes.tolist()
        if part in part_of
    ]  # fmt: skip
    return sorted(events, key=_order)
