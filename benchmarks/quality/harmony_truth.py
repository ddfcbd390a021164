"""Reads what people wrote about the harmony of music: chord tracks, chord symbols, RomanText.

Conventions: a label is (start tick, end tick, root pitch class, quality of `motet.theory`); a key is
(start tick, end tick, tonic pitch class, is minor). Nothing here is shipped or learned from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from motet.errors import ParameterError
from motet.score import BarLength, Metre, Score
from motet.theory import QUALITIES, key_from_signature, parse_chord, parse_key

__all__ = [
    "Label",
    "Piece",
    "labels_of_chord_track",
    "labels_of_harte",
    "labels_of_symbols",
    "read_romantext",
    "share_explained",
]

Label = tuple[int, int, int, str]
KeyLabel = tuple[int, int, int, bool]

_BY_PCS: dict[frozenset[int], str] = {}
for _name, _quality in QUALITIES.items():
    if not _name.endswith(("t6", "r6")):
        _BY_PCS.setdefault(frozenset(semi % 12 for semi in _quality.intervals), _name)
_TRIADS = (({4, 7}, "maj"), ({3, 7}, "min"), ({3, 6}, "dim"), ({4, 8}, "aug"))
_HARTE = {
    "maj": "maj", "min": "min", "7": "7", "maj7": "maj7", "min7": "m7", "dim": "dim", "aug": "aug",
    "hdim7": "m7b5", "dim7": "dim7", "sus4": "sus4", "sus2": "sus2", "maj6": "6", "min6": "m6",
    "minmaj7": "mMaj7", "9": "9", "maj9": "maj9", "min9": "m9", "11": "11", "min11": "m11", "13": "13",
    "sus4(b7)": "7sus4", "sus4(b7,9)": "9sus4", "": "maj",
}  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """A score with what people say of it."""

    name: str
    score: Score
    chords: tuple[Label, ...]
    keys: tuple[KeyLabel, ...] = ()


def labels_of_chord_track(score: Score, part_index: int) -> tuple[Label, ...]:
    """Return the chords of a part that holds nothing but chords, root lowest (POP909-CL)."""
    groups: dict[int, list[tuple[int, int]]] = {}
    for note in score.parts[part_index].notes:
        groups.setdefault(note.onset_tick, []).append((note.pitch, note.end_tick))
    ticks = sorted(groups)
    found: list[Label] = []
    for k, tick in enumerate(ticks):
        root = min(pitch for pitch, _ in groups[tick]) % 12
        end = max(stop for _, stop in groups[tick])
        if k + 1 < len(ticks):
            end = min(end, ticks[k + 1])
        pcs = frozenset((pitch - root) % 12 for pitch, _ in groups[tick])
        quality = _BY_PCS.get(pcs) or next((q for need, q in _TRIADS if need <= pcs), None)
        if quality:
            found.append((tick, end, root, quality))
    return tuple(found)


def labels_of_symbols(score: Score) -> tuple[Label, ...]:
    """Return the chord symbols of a score that can be read."""
    found: list[Label] = []
    for k, symbol in enumerate(score.chords):
        is_last = k + 1 == len(score.chords)
        until = score.bars[-1].end_tick if is_last else score.chords[k + 1].tick
        try:
            chord = parse_chord(symbol.symbol)
        except ParameterError:
            continue
        if chord.root and chord.quality in QUALITIES and until > symbol.tick:
            found.append((symbol.tick, until, chord.root_pc, chord.quality))
    return tuple(found)


def labels_of_harte(text: str, score: Score) -> tuple[Label, ...]:
    """Return chord labels in Harte's syntax with times in seconds (POP909)."""
    found: list[Label] = []
    for line in text.splitlines():
        words = line.split()
        if len(words) != 3 or ":" not in words[2]:
            continue
        root, _, rest = words[2].partition(":")
        quality = _HARTE.get(rest.partition("/")[0])
        if quality is None:
            continue
        start, end = (round(score.time.s_to_tick(float(one))) for one in words[:2])
        found.append((start, end, parse_chord(root).root_pc, quality))
    return tuple(found)


def with_bars(score: Score, beats: str) -> Score:
    """Return a POP909 score with the bar lines of its beat file in place of bars of one beat."""
    rows = [[float(word) for word in line.split()] for line in beats.splitlines() if line.strip()]
    lines = [score.time.s_to_tick(row[0]) for row in rows if len(row) > 2 and row[2] == 1.0]
    if not lines:
        return score
    bar = 4 * score.resolution
    first = round(lines[0]) % bar
    pickup = (BarLength(tick=0, duration_tick=first),) if first else ()
    return replace(score, metres=(Metre(tick=0, numerator=4, denominator=4),), bar_lengths=pickup)


def share_explained(piece: Piece) -> float:
    """Return the share of notes that belong to the chord written at their onset."""
    starts = [label[0] for label in piece.chords]
    inside = total = 0
    for part in piece.score.parts:
        for note in part.notes:
            at = bisect_right(starts, note.onset_tick) - 1
            if part.is_drums or at < 0:
                continue
            _, _, root, quality = piece.chords[at]
            total += 1
            inside += (note.pitch - root) % 12 in {s % 12 for s in QUALITIES[quality].intervals}
    return inside / max(1, total)


_MAJOR, _MINOR = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10)
_DEGREES = {"I": 0, "II": 1, "III": 2, "IV": 3, "V": 4, "VI": 5, "VII": 6}
_NUMERAL = re.compile(r"^([#b]*)(VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)(.*)$")
_START = re.compile(r"^[#b]*(Cad|I|V|i|v|Ger|It|Fr|N)")
_KEY = re.compile(r"^([A-Ga-g][#b]*):$")
_BARS = re.compile(r"m(\d+)(?:-m?(\d+))?")
_SLASHED = (("6/5", "65"), ("4/3", "43"), ("4/2", "42"), ("6/4", "64"), ("/o", "ø"), ("%", "ø"))


def numeral_to_chord(text: str, tonic: int, *, is_minor: bool) -> tuple[int, str] | None:
    """Return root and quality of a RomanText numeral, or None where it cannot be read."""
    word = re.sub(r"\[.*?\]", "", text).replace("Cad", "I")
    for old, new in _SLASHED:
        word = word.replace(old, new)
    head, _, target = word.partition("/")
    if target:
        goal = numeral_to_chord(target, tonic, is_minor=is_minor)
        if goal is None:
            return None
        tonic, is_minor = goal[0], goal[1] in ("min", "m7", "dim", "m7b5", "dim7")
    if head.startswith(("Ger", "It", "Fr")):
        return (tonic + 8) % 12, "7"
    if head.startswith("N"):
        return (tonic + 1) % 12, "maj"
    match = _NUMERAL.match(head)
    if match is None:
        return None
    sign, numeral, rest = match.groups()
    degree, is_small = _DEGREES[numeral.upper()], numeral.islower()
    semi = (_MINOR if is_minor else _MAJOR)[degree] + sign.count("#") - sign.count("b")
    if is_minor and degree in (5, 6):  # VI and VII are natural, vi and vii raised
        semi = _MINOR[degree] + (1 if sign == "#" or (is_small and sign != "b") else 0)
    return (tonic + semi) % 12, _quality(rest, semi % 12, is_small=is_small, is_minor=is_minor)


def _quality(rest: str, semi: int, *, is_small: bool, is_minor: bool) -> str:
    has_seventh = re.search(r"7|65|43|42|9|2", rest) is not None
    if "ø" in rest:
        return "m7b5"
    if "o" in rest or "°" in rest:
        return "dim7" if has_seventh else "dim"
    if "+" in rest:
        return "aug"
    if not has_seventh:
        return "min" if is_small else "maj"
    if is_small:
        return "m7"
    return "maj7" if semi in ((3, 8) if is_minor else (0, 5)) else "7"


def read_romantext(path: Path, score: Score) -> Piece | None:
    """Return a score with the analysis that a RomanText file gives, or None where bars disagree."""
    bars = {bar.number: bar for bar in reversed(score.bars)}
    events: list[tuple[int, tuple[int, bool], str]] = []
    for number, items in _read_bars(path.read_text(encoding="utf-8")).items():
        bar = bars.get(number)
        if bar is None:
            continue
        full = round(bar.metre.bar_qn * score.resolution)
        shift = bar.duration_tick - full if bar.number == 0 else 0
        unit = 4 / bar.metre.denominator
        if bar.metre.denominator >= 8 and bar.metre.numerator % 3 == 0:
            unit *= 3
        for beat, key, word in items:
            place = int(beat) + _third(beat - int(beat))
            tick = round(bar.start_tick + shift + (place - 1) * unit * score.resolution)
            if tick >= bar.end_tick + score.resolution:
                return None
            events.append((max(0, tick), key, word))
    events.sort(key=lambda one: one[0])
    chords: list[Label] = []
    keys: list[KeyLabel] = []
    for k, (tick, key, word) in enumerate(events):
        end = events[k + 1][0] if k + 1 < len(events) else score.end_tick
        found = numeral_to_chord(word, key[0], is_minor=key[1])
        if end <= tick:
            continue
        if found:
            chords.append((tick, end, *found))
        if keys and keys[-1][2:] == key:
            keys[-1] = (keys[-1][0], end, *key)
        else:
            keys.append((tick, end, *key))
    name = "/".join(path.parts[-4:-1])
    return Piece(name, score, tuple(chords), tuple(keys)) if chords else None


def _third(fraction: float) -> float:
    return next((one for one in (1 / 3, 2 / 3) if abs(fraction - one) < 0.02), fraction)


def _read_bars(text: str) -> dict[int, list[tuple[float, tuple[int, bool], str]]]:
    """Return each bar's (beat, key, numeral); a repeated passage is written out."""
    bars: dict[int, list[tuple[float, tuple[int, bool], str]]] = {}
    key: tuple[int, bool] | None = None
    for line in text.splitlines():
        head, _, rest = line.strip().partition(" ")
        match = _BARS.fullmatch(head)
        if match is None:
            continue
        first, last = int(match[1]), int(match[2] or match[1])
        copied = _BARS.fullmatch(rest.strip().removeprefix("=").strip())
        if copied is not None and rest.strip().startswith("="):
            for k in range(last - first + 1):
                bars[first + k] = list(bars.get(int(copied[1]) + k, []))
            key = bars[last][-1][1] if bars.get(last) else key
            continue
        bars[first] = []
        for beat, word in _words(rest):
            named = _KEY.match(word)
            if named is not None:
                tonic = parse_key(named[1][0].upper() + named[1][1:] + " major").tonic_pc
                key = (tonic, named[1][0].islower())
            elif key is not None and _START.match(word):
                bars[first].append((beat, key, word))
    return bars


def _words(text: str) -> Iterator[tuple[float, str]]:
    beat = 1.0
    for word in text.split():
        if re.fullmatch(r"b\d+(\.\d+)?", word):
            beat = float(word[1:])
        else:
            yield beat, word


def signature_of(tonic: int, *, is_minor: bool) -> int:
    """Return the key signature as a place on the circle of fifths, 0 to 11."""
    return next(
        fifths % 12
        for fifths in range(-6, 6)
        if key_from_signature(fifths, "minor" if is_minor else "major").tonic_pc == tonic
    )
