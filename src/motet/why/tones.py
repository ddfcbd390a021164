"""The notes of a melody that its chords do not have, and what they do there.

Conventions: a step is one or two semitones, anything wider a leap. A note is judged against the chord at its
onset, a held one also against the chord that comes under it. Kinds and definitions are the usual ones of
tonal theory: passing, neighbour, suspension, appoggiatura, escape, anticipation; a note that none of them
explains is a colour of the chord (its degree above the root is told).

Source: the definitions are those of Kostka and Payne, Tonal Harmony (nonchord tones).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from motet.analysis import ChordEstimate, estimate_chords, skyline
from motet.language import Language, say
from motet.score import Note, Score
from motet.why.piece import Piece
from motet.why.wording import name_note, tell_beat, tell_places

__all__ = ["KINDS", "Tone", "Tones", "explain_tones"]

KINDS = {
    "passing": ("passing note", "经过音"), "neighbour": ("neighbour note", "辅助音"),
    "suspension": ("suspension", "延留音"), "appoggiatura": ("appoggiatura", "倚音"),
    "escape": ("escape note", "逸音"), "anticipation": ("anticipation", "先现音"),
    "colour": ("colour of the chord", "和弦色彩音"),
}  # fmt: skip
"""Kind to its words in English and Chinese."""

_DEGREES = ("1", "b9", "9", "#9", "3", "11", "#11", "5", "b13", "13", "b7", "7")
_MOST_TOLD = 8


@dataclass(frozen=True, kw_only=True)
class Tone:
    """A note outside its chord: where (bar number, beat in quarter notes from 0), which, and what it does.

    ``degree`` is told above the root of ``chord``, ``"9"``.
    """

    bar: int
    place_qn: float
    name: str
    kind: str
    chord: str
    degree: str


@dataclass(frozen=True, kw_only=True)
class Tones:
    """The notes outside their chords in one part.

    Parameters
    ----------
    part : str
    n_notes : int
        How many notes the part has in the bars that are told.
    tones : tuple of Tone

    Examples
    --------
    >>> Tones(part="Flute", n_notes=4).tell()
    ['Flute: all 4 notes belong to their chords.']
    """

    part: str = ""
    n_notes: int = 0
    tones: tuple[Tone, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "part": self.part,
            "n_notes": self.n_notes,
            "tones": [
                {"bar": one.bar, "beat": one.place_qn + 1, "note": one.name, "kind": one.kind,
                 "chord": one.chord, "degree": one.degree}
                for one in self.tones
            ],
        }  # fmt: skip

    def tell(self, language: Language = "en", *, has_detail: bool = False) -> list[str]:
        """Return the section in words; with detail note by note."""

        def t(en: str, zh: str) -> str:
            return say(en, zh, language=language)

        n, part = self.n_notes, self.part
        if not n:
            return []
        if not self.tones:
            return [t(f"{part}: all {n} notes belong to their chords.",
                      f"{part}:{n} 个音全部属于和弦。")]  # fmt: skip
        grouped: dict[str, list[Tone]] = {}
        for one in self.tones:
            grouped.setdefault(one.kind, []).append(one)
        head = t(f"{part}: {n - len(self.tones)} of {n} notes belong to their chords; the others: ",
                 f"{part}:{n} 个音中 {n - len(self.tones)} 个属于和弦;其余:")  # fmt: skip
        told = [
            t(f"{len(own)} {KINDS[kind][0]}{'s' if len(own) > 1 and kind != 'colour' else ''}",
              f"{KINDS[kind][1]} {len(own)}")
            + f" ({tell_places((one.bar for one in own), language)})"
            for kind, own in sorted(grouped.items(), key=lambda row: -len(row[1]))
        ]  # fmt: skip
        lines = [head + t(", ", ",").join(told)]
        if has_detail or len(self.tones) <= 3:
            lines += [self._tell_one(one, language) for one in self.tones[:_MOST_TOLD]]
        return lines

    @staticmethod
    def _tell_one(one: Tone, language: Language) -> str:
        place = f"{tell_places([one.bar], language)}, {tell_beat(one.place_qn, language)}"
        en, zh = KINDS[one.kind]
        return say(f"  {place}: {one.name} over {one.chord} (its {one.degree}): {en}",
                   f"  {place}:{one.name} 在 {one.chord} 上({one.degree} 音):{zh}",
                   language=language)  # fmt: skip


def explain_tones(piece: Piece, *, part: int, bars: Sequence[int]) -> Tones:
    """Return the notes outside their chords of one part, its top line where it plays chords.

    Parameters
    ----------
    piece : Piece
    part : int
    bars : sequence of int
        Indices from 0.

    Returns
    -------
    Tones

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.why.piece import open_piece
    >>> score = make_score("C5:1 D5:1 E5:1 F5:1 | G5:4", "C3+E3+G3:8", chords="C:8")
    >>> [(one.name, one.kind) for one in explain_tones(open_piece(score), part=0, bars=[0, 1]).tones]
    [('D5', 'passing'), ('F5', 'passing')]
    """
    score = piece.score
    own = score.parts[part]
    chords = estimate_chords(score)
    if own.is_drums or not chords:
        return Tones()
    line = [note for note in skyline(own) if not note.grace]
    starts = [one.start_tick for one in chords]
    chosen = set(bars)
    found, n_notes = [], 0
    for k, note in enumerate(line):
        bar = score.bar_at(note.onset_tick)
        if bar not in chosen:
            continue
        n_notes += 1
        before = line[k - 1] if k else None
        after = line[k + 1] if k + 1 < len(line) else None
        judged = _judge(score, note, before, after, chords, starts)
        if judged is None:
            continue
        kind, chord = judged
        place = (note.onset_tick - score.bars[bar].start_tick) / score.resolution
        degree = _DEGREES[(note.pitch - chord.chord.root_pc) % 12]
        found.append(
            Tone(bar=score.bars[bar].number, place_qn=round(place, 4),
                 name=name_note(note, own, piece.key), kind=kind, chord=chord.chord.symbol, degree=degree)
        )  # fmt: skip
    return Tones(part=own.name, n_notes=n_notes, tones=tuple(found))


def _judge(
    score: Score,
    note: Note,
    before: Note | None,
    after: Note | None,
    chords: Sequence[ChordEstimate],
    starts: Sequence[int],
) -> tuple[str, ChordEstimate] | None:
    """Return what a note does outside a chord, and which chord; None where it is inside."""
    at = bisect_right(starts, note.onset_tick) - 1
    if at < 0 or not chords[at].chord.root:
        return None
    chord = chords[at]
    step_out = after.pitch - note.pitch if after is not None else 99
    if _is_inside(note, chord):
        held = chords[at + 1] if at + 1 < len(chords) else None
        is_over = (
            held is not None and held.chord.root and held.start_tick < note.end_tick - score.resolution // 4
        )  # fmt: skip
        if is_over and held is not None and not _is_inside(note, held) and step_out in (-1, -2):
            return "suspension", held
        return None
    step_in = note.pitch - before.pitch if before is not None else 99
    return _kind(score, note, after, step_in, step_out, chords, starts), chord


def _kind(
    score: Score,
    note: Note,
    after: Note | None,
    step_in: int,
    step_out: int,
    chords: Sequence[ChordEstimate],
    starts: Sequence[int],
) -> str:
    """Return what a note outside its chord does, by how it is reached and left."""
    comes, goes = 1 <= abs(step_in) <= 2, 1 <= abs(step_out) <= 2
    at = bisect_right(starts, after.onset_tick) - 1 if after is not None else -1
    resolves = after is not None and at >= 0 and _is_inside(after, chords[at])
    place = note.onset_tick - score.bars[score.bar_at(note.onset_tick)].start_tick
    is_on_beat = place % score.resolution == 0
    if step_in == 0 and step_out in (-1, -2) and resolves:
        return "suspension"
    if step_out == 0 and resolves and starts[at] > note.onset_tick:
        return "anticipation"
    if comes and goes:
        return "neighbour" if step_in == -step_out else (
            "passing" if step_in * step_out > 0 else "neighbour")  # fmt: skip
    if goes and resolves and not comes:
        return "appoggiatura" if is_on_beat or step_in == 99 else "neighbour"
    if comes and after is not None and step_out != 0 and not is_on_beat:
        return "escape"
    return "colour"


def _is_inside(note: Note, chord: ChordEstimate) -> bool:
    return note.pitch % 12 in chord.chord.pcs
