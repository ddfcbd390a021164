"""Two hands: a keyboard that plays alone, or accompanies without a bass, is written hand by hand.

Conventions: what a pianist does with two hands is planned as parts of their own (a tune, chords, a bass),
written like any band, and joined to one part on two staves in the end. A part with bounds, a rhythm or a
writer of its own is left as it was asked for.

Source: own definition; a tenth is as far as most hands reach.

Offers `Hands`, `join_hands`, `lay_hands`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from motet.brief import Brief, PartBrief, usual_role
from motet.language import Language, say
from motet.score import Note, Part, Score, merge_parts
from motet.tasks.cast import usual_parts

__all__ = ["Hands", "join_hands", "lay_hands"]

_REACH_SEMI = 16
_TOGETHER_QN = 1 / 6
_LEFT = {"bass": (33, 53), "comping": (50, 67)}
"""Lowest and highest pitch of what a left hand plays."""
_FINGERS = 3  # notes that a left hand strikes at once above its bass
_OWN = ("name", "low", "high", "density", "polyphony", "rhythm", "rests", "articulation", "writer")
_ACCOMPANIES = frozenset({"comping", "pad", "strings", "horns"})


@dataclass(frozen=True, slots=True)
class Hands:
    """Parts that one keyboard plays: its name, and the index and staff of each, from 0 and 1."""

    name: str
    parts: tuple[int, ...]
    staves: tuple[int, ...]


def lay_hands(brief: Brief, *, language: Language = "en") -> tuple[Brief, tuple[Hands, ...]]:
    """Return a brief with each hand a part of its own, and which parts are joined in the end.

    Parameters
    ----------
    brief : Brief
    language : Language
        Of the hands' names.

    Returns
    -------
    tuple of Brief and tuple of Hands
        The brief itself and nothing where no keyboard needs two hands.

    Examples
    --------
    >>> laid, hands = lay_hands(Brief(parts="piano"))
    >>> [part.role for part in laid.parts], hands[0].staves
    (['melody', 'comping', 'bass'], (1, 2, 2))
    >>> [part.role for part in lay_hands(Brief(parts="piano,cello"))[0].parts]
    ['comping', 'bass', 'melody']
    """
    if brief.ground == "model":
        return brief, ()
    wishes = brief.parts or _one_player(usual_parts(brief))
    roles = _roles(wishes)
    has_bass = "bass" in roles or "bass" in brief.avoid
    parts: list[PartBrief] = []
    found: list[Hands] = []
    for wish, role in zip(wishes, roles, strict=True):
        plays = _plays(wish, role, roles, has_bass=has_bass)
        has_bass = has_bass or any(one == "bass" for one, _ in plays)
        if len(plays) < 2:
            parts.append(replace(wish, role=role))
            continue
        title = wish.found.name_zh if language == "zh" else wish.found.name
        first = len(parts)
        for one, staff in plays:
            name = f"{title} {_hand(one, staff, language)}"
            hand = PartBrief(instrument=wish.instrument, role=one, name=name)
            if staff == 2:
                low, high = _LEFT[one]
                hand = replace(hand, low=low, high=high, writer="arranger")
            parts.append(hand)
        indices = tuple(range(first, len(parts)))
        found.append(Hands(title, indices, tuple(staff for _, staff in plays)))
    if not found and list(roles) == [one.role for one in brief.parts]:
        return brief, ()
    return brief.with_(parts=tuple(parts)) if found or brief.parts else brief, tuple(found)


def join_hands(
    score: Score, writers: Sequence[str], hands: Sequence[Hands]
) -> tuple[Score, tuple[str, ...]]:
    """Return a score with the hands of each keyboard on the staves of one part, and who wrote each part.

    Parameters
    ----------
    score : Score
        Played, with the parts of `lay_hands`.
    writers : sequence of str
    hands : sequence of Hands

    Returns
    -------
    tuple of Score and tuple of str
        ``"both"`` where model and arranger share a part. Chords that no left hand reaches above its
        bass go to the right hand where it reaches them, else they are left out.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C5:4", "E4+G4:4", "C2:4")
    >>> roles = ("melody", "comping", "bass")
    >>> parts = [replace(part, role=role) for part, role in zip(score.parts, roles)]
    >>> score = score.with_parts(*parts)
    >>> hands = (Hands("Piano", (0, 1, 2), (1, 2, 2)),)
    >>> joined, who = join_hands(score, ("model", "arranger", "arranger"), hands)
    >>> [(note.pitch, note.staff) for note in joined.parts[0].notes], who
    ([(36, 2), (64, 1), (67, 1), (72, 1)], ('both',))
    """
    who: list[str] = list(writers)
    for one in reversed(hands):
        parts = list(score.parts)
        laid = [
            replace(
                parts[k],
                n_staves=1,
                notes=tuple(replace(note, staff=staff) for note in parts[k].notes),
            )
            for k, staff in zip(one.parts, one.staves, strict=True)
        ]
        laid = _within_reach(laid, one.staves, score.resolution)
        for k, part in zip(one.parts, laid, strict=True):
            parts[k] = part
        is_tune = parts[one.parts[0]].role == "melody"
        score = merge_parts(score.with_parts(*parts), parts=one.parts, name=one.name)
        merged = list(score.parts)
        first = one.parts[0]
        role = "melody" if is_tune else "comping"
        merged[first] = replace(merged[first], n_staves=2, role=role)
        score = score.with_parts(*merged)
        names = {who[k] for k in one.parts}
        who[first] = names.pop() if len(names) == 1 else "both"
        del who[first + 1 : first + len(one.parts)]
    return score, tuple(who)


def _one_player(wishes: Sequence[PartBrief]) -> tuple[PartBrief, ...]:
    """Return wishes with tune and chords of one keyboard made one."""
    keys = [one for one in wishes if _is_keyboard(one) and one.role in ("melody", "comping")]
    if len(keys) != 2 or keys[0].instrument != keys[1].instrument:
        return tuple(wishes)
    one = PartBrief(instrument=keys[0].instrument)
    return tuple(one if wish is keys[0] else wish for wish in wishes if wish is not keys[1])


def _roles(wishes: Sequence[PartBrief]) -> tuple[str, ...]:
    """Return the role of each wish: a single voice takes the tune before a keyboard does."""
    taken = tuple(one.role for one in wishes if one.role)
    is_open = "melody" not in taken
    singer = next(
        (
            k
            for k, one in enumerate(wishes)
            if is_open and not one.role and not one.is_drums and one.found.family != "bass"
            and one.found.max_polyphony <= 2
        ),
        None,
    )  # fmt: skip
    found: list[str] = []
    if singer is not None:
        taken = (*taken, "melody")
    for k, wish in enumerate(wishes):
        role = wish.role or ("melody" if k == singer else usual_role(wish.found, taken))
        taken = (*taken, role)
        found.append(role)
    return tuple(found)


def _plays(
    wish: PartBrief, role: str, roles: Sequence[str], *, has_bass: bool
) -> list[tuple[str, int]]:
    """Return the roles and staves of a keyboard's hands; one alone where it is no keyboard."""
    if not _is_keyboard(wish) or any(getattr(wish, name) for name in _OWN):
        return [(role, 1)]
    others = list(roles)
    others.remove(role)
    if role == "melody" and not wish.role and not set(others) & _ACCOMPANIES:
        return [("melody", 1), ("comping", 2)] + ([] if has_bass else [("bass", 2)])
    if role == "comping" and not has_bass:
        return [("comping", 1), ("bass", 2)]
    return [(role, 1)]


def _is_keyboard(wish: PartBrief) -> bool:
    """Tell whether two hands play on two staves."""
    return wish.found.n_staves == 2 and wish.found.family == "keys"


def _hand(role: str, staff: int, language: Language) -> str:
    """Return how a hand is called."""
    if role == "bass":
        return say("bass", "低音", language=language)
    if role == "comping" and staff == 2:
        return say("left hand", "左手", language=language)
    return say("right hand", "右手", language=language)


def _within_reach(parts: list[Part], staves: tuple[int, ...], resolution: int) -> list[Part]:
    """Return the hands with what the left cannot reach given to the right, or left out."""
    bass = next((part for part in parts if part.role == "bass"), None)
    if bass is None or staves[parts.index(bass)] != 2:
        return parts
    near = round(resolution * _TOGETHER_QN)
    tune = next((part for part in parts if part.role == "melody"), None)
    found = []
    for part in parts:
        if part.role != "comping" or any(note.staff == 1 for note in part.notes):
            found.append(part)
            continue
        kept = []
        n_struck: Counter[int] = Counter()
        for note in part.notes:
            low = [one.pitch for one in bass.notes if abs(one.onset_tick - note.onset_tick) <= near]
            n_struck[note.onset_tick] += 1
            if n_struck[note.onset_tick] > _FINGERS:
                continue
            if not low or note.pitch - min(low) <= _REACH_SEMI:
                kept.append(note)
            elif _right_reaches(note, tune):
                kept.append(replace(note, staff=1))
        found.append(replace(part, notes=tuple(kept)))
    return found


def _right_reaches(note: Note, tune: Part | None) -> bool:
    """Tell whether the right hand has a tune note above within an octave while a note begins."""
    if tune is None:
        return False
    return any(
        one.onset_tick <= note.onset_tick < one.end_tick and 0 < one.pitch - note.pitch <= 12
        for one in tune.notes
    )
