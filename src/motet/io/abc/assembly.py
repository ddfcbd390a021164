"""Voices of a tune to a score: parts, bar lines, keys, repeats, words.

Conventions: ``%%score`` says which voices share a part: ``(1 2)`` one staff, ``{1 2}`` one player
with several staves; without it each voice is a part.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from motet.errors import ParameterError
from motet.io.abc.bar_line import read_endings, read_repeats
from motet.io.abc.tune import TuneReader
from motet.io.abc.voice import Voice
from motet.io.kern.clock import choose_resolution, tick_maker
from motet.io.kern.instrument import name_program
from motet.score import (
    BarLength,
    ChordSymbol,
    Clef,
    Dynamic,
    Ending,
    KeySignature,
    Lyric,
    Metre,
    Note,
    Part,
    Repeat,
    Score,
    Section,
    Span,
    Tempo,
    Text,
)
from motet.units import qpm_to_quarter_us

__all__ = ["group_voices", "make_score_of"]

ToTick = Callable[[int], int]
_FIFTHS_OF_SEMI = (0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5)


def group_voices(layout: str, names: list[str]) -> list[list[list[str]]]:
    """Return the parts of a tune as staves of voices.

    Parameters
    ----------
    layout : str
        What follows ``%%score`` or ``%%staves``.
    names : list of str
        All voices; those that the layout leaves out come last.

    Returns
    -------
    list of parts, each a list of staves, each a list of names

    Examples
    --------
    >>> group_voices("(S A) | {R L}", ["S", "A", "R", "L", "X"])
    [[['S', 'A']], [['R'], ['L']], [['X']]]
    """
    left = dict.fromkeys(names)
    parts: list[list[list[str]]] = []
    staff: list[str] | None = None
    brace: list[list[str]] | None = None
    for token in re.findall(r"[(){}\[\]]|[^\s(){}\[\]|*]+", layout):
        if token == "(":
            staff = []
            (parts.append([staff]) if brace is None else brace.append(staff))
        elif token == ")":
            staff = None
        elif token == "{":
            brace = []
            parts.append(brace)
        elif token == "}":
            brace = None
        elif token in left:
            del left[token]
            if staff is not None:
                staff.append(token)
            elif brace is not None:
                brace.append([token])
            else:
                parts.append([[token]])
    parts += [[[name]] for name in left]
    return [kept for part in parts if (kept := [one for one in part if one])]


def make_score_of(tune: TuneReader) -> Score:
    """Return the score of a tune that was read.

    Parameters
    ----------
    tune : TuneReader

    Returns
    -------
    Score

    Examples
    --------
    >>> from motet.io.kern.ledger import LineLedger
    >>> tune = TuneReader(LineLedger())
    >>> tune.read([(1, "X:1"), (2, "M:2/4"), (3, "L:1/4"), (4, "K:C"), (5, "C|D E|")])
    >>> [(bar.number, bar.start_tick) for bar in make_score_of(tune).bars]
    [(0, 0), (1, 480)]
    """
    voices = tune.voices
    lengths = {record[k] for voice in voices for record in voice.records for k in (0, 1)}
    lengths |= {time for voice in voices for time, _ in voice.barlines}
    lengths |= {time for voice in voices for time, _, _ in voice.chords}
    resolution, is_exact = choose_resolution(lengths)
    if not is_exact:
        tune.ledger.tell(
            0,
            0,
            f"times were rounded to {resolution:,} ticks a quarter note",
            f"时间已舍入到每四分音符 {resolution:,} tick",
        )
    to_tick = tick_maker(resolution)
    end = to_tick(max((voice.time for voice in voices), default=0))
    named = {voice.name: voice for voice in voices}
    groups = group_voices(tune.layout, list(named))
    parts = tuple(
        _part([[named[name] for name in staff] for staff in group], to_tick) for group in groups
    )
    metres = _metres(voices, to_tick)
    lead = max(voices, key=lambda voice: len(voice.barlines), default=None)
    lines = [to_tick(time) for time, _ in lead.barlines] if lead else []
    return Score(
        parts=parts,
        resolution=resolution,
        metres=metres,
        keys=_keys(voices, to_tick),
        tempos=_tempos(voices, to_tick),
        bar_lengths=_bar_lengths(lines, metres, end, resolution),
        chords=_chords(voices, to_tick),
        sections=_sections(voices, to_tick),
        repeats=tuple(
            Repeat(tick=to_tick(time), kind=kind, times=times)
            for time, kind, times in read_repeats(voices)
            if kind != "start" or to_tick(time) < end
        ),
        endings=tuple(
            Ending(start_tick=to_tick(start), end_tick=to_tick(stop), numbers=numbers)
            for start, stop, numbers in read_endings(voices, max(voice.time for voice in voices))
            if to_tick(stop) > to_tick(start)
        )
        if voices
        else (),
        texts=_texts(tune, end, to_tick),
        length_tick=end,
        **_titles(tune),
    )


def _part(staves: list[list[Voice]], to_tick: ToTick) -> Part:
    """Return the part of some staves of voices."""
    voices = [voice for staff in staves for voice in staff]
    first = voices[0]
    notes: list[Note] = []
    clefs: list[Clef] = []
    lyrics: list[Lyric] = []
    dynamics: list[Dynamic] = []
    spans: list[Span] = []
    texts: list[Text] = []
    for k, staff in enumerate(staves, 1):
        base = 0
        for j, voice in enumerate(staff):
            highest = 1
            for record in voice.records:
                onset, duration, pitch, spelling, number, ties, marks, ornaments, grace, _ = record
                start = to_tick(onset)
                highest = max(highest, number)
                notes.append(
                    Note(
                        onset_tick=start,
                        duration_tick=to_tick(onset + duration) - start if duration else 0,
                        pitch=pitch,
                        spelling="" if voice.is_drums else spelling,
                        voice=base + number,
                        staff=k,
                        ties_tick=tuple([to_tick(tie) - start for tie in ties]) if ties else (),
                        articulations=tuple(dict.fromkeys(marks)) if marks else (),
                        ornaments=tuple(dict.fromkeys(ornaments)) if ornaments else (),
                        grace=grace,
                    )
                )
            if j == 0:
                clefs += [replace(clef, tick=to_tick(time), staff=k) for time, clef in voice.clefs]
            lyrics += [
                Lyric(
                    tick=to_tick(time), text=text, verse=verse, syllabic=kind, extend=extend,
                    voice=base + 1,
                )
                for time, text, verse, kind, extend in voice.lyrics
            ]  # fmt: skip
            dynamics += [
                Dynamic(tick=to_tick(time), mark=mark, staff=k) for time, mark in voice.dynamics
            ]
            spans += [
                Span(
                    kind=kind, start_tick=to_tick(start), end_tick=to_tick(stop), staff=k,
                    voice=base + number,
                )
                for kind, start, stop, number in voice.spans
            ]  # fmt: skip
            texts += [
                Text(tick=to_tick(time), text=text, kind="expression") for time, text in voice.texts
            ]
            base += highest
    title = next((voice.title for voice in voices if voice.title), "")
    is_drums = all(voice.is_drums for voice in voices)
    program = next((voice.program for voice in voices if voice.program is not None), None)
    if program is None:
        program = (name_program(title) if title else None) or 0
    return Part(
        name=title or ("" if first.name.isdigit() else first.name),
        abbreviation=next((voice.short_title for voice in voices if voice.short_title), ""),
        notes=tuple(notes),
        program=0 if is_drums else program,
        is_drums=is_drums,
        role="drums" if is_drums else "",
        transposition_semi=0 if is_drums else first.transpose_semi,
        n_staves=len(staves),
        clefs=tuple(clefs),
        lyrics=tuple(sorted(lyrics, key=lambda one: (one.tick, one.verse, one.voice))),
        dynamics=tuple(sorted(dynamics, key=lambda one: one.tick)),
        spans=tuple(sorted(spans, key=lambda one: (one.start_tick, one.end_tick))),
        texts=tuple(sorted(texts, key=lambda one: one.tick)),
    )


def _metres(voices: list[Voice], to_tick: ToTick) -> tuple[Metre, ...]:
    found: dict[int, Metre] = {}
    for voice in voices:
        mine = {to_tick(time): metre for time, metre in voice.metres}
        for tick, metre in mine.items():
            found.setdefault(tick, metre)
    out: list[Metre] = []
    for tick in sorted(found):
        metre = replace(found[tick], tick=tick)
        if not out or replace(out[-1], tick=tick) != metre:
            out.append(metre)
    return tuple(out)


def _keys(voices: list[Voice], to_tick: ToTick) -> tuple[KeySignature, ...]:
    found: dict[int, KeySignature] = {}
    for voice in sorted(voices, key=lambda voice: voice.transpose_semi % 12 != 0):
        turn = _FIFTHS_OF_SEMI[voice.transpose_semi % 12]
        mine = {to_tick(time): key for time, key in voice.keys}
        for tick, key in mine.items():
            if not key.mode and not key.fifths and not key.alters and tick == 0:
                continue  # K:none
            fifths = (key.fifths or 0) + turn
            while abs(fifths) > 7:
                fifths -= 12 if fifths > 0 else -12
            found.setdefault(tick, KeySignature(tick=tick, fifths=fifths, mode=key.mode))
    out: list[KeySignature] = []
    for tick in sorted(found):
        now = found[tick]
        if not out or (out[-1].fifths, out[-1].mode) != (now.fifths, now.mode):
            out.append(now)
    return tuple(out)


def _tempos(voices: list[Voice], to_tick: ToTick) -> tuple[Tempo, ...]:
    found: dict[int, Tempo] = {}
    for voice in voices:
        for time, qpm, text in voice.tempos:
            tick = to_tick(time)
            if qpm and tick not in found:
                try:
                    quarter_us = qpm_to_quarter_us(qpm)
                except ParameterError:
                    continue
                found[tick] = Tempo(tick=tick, quarter_us=quarter_us, text=text)
    return tuple(found[tick] for tick in sorted(found))


def _bar_lengths(
    lines: list[int], metres: tuple[Metre, ...], end: int, resolution: int
) -> tuple[BarLength, ...]:
    """Return the lengths of all bars that do not have their metre's."""
    edges = sorted(
        {0, end, *(t for t in lines if t < end), *(m.tick for m in metres if m.tick < end)}
    )
    changes = {metre.tick: metre for metre in metres}
    full = 4 * resolution
    out = []
    for start, stop in itertools.pairwise(edges):
        if start in changes:
            full = max(1, round(changes[start].bar_qn * resolution))
        if stop - start != full:
            out.append(BarLength(tick=start, duration_tick=stop - start))
    return tuple(out)


def _chords(voices: list[Voice], to_tick: ToTick) -> tuple[ChordSymbol, ...]:
    found: dict[int, str] = {}
    for voice in voices:
        mine: dict[int, str] = {}
        for time, symbol, _ in voice.chords:
            mine[to_tick(time)] = symbol
        for tick, symbol in mine.items():
            found.setdefault(tick, symbol)
    return tuple(ChordSymbol(tick=tick, symbol=found[tick]) for tick in sorted(found))


def _sections(voices: list[Voice], to_tick: ToTick) -> tuple[Section, ...]:
    found: dict[int, str] = {}
    for voice in voices:
        for time, label in voice.sections:
            found.setdefault(to_tick(time), label)
    return tuple(Section(tick=tick, label=found[tick]) for tick in sorted(found))


def _texts(tune: TuneReader, end: int, to_tick: ToTick) -> tuple[Text, ...]:
    """Return tempo words without a speed, and the words below the tune as cues at its end."""
    out = [
        Text(tick=to_tick(time), text=text, kind="expression")
        for voice in tune.voices
        for time, qpm, text in voice.tempos
        if not qpm and text
    ]
    return (*out, *(Text(tick=end, text=text, kind="cue") for text in tune.words.get("W", [])))


def _titles(tune: TuneReader) -> dict[str, Any]:
    titles = tune.words.get("T", [])
    found: dict[str, list[str]] = {"composer": [], "lyricist": [], "copyright": []}
    for text in tune.words.get("C", []):
        name, colon, rest = text.partition(":")
        kind = {
            "words": "lyricist", "lyrics": "lyricist", "text": "lyricist", "copyright": "copyright",
        }.get(name.strip().lower(), "composer") if colon else "composer"  # fmt: skip
        is_label = colon and name.strip().lower() in (
            "words",
            "lyrics",
            "text",
            "music",
            "copyright",
        )
        found[kind].append(rest.strip() if is_label else text)
    found["copyright"] += tune.words.get("copyright", [])
    return {
        "title": titles[0] if titles else "",
        "subtitle": "; ".join(titles[1:]),
        **{name: "; ".join(texts) for name, texts in found.items()},
    }
