"""Lyrics, dynamics and lines of a part, from the spines that hold them.

Conventions: a syllable with a hyphen behind goes on, one with a hyphen in front goes on from before;
``**dynam`` has ``<`` and ``>`` at the start, ``[`` and ``]`` at the end of hairpins.

Source: David Huron, The Humdrum Toolkit: Reference Manual (1995), representations ``**text``,
``**silbe`` and ``**dynam``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from motet.io.kern.track import Track
from motet.score import Dynamic, Lyric, Span

__all__ = ["read_dynamics", "read_lyrics", "read_spans"]

ToTick = Callable[[int], int]
_MARK = re.compile(r"s?ff*z?p*|r?f+z?|sf+z?p*|m[pf]|p+f?|fp+|n|rinf|rfz")
_LETTERS = re.compile(r"[a-z]+")


def read_lyrics(spines: list[tuple[Track, Track]], to_tick: ToTick) -> list[Lyric]:
    """Return the syllables of a part, verse by verse.

    Parameters
    ----------
    spines : list of (text spine, its kern spine)
    to_tick : callable

    Returns
    -------
    list of Lyric
        In order of time.

    Examples
    --------
    >>> words = Track(1, "text", 1, marks=[(0, "Ky-", 1), (1, "-ri-", 2), (2, "-e", 3)])
    >>> [(one.text, one.syllabic) for one in read_lyrics([(words, words)], int)]
    [('Ky', 'begin'), ('ri', 'middle'), ('e', 'end')]
    """
    out: list[Lyric] = []
    verses: dict[int, int] = {}
    for track, home in spines:
        verse = verses[home.number] = verses.get(home.number, 0) + 1
        ticks: set[int] = set()
        for time, text, _ in track.marks:
            words = text.strip()
            extends = words.endswith("_")
            words = words.rstrip("_")
            goes_on, came = words.endswith("-"), words.startswith("-")
            plain = words.strip("-").replace("|", " ")
            tick = to_tick(time)
            if not plain or tick in ticks:
                continue
            ticks.add(tick)
            syllabic = ("single", "begin", "end", "middle")[goes_on + 2 * came]
            out.append(Lyric(tick=tick, text=plain, verse=verse, syllabic=syllabic, extend=extends))
    return sorted(out, key=lambda lyric: (lyric.tick, lyric.verse))


def read_dynamics(
    spines: list[tuple[Track, Track]], staff_of: dict[int, int], to_tick: ToTick
) -> tuple[list[Dynamic], list[Span]]:
    """Return the dynamic marks and the hairpins of a part.

    Parameters
    ----------
    spines : list of (dynamics spine, its kern spine)
    staff_of : dict of int to int
        Number of a kern spine to its staff.
    to_tick : callable

    Returns
    -------
    tuple of list of Dynamic and list of Span

    Examples
    --------
    >>> dynam = Track(1, "dynam", 1, marks=[(0, "p <", 1), (4, "[ f", 2)])
    >>> marks, hairpins = read_dynamics([(dynam, dynam)], {}, int)
    >>> [mark.mark for mark in marks], [(one.kind, one.end_tick) for one in hairpins]
    (['p', 'f'], [('crescendo', 4)])
    """
    marks: list[Dynamic] = []
    hairpins: list[Span] = []
    for track, home in spines:
        staff = staff_of.get(home.number, 1)
        started: dict[str, int] = {}
        for time, text, _ in track.marks:
            tick = to_tick(time)
            for closing, opening in (("[", "<"), ("]", ">")):
                if closing in text and opening in started:
                    _close(hairpins, opening, started.pop(opening), tick, staff)
            for word in _LETTERS.findall(text):
                found = _MARK.match(word)
                if found:
                    marks.append(Dynamic(tick=tick, mark=found[0], staff=staff))
            for opening in "<>":
                if opening in text:
                    for other in [one for one in started if one != opening]:
                        _close(hairpins, other, started.pop(other), tick, staff)
                    started.setdefault(opening, tick)
    return sorted(marks, key=lambda mark: mark.tick), hairpins


def _close(out: list[Span], sign: str, start: int, end: int, staff: int) -> None:
    if end > start:
        kind = "crescendo" if sign == "<" else "diminuendo"
        out.append(Span(kind=kind, start_tick=start, end_tick=end, staff=staff))


def read_spans(track: Track, staff_of: dict[int, int], to_tick: ToTick) -> list[Span]:
    """Return the slurs, pedal and octave lines of one kern spine.

    Parameters
    ----------
    track : Track
    staff_of : dict of int to int
    to_tick : callable

    Returns
    -------
    list of Span

    Examples
    --------
    >>> track = Track(0, "kern", 1, slurs=[(0, 8, 1)], pedals=[(2, "*ped", 1), (6, "*Xped", 2)])
    >>> [(one.kind, one.start_tick, one.end_tick) for one in read_spans(track, {}, int)]
    [('slur', 0, 8), ('pedal', 2, 6)]
    """
    staff = staff_of.get(track.number, 1)
    out = []
    for start, end, voice in track.slurs:
        first, last = to_tick(start), to_tick(end)
        if last > first:
            out.append(Span(kind="slur", start_tick=first, end_tick=last, staff=staff, voice=voice))
    pedal: int | None = None
    for time, text, _ in track.pedals:
        tick = to_tick(time)
        if pedal is not None and tick > pedal:
            out.append(Span(kind="pedal", start_tick=pedal, end_tick=tick, staff=staff))
        pedal = None if text.startswith("*X") else tick
    octave: tuple[str, int] | None = None
    for time, text, _ in track.octaves:
        tick = to_tick(time)
        if octave is not None and tick > octave[1]:
            out.append(Span(kind=octave[0], start_tick=octave[1], end_tick=tick, staff=staff))
        kind = "octave-up" if text.endswith("a") and "b" not in text else "octave-down"
        octave = None if text.startswith("*X") else (kind, tick)
    return out
