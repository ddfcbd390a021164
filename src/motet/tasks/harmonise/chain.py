"""A chain of chords drawn or completed under habits: every chord knows what comes before and after it.

Conventions: entries are those of a palette (`motet.tasks.harmonise.palette`); ``None`` in a list of wishes is an
open place. Drawing is exact: weights of what is still to come are gathered backwards first.

Source: forward filtering, backward messages of a Markov chain (Rabiner, "A Tutorial on Hidden Markov
Models", Proceedings of the IEEE 77, 1989, section III).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from motet.tasks.harmonise.habits import find_habits
from motet.tasks.harmonise.kind import chord_state
from motet.tasks.harmonise.palette import Entry, find_palette
from motet.theory.chord import Chord, make_chord
from motet.theory.scale import Key

__all__ = ["draw_chain", "make_links", "weigh_places", "widen"]

FloatArray = npt.NDArray[np.float64]
Wish = Sequence[int] | None
"""Which entries may stand at a place; None is any."""

_UNLED = 0.01
_INVERTED = 0.12
_SAME_ROOT = 0.3
_PLAINER = {"9": "7", "13": "7", "7b9": "7", "7#9": "7", "maj9": "maj", "69": "maj", "m9": "min", "m69": "min",
            "9sus4": "sus4", "m9b5": "m7b5", "maj7#11": "maj", "maj7": "maj", "m7": "min",
            "m6": "min"}  # fmt: skip
_FULLER = {"maj": "maj7", "min": "m7"}


def widen(
    key: Key, adventure: int, chords: Sequence[Chord | None] = (), *, colour: str = ""
) -> tuple[Entry, ...]:
    """Return a palette that holds given chords, too.

    Parameters
    ----------
    key : Key
    adventure : int, 1 to 3
    chords : sequence of Chord or None
    colour : str
        Of a style: ``"triads"``, ``"sevenths"``, ``"ninths"``, ``"blues"``; empty leaves chords as they are.

    Returns
    -------
    tuple of Entry

    Examples
    --------
    >>> from motet.theory import parse_chord
    >>> widen(Key("C"), 1, [parse_chord("F#m")])[-1].chord.symbol
    'F#m'
    """
    entries = _coloured(find_palette(key, adventure), key, colour)
    known = {entry.chord for entry in entries}
    for chord in chords:
        if chord is not None and chord.root and chord not in known:
            known.add(chord)
            entries.append(Entry(chord, chord_state(chord, key), "diatonic", frozenset(), -1.0))
    return tuple(entries)


def _coloured(palette: Sequence[Entry], key: Key, colour: str) -> list[Entry]:
    """Return a palette whose chords have the upper tones that a style has."""
    found: dict[Chord, Entry] = {}
    for entry in palette:
        quality = entry.chord.quality
        if colour == "triads":
            quality = _PLAINER.get(quality, quality)
        elif colour in ("sevenths", "ninths") and entry.device == "diatonic":
            is_dominant = (entry.chord.root_pc - key.tonic_pc) % 12 == 7
            quality = "7" if is_dominant and quality == "maj" else _FULLER.get(quality, quality)
        chord = make_chord(entry.chord.root, quality, entry.chord.bass)
        device = "diatonic" if entry.device == "extended" and colour == "triads" else entry.device
        if chord not in found:
            found[chord] = replace(entry, chord=chord, state=chord_state(chord, key), device=device)
    return list(found.values())


def make_links(
    palette: Sequence[Entry], key: Key, *, style: str = "", warmth: float = 1.0
) -> tuple[FloatArray, FloatArray]:
    """Return how willingly each entry begins, and follows each other.

    Parameters
    ----------
    palette : sequence of Entry
    key : Key
    style : str
    warmth : float, > 0
        Below 1 the usual is favoured, above it the unusual.

    Returns
    -------
    float64, shape (s,); float64, shape (s, s)

    Examples
    --------
    >>> palette = find_palette(Key("C"), 1)
    >>> begin, follow = make_links(palette, Key("C"))
    >>> palette[int(begin.argmax())].chord.symbol
    'C'
    """
    habits = find_habits(key.mode, style=style)
    states = np.array([entry.state for entry in palette])
    shared = np.array([np.count_nonzero(states == state) for state in states], np.float64)
    colour = np.exp(0.4 * np.array([entry.bonus for entry in palette])) / shared
    follow = habits.follow[np.ix_(states, states)] ** (1.0 / warmth) * colour[None, :]
    begin = habits.begin[states] ** (1.0 / warmth) * colour
    begin *= np.array([0.05 if entry.chord.bass or entry.leads else 1.0 for entry in palette])
    above = np.array([(entry.chord.root_pc - key.tonic_pc) % 12 for entry in palette])
    for i, entry in enumerate(palette):
        if entry.leads and entry.device != "diatonic":
            follow[i, ~np.isin(above, list(entry.leads))] *= _UNLED
        if entry.device in ("approach", "tritone"):
            follow[np.isin(above, list(entry.leads)), i] *= 0.2
    is_inverted = np.array([bool(entry.chord.bass) for entry in palette])
    follow[:, is_inverted] *= _INVERTED
    follow[above[:, None] == above[None, :]] *= _SAME_ROOT
    follow[states[:, None] == states[None, :]] = 0.0
    total = follow.sum(axis=1, keepdims=True)
    follow = follow / np.where(total > 0, total, 1.0)
    return begin / begin.sum(), follow


def _messages(follow: FloatArray, allowed: FloatArray) -> FloatArray:
    """Return how much may still come after each entry at each place."""
    n, size = allowed.shape
    back = np.ones((n, size))
    for t in range(n - 2, -1, -1):
        back[t] = follow @ (allowed[t + 1] * back[t + 1])
        top = back[t].max()
        back[t] /= top if top > 0 else 1.0
    return back


def _allow(wishes: Sequence[Wish], size: int) -> FloatArray:
    """Return 1 where an entry may stand, else 0."""
    allowed = np.ones((len(wishes), size))
    for t, wish in enumerate(wishes):
        if wish is not None:
            allowed[t] = 0.0
            allowed[t, list(wish)] = 1.0
    return allowed


def draw_chain(
    begin: FloatArray, follow: FloatArray, wishes: Sequence[Wish], rng: np.random.Generator
) -> tuple[int, ...] | None:
    """Return one way through all places that honours the wishes; None where there is none.

    Parameters
    ----------
    begin, follow : arrays of `make_links`
    wishes : sequence of (sequence of int or None)
    rng : numpy.random.Generator

    Returns
    -------
    tuple of int, or None

    Examples
    --------
    >>> begin, follow = make_links(find_palette(Key("C"), 1), Key("C"))
    >>> draw_chain(begin, follow, [[0], None, [0]], np.random.default_rng(0))[::2]
    (0, 0)
    """
    allowed = _allow(wishes, len(begin))
    back = _messages(follow, allowed)
    weights = begin * allowed[0] * back[0]
    if allowed[0].sum() == 1:
        weights = allowed[0] * np.maximum(weights, 1e-12)
    found: list[int] = []
    for t in range(len(wishes)):
        if t:
            weights = follow[found[-1]] * allowed[t] * back[t]
        total = weights.sum()
        if total <= 0:
            return None
        found.append(int(rng.choice(len(weights), p=weights / total)))
    return tuple(found)


def weigh_places(begin: FloatArray, follow: FloatArray, wishes: Sequence[Wish]) -> FloatArray:
    """Return how probable each entry is at each place, all wishes known.

    Parameters
    ----------
    begin, follow : arrays of `make_links`
    wishes : sequence of (sequence of int or None)

    Returns
    -------
    float64, shape (t, s)
        Rows add up to 1, or to 0 where nothing fits.

    Examples
    --------
    >>> palette = find_palette(Key("C"), 1)
    >>> found = weigh_places(*make_links(palette, Key("C")), [[4], None])
    >>> palette[int(found[1].argmax())].chord.symbol
    'C'
    """
    allowed = _allow(wishes, len(begin))
    floor = 1e-9  # a given chord that habits do not know must not silence its neighbours
    linked = follow + floor
    back = _messages(linked, allowed)
    ahead = np.zeros_like(allowed)
    ahead[0] = (begin + floor) * allowed[0]
    for t in range(1, len(wishes)):
        ahead[t] = (ahead[t - 1] @ linked) * allowed[t]
        top = ahead[t].max()
        ahead[t] /= top if top > 0 else 1.0
    both = ahead * back
    total = both.sum(axis=1, keepdims=True)
    found: FloatArray = both / np.where(total > 0, total, 1.0)
    return found
