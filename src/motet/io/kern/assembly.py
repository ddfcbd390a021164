"""Tracks of a scan to parts: which spines share a part, its instrument, staves and words.

Conventions: spines run from the lowest staff to the highest, parts the other way; staff 1 is the
highest of its part. Spines of kinds other than kern belong to the kern spine on their left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from motet.io.kern.instrument import code_percussion, code_program, is_keyboard, name_program
from motet.io.kern.interpretation import parse_clef
from motet.io.kern.marks import read_dynamics, read_lyrics, read_spans
from motet.io.kern.track import Track
from motet.score import Clef, Note, Part, Text

__all__ = ["Family", "group_tracks", "make_part"]

ToTick = Callable[[int], int]


@dataclass
class Family:
    """The kern spines of one part, lowest staff first, and the other spines that go with each."""

    staves: list[Track]
    words: list[tuple[Track, Track]] = field(default_factory=list)
    dynamics: list[tuple[Track, Track]] = field(default_factory=list)

    def word(self, *names: str) -> str:
        """Return the first thing that any staff, the highest first, says under any of the names."""
        for name in names:
            for track in reversed(self.staves):
                if track.words.get(name):
                    return track.words[name]
        return ""


def group_tracks(tracks: list[Track]) -> list[Family]:
    """Return the parts of a file, the highest staff first.

    Parameters
    ----------
    tracks : list of Track

    Returns
    -------
    list of Family
        Neighbouring kern spines with one ``*part`` are one; so are keyboard spines without any.

    Examples
    --------
    >>> left, right = Track(0, "kern", 1, part="1"), Track(1, "kern", 1, part="1")
    >>> [len(family.staves) for family in group_tracks([left, right])]
    [2]
    """
    families: list[Family] = []
    owner: dict[int, Family] = {}
    kern = [track for track in tracks if track.kind == "kern"]
    for k, track in enumerate(kern):
        before = kern[k - 1] if k else None
        if before is not None and families and _belongs(before, track, families[-1]):
            families[-1].staves.append(track)
        else:
            families.append(Family([track]))
        owner[track.number] = families[-1]
    _hang_words(tracks, kern, owner)
    return families[::-1]


def _hang_words(tracks: list[Track], kern: list[Track], owner: dict[int, Family]) -> None:
    """Give lyric and dynamics spines to the kern spine on their left, of their part if they tell."""
    last: Track | None = None
    for track in tracks:
        if track.kind == "kern":
            last = track
        elif track.kind in ("text", "dynam") and kern:
            home = last or kern[0]
            if track.part and home.part and track.part != home.part:
                home = next((one for one in kern if one.part == track.part), home)
            family = owner[home.number]
            (family.words if track.kind == "text" else family.dynamics).append((track, home))


def _belongs(before: Track, track: Track, family: Family) -> bool:
    """Return whether a spine is another staff of the part on its left."""
    if before.line != track.line or len(family.staves) >= 4:
        return False
    code, group = track.words.get("code", ""), track.words.get("class", "")
    is_keys = is_keyboard(code, group)
    if before.part or track.part:
        if before.part == track.part:
            return True
        return "empty" in before.words and "code" not in before.words and is_keys
    if not is_keys:
        return False
    same = before.words.get("code", code) == code
    names = {one.words["name"] for one in (before, track) if "name" in one.words}
    return same and len(names) < 2 and len(family.staves) < 3


def make_part(family: Family, to_tick: ToTick) -> Part:
    """Return the part of some spines.

    Parameters
    ----------
    family : Family
    to_tick : callable
        Gives the tick of a time.

    Returns
    -------
    Part

    Examples
    --------
    >>> track = Track(0, "kern", 1, words={"name": "Flute", "code": "flt"})
    >>> part = make_part(Family([track]), int)
    >>> part.name, part.program
    ('Flute', 73)
    """
    code = family.word("code")
    group = family.word("class")
    name = family.word("name") or family.word("modern")
    key = code_percussion(code)
    program = code_program(code)
    if program is None:
        program = name_program(family.word("modern") or name) if name else None
    if program is None:
        program = code_program("", group) or 0
    n_staves = len(family.staves)
    notes: list[Note] = []
    clefs: list[Clef] = []
    texts: list[Text] = []
    is_drums = bool(key)
    for k, track in enumerate(family.staves):
        staff = n_staves - k
        _add_notes(notes, track, staff, key, to_tick)
        for time, text, _ in track.clefs:
            clef = parse_clef(text)
            if clef is not None:
                sign, line, octave = clef
                tick = to_tick(time)
                clefs.append(Clef(tick=tick, sign=sign, line=line, octave=octave, staff=staff))
        texts += [
            Text(tick=to_tick(time), text=words, kind="expression")
            for time, words, _ in track.texts
        ]
    staff_of = {track.number: n_staves - k for k, track in enumerate(family.staves)}
    spans = [span for track in family.staves for span in read_spans(track, staff_of, to_tick)]
    dynamics, hairpins = read_dynamics(family.dynamics, staff_of, to_tick)
    return Part(
        name=name,
        abbreviation=family.word("short"),
        notes=tuple(notes),
        program=0 if is_drums else program,
        is_drums=is_drums,
        role="drums" if is_drums else "",
        transposition_semi=family.staves[-1].transposition_semi,
        n_staves=n_staves,
        clefs=tuple(sorted(clefs, key=lambda clef: (clef.tick, clef.staff))),
        lyrics=tuple(read_lyrics(family.words, to_tick)),
        dynamics=tuple(dynamics),
        spans=tuple(sorted([*spans, *hairpins], key=lambda one: (one.start_tick, one.kind))),
        texts=tuple(sorted(texts, key=lambda text: text.tick)),
    )


def _add_notes(out: list[Note], track: Track, staff: int, key: int, to_tick: ToTick) -> None:
    """Turn the records of one spine into notes."""
    for onset, duration, head, voice, ties in track.notes:
        start = to_tick(onset)
        out.append(
            Note(
                onset_tick=start,
                duration_tick=to_tick(onset + duration) - start if duration else 0,
                pitch=key or head.pitch,
                spelling="" if key else head.spelling,
                voice=voice,
                staff=staff,
                ties_tick=tuple([to_tick(tie) - start for tie in ties]) if ties else (),
                articulations=head.articulations,
                ornaments=head.ornaments,
                grace=head.grace,
            )
        )
