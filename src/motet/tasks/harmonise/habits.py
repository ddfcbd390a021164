"""What follows what in harmony, and which tones are sung over which chord: counted, not thought up.

Conventions: states are those of `motet.tasks.harmonise.kind`; a row of probabilities says what follows
one chord, itself apart. Surprise is told in bits: 1 bit, one of two equally likely chords.

Source: counts over the training split of Motet's corpus, made by tools/learn_harmony.py: "song" from lead
sheets that are free everywhere, with the chords people wrote; "art" from chords read off scores from
the sixteenth to the early twentieth century. Works: ``motet/bundles/ATTRIBUTION.md``. A style of the
arranger adds its own progressions.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.arranger.style_file import find_style, list_styles
from motet.tasks.harmonise.kind import KINDS, N_STATES, chord_state
from motet.theory.chord import Chord
from motet.theory.progression import parse_progression
from motet.theory.scale import Key

__all__ = ["Habits", "find_habits", "guess_home", "surprise_bits", "tone_habits"]

FloatArray = npt.NDArray[np.float64]

_SMOOTH: Final = 6.0
_FLOOR: Final = 0.004
_SAME_ROOT: Final = 0.4
"""How much a root counts, whatever its kind: G where G7 is written, though G7 was written mostly."""
_SHARES: Final = {"": (0.5, 0.5, 0.0), "art": (0.1, 0.9, 0.0), "own": (0.15, 0.1, 0.75)}
"""How much songs, art music and a style's own progressions count."""
_PLAIN: Final = 0.4
"""How much of a root is its plain triad: sheets of old songs write a seventh on nearly every dominant."""
_BRIGHT: Final = [KINDS.index(kind) for kind in ("maj", "7", "maj7", "sus4", "aug")]
_DARK: Final = [KINDS.index(kind) for kind in ("min", "m7", "m7b5", "dim", "dim7")]
_TONICS: Final = {
    "major": ("C", "G", "F", "D", "Bb", "A", "Eb", "E", "Ab", "B", "Db", "F#"),
    "minor": ("A", "E", "D", "B", "G", "F#", "C", "C#", "F", "G#", "Bb", "Eb"),
}


@dataclass(frozen=True, eq=False)
class Habits:
    """Habits of a mode and style.

    Parameters
    ----------
    follow : float64, shape (s, s)
        Probability of each state (column) after each other (row); the diagonal is 0.
    begin, end : float64, shape (s,)
        Probability of each state as first and as last chord.
    usual : float64, shape (s,)
        Share of each state.
    """

    follow: FloatArray
    begin: FloatArray
    end: FloatArray
    usual: FloatArray

    @property
    def bits(self) -> FloatArray:
        """float64, shape (s, s), bits: how surprising each state is after each other."""
        return -np.log2(np.maximum(self.follow, 1e-12))


@lru_cache(maxsize=1)
def _facts() -> dict[str, Any]:
    path = Path(__file__).with_name("habits.json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _counts(name: str) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return pairs, first and last chords of one kind of music."""
    facts = _facts()[name]
    pairs = np.zeros((N_STATES, N_STATES))
    begin, end = np.zeros(N_STATES), np.zeros(N_STATES)
    for a, b, n in facts["pairs"]:
        pairs[a, b] = n
    for target, key in ((begin, "begin"), (end, "end")):
        for state, n in facts[key]:
            target[state] = n
    return pairs, begin, end


def _style_counts(name: str, mode: str) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the counts of a style's own progressions, each gone through twice."""
    pairs = np.zeros((N_STATES, N_STATES))
    begin, end = np.zeros(N_STATES), np.zeros(N_STATES)
    key = Key("C", mode)
    for kind, texts in find_style(name).progressions.items():
        if not kind.startswith(mode):
            continue
        for text in texts:
            states = [chord_state(c, key) for c in parse_progression(text, key=key).chords]
            states = [s for k, s in enumerate(states) if s >= 0 and (k == 0 or states[k - 1] != s)]
            if not states:
                continue
            begin[states[0]] += 1
            end[states[0]] += 1
            for a, b in zip(states, [*states[1:], states[0]], strict=True):
                if a != b:
                    pairs[a, b] += 1
    return pairs, begin, end


def _chances(pairs: FloatArray, *, smooth: float) -> tuple[FloatArray, FloatArray]:
    """Return probabilities of what follows, smoothed by how usual each chord is; and the latter."""
    usual = pairs.sum(axis=0) + 0.05
    usual /= usual.sum()
    prior = np.tile(usual, (N_STATES, 1))
    np.fill_diagonal(prior, 0.0)
    prior /= prior.sum(axis=1, keepdims=True)
    follow = (pairs + smooth * prior) / (pairs.sum(axis=1, keepdims=True) + smooth)
    return follow, usual


def _by_root(follow: FloatArray, usual: FloatArray) -> FloatArray:
    """Return chances of the roots that follow, shared among kinds as they are usual on each root."""
    n_kinds = len(KINDS)
    own = usual.reshape(12, n_kinds)
    shares = own / own.sum(axis=1, keepdims=True)
    bright = own[:, _BRIGHT].sum(axis=1) >= own[:, _DARK].sum(axis=1)
    triads = np.eye(n_kinds)[np.where(bright, _BRIGHT[0], _DARK[0])]
    shares = (1 - _PLAIN) * shares + _PLAIN * triads
    roots = follow.reshape(N_STATES, 12, n_kinds).sum(axis=2)
    spread: FloatArray = (roots[:, :, None] * shares[None]).reshape(N_STATES, N_STATES)
    return spread


@lru_cache(maxsize=128)
def find_habits(mode: str = "major", *, style: str = "") -> Habits:
    """Return the habits of harmony in a mode and a style.

    Parameters
    ----------
    mode : str
        Anything but ``"minor"`` and its kin counts as major.
    style : str
        A style of the arranger or of the corpus; empty for music in general.

    Returns
    -------
    Habits

    Examples
    --------
    >>> from motet.tasks.harmonise.kind import chord_state
    >>> from motet.theory import parse_chord
    >>> dominant, tonic, far = [chord_state(parse_chord(one), Key("C")) for one in ("G7", "C", "F#m")]
    >>> habits = find_habits("major")
    >>> bool(habits.follow[dominant, tonic] > 0.4 > 0.01 > habits.follow[dominant, far])
    True
    """
    mode = "minor" if mode in ("minor", "dorian", "phrygian", "locrian") else "major"
    is_own = style in {one.name for one in list_styles()}
    name = "own" if is_own else "art" if style else ""
    sets = [_counts(f"song {mode}"), _counts(f"art {mode}")]
    if is_own:
        sets.append(_style_counts(style, mode))
    shares = np.array(_SHARES[name][: len(sets)])
    if mode == "minor":
        shares[:2] = shares[:2].sum() * np.array((0.3, 0.7))
    follow = np.zeros((N_STATES, N_STATES))
    begin, end, usual = (np.full(N_STATES, 1e-6) for _ in range(3))
    # A chord that one kind of music never uses says nothing there about what follows it.
    weight = np.zeros((N_STATES, 1))
    for k, (share, (pairs, first, last)) in enumerate(zip(shares, sets, strict=True)):
        enough = 3.0 if k == 2 else 12.0
        chances, own = _chances(pairs, smooth=0.5 if k == 2 else _SMOOTH)
        known = share * np.minimum(1.0, (pairs.sum(axis=1, keepdims=True) + 0.05) / enough)
        follow += known * chances
        weight += known
        usual += share * own
        begin += share * first / max(1.0, first.sum())
        end += share * last / max(1.0, last.sum())
    follow = (1 - _FLOOR) * follow / weight + _FLOOR * usual / usual.sum()
    follow = (1 - _SAME_ROOT) * follow + _SAME_ROOT * _by_root(follow, usual)
    np.fill_diagonal(follow, 0.0)
    follow /= follow.sum(axis=1, keepdims=True)
    return Habits(follow, begin / begin.sum(), end / end.sum(), usual / usual.sum())


@lru_cache(maxsize=1)
def tone_habits() -> FloatArray:
    """Return how much likelier each tone is over a kind of chord than by chance.

    Returns
    -------
    float64, shape (2, k, 12), natural logarithms
        Weak and strong places, kinds, semitones above the root.

    Examples
    --------
    >>> table = tone_habits()
    >>> bool(table[1, 0, 4] > 0 > table[1, 0, 1])
    True
    """
    tones = np.array(_facts()["tones"])
    own = np.zeros((len(KINDS), 12))
    from motet.theory.chord_table import QUALITIES

    for k, kind in enumerate(KINDS):
        own[k, [one % 12 for one in QUALITIES[kind].intervals]] = 1.0
    guess = np.where(own > 0, 0.8 / own.sum(axis=1, keepdims=True), 0.2 / 8)
    total = tones.sum(axis=2, keepdims=True)
    chances = (tones + 60.0 * guess) / (total + 60.0)
    found: FloatArray = np.log(np.maximum(chances, 1e-3) * 12.0)
    return found


@lru_cache(maxsize=512)
def guess_home(chords: tuple[Chord, ...]) -> Key:
    """Return the key in which chords follow each other most as usual.

    Parameters
    ----------
    chords : tuple of Chord

    Returns
    -------
    Key
        C major without any.

    Examples
    --------
    >>> from motet.theory import parse_chord
    >>> [guess_home(tuple(parse_chord(one) for one in text.split())).name()
    ...  for text in ("C Am F", "Am Dm E7", "Dm7 G7", "D A Bm G")]
    ['C major', 'A minor', 'C major', 'D major']
    """
    known = [chord for chord in chords if chord.root]
    best, found = -np.inf, Key("C")
    for mode in ("major", "minor"):
        habits = find_habits(mode)
        for tonic in _TONICS[mode]:
            key = Key(tonic, mode)
            states = [chord_state(chord, key) for chord in known]
            value = float(np.log(habits.usual[states]).sum()) if states else 0.0
            value += 0.7 * float(np.log(habits.begin[states[0]] + 1e-3)) if states else 0.0
            for a, b in itertools.pairwise(states):
                if a != b:
                    value += float(np.log(habits.follow[a, b]))
            if value > best:
                best, found = value, key
    return found


def surprise_bits(chords: list[Chord], key: Key, *, style: str = "") -> tuple[float, ...]:
    """Return how surprising each chord is after the one before, repeats left out.

    Parameters
    ----------
    chords : list of Chord
    key : Key
    style : str

    Returns
    -------
    tuple of float, bits
        The first says how surprising it is to begin so.

    Examples
    --------
    >>> from motet.theory import parse_chord
    >>> plain = surprise_bits([parse_chord(one) for one in ("C", "F", "G7", "C")], Key("C"))
    >>> odd = surprise_bits([parse_chord(one) for one in ("C", "F#m", "Eb7", "C")], Key("C"))
    >>> sum(plain) < sum(odd)
    True
    """
    habits = find_habits(key.mode, style=style)
    found: list[float] = []
    before = -1
    for chord in chords:
        state = chord_state(chord, key)
        if state < 0 or state == before:
            continue
        chance = habits.begin[state] if before < 0 else habits.follow[before, state]
        found.append(float(-np.log2(max(float(chance), 1e-9))))
        before = state
    return tuple(found)
