"""Music from a bundle of any family, by one call: the driver of its interface does the writing.

Conventions: an interface is how a family runs: ``tokens`` (a language model of the grid), ``events``
(one event after another, with a state), ``latent`` (a phrase from a point), ``noise`` (all parts at
once). Each has a driver, a module with ``write(bundle, ask, *, cancel)``, which obeys scale, range and
polyphony while it samples. `check_written` holds all of them to it.

Offers `generate`, `check_written`, `find_driver`, `DRIVERS`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

import numpy as np

from motet.engine.bundle import Bundle
from motet.engine.phrase_ask import PhraseAsk, check_ask, lay_parts, open_bars, pitch_mask
from motet.engine.write import Cancel
from motet.errors import BundleError, ConstraintError
from motet.tokens.layout import GridScore

__all__ = ["DRIVERS", "check_written", "find_driver", "generate"]

DRIVERS: Final = {
    "tokens": "motet.engine.tokens_driver",
    "events": "motet.engine.events_driver",
    "latent": "motet.engine.latent_driver",
    "noise": "motet.engine.noise_driver",
}
"""Interface to the module that writes with it."""


def find_driver(bundle: Bundle) -> Any:
    """Return the module that writes with a bundle.

    Parameters
    ----------
    bundle : Bundle

    Returns
    -------
    module
        With ``write(bundle, ask, *, cancel)`` and, where not every part can be had, ``parts(bundle)``.

    Raises
    ------
    BundleError
        Its interface writes no phrases.

    Examples
    --------
    >>> find_driver.__name__
    'find_driver'
    """
    home = DRIVERS.get(bundle.interface)
    if home is None:
        raise BundleError(
            f"the bundle {bundle.name!r} runs by {bundle.interface!r}, which writes no music here; take "
            f"one that runs by {', '.join(DRIVERS)}",
            zh=f"模型包 {bundle.name!r} 的接口 {bundle.interface!r} 不能在此写作;"
            f"请改用接口为 {'、'.join(DRIVERS)} 的模型包",
        )
    return import_module(home)


def generate(bundle: Bundle, ask: PhraseAsk, *, cancel: Cancel | None = None) -> list[GridScore]:
    """Return candidates of what is asked for, written by a bundle of any family.

    Parameters
    ----------
    bundle : Bundle
    ask : PhraseAsk
    cancel : Cancel or None
        Set from another thread to stop.

    Returns
    -------
    list of GridScore
        ``ask.n`` of them, fewer when it was cancelled. Bars, chords and given notes are those of the ask.

    Raises
    ------
    ParameterError
        A number is out of range, or a part is unknown.
    ConstraintError
        What is asked for contradicts itself, or the bundle has no such part; nothing was written.

    Examples
    --------
    >>> generate.__name__
    'generate'
    """
    check_ask(ask)
    driver = find_driver(bundle)
    able = tuple(driver.parts(bundle)) if hasattr(driver, "parts") else ask.parts
    missing = [name for name in ask.parts if name not in able]
    if missing:
        raise ConstraintError(
            f"the bundle {bundle.name!r} writes {', '.join(able)}, not {', '.join(missing)}; ask for "
            "those, or take another bundle",
            zh=f"模型包 {bundle.name!r} 能写 {'、'.join(able)},不能写 {'、'.join(missing)};"
            "请改选声部或另选模型包",
        )
    found: list[GridScore] = driver.write(bundle, ask, cancel=cancel)
    return found


def check_written(ask: PhraseAsk, grid: GridScore) -> tuple[str, ...]:
    """Return what a grid does that its ask forbids, measured on its notes; nothing where it obeys.

    Parameters
    ----------
    ask : PhraseAsk
    grid : GridScore

    Returns
    -------
    tuple of str
        Of ``"given"``, ``"scale or range"``, ``"drum keys"``, ``"polyphony"``, ``"end"``.

    Examples
    --------
    >>> from motet.engine.probe import practice_grid
    >>> ask = PhraseAsk(grid=practice_grid(2, 0), parts=("melody",), high_midi=60)
    >>> check_written(ask, ask.grid)
    ()
    """
    laid, rows = lay_parts(ask)
    kept = np.ones(grid.n_notes, np.bool_)
    slips: list[str] = []
    onsets = grid.bar_starts[grid.notes["bar"]] + grid.notes["pos"]
    for name, row in rows.items():
        is_open = open_bars(laid, row)
        mine = (grid.notes["part"] == row) & (grid.notes["bar"] >= is_open.start)
        kept &= ~mine
        notes, starts = grid.notes[mine], onsets[mine]
        is_drums = name == "drums"
        if any(
            not pitch_mask(ask, int(start), is_drums=is_drums)[pitch]
            for start, pitch in zip(starts, notes["pitch"], strict=True)
        ):
            slips.append("drum keys" if is_drums else "scale or range")
        length = np.zeros_like(notes["dur"]) if is_drums else notes["dur"]
        if len(starts) and (starts + length).max() > grid.bar_starts[-1]:
            slips.append("end")
        if ask.max_polyphony is not None and len(starts):
            sounding = (starts[:, None] >= starts) & (
                (starts[:, None] < starts + length) | (starts[:, None] == starts)
            )
            if sounding.sum(axis=1).max() > ask.max_polyphony:
                slips.append("polyphony")
    if not np.array_equal(grid.notes[kept], laid.notes):
        slips.append("given")
    return tuple(dict.fromkeys(slips))
