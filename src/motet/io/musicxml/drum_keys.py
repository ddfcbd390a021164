"""Unpitched notes to General MIDI percussion keys.

The instrument that a note names decides; without one, its name; without that, its place on the
staff and its head, as Motet's own drum notation has them.

Source: MusicXML 4.0, elements unpitched and midi-unpitched; General MIDI Level 1.
"""

from __future__ import annotations

from motet.errors import ParameterError
from motet.io.musicxml.head import Instrument
from motet.io.notation.percussion import KIT
from motet.theory.general_midi import drum_key

__all__ = ["choose_key"]

_PREFERRED = (36, 38, 42, 49, 51, 41, 45, 47, 50, 44, 37)


def _by_print() -> dict[tuple[str, str], int]:
    found = {(stroke.step, stroke.head): key for key, stroke in reversed(KIT.items())}
    found.update({(KIT[key].step, KIT[key].head): key for key in _PREFERRED})
    return found


_PRINT = _by_print()
_STEPS = {step: key for (step, head), key in _PRINT.items()} | {
    step: key for (step, head), key in _PRINT.items() if head == "normal"
}
_HEADS = {"cross": "x", "circle-x": "x", "slash": "diamond"}


def choose_key(instrument: Instrument | None, step: str, head: str) -> int:
    """Return the percussion key of an unpitched note, -1 when nothing tells.

    Parameters
    ----------
    instrument : Instrument or None
    step : str
        Display step and octave, ``"F4"``.
    head : str
        Note head, ``"normal"`` or ``"x"``.

    Returns
    -------
    int

    Examples
    --------
    >>> choose_key(Instrument(key=40), "C5", "normal"), choose_key(None, "F4", "normal")
    (40, 36)
    """
    if instrument is not None and instrument.key >= 0:
        return instrument.key
    if instrument is not None and instrument.name:
        try:
            return drum_key(instrument.name)
        except ParameterError:
            pass
    head = _HEADS.get(head, head or "normal")
    return _PRINT.get((step, head), _STEPS.get(step, -1))
