"""The cast: which parts of a style play, on which instruments.

Conventions: parts come in score order (melody, counter-line, horns, comping, pads, strings, bass,
drums). A part that was asked for by name plays at every intensity.
"""

from __future__ import annotations

import difflib
from dataclasses import replace

from motet.arranger.style import PartSpec, Style
from motet.errors import ParameterError
from motet.theory.instrument import Instrument, find_instrument

__all__ = ["choose_parts"]

_ORDER = ("melody", "counter", "horns", "comping", "pad", "strings", "bass", "drums")


def choose_parts(
    style: Style, wanted: tuple[str, ...] | None
) -> tuple[tuple[PartSpec, ...], dict[str, str]]:
    """Return the parts of a style that were asked for, with changed instruments, in score order.

    Parameters
    ----------
    style : Style
    wanted : tuple of str or None
        Roles, part names or instruments; ``"role=instrument"`` changes an instrument.

    Returns
    -------
    tuple of PartSpec, dict of str to str
        The parts; and for the melody, ``{"melody": instrument}`` if it was asked for or changed.

    Raises
    ------
    ParameterError
        A wish fits no part of the style.

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> parts, _ = choose_parts(find_style("bossa"), ("drums", "bass"))
    >>> [part.role for part in parts]
    ['bass', 'drums']
    """
    specs = sorted(style.parts, key=lambda spec: _ORDER.index(spec.role))
    if wanted is None:
        return tuple(specs), {}
    chosen: dict[str, PartSpec] = {}
    melody: dict[str, str] = {}
    names: dict[str, list[PartSpec]] = {}
    for spec in specs:
        for name in (spec.name, spec.name_zh, spec.role, spec.instrument):
            names.setdefault(name.lower(), []).append(spec)
    for wish in wanted:
        name, _, swap = wish.partition("=")
        plain = name.strip().lower()
        if plain in ("melody", "旋律"):
            melody["melody"] = find_instrument(swap.strip()).name if swap else ""
            continue
        found = names.get(plain)
        if not found:
            near = difflib.get_close_matches(plain, [*names, "melody"], n=3, cutoff=0.4)
            known = ", ".join(near or ["melody", *(spec.name for spec in specs)])
            raise ParameterError(
                f"style {style.name!r} has no part {name!r}; did you mean {known}?",
                zh=f"风格 {style.name!r} 没有声部 {name!r};是否想写 {known}?",
            )
        for spec in found:
            if swap:
                spec = _swapped(spec, find_instrument(swap.strip()))
            chosen[spec.name] = replace(spec, levels=(1, 5))
    ordered = sorted(chosen.values(), key=lambda spec: _ORDER.index(spec.role))
    return tuple(ordered), melody or {"melody": "none"}


def _swapped(spec: PartSpec, instrument: Instrument) -> PartSpec:
    """Return a part played by another instrument, moved into its range where needed."""
    low, high = max(spec.low, instrument.low), min(spec.high, instrument.high)
    if high - low < 10 and spec.role != "drums":
        low, high = instrument.comfortable_low, instrument.comfortable_high
    return replace(spec, instrument=instrument.name, program=instrument.program, low=low, high=high)
