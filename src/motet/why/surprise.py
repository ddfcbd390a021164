"""How probable the model found each bar, which notes it did not see coming, and what it expected there.

Conventions: a bar's figure is nats a note; for people it is also told as how many equally likely notes that is
like (the exponential). Bars are put in order after two notes of the piece's mean were added to each, so that
a bar of one note is not the most surprising by chance. A bar's percentile is the share of bars that are less
surprising. The first bar of a part has no past, so its notes are named only where no others are left.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from motet.engine import Bundle
from motet.language import Language, say
from motet.tokens.vocab import STYLES
from motet.why.foretell import NoteChance, foretell_notes
from motet.why.piece import Piece
from motet.why.wording import name_length, name_pitch, tell_beat, tell_places, tell_share

__all__ = ["BarChance", "Surprise", "explain_surprise", "mean_nats", "style_value"]

_PRIOR_NOTES = 2
_MOST_NOTES, _MOST_OF_PART = 4, 2
_LEAST_SURPRISE = 1.5
_SILENT_SHARE = 0.1
_FEW_BARS = 3


@dataclass(frozen=True, kw_only=True)
class BarChance:
    """A bar: its number, how many notes were judged, nats a note, and its percentile (0 to 1) in the piece;
    ``parts`` has nats a note of each part that plays."""

    bar: int
    n_notes: int
    nats: float
    percentile: float
    parts: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Surprise:
    """What the model made of the piece.

    Parameters
    ----------
    bundle : str
    nats : float
        A note, over the whole piece.
    bars : tuple of BarChance
        Those that are told.
    notes : tuple of (bar number, part, name, length, NoteChance)
        The most surprising notes of those bars, the most surprising first.
    piece : Piece or None
    reason : (str, str)
        Why nothing was judged, in English and Chinese; empty where something was.
    n_left_out : int
        Bars too far on to be judged.

    Examples
    --------
    >>> Surprise(reason=("no model", "没有模型")).tell()
    ['no model']
    """

    bundle: str = ""
    nats: float = math.nan
    bars: tuple[BarChance, ...] = ()
    notes: tuple[NoteChance, ...] = ()
    piece: Piece | None = None
    reason: tuple[str, str] = ("", "")
    n_left_out: int = 0

    @property
    def is_excerpt(self) -> bool:
        """Whether the first bar that is told is not the piece's first."""
        return self.piece is None or self.bars[0].bar != self.piece.score.bars[0].number

    @property
    def most(self) -> BarChance | None:
        """The most surprising bar."""
        return max(self.bars, key=lambda one: one.percentile, default=None)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        if self.piece is None or not self.bars:
            return {"reason": self.reason[0]}
        return {
            "model": self.bundle,
            "nats_a_note": round(self.nats, 3),
            "bars": [
                {"bar": one.bar, "n_notes": one.n_notes, "nats_a_note": round(one.nats, 3),
                 "percentile": round(one.percentile, 3),
                 "parts": {name: round(x, 3) for name, x in one.parts.items()}}
                for one in self.bars
            ],
            "notes": [self._note_facts(one) for one in self.notes],
            "n_bars_left_out": self.n_left_out,
        }  # fmt: skip

    def _note_facts(self, one: NoteChance) -> dict[str, Any]:
        return {
            "bar": self._number(one), "beat": one.place_qn + 1, "part": self._part(one).name,
            "note": self._name(one.pitch, one), "duration_qn": round(one.duration_qn, 4),
            "nats": round(one.nats, 3), "nats_pitch": round(one.nats_pitch, 3),
            "p_pitch": one.p_pitch,
            "expected": [{"note": self._name(pitch, one), "p": round(p, 4)} for pitch, p in one.expected],
            "expected_time": [
                {"what": self._time(row, "en"), "p": round(row[2], 4)} for row in one.expected_time
            ],
        }  # fmt: skip

    def _part(self, one: NoteChance) -> Any:
        assert self.piece is not None  # notes come with their piece
        return self.piece.score.parts[one.part]

    def _number(self, one: NoteChance) -> int:
        assert self.piece is not None
        return self.piece.score.bars[one.bar].number

    def _name(self, pitch: int, one: NoteChance, language: Language = "en") -> str:
        assert self.piece is not None
        drums = self._part(one).is_drums
        return name_pitch(pitch, self.piece.key, is_drums=drums, language=language)

    def tell(self, language: Language = "en") -> list[str]:
        """Return the section in words."""

        def t(en: str, zh: str) -> str:
            return say(en, zh, language=language)

        if not self.bars:
            return [t(*self.reason)]
        like = round(math.exp(self.nats))
        lines = [
            t(f"Model {self.bundle}: {self.nats:.2f} nats a note, as if choosing among {like} likely notes",
              f"模型 {self.bundle}:每音 {self.nats:.2f} nat,相当于在 {like} 个可能的音中选择")
        ]  # fmt: skip
        ranked = sorted(self.bars, key=lambda one: -one.percentile)
        if len(ranked) > _FEW_BARS and ranked[0].bar == self.bars[0].bar and not self.is_excerpt:
            ranked = ranked[1:]
        if len(ranked) >= _FEW_BARS:
            high, low = ranked[0], ranked[-1]
            lines.append(
                t(f"Most surprising: bar {high.bar} ({high.nats:.1f} nats a note, more than "
                  f"{high.percentile:.0%} of the other bars); most foreseeable: bar {low.bar} ({low.nats:.1f})",
                  f"最出乎意料:第 {high.bar} 小节(每音 {high.nats:.1f} nat,超过 {high.percentile:.0%} 的"
                  f"小节);最在意料中:第 {low.bar} 小节({low.nats:.1f})").replace("%", " %")
            )  # fmt: skip
        else:
            lines += [
                t(f"Bar {one.bar}: {one.nats:.1f} nats a note, above {one.percentile:.0%} of the bars",
                  f"第 {one.bar} 小节:每音 {one.nats:.1f} nat,超过 {one.percentile:.0%} 的小节"
                  ).replace("%", " %")
                for one in ranked
            ]  # fmt: skip
        lines += [self._tell_note(one, language) for one in self.notes]
        if self.n_left_out:
            lines.append(
                t(f"The last {self.n_left_out} bars were not judged: name bars (--bars)",
                  f"最后 {self.n_left_out} 小节没有判断:请指定小节(--bars)")
            )  # fmt: skip
        return lines

    def _tell_note(self, one: NoteChance, language: Language) -> str:
        """Return one note: what came, and what the model expected, pitch or time, whichever was odder."""

        def t(en: str, zh: str) -> str:
            return say(en, zh, language=language)

        place = f"{tell_places([self._number(one)], language)}, {tell_beat(one.place_qn, language)}"
        name = self._name(one.pitch, one, language)
        head = f"{place}, {self._part(one).name}: {name}"
        if one.nats_pitch >= one.nats_time:
            comma = t(", ", "、")
            told = comma.join(
                f"{self._name(pitch, one, language)} ({tell_share(p)})"
                for pitch, p in one.expected
                if pitch != one.pitch
            )
            return head + t(f" had {tell_share(one.p_pitch)}; the model expected {told}",
                            f" 只有 {tell_share(one.p_pitch)};模型预期 {told}")  # fmt: skip
        length = name_length(one.duration_qn, language)
        rows = [row for row in one.expected_time if row[2] >= _SILENT_SHARE] or one.expected_time[
            :1
        ]
        told = t("; ", ";").join(
            f"{self._time(row, language)} ({tell_share(row[2])})" for row in rows
        )
        p = tell_share(math.exp(-one.nats_time))
        return head + t(f", {length}, came at {p} in this rhythm; the model expected {told}",
                        f"({length})以此节奏出现的概率为 {p};模型预期 {told}")  # fmt: skip

    @staticmethod
    def _time(row: tuple[str, float, float], language: Language) -> str:
        kind, value, _ = row

        def t(en: str, zh: str) -> str:
            return say(en, zh, language=language)

        if kind == "duration":
            length = name_length(value, language)
            return t(
                f"{'an' if length.startswith('eighth') else 'a'} {length} at once",
                f"紧接一个{length}",
            )
        if kind == "place":
            beat = tell_beat(value, language)
            return t(f"nothing before {beat}", f"{beat}之前无音")
        return {
            "pitch": t("a note at once, as long as the last", "紧接一个与前音等长的音"),
            "add": t("one more note of the chord", "和弦再加一个音"),
            "loudness": t("another loudness", "另一种力度"),
            "end": t("no more notes in this bar", "本小节不再有音"),
        }[kind]


def mean_nats(chances: Sequence[NoteChance]) -> float:
    """Return nats a note; nan for none.

    Parameters
    ----------
    chances : sequence of NoteChance

    Returns
    -------
    float, nats

    Examples
    --------
    >>> mean_nats([])
    nan
    """
    return sum(one.nats for one in chances) / len(chances) if chances else math.nan


def style_value(piece: Piece) -> int:
    """Return the STYLE value of what was asked for, -1 for none.

    Parameters
    ----------
    piece : Piece

    Returns
    -------
    int

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.why.piece import open_piece
    >>> style_value(open_piece(make_score("C4:4")))
    -1
    """
    style = piece.brief.style if piece.brief is not None else ""
    return STYLES.index(style) if style in STYLES else -1


def explain_surprise(
    piece: Piece, *, bundle: Bundle, bars: Sequence[int], parts: Sequence[int]
) -> Surprise:
    """Return what the model made of some bars, measured against the whole piece.

    Parameters
    ----------
    piece : Piece
    bundle : Bundle
    bars, parts : sequence of int
        Indices from 0; other parts are heard by the model, but not told.

    Returns
    -------
    Surprise

    Examples
    --------
    >>> explain_surprise.__name__
    'explain_surprise'
    """
    score = piece.score
    every = foretell_notes(score, key=piece.key, bundle=bundle, style=style_value(piece))
    last = max((one.bar for one in every), default=-1)
    missing = [bar for bar in bars if bar > last]
    if missing and len(bars) < score.n_bars:
        every += foretell_notes(
            score, key=piece.key, bundle=bundle, style=style_value(piece), bars=missing
        )
        missing = []
    chances = [one for one in every if one.part in set(parts)]
    if not chances:
        return Surprise(reason=("Nothing here is on the model's grid.", "此处没有模型可判断的音。"))
    mean = mean_nats(chances)
    by_bar: dict[int, list[NoteChance]] = defaultdict(list)
    for one in chances:
        by_bar[one.bar].append(one)
    weight = {
        bar: (sum(one.nats for one in own) + _PRIOR_NOTES * mean) / (len(own) + _PRIOR_NOTES)
        for bar, own in by_bar.items()
    }
    told = []
    for bar in sorted(set(bars) & set(by_bar)):
        below = sum(other < weight[bar] for other in weight.values())
        told.append(
            BarChance(
                bar=score.bars[bar].number, n_notes=len(by_bar[bar]), nats=mean_nats(by_bar[bar]),
                percentile=below / max(1, len(weight) - 1) if len(weight) > 1 else 0.0,
                parts=_by_part(piece, by_bar[bar]),
            )
        )  # fmt: skip
    chosen = set(bars)
    first = {k: min(one.bar for one in chances if one.part == k) for k in {x.part for x in chances}}
    odd = sorted(
        (one for one in chances if one.bar in chosen and one.nats >= max(_LEAST_SURPRISE, mean)),
        key=lambda one: (one.bar == first[one.part], -one.nats),
    )
    tail = score.n_bars - 1 - max((one.bar for one in chances), default=0) if missing else 0
    return Surprise(
        bundle=bundle.name, nats=mean, bars=tuple(told), notes=_choose(odd), piece=piece,
        n_left_out=tail,
    )  # fmt: skip


def _choose(odd: Sequence[NoteChance]) -> tuple[NoteChance, ...]:
    """Return the most surprising notes, not more than two of a part where others are left."""
    counts: dict[int, int] = defaultdict(int)
    first: list[NoteChance] = []
    rest: list[NoteChance] = []
    for one in odd:
        counts[one.part] += 1
        (first if counts[one.part] <= _MOST_OF_PART else rest).append(one)
    chosen = (first + rest)[:_MOST_NOTES]
    return tuple(sorted(chosen, key=lambda one: -one.nats))


def _by_part(piece: Piece, chances: Sequence[NoteChance]) -> dict[str, float]:
    """Return nats a note of each part that plays."""
    rows: dict[int, list[NoteChance]] = defaultdict(list)
    for one in chances:
        rows[one.part].append(one)
    return {piece.score.parts[k].name: mean_nats(own) for k, own in sorted(rows.items())}
