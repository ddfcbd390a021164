"""From what was gathered of each part to a score: bars, ticks, parts, and what all parts share.

Conventions: places become ticks once the bars are laid. Voices are numbered within their staff:
those at home there first (Motet and MuseScore count four a staff), then those that cross over.

Source: own rules, where MusicXML leaves a choice; each is listed in docs/formats.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from motet.io.musicxml.draft import PartDraft
from motet.io.musicxml.head import Head
from motet.io.musicxml.journal import Journal
from motet.io.musicxml.measure_time import PLACE_BITS, lay_measures
from motet.io.musicxml.part_build import PlaceMap, build_part
from motet.io.notation.part_name import short_names
from motet.score import (
    ChordSymbol,
    Ending,
    KeySignature,
    Metre,
    Part,
    Repeat,
    Score,
    Section,
    Tempo,
    Text,
)
from motet.units import qpm_to_quarter_us

__all__ = ["assemble_score"]


def assemble_score(
    head: Head, drafts: list[PartDraft], *, resolution: int, journal: Journal
) -> Score:
    """Return the score of what was read.

    Parameters
    ----------
    head : Head
    drafts : list of PartDraft
        In the order of the part list.
    resolution : int, ticks a quarter note
    journal : Journal

    Returns
    -------
    Score

    Examples
    --------
    >>> assemble_score(Head(title="Air"), [], resolution=480, journal=Journal()).title
    'Air'
    """
    journal.part = journal.measure = ""
    metred = next((draft for draft in drafts if draft.metres), None)
    metres = metred.metres if metred is not None else []
    journal.part = metred.identity if metred is not None else ""
    starts, irregular = lay_measures(
        [draft.lengths for draft in drafts], metres, resolution=resolution, journal=journal
    )
    to_tick = PlaceMap(starts)
    _tell_differences(drafts, metred, journal)
    keys = _choose_keys(drafts, to_tick)
    parts = _without_usual_names(tuple(build_part(draft, to_tick, keys) for draft in drafts))
    journal.part = journal.measure = ""
    return Score(
        parts=parts,
        resolution=resolution,
        tempos=_tempos(drafts, to_tick),
        metres=_metres(metres, to_tick),
        keys=keys,
        bar_lengths=tuple(irregular),
        chords=_chords(drafts, to_tick),
        sections=tuple(
            Section(tick=tick, label=label)
            for tick, label in _merge(to_tick, (draft.sections for draft in drafts))
        ),
        repeats=tuple(
            Repeat(tick=tick, kind=kind, times=times)
            for tick, kind, times in _merge(to_tick, (draft.repeats for draft in drafts))
        ),
        endings=_endings(drafts, to_tick),
        texts=tuple(
            Text(tick=tick, text=text, kind=kind)
            for tick, text, kind in _merge(to_tick, (draft.score_texts for draft in drafts))
        ),
        title=head.title,
        subtitle=head.subtitle,
        composer=head.composer,
        lyricist=head.lyricist,
        copyright=head.copyright,
        length_tick=starts[-1],
    )


def _merge(to_tick: PlaceMap, lists: Iterable[list[Any]]) -> list[tuple[Any, ...]]:
    """Return events of all parts by tick, each once."""
    found = dict.fromkeys((to_tick(place), *rest) for events in lists for place, *rest in events)
    return sorted(found, key=lambda event: event[0])


def _tell_differences(drafts: list[PartDraft], metred: PartDraft | None, journal: Journal) -> None:
    if metred is None:
        return
    usual = {(one.place >> PLACE_BITS, one.numerator, one.denominator) for one in metred.metres}
    others = 0
    for draft in drafts:
        mine = {(one.place >> PLACE_BITS, one.numerator, one.denominator) for one in draft.metres}
        others += bool(mine - usual)
    if others:
        journal.tell(
            "{n} parts have metres of their own; those of the first part are kept",
            "{n} 个声部另有拍号;保留第一个声部的拍号",
            n=others,
        )


def _choose_keys(drafts: list[PartDraft], to_tick: PlaceMap) -> tuple[KeySignature, ...]:
    """Return the key signatures of the first part that sounds as written, as they sound."""
    pitched = [draft for draft in drafts if draft.keys and not draft.n_unpitched]
    if not pitched:
        return ()
    concert = [draft for draft in pitched if not draft.transposition[1]]
    chosen = max(concert[:1] or pitched[:1], key=lambda draft: len(draft.keys))
    keys: list[KeySignature] = []
    for place, raw, mode in chosen.keys:
        fifths = raw - 12 if raw > 7 else raw + 12 if raw < -7 else raw
        key = KeySignature(tick=to_tick(place), fifths=fifths, mode=mode)
        if keys and keys[-1].tick == key.tick:
            keys[-1] = key
        elif not keys or (keys[-1].fifths, keys[-1].mode) != (fifths, mode):
            keys.append(key)
    return tuple(keys)


def _metres(found: list[Any], to_tick: PlaceMap) -> tuple[Metre, ...]:
    metres: list[Metre] = []
    for one in found:
        tick = to_tick(one.place)
        metre = one.to_metre(tick)
        if metres and metres[-1].tick == tick:
            metres.pop()
        last = metres[-1] if metres else None
        if last is None or one.to_metre(last.tick) != last:
            metres.append(metre)
    return tuple(metres)


def _tempos(drafts: list[PartDraft], to_tick: PlaceMap) -> tuple[Tempo, ...]:
    by_tick: dict[int, Tempo] = {}
    for draft in drafts:
        for place, qpm, text in draft.tempos:
            tick = to_tick(place)
            before = by_tick.get(tick)
            if before is None or (text and not before.text):
                us = qpm_to_quarter_us(qpm)
                by_tick[tick] = Tempo(tick=tick, quarter_us=us, text=text)
    return tuple(by_tick[tick] for tick in sorted(by_tick))


def _chords(drafts: list[PartDraft], to_tick: PlaceMap) -> tuple[ChordSymbol, ...]:
    by_tick: dict[int, str] = {}
    same = Counter[bool]()
    for draft in drafts:
        for place, symbol in draft.chords:
            tick = to_tick(place)
            same[by_tick.setdefault(tick, symbol) == symbol] += 1
    if same[False]:
        drafts[0].journal.tell(
            "{n} chord symbols stand at one place with another, which was kept",
            "{n} 个和弦记号与另一个同处一位,保留了前者",
            n=same[False],
        )
    return tuple(ChordSymbol(tick=tick, symbol=by_tick[tick]) for tick in sorted(by_tick))


def _endings(drafts: list[PartDraft], to_tick: PlaceMap) -> tuple[Ending, ...]:
    found = dict.fromkeys(
        (to_tick(start), to_tick(end), numbers)
        for draft in drafts
        for start, end, numbers in draft.endings
    )
    return tuple(
        Ending(start_tick=start, end_tick=end, numbers=numbers)
        for start, end, numbers in sorted(found)
        if end > start
    )


def _without_usual_names(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Leave out abbreviations that the writer would choose by itself."""
    plain = tuple(replace(part, abbreviation="") for part in parts)
    return tuple(
        bare if part.abbreviation == usual else part
        for part, bare, usual in zip(parts, plain, short_names(plain), strict=True)
    )
