"""What changed between two scores, told musically: notes, metre, key, tempo and chords, by bar.

Conventions: parts are paired by name, then by order; bars by what they hold, so that an inserted bar is
told as inserted. A bar has the number that it has before, or after where it is new. Times are compared
in quarter notes, so scores of different resolution can be equal. A note that stays in place with another
pitch is ``pitch``; the same pitch and onset with another length is ``rhythm``; the same pitch moved
within its bar is ``moved``; the rest is added or removed. Only music counts, not velocity or layout,
unless asked for.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from fractions import Fraction

from motet.analysis.bar_alignment import align_bars
from motet.language import Language, say
from motet.score import Note, Score

__all__ = ["Change", "Difference", "diff_scores"]

_BEAT = re.compile(r"\(beat ([\d.]+)\)")
_Cell = tuple[Fraction, Fraction, int, Note]
_Cells = defaultdict[int, list[_Cell]]
_Pairs = list[tuple[int | None, int | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference.

    Parameters
    ----------
    kind : str
        ``"added"``, ``"removed"``, ``"pitch"``, ``"rhythm"``, ``"moved"``, ``"velocity"``; for the
        whole score ``"metre"``, ``"key"``, ``"tempo"``, ``"chord"``, ``"bar"``, ``"length"``,
        ``"bar-added"``, ``"bar-removed"``; ``"part-added"`` and ``"part-removed"``.
    part : str
        Name of the part, empty for the whole score.
    bar : int
        Number as printed; 0 where none applies.
    before, after : str
        What stood there and stands there now: ``"C4 (beat 1) 2 qn"``, ``"3/4"``; for a bar how many
        notes it has.
    """

    kind: str
    part: str
    bar: int
    before: str
    after: str

    def text(self, *, language: Language = "en") -> str:
        """Return the change in words."""
        names = {
            "added": ("added", "新增"), "removed": ("removed", "删去"), "pitch": ("pitch", "音高"),
            "rhythm": ("length", "时值"), "moved": ("moved", "移位"), "velocity": ("velocity", "力度"),
            "metre": ("metre", "拍号"), "key": ("key", "调号"), "tempo": ("tempo", "速度"),
            "chord": ("chord", "和弦"), "bar": ("bar length", "小节长度"), "length": ("bars", "小节数"),
            "bar-added": ("bar added", "新增小节"), "bar-removed": ("bar removed", "删去小节"),
            "part-added": ("part added", "新增声部"), "part-removed": ("part removed", "删去声部"),
        }  # fmt: skip
        name = say(*names[self.kind], language=language)
        what = " → ".join(one for one in (self.before, self.after) if one)
        if self.kind in ("bar-added", "bar-removed"):
            what = say(f"{what} notes", f"{what} 个音符", language=language)
        elif self.part and language == "zh":
            what = _BEAT.sub(r"(第 \1 拍)", what).replace(" qn", " 个四分音符")
        return f"{name}{say(': ', ':', language=language)}{what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All changes from one score to another, the whole score's first, then part by part."""

    changes: tuple[Change, ...]
    n_same: int

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not self.changes

    def counts(self) -> dict[str, int]:
        """Return how many changes there are of each kind."""
        return dict(Counter(change.kind for change in self.changes))


def diff_scores(before: Score, after: Score, *, with_velocity: bool = False) -> Difference:
    """Return what changed from one score to another.

    Parameters
    ----------
    before, after : Score
    with_velocity : bool
        Whether other velocities count too.

    Returns
    -------
    Difference

    Examples
    --------
    >>> from motet.score import make_score
    >>> found = diff_scores(make_score("C4:1 E4:1 G4:2"), make_score("C4:1 Eb4:1 G4:2"))
    >>> [(one.kind, one.bar, one.before, one.after) for one in found.changes]
    [('pitch', 1, 'E4 (beat 2)', 'Eb4 (beat 2)')]
    """
    pairs, lost, new = _pair_parts(before, after)
    cells = [(_cells(before, a), _cells(after, b)) for a, b in pairs]
    bars = align_bars(
        _contents(before, [old for old, _ in cells]), _contents(after, [new for _, new in cells])
    )
    changes = _whole(before, after, bars) + _bar_changes(before, after, cells, bars)
    n_same = 0
    for (a, b), (old, now) in zip(pairs, cells, strict=True):
        part = after.parts[b]
        name = part.name or before.parts[a].name
        found, same = _part_changes(
            before, old, now, bars, name=name, is_drums=part.is_drums, with_velocity=with_velocity
        )
        changes += found
        n_same += same
    for k in lost:
        part = before.parts[k]
        changes.append(_part_change("part-removed", part.name, f"{part.name} ({len(part.notes)})"))
    for k in new:
        part = after.parts[k]
        changes.append(_part_change("part-added", part.name, f"{part.name} ({len(part.notes)})"))
    return Difference(changes=tuple(changes), n_same=n_same)


def _part_change(kind: str, name: str, text: str) -> Change:
    is_new = kind == "part-added"
    return Change(
        kind=kind, part=name, bar=0, before="" if is_new else text, after=text if is_new else ""
    )


def _pair_parts(before: Score, after: Score) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Return parts that belong together, by name and then by order, and what is left over."""
    places: dict[str, list[int]] = defaultdict(list)
    for k, part in enumerate(after.parts):
        places[part.name].append(k)
    pairs, left = [], []
    for k, part in enumerate(before.parts):
        if places[part.name]:
            pairs.append((k, places[part.name].pop(0)))
        else:
            left.append(k)
    taken = {b for _, b in pairs}
    free = [k for k in range(len(after.parts)) if k not in taken]
    if len(before.parts) == len(after.parts):
        pairs += zip(left, free, strict=True)
        left, free = [], []
    return sorted(pairs), left, free


def _contents(score: Score, parts: list[_Cells]) -> list[frozenset[tuple[Hashable, ...]]]:
    """Return what each bar holds, all parts together."""
    found: list[set[tuple[Hashable, ...]]] = [set() for _ in score.bars]
    for k, cells in enumerate(parts):
        for index, notes in cells.items():
            found[min(index, len(found) - 1)] |= {(k, *cell[:3]) for cell in notes}
    return [frozenset(one) for one in found]


def _whole(before: Score, after: Score, bars: _Pairs) -> list[Change]:
    """Return the changes that concern all parts."""
    found: list[Change] = []
    kinds: tuple[tuple[str, Callable[[Score], list[tuple[int, str]]]], ...] = (
        ("metre", lambda s: [(e.tick, f"{e.numerator}/{e.denominator}") for e in s.metres]),
        ("key", lambda s: [(e.tick, f"{e.fifths:+d} {e.mode}".strip()) for e in s.keys]),
        ("tempo", lambda s: [(e.tick, f"{e.qpm:.4g}") for e in s.tempos]),
        ("chord", lambda s: [(e.tick, e.symbol) for e in s.chords]),
        (
            "bar",
            lambda s: [
                (bar.start_tick, f"{Fraction(bar.duration_tick, s.resolution)}")
                for bar in s.bars
                if bar.is_irregular
            ],
        ),
    )
    old_rows = {a: k for k, (a, _) in enumerate(bars) if a is not None}
    new_rows = {b: k for k, (_, b) in enumerate(bars) if b is not None}
    for kind, events in kinds:
        old = _by_place(before, events(before), old_rows)
        new = _by_place(after, events(after), new_rows)
        for at in sorted({*old, *new}):
            is_of_one = None in bars[at[0]]
            if old.get(at) == new.get(at) or (is_of_one and kind == "chord"):
                continue
            a, b = bars[at[0]]
            number = before.bars[a].number if a is not None else after.bars[b or 0].number
            found.append(
                Change(
                    kind=kind, part="", bar=number, before=old.get(at, ""), after=new.get(at, "")
                )
            )
    if before.n_bars != after.n_bars:
        found.append(
            Change(
                kind="length", part="", bar=0, before=str(before.n_bars), after=str(after.n_bars)
            )
        )
    return found


def _by_place(
    score: Score, events: list[tuple[int, str]], rows: dict[int, int]
) -> dict[tuple[int, Fraction], str]:
    """Return events by the row of their bar in the pairing, and by their place in it."""
    found: dict[tuple[int, Fraction], str] = {}
    for tick, text in events:
        index = min(score.bar_at(tick), score.n_bars - 1)
        place = Fraction(tick - score.bars[index].start_tick, score.resolution)
        found[rows[index], place] = text
    return found


def _bar_changes(
    before: Score, after: Score, cells: list[tuple[_Cells, _Cells]], bars: _Pairs
) -> list[Change]:
    """Return the bars that are new or gone, with how many notes they hold."""
    found = []
    for a, b in bars:
        if b is None and a is not None:
            count = str(sum(len(old.get(a, ())) for old, _ in cells))
            number = before.bars[a].number
            found.append(Change(kind="bar-removed", part="", bar=number, before=count, after=""))
        elif a is None and b is not None:
            count = str(sum(len(new.get(b, ())) for _, new in cells))
            number = after.bars[b].number
            found.append(Change(kind="bar-added", part="", bar=number, before="", after=count))
    return found


def _cells(score: Score, part: int) -> _Cells:
    """Return the notes of a part by bar: place in the bar, duration (quarter notes), pitch, note."""
    found: _Cells = defaultdict(list)
    for note in score.parts[part].notes:
        index = min(score.bar_at(note.onset_tick), score.n_bars - 1)
        place = Fraction(note.onset_tick - score.bars[index].start_tick, score.resolution)
        length = Fraction(note.duration_tick, score.resolution)
        found[index].append((place, length, note.pitch, note))
    return found


def _part_changes(
    before: Score,
    old: _Cells,
    new: _Cells,
    bars: _Pairs,
    *,
    name: str,
    is_drums: bool,
    with_velocity: bool,
) -> tuple[list[Change], int]:
    """Return the changes of one part in bars that both have, and how many notes stayed."""
    found: list[Change] = []
    n_same = 0
    for a, b in bars:
        if a is None or b is None:
            continue
        for kind, one, two in _match(old[a], new[b], with_velocity=with_velocity):
            if kind == "same":
                n_same += 1
                continue
            found.append(
                Change(
                    kind=kind,
                    part=name,
                    bar=before.bars[a].number,
                    before=_tell(one, kind, is_drums=is_drums) if one else "",
                    after=_tell(two, kind, is_drums=is_drums) if two else "",
                )
            )
    return found, n_same


def _match(
    old: list[_Cell], new: list[_Cell], *, with_velocity: bool
) -> list[tuple[str, _Cell | None, _Cell | None]]:
    """Return the notes of one bar paired, best pairs first, with what changed in each."""
    left, right = list(old), list(new)
    found: list[tuple[str, _Cell | None, _Cell | None]] = []
    rules: tuple[tuple[str, Callable[[_Cell, _Cell], bool]], ...] = (
        ("same", lambda a, b: a[:3] == b[:3]),
        ("rhythm", lambda a, b: a[0] == b[0] and a[2] == b[2]),
        ("pitch", lambda a, b: a[:2] == b[:2]),
        ("pitch", lambda a, b: a[0] == b[0] and abs(a[2] - b[2]) <= 2),
        ("moved", lambda a, b: a[2] == b[2] and abs(a[0] - b[0]) <= 1),
    )
    for kind, agrees in rules:
        waiting: list[_Cell] = []
        for one in left:
            near = [two for two in right if agrees(one, two)]
            if not near:
                waiting.append(one)
                continue
            two = min(near, key=lambda cell: (abs(cell[2] - one[2]), abs(cell[0] - one[0])))
            right.remove(two)
            is_louder = kind == "same" and with_velocity and one[3].velocity != two[3].velocity
            found.append(("velocity" if is_louder else kind, one, two))
        left = waiting
    found += [("removed", one, None) for one in left]
    found += [("added", None, two) for two in right]
    return sorted(found, key=lambda row: (row[1] or row[2] or (Fraction(0),))[0])


def _tell(cell: _Cell, kind: str, *, is_drums: bool) -> str:
    """Return a note in words: ``"E4 (beat 2)"``; with its length where that is what changed."""
    place, length, pitch, note = cell
    names = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
    name = str(pitch) if is_drums else _spelled(note, names)
    text = f"{name} ({_number(place + 1)})".replace("(", "(beat ")
    if kind == "rhythm":
        text += f" {_number(length)} qn"
    return f"{text} v{note.velocity}" if kind == "velocity" else text


def _spelled(note: Note, names: tuple[str, ...]) -> str:
    name = note.spelling or names[note.pitch % 12]
    alter = name.count("#") - name[1:].count("b")
    return f"{name}{(note.pitch - alter) // 12 - 1}"


def _number(value: Fraction) -> str:
    return f"{float(value):.4g}"
