"""What changed between two scores, told musically: notes, metre, key, tempo and chords, by bar.

Conventions: parts are paired by name, then by order; bars by index. Times are compared in quarter notes,
so scores of different resolution can be equal. A note that stays in place with another pitch is
``pitch``; the same pitch and onset with another length is ``rhythm``; the same pitch moved within its bar
is ``moved``; the rest is added or removed. Only music counts, not velocity or layout, unless asked for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from motet.language import Language, say
from motet.score import Note, Score

__all__ = ["Change", "Difference", "diff_scores"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference.

    Parameters
    ----------
    kind : str
        ``"added"``, ``"removed"``, ``"pitch"``, ``"rhythm"``, ``"moved"``, ``"velocity"``; for the
        whole score ``"metre"``, ``"key"``, ``"tempo"``, ``"chord"``, ``"bar"``, ``"length"``;
        ``"part-added"`` and ``"part-removed"``.
    part : str
        Name of the part, empty for the whole score.
    bar : int
        Number as printed; 0 where none applies.
    before, after : str
        What stood there and stands there now: ``"C4 at beat 1 for 2 qn"``, ``"3/4"``.
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
            "part-added": ("part added", "新增声部"), "part-removed": ("part removed", "删去声部"),
        }  # fmt: skip
        name = say(*names[self.kind], language=language)
        what = " → ".join(one for one in (self.before, self.after) if one)
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
    changes = _whole(before, after)
    n_same = 0
    pairs, lost, new = _pair_parts(before, after)
    for a, b in pairs:
        found, same = _part_changes(before, a, after, b, with_velocity=with_velocity)
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


def _whole(before: Score, after: Score) -> list[Change]:
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
    for kind, events in kinds:
        old = {Fraction(tick, before.resolution): text for tick, text in events(before)}
        new = {Fraction(tick, after.resolution): text for tick, text in events(after)}
        for at in sorted({*old, *new}):
            if old.get(at) != new.get(at):
                bar = _bar_number(before if at in old else after, at)
                found.append(
                    Change(
                        kind=kind, part="", bar=bar, before=old.get(at, ""), after=new.get(at, "")
                    )
                )
    if before.n_bars != after.n_bars:
        found.append(
            Change(
                kind="length", part="", bar=0, before=str(before.n_bars), after=str(after.n_bars)
            )
        )
    return found


def _bar_number(score: Score, at_qn: Fraction) -> int:
    return score.bars[score.bar_at(int(at_qn * score.resolution))].number


def _cells(score: Score, part: int) -> dict[int, list[tuple[Fraction, Fraction, int, Note]]]:
    """Return the notes of a part by bar: place in the bar, duration (quarter notes), pitch, note."""
    found: dict[int, list[tuple[Fraction, Fraction, int, Note]]] = defaultdict(list)
    for note in score.parts[part].notes:
        index = score.bar_at(note.onset_tick)
        place = Fraction(note.onset_tick - score.bars[index].start_tick, score.resolution)
        length = Fraction(note.duration_tick, score.resolution)
        found[index].append((place, length, note.pitch, note))
    return found


def _part_changes(
    before: Score, a: int, after: Score, b: int, *, with_velocity: bool
) -> tuple[list[Change], int]:
    """Return the changes of one part, and how many notes stayed as they were."""
    old, new = _cells(before, a), _cells(after, b)
    name = after.parts[b].name or before.parts[a].name
    is_drums = after.parts[b].is_drums
    found: list[Change] = []
    n_same = 0
    for index in sorted({*old, *new}):
        score = before if index in old else after
        number = score.bars[min(index, score.n_bars - 1)].number
        rows = _match(old[index], new[index], with_velocity=with_velocity)
        for kind, one, two in rows:
            if kind == "same":
                n_same += 1
                continue
            found.append(
                Change(
                    kind=kind,
                    part=name,
                    bar=number,
                    before=_tell(one, kind, is_drums=is_drums) if one else "",
                    after=_tell(two, kind, is_drums=is_drums) if two else "",
                )
            )
    return found, n_same


_Cell = tuple[Fraction, Fraction, int, Note]


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
