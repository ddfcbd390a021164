"""Which MIDI channel and port each part of a score is written to.

Conventions: channels 0 to 15, 9 is for drums (General MIDI); ports 0 to 127 (meta 21). Parts share
a channel only when that cannot be heard.
"""

from __future__ import annotations

from collections.abc import Sequence

from motet.io.midi_parts import DRUM_CHANNEL
from motet.score import Control, Part

__all__ = ["allot_channels"]

_MAX_PORTS = 128
_PITCHED = tuple(channel for channel in range(16) if channel != DRUM_CHANNEL)
_Sound = tuple[int, int, tuple[Control, ...]]


def allot_channels(parts: Sequence[Part]) -> tuple[tuple[int, int], ...]:
    """Return the port and channel of each part.

    Parameters
    ----------
    parts : sequence of Part
        A channel of -1, a pitched part on 9 or a drum part elsewhere is given a fitting channel.

    Returns
    -------
    tuple of (int, int)
        Port and channel. Parts that ask for a channel get it, on another port where a different
        sound already has it. The others take free channels in order, then share one of equal
        program, then go to the next port.

    Examples
    --------
    >>> allot_channels([Part(program=0), Part(is_drums=True), Part(program=0, channel=0)])
    ((0, 1), (0, 9), (0, 0))
    """
    taken: dict[tuple[int, int], _Sound] = {}
    slots: dict[int, tuple[int, int]] = {}
    wishes = {k: _wish(part) for k, part in enumerate(parts)}
    for k, wish in wishes.items():
        if wish >= 0:
            slots[k] = _take(parts[k], [(port, wish) for port in range(_MAX_PORTS)], taken)
    for k, wish in wishes.items():
        if wish < 0:
            ports = [[(port, channel) for channel in _PITCHED] for port in range(_MAX_PORTS)]
            free = next((s for port in ports for s in port if s not in taken), None)
            candidates = [slot for port in ports for slot in port]
            if free is not None and free[0] == 0:
                candidates = [free]
            slots[k] = _take(parts[k], candidates, taken)
    return tuple(slots[k] for k in range(len(parts)))


def _wish(part: Part) -> int:
    """Return the channel that a part asks for and may have, or -1."""
    if part.is_drums:
        return DRUM_CHANNEL
    return -1 if part.channel == DRUM_CHANNEL else part.channel


def _take(
    part: Part, candidates: list[tuple[int, int]], taken: dict[tuple[int, int], _Sound]
) -> tuple[int, int]:
    """Return the first slot that is free or sounds the same, marking it as taken."""
    sound = (part.program, part.bank, part.controls)
    for slot in candidates:
        there = taken.setdefault(slot, sound)
        if there[:2] == sound[:2] and (there[2] == sound[2] or not (there[2] and sound[2])):
            taken[slot] = (*sound[:2], there[2] or sound[2])
            return slot
    return candidates[0]
