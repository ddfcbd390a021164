"""What else the model would have done with a bar: versions that it writes now, beside what stands there.

Conventions: the versions are those of `motet.tasks.infill`: everything around the bar stays, other random
numbers each. Each is measured as the bar itself was: nats a note under the same model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from motet.brief.text import tell_bars
from motet.engine import Bundle
from motet.errors import ConstraintError
from motet.language import Language, say
from motet.score import Score
from motet.tasks.infill import infill_candidates
from motet.theory.scale import Key
from motet.why.foretell import foretell_notes
from motet.why.piece import Piece
from motet.why.surprise import mean_nats, style_value
from motet.why.wording import name_note, tell_places

__all__ = ["Otherwise", "Version", "explain_otherwise", "tell_cell"]

_MOST_NOTES = 14


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of a cell: its notes as text (lengths in quarter notes), how many of them are in what
    stands there too, nats a note, and the notes as rows (onset, duration, pitch, velocity) in ticks."""

    text: str
    n_notes: int
    n_common: int
    nats: float
    has_same_rhythm: bool
    rows: tuple[tuple[int, int, int, int], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {"notes": self.text, "n_notes": self.n_notes, "n_common": self.n_common,
                "nats_a_note": round(self.nats, 3), "same_rhythm": self.has_same_rhythm}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Otherwise:
    """What stands in a cell, and other ways to do it.

    Parameters
    ----------
    bar : int
        Its number.
    part : str
    now : Version or None
    versions : tuple of Version
    reason : (str, str)
        Why there is none.

    Examples
    --------
    >>> Otherwise(bar=3, part="Flute", reason=("locked", "已锁定")).tell()
    ['Bar 3, Flute: no other version: locked']
    """

    bar: int
    part: str
    now: Version | None = None
    versions: tuple[Version, ...] = ()
    reason: tuple[str, str] = ("", "")

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "bar": self.bar, "part": self.part,
            "now": self.now.to_dict() if self.now else None,
            "versions": [one.to_dict() for one in self.versions],
            "reason": self.reason[0],
        }  # fmt: skip

    def tell(self, language: Language = "en") -> list[str]:
        """Return the section in words."""

        def t(en: str, zh: str) -> str:
            return say(en, zh, language=language)

        place = tell_places([self.bar], language)
        place = place[0].upper() + place[1:]
        if self.now is None or not self.versions:
            return [t(f"{place}, {self.part}: no other version: {self.reason[0]}",
                      f"{place},{self.part}:没有其他写法:{self.reason[1]}")]  # fmt: skip
        lines = [t(f"{place}, {self.part}, now: {self.now.text} ({self.now.nats:.1f} nats a note)",
                   f"{place},{self.part},现为:{self.now.text}(每音 {self.now.nats:.1f} nat)")]  # fmt: skip
        for k, one in enumerate(self.versions, start=1):
            same = t(", same rhythm", ",节奏相同") if one.has_same_rhythm else ""
            lines.append(
                t(f"  {k}: {one.text} ({one.nats:.1f}; {one.n_common} of {one.n_notes} notes the same{same})",
                  f"  {k}:{one.text}({one.nats:.1f};{one.n_notes} 个音中 {one.n_common} 个相同{same})")
            )  # fmt: skip
        return lines


def tell_cell(score: Score, bar: int, k: int, key: Key, language: Language = "en") -> str:
    """Return the notes of a cell as text: ``"C5 1, E5 1/2, rest 1/2"``, lengths in quarter notes.

    Parameters
    ----------
    score : Score
    bar, k : int
        Indices from 0.
    key : Key
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> from motet.score import make_score
    >>> tell_cell(make_score("C5:1 E5:0.5 r:0.5 G5+C6:2"), 0, 0, Key("C"))
    'C5 1, E5 1/2, rest 1/2, G5+C6 2'
    """
    place, part = score.bars[bar], score.parts[k]
    groups: dict[int, list[Any]] = {}
    for note in part.notes:
        if place.start_tick <= note.onset_tick < place.end_tick and not note.grace:
            groups.setdefault(note.onset_tick, []).append(note)
    words, at = [], place.start_tick
    rest = say("rest", "休止", language=language)
    for onset, notes in sorted(groups.items()):
        if onset - at >= score.resolution / 8:
            words.append(f"{rest} {_length((onset - at) / score.resolution)}")
        names = "+".join(name_note(one, part, key, language) for one in notes)
        longest = max(one.duration_tick for one in notes)
        words.append(names if part.is_drums else f"{names} {_length(longest / score.resolution)}")
        at = onset + longest
    if not groups:
        return say("silence", "无音", language=language)
    told = ", ".join(words[:_MOST_NOTES])
    return told + (" …" if len(words) > _MOST_NOTES else "")


def _length(qn: float) -> str:
    """Return a length as a musician writes it: 1/2, 1.5."""
    for text, value in (("1/2", 0.5), ("1/4", 0.25), ("1/3", 1 / 3), ("2/3", 2 / 3), ("1/6", 1 / 6),
                        ("3/4", 0.75), ("1/8", 0.125)):  # fmt: skip
        if abs(qn - value) < 0.03:
            return text
    return f"{round(qn * 4) / 4:g}" if abs(qn * 4 - round(qn * 4)) < 0.2 else f"{qn:.2g}"


def explain_otherwise(
    piece: Piece, *, bar: int, part: int, n: int, bundle: Bundle, seed: int = 0,
    language: Language = "en",
) -> Otherwise:  # fmt: skip
    """Return other ways to write one cell.

    Parameters
    ----------
    piece : Piece
    bar, part : int
        Indices from 0.
    n : int, 1 to 8
    bundle : Bundle
    seed : int
    language : Language
        Of drum names.

    Returns
    -------
    Otherwise

    Examples
    --------
    >>> explain_otherwise.__name__
    'explain_otherwise'
    """
    score = piece.score
    number, name = score.bars[bar].number, score.parts[part].name
    style = piece.brief.style if piece.brief is not None else ""
    options: dict[str, Any] = {"style": style} if style else {}
    try:
        found = infill_candidates(
            score, n=n + 1, bars=tell_bars([number]), parts=[part], bundle=bundle, repeats="new",
            seed=seed, originality=False, **options,
        )  # fmt: skip
    except ConstraintError as error:
        why = (error.localised("en"), error.localised("zh"))
        return Otherwise(bar=number, part=name, reason=why)
    now = _version(piece, score, bar, part, bundle, language)
    versions: dict[str, Version] = {}
    for made in found:
        one = _version(piece, made.score, bar, part, bundle, language)
        if one.text != now.text:
            versions.setdefault(one.text, one)
    if not versions:
        why = ("every version that it wrote is what stands there", "模型写出的每一版都与现状相同")
        return Otherwise(bar=number, part=name, now=now, reason=why)
    return Otherwise(bar=number, part=name, now=now, versions=tuple(versions.values())[:n])


def _version(
    piece: Piece, score: Score, bar: int, k: int, bundle: Bundle, language: Language
) -> Version:
    """Return a cell of a score as a version, measured beside the piece's own."""
    chances = foretell_notes(
        score, key=piece.key, bundle=bundle, style=style_value(piece), bars=[bar]
    )
    mine, old = _marks(score, bar, k), _marks(piece.score, bar, k)
    return Version(
        text=tell_cell(score, bar, k, piece.key, language), n_notes=len(mine),
        n_common=len(set(mine) & set(old)), nats=mean_nats([x for x in chances if x.part == k]),
        has_same_rhythm=[at for at, _ in mine] == [at for at, _ in old], rows=_rows(score, bar, k),
    )  # fmt: skip


def _rows(score: Score, bar: int, k: int) -> tuple[tuple[int, int, int, int], ...]:
    """Return the notes of a cell as plain rows."""
    place = score.bars[bar]
    return tuple(
        (note.onset_tick, note.duration_tick, note.pitch, note.velocity)
        for note in score.parts[k].notes
        if place.start_tick <= note.onset_tick < place.end_tick
    )


def _marks(score: Score, bar: int, k: int) -> Sequence[tuple[int, int]]:
    """Return onset (twelfths of a quarter note) and pitch of the notes of a cell."""
    place = score.bars[bar]
    return sorted(
        (round((note.onset_tick - place.start_tick) * 12 / score.resolution), note.pitch)
        for note in score.parts[k].notes
        if place.start_tick <= note.onset_tick < place.end_tick and not note.grace
    )
