"""Which earlier bars a phrase comes back to: exactly, moved to other degrees, ornamented, or in rhythm only.

Conventions: the bars of one part are compared with every earlier bar of the same length. Onsets are taken to
the nearest twelfth of a quarter note, so that a played copy is a copy. Kinds, from near to far: ``exact``;
``octave`` (the same, octaves apart); ``sequence`` (every note moved by the same number of scale steps, or of
semitones); ``ornamented`` and ``simplified`` (all notes of one stand in the other); ``varied`` (more than
half of the notes are the same, in place); ``re-timed`` (the same pitches in order, another rhythm);
``rhythm`` (the same rhythm, other notes; three onsets or more). Neighbouring bars that come back to
neighbouring bars are one return.

Source: own definition; the word sequence as in Schoenberg, Fundamentals of
Musical Composition.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motet.analysis import find_sections
from motet.language import Language, say
from motet.score import Score
from motet.theory.pitch import octave_of, spell_pitch
from motet.why.piece import Piece
from motet.why.wording import tell_places

__all__ = ["KINDS", "Form", "Return", "bar_notes", "compare_bars", "explain_form"]

KINDS = {
    "exact": ("exactly", "原样"), "octave": ("in another octave", "换八度"),
    "sequence": ("as a sequence", "模进"), "ornamented": ("ornamented", "加花"),
    "simplified": ("simplified", "简化"), "varied": ("varied", "变化"),
    "re-timed": ("same pitches in another rhythm", "音高相同,节奏不同"),
    "rhythm": ("same rhythm, other notes", "节奏相同,音不同"),
}  # fmt: skip
"""Kind to its words in English and Chinese, the nearest first."""

_ORDER = tuple(KINDS)
_NEAR = {"exact", "ornamented", "simplified", "varied"}
_COMMON_SHARE = 0.6
_LEAST_NOTES = 3
_PARTS_OF_QN = 12
_INTERVALS = {
    1: ("a second", "二度"), 2: ("a third", "三度"), 3: ("a fourth", "四度"), 4: ("a fifth", "五度"),
    5: ("a sixth", "六度"), 6: ("a seventh", "七度"), 7: ("an octave", "八度"),
}  # fmt: skip
_MOST_TOLD, _MOST_SECTIONS = 6, 12

BarNotes = tuple[tuple[int, int, int], ...]
"""Onset in twelfths of a quarter note, pitch, step on the staff; sorted."""


@dataclass(frozen=True, kw_only=True)
class Return:
    """Bars of a part that come back to earlier ones, by numbers; ``steps`` is how far a sequence moves;
    ``but`` names bars of another kind among them."""

    part: str
    bars: tuple[int, ...]
    earlier: tuple[int, ...]
    kind: str
    steps: int = 0
    but: tuple[tuple[int, str], ...] = ()

    def tell(self, language: Language = "en") -> str:
        """Return it in words."""
        en, zh = KINDS[self.kind]
        if self.kind == "sequence":
            far = _INTERVALS.get(
                abs(self.steps), (f"{abs(self.steps)} steps", f"{abs(self.steps)} 级")
            )
            up = self.steps > 0
            en = f"as a sequence, {far[0]} {'higher' if up else 'lower'}"
            zh = f"模进,{'高' if up else '低'}{far[1]}"
        now, then = tell_places(self.bars, language), tell_places(self.earlier, language)
        if self.kind == "rhythm":
            return say(f"{self.part}, {now}: the rhythm of {then}, other notes",
                       f"{self.part},{now}:{then}的节奏,音不同", language=language)  # fmt: skip
        for bar, other in self.but:
            en += f", bar {bar} {KINDS[other][0]}"
            zh += f",第 {bar} 小节{KINDS[other][1]}"
        verb = "comes" if len(self.bars) == 1 else "come"
        return say(f"{self.part}, {now} {verb} back to {then}: {en}",
                   f"{self.part},{now}回到{then}:{zh}", language=language)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Form:
    """Sections, what comes back in the part that is looked at, and how much the others repeat.

    Parameters
    ----------
    sections : tuple of (label, first bar, last bar)
        Written ones where the score has them, else those found.
    is_written : bool
    returns : tuple of Return
    new_bars : tuple of int
        Bars of that part that come back to nothing.
    repeats : tuple of (part, bars that repeat an earlier one exactly, bars it plays)

    Examples
    --------
    >>> Form().tell()
    []
    """

    sections: tuple[tuple[str, int, int], ...] = ()
    is_written: bool = False
    returns: tuple[Return, ...] = ()
    part: str = ""
    new_bars: tuple[int, ...] = ()
    repeats: tuple[tuple[str, int, int], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "sections": [
                {"label": label, "first_bar": a, "last_bar": b} for label, a, b in self.sections
            ],
            "is_written": self.is_written,
            "part": self.part,
            "returns": [
                {"part": one.part, "bars": list(one.bars), "earlier": list(one.earlier),
                 "kind": one.kind, "steps": one.steps,
                 "but": [{"bar": bar, "kind": kind} for bar, kind in one.but]}
                for one in self.returns
            ],
            "new_bars": list(self.new_bars),
            "repeats": [{"part": name, "exact": n, "bars": total} for name, n, total in self.repeats],
        }  # fmt: skip

    def tell(self, language: Language = "en") -> list[str]:
        """Return the section in words."""
        lines = []
        if self.sections:
            told = ", ".join(
                f"{label} ({tell_places(range(a, b + 1), language)})"
                for label, a, b in self.sections[:_MOST_SECTIONS]
            )
            told += " …" if len(self.sections) > _MOST_SECTIONS else ""
            head = ("Form", "曲式") if self.is_written else ("Form, as heard", "曲式(听出的)")
            lines.append(say(f"{head[0]}: {told}", f"{head[1]}:{told}", language=language))
        lines += [one.tell(language) for one in self.returns[:_MOST_TOLD]]
        rest = len(self.returns) - _MOST_TOLD
        if rest > 0:
            lines.append(
                say(f"… {rest} more returns: --bars, --json", f"…… 另 {rest} 处:--bars、--json",
                    language=language)
            )  # fmt: skip
        if self.new_bars and self.part:
            places = tell_places(self.new_bars, language)
            lines.append(
                say(f"{self.part}, new material: {places}", f"{self.part},新材料:{places}",
                    language=language)
            )  # fmt: skip
        if self.repeats:
            told = ", ".join(f"{name} {n}/{total}" for name, n, total in self.repeats)
            lines.append(
                say(f"Bars that repeat an earlier one exactly: {told}",
                    f"与前面某小节完全相同的小节:{told}", language=language)
            )  # fmt: skip
        return lines


def bar_notes(piece: Piece, k: int) -> dict[int, BarNotes]:
    """Return the notes of a part by bar, silent bars left out.

    Parameters
    ----------
    piece : Piece
    k : int
        Index of the part.

    Returns
    -------
    dict of int to notes

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.why.piece import open_piece
    >>> bar_notes(open_piece(make_score("C4:1 E4:3")), 0)[0]
    ((0, 60, 28), (12, 64, 30))
    """
    score, part = piece.score, piece.score.parts[k]
    found: dict[int, list[tuple[int, int, int]]] = {}
    for note in part.notes:
        if note.grace or not note.duration_tick:
            continue
        bar = score.bar_at(note.onset_tick)
        place = note.onset_tick - score.bars[bar].start_tick
        spelling = note.spelling or spell_pitch(note.pitch, fifths=piece.key.fifths)
        step = "CDEFGAB".index(spelling[0]) + 7 * octave_of(note.pitch, spelling)
        at = round(place * _PARTS_OF_QN / score.resolution)
        found.setdefault(bar, []).append((at, note.pitch, note.pitch if part.is_drums else step))
    return {bar: tuple(sorted(set(notes))) for bar, notes in found.items()}


def compare_bars(now: BarNotes, then: BarNotes) -> tuple[str, int] | None:
    """Return how a bar comes back to an earlier one: kind and steps of a sequence; None for not at all.

    Parameters
    ----------
    now, then : tuple of (onset, pitch, step)
        Of `bar_notes`.

    Returns
    -------
    (str, int) or None

    Examples
    --------
    >>> then = ((0, 60, 28), (12, 62, 29), (24, 64, 30))
    >>> compare_bars(then, then), compare_bars(((0, 64, 30), (12, 65, 31), (24, 67, 32)), then)
    (('exact', 0), ('sequence', 2))
    """
    one, two = [(at, pitch) for at, pitch, _ in now], [(at, pitch) for at, pitch, _ in then]
    if one == two:
        return "exact", 0
    onsets, earlier = [at for at, _ in one], [at for at, _ in two]
    if onsets == earlier:
        moves = {a[1] - b[1] for a, b in zip(now, then, strict=True)}
        steps = {a[2] - b[2] for a, b in zip(now, then, strict=True)}
        if len(moves) == 1 and next(iter(moves)) % 12 == 0:
            return "octave", next(iter(steps))
        if len(now) >= _LEAST_NOTES and (len(steps) == 1 or len(moves) == 1):
            shift = sorted(steps)[len(steps) // 2]
            return ("sequence", shift) if shift else ("varied", 0)
    mine, old = set(one), set(two)
    if len(old) >= 2 and old < mine:
        return "ornamented", 0
    if len(mine) >= 2 and mine < old:
        return "simplified", 0
    common = len(mine & old) / len(mine | old)
    if common >= _COMMON_SHARE and len(mine & old) >= 2:
        return "varied", 0
    pitches = [pitch for _, pitch in one]
    if (
        len(now) >= _LEAST_NOTES
        and pitches == [pitch for _, pitch in two]
        and len(set(pitches)) > 1
    ):
        return "re-timed", 0
    if onsets == earlier and len(set(onsets)) >= _LEAST_NOTES:
        return "rhythm", 0
    return None


def explain_form(piece: Piece, *, part: int, bars: Sequence[int]) -> Form:
    """Return the form of a piece, and what comes back in some bars of one part.

    Parameters
    ----------
    piece : Piece
    part : int
        Index of the part whose returns are told.
    bars : sequence of int
        Indices from 0.

    Returns
    -------
    Form

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.why.piece import open_piece
    >>> score = make_score("C5:1 D5:1 E5:2 | G5:1 F5:1 D5:2 | C5:1 D5:1 E5:2")
    >>> explain_form(open_piece(score), part=0, bars=range(3)).returns[0].tell()
    'Part 1, bar 3 comes back to bar 1: exactly'
    """
    score, chosen = piece.score, set(bars)
    name = score.parts[part].name
    held = bar_notes(piece, part)
    found = _find_returns(score, held)
    returns = [
        one
        for one in _join(score, name, found, held)
        if chosen & {_index(score, n) for n in one.bars}
    ]
    new = [score.bars[bar].number for bar in held if bar in chosen and bar not in found]
    repeats = []
    for k, other in enumerate(score.parts):
        own = bar_notes(piece, k)
        if k == part or not own:
            continue
        seen: set[BarNotes] = set()
        n_exact = 0
        for notes in own.values():
            n_exact += notes in seen
            seen.add(notes)
        repeats.append((other.name, n_exact, len(own)))
    return Form(
        sections=_sections(score), is_written=bool(score.sections), returns=tuple(returns),
        part=name, new_bars=tuple(new), repeats=tuple(repeats),
    )  # fmt: skip


def _find_returns(score: Score, held: Mapping[int, BarNotes]) -> dict[int, tuple[int, str, int]]:
    """Return for each bar that comes back the earlier bar, how, and by how many steps.

    Going on from where the bar before came back to wins over a slightly nearer likeness elsewhere.
    """
    found: dict[int, tuple[int, str, int]] = {}
    for bar, notes in held.items():
        best: tuple[float, int, str, int] | None = None
        for old, then in held.items():
            if old >= bar:
                break
            if score.bars[old].duration_tick != score.bars[bar].duration_tick:
                continue
            like = compare_bars(notes, then)
            if like is None:
                continue
            kind, steps = like
            cost = float(_ORDER.index(kind))
            last = found.get(bar - 1)
            if last is not None and last[0] == old - 1:
                cost -= 1.5 if last[1:] == (kind, steps) or kind != "rhythm" else 0.5
            if best is None or cost < best[0]:
                best = (cost, old, kind, steps)
        if best is not None:
            found[bar] = best[1:]
    return found


def _join(
    score: Score, name: str, found: Mapping[int, tuple[int, str, int]], held: Mapping[int, BarNotes]
) -> list[Return]:
    """Return neighbouring returns to neighbouring bars as one, and single ones to the same bar."""
    rows: list[list[tuple[int, int, str, int]]] = []
    for bar, (old, kind, steps) in sorted(found.items()):
        row = (bar, old, kind, steps)
        last = rows[-1][-1] if rows else None
        goes_on = last is not None and last[:2] == (bar - 1, old - 1)
        if last is not None and goes_on and (last[2:] == (kind, steps) or {last[2], kind} <= _NEAR):
            rows[-1].append(row)
        else:
            rows.append([row])
    told: list[Return] = []
    singles: dict[tuple[int, str, int], list[int]] = {}
    for own in rows:
        bar, old, kind, steps = own[0]
        if len(own) == 1:
            if len(held[bar]) > 1:
                singles.setdefault((old, kind, steps), []).append(score.bars[bar].number)
            continue
        kinds = [row[2] for row in own]
        most = max(_ORDER, key=kinds.count)
        is_mixed = kinds.count(most) * 2 <= len(kinds)
        but = () if is_mixed else tuple((row[0], row[2]) for row in own if row[2] != most)
        told.append(
            Return(part=name, bars=tuple(score.bars[row[0]].number for row in own),
                   earlier=tuple(score.bars[row[1]].number for row in own), kind="varied" if is_mixed else most,
                   steps=steps, but=tuple((score.bars[bar].number, kind) for bar, kind in but))
        )  # fmt: skip
    told += [
        Return(
            part=name, bars=tuple(bars), earlier=(score.bars[old].number,), kind=kind, steps=steps
        )
        for (old, kind, steps), bars in singles.items()
    ]
    return sorted(
        told, key=lambda one: (one.kind not in _NEAR, -len(one.earlier), -len(one.bars), one.bars)
    )


def _sections(score: Score) -> tuple[tuple[str, int, int], ...]:
    if score.sections:
        marks = [(one.label, score.bar_at(one.tick)) for one in score.sections]
        ends = [bar for _, bar in marks[1:]] + [score.n_bars]
        spans = [(label, a, b) for (label, a), b in zip(marks, ends, strict=True) if b > a]
    else:
        spans = [(one.label, one.start_bar, one.end_bar) for one in find_sections(score)]
    return tuple((label, score.bars[a].number, score.bars[b - 1].number) for label, a, b in spans)


def _index(score: Score, number: int) -> int:
    return next(bar.index for bar in score.bars if bar.number == number)
