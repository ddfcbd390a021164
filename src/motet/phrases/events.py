"""The phrase kind "events": so many note events in a row, each with what was known before it.

Conventions: as `motet.phrases.event_codec` and `event_memory`. A phrase has ``length + 1`` rows: row 0 is
the start, row i the i-th event. Arrays of a phrase (t = length + 1):

- ``events`` uint8 (t, 5): shift class, part, pitch (`PAD` after the end), duration class, VEL value
- ``place`` uint8 (t, 5), ``chords`` uint8 (t, 2): of each event's onset
- ``lags`` uint8 (t, lags, 6): `look_back`; ``last`` uint8 (t,); ``sound`` int16 (t,)
- ``style``, ``mode`` uint8 ()

Offers `KIND`, `EventOptions`, `extract`, `vary`, `to_grid`, `events_of`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.phrases.event_codec import (
    CONTENTS,
    DRUMS,
    DURATIONS_TICK,
    EVENT,
    FAR,
    NO_CHORD,
    NO_STYLE,
    PAD,
    PARTS,
    REST,
    SHIFTS_TICK,
    START,
    Ground,
    duration_class,
    read_stream,
    stream_to_notes,
)
from motet.phrases.event_memory import (
    LAGS,
    NO_DUR,
    NO_PART,
    NO_PITCH,
    NO_SHIFT,
    last_pitches,
    look_back,
    sounding_classes,
)
from motet.phrases.kinds import Batch, PhraseKind
from motet.tokens.layout import (
    DEFAULT_VELOCITY,
    GRID_BAR,
    GRID_CHORD,
    GridArray,
    GridPart,
    GridScore,
    metre_length,
)

__all__ = ["KIND", "EventOptions", "events_of", "extract", "to_grid", "vary"]

_PROGRAMS: Final = (73, 0, 33, 48, 128)
_MOST: Final = 6
_LEAST: Final = 16
_LEFT_OUT: Final = {"chords": 0.15, "style": 0.15, "end": 0.3}
_LONGEST: Final = 511
"""Longest phrase: a player's memory is as long."""


@dataclass(frozen=True, kw_only=True)
class EventOptions:
    """What a phrase of events holds.

    Parameters
    ----------
    content : str
        ``melody``, ``drums`` or ``poly`` (melody, chords, bass, strings and drums as far as there are).
    length : int, 16 to 511
        Events.

    Raises
    ------
    ParameterError
        Another content or length.

    Examples
    --------
    >>> EventOptions().length
    128
    """

    content: str = "melody"
    length: int = 128

    def __post_init__(self) -> None:
        if self.content not in CONTENTS:
            raise ParameterError(
                f"content must be {', '.join(CONTENTS)}, got {self.content!r}",
                zh=f"content 须为 {'、'.join(CONTENTS)} 之一,收到 {self.content!r}",
            )
        if not _LEAST <= self.length <= _LONGEST:
            raise ParameterError(
                f"length must be {_LEAST} to {_LONGEST}, got {self.length}",
                zh=f"length 须为 {_LEAST} 到 {_LONGEST},收到 {self.length}",
            )


def extract(grid: GridScore, options: EventOptions) -> list[dict[str, npt.NDArray[Any]]]:
    """Return the phrases of a piece: up to six, evenly spread, each from the start of a bar.

    Parameters
    ----------
    grid : GridScore
    options : EventOptions

    Returns
    -------
    list of dict
        As the module says; none where the content has fewer than 16 notes, or where of "poly" there is
        but one part.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score(" | ".join(["C5:1 D5:1 E5:1 F5:1"] * 8))).grid
    >>> [one["events"].shape for one in extract(grid, EventOptions(length=16))]
    [(17, 5), (17, 5)]
    """
    stream = read_stream(grid, options.content)
    if len(stream) < _LEAST or (options.content == "poly" and len(np.unique(stream["part"])) < 2):
        return []
    ground = Ground(grid)
    first_in_bar = np.unique(np.searchsorted(stream["onset"], grid.bar_starts[:-1]))
    starts = [0]
    for at in first_in_bar:
        if at - starts[-1] >= options.length * 3 // 4 and len(stream) - at >= _LEAST:
            starts.append(int(at))
    chosen = np.unique(np.linspace(0, len(starts) - 1, min(_MOST, len(starts))).astype(int))
    return [
        events_of(stream[starts[i] :], ground, length=options.length, is_first=i == 0)
        for i in chosen
    ]


def events_of(
    stream: GridArray, ground: Ground, *, length: int, is_first: bool = True
) -> dict[str, npt.NDArray[Any]]:
    """Return a stream's first events as the arrays of a phrase.

    Parameters
    ----------
    stream : array of `EVENT`
    ground : Ground
    length : int
    is_first : bool
        Whether time counts from the start of the piece, else from that of the first event's bar.

    Returns
    -------
    dict of str to array

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("r:1 D5:1 E5:2", fifths=0), key="none").grid
    >>> events_of(read_stream(grid, "melody"), Ground(grid), length=3)["events"][:, :3].tolist()
    [[0, 0, 129], [24, 0, 74], [24, 0, 76], [0, 0, 130]]
    """
    bar = 0 if is_first or not len(stream) else int(ground.bars(stream["onset"][:1])[0])
    start = int(ground.grid.bar_starts[bar])
    stream = _with_rests(stream[:length], start)[:length]
    n = len(stream)
    events = np.zeros((length + 1, 5), np.uint8)
    events[:, 2], events[:, 4] = PAD, DEFAULT_VELOCITY
    events[0, 2] = START
    shifts = np.diff(stream["onset"], prepend=start)
    events[1 : n + 1, 0] = np.searchsorted(SHIFTS_TICK, shifts, side="right") - 1
    events[1 : n + 1, 1], events[1 : n + 1, 2] = stream["part"], stream["pitch"]
    events[1 : n + 1, 3] = np.where(stream["part"] == DRUMS, 0, duration_class(stream["dur"]))
    events[1 : n + 1, 4] = stream["vel"]
    if n:
        events[0, 1] = stream["part"][0] if len(np.unique(stream["part"])) == 1 else 0
    place = np.zeros((length + 1, 5), np.uint8)
    chords = np.full((length + 1, 2), NO_CHORD, np.uint8)
    onsets = np.concatenate(([start], stream["onset"]))
    place[: n + 1], chords[: n + 1] = ground.places(onsets)
    lags = np.zeros((length + 1, len(LAGS), 6), np.uint8)
    lags[:] = NO_SHIFT, NO_PART, NO_PITCH, NO_PITCH, NO_DUR, 0
    last = np.full(length + 1, START, np.uint8)
    sound = np.zeros(length + 1, np.int16)
    if n:
        lags[1 : n + 1] = look_back(stream, ground, start=start)
        last[1 : n + 1], sound[1 : n + 1] = last_pitches(stream), sounding_classes(stream)
    return {
        "events": events, "place": place, "chords": chords, "lags": lags, "last": last, "sound": sound,
        "style": np.array(ground.style, np.uint8), "mode": np.array(ground.mode, np.uint8),
    }  # fmt: skip


def _with_rests(stream: GridArray, start: int) -> GridArray:
    """Return the stream with rests where an event alone cannot say how late it comes."""
    shifts = np.diff(stream["onset"], prepend=start)
    odd = ~np.isin(shifts, SHIFTS_TICK)
    if not odd.any():
        return stream
    rows: list[tuple[int, int, int, int, int]] = []
    now = start
    for onset, part, pitch, dur, vel in stream.tolist():
        while onset - now not in _TICKS:
            step = int(SHIFTS_TICK[np.searchsorted(SHIFTS_TICK, onset - now, side="right") - 1])
            now += step
            rows.append((now, part, REST, 1, DEFAULT_VELOCITY))
        rows.append((onset, part, pitch, dur, vel))
        now = onset
    return np.array(rows, EVENT)


_TICKS: Final = frozenset(SHIFTS_TICK.tolist())


def vary(batch: Batch, rng: np.random.Generator) -> Batch:
    """Return phrases with chords, style or how far the end is left untold here and there.

    Parameters
    ----------
    batch : dict of str to array
    rng : Generator

    Returns
    -------
    dict of str to array

    Examples
    --------
    >>> batch = {"chords": np.zeros((9, 2, 2), np.uint8), "place": np.zeros((9, 2, 5), np.uint8),
    ...          "style": np.zeros(9, np.uint8)}
    >>> bool((vary(batch, np.random.default_rng(0))["style"] == NO_STYLE).any())
    True
    """
    n = len(batch["style"])
    drop = {name: rng.random(n) < share for name, share in _LEFT_OUT.items()}
    chords, style, place = batch["chords"].copy(), batch["style"].copy(), batch["place"].copy()
    chords[drop["chords"]] = NO_CHORD
    style[drop["style"]] = NO_STYLE
    place[drop["end"], :, 4] = FAR
    return {**batch, "chords": chords, "style": style, "place": place}


def to_grid(phrase: Batch) -> GridScore:
    """Return the music of one phrase.

    Parameters
    ----------
    phrase : dict of str to array
        Of one phrase, without the first axis.

    Returns
    -------
    GridScore
        Bars are all of the first event's metre; chords those that were told at events.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C5:1 D5:1 E5:2 | F5:4", fifths=0)).grid
    >>> phrase = events_of(read_stream(grid, "melody"), Ground(grid), length=16)
    >>> back = to_grid(phrase)
    >>> back.notes["pitch"].tolist(), back.notes["dur"].tolist()
    ([72, 74, 76, 77], [24, 24, 48, 96])
    """
    events = phrase["events"].astype(np.int64)
    n = int(np.argmax(events[:, 2] == PAD)) if (events[:, 2] == PAD).any() else len(events)
    rows = events[1:n]
    stream = np.zeros(len(rows), EVENT)
    stream["onset"] = np.cumsum(SHIFTS_TICK[rows[:, 0]])
    stream["part"], stream["pitch"], stream["vel"] = rows[:, 1], rows[:, 2], rows[:, 4]
    stream["dur"] = np.where(rows[:, 1] == DRUMS, 6, DURATIONS_TICK[rows[:, 3]])
    metre = int(phrase["place"][0, 2])
    length = metre_length(metre)
    end = int(stream["onset"][-1]) if len(stream) else 0
    bars = np.array([(length, metre, -1)] * (end // length + 1), GRID_BAR)
    starts = np.arange(len(bars) + 1) * length
    used = [int(part) for part in np.unique(stream["part"])] or [0]
    return GridScore(
        parts=tuple(
            GridPart(
                slot=slot, program=_PROGRAMS[part], role="comping" if part == 1 else PARTS[part]
            )
            for slot, part in enumerate(used)
        ),
        notes=stream_to_notes(stream, starts, {part: slot for slot, part in enumerate(used)}),
        bars=bars,
        chords=_read_chords(phrase["chords"][1:n, 0], stream["onset"], length),
        key=0,
        style=int(phrase["style"]) if int(phrase["style"]) < NO_STYLE else -1,
    )


def _read_chords(values: Any, onsets: Any, length: int) -> GridArray:
    """Return chords where they change from event to event."""
    rows: list[tuple[int, int, int, int, float]] = []
    now = NO_CHORD
    for value, onset in zip(values.tolist(), onsets.tolist(), strict=True):
        if value != now:
            rows.append(
                (onset // length, onset % length, -1 if value == NO_CHORD else value, -1, 1.0)
            )
            now = value
    return np.array(rows, GRID_CHORD)


KIND: Final = PhraseKind(name="events", options=EventOptions, extract=extract, vary=vary)
