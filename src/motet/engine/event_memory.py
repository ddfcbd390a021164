"""The state of a player of note events: a few kilobytes, the same number of them after any time.

Conventions: as `motet.phrases.event_codec`. The ring holds the last 256 notes sorted by
`event_key`, older ones drop out; what it says of one, two and four bars ago is what
`motet.phrases.event_memory.look_back` says of a whole stream.

Offers `LiveEvent`, `LiveState`, `look_before`, `look_at`, `remember`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.engine.event_scene import Scene
from motet.errors import FormatError
from motet.phrases.event_codec import DRUMS, PARTS, REST, SHIFTS_TICK, START, duration_class
from motet.phrases.event_memory import (
    LAGS,
    MOST_RUN,
    NO_DUR,
    NO_PART,
    NO_PITCH,
    NO_SHIFT,
    event_key,
)

__all__ = ["RING", "LiveEvent", "LiveState", "look_at", "look_before", "new_state", "remember"]

Ints = npt.NDArray[Any]

RING: Final = np.dtype([("key", "<i8"), ("dur", "<i2"), ("step", "<i2")])
"""A note that is remembered: `event_key`, duration, semitones from the one before in its part."""
_SIZE: Final = 256
_NO_STEP: Final = 999
_MAGIC: Final = b"MTLS1"
_HEAD: Final = np.dtype(
    [
        ("onset", "<i8"), ("part", "u1"), ("pitch", "u1"), ("dur", "<i4"), ("vel", "u1"),
        ("shift", "u1"), ("n", "<i8"), ("seed", "<u8"), ("stream", "<u4"), ("run", "u1", (len(LAGS),)),
        ("last", "u1", (len(PARTS),)), ("shape", "<u2", (2,)),
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveEvent:
    """A note, or a rest.

    Parameters
    ----------
    onset_tick, dur_tick : int, positions (24 a quarter note)
        From the start of the music.
    part : str
        Of `motet.phrases.event_codec.PARTS`.
    pitch : int, 0 to 127
        Key-normalised, as the scene is; 128 sounds nothing.
    vel : int, 0 to 15
        VEL value.

    Examples
    --------
    >>> LiveEvent(onset_tick=24, pitch=60).sounds
    True
    """

    onset_tick: int
    pitch: int
    dur_tick: int = 24
    part: str = "melody"
    vel: int = 9

    @property
    def sounds(self) -> bool:
        """Whether it is a note."""
        return self.pitch < REST


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class LiveState:
    """Where a player stands; never changed, each event gives a new one.

    Parameters
    ----------
    hidden : float32, shape (layers, width)
    ring : array of `RING`, shape (256,)
    onset, part, pitch, dur, vel, shift : int
        Of the last event, which the network has not read yet; part is an index.
    n : int
        Events so far.
    seed, stream : int
        With n they decide what is drawn.
    run : tuple of int
        For each lag, how many events in a row have been as they were then.
    last : tuple of int
        The pitch that each part played last.

    Examples
    --------
    >>> state = new_state(n_layers=2, width=192, seed=3)
    >>> len(state.to_bytes()), LiveState.from_bytes(state.to_bytes()).seed
    (4661, 3)
    """

    hidden: npt.NDArray[np.float32]
    ring: Ints
    onset: int = 0
    part: int = 0
    pitch: int = START
    dur: int = 1
    vel: int = 9
    shift: int = 0
    n: int = 0
    seed: int = 0
    stream: int = 0
    run: tuple[int, ...] = (0,) * len(LAGS)
    last: tuple[int, ...] = (START,) * len(PARTS)

    def to_bytes(self) -> bytes:
        """Return the state as bytes, always as many for a bundle."""
        head = np.zeros((), _HEAD)
        for name in _HEAD.names or ():
            head[name] = self.hidden.shape if name == "shape" else getattr(self, name)
        return _MAGIC + head.tobytes() + self.hidden.tobytes() + self.ring.tobytes()

    @classmethod
    def from_bytes(cls, stored: bytes) -> LiveState:
        """Return the state of `to_bytes`.

        Raises
        ------
        FormatError
            These are other bytes.
        """
        start, size = len(_MAGIC), _HEAD.itemsize
        head: Any = (
            np.frombuffer(stored, _HEAD, 1, start)[0] if len(stored) >= start + size else None
        )
        shape = () if head is None else tuple(int(one) for one in head["shape"])
        n = 4 * shape[0] * shape[1] if shape else 0
        if not stored.startswith(_MAGIC) or len(stored) != start + size + n + _SIZE * RING.itemsize:
            raise FormatError(
                "these bytes are no state of a player; give what LiveState.to_bytes gave",
                zh="这些字节不是演奏器状态;请提供 LiveState.to_bytes 的结果",
            )
        plain = ("onset", "part", "pitch", "dur", "vel", "shift", "n", "seed", "stream")
        return cls(
            hidden=np.frombuffer(stored, np.float32, shape[0] * shape[1], start + size).reshape(
                shape
            ),
            ring=np.frombuffer(stored, RING, _SIZE, start + size + n),
            run=tuple(head["run"].tolist()),
            last=tuple(head["last"].tolist()),
            **{name: int(head[name]) for name in plain},
        )


def new_state(*, n_layers: int, width: int, seed: int = 0, stream: int = 0) -> LiveState:
    """Return the state before the first event.

    Examples
    --------
    >>> new_state(n_layers=1, width=8).pitch == START
    True
    """
    ring = np.zeros(_SIZE, RING)
    ring["key"] = -1
    hidden = np.zeros((n_layers, width), np.float32)
    return LiveState(hidden=hidden, ring=ring, seed=seed, stream=stream)


def remember(state: LiveState, event: LiveEvent, *, shift: int) -> LiveState:
    """Return the state with one event more, which the network has still to read.

    Parameters
    ----------
    state : LiveState
    event : LiveEvent
    shift : int
        Class of its time shift.

    Examples
    --------
    >>> state = remember(new_state(n_layers=1, width=8), LiveEvent(onset_tick=24, pitch=60), shift=24)
    >>> state.onset, state.last[0], int((state.ring["key"] >= 0).sum())
    (24, 60, 1)
    """
    part = PARTS.index(event.part)
    last, ring = state.last, state.ring
    if event.pitch < REST:
        before = last[part]
        step = event.pitch - before if before < REST and part != DRUMS else _NO_STEP
        key = event_key(event.onset_tick, part, event.pitch)
        keys = ring["key"]
        at = int(np.searchsorted(keys, key))
        ring = ring.copy()
        ring[: at - 1] = state.ring[1:at]
        ring[max(0, at - 1)] = (key, 0 if part == DRUMS else event.dur_tick, step)
        last = (*last[:part], event.pitch, *last[part + 1 :])
    return replace(
        state, onset=event.onset_tick, part=part, pitch=event.pitch, dur=event.dur_tick,
        vel=event.vel, shift=shift, n=state.n + 1, last=last, ring=ring,
    )  # fmt: skip


def look_before(state: LiveState, scene: Scene) -> Ints:
    """Return the look-back after the last event: shift, part and run of each lag, the rest none.

    Returns
    -------
    int64, shape (lags, 6)

    Examples
    --------
    >>> from motet.engine.probe import practice_grid
    >>> state = new_state(n_layers=1, width=8)
    >>> for tick in (0, 24, 96):
    ...     state = remember(state, LiveEvent(onset_tick=tick, pitch=60), shift=24)
    >>> look_before(state, Scene(practice_grid(0, 2)))[0].tolist()
    [24, 0, 128, 128, 60, 1]
    """
    keys = state.ring["key"]
    out = np.empty((len(LAGS), 6), np.int64)
    out[:] = NO_SHIFT, NO_PART, NO_PITCH, NO_PITCH, NO_DUR, 0
    if state.pitch == START:
        return out
    for k, lag in enumerate(LAGS):
        then = scene.earlier(state.onset, lag)
        if then < 0:
            continue
        key = event_key(then, state.part, state.pitch)
        if keys[0] >= 0 and key < keys[0]:
            continue
        same = int(np.searchsorted(keys, key))
        hit = same < _SIZE and int(keys[same]) == key
        out[k, 5] = min(MOST_RUN, state.run[k] + 1) if hit else 0
        after = same + hit
        if after < _SIZE and keys[after] >= 0:
            shift = (int(keys[after]) >> 11) - then
            if shift <= SHIFTS_TICK[-1]:
                out[k, 0] = int(np.searchsorted(SHIFTS_TICK, shift, side="right")) - 1
                out[k, 1] = int(keys[after]) >> 8 & 7
    return out


def look_at(state: LiveState, scene: Scene, lags: Ints, onset: int, part: int) -> Ints:
    """Return the look-back once onset and part are known: pitch, sequence and duration are filled in.

    Parameters
    ----------
    state : LiveState
    scene : Scene
    lags : int64, shape (lags, 6)
        Of `look_before`.
    onset, part : int

    Returns
    -------
    int64, shape (lags, 6)

    Examples
    --------
    >>> from motet.engine.probe import practice_grid
    >>> scene, state = Scene(practice_grid(0, 2)), new_state(n_layers=1, width=8)
    >>> for tick, pitch in ((0, 60), (24, 64), (96, 62)):
    ...     state = remember(state, LiveEvent(onset_tick=tick, pitch=pitch), shift=24)
    >>> look_at(state, scene, look_before(state, scene), 120, 0)[0].tolist()
    [24, 0, 64, 66, 23, 0]
    """
    out = lags.copy()
    begun = state.pitch != START and state.onset == onset and state.part == part
    above = min(state.pitch + 1, 255) if begun else 0
    keys = state.ring["key"]
    last = state.last[part]
    for k, lag in enumerate(LAGS):
        then = scene.earlier(onset, lag)
        if then < 0:
            continue
        key = event_key(then, part, above)
        at = int(np.searchsorted(keys, key))
        if at >= _SIZE or int(keys[at]) >> 8 != key >> 8:
            continue
        _, dur, step = state.ring[at].tolist()
        out[k, 2] = int(keys[at]) & 255
        moved = last + step
        if last < REST and step != _NO_STEP and 0 <= moved < REST:
            out[k, 3] = moved
        out[k, 4] = 0 if part == DRUMS else int(duration_class(dur))
    return out
