"""How long a user waits: until a cancel is obeyed, for a first bar, for four bars of one part.

Shared by `engine.py`; run as a script it does nothing. Seconds are of the clock on the wall. A cancel is
set by another thread at times spread over the reading of a prompt and over the writing after it.
"""

from __future__ import annotations

import contextlib
import statistics
import threading
import time
from collections.abc import Callable
from typing import Any

__all__ = ["measure_calls", "measure_cancels", "measure_stops", "tell_waits"]

CALLS = (
    "infill, 4 ways of 4 bars, one part",
    "continue, 4 bars, one part, 4 candidates",
    "compose, 16 bars, style alone",
    "compose, its first bar",
)
_PART = "flute"
_N_BARS = 16


class _Setter(threading.Thread):
    """Sets a cancel after some seconds, and knows when."""

    def __init__(self, cancel: Any, delay_s: float) -> None:
        super().__init__(daemon=True)
        self.cancel, self.delay_s, self.at = cancel, delay_s, 0.0

    def run(self) -> None:
        """Wait, then set."""
        time.sleep(self.delay_s)
        self.at = time.perf_counter()
        self.cancel.set()


def measure_cancels(
    bundle: Any, *, n_rows: int, n_threads: int, n_trials: int
) -> dict[str, list[float]]:
    """Return the seconds from a cancel to the engine's return, in a prompt and in writing."""
    from motet.engine import Cancel, Session, write_cells
    from motet.engine.probe import practice_grid, practice_rules

    session = Session(bundle, n_rows=n_rows, n_threads=n_threads)
    grid, rules = practice_grid(32, 16), practice_rules(32, 48)
    waits: dict[str, list[float]] = {"prompt": [], "writing": []}

    def write(cancel: Cancel | None) -> Any:
        session.rewind(0)
        return write_cells(
            session, grid, list(rules), rules=rules, n_candidates=n_rows, cancel=cancel
        )[0]

    write(None)  # warms up
    usual = write(None)
    spans = {
        "prompt": (0.0, usual.prompt_seconds),
        "writing": (usual.prompt_seconds, usual.seconds),
    }
    for low, high in spans.values():
        for trial in range(n_trials):
            cancel = Cancel()
            setter = _Setter(cancel, low + (high - low) * (trial + 0.5) / n_trials)
            setter.start()
            stopped = write(cancel)
            returned = time.perf_counter()
            setter.join()
            if not stopped.is_whole:
                waits["writing" if stopped.prompt_seconds else "prompt"].append(
                    returned - setter.at
                )
    return waits


def measure_stops(*, n_trials: int, bundle: str | None = None) -> list[float]:
    """Return the seconds from a cancel to the end of `motet.compose`, its planning included."""
    import motet
    from motet.engine import Cancel

    def compose(cancel: Cancel | None) -> bool:
        """Return whether it was stopped."""
        try:
            motet.compose(style="bossa", bars=_N_BARS, seed=1, cancel=cancel, bundle=bundle)
        except motet.MotetError:  # what a stopped call raises
            return True
        return False

    compose(None)  # warms up
    began = time.perf_counter()
    compose(None)
    usual_s = time.perf_counter() - began
    waits = []
    for trial in range(n_trials):
        cancel = Cancel()
        setter = _Setter(cancel, usual_s * (trial + 0.5) / n_trials)
        setter.start()
        is_stopped = compose(cancel)
        returned = time.perf_counter()
        setter.join()
        if is_stopped:
            waits.append(returned - setter.at)
    return waits


def measure_calls(*, repeats: int, bundle: str | None = None) -> dict[str, list[float]]:
    """Return the seconds of calls as a user makes them, loading the bundle included."""
    import motet
    from motet.engine import Cancel
    from motet.tasks.infill import infill_candidates

    given = motet.compose(parts=_PART, bars=_N_BARS, seed=1, candidates=1, bundle=bundle).score

    def first_bar(seed: int) -> float:
        began, cancel, heard = time.perf_counter(), Cancel(), [0.0]

        def on_bar(done: int, total: int) -> None:
            del total
            if done and not cancel.is_set:
                heard[0] = time.perf_counter() - began
                cancel.set()

        with contextlib.suppress(motet.MotetError):  # stopped, as asked
            motet.compose(
                style="bossa", bars=_N_BARS, seed=seed, on_bar=on_bar, cancel=cancel, bundle=bundle
            )
        return heard[0]

    def clock(call: Callable[[int], Any]) -> Callable[[int], float]:
        def run(seed: int) -> float:
            began = time.perf_counter()
            call(seed)
            return time.perf_counter() - began

        return run

    calls = (
        clock(lambda seed: infill_candidates(given, n=4, bars="5-8", seed=seed, bundle=bundle)),
        clock(
            lambda seed: motet.continue_score(given, bars=4, candidates=4, seed=seed, bundle=bundle)
        ),
        clock(lambda seed: motet.compose(style="bossa", bars=_N_BARS, seed=seed, bundle=bundle)),
        first_bar,
    )
    return {
        name: [call(seed) for seed in range(repeats + 1)][1:]
        for name, call in zip(CALLS, calls, strict=True)
    }


def tell_waits(waits: dict[str, list[float]]) -> list[str]:
    """Return a line for each kind of wait.

    Examples
    --------
    >>> tell_waits({"a cancel": [0.002, 0.004]})
    ['a cancel: median 0.003 s, longest 0.004 s of 2']
    """
    return [
        f"{what}: median {statistics.median(found):.3f} s, longest {max(found):.3f} s of {len(found)}"
        for what, found in waits.items()
        if found
    ]
