"""A player of note events: a state goes in, the next event and the next state come out.

Conventions: as `motet.phrases.event_codec`: times are grid positions, 24 a quarter note, from the start of
the music; pitches are key-normalised. The player keeps nothing: a caller may throw an event and its state
away and ask the earlier state again, with what somebody else has played meanwhile. A state is a few
kilobytes for ever (`LiveState.to_bytes`). What is drawn depends on the state's seed, its stream and how
many events there were.

Offers `Player`, `Limits`, and `LiveEvent`, `LiveState`, `Scene`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.engine.bundle import Bundle
from motet.engine.event_memory import (
    LiveEvent,
    LiveState,
    look_at,
    look_before,
    new_state,
    remember,
)
from motet.engine.event_scene import Scene
from motet.engine.graph import open_graphs
from motet.engine.random import CellRandom
from motet.errors import BundleError, ParameterError
from motet.phrases.event_codec import (
    CONTENTS,
    DRUMS,
    DURATIONS_TICK,
    PARTS,
    REST,
    SHIFTS_TICK,
    START,
    duration_class,
    shift_class,
)
from motet.phrases.event_memory import NO_DUR, NO_PART, NO_PITCH, NO_SHIFT

__all__ = ["MANY", "Limits", "LiveEvent", "LiveState", "Player", "Scene"]

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[Any]

_ANY: Final = np.ones(128, np.bool_)
_KEYS: Final = (np.arange(128) >= 27) & (np.arange(128) <= 87)
_LINES: Final = (0, 2)
_HIT: Final = 6
"""Duration of a drum hit, in positions."""
MANY: Final = {"melody": 1, "chords": 4, "bass": 1, "strings": 3, "drums": 4}
"""How many notes a part has at once unless `Limits` say so; of drums, begins at once."""


def _free(onset_tick: int, part: str) -> Mask:  # noqa: ARG001
    return _KEYS if part == "drums" else _ANY


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What binds a player.

    Parameters
    ----------
    parts : tuple of str
        What it may play; all that the bundle can where empty.
    pitches : callable
        (onset_tick, part) to bool (128,): which pitches may begin.
    polyphony : dict of str to int
        How many notes of a part may sound at once; of drums, begin at once.
    from_tick : dict of str to int
        Where a part may begin.
    skips_bars : bool
        Whether a bar may stay empty.
    temperature : float, > 0
    top_p : float, 0 to 1
        The likeliest choices that make up this share are drawn from.
    fresh : float, nats
        How much less likely a line is to play its last pitch again than the network says: alone, it
        does so more often than people (tuned on the training corpus' validation split).

    Examples
    --------
    >>> Limits(parts=("melody",)).temperature
    1.0
    """

    parts: tuple[str, ...] = ()
    pitches: Callable[[int, str], Mask] = _free
    polyphony: dict[str, int] = field(default_factory=lambda: dict(MANY))
    from_tick: dict[str, int] = field(default_factory=dict)
    skips_bars: bool = False
    temperature: float = 1.0
    top_p: float = 0.97
    fresh: float = 0.8


class Player:
    """Plays with a bundle that runs by events.

    Parameters
    ----------
    bundle : Bundle
    scene : Scene
        Bars and chords to play over; `next` takes another one.
    limits : Limits or None

    Raises
    ------
    BundleError
        The bundle runs otherwise.
    ParameterError
        The bundle plays no such part.

    Examples
    --------
    >>> Player.__name__
    'Player'
    """

    def __init__(self, bundle: Bundle, scene: Scene, limits: Limits | None = None) -> None:
        if bundle.interface != "events":
            raise BundleError(
                f"the bundle {bundle.name!r} runs by {bundle.interface!r}, a player needs one that runs by "
                "events; take rnn-melody, rnn-drums or rnn-poly",
                zh=f"模型包 {bundle.name!r} 的接口为 {bundle.interface!r},演奏器需要 events 接口;"
                "请用 rnn-melody、rnn-drums 或 rnn-poly",
            )
        content = str(bundle.data.get("content", bundle.config.get("content", "melody")))
        self.able = tuple(PARTS[k] for k in CONTENTS[content])
        """Parts that the bundle plays."""
        self.scene, self.limits = scene, limits or Limits()
        for part in self.limits.parts:
            if part not in self.able:
                raise ParameterError(
                    f"the bundle {bundle.name!r} plays {', '.join(self.able)}, not {part}; name those",
                    zh=f"模型包 {bundle.name!r} 只演奏 {'、'.join(self.able)},没有 {part};请改选声部",
                )
        self._sees_back = bool(bundle.config.get("lookback", True))
        self._shape = int(bundle.config["n_layers"]), int(bundle.config["width"])
        graphs = open_graphs(bundle)
        self._step, self._onset = graphs["step"], graphs["onset"]
        self._pitch, self._form = graphs["pitch"], graphs["shape"]

    def begin(self, *, seed: int = 0, stream: int = 0) -> LiveState:
        """Return the state before the first event.

        Parameters
        ----------
        seed, stream : int, >= 0
            Decide what is drawn.
        """
        state = new_state(n_layers=self._shape[0], width=self._shape[1], seed=seed, stream=stream)
        return replace(state, part=PARTS.index(self.able[0]))

    def hear(self, state: LiveState, event: LiveEvent, *, scene: Scene | None = None) -> LiveState:
        """Return the state after somebody else's event, which the player goes on from.

        Parameters
        ----------
        state : LiveState
        event : LiveEvent
            Not before the last one.
        scene : Scene or None

        Raises
        ------
        ParameterError
            It begins before the last event, or is out of range.
        """
        _check_heard(state, event)
        scene = scene or self.scene
        while event.onset_tick - state.onset > SHIFTS_TICK[-1]:
            rest = LiveEvent(onset_tick=state.onset + int(SHIFTS_TICK[-1]), pitch=REST, dur_tick=1,
                             part=PARTS[state.part])  # fmt: skip
            state = remember(self._read(state, scene)[2], rest, shift=len(SHIFTS_TICK) - 1)
        state = self._read(state, scene)[2]
        return remember(state, event, shift=shift_class(event.onset_tick - state.onset))

    def next(
        self, state: LiveState, *, scene: Scene | None = None, heard: Sequence[LiveEvent] = ()
    ) -> tuple[LiveEvent | None, LiveState]:
        """Return the next event, and the state after it.

        Parameters
        ----------
        state : LiveState
        scene : Scene or None
            Another one than the player's, from the same start of time.
        heard : sequence of LiveEvent
            What was played since, in order; it comes first.

        Returns
        -------
        LiveEvent or None
            None where the music is over, or where nothing may be played any more.
        LiveState
            As it was, where there is no event.

        Raises
        ------
        ParameterError
            What was heard is out of order or range.
        """
        scene = scene or self.scene
        for event in heard:
            state = self.hear(state, event, scene=scene)
        logits, hidden, after, lags = self._read_all(state, scene)
        draw = CellRandom(state.seed, state.stream, state.n, 0)
        allowed = self._shifts(state, scene)
        if not allowed.any():
            return None, state
        shift = self._draw(logits, allowed, draw.at(0))
        onset = state.onset + int(SHIFTS_TICK[shift])
        if scene.end_tick is not None and onset >= scene.end_tick:
            return None, state
        masks = self._open(state, onset)
        if not masks:
            return None, state
        under = {
            "place": np.array([scene.place(onset)], np.int64),
            "chords": np.array([scene.chords(onset)], np.int64),
        }
        found = self._onset.run(
            {"hidden": hidden, "shift": np.array([shift]), **under, "sound": _sound(state, onset),
             "lags": lags[None]}
        )  # fmt: skip
        able = np.array([part in masks for part in range(len(PARTS))])
        part = self._draw(found["part_logits"][0], able, draw.at(1))
        if self._sees_back:
            lags = look_at(state, scene, lags, onset, part)
        found = self._pitch.run(
            {"u": found["u"], "part": np.array([part]), "last": np.array([state.last[part]]),
             "lags": lags[None]}
        )  # fmt: skip
        wished = found["pitch_logits"][0][:REST]
        if part in _LINES and state.last[part] < REST:
            wished[state.last[part]] -= self.limits.fresh
        pitch = self._draw(wished, masks[part], draw.at(2))
        found = self._form.run({"w": found["w"], "pitch": np.array([pitch]), "lags": lags[None]})
        ticks = _HIT
        if part != DRUMS:
            lengths = self._lengths(onset, scene)
            ticks = int(DURATIONS_TICK[self._draw(found["dur_logits"][0], lengths, draw.at(3))])
            if scene.end_tick is not None:
                ticks = min(ticks, scene.end_tick - onset)
        vel = self._draw(found["vel_logits"][0], None, draw.at(4))
        event = LiveEvent(onset_tick=onset, pitch=pitch, dur_tick=ticks, part=PARTS[part], vel=vel)
        return event, remember(after, event, shift=shift)

    def _read(self, state: LiveState, scene: Scene) -> tuple[Floats, Floats, LiveState]:
        """Return logits of the time shift, what the network knows, and the state with that."""
        logits, hidden, after, _ = self._read_all(state, scene)
        return logits, hidden, after

    def _read_all(
        self, state: LiveState, scene: Scene
    ) -> tuple[Floats, Floats, LiveState, npt.NDArray[np.int64]]:
        """Let the network read the last event."""
        seen = look_before(state, scene)
        lags = seen
        if not self._sees_back:
            lags = np.empty_like(seen)
            lags[:] = NO_SHIFT, NO_PART, NO_PITCH, NO_PITCH, NO_DUR, 0
        dur = 0 if state.part == DRUMS or state.pitch == START else int(duration_class(state.dur))
        event = [state.shift, state.part, state.pitch, dur, state.vel]
        found = self._step.run(
            {
                "events": np.array([event], np.int64),
                "place": np.array([scene.place(state.onset)], np.int64),
                "chords": np.array([scene.chords(state.onset)], np.int64),
                "style": np.array([scene.style]),
                "mode": np.array([scene.mode]),
                "lags": lags[None],
                "state": state.hidden[None],
            }
        )
        after = replace(
            state, hidden=found["next_state"][0], run=tuple(int(one) for one in seen[:, 5])
        )
        return found["shift_logits"][0], found["hidden"], after, lags

    def _wanted(self) -> tuple[int, ...]:
        return tuple(PARTS.index(one) for one in self.limits.parts or self.able)

    def _open(self, state: LiveState, onset: int) -> dict[int, Mask]:
        """Return for each part that may begin a note at an onset which pitches it may take."""
        found: dict[int, Mask] = {}
        is_now = onset == state.onset and state.pitch != START
        ends, parts, pitches, begins = _held(state, onset)
        for part in self._wanted():
            name = PARTS[part]
            if onset < self.limits.from_tick.get(name, 0) or (is_now and part < state.part):
                continue
            mine = (parts == part) & ((ends > onset) | (begins == onset))
            if mine.sum() >= self.limits.polyphony.get(name, MANY[name]):
                continue
            mask = self.limits.pitches(onset, name)
            if is_now and part == state.part:
                mask = mask & (np.arange(128) > state.pitch)
            other = mask.copy()
            other[pitches[mine]] = False
            if is_now or other.any():
                mask = other
            if mask.any():
                found[part] = mask
        return found

    def _shifts(self, state: LiveState, scene: Scene) -> Mask:
        """Return which time shifts lead to an onset where some part may begin a note."""
        onsets = state.onset + SHIFTS_TICK
        allowed = np.zeros(len(onsets), np.bool_)
        ends, parts, _, _ = _held(state, state.onset)
        for part in self._wanted():
            name = PARTS[part]
            most = self.limits.polyphony.get(name, MANY[name])
            free = max(state.onset + 1, self.limits.from_tick.get(name, 0))
            mine = np.sort(ends[(parts == part) & (ends > state.onset)])
            if len(mine) >= most:
                free = max(free, int(mine[len(mine) - most]))
            allowed |= onsets >= free
        allowed[0] = bool(self._open(state, state.onset))
        if not self.limits.skips_bars:
            bar = scene.bar(state.onset)
            if scene.end_tick is None or scene.bar_start(bar + 1) < scene.end_tick:
                ahead = 1 if state.pitch == START else 2
                within = allowed & (onsets < scene.bar_start(bar + ahead))
                allowed = within if within.any() else _first(allowed)
        return allowed

    def _lengths(self, onset: int, scene: Scene) -> Mask | None:
        """Return which durations leave room for an onset in the next bar; None for all."""
        if self.limits.skips_bars:
            return None
        bar = scene.bar(onset)
        if scene.end_tick is not None and scene.bar_start(bar + 1) >= scene.end_tick:
            return None
        allowed: Mask = onset + DURATIONS_TICK < scene.bar_start(bar + 2)
        return allowed

    def _draw(self, logits: Floats, allowed: Mask | None, at: float) -> int:
        """Return a choice among those allowed."""
        scaled = logits.astype(np.float64) / self.limits.temperature
        if allowed is not None:
            scaled = np.where(allowed, scaled, -np.inf)
        chance = np.exp(scaled - scaled.max())
        order = np.argsort(-chance, kind="stable")
        total = np.cumsum(chance[order])
        share = total / total[-1]
        n = int(np.searchsorted(share, self.limits.top_p)) + 1
        return int(order[min(n - 1, int(np.searchsorted(total[:n], at * total[n - 1], "right")))])


def _first(allowed: Mask) -> Mask:
    """Return only the first choice of those allowed."""
    out = np.zeros_like(allowed)
    out[int(np.argmax(allowed))] = allowed.any()
    return out


def _held(state: LiveState, onset: int) -> tuple[Any, Any, Any, Any]:
    """Return end, part, pitch and onset of the notes that sound, or have begun, at an onset."""
    keys = state.ring["key"]
    begins = keys >> 11
    ends = begins + state.ring["dur"]
    kept = (keys >= 0) & ((ends > onset) | (begins == onset))
    return ends[kept], (keys[kept] >> 8) & 7, keys[kept] & 255, begins[kept]


def _sound(state: LiveState, onset: int) -> npt.NDArray[np.float32]:
    """Return which pitch classes sound at an onset already, drums apart."""
    ends, parts, pitches, _ = _held(state, onset)
    out = np.zeros((1, 12), np.float32)
    out[0, pitches[(ends > onset) & (parts != DRUMS)] % 12] = 1
    return out


def _check_heard(state: LiveState, event: LiveEvent) -> None:
    if event.onset_tick < state.onset:
        raise ParameterError(
            f"an event at {event.onset_tick} comes before the last one at {state.onset}; give events in "
            "order",
            zh=f"位于 {event.onset_tick} 的事件早于上一个事件({state.onset});请按顺序给出",
        )
    if event.part not in PARTS or not 0 <= event.pitch <= REST or not 0 <= event.vel <= 15:
        raise ParameterError(
            f"an event's part is one of {', '.join(PARTS)}, its pitch 0 to 127, its vel 0 to 15, got "
            f"{event.part!r}, {event.pitch}, {event.vel}",
            zh=f"事件的声部须为 {'、'.join(PARTS)} 之一,pitch 为 0 到 127,vel 为 0 到 15;"
            f"收到 {event.part!r}、{event.pitch}、{event.vel}",
        )
