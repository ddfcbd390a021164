"""The cast: who plays what in a piece that is to be written, and within which bounds.

Conventions: what the brief says wins; else the role and the instrument decide. Bars count from 0 here.
Bounds hold for sounding pitches; densities are onsets a quarter note over the bars with onsets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from motet.brief import ROLE_HABITS, TRAITS, Brief, PartBrief, read_parts, usual_role
from motet.brief.text import read_rhythm
from motet.errors import ConstraintError
from motet.score import Part
from motet.tasks.kin import kin_style
from motet.theory.instrument import Instrument, find_instrument
from motet.tokens.vocab import DRUM_PROGRAM, ROLES

__all__ = ["SINGLE", "PartPlan", "choose_cast", "plan_part", "usual_parts"]

Rhythm = tuple[tuple[tuple[Fraction, Fraction], ...], ...]

SINGLE = frozenset({"melody", "bass", "counter", "voice", "solo"})
"""Roles that are single lines unless more is asked for."""
_USUAL_RANGE_SEMI = 10
_SUNG_HIGH = frozenset({"melody", "solo"})
_SUNG_SEMI = 21
_SATB = ("soprano:melody", "alto:voice", "tenor:voice", "bass_voice:bass")
_CASTS: dict[str, tuple[str, ...]] = {
    "renaissance": _SATB, "sacred-choral": _SATB, "choral": _SATB, "hymn": _SATB,
    "baroque": ("violin:melody", "oboe:counter", "harpsichord:comping", "cello:bass"),
    "keyboard": ("harpsichord:melody", "harpsichord:comping"),
    "organ": ("church_organ:melody", "church_organ:comping"),
    "art-song": ("mezzo_soprano:melody", "piano:comping"),
    "opera": ("soprano:melody", "strings:strings", "double_bass:bass"),
    "string-quartet": ("violin:melody", "violin:counter", "viola:counter", "cello:bass"),
    "chamber": ("flute:melody", "clarinet:counter", "piano:comping", "cello:bass"),
    "orchestral": ("flute:melody", "strings:strings", "horn:counter", "double_bass:bass"),
    "guitar": ("nylon_guitar:melody", "nylon_guitar:comping"),
    "irish": ("whistle:melody", "steel_guitar:comping"),
    "jazz": ("tenor_sax:melody", "piano:comping", "acoustic_bass:bass", "jazz_kit:drums"),
    "tin-pan-alley": ("clarinet:melody", "piano:comping", "acoustic_bass:bass"),
    "game": ("square_lead:melody", "electric_piano:comping", "synth_bass:bass", "drums"),
}  # fmt: skip
_PIANO = frozenset({"piano-romantic", "ragtime", "dance-piano", "mazurka", "polonaise"})
_INSTEAD = {
    "melody": ("flute", "violin", "piano"), "solo": ("clarinet", "violin"),
    "bass": ("acoustic_bass", "electric_bass", "cello"), "comping": ("piano", "nylon_guitar", "harp"),
    "pad": ("warm_pad", "strings"), "strings": ("strings", "warm_pad"), "horns": ("brass",),
    "counter": ("clarinet", "viola"), "voice": ("choir",),
}  # fmt: skip
"""Who plays a role when the usual instrument is to be avoided."""
_WHOLE_FAMILIES = {"horns": "brass", "strings": "strings"}  # no brass: no trumpet either
_DRUMS_ALONE = ("drum-rock", "drum-funk", "drum-jazz", "drum-latin", "drum-hiphop")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPlan:
    """One part, with every bound decided.

    Parameters
    ----------
    name, name_zh : str
    instrument : str
        Identifier.
    role : str
    low, high : int, MIDI numbers
    density : (float, float) or None, onsets a quarter note
    polyphony : int, notes at once
    rhythm : tuple
        A fixed rhythm, bar by bar, as shares of the bar; empty when free.
    rests : frozenset of int
        Bars (from 0) in which it is silent.
    writer : str
        ``"model"``, ``"arranger"`` or empty.
    may_rest : bool
        Whether any of its bars may stay empty.
    asked : frozenset of str
        The bounds that the brief itself names.
    """

    name: str
    name_zh: str
    instrument: str
    role: str
    low: int
    high: int
    density: tuple[float, float] | None
    polyphony: int
    rhythm: Rhythm = ()
    rests: frozenset[int] = frozenset()
    writer: str = ""
    may_rest: bool = False
    asked: frozenset[str] = field(default=frozenset())

    @property
    def found(self) -> Instrument:
        """The instrument as theory knows it."""
        return find_instrument(self.instrument)

    @property
    def is_drums(self) -> bool:
        """Whether its pitches are percussion keys."""
        return self.found.is_drums

    @property
    def program(self) -> int:
        """General MIDI program; 128 for drums."""
        return DRUM_PROGRAM if self.is_drums else self.found.program

    def as_part(self) -> Part:
        """Return an empty part of a score."""
        found = self.found
        shift = found.transposition_semi
        return Part(
            name=self.name,
            program=found.program,
            is_drums=self.is_drums,
            channel=9 if self.is_drums else -1,
            role=self.role,
            transposition_semi=shift if shift % 12 == 0 else 0,
            n_staves=2 if found.n_staves == 2 and self.polyphony > 1 else 1,
        )


def choose_cast(brief: Brief) -> tuple[PartPlan, ...]:
    """Return the parts of a brief, every bound decided.

    Parameters
    ----------
    brief : Brief

    Returns
    -------
    tuple of PartPlan
        In the order of the brief; those usual in the style when it names none.

    Raises
    ------
    ConstraintError
        A part's bounds contradict each other or its instrument; the message names them.

    Examples
    --------
    >>> [(one.role, one.low, one.high) for one in choose_cast(Brief(parts="flute,acoustic_bass"))]
    [('melody', 64, 84), ('bass', 28, 55)]
    """
    wishes = brief.parts or usual_parts(brief)
    taken: tuple[str, ...] = tuple(one.role for one in wishes if one.role)
    plans: list[PartPlan] = []
    for wish in wishes:
        role = wish.role or usual_role(wish.found, taken)
        taken = (*taken, role)
        plans.append(plan_part(wish, role=role, number=len(plans)))
    return _named(plans)


def usual_parts(brief: Brief) -> tuple[PartBrief, ...]:
    """Return the parts that a brief's style usually has, without what is to be avoided.

    Parameters
    ----------
    brief : Brief
        Its own parts do not count.

    Returns
    -------
    tuple of PartBrief

    Raises
    ------
    ConstraintError
        Nothing is left.

    Examples
    --------
    >>> [part.role for part in usual_parts(Brief(style="string-quartet"))]
    ['melody', 'counter', 'counter', 'bass']
    """
    return _without(_usual_parts(brief.style), brief)


def _usual_parts(style: str) -> tuple[PartBrief, ...]:
    """Return the parts that a style usually has."""
    if style in _DRUMS_ALONE:
        return read_parts("drums")
    if style in _PIANO:
        return read_parts(("piano:melody", "piano:comping"))
    if style in _CASTS:
        return read_parts(_CASTS[style])
    kin = kin_style(style)
    found = [PartBrief(instrument=kin.melody.instrument, role="melody")]
    for spec in kin.parts:
        if spec.levels[0] <= 3 <= spec.levels[1]:
            instrument = "drums" if spec.role == "drums" else spec.instrument
            found.append(PartBrief(instrument=instrument, role=spec.role))
    return tuple(found[:8])


def _without(wishes: Sequence[PartBrief], brief: Brief) -> tuple[PartBrief, ...]:
    """Return usual parts without what is to be avoided; another instrument takes an avoided one's place.

    Raises
    ------
    ConstraintError
        Nothing is left.
    """
    families = {
        _WHOLE_FAMILIES.get(name) or find_instrument(name).family
        for name in brief.avoid
        if name in _WHOLE_FAMILIES
        or (name not in TRAITS and name not in ROLES and find_instrument(name).family == "guitar")
    }
    found: list[PartBrief] = []
    for wish in wishes:
        role = wish.role or usual_role(wish.found, tuple(one.role for one in found))
        if role in brief.avoid or (role == "drums" and "drums" in brief.avoid):
            continue
        names = (wish.instrument, *_INSTEAD.get(role, ()))
        name = next(
            (
                one
                for one in names
                if one not in brief.avoid and find_instrument(one).family not in families
            ),
            "",
        )
        if name:
            found.append(replace(wish, instrument=name, role=role))
    if not found:
        raise ConstraintError(
            "avoid leaves no part to write; name parts, or avoid less",
            zh="avoid 之后没有可写的声部;请指明声部,或少避免一些",
        )
    return tuple(found)


def plan_part(wish: PartBrief, *, role: str, number: int = 0) -> PartPlan:
    """Return one part with every bound decided.

    Parameters
    ----------
    wish : PartBrief
    role : str
    number : int
        Place among the parts, from 0, for messages.

    Returns
    -------
    PartPlan

    Raises
    ------
    ConstraintError
        Its bounds contradict each other or its instrument.

    Examples
    --------
    >>> plan_part(PartBrief(instrument="piano", polyphony=3), role="comping").polyphony
    3
    """
    found, habit = wish.found, ROLE_HABITS[role]
    asked = {name for name in ("low", "high", "density", "polyphony") if getattr(wish, name)}
    asked |= {name for name in ("rhythm", "rests") if getattr(wish, name)}
    low, high = _bounds(wish, found, role)
    polyphony = wish.polyphony or min(habit.max_polyphony, found.max_polyphony)
    if polyphony > found.max_polyphony and not found.is_drums:
        raise ConstraintError(
            f"part {number + 1}: polyphony = {polyphony}, but a {found.name} plays "
            f"{found.max_polyphony} notes at once; lower it or choose another instrument",
            zh=f"第 {number + 1} 声部:polyphony = {polyphony},而{found.name_zh}最多同时奏 "
            f"{found.max_polyphony} 个音;请调低或换乐器",
        )
    rhythm = read_rhythm(wish.rhythm) if wish.rhythm else ()
    density = wish.density or (None if rhythm else habit.density)
    return PartPlan(
        name=wish.name or found.name,
        name_zh=wish.name or found.name_zh,
        instrument=found.identifier,
        role=role,
        low=low,
        high=high,
        density=density,
        polyphony=polyphony,
        rhythm=rhythm,
        rests=frozenset(bar - 1 for bar in wish.rests),
        writer=wish.writer,
        asked=frozenset(asked),
    )


def _bounds(wish: PartBrief, found: Instrument, role: str) -> tuple[int, int]:
    """Return the range of a part: what was asked for, else where the role lies on the instrument."""
    if found.is_drums:
        return 27, 87
    habit = ROLE_HABITS[role]
    low = max(habit.low, found.comfortable_low)
    high = min(habit.high, found.comfortable_high)
    if high - low < _USUAL_RANGE_SEMI:
        low, high = found.comfortable_low, found.comfortable_high
        if role in _SUNG_HIGH:  # a low instrument sings in its upper register
            low = max(low, high - _SUNG_SEMI)
    if wish.low is not None:
        low, high = wish.low, high if high - wish.low >= 7 else found.high
    if wish.high is not None:
        low, high = low if wish.high - low >= 7 or wish.low is not None else found.low, wish.high
    if low > high or low > found.high or high < found.low:
        raise ConstraintError(
            f"the range {wish.low if wish.low is not None else low} to "
            f"{wish.high if wish.high is not None else high} of {found.name} lies outside what it "
            f"plays, {found.low} to {found.high}; move it or choose another instrument",
            zh=f"{found.name_zh}的音域 {wish.low if wish.low is not None else low} 到 "
            f"{wish.high if wish.high is not None else high} 超出其可奏的 {found.low} 到 "
            f"{found.high};请移动音域或换乐器",
        )
    return max(low, found.low), min(high, found.high)


def _named(plans: list[PartPlan]) -> tuple[PartPlan, ...]:
    """Return the parts, those of one name numbered."""
    names = [plan.name for plan in plans]
    out = []
    for k, plan in enumerate(plans):
        if names.count(plan.name) > 1:
            number = names[: k + 1].count(plan.name)
            name, name_zh = f"{plan.name} {number}", f"{plan.name_zh} {number}"
            plan = replace(plan, name=name, name_zh=name_zh)
        out.append(plan)
    return tuple(out)
