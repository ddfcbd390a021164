"""Instruments: ranges, programs, transposition, clefs, and finding one by any usual name.

Conventions: ranges are sounding pitches (MIDI numbers), both ends included; the comfortable range
is where an amateur plays without strain. ``transposition_semi`` is sounding minus written pitch.
``clef``: ``"G"``, ``"F"``, ``"C3"`` (alto), ``"grand"`` (two staves), ``"G8vb"`` (sounds an octave
lower), ``"percussion"``. ``max_polyphony`` counts notes at once for one player or section.

Sources: Samuel Adler, The Study of Orchestration (Norton), ranges and transpositions; General MIDI
System Level 1 for programs. Comfortable ranges and Chinese instruments' nearest programs are ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from motet.errors import ParameterError
from motet.language import Language, say
from motet.theory.general_midi import GM_PROGRAMS, program_family
from motet.theory.instrument_table import ALIASES, ROWS
from motet.theory.pitch import parse_pitch

__all__ = ["INSTRUMENTS", "Instrument", "find_instrument"]


@dataclass(frozen=True, slots=True)
class Instrument:
    """One instrument.

    Parameters
    ----------
    identifier : str
        Motet's own name, ``"alto_sax"``.
    name, name_zh : str
        As shown to people.
    program : int, 0 to 127
        General MIDI program; for drum kits the kit's number on the percussion channel.
    family : str
        ``"keys"``, ``"guitar"``, ``"bass"``, ``"strings"``, ``"brass"``, ``"woodwind"``,
        ``"mallets"``, ``"voice"``, ``"synth"``, ``"drums"``, ``"percussion"``, ``"plucked"``,
        ``"chinese"`` or ``"effects"``.
    low, high : int, MIDI numbers
        Sounding range.
    comfortable_low, comfortable_high : int, MIDI numbers
    transposition_semi : int, semitones
        Sounding minus written pitch.
    clef : str
    max_polyphony : int, >= 1
    hand_span_semi : int, semitones
        Widest stretch of one hand; 0 where hands do not matter.

    Examples
    --------
    >>> sax = find_instrument("alto sax")
    >>> sax.program, sax.transposition_semi, sax.name_in(language="zh")
    (65, -9, '中音萨克斯')
    """

    identifier: str
    name: str
    name_zh: str
    program: int
    family: str
    low: int
    high: int
    comfortable_low: int
    comfortable_high: int
    transposition_semi: int = 0
    clef: str = "G"
    max_polyphony: int = 1
    hand_span_semi: int = 0

    @property
    def is_drums(self) -> bool:
        """Whether its part is a drum part (percussion keys, channel 10)."""
        return self.family == "drums"

    @property
    def n_staves(self) -> int:
        """How many staves it is written on."""
        return 2 if self.clef == "grand" else 1

    def name_in(self, *, language: Language = "en") -> str:
        """Return the name in one language."""
        return say(self.name, self.name_zh, language=language)


def _read_table() -> dict[str, Instrument]:
    """Return the instruments of the table."""
    table = {}
    for line in ROWS.strip().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        identifier, name, name_zh, program, family, full, easy, shift, clef, notes, span = cells
        low, high = (parse_pitch(one)[0] for one in full.split())
        easy_low, easy_high = (parse_pitch(one)[0] for one in easy.split())
        table[identifier] = Instrument(
            identifier,
            name,
            name_zh,
            int(program),
            family,
            low,
            high,
            easy_low,
            easy_high,
            int(shift),
            clef,
            int(notes),
            int(span),
        )
    return table


INSTRUMENTS: dict[str, Instrument] = _read_table()
"""Identifier to instrument."""

_BY_PROGRAM: dict[int, Instrument] = {}
for _one in INSTRUMENTS.values():
    if not _one.is_drums:
        _BY_PROGRAM.setdefault(_one.program, _one)


def _plain(name: str) -> str:
    """Return a name without case, blanks and signs."""
    return re.sub(r"[\s_\-.'()]+", "", name.strip().lower().replace("♭", "b"))


_NAMES: dict[str, str] = {}
for _one in INSTRUMENTS.values():
    for _name in (_one.identifier, _one.name, _one.name_zh):
        _NAMES.setdefault(_plain(_name), _one.identifier)
for _alias, _target in ALIASES.items():
    _NAMES.setdefault(_plain(_alias), _target)
for _number, _gm in enumerate(GM_PROGRAMS):
    if _number in _BY_PROGRAM:
        _NAMES.setdefault(_plain(_gm), _BY_PROGRAM[_number].identifier)


@lru_cache(maxsize=512)
def find_instrument(name_or_program: str | int) -> Instrument:
    """Return the instrument of a name or a General MIDI program.

    Parameters
    ----------
    name_or_program : str or int
        Identifier, English or Chinese name, alias, General MIDI name, or program 0 to 127.

    Returns
    -------
    Instrument
        For a program that no row has, one with that program and a wide range.

    Raises
    ------
    ParameterError
        Nothing has that name; the nearest is offered.

    Examples
    --------
    >>> find_instrument("contrabass").name, find_instrument("二胡").program
    ('Double Bass', 110)
    >>> find_instrument(73).identifier
    'flute'
    """
    if isinstance(name_or_program, int):
        return _by_program(name_or_program)
    plain = _plain(name_or_program)
    if plain in _NAMES:
        return INSTRUMENTS[_NAMES[plain]]
    if plain.isdigit():
        return _by_program(int(plain))
    for number, gm_name in enumerate(GM_PROGRAMS):
        if _plain(gm_name) == plain:
            return _by_program(number)
    near = get_close_matches(plain, _NAMES, n=1, cutoff=0.5)
    guess = _NAMES[near[0]] if near else "piano"
    raise ParameterError(
        f"the instrument must be one of Motet's {len(INSTRUMENTS)} or a General MIDI program 0 to "
        f"127, got {name_or_program!r}; did you mean {guess!r}?",
        zh=f"乐器须为 Motet 的 {len(INSTRUMENTS)} 种之一或 0 到 127 的 GM 音色号,"
        f"收到 {name_or_program!r};是否想写 {guess!r}?",
    )


def _by_program(program: int) -> Instrument:
    """Return the instrument of a program, made up from its family where the table has none."""
    family = program_family(program)
    if program in _BY_PROGRAM:
        return _BY_PROGRAM[program]
    name = GM_PROGRAMS[program]
    identifier = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    kind = "effects" if program >= 96 else "synth" if program >= 80 else family
    return Instrument(identifier, name, name, program, kind, 24, 108, 36, 96, 0, "G", 16, 0)
