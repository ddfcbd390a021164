"""What each chord does, in plain words, in English and Chinese.

Conventions: a phrase names the function first, then the device, where there is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from motet.tasks.harmonise.palette import DEVICES
from motet.theory.chord import Chord
from motet.theory.function import FUNCTIONS, function_of
from motet.theory.roman import chord_to_roman
from motet.theory.scale import Key

__all__ = ["ChordStory", "tell_chord"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChordStory:
    """A chord and what it does.

    Parameters
    ----------
    bar : int
        As people count.
    symbol, roman : str
    function : (str, str)
        English, Chinese.
    bits : float
        How surprising it is after the chord before.
    """

    bar: int
    symbol: str
    roman: str
    function: tuple[str, str]
    bits: float

    def facts(self) -> dict[str, Any]:
        """Return it as plain values for JSON."""
        return {
            "bar": self.bar, "symbol": self.symbol, "roman": self.roman,
            "function": self.function[0], "bits": round(self.bits, 2),
        }  # fmt: skip


def tell_chord(chord: Chord, key: Key, *, following: Chord | None = None) -> tuple[str, str]:
    """Return what a chord does in a key, in plain words.

    Parameters
    ----------
    chord : Chord
    key : Key
    following : Chord or None
        What comes next: it tells where an applied chord leads.

    Returns
    -------
    (str, str)
        English, Chinese.

    Examples
    --------
    >>> from motet.theory import parse_chord
    >>> tell_chord(parse_chord("G7"), Key("C"))[0]
    'dominant: wants to go home'
    >>> tell_chord(parse_chord("Db9"), Key("C"), following=parse_chord("Cmaj7"))[0]
    'tritone substitute: a dominant a semitone above its goal (here C)'
    >>> tell_chord(parse_chord("C#dim7"), Key("C"), following=parse_chord("Dm7"))[0]
    'passing diminished: pushes up a semitone (here to D)'
    """
    if not chord.root:
        return FUNCTIONS["none"]
    above = (chord.root_pc - key.tonic_pc) % 12
    to = -1 if following is None or not following.root else following.root_pc
    goal = "" if following is None else following.root
    if to < 0:
        return _plain(chord, key)
    own_dominant = chord.is_dominant and above == 7
    if chord.is_dominant and not own_dominant and (chord.root_pc - to) % 12 == 1:
        en, zh = DEVICES["tritone"]
        return f"{en} (here {goal})", f"{zh}(此处为 {goal})"
    is_full = chord.quality in ("dim7", "dim", "m7b5")
    if is_full and above not in (2, 11) and (to - chord.root_pc) % 12 == 1:
        en, zh = DEVICES["approach"]
        return f"{en} (here to {goal})", f"{zh}(此处到 {goal})"
    if chord.is_dominant and above == 10 and not key.is_minor and to == key.tonic_pc:
        return DEVICES["backdoor"]
    if chord.bass_pc == (key.tonic_pc + 7) % 12 and above == 0 and (to - key.tonic_pc) % 12 == 7:
        return DEVICES["cadential"]
    if chord.is_dominant and above not in (7, 10) and (to - chord.root_pc) % 12 == 5:
        target = chord_to_roman(following, key).split("/")[0] if following is not None else ""
        en, zh = FUNCTIONS["secondary dominant"]
        return en.format(target=target or goal), zh.format(target=target or goal)
    return _plain(chord, key)


def _plain(chord: Chord, key: Key) -> tuple[str, str]:
    """Return the function alone."""
    found = function_of(chord, key)
    words = found.text(), found.text(language="zh")
    if chord.bass_pc != chord.root_pc and chord.bass_pc in chord.pcs:
        return f"{words[0]}; inverted, for a smoother bass", f"{words[1]};转位,使低音更流畅"
    return words
