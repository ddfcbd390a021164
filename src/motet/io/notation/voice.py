"""From the notes of a part to voices of written events: staves, hands, chords, second voices.

Conventions: units from the start of the score; a voice is a list of events that do not overlap.
Staves count from 1 at the top; voice 1 has its stems up where there are two.

Source: own rules. Parts that accompany are kept to one voice a staff; keyboards may have two.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from motet.io.notation.duration import DurationReader, steady_ends
from motet.io.notation.grid import ReadingGrid, ReadNote
from motet.io.notation.hand import clef_strain, has_two_staves, split_hands
from motet.io.notation.held import carry_held
from motet.io.notation.metre import UNITS_PER_QN
from motet.score import Lyric, Note, Part

__all__ = ["Event", "Lines", "read_voices"]

_QN = UNITS_PER_QN


@dataclass(slots=True)
class Event:
    """One note or chord of a voice, before it is cut at bar lines.

    ``tied_in`` and ``tied_out`` are the pitches tied to the event before and after: a note may last
    longer than its chord.
    """

    start: int
    end: int
    notes: list[Note]
    is_staccato: bool = False
    graces: list[Note] = field(default_factory=list)
    lyrics: list[Lyric] = field(default_factory=list)
    slur_starts: list[int] = field(default_factory=list)
    slur_stops: list[int] = field(default_factory=list)
    ghosts: set[int] = field(default_factory=set)
    tied_in: frozenset[int] = frozenset()
    tied_out: frozenset[int] = frozenset()

    @property
    def struck(self) -> list[Note]:
        """The notes that begin here; `tied_in` and `tied_out` name the pitches of held ones."""
        return [note for note in self.notes if note.pitch not in self.tied_in]

    @property
    def onset_tick(self) -> int:
        """When it is played."""
        return self.struck[0].onset_tick


Lines = dict[tuple[int, int], list[Event]]
"""Events by (staff, voice)."""


def read_voices(part: Part, grid: ReadingGrid) -> tuple[Lines, int]:
    """Return the voices of a pitched part, and how many staves it has.

    Parameters
    ----------
    part : Part
    grid : ReadingGrid

    Returns
    -------
    tuple of Lines and int

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4+E4:2 G4:2")
    >>> lines, n_staves = read_voices(score.parts[0], ReadingGrid(score))
    >>> [(voice, len(events)) for voice, events in lines.items()], n_staves
    ([((1, 1), 2)], 1)
    """
    notes = grid.read_part(part)
    sounding = [note for note in notes if not note.note.grace]
    is_explicit = any(note.voice > 1 or note.staff > 1 for note in part.notes)
    reader = DurationReader(grid, sounding)
    by_staff: dict[int, list[ReadNote]] = defaultdict(list)
    n_staves = max([part.n_staves, *(note.staff for note in part.notes)])
    hands = split_hands(sounding) if not is_explicit and has_two_staves(part) else []
    if hands and (part.n_staves > 1 or _both_hands_play(sounding, hands, grid)):
        n_staves = max(2, n_staves)
        for note, staff in zip(sounding, hands):
            by_staff[staff].append(note)
    else:
        for note in sounding:
            by_staff[note.note.staff].append(note)
    keeps_all = is_explicit or not part.role
    lines: Lines = {}
    for staff in sorted(by_staff):
        mine = by_staff[staff]
        if is_explicit:
            voices: dict[int, list[ReadNote]] = defaultdict(list)
            for note in mine:
                voices[note.note.voice].append(note)
            for number, voice in enumerate(sorted(voices), 1):
                lines[staff, number] = _one_voice(
                    voices[voice], reader, part.program, keeps_all=keeps_all
                )
        elif part.role or not _overlaps(mine):
            lines[staff, 1] = _one_voice(mine, reader, part.program, keeps_all=keeps_all)
        else:
            lines.update(_two_voices(mine, staff, reader, grid))
    _add_graces(lines, [note for note in notes if note.note.grace])
    return {key: lines[key] for key in sorted(lines)}, n_staves


def _both_hands_play(notes: list[ReadNote], hands: list[int], grid: ReadingGrid) -> bool:
    """Tell whether each hand has notes in enough bars that a staff of its own pays."""
    bars = {1: set[int](), 2: set[int]()}
    for note, staff in zip(notes, hands):
        bars[staff].add(grid.frame_at(note.start).start)
    n_bars = len(bars[1] | bars[2])
    strain = min(clef_strain([note.note.pitch for note in notes]))
    n_onsets = len({note.start for note in notes})
    return strain > 0.25 or (n_onsets > 2 and min(len(bars[1]), len(bars[2])) * 5 > n_bars)


def _groups(notes: list[ReadNote]) -> list[list[ReadNote]]:
    """Return the notes grouped by printed onset, one of each pitch, the loudest."""
    groups: dict[int, dict[int, ReadNote]] = defaultdict(dict)
    for note in notes:
        there = groups[note.start].get(note.note.pitch)
        if there is None or (note.end, note.note.velocity) > (there.end, there.note.velocity):
            groups[note.start][note.note.pitch] = note
    return [[group[pitch] for pitch in sorted(group)] for _, group in sorted(groups.items())]


def _one_voice(
    notes: list[ReadNote], reader: DurationReader, program: int, *, keeps_all: bool
) -> list[Event]:
    """Return the events of one voice; `keeps_all` writes exact notes as long as they are."""
    groups = _groups(notes)
    if keeps_all and all(note.is_exact for note in notes) and _differ(groups):
        return _held_events(groups, reader)
    held = carry_held(groups, program)
    slots = []
    for k, group in enumerate(groups):
        ends = sorted(note.end for note in group + held[k])
        is_exact = all(note.is_exact for note in group)
        end = ends[-1] if is_exact else ends[len(ends) // 2]
        following = groups[k + 1][0].start if k + 1 < len(groups) else None
        slots.append((group[0].start, end, following))
    events = []
    for k, (start, end, following) in enumerate(steady_ends(slots)):
        group = sorted(groups[k] + held[k], key=lambda note: note.note.pitch)
        later = held[k + 1] if k + 1 < len(held) else []
        is_staccato = False
        if later and following is not None:
            end = following
        else:
            is_exact = all(note.is_exact for note in group)
            end = slots[k][1] if is_exact else end
            end, is_staccato = reader.read_end(start, end, following, is_exact=is_exact)
        event = _event(group, end, is_staccato and not held[k])
        event.start = start
        event.tied_in = frozenset(note.note.pitch for note in held[k])
        event.tied_out = frozenset(note.note.pitch for note in later)
        events.append(event)
    return events


def _differ(groups: list[list[ReadNote]]) -> bool:
    """Tell whether a note lasts longer than its chord, or into the next."""
    following = [group[0].start for group in groups[1:]] + [groups[-1][0].end if groups else 0]
    return any(
        len({note.end for note in group}) > 1 or group[0].end > after
        for group, after in zip(groups, following, strict=True)
    )


def _held_events(groups: list[list[ReadNote]], reader: DurationReader) -> list[Event]:
    """Return a voice in which notes are held while others move: an event at each change."""
    changes = sorted({note.start for group in groups for note in group}
                     | {note.end for group in groups for note in group})  # fmt: skip
    by_start = {group[0].start: group for group in groups}
    sounding: list[ReadNote] = []
    events: list[Event] = []
    for start, after in pairwise(changes):
        begun = by_start.get(start, [])
        pitches = {note.note.pitch for note in begun}
        held = [one for one in sounding if one.end > start and one.note.pitch not in pitches]
        sounding = sorted([*held, *begun], key=lambda one: one.note.pitch)
        if not sounding:
            continue
        end, _ = reader.read_end(start, after, after, is_exact=True)
        event = Event(start, end, [one.note for one in sounding])
        event.tied_in = frozenset(one.note.pitch for one in held)
        again = {one.note.pitch for one in by_start.get(after, [])}
        event.tied_out = frozenset(
            one.note.pitch for one in sounding if one.end > after and one.note.pitch not in again
        )
        events.append(event)
    return events


def _event(group: list[ReadNote], end: int, is_staccato: bool) -> Event:
    notes = [note.note for note in group]
    marked = any(mark.startswith("stacc") for note in notes for mark in note.articulations)
    return Event(group[0].start, end, notes, is_staccato=is_staccato and not marked)


def _is_long(note: ReadNote, following: int | None) -> bool:
    """Tell whether a note sounds on past the next onset as more than legato."""
    if following is None:
        return False
    over = note.end - following
    if note.is_exact:
        return over > 0
    return over >= 0.7 * _QN and over >= 0.3 * (note.end - note.start)


def _overlaps(notes: list[ReadNote]) -> bool:
    starts = sorted({note.start for note in notes})
    after = dict(pairwise(starts))
    return any(_is_long(note, after.get(note.start)) for note in notes)


@dataclass(slots=True)
class _Item:
    start: int
    end: int
    notes: list[ReadNote]
    lane: int = 0

    @property
    def pitch(self) -> float:
        return sum(note.note.pitch for note in self.notes) / len(self.notes)


def _items(notes: list[ReadNote]) -> list[_Item]:
    """Return at most two items an onset: what moves on, and what is held over the next onsets."""
    groups = _groups(notes)
    shorts: list[_Item] = []
    longs: list[_Item] = []
    for k, group in enumerate(groups):
        following = groups[k + 1][0].start if k + 1 < len(groups) else None
        held = [note for note in group if _is_long(note, following)]
        moving = [note for note in group if note not in held]
        if moving:
            end = max(note.end for note in moving)
            end = end if following is None else min(end, following)
            shorts.append(_Item(group[0].start, max(end, group[0].start + 1), moving))
        if held:
            longs.append(_Item(group[0].start, max(note.end for note in held), held))
    longs, broken = _without_arpeggios(longs, groups)
    shorts += broken
    kept: list[_Item] = []
    starts = [group[0].start for group in groups]
    after = dict(pairwise(starts))
    for k, item in enumerate(longs):
        later = longs[k + 1] if k + 1 < len(longs) else None
        if later and later.start < item.end and not item.notes[0].is_exact:
            item.end = after[item.start]
        kept.append(item)
    merged: dict[tuple[int, bool], _Item] = {}
    for item in shorts + kept:
        key = (item.start, item.end > after.get(item.start, item.end))
        if key in merged:
            merged[key].notes += item.notes
            merged[key].end = max(merged[key].end, item.end)
        else:
            merged[key] = item
    return sorted(merged.values(), key=lambda item: (item.start, -item.pitch))


def _without_arpeggios(
    longs: list[_Item], groups: list[list[ReadNote]]
) -> tuple[list[_Item], list[_Item]]:
    """Return the held items, and those cut short: notes of an arpeggio that end together."""
    held, cut = [], []
    for item in longs:
        later = [group for group in groups if item.start < group[0].start < item.end]
        near = [g for g in later if any(abs(note.end - item.end) < _QN // 8 for note in g)]
        if len(near) > 1 and not item.notes[0].is_exact:
            cut.append(_Item(item.start, later[0][0].start, item.notes))
        else:
            held.append(item)
    return held, cut


def _two_voices(
    notes: list[ReadNote], staff: int, reader: DurationReader, grid: ReadingGrid
) -> Lines:
    lanes: list[list[_Item]] = [[], []]
    for item in _items(notes):
        free = [k for k in (0, 1) if not lanes[k] or lanes[k][-1].end <= item.start]
        if not free:
            same = [k for k in (0, 1) if lanes[k][-1].start == item.start]
            if len(same) == 2:
                lanes[same[0]][-1].notes += item.notes
                continue
            open_lanes = [k for k in (0, 1) if k not in same]
            lane = min(open_lanes, key=lambda k: lanes[k][-1].end)
            lanes[lane][-1].end = item.start
        elif len(free) == 1:
            lane = free[0]
        else:
            lane = min(free, key=lambda k: _distance(lanes[k], item))
        item.lane = lane
        lanes[lane].append(item)
    return _number_lanes(lanes, staff, reader, grid)


def _distance(lane: list[_Item], item: _Item) -> float:
    return abs(lane[-1].pitch - item.pitch) if lane else 6.0


def _number_lanes(
    lanes: list[list[_Item]], staff: int, reader: DurationReader, grid: ReadingGrid
) -> Lines:
    """Return lanes as voices: between bar lines that nothing crosses, the higher lane is voice 1."""
    everything = sorted(lanes[0] + lanes[1], key=lambda item: item.start)
    segments: list[list[_Item]] = []
    reach = -1
    for item in everything:
        frame = grid.frame_at(item.start)
        if segments and (reach > frame.start or grid.frame_at(segments[-1][-1].start) is frame):
            segments[-1].append(item)
        else:
            segments.append([item])
        reach = max(reach, item.end)
    voices: dict[int, list[_Item]] = {1: [], 2: []}
    for segment in segments:
        sides = [[item for item in segment if item.lane == k] for k in (0, 1)]
        if all(sides):
            means = [sum(item.pitch for item in side) / len(side) for side in sides]
            if means[1] > means[0]:
                sides.reverse()
        elif not sides[0]:
            sides.reverse()
        voices[1] += sides[0]
        voices[2] += sides[1]
    lines: Lines = {}
    for number, items in voices.items():
        if not items and number == 2:
            continue
        events = []
        for k, item in enumerate(items):
            following = items[k + 1].start if k + 1 < len(items) else None
            is_exact = all(note.is_exact for note in item.notes)
            end, is_staccato = reader.read_end(item.start, item.end, following, is_exact=is_exact)
            ordered = sorted(item.notes, key=lambda note: note.note.pitch)
            events.append(_event(ordered, end, is_staccato))
        lines[staff, number] = events
    return lines


def _add_graces(lines: Lines, graces: list[ReadNote]) -> None:
    by_staff: dict[int, list[Event]] = defaultdict(list)
    for (staff, _), events in lines.items():
        by_staff[staff if len(lines) > 1 else 0] += [event for event in events if event.struck]
    for events in by_staff.values():
        events.sort(key=lambda event: event.start)
    for grace in graces:
        near = by_staff.get(grace.note.staff if len(lines) > 1 else 0, [])
        k = bisect_left(near, grace.start, key=lambda event: event.start)
        if k < len(near):
            near[k].graces.append(grace.note)
