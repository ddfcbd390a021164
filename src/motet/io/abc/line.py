"""One ABC voice, bar by bar: notes with accidentals, tuplets, ties, marks, words.

Conventions: `Marks` holds what stands at ticks of one voice: chord symbols, texts, dynamics, the
begin and end of lines; fields inside the line are written as ``[K:D]``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from motet.io.abc.decoration import DECORATIONS
from motet.io.abc.key_field import signature_alters
from motet.io.abc.plan import Piece
from motet.io.abc.spell import length_text, written_pitch
from motet.score import Bar, Metre, Note

__all__ = ["LineWriter", "Marks", "beat_groups"]

_SIGNS = {0: "=", 1: "^", 2: "^^", -1: "_", -2: "__"}
_SHORT = {"staccato": ".", "up-bow": "u", "down-bow": "v", "trill": "T"}
_NAMES = {
    (kind, value): name
    for name, (kind, value) in reversed(DECORATIONS.items())
    if kind in ("articulation", "ornament")
}


@dataclass
class Marks:
    """What stands before and after the notes of a voice, by tick."""

    before: dict[int, list[str]] = field(default_factory=dict)
    slur_starts: dict[int, int] = field(default_factory=dict)
    slur_ends: dict[int, int] = field(default_factory=dict)
    keys: dict[int, int] = field(default_factory=dict)


def beat_groups(metre: Metre) -> list[Fraction]:
    """Return where in a bar a beam group begins, in quarter notes.

    Examples
    --------
    >>> [float(at) for at in beat_groups(Metre(tick=0, numerator=6, denominator=8))]
    [0.0, 1.5]
    >>> [float(at) for at in beat_groups(Metre(tick=0, numerator=4, denominator=4))]
    [0.0, 2.0]
    """
    beats = list(metre.beats_qn)
    if (metre.numerator, metre.denominator) == (4, 4):
        beats = [Fraction(2), Fraction(2)]
    out, at = [], Fraction(0)
    for beat in beats:
        out.append(at)
        at += beat
    return out


class LineWriter:
    """Writes the bars of one voice in order.

    Parameters
    ----------
    resolution : int, ticks a quarter note
    unit : Fraction
        Unit length, of a whole note.
    marks : Marks
    graces : dict of int to list of Note
    transpose_semi, shift_semi : int
        As `written_pitch`.

    Examples
    --------
    >>> from motet.io.abc.plan import cut_bars, lay_strands
    >>> from motet.score import make_score
    >>> score = make_score("C4:1 D4:0.5 F#4:0.5 F#4:1 F4:1")
    >>> strand = lay_strands(score.parts[0])[0]
    >>> writer = LineWriter(480, Fraction(1, 8), Marks(), {}, fifths=0)
    >>> writer.bar(score.bars[0], cut_bars(strand, score.bars, [])[0])
    'C2 D^F F2 =F2'
    """

    def __init__(
        self,
        resolution: int,
        unit: Fraction,
        marks: Marks,
        graces: dict[int, list[Note]],
        *,
        fifths: int = 0,
        transpose_semi: int = 0,
        shift_semi: int = 0,
        written_turn: int = 0,
    ) -> None:
        self.slots: list[tuple[int, bool]] = []
        self._unit_tick = Fraction(resolution) * 4 * unit
        self._resolution = resolution
        self._marks = marks
        self._graces = graces
        self._fifths = fifths
        self._turn = written_turn
        self._transpose_semi = transpose_semi
        self._shift_semi = shift_semi
        self._held: dict[tuple[str, int], int] = {}
        self._set_key(fifths)

    def _set_key(self, fifths: int) -> None:
        self._fifths = fifths
        written = fifths - self._turn
        while abs(written) > 7:
            written -= 12 if written > 0 else -12
        self._alters = signature_alters(written)
        self._held = {}

    def bar(self, bar: Bar, pieces: list[Piece]) -> str:
        """Return the text of a bar without its bar line; `slots` gets its notes."""
        self._held = {}
        if len(pieces) == 1 and not pieces[0].notes and not bar.is_irregular:
            start = bar.start_tick
            if bar.metre.symbol != "none" and start not in self._graces:
                return f"{self._before(start)}Z"
        groups = {bar.start_tick + round(at * self._resolution) for at in beat_groups(bar.metre)}
        heads, factors = self._tuplets(pieces)
        out: list[str] = []
        k = 0
        while k < len(pieces):
            piece = pieces[k]
            is_apart = piece.start in groups or self._is_long(piece)
            if (
                k
                and (is_apart or self._is_long(pieces[k - 1]))
                and not (factors[k] != 1 and not heads[k])
            ):
                out.append(" ")
            signs = self._broken(pieces, factors, k)
            if signs:
                unit = Fraction(
                    piece.end - piece.start + pieces[k + 1].end - pieces[k + 1].start, 2
                )
                out.append(self._piece(piece, length_text(unit / self._unit_tick)) + signs)
                k += 1
                out.append(self._piece(pieces[k], length_text(unit / self._unit_tick)))
            else:
                length = Fraction(piece.end - piece.start) * factors[k] / self._unit_tick
                out.append(heads[k] + self._piece(piece, length_text(length)))
            k += 1
        return "".join(out)

    def rest_of_graces(self) -> str:
        """Return the grace notes that stand before no note, at the end."""
        return "".join(self._graces_at(tick) for tick in sorted(self._graces))

    def _is_long(self, piece: Piece) -> bool:
        return piece.end - piece.start >= self._resolution

    def _tuplets(self, pieces: list[Piece]) -> tuple[list[str], list[Fraction]]:
        """Return for each piece the sign of a tuplet that begins there, and written over real."""
        heads = [""] * len(pieces)
        factors = [Fraction(1)] * len(pieces)
        k = 0
        while k < len(pieces):
            odd = self._odd(pieces[k].end - pieces[k].start)
            if odd == 1:
                k += 1
                continue
            total, stop = 0, k
            while stop < len(pieces):
                total += pieces[stop].end - pieces[stop].start
                stop += 1
                odd = max(odd, self._odd(pieces[stop - 1].end - pieces[stop - 1].start))
                if self._odd(total) == 1:
                    break
            normal = 2
            while normal * 2 < odd:
                normal *= 2
            count = stop - k
            plain = f"({odd}" if odd == 3 and count == 3 else f"({odd}:{normal}:{count}"
            heads[k] = plain
            for j in range(k, stop):
                factors[j] = Fraction(odd, normal)
            k = stop
        return heads, factors

    def _odd(self, duration: int) -> int:
        down = Fraction(duration, self._resolution).denominator
        return down // (down & -down)

    def _broken(self, pieces: list[Piece], factors: list[Fraction], k: int) -> str:
        """Return > or < where this piece and the next are a dotted pair and that is shorter."""
        if k + 1 >= len(pieces) or factors[k] != 1 or factors[k + 1] != 1:
            return ""
        one, two = pieces[k], pieces[k + 1]
        if not one.notes or not two.notes or one.goes_on:
            return ""
        first, second = one.end - one.start, two.end - two.start
        unit = Fraction(first + second, 2)
        if {first, second} != {unit * 3 / 2, unit / 2} or unit > self._resolution:
            return ""
        if (one.start - pieces[0].start) % (2 * unit):
            return ""
        plain = length_text(first / self._unit_tick) + length_text(second / self._unit_tick)
        short = length_text(unit / self._unit_tick)
        if 2 * len(short) + 1 >= len(plain):
            return ""
        return ">" if first > second else "<"

    def _piece(self, piece: Piece, length: str) -> str:
        """Return a note, chord or rest with all that stands around it."""
        out = [self._before(piece.start)]
        if not piece.notes:
            return "".join([*out, self._graces_at(piece.start), "z", length])
        if not piece.is_continued:
            out.append(self._graces_at(piece.start))
            out.append("(" * self._marks.slur_starts.get(piece.start, 0))
            out.append(self._decorations(piece.notes))
        self.slots.append((piece.start, piece.is_continued))
        names = [self._name(note, is_tied=piece.is_continued) for note in piece.notes]
        out.append(names[0] if len(names) == 1 else f"[{''.join(names)}]")
        out.append(length)
        if piece.goes_on:
            out.append("-")
        out.append(")" * self._marks.slur_ends.get(piece.end, 0))
        return "".join(out)

    def _before(self, tick: int) -> str:
        if tick in self._marks.keys:
            self._set_key(self._marks.keys[tick])
        return "".join(self._marks.before.pop(tick, ()))

    def _graces_at(self, tick: int) -> str:
        notes = self._graces.pop(tick, None)
        if not notes:
            return ""
        slash = "/" if notes[0].grace == "acciaccatura" else ""
        return f"{{{slash}{''.join(self._name(note, is_tied=False) for note in notes)}}}"

    def _decorations(self, notes: tuple[Note, ...]) -> str:
        kinds: dict[str, str] = {}
        for note in notes:
            kinds.update(dict.fromkeys(note.articulations, "articulation"))
            kinds.update(dict.fromkeys(note.ornaments, "ornament"))
        out = []
        for value, kind in kinds.items():
            if value in _SHORT:
                out.append(_SHORT[value])
            elif (kind, value) in _NAMES:
                out.append(f"!{_NAMES[kind, value]}!")
        return "".join(out)

    def _name(self, note: Note, *, is_tied: bool) -> str:
        letter, alter, octave = written_pitch(
            note,
            fifths=self._fifths,
            transpose_semi=self._transpose_semi,
            shift_semi=self._shift_semi,
        )
        name = letter.lower() + "'" * (octave - 5) if octave >= 5 else letter + "," * (4 - octave)
        if is_tied:
            return name
        place = (letter, octave)
        if self._held.get(place, self._alters.get(letter, 0)) == alter:
            return name
        self._held[place] = alter
        return _SIGNS[alter] + name
