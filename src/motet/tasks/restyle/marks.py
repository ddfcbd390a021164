"""How much of a style a score shows, by the style's own rules: groove, bass, drums, feel, tempo, chords.

Conventions: each mark is 0 to 1 and read off the score alone; one that the style does not define, or the
score cannot show, is left out. Places are compared by sixths of a quarter note over two bars, so that
swing and a human hand do not matter to them; the feel has a mark of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from motet.analysis import estimate_feel
from motet.arranger.pattern import lay_steps
from motet.arranger.style import Groove, Style
from motet.errors import ParameterError
from motet.score import Part, Score
from motet.tasks.restyle.vocabulary import read_vocabulary
from motet.theory.chord import Chord, parse_chord
from motet.theory.instrument import find_instrument
from motet.theory.scale import Key

__all__ = ["MARKS", "style_marks"]

FloatArray = npt.NDArray[np.float64]
MARKS: dict[str, tuple[str, str]] = {
    "drums": ("drum pattern", "鼓型"),
    "bass": ("bass pattern", "低音型"),
    "comping": ("accompaniment pattern", "伴奏型"),
    "instruments": ("instruments", "乐器"),
    "feel": ("feel", "律动"),
    "tempo": ("tempo", "速度"),
    "chords": ("chord kinds", "和弦种类"),
}
"""Name to its words."""
_STEPS_PER_QN = 12
_COMPED = frozenset({"comping", "pad", "strings", "horns", "counter", ""})


def style_marks(score: Score, style: Style, *, key: Key) -> dict[str, float]:
    """Return how much of a style a score shows.

    Parameters
    ----------
    score : Score
        Roles of its parts count where they are told, else registers.
    style : Style
    key : Key

    Returns
    -------
    dict of str to float
        Of `MARKS`, 0 to 1.

    Examples
    --------
    >>> import motet
    >>> from motet.arranger.style_file import find_style
    >>> piece = motet.arrange("| C | Am | Dm | G |", style="bossa", seed=1).piece
    >>> own = style_marks(piece.score, find_style("bossa"), key=piece.plan.key)
    >>> other = style_marks(piece.score, find_style("rock"), key=piece.plan.key)
    >>> sum(own.values()) > sum(other.values()), own["drums"] > 0.7
    (True, True)
    """
    found: dict[str, float] = {}
    grooves = _fitting(style, score)
    drums = [part for part in score.parts if part.is_drums and part.notes]
    has_drums = any(groove.drums for groove in style.grooves)
    if has_drums:
        found["drums"] = _drum_mark(score, drums, grooves) if drums else 0.0
    elif drums:
        found["drums"] = 0.0
    bass, comping = _by_role(score)
    names = {spec.name: spec.role for spec in style.parts}
    if any(role == "bass" for role in names.values()) or _has_left(grooves):
        found["bass"] = _row_mark(score, bass, grooves, names, is_bass=True)
    if any(role != "bass" and role != "drums" for role in names.values()):
        found["comping"] = _row_mark(score, comping, grooves, names, is_bass=False)
    found["instruments"] = _instrument_mark(score, style)
    found["feel"] = _feel_mark(score, grooves)
    slow, _, fast = style.qpm
    qpm = estimate_feel(score).qpm
    off = max(0.0, np.log2(slow / qpm), np.log2(qpm / fast)) if qpm > 0 else 1.0
    found["tempo"] = float(max(0.0, 1.0 - 2.0 * off))
    chords = _chords_of(score)
    if chords:
        found["chords"] = _chord_mark(chords, style, key)
    return {name: round(value, 4) for name, value in found.items() if not np.isnan(value)}


def _fitting(style: Style, score: Score) -> tuple[Groove, ...]:
    """Return the grooves in the score's metre; all where none is."""
    metre = score.metre_at(score.bars[-1].start_tick)
    own = tuple(
        g for g in style.grooves
        if (g.numerator, g.denominator) == (metre.numerator, metre.denominator)
        or g.bar_qn == metre.bar_qn
    )  # fmt: skip
    return own or style.grooves


def _has_left(grooves: Iterable[Groove]) -> bool:
    return any(layer.layer == "bass" for groove in grooves for layer in groove.layers)


def _by_role(score: Score) -> tuple[list[Part], list[Part]]:
    """Return the parts that play the bass and those that play chords; the highest line is neither."""
    pitched = [part for part in score.parts if part.notes and not part.is_drums]
    bass = [part for part in pitched if part.role == "bass"]
    sung = [part for part in pitched if part.role == "melody"] or pitched[:1]
    comping = [p for p in pitched if p not in bass and p not in sung and p.role in _COMPED]
    if not bass and len(pitched) > 1:
        lowest = min(pitched, key=lambda p: float(np.median([n.pitch for n in p.notes])))
        bass = [lowest]
    return bass, comping


def _places(score: Score, parts: Iterable[Part], *, lowest_only: bool = False) -> FloatArray:
    """Return how often each place of a bar is struck, a share of the bars that play."""
    counts: dict[int, set[int]] = {}
    bars: set[int] = set()
    for part in parts:
        for note in part.notes:
            if lowest_only and note.pitch > 57:
                continue
            bar = score.bars[score.bar_at(note.onset_tick + 15)]
            place = round((note.onset_tick - bar.start_tick) * _STEPS_PER_QN / score.resolution)
            counts.setdefault(max(0, place), set()).add(bar.index)
            bars.add(bar.index)
    size = max(counts, default=0) + 1
    shares = np.zeros(size)
    for place, hit in counts.items():
        shares[place] = len(hit) / len(bars)
    return shares


def _pattern_places(texts: Iterable[str], bar_qn: Fraction) -> FloatArray:
    """Return how often each place of a bar is struck in patterns."""
    rows: list[set[int]] = []
    for text in texts:
        steps, _ = lay_steps(text, bar_qn=bar_qn)
        rows.append({round(float(step.onset_qn) * _STEPS_PER_QN) for step in steps})
    size = max((max(row, default=0) for row in rows), default=0) + 1
    shares = np.zeros(size)
    for row in rows:
        for place in row:
            shares[place] += 1 / len(rows)
    return shares


def _alike(one: FloatArray, other: FloatArray) -> float:
    """Return how alike two rows of places are, by their cosine, places blurred by a twelfth."""
    size = max(len(one), len(other), 48) + 2
    rows = []
    for row in (one, other):
        wide = np.zeros(size)
        wide[: len(row)] = row
        soft = wide.copy()
        soft[1:] += 0.5 * wide[:-1]
        soft[:-1] += 0.5 * wide[1:]
        rows.append(soft)
    norm = float(np.linalg.norm(rows[0]) * np.linalg.norm(rows[1]))
    return float(rows[0] @ rows[1] / norm) if norm else 0.0


def _drum_mark(score: Score, drums: list[Part], grooves: tuple[Groove, ...]) -> float:
    """Return how alike kick, snare and timekeepers are to those of the nearest groove."""
    best = 0.0
    groups = {"low": (35, 36), "mid": (37, 38, 39, 40), "high": (42, 44, 46, 51, 53, 59, 70, 82)}
    heard = {
        name: _places(
            score,
            [
                Part(notes=tuple(n for n in part.notes if n.pitch in keys), is_drums=True)
                for part in drums
            ],
        )
        for name, keys in groups.items()
    }
    from motet.theory.general_midi import drum_key

    for groove in grooves:
        if not groove.drums:
            continue
        alike = []
        for name, keys in groups.items():
            texts = [
                text for layer in groove.drums if drum_key(layer.owner) in keys
                for text in layer.patterns[0]
            ]  # fmt: skip
            if texts:
                alike.append(_alike(heard[name], _pattern_places(texts, groove.bar_qn)))
        if alike:
            best = max(best, float(np.mean(alike)))
    return best


def _row_mark(
    score: Score,
    parts: list[Part],
    grooves: tuple[Groove, ...],
    names: dict[str, str],
    *,
    is_bass: bool,
) -> float:
    """Return how alike the rhythm of some parts is to rows of the nearest groove."""
    best = float("nan")
    heard = _places(score, parts, lowest_only=is_bass and all(p.role != "bass" for p in parts))
    for groove in grooves:
        rows = [
            layer for layer in groove.layers
            if (names.get(layer.owner) == "bass" or layer.layer == "bass") == is_bass
        ]  # fmt: skip
        texts = [text for layer in rows for pattern in layer.patterns for text in pattern]
        if texts:
            alike = _alike(heard, _pattern_places(texts, groove.bar_qn)) if parts else 0.0
            best = alike if np.isnan(best) else max(best, alike)
    return best


def _instrument_mark(score: Score, style: Style) -> float:
    """Return the share of the style's families that play, and of the players that belong to it."""
    wanted = {
        find_instrument(spec.instrument).family for spec in style.parts if spec.role != "drums"
    }
    wanted.add(find_instrument(style.melody.instrument).family)
    heard = [
        find_instrument(part.program).family
        for part in score.parts
        if part.notes and not part.is_drums
    ]
    if not heard:
        return 0.0
    inside = sum(one in wanted for one in heard) / len(heard)
    covered = len(wanted & set(heard)) / len(wanted)
    return (inside + covered) / 2


def _feel_mark(score: Score, grooves: tuple[Groove, ...]) -> float:
    """Return whether the score swings where the style does, and does not where it does not."""
    found = estimate_feel(score)
    if found.feel in ("unknown", "compound"):
        return float("nan")
    wanted = float(np.median([groove.swing for groove in grooves]))
    return max(0.0, 1.0 - abs(found.swing - wanted) / 0.12)


def _chords_of(score: Score) -> list[Chord]:
    found = []
    for one in score.chords:
        try:
            chord = parse_chord(one.symbol)
        except ParameterError:
            continue
        if chord.root:
            found.append(chord)
    return found


def _chord_mark(chords: list[Chord], style: Style, key: Key) -> float:
    """Return the share of chords whose kind the style has in its progressions."""
    kinds = {chord.quality for chord in read_vocabulary(style, key).chords}
    kinds |= {"ninths": {"maj9", "m9", "9", "m7"}, "sevenths": {"maj7", "m7", "7", "6"},
              "blues": {"7", "9", "6", "m7"}, "triads": {"maj", "min"}}.get(style.colour, set())  # fmt: skip
    return sum(chord.quality in kinds for chord in chords) / len(chords)
