"""The harmony in plain words: what each chord does, where phrases close, where the key moves.

Conventions: chords are the written symbols, else those read off the notes; a sentence about two or three
chords is told once, with all bars in which it happens, the bar of its first chord. See
`motet.analysis.roman`, `motet.analysis.cadence` for what is found and by what definition.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from motet.analysis import (
    CADENCES,
    Cadence,
    KeySpan,
    RomanSpan,
    analyse_roman,
    estimate_chords,
    estimate_key_spans,
    find_cadences,
)
from motet.language import Language, say
from motet.score import Score
from motet.theory.scale import key_from_signature
from motet.why.piece import Piece
from motet.why.wording import tell_places

__all__ = ["ChordStory", "Harmony", "explain_harmony"]

_ROW_BARS = 4
_MOST_ROWS, _MOST_STORIES, _MOST_KEYS = 5, 5, 4
_SURE = 0.5
_GLOSS = {
    "perfect authentic": ("a full stop", "句号"), "imperfect authentic": ("a lighter close", "较轻的收束"),
    "half": ("a comma: it asks to go on", "逗号,期待继续"), "plagal": ("an Amen close", "“阿门”式收束"),
    "deceptive": ("home is promised, another chord comes", "期待回家,却转向别处"),
}  # fmt: skip
_MOVES = {
    0: ("the same tonic", "同主音"), 1: ("up a semitone", "上移半音"), 2: ("up a whole tone", "上移全音"),
    3: ("up a minor third", "上移小三度"), 4: ("up a major third", "上移大三度"),
    5: ("up a fourth", "上移四度"), 6: ("a tritone away", "相距三全音"), 7: ("up a fifth", "上移五度"),
    8: ("down a major third", "下移大三度"), 9: ("down a minor third", "下移小三度"),
    10: ("down a whole tone", "下移全音"), 11: ("down a semitone", "下移半音"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ChordStory:
    """What a few chords do together: kind, chords, words in both languages, and the bars it happens in."""

    kind: str
    text: tuple[str, str]
    bars: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Harmony:
    """Keys, chords, what they do, and the closes.

    Parameters
    ----------
    keys : tuple of (first bar, last bar, key in English, key in Chinese, move in English, in Chinese)
    chords : tuple of (bar, symbol, roman, function, confidence)
        In order; a chord is named in every bar in which it sounds.
    stories : tuple of ChordStory
    cadences : tuple of (bar, kind, romans)
    bars : tuple of int
        The bars that are told.
    is_written : bool
        Whether the chords are written in the score.

    Examples
    --------
    >>> Harmony().tell()
    ['No chord is sounding.']
    """

    keys: tuple[tuple[int, int, str, str, str, str], ...] = ()
    chords: tuple[tuple[int, str, str, str, float], ...] = ()
    stories: tuple[ChordStory, ...] = ()
    cadences: tuple[tuple[int, str, tuple[str, str]], ...] = ()
    bars: tuple[int, ...] = ()
    is_written: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "keys": [
                {"first_bar": a, "last_bar": b, "key": key, "move": move}
                for a, b, key, _, move, _ in self.keys
            ],
            "is_written": self.is_written,
            "chords": [
                {"bar": bar, "symbol": symbol, "roman": roman, "function": function,
                 "confidence": round(sure, 3)}
                for bar, symbol, roman, function, sure in self.chords
            ],
            "stories": [
                {"kind": one.kind, "text": one.text[0], "bars": list(one.bars)}
                for one in self.stories
            ],
            "cadences": [
                {"bar": bar, "kind": kind, "romans": list(romans)}
                for bar, kind, romans in self.cadences
            ],
        }  # fmt: skip

    def tell(self, language: Language = "en") -> list[str]:
        """Return the section in words."""
        if not self.chords:
            return [say("No chord is sounding.", "没有和弦。", language=language)]
        lines = [self._tell_keys(language), *self._tell_rows(language)]
        for one in self.stories[:_MOST_STORIES]:
            places = tell_places(one.bars, language)
            lines.append(
                say(f"{one.text[0]} ({places})", f"{one.text[1]}({places})", language=language)
            )
        grouped: dict[tuple[str, tuple[str, str]], list[int]] = {}
        for bar, kind, romans in self.cadences:
            grouped.setdefault((kind, romans), []).append(bar)
        for (kind, romans), bars in list(grouped.items())[:4]:
            places = tell_places(bars, language)
            en, zh = CADENCES[kind]
            pair = "–".join(romans)
            lines.append(
                say(f"{places[0].upper()}{places[1:]}: {en} ({pair}), {_GLOSS[kind][0]}",
                    f"{places}:{zh}({pair}),{_GLOSS[kind][1]}", language=language)
            )  # fmt: skip
        unsure = [bar for bar, _, _, _, sure in self.chords if sure < _SURE]
        if unsure and not self.is_written:
            places = tell_places(unsure, language)
            lines.append(
                say(f"The chords are read off the notes; unsure in {places}",
                    f"和弦从音符读出;{places}不够确定", language=language)
            )  # fmt: skip
        return lines

    def _tell_keys(self, language: Language) -> str:
        told = []
        for first, last, en, zh, move, move_zh in self.keys[:_MOST_KEYS]:
            place = tell_places(range(first, last + 1), language)
            how = say(
                f", {move}" if move else "", f",{move_zh}" if move_zh else "", language=language
            )
            told.append(say(f"{en} ({place}{how})", f"{zh}({place}{how})", language=language))
        if len(self.keys) > _MOST_KEYS:
            told.append("…")
        if len(self.keys) == 1:
            told = [say(self.keys[0][2], self.keys[0][3], language=language)]
        names = say("; then ", ";然后 ", language=language).join(told)
        return say(f"Key: {names}", f"调:{names}", language=language)

    def _tell_rows(self, language: Language) -> list[str]:
        """Return the chords, four bars a line; lines alike are told once."""
        by_bar: dict[int, list[str]] = {bar: [] for bar in self.bars}
        for bar, symbol, roman, _, _ in self.chords:
            by_bar[bar].append(symbol if roman == symbol else f"{symbol} ({roman})")
        groups_of_bars: dict[int, list[int]] = {}
        for bar in self.bars:
            groups_of_bars.setdefault((bar - 1) // _ROW_BARS, []).append(bar)
        rows: dict[str, list[list[int]]] = {}
        for own in groups_of_bars.values():
            if not any(by_bar[bar] for bar in own):
                continue
            text = " | ".join(" ".join(by_bar[bar]) or "%" for bar in own)
            rows.setdefault(text, []).append(own)
        lines = []
        for text, groups in list(rows.items())[:_MOST_ROWS]:
            places = " = ".join(tell_places(own, language) for own in groups[:3])
            more = " = …" if len(groups) > 3 else ""
            lines.append(f"{places}{more}: {text}")
        rest = len(rows) - _MOST_ROWS
        if rest > 0:
            lines.append(
                say(f"… {rest} more lines: --bars, --json", f"…… 另 {rest} 行:--bars、--json",
                    language=language)
            )  # fmt: skip
        return lines


def explain_harmony(piece: Piece, *, bars: Sequence[int]) -> Harmony:
    """Return the harmony of some bars, heard in the whole piece.

    Parameters
    ----------
    piece : Piece
    bars : sequence of int
        Indices from 0.

    Returns
    -------
    Harmony

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.why.piece import open_piece
    >>> score = make_score("E4+G4:4 | D4+F4:4 | E4+G4:4", "C3:4 | G2+B2:4 | C3:4", chords="C:4 G7:4 C:4")
    >>> found = explain_harmony(open_piece(score), bars=range(3))
    >>> found.stories[0].text[0]
    'V7 (G7) leads home to I (C)'
    """
    score = piece.score
    estimates = estimate_chords(score)
    if not estimates:
        return Harmony()
    keys = _keys(piece)
    spans = analyse_roman(score, chords=estimates, keys=keys)
    chosen = set(bars)
    chords = []
    for span in spans:
        if not span.chord.root:
            continue
        last = score.bar_at(max(span.start_tick, span.end_tick - 1))
        for bar in range(score.bar_at(span.start_tick), min(last, score.n_bars - 1) + 1):
            if bar in chosen:
                number = score.bars[bar].number
                chords.append(
                    (number, span.chord.symbol, span.roman, span.function.kind, span.confidence)
                )
    cadences = [
        (score.bars[score.bar_at(one.tick)].number, one.kind, one.romans)
        for one in _closes(score, find_cadences(score, romans=spans))
        if score.bar_at(one.tick) in chosen
    ]
    return Harmony(
        keys=_tell_spans(score, keys, chosen),
        chords=tuple(chords),
        stories=_stories(score, spans, chosen),
        cadences=tuple(cadences),
        bars=tuple(score.bars[bar].number for bar in sorted(chosen)),
        is_written=estimates[0].source == "symbols",
    )


def _closes(score: Score, found: Sequence[Cadence]) -> list[Cadence]:
    """Return the cadences that end phrases: of two in neighbouring bars the surer one."""
    kept: list[Cadence] = []
    for one in sorted(found, key=lambda one: -one.confidence):
        bar = score.bar_at(one.tick)
        if all(abs(bar - score.bar_at(other.tick)) >= 2 for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.tick)


def _keys(piece: Piece) -> tuple[KeySpan, ...]:
    """Return the keys: those heard; one written key with its mode throughout is believed."""
    score = piece.score
    if len(score.keys) == 1 and score.keys[0].mode:
        written = score.keys[0]
        key = key_from_signature(written.fifths, written.mode)
        return (KeySpan(start_tick=0, end_tick=score.end_tick, key=key, margin=1.0),)
    found = estimate_key_spans(score)
    return found or (
        KeySpan(start_tick=0, end_tick=score.end_tick, key=piece.key, margin=0.0),
    )  # fmt: skip


def _tell_spans(
    score: Score, keys: Sequence[KeySpan], chosen: set[int]
) -> tuple[tuple[int, int, str, str, str, str], ...]:
    found: list[tuple[int, int, str, str, str, str]] = []
    before = None
    for span in keys:
        first = score.bar_at(span.start_tick)
        last = min(score.bar_at(max(span.start_tick, span.end_tick - 1)), score.n_bars - 1)
        if not chosen & set(range(first, last + 1)):
            before = span.key
            continue
        move = ("", "")
        if before is not None:
            move = _MOVES[(span.key.tonic_pc - before.tonic_pc) % 12]
        found.append(
            (score.bars[first].number, score.bars[last].number, span.key.name(),
             span.key.name(language="zh"), *move)
        )  # fmt: skip
        before = span.key
    return tuple(found)


def _stories(score: Score, spans: Sequence[RomanSpan], chosen: set[int]) -> tuple[ChordStory, ...]:
    """Return what chords do together, what happens most often first, colours before plain closes."""
    found: dict[tuple[str, tuple[str, str]], list[int]] = {}
    skip = -1
    for k, span in enumerate(spans):
        bar = score.bar_at(span.start_tick)
        if bar not in chosen or not span.chord.root or k <= skip:
            continue
        after = [one for one in spans[k + 1 : k + 3] if one.chord.root]
        told = _story(span, after)
        if told is None:
            continue
        kind, text, n_chords = told
        found.setdefault((kind, text), []).append(score.bars[bar].number)
        skip = k + n_chords - 2
    order = ("secondary dominant", "borrowed", "neapolitan", "augmented sixth", "chromatic",
             "deceptive", "preparation", "home", "plagal")  # fmt: skip
    rows = [ChordStory(kind=kind, text=text, bars=_each(b)) for (kind, text), b in found.items()]
    return tuple(sorted(rows, key=lambda one: (order.index(one.kind), -len(one.bars))))


def _each(bars: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(bars))


def _story(span: RomanSpan, after: Sequence[RomanSpan]) -> tuple[str, tuple[str, str], int] | None:
    """Return what a chord does with the next ones: kind, words, and how many chords that took."""
    kind, name = span.function.kind, _name(span)
    following = after[0] if after else None
    if kind == "secondary dominant":
        return _secondary(span, following)
    if kind in ("borrowed", "neapolitan", "augmented sixth", "chromatic"):
        en, zh = {
            "borrowed": (f"{name} is borrowed from the parallel key", f"{name} 借自同名调"),
            "neapolitan": (f"{name} is the Neapolitan, a coloured way towards V",
                           f"{name} 是那不勒斯和弦,有色彩地导向 V"),
            "augmented sixth": (f"{name} is an augmented sixth, opening out to V",
                                f"{name} 是增六和弦,向 V 扩张"),
            "chromatic": (f"{name} stands outside the key", f"{name} 是调外和弦"),
        }[kind]  # fmt: skip
        return kind, (en, zh), 1
    if following is None or following.key != span.key:
        return None
    if kind == "dominant" and _is_home(following):
        other = _name(following)
        return "home", (f"{name} leads home to {other}", f"{name} 回到 {other}(家)"), 2
    if kind == "dominant" and _step(following) in (8, 9) and following.function.kind in (
        "tonic", "subdominant",
    ):  # fmt: skip
        other = _name(following)
        return "deceptive", (
            f"{name} promises home, but goes to {other}", f"{name} 预示回家,却到 {other}"), 2  # fmt: skip
    if kind == "subdominant" and following.function.kind == "dominant":
        other = _name(following)
        if len(after) > 1 and _is_home(after[1]):
            home = _name(after[1])
            text = (f"{name} prepares {other}, which leads home to {home}",
                    f"{name} 准备 {other},再回到 {home}(家)")  # fmt: skip
            return "preparation", text, 3
        return "preparation", (f"{name} prepares {other}", f"{name} 准备 {other}"), 2
    if kind == "subdominant" and _step(span) == 5 and _is_home(following):
        other = _name(following)
        return "plagal", (f"{name} falls back home to {other}", f"{name} 柔和地落回 {other}(家)"), 2
    return None


def _secondary(span: RomanSpan, following: RomanSpan | None) -> tuple[str, tuple[str, str], int]:
    name, target = _name(span), span.function.target
    if following is not None and following.roman.rstrip("0123456789").startswith(target):
        other = _name(following)
        text = (f"{name} treats {other} as home for a moment and leads there",
                f"{name} 把 {other} 暂当作家并导向它")  # fmt: skip
    else:
        text = (f"{name} points to {target}, but does not go there",
                f"{name} 指向 {target},却没有前往")  # fmt: skip
    return "secondary dominant", text, 1


def _step(span: RomanSpan) -> int:
    return (span.chord.root_pc - span.key.tonic_pc) % 12


def _is_home(span: RomanSpan) -> bool:
    return _step(span) == 0 and span.function.kind == "tonic"


def _name(span: RomanSpan) -> str:
    return f"{span.roman} ({span.chord.symbol})"
