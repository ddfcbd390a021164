"""What one part is asked for: who plays what, where, how much, and where it is silent.

Conventions: pitches are MIDI numbers that sound; densities are onsets a quarter note over the bars in
which the part plays; bars count from 1. None and empty leave a choice to Motet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from motet.brief.manner import read_articulation
from motet.brief.role import ROLE_HABITS, find_role, is_role
from motet.brief.text import (
    check_keys,
    read_bars,
    read_density,
    read_pitch,
    read_rhythm,
    tell_bars,
)
from motet.errors import ParameterError
from motet.theory.instrument import Instrument, find_instrument
from motet.tokens.vocab import DRUM_PROGRAM, N_SLOTS

__all__ = ["WRITERS", "PartBrief", "part_from_dict", "read_parts"]

WRITERS = ("", "model", "arranger")
"""Who may write a part; empty leaves it to the brief's ``ground``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartBrief:
    """One part of a brief.

    Parameters
    ----------
    instrument : str
        Any usual name in either language, or a General MIDI program; kept as Motet's identifier.
        Empty takes the one that is usual for the role.
    role : str
        One of `motet.tokens.vocab.ROLES`; empty takes the one that is usual for the instrument.
    name : str
        As shown to people; empty takes the instrument's.
    low, high : int or None, MIDI numbers
        Lowest and highest pitch that may sound.
    density : (float, float) or None, onsets a quarter note
        Fewest and most.
    polyphony : int or None, 1 to 10, notes at once
    rhythm : str
        A fixed rhythm, see `motet.brief.text.read_rhythm`; pitches stay free.
    rests : tuple of int
        Bars in which the part is silent.
    articulation : str
        One of `motet.brief.MANNERS`, or empty.
    writer : str
        ``"model"``, ``"arranger"`` or empty.

    Raises
    ------
    ParameterError
        A value is out of range, or neither instrument nor role is given.

    Examples
    --------
    >>> part = PartBrief(instrument="钢琴", role="melody", low=60)
    >>> part.instrument, part.program, part.low
    ('piano', 0, 60)
    """

    instrument: str = ""
    role: str = ""
    name: str = ""
    low: int | None = None
    high: int | None = None
    density: tuple[float, float] | None = None
    polyphony: int | None = None
    rhythm: str = ""
    rests: tuple[int, ...] = ()
    articulation: str = ""
    writer: str = ""

    def __post_init__(self) -> None:
        if self.role:
            object.__setattr__(self, "role", find_role(self.role))
        if not self.instrument and not self.role:
            raise ParameterError(
                "a part needs an instrument or a role; write instrument = 'piano'",
                zh="声部需要乐器或角色;请写 instrument = 'piano'",
            )
        instrument = self.instrument or ROLE_HABITS[self.role].instrument
        found = find_instrument(instrument)
        object.__setattr__(self, "instrument", found.identifier)
        if found.is_drums != (self.role == "drums") and self.role:
            raise ParameterError(
                f"{found.identifier} cannot take the role {self.role!r}; drum kits have the role "
                "'drums', and nothing else has",
                zh=f"{found.name_zh} 不能担任角色 {self.role!r};鼓组的角色是 'drums',其他乐器不是",
            )
        for name in ("low", "high"):
            value = getattr(self, name)
            if value is not None:
                object.__setattr__(self, name, read_pitch(value, name=name))
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ParameterError(
                f"low must not be above high, got {self.low} and {self.high}; exchange them",
                zh=f"low 不能高于 high,收到 {self.low} 和 {self.high};请对调",
            )
        if self.density is not None:
            object.__setattr__(self, "density", read_density(self.density))
        n = self.polyphony
        if n is not None and (isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= 10):
            raise ParameterError(
                f"polyphony must be 1 to 10 notes at once, got {n!r}; 1 is a single line",
                zh=f"复音数 polyphony 须为 1 到 10,收到 {n!r};1 即单声部",
            )
        if self.rhythm:
            read_rhythm(self.rhythm)
        object.__setattr__(self, "rests", read_bars(self.rests) if self.rests else ())
        object.__setattr__(self, "articulation", read_articulation(self.articulation))
        if self.articulation == "pizzicato" and found.family != "strings":
            raise ParameterError(
                f"articulation pizzicato is for bowed strings, not for {found.identifier}; use staccato",
                zh=f"奏法 articulation 的拨奏只用于弓弦乐器,不用于{found.name_zh};请用断奏",
            )
        if self.writer not in WRITERS:
            raise ParameterError(
                f"writer must be model or arranger, got {self.writer!r}; leave it out to let Motet "
                "choose",
                zh=f"writer 须为 model 或 arranger,收到 {self.writer!r};不写则由 Motet 选择",
            )

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
        """General MIDI program, 0 to 127; 128 for drums."""
        return DRUM_PROGRAM if self.is_drums else self.found.program

    def to_dict(self) -> dict[str, Any]:
        """Return what was asked for, as plain values; what was left open is left out."""
        told: dict[str, Any] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if value not in ("", None, ()):
                told[one.name] = list(value) if one.name == "density" else value
        if self.rests:
            told["rests"] = tell_bars(self.rests)
        return told


_KEYS = tuple(one.name for one in fields(PartBrief))


def part_from_dict(table: Mapping[str, Any]) -> PartBrief:
    """Return the part that a table describes.

    Parameters
    ----------
    table : mapping
        Fields of `PartBrief`.

    Returns
    -------
    PartBrief

    Raises
    ------
    ParameterError
        A field is unknown (the nearest is offered) or its value is not allowed.

    Examples
    --------
    >>> part_from_dict({"instrument": "cello", "low": "C2", "density": "sparse"}).low
    36
    """
    check_keys(table, _KEYS, what="a part", what_zh="声部")
    return PartBrief(**dict(table))


def read_parts(
    wishes: str | Sequence[str | PartBrief | Mapping[str, Any]] | None,
) -> tuple[PartBrief, ...]:
    """Return the parts that somebody wishes for.

    Parameters
    ----------
    wishes : str, sequence or None
        ``"piano:melody,acoustic_bass"``: instruments, each with its role behind a colon where it is
        not the usual one; a role alone is played by who usually does. Or a sequence of such texts,
        tables and `PartBrief`.

    Returns
    -------
    tuple of PartBrief

    Raises
    ------
    ParameterError
        An instrument or role is unknown, or there are more than 16 parts.

    Examples
    --------
    >>> [(one.instrument, one.role) for one in read_parts("piano:melody,acoustic_bass")]
    [('piano', 'melody'), ('acoustic_bass', '')]
    """
    if wishes is None:
        return ()
    found: list[PartBrief] = []
    given: Sequence[Any] = [wishes] if isinstance(wishes, str | Mapping | PartBrief) else wishes
    for wish in given:
        if isinstance(wish, PartBrief):
            found.append(wish)
        elif isinstance(wish, Mapping):
            found.append(part_from_dict(wish))
        elif isinstance(wish, str):
            found += [
                _read_part(word) for word in re.split(r"[,;\uff0c\uff1b、]", wish) if word.strip()
            ]
        else:
            raise ParameterError(
                f"a part is a text such as 'piano:melody' or a table, got {wish!r}",
                zh=f"声部须为 'piano:melody' 这样的文字或一个表,收到 {wish!r}",
            )
    if len(found) > N_SLOTS:
        raise ParameterError(
            f"a brief has {N_SLOTS} parts at most, got {len(found)}; leave some out",
            zh=f"需求最多 {N_SLOTS} 个声部,收到 {len(found)};请去掉一些",
        )
    return tuple(found)


def _read_part(word: str) -> PartBrief:
    """Return the part of one word, ``"piano:melody"``, ``"鼓"`` or ``"melody"``."""
    instrument, colon, role = (
        piece.strip() for piece in word.replace("\uff1a", ":").partition(":")
    )
    if colon and not role:
        raise ParameterError(
            f"a role is missing behind the colon in {word.strip()!r}; write {instrument}:melody",
            zh=f"{word.strip()!r} 的冒号后缺少角色;请写 {instrument}:melody",
        )
    if not colon and is_role(instrument):
        return PartBrief(role=instrument)
    return PartBrief(instrument=instrument, role=role)
