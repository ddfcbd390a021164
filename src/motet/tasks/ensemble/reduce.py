"""Reduce: a score for many becomes one for two hands, or a melody with chord symbols.

Conventions: drums and doublings go; the melody stays on top as it is; chords that are not written are read
off the notes, and how sure they are is told.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from motet.analysis import estimate_chords
from motet.brief import Brief
from motet.brief.text import check_keys
from motet.engine.bundle import Bundle
from motet.engine.write import Cancel
from motet.errors import ParameterError
from motet.language import Language, say
from motet.score import ChordSymbol, KeySignature, Part, Score
from motet.tasks.adherence import check_adherence
from motet.tasks.check import Adherence, Check, same
from motet.tasks.composition import Composition
from motet.tasks.ensemble.kept import kept_checks, measure_kept
from motet.tasks.ensemble.keyboard import FINGERS, REACH_SEMI, lay_keyboard, widest_hand
from motet.tasks.ensemble.material import Material, cut_line, read_material
from motet.tasks.given import find_key
from motet.theory.chord import NO_CHORD

__all__ = ["REDUCTIONS", "Reduction", "reduce_score"]

Reduction = Literal["piano", "lead"]
REDUCTIONS: tuple[Reduction, ...] = ("piano", "lead")
"""What a score can be reduced to."""

_OPTIONS = ("seed", "title")
_UNSURE = 0.5
Remarks = list[tuple[str, str]]


def reduce_score(
    score: Score,
    *,
    to: str = "piano",
    melody: int | str | None = None,
    bundle: str | Path | Bundle | None = None,  # noqa: ARG001
    language: Language = "en",
    on_bar: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,  # noqa: ARG001
    originality: bool = True,  # noqa: ARG001
    **options: Any,
) -> Composition:
    """Return a score reduced to two hands or to a lead sheet.

    Parameters
    ----------
    score : Score
    to : "piano" or "lead"
        Two staves that two hands play (at most five notes and a tenth a hand), or melody and chord
        symbols.
    melody : int, str or None
        The part with the melody; None finds it.
    bundle, cancel, originality
        As in other tasks; no model is at work here.
    language : Language
        Of the part's name.
    on_bar : callable or None
        Called with (bars done, bars in all).
    **options
        ``seed``, ``title``.

    Returns
    -------
    Composition
        Its report says how much of the source was kept.

    Raises
    ------
    ParameterError
        `to` is unknown, there is no such part, or no pitched note.

    Examples
    --------
    >>> from motet.score import make_score
    >>> song = make_score("E5:2 D5:2", "C4+E4+G4:2 B3+G4:2", "C3:2 G2:2", "drums 36:1 38:1 36:1 38:1")
    >>> piece = reduce_score(song)
    >>> [(part.name, part.n_staves) for part in piece.parts], piece.adherence.is_met
    ([('Piano', 2)], True)
    >>> [chord.symbol for chord in reduce_score(song, to="lead").score.chords]
    ['C', 'G']
    """
    began = time.perf_counter()
    check_keys(options, _OPTIONS, what="reduce_score", what_zh="缩编")
    if to not in REDUCTIONS:
        raise ParameterError(
            f"to must be piano or lead, got {to!r}",
            zh=f"to 必须是 piano(钢琴)或 lead(主旋律谱),收到 {to!r}",
        )
    brief = Brief(**options)
    material = read_material(score, melody=melody)
    key = find_key(material.score, tick=0 if material.score.keys else None)
    if to == "piano":
        part, checks, remarks = _to_piano(material, language)
        chords = material.score.chords
    else:
        part, chords, checks, remarks = _to_lead(material, language)
    if material.drums:
        remarks.append((f"{len(material.drums)} drum strokes were dropped.",
                        f"省去了 {len(material.drums)} 个鼓点。"))  # fmt: skip
    done = replace(
        material.score, parts=(part,), chords=chords, raw=(), title=brief.title or score.title,
        keys=material.score.keys or (KeySignature(tick=0, fifths=key.fifths, mode=key.mode),),
        length_tick=max(score.length_tick, material.score.bars[-1].end_tick),
    )  # fmt: skip
    if on_bar is not None:
        on_bar(done.n_bars, done.n_bars)
    facts = [
        one
        for one in check_adherence(done, brief).checks
        if one.name in ("bars", "metre", "length")
    ]
    kept = kept_checks(measure_kept(material.score, done, material.melody))
    return Composition(
        task="reduce",
        score=done,
        brief=brief,
        adherence=Adherence(checks=(*(kept if to == "piano" else kept[:1]), *checks, *facts)),
        writers=("given",),
        seconds=time.perf_counter() - began,
        remarks=(*material.remarks, *remarks),
        language=language,
        given=score,
    )


def _to_piano(material: Material, language: Language) -> tuple[Part, list[Check], Remarks]:
    """Return a piano part for two hands."""
    tune = cut_line(list(material.melody))
    laid = lay_keyboard(tune, material.bass, material.inner)
    widest, most = widest_hand(laid.notes)
    source = material.score.parts[material.index]
    part = Part(
        name=say("Piano", "钢琴", language=language), notes=laid.notes, program=0, n_staves=2,
        role="melody", lyrics=source.lyrics,
    )  # fmt: skip
    checks = [
        Check(name="playable", what=("widest hand, semitones", "单手最大跨度(半音)"),
              requested=same(f"≤ {REACH_SEMI}"), measured=same(str(widest)), ok=widest <= REACH_SEMI),
        Check(name="fingers", what=("most notes in a hand", "单手最多音数"),
              requested=same(f"≤ {FINGERS}"), measured=same(str(most)), ok=most <= FINGERS),
    ]  # fmt: skip
    remarks: Remarks = []
    if laid.n_left_out or laid.n_moved:
        remarks.append(
            (
                f"{laid.n_left_out} doubled or unreachable notes were left out, {laid.n_moved} moved "
                "by an octave.",
                f"省去了 {laid.n_left_out} 个重复或够不到的音,{laid.n_moved} 个音移动了八度。",
            )
        )
    return part, checks, remarks


def _to_lead(
    material: Material, language: Language
) -> tuple[Part, tuple[ChordSymbol, ...], list[Check], Remarks]:
    """Return the melody, and the chords with how sure they are."""
    score = material.score
    source = score.parts[material.index]
    part = replace(
        source, notes=tuple(replace(n, staff=1, voice=1) for n in cut_line(list(material.melody))),
        name=source.name or say("Melody", "旋律", language=language), role="melody", n_staves=1,
        clefs=(), controls=(), raw=(),
    )  # fmt: skip
    if score.chords:
        told = (f"{len(score.chords)}, as written", f"{len(score.chords)} 个,原谱所写")
        return part, score.chords, [_chord_check(told)], []
    found = [one for one in estimate_chords(score) if one.chord != NO_CHORD]
    chords: list[ChordSymbol] = []
    for one in found:
        if not chords or chords[-1].symbol != one.chord.symbol:
            chords.append(ChordSymbol(tick=one.start_tick, symbol=one.chord.symbol))
    if not found:
        return part, (), [_chord_check(("0", "0"))], []
    sure = sum(one.confidence for one in found) / len(found)
    doubtful = sorted({score.bar_at(one.start_tick) for one in found if one.confidence < _UNSURE})
    bars = ", ".join(str(score.bars[bar].number) for bar in doubtful[:12])
    told = (
        f"{len(chords)}, found; confidence {sure:.2f}",
        f"{len(chords)} 个,推断;置信度 {sure:.2f}",
    )
    remarks: Remarks = []
    if doubtful:
        remarks.append((f"Chords to check: bars {bars}.", f"请核对这些小节的和弦:{bars}。"))
    return part, tuple(chords), [_chord_check(told)], remarks


def _chord_check(told: tuple[str, str]) -> Check:
    return Check(
        name="chords",
        what=("chord symbols", "和弦记号"),
        requested=same(""),
        measured=told,
        ok=None,
    )
