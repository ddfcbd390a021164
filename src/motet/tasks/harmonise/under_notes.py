"""Accompany: parts under given notes, which stay exactly as they are.

Conventions: chords are those of the score, read off its parts, or found for its melody. The arranger grounds
the style; a model sings the counter-melody on a rhythm that complements the melody, or writes every
pitched part where that is asked.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from motet.analysis import find_sections
from motet.brief import Brief, PartBrief, read_parts, usual_role
from motet.brief.text import check_keys
from motet.engine.bundle import Bundle
from motet.engine.write import Cancel
from motet.errors import ParameterError
from motet.language import Language, say
from motet.score import ChordSymbol, KeySignature, Part, Score, Section
from motet.tasks.adherence import check_adherence
from motet.tasks.cast import PartPlan, plan_part
from motet.tasks.check import Adherence, Check, same
from motet.tasks.compose import open_bundle
from motet.tasks.composition import Composition
from motet.tasks.given import chord_symbols, find_key
from motet.tasks.harmonise.answer import write_answer
from motet.tasks.harmonise.backing import lay_backing
from motet.tasks.harmonise.choose import choose_chords, find_line
from motet.tasks.harmonise.home import find_melody_key
from motet.tasks.harmonise.sung import let_model_sing
from motet.tasks.kin import kin_style
from motet.theory.scale import Key, parse_key

__all__ = ["GROUNDS", "accompany"]

Ground = Literal["both", "arranger", "model"]
GROUNDS = ("both", "arranger", "model")
"""Who writes: the arranger and, for the counter-melody, the model; one of them alone."""

_OPTIONS = ("key", "seed", "temperature", "candidates", "harmony")
_USUAL = "bass,drums,comping"
_LEAST_SECTION_BARS = 16


def accompany(
    score: Score,
    *,
    parts: str | Sequence[str | PartBrief] = _USUAL,
    style: str = "",
    ground: Ground = "both",
    intensity: int = 3,
    adventure: int = 1,
    melody: int | str | None = None,
    swing: float | None = None,
    humanise: float = 0.0,
    bundle: str | Path | Bundle | None = None,
    language: Language = "en",
    on_bar: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,
    originality: bool = True,
    **options: Any,
) -> Composition:
    """Return a score with parts under its notes, which stay exactly as they are.

    Parameters
    ----------
    score : Score
        With a melody, chord symbols, or both; any other parts stay, too.
    parts : str or iterable
        Roles or instruments: ``"bass,drums,comping,counter,pad,strings"``, ``"cello:counter"``.
    style : str
        Empty lets the metre decide.
    ground : "both", "arranger" or "model"
        One of `GROUNDS`.
    intensity : int, 1 to 5
    adventure : int, 1 to 3
        Of the chords, where they must be found (`harmonise`).
    melody : int, str or None
        The part that the others mind; None finds it.
    swing : float or None, 0 to 1
    humanise : float, 0 to 2
    bundle : str, Path, Bundle or None
        The model; None is the usual one, if it is there.
    language : Language
    on_bar : callable or None
        Called with (bars done, bars in all).
    cancel : Cancel or None
    originality : bool
        Whether what the model writes is kept from copying, and looked up.
    **options
        ``key``, ``seed``, ``temperature``, ``candidates``, ``harmony``, as in `Brief`.

    Returns
    -------
    Composition

    Raises
    ------
    ParameterError
        There is nothing to accompany, or an option is unknown or not allowed.
    BundleError
        The bundle that is named, or that ``ground="model"`` needs, is not there.

    Examples
    --------
    >>> from motet.score import make_score
    >>> tune = make_score("E5:2 D5:2 | C5:4", chords="C:2 G7:2 C:4")
    >>> piece = accompany(tune, parts="bass,drums", style="bossa")
    >>> [part.role for part in piece.score.parts][1:], piece.score.parts[0] == tune.parts[0]
    (['bass', 'drums'], True)
    """
    began = time.perf_counter()
    check_keys(options, _OPTIONS, what="accompany", what_zh="配伴奏")
    if ground not in GROUNDS:
        raise ParameterError(
            f"ground must be one of {', '.join(GROUNDS)}, got {ground!r}",
            zh=f"ground 须为 {'、'.join(GROUNDS)} 之一,收到 {ground!r}",
        )
    arranger_style = kin_style(style) if style else kin_style(_style_of(score))
    brief = Brief(
        **{"style": style or arranger_style.name, "candidates": 2, **options}, intensity=intensity
    )
    plans = _plans(parts, language)
    line = _line(score, melody)
    if brief.key:
        key = parse_key(brief.key)
    else:
        key = find_key(score) if line is None or score.chords else find_melody_key(score, line)
    chords, source = _chords(score, line, key, adventure, brief)
    sectioned = _with_sections(replace(score, chords=chords))
    model = open_bundle(bundle) if ground != "arranger" else None
    if ground == "model":
        from motet.tasks.extend import need_bundle

        model = need_bundle(bundle)
    given = len(score.parts)
    laid = lay_backing(
        sectioned, line, key, arranger_style, plans, seed=brief.seed, intensity=intensity, swing=swing,
        humanise=humanise,
    )  # fmt: skip
    laid = _with_answers(sectioned, line, key, plans, laid, intensity)
    keys = score.keys or (KeySignature(tick=0, fifths=key.fifths, mode=key.mode),)
    done = replace(
        score,
        parts=(*score.parts, *laid),
        chords=chords,
        keys=keys,
        length_tick=score.bars[-1].end_tick,
    )
    wanted = [k for k, plan in enumerate(plans) if _by_model(plan, ground) and model is not None]
    remarks = [source]
    writers = ["given"] * given + ["arranger"] * len(plans)
    story: dict[str, Any] = {}
    if wanted and model is not None:
        done, writers, told, story = let_model_sing(
            done, line, key, plans, wanted, brief, model, ground, on_bar, cancel, originality
        )
        remarks += told
    elif any(_by_model(plan, ground) for plan in plans):
        remarks.append(
            (
                "No model is installed, so the arranger wrote everything.",
                "没有安装模型,全部由编配器写成。",
            )
        )
    silent = [plans[k].name for k in range(len(plans)) if not done.parts[given + k].notes]
    if silent:
        names = ", ".join(silent)
        remarks.append((f"Silent in this style: {names}.", f"该风格中无音符:{names}。"))
    asked = brief.with_(key=key.name())
    cells = {(bar, k) for bar in range(done.n_bars) for k in range(given, len(done.parts))}
    adherence = check_adherence(
        done, asked, writers=writers, original=score, open_cells=cells,
        chords=[(one.tick, one.symbol) for one in chords],
    )  # fmt: skip
    more = _checks(done, line, plans, given)
    return Composition(
        task="accompany",
        score=done,
        brief=asked,
        adherence=Adherence(checks=(*adherence.checks, *more)),
        writers=tuple(writers),
        seconds=time.perf_counter() - began,
        remarks=tuple(remarks),
        language=language,
        given=score,
        **story,
    )


def _style_of(score: Score) -> str:
    """Return a style that has the metre of a score."""
    metre = score.bars[-1].metre
    if (metre.numerator, metre.denominator) == (3, 4):
        return "folk-waltz"
    return "ballad" if (metre.numerator, metre.denominator) in ((6, 8), (12, 8)) else "pop"


def _plans(parts: str | Sequence[str | PartBrief], language: Language) -> tuple[PartPlan, ...]:
    """Return what each new part is."""
    wishes = read_parts(parts)
    taken: tuple[str, ...] = ("melody",)
    found: list[PartPlan] = []
    for wish in wishes:
        role = wish.role or usual_role(wish.found, taken)
        taken = (*taken, role)
        plan = plan_part(wish, role=role, number=len(found))
        names = [one.name for one in found]
        name = say(plan.name, plan.name_zh, language=language)
        if name in names:
            name = f"{name} {sum(one.startswith(name) for one in names) + 1}"
        found.append(replace(plan, name=name))
    if not found:
        raise ParameterError(
            "parts names no part; try 'bass,drums,comping'",
            zh="parts 未给出声部;可试 'bass,drums,comping'",
        )
    return tuple(found)


def _line(score: Score, melody: int | str | None) -> Part | None:
    """Return the melody that the parts mind; None where only chords are given."""
    pitched = any(part.notes and not part.is_drums for part in score.parts)
    if not pitched and melody is None and score.chords:
        return None
    return find_line(score, melody)[1]


def _chords(
    score: Score, line: Part | None, key: Key, adventure: int, brief: Brief
) -> tuple[tuple[ChordSymbol, ...], tuple[str, str]]:
    """Return the chords to play, and where they are from."""
    if score.chords:
        return score.chords, ("Chords: those of the score.", "和弦:取自乐谱。")
    sounding = [part for part in score.parts if part.notes and not part.is_drums]
    n_lines = len(sounding) + sum(_is_thick(part) for part in sounding)
    if n_lines >= 2:
        found = chord_symbols(score, key=key)
        if sum(one.symbol != "N.C." for one in found) * 2 > len(found):
            return found, ("Chords: read off the parts.", "和弦:由各声部读出。")
    if line is None:
        raise ParameterError(
            "there is nothing to accompany: no pitched note and no chord symbol",
            zh="没有可配伴奏的内容:既无有音高的音符,也无和弦记号",
        )
    plans, _ = choose_chords(
        score, line, key=key, adventure=adventure, style=brief.style, seed=brief.seed
    )
    symbols = tuple(
        ChordSymbol(tick=one.start_tick, symbol=one.chord.symbol) for one in plans[0].spans
    )
    return symbols, ("Chords: found for the melody.", "和弦:为旋律配出。")


def _is_thick(part: Part) -> bool:
    """Whether a part plays chords."""
    onsets = {note.onset_tick for note in part.notes}
    return len(part.notes) > 1.5 * len(onsets)


def _with_sections(score: Score) -> Score:
    """Return the score with sections, found where none are marked: drums fill at their ends."""
    if score.sections or score.n_bars < _LEAST_SECTION_BARS:
        return score
    spans = find_sections(score)
    if len(spans) < 2:
        return score
    marks = tuple(
        Section(tick=score.bars[one.start_bar].start_tick, label=one.label) for one in spans
    )
    return replace(score, sections=marks)


def _with_answers(
    score: Score,
    line: Part | None,
    key: Key,
    plans: Sequence[PartPlan],
    laid: tuple[Part, ...],
    intensity: int,
) -> tuple[Part, ...]:
    """Return the parts with counter-melodies that complement the melody."""
    if line is None:
        return laid
    found = list(laid)
    for k, plan in enumerate(plans):
        if plan.role == "counter":
            notes = write_answer(
                score, line, key, low=plan.low, high=plan.high, intensity=intensity
            )
            found[k] = replace(laid[k], notes=notes or laid[k].notes)
    return tuple(found)


def _by_model(plan: PartPlan, ground: str) -> bool:
    """Whether a model writes a part."""
    if ground == "model":
        return not plan.is_drums
    return ground == "both" and plan.role == "counter"


def _checks(score: Score, line: Part | None, plans: Sequence[PartPlan], given: int) -> list[Check]:
    """Return what accompanying adds to the report: where a counter-melody moves."""
    found: list[Check] = []
    if line is None:
        return found
    sung = {note.onset_tick for note in line.notes}
    for k, plan in enumerate(plans):
        notes = score.parts[given + k].notes
        if plan.role != "counter" or not notes:
            continue
        free = sum(note.onset_tick not in sung for note in notes)
        share = 100 * free / len(notes)
        text = "nan" if math.isnan(share) else f"{share:.0f} % ({free}/{len(notes)})"
        found.append(
            Check(name="complement",
                  what=(f"{plan.name}: begins where the melody does not", f"{plan.name}:在旋律不起音处起音"),
                  requested=same(""), measured=same(text), ok=None)
        )  # fmt: skip
    return found
