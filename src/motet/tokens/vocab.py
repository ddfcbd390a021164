"""The token vocabulary: which ids there are, and what each means. Frozen: bundles depend on it.

Conventions: an id belongs to one family and has one value in it; families lie one after another, so a
family is a slice of ids. Times are grid positions, 24 a quarter note. Ids at the end are reserved for
what later versions bring, so that no bundle must be retrained for them.

Offers `FAMILIES`, `VOCAB_SIZE`, `token_id`, `token_name`, `FAMILY_OF`, `VALUE_OF`, `vocab_hash` and the
tables (styles, roles, sections, modes, metres, chord qualities) that give values their meaning.

Source: own definition; docs/concepts/tokens.md explains it, docs/decisions/0006 says why so.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError

__all__ = [
    "CHORD_QUALITIES",
    "DRUM_PROGRAM",
    "EXTENTS",
    "FAMILIES",
    "FAMILY_NAMES",
    "FAMILY_OF",
    "METRE_DENOMINATORS",
    "MODES",
    "N_BARREFS",
    "N_SLOTS",
    "POSITIONS_PER_QN",
    "ROLES",
    "SECTIONS",
    "STYLES",
    "VALUE_OF",
    "VOCAB_SIZE",
    "Family",
    "token_id",
    "token_name",
    "vocab_hash",
]

POSITIONS_PER_QN: Final = 24
N_SLOTS: Final = 16
N_BARREFS: Final = 64
DRUM_PROGRAM: Final = 128

MODES: Final = ("major", "minor", "dorian", "phrygian", "lydian", "mixolydian", "locrian")
EXTENTS: Final = ("whole", "beginning", "middle", "end")
"""Which part of a piece the bars are."""

ROLES: Final = (
    "melody", "bass", "drums", "comping", "pad", "strings", "horns", "counter", "voice", "solo",
)  # fmt: skip
SECTIONS: Final = (
    "A", "B", "C", "D", "E", "F", "intro", "verse", "pre-chorus", "chorus", "bridge", "solo",
    "interlude", "outro",
)  # fmt: skip
METRE_DENOMINATORS: Final = (2, 4, 8, 16)
CHORD_QUALITIES: Final = (
    "maj", "min", "7", "maj7", "m7", "dim", "aug", "m7b5", "dim7", "sus4", "sus2", "5", "6", "m6",
    "add9", "9", "7sus4", "7b9", "7#5", "mMaj7",
)  # fmt: skip
"""Identifiers of `motet.theory.QUALITIES`; every other quality is written as the nearest of these."""

STYLES: Final = (
    # those of the arranger
    "balkan", "ballad", "blues", "bossa", "cha-cha", "chiptune", "cinematic", "classical", "country",
    "disco", "folk-waltz", "folk", "funk", "gospel-shuffle", "gospel", "guofeng", "hiphop", "house",
    "jazz-ballad", "jazz-waltz", "jig", "lofi", "march", "milonga", "neo-soul", "pop", "prog", "reel",
    "reggae", "rock", "salsa", "samba", "slow-blues", "soul", "swing", "synthwave", "tango", "trap",
    "waltz",
    # those of the human corpus
    "renaissance", "baroque", "sacred-choral", "choral", "hymn", "keyboard", "piano-romantic",
    "art-song", "opera", "string-quartet", "chamber", "orchestral", "guitar", "organ", "ragtime",
    "dance-piano", "mazurka", "polonaise", "irish", "tin-pan-alley", "jazz", "game", "game-rock",
    "metal", "electronic", "drum-rock", "drum-funk", "drum-jazz", "drum-latin", "drum-hiphop",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Family:
    """A run of ids that mean the same kind of thing.

    Parameters
    ----------
    name : str
    start, size : int
        Ids ``start`` to ``start + size - 1``.

    Examples
    --------
    >>> FAMILIES["PITCH"].size
    128
    """

    name: str
    start: int
    size: int

    @property
    def end(self) -> int:
        """The id after the last one."""
        return self.start + self.size


_SIZES: Final = (
    # structure, one id each
    ("PAD", 1), ("BOS", 1), ("EOS", 1), ("PLAN", 1), ("PBAR", 1), ("NOTES", 1), ("BAR", 1),
    ("HOLE", 1), ("FILL", 1), ("EOH", 1), ("BARLEN", 1), ("NOCHORD", 1),
    # the header
    ("EXTENT", len(EXTENTS)),
    ("STYLE", 80),  # index in STYLES; the rest is free for later styles
    ("EMOTION", 16),  # valence quarter * 4 + arousal quarter
    ("DIFFICULTY", 8),
    ("TEMPO", 24),  # 30 * 2 ** (value / 6) quarter notes a minute
    ("KEY", 85),  # tonic * 7 + index in MODES; 84 is no key
    ("PART", N_SLOTS),
    ("PROG", 129),  # General MIDI program; 128 is drums
    ("ROLE", 12),
    ("RANGE", 16),  # mean pitch: 24 + 6 * value and the five semitones above it
    ("DENSITY", 12),
    ("POLY", 6),
    # the plan
    ("SECTION", 16),
    ("METRE", 65),  # (numerator - 1) * 4 + index in METRE_DENOMINATORS; 64 is unmetred
    ("CHORD", 12 * len(CHORD_QUALITIES)),  # root * 20 + index in CHORD_QUALITIES
    ("BASS", 12),
    # the notes
    ("POSX", 7),  # adds 144 * (value + 1) to the position that follows
    ("POS", 144),
    ("DURX", 16),  # adds 96 * (value + 1) to the duration that follows
    ("DUR", 96),  # duration value + 1
    ("VEL", 16),  # velocity min(127, 8 * (value + 1))
    ("PITCH", 128),
    ("ADD", 128),
    ("DRUM", 61),  # percussion key 27 + value
    ("BARREF", N_BARREFS),
)  # fmt: skip

VOCAB_SIZE: Final = 1536


def _lay_families() -> dict[str, Family]:
    """Return the families one after another, the rest reserved."""
    families, start = {}, 0
    for name, size in _SIZES:
        families[name] = Family(name, start, size)
        start += size
    families["RESERVED"] = Family("RESERVED", start, VOCAB_SIZE - start)
    return families


FAMILIES: Final[dict[str, Family]] = _lay_families()
"""Name to family, in order of ids."""

FAMILY_NAMES: Final = tuple(FAMILIES)

FAMILY_OF: Final[npt.NDArray[np.uint8]] = np.repeat(
    np.arange(len(FAMILIES), dtype=np.uint8), [family.size for family in FAMILIES.values()]
)
"""uint8, shape (1536,): index in `FAMILY_NAMES` of each id."""

VALUE_OF: Final[npt.NDArray[np.int16]] = np.concatenate(
    [np.arange(family.size, dtype=np.int16) for family in FAMILIES.values()]
)
"""int16, shape (1536,): value of each id in its family."""


def token_id(family: str, value: int = 0) -> int:
    """Return the id of a value of a family.

    Parameters
    ----------
    family : str
        One of `FAMILY_NAMES`.
    value : int
        0 to the family's size - 1.

    Returns
    -------
    int, 0 to 1535

    Raises
    ------
    ParameterError
        There is no such family or value.

    Examples
    --------
    >>> token_id("PAD"), token_id("PITCH", 60) - token_id("PITCH")
    (0, 60)
    """
    found = FAMILIES.get(family)
    if found is None:
        raise ParameterError(
            f"there is no token family {family!r}; the families are {', '.join(FAMILY_NAMES)}",
            zh=f"没有名为 {family!r} 的 token 类别;现有类别:{'、'.join(FAMILY_NAMES)}",
        )
    if not 0 <= value < found.size:
        raise ParameterError(
            f"{family} takes values 0 to {found.size - 1}, got {value}",
            zh=f"{family} 的取值为 0 到 {found.size - 1},收到 {value}",
        )
    return found.start + int(value)


def token_name(token: int) -> str:
    """Return an id as people read it.

    Parameters
    ----------
    token : int, 0 to 1535

    Returns
    -------
    str
        The family, and its value where the family has several.

    Raises
    ------
    ParameterError
        The id is out of range.

    Examples
    --------
    >>> token_name(token_id("PITCH", 60)), token_name(token_id("BAR"))
    ('PITCH_60', 'BAR')
    """
    if not 0 <= token < VOCAB_SIZE:
        raise ParameterError(
            f"a token is 0 to {VOCAB_SIZE - 1}, got {token}",
            zh=f"token 为 0 到 {VOCAB_SIZE - 1},收到 {token}",
        )
    name = FAMILY_NAMES[FAMILY_OF[token]]
    return name if FAMILIES[name].size == 1 else f"{name}_{VALUE_OF[token]}"


def vocab_hash() -> str:
    """Return the fingerprint of the vocabulary, which every bundle and shard states.

    Returns
    -------
    str, 16 hexadecimal digits

    Examples
    --------
    >>> len(vocab_hash())
    16
    """
    tables = (STYLES[:69], ROLES, SECTIONS, MODES, EXTENTS, METRE_DENOMINATORS, CHORD_QUALITIES)
    text = repr((_SIZES, VOCAB_SIZE, POSITIONS_PER_QN, tables))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
