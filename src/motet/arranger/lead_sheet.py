"""Lead sheets: the melody, chords and bars of a score, so that an ensemble can be put under them.

Conventions: chord symbols of the score win; otherwise chords are read off the parts that sound
together (`motet.analysis.estimate_chords`); a bare melody is harmonised with the chords of its key.
The melody is the part with role ``"melody"``, else the highest pitched part that is mostly one voice.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from motet.analysis.chords import estimate_chords
from motet.analysis.key import estimate_key
from motet.errors import ParameterError
from motet.score import ChordSymbol, Note, Part, Score
from motet.theory.chord import NO_CHORD, Chord, parse_chord
from motet.theory.roman import roman_to_chord
from motet.theory.scale import Key, key_from_signature
from motet.units import DEFAULT_RESOLUTION

__all__ = ["LeadSheet", "read_lead_sheet"]


@dataclass(frozen=True)
class LeadSheet:
    """What an arranger needs of a score, at `motet.units.DEFAULT_RESOLUTION`.

    ``chords`` are (start tick, chord) in order, the first at tick 0; ``chords_from`` says where they
    came from: ``"symbols"``, ``"parts"`` or ``"melody"``.
    """

    score: Score
    melody: Part | None
    key: Key
    chords: tuple[tuple[int, Chord], ...]
    chords_from: str


def _scaled(score: Score) -> Score:
    if score.resolution == DEFAULT_RESOLUTION:
        return score
    from motet.score import change_resolution

    return change_resolution(score, resolution=DEFAULT_RESOLUTION).score


def _share_single(part: Part) -> float:
    """Return the share of onsets at which a part plays one note only."""
    onsets: dict[int, int] = defaultdict(int)
    for note in part.notes:
        onsets[note.onset_tick] += 1
    return sum(count == 1 for count in onsets.values()) / max(1, len(onsets))


def _find_melody(parts: tuple[Part, ...]) -> Part | None:
    pitched = [part for part in parts if part.notes and not part.is_drums]
    for part in pitched:
        if part.role == "melody":
            return part
    single = [part for part in pitched if _share_single(part) > 0.7]
    if not single:
        return None
    return max(single, key=lambda part: float(np.mean([note.pitch for note in part.notes])))


def read_lead_sheet(score: Score, *, key: Key | None = None) -> LeadSheet:
    """Return melody, key and chords of a score.

    Parameters
    ----------
    score : Score
        Any; at least one pitched note or one chord symbol.
    key : Key or None
        Taken as given, else from the key signature, else estimated.

    Returns
    -------
    LeadSheet

    Raises
    ------
    ParameterError
        There is neither a pitched note nor a chord symbol, or a symbol cannot be read.

    Examples
    --------
    >>> from motet.score import make_score
    >>> sheet = read_lead_sheet(make_score("E4:2 D4:2 C4:4", chords="C:2 G7:2 C:4"))
    >>> [(tick, chord.symbol) for tick, chord in sheet.chords], sheet.chords_from
    ([(0, 'C'), (960, 'G7'), (1920, 'C')], 'symbols')
    """
    score = _scaled(score)
    melody = _find_melody(score.parts)
    others = [p for p in score.parts if p.notes and not p.is_drums and p is not melody]
    if melody is None and not others and not score.chords:
        raise ParameterError(
            "the score has no pitched note and no chord symbol; give a melody, chords, or both",
            zh="乐谱中没有有音高的音符,也没有和弦记号;请提供旋律、和弦或两者",
        )
    if key is None:
        key = _find_key(score)
    if score.chords:
        chords = [(symbol.tick, _parse_symbol(score, symbol)) for symbol in score.chords]
        came_from = "symbols"
    elif others:
        chords, came_from = _chords_of_parts(score, key), "parts"
    else:
        chords, came_from = _chords_of_melody(score, melody, key), "melody"
    if not chords or chords[0][0] > 0:
        chords.insert(0, (0, NO_CHORD))
    return LeadSheet(score, melody, key, tuple(chords), came_from)


def _parse_symbol(score: Score, symbol: ChordSymbol) -> Chord:
    try:
        return parse_chord(symbol.symbol)
    except ParameterError as error:
        number = score.bars[score.bar_at(symbol.tick)].number
        raise ParameterError(
            f"chord symbol in bar {number}: {error.en}", zh=f"第 {number} 小节的和弦记号:{error.zh}"
        ) from error


def _find_key(score: Score) -> Key:
    signature = score.keys[0] if score.keys else None
    estimate = estimate_key(score)
    if signature is not None and (signature.mode or estimate is None):
        return key_from_signature(signature.fifths, signature.mode or "major")
    if estimate is None:
        first = _parse_symbol(score, score.chords[0])
        return Key(first.root or "C", "minor" if first.is_minor else "major")
    return key_from_signature(estimate.fifths, estimate.mode)


def _weights(notes: list[Note], start: int, end: int) -> np.ndarray:
    weights = np.zeros(12)
    for note in notes:
        overlap = min(note.end_tick, end) - max(note.onset_tick, start)
        if overlap > 0:
            weights[note.pitch % 12] += overlap * (1.5 if note.onset_tick == start else 1.0)
    return weights


def _chords_of_parts(score: Score, key: Key) -> list[tuple[int, Chord]]:
    """Read the chords off all pitched parts; through a silence the last one goes on."""
    found: list[tuple[int, Chord]] = []
    for one in estimate_chords(score, key=key):
        if one.chord.root and (not found or found[-1][1] != one.chord):
            found.append((one.start_tick, one.chord))
    return found


_DEGREES = {
    False: ("I", "ii", "iii", "IV", "V7", "vi"),
    True: ("i", "iv", "V7", "bVI", "bIII", "bVII"),
}
_LIKES = {
    ("I", "IV"): 0.3, ("I", "V7"): 0.3, ("I", "vi"): 0.3, ("vi", "IV"): 0.4, ("vi", "ii"): 0.4,
    ("IV", "V7"): 0.5, ("ii", "V7"): 0.7, ("V7", "I"): 0.8, ("IV", "I"): 0.3, ("iii", "vi"): 0.4,
    ("V7", "vi"): 0.2, ("i", "iv"): 0.3, ("iv", "V7"): 0.6, ("V7", "i"): 0.8, ("i", "bVI"): 0.3,
    ("bVI", "bVII"): 0.3, ("bVII", "i"): 0.4, ("bVII", "bIII"): 0.4, ("bVI", "bIII"): 0.2,
    ("bIII", "bVI"): 0.2, ("V7", "IV"): -0.6, ("V7", "ii"): -0.6, ("V7", "iv"): -0.5,
}  # fmt: skip


def _chords_of_melody(score: Score, melody: Part | None, key: Key) -> list[tuple[int, Chord]]:
    """Harmonise a bare melody: one chord a bar, the best path of fit and usual successions."""
    if melody is None:
        return []
    numerals = _DEGREES[key.is_minor]
    chords = [roman_to_chord(numeral, key) for numeral in numerals]
    notes = list(melody.notes)
    bars = [bar for bar in score.bars if bar.number > 0 or not bar.is_irregular] or list(score.bars)
    fit = np.zeros((len(bars), len(chords)))
    for k, bar in enumerate(bars):
        weights = _weights(notes, bar.start_tick, bar.end_tick)
        total = weights.sum() or 1.0
        for j, chord in enumerate(chords):
            inside = sum(weights[pc] for pc in chord.pcs[:3]) / total
            fit[k, j] = 2.2 * inside
    fit[0, 0] += 0.5
    fit[-1, 0] += 1.5
    likes = np.array(
        [[_LIKES.get((a, b), -0.1 if a == b else 0.0) for b in numerals] for a in numerals]
    )
    best, back = fit[0].copy(), []
    for k in range(1, len(bars)):
        total_cost = best[:, None] + likes
        source = np.argmax(total_cost, axis=0)
        best = total_cost[source, np.arange(len(chords))] + fit[k]
        back.append(source)
    at = int(np.argmax(best))
    path = [at]
    for source in reversed(back):
        at = int(source[at])
        path.append(at)
    found: list[tuple[int, Chord]] = []
    for bar, index in zip(bars, reversed(path), strict=True):
        if not found or found[-1][1] != chords[index]:
            found.append((bar.start_tick, chords[index]))
    return found
