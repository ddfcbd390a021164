"""What all parts share: bar lines, metres, keys, tempos, repeats, titles.

Conventions: every bar line of the source is one of the score; where bars do not have the length of
their metre, `BarLength` tells it. Where spines disagree on a key or metre, most of them decide;
transposing instruments, whose signatures are as written, are asked last.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from motet.errors import ParameterError
from motet.io.kern.barline import parse_barline, read_form
from motet.io.kern.interpretation import (
    parse_key_name,
    parse_metre,
    parse_signature,
    parse_tempo,
)
from motet.io.kern.scan import Scan
from motet.io.kern.track import Mark, Track
from motet.score import BarLength, KeySignature, Metre, Repeat, Tempo
from motet.units import qpm_to_quarter_us

__all__ = ["read_frame", "read_references"]

ToTick = Callable[[int], int]
_SYMBOLS = {"*met(c)": "common", "*met(C)": "common", "*met(c|)": "cut", "*met(C|)": "cut"}
_SYMBOL_METRES = {"common": ((4, 4),), "cut": ((2, 2),)}
_QUARTERS = re.compile(r"\[(half|quarter|eighth|quarter-dot|half-dot)\]\s*=\s*(\d{2,3})")
_BEAT_QN = {"half": 2.0, "quarter": 1.0, "eighth": 0.5, "quarter-dot": 1.5, "half-dot": 3.0}
_LABEL = re.compile(r"[^\[\],]{1,40}")
_MAX_TEXT = 500


def read_frame(scan: Scan, to_tick: ToTick, resolution: int) -> dict[str, Any]:
    """Return the fields of a score that are not its parts.

    Parameters
    ----------
    scan : Scan
    to_tick : callable
    resolution : int, ticks a quarter note

    Returns
    -------
    dict of str to values
        Keywords of `motet.score.Score`.

    Examples
    --------
    >>> from motet.io.kern.clock import tick_maker
    >>> from motet.io.kern.ledger import LineLedger
    >>> scan = Scan(LineLedger())
    >>> scan.read(["**kern", "*M2/4", "4c", "=1", "2d", "*-"])
    >>> frame = read_frame(scan, tick_maker(480), 480)
    >>> [(one.tick, one.duration_tick) for one in frame["bar_lengths"]]
    [(0, 480)]
    """
    end = to_tick(scan.end)
    tracks = [track for track in scan.tracks if track.kind == "kern"]
    metres = _metres(scan, tracks, to_tick)
    lines = [(to_tick(time), parse_barline(text)) for time, text, _ in scan.barlines]
    repeats = []
    for tick, line in lines:
        if line.ends_repeat:
            repeats.append(Repeat(tick=tick, kind="end"))
        if line.starts_repeat:
            repeats.append(Repeat(tick=tick, kind="start"))
    labels = [(to_tick(time), text[:80]) for time, text, _ in scan.labels]
    expansions: dict[str, list[str]] = {}
    for _, text, _ in scan.orders:
        name, _, order = text.strip().partition("[")
        expansions.setdefault(name, [one.strip() for one in _LABEL.findall(order)][:1000])
    sections, endings, jumps = read_form(labels, expansions, repeats, end)
    tempos = _tempos(scan, to_tick)
    return {
        "metres": metres,
        "keys": _keys(scan, tracks, to_tick),
        "tempos": tempos,
        "bar_lengths": _bar_lengths([tick for tick, _ in lines], metres, end, resolution),
        "sections": sections,
        "endings": endings,
        "repeats": jumps,
        "length_tick": end,
    }


def _votes(
    tracks: Sequence[Track],
    marks_of: Callable[[Track], list[Mark]],
    parse: Callable[[str], Any],
    to_tick: ToTick,
) -> dict[int, Any]:
    """Return by tick what most tracks say there."""
    found: dict[int, Counter[Any]] = {}
    for track in tracks:
        for time, text, _ in marks_of(track):
            value = parse(text.strip())
            if value is not None:
                found.setdefault(to_tick(time), Counter())[value] += 1
    return {tick: found[tick].most_common(1)[0][0] for tick in sorted(found)}


def _metres(scan: Scan, tracks: list[Track], to_tick: ToTick) -> tuple[Metre, ...]:
    for track in tracks:
        for _, text, line in track.metres:
            if parse_metre(text) is None:
                scan.ledger.mend(
                    line,
                    0,
                    "{n} metres that cannot be were ignored",
                    "忽略了 {n} 个无法成立的拍号",
                )
    values = _votes(tracks, lambda track: track.metres, parse_metre, to_tick)
    signs = _votes(tracks, lambda track: track.signs, _SYMBOLS.get, to_tick)
    out = []
    before = None
    for tick, value in values.items():
        symbol = signs.get(tick, "")
        if value not in _SYMBOL_METRES.get(symbol, ()):
            symbol = ""
        if (value, symbol) != before:
            numerator, denominator = value
            out.append(
                Metre(tick=tick, numerator=numerator, denominator=denominator, symbol=symbol)
            )
        before = (value, symbol)
    return tuple(out)


def _keys(scan: Scan, tracks: list[Track], to_tick: ToTick) -> tuple[KeySignature, ...]:
    sounding = [track for track in tracks if track.transposition_semi % 12 == 0] or tracks
    for track in tracks:
        for _, text, line in track.keys:
            if parse_signature(text) is None:
                scan.ledger.tell(
                    line,
                    0,
                    "{n} key signatures were not understood",
                    "{n} 个调号无法理解",
                )
    fifths = _votes(sounding, lambda track: track.keys, parse_signature, to_tick)
    names = _votes(sounding, lambda track: track.key_names, parse_key_name, to_tick)
    out: list[KeySignature] = []
    now_fifths, named = None, None
    for tick in sorted({*fifths, *names}):
        if tick in fifths:
            now_fifths = fifths[tick]
        named = names.get(tick, None if tick in fifths else named)
        if now_fifths is None and named is None:
            continue
        shown = now_fifths if now_fifths is not None else named[0] if named else 0
        mode = named[1] if named else ""
        key = KeySignature(tick=tick, fifths=max(-7, min(7, shown)), mode=mode)
        if not out or (out[-1].fifths, out[-1].mode) != (key.fifths, key.mode):
            out.append(key)
    return tuple(out)


def _tempos(scan: Scan, to_tick: ToTick) -> tuple[Tempo, ...]:
    """Return tempos of ``*MM``, else of a metronome mark in the movement's heading."""
    words: dict[int, str] = {}
    speeds: dict[int, float] = {}
    for time, text, _ in scan.references:
        name, _, value = text.partition(":")
        if name.strip() != "OMD" or not value.strip():
            continue
        tick = to_tick(time)
        mark = _QUARTERS.search(value)
        if mark:
            speeds[tick] = int(mark[2]) * _BEAT_QN[mark[1]]
        plain = value.split("[")[0].strip()[:_MAX_TEXT]
        if plain:
            words[tick] = plain
    for time, text, _ in scan.tempos:
        qpm = parse_tempo(text)
        if qpm is not None:
            speeds[to_tick(time)] = qpm
    out = []
    for tick in sorted(speeds):
        try:
            quarter_us = qpm_to_quarter_us(speeds[tick])
        except ParameterError:
            continue
        out.append(Tempo(tick=tick, quarter_us=quarter_us, text=words.get(tick, "")))
    return tuple(out)


def _bar_lengths(
    ticks: list[int], metres: tuple[Metre, ...], end: int, resolution: int
) -> tuple[BarLength, ...]:
    """Return the lengths of all bars that do not have their metre's."""
    if not ticks:
        return ()
    edges = sorted({0, end, *(tick for tick in ticks if tick < end), *(m.tick for m in metres)})
    edges = [tick for tick in edges if tick <= end]
    full = 4 * resolution
    changes = {metre.tick: metre for metre in metres}
    out = []
    for start, stop in itertools.pairwise(edges):
        if start in changes:
            full = max(1, round(changes[start].bar_qn * resolution))
        if stop - start != full:
            out.append(BarLength(tick=start, duration_tick=stop - start))
    return tuple(out)


def read_references(scan: Scan) -> dict[str, str]:
    """Return title, subtitle, composer, lyricist and copyright from the reference records.

    Parameters
    ----------
    scan : Scan

    Returns
    -------
    dict of str to str
        Keywords of `motet.score.Score`; only what the file says.

    Examples
    --------
    >>> from motet.io.kern.ledger import LineLedger
    >>> scan = Scan(LineLedger())
    >>> scan.read(["!!!COM: Joplin, Scott", "!!!OTL: Solace", "**kern", "4c", "*-"])
    >>> read_references(scan)
    {'title': 'Solace', 'composer': 'Scott Joplin'}
    """
    found: dict[str, str] = {}
    for _, text, _ in scan.references:
        name, colon, value = text.partition(":")
        name = name.strip().split("@")[0]
        if colon and value.strip():
            found.setdefault(name, value.strip()[:_MAX_TEXT])
    title = found.get("OTL") or found.get("GTL") or found.get("OPT") or ""
    out = {
        "title": title,
        "subtitle": found.get("OPT", "") if found.get("OPT", "") != title else "",
        "composer": _person(found.get("COM", "")),
        "lyricist": _person(found.get("LYR", "")),
        "copyright": "; ".join(
            dict.fromkeys(found[name] for name in ("YEC", "YEM") if name in found)
        ),
    }
    return {name: value for name, value in out.items() if value}


def _person(name: str) -> str:
    """Return ``"Scott Joplin"`` for ``"Joplin, Scott"``."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and "," not in given else name
