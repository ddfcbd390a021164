"""Edits of what stands over the notes: chords, sections, tempo, metre, key.

Conventions: pure; ticks from the start, bars by index from 0.

Offers `set_chord`, `set_key`, `set_metre`, `set_section`, `set_tempo`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from motet.errors import ParameterError
from motet.score import ChordSymbol, KeySignature, Metre, Score, Section, Tempo
from motet.server.schemas.op import SetChord, SetKey, SetMetre, SetSection, SetTempo
from motet.theory import parse_chord, parse_key

__all__ = ["read_metre", "set_chord", "set_key", "set_metre", "set_section", "set_tempo"]

_METRE = re.compile(r"\s*(\d{1,2})\s*/\s*(1|2|4|8|16|32)\s*")
_NO_CHORD = "N.C."


def _need_tick(score: Score, tick: int) -> None:
    close = score.bars[-1].end_tick
    if not 0 <= tick < close:
        raise ParameterError(
            f"tick must be 0 to {close - 1}, got {tick}",
            zh=f"tick 必须在 0 到 {close - 1} 之间,收到 {tick}",
        )


def _need_bar(score: Score, bar: int) -> None:
    if not 0 <= bar < score.n_bars:
        raise ParameterError(
            f"bar must be 0 to {score.n_bars - 1}, got {bar}",
            zh=f"小节必须在 0 到 {score.n_bars - 1} 之间,收到 {bar}",
        )


def set_chord(score: Score, op: SetChord) -> Score:
    """Return the score with a chord symbol at a tick, or without the one there.

    Raises
    ------
    ParameterError
        The symbol is no chord, or the tick lies outside.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = set_chord(make_score("C4:4"), SetChord(op="set_chord", tick=960, symbol="G7"))
    >>> score.chords
    (ChordSymbol(tick=960, symbol='G7'),)
    """
    _need_tick(score, op.tick)
    symbol = op.symbol.strip()
    kept = [one for one in score.chords if one.tick != op.tick]
    if symbol.upper().replace(".", "") == "NC":
        symbol = _NO_CHORD
    elif symbol:
        parse_chord(symbol)
    if symbol:
        kept.append(ChordSymbol(tick=op.tick, symbol=symbol))
    return replace(score, chords=tuple(sorted(kept, key=lambda one: one.tick)))


def set_section(score: Score, op: SetSection) -> Score:
    """Return the score with a section from a bar on, for so many bars where that is said.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:16")
    >>> score = set_section(score, SetSection(op="set_section", bar=0, label="A"))
    >>> score = set_section(score, SetSection(op="set_section", bar=1, label="B", n_bars=2))
    >>> [(score.bar_at(one.tick), one.label) for one in score.sections]
    [(0, 'A'), (1, 'B'), (3, 'A')]
    """
    _need_bar(score, op.bar)
    label = op.label.strip()
    rows = {score.bar_at(one.tick): one.label for one in score.sections}
    if not label:
        rows.pop(op.bar, None)
    else:
        end = op.bar + op.n_bars if op.n_bars is not None else op.bar
        before = [bar for bar in rows if bar <= end]
        follows = rows[max(before)] if before else ""
        for bar in [bar for bar in rows if op.bar < bar < end]:
            del rows[bar]
        if op.n_bars is not None and end < score.n_bars and end not in rows and follows:
            rows[end] = follows
        rows[op.bar] = label
    sections = [
        Section(tick=score.bars[bar].start_tick, label=text) for bar, text in sorted(rows.items())
    ]
    return replace(score, sections=tuple(sections))


def set_tempo(score: Score, op: SetTempo) -> Score:
    """Return the score with a tempo from a tick on.

    Examples
    --------
    >>> from motet.score import make_score
    >>> set_tempo(make_score("C4:4"), SetTempo(op="set_tempo", tick=0, qpm=60)).tempos[0].qpm
    60.0
    """
    _need_tick(score, op.tick)
    there = next((one for one in score.tempos if one.tick == op.tick), None)
    quarter_us = round(60_000_000 / op.qpm)
    new = (
        replace(there, quarter_us=quarter_us)
        if there is not None
        else Tempo(tick=op.tick, quarter_us=quarter_us)
    )
    kept = [one for one in score.tempos if one.tick != op.tick]
    return replace(score, tempos=tuple(sorted([*kept, new], key=lambda one: one.tick)))


def read_metre(text: str) -> tuple[int, int]:
    """Return numerator and denominator of a metre.

    Raises
    ------
    ParameterError
        It is none.

    Examples
    --------
    >>> read_metre("6/8")
    (6, 8)
    """
    found = _METRE.fullmatch(text)
    if not found or not 1 <= int(found.group(1)) <= 32:
        raise ParameterError(
            f"a metre is written as 3/4 or 7/8, got {text!r}; 1 to 32 over 1, 2, 4, 8, 16 or 32",
            zh=f"拍号写作 3/4 或 7/8,收到 {text!r};上为 1 到 32,下为 1、2、4、8、16 或 32",
        )
    return int(found.group(1)), int(found.group(2))


def set_metre(score: Score, op: SetMetre) -> Score:
    """Return the score with another metre from a bar to the next change; notes keep their places.

    Raises
    ------
    ParameterError
        It is no metre, or there is no such bar.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = set_metre(make_score("C4:12"), SetMetre(op="set_metre", bar=0, metre="3/4"))
    >>> score.n_bars, score.bars[0].metre.numerator
    (4, 3)
    """
    _need_bar(score, op.bar)
    numerator, denominator = read_metre(op.metre)
    start = score.bars[op.bar].start_tick
    new = Metre(tick=start, numerator=numerator, denominator=denominator)
    later = [one.tick for one in score.metres if one.tick > start]
    end = min(later, default=score.bars[-1].end_tick)
    metres = sorted(
        [*(one for one in score.metres if one.tick != start), new], key=lambda one: one.tick
    )
    is_pickup = op.bar == 0 and score.bars[0].is_irregular and score.bars[0].number == 0
    lengths = tuple(
        one
        for one in score.bar_lengths
        if not start <= one.tick < end or (is_pickup and one.tick == 0)
    )
    made = replace(score, metres=tuple(metres), bar_lengths=lengths)
    return replace(made, length_tick=made.bars[-1].end_tick)


def set_key(score: Score, op: SetKey) -> Score:
    """Return the score under another key signature; no note moves.

    Raises
    ------
    ParameterError
        It is no key, or one that no signature can say.

    Examples
    --------
    >>> from motet.score import make_score
    >>> set_key(make_score("C4:4"), SetKey(op="set_key", key="E minor")).keys
    (KeySignature(tick=0, fifths=1, mode='minor'),)
    """
    key = parse_key(op.key)
    if not -7 <= key.fifths <= 7:
        raise ParameterError(
            f"{key.name()} has {abs(key.fifths)} accidentals, more than a signature can say; choose "
            "its enharmonic key",
            zh=f"{key.name(language='zh')} 有 {abs(key.fifths)} 个升降号,调号无法写出;请选等音调",
        )
    return replace(score, keys=(KeySignature(tick=0, fifths=key.fifths, mode=key.mode),))
