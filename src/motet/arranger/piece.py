"""The arranger: chords, a lead sheet or nothing in; a piece for an ensemble out.

Conventions: instant, offline, by patterns and theory alone. The same request gives the same notes. A
piece knows its plan, so that everything about it can be told (`Arrangement.facts`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from motet.arranger.ensemble import write_score
from motet.arranger.lead_sheet import LeadSheet, read_lead_sheet
from motet.arranger.metre import parse_metre
from motet.arranger.plan import Plan
from motet.arranger.planning import plan_invented, plan_progression
from motet.arranger.request import ArrangeRequest
from motet.arranger.sheet_plan import plan_lead_sheet
from motet.arranger.style_file import find_style
from motet.errors import ParameterError
from motet.language import Language, say
from motet.score import Part, Score
from motet.theory.scale import parse_key

__all__ = ["Piece", "write_piece"]


@dataclass(frozen=True)
class Piece:
    """A written piece: its score, the plan behind it and the request that it answers."""

    score: Score
    plan: Plan
    request: ArrangeRequest

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the score."""
        return self.score.parts

    def facts(self) -> dict[str, Any]:
        """Return what the piece is, as plain values for JSON."""
        plan, score = self.plan, self.score
        first = next((bar for bar in plan.bars if not bar.is_pickup), plan.bars[0]).metre
        sections = [
            {
                "label": bar.label,
                "first_bar": bar.index + 1,
                "n_bars": bar.section_bars,
                "intensity": bar.intensity,
                "groove": bar.groove.name,
            }
            for bar in plan.bars
            if bar.bar_in_section == 0
        ]
        return {
            "title": score.title,
            "style": plan.style.name,
            "key": plan.key.name(),
            "metre": f"{first.numerator}/{first.denominator}",
            "qpm": round(plan.qpm, 2),
            "n_bars": score.n_bars,
            "duration_s": round(score.time.tick_to_s(score.end_tick), 2),
            "seed": self.request.seed,
            "writer": "arranger",
            "sections": sections,
            "parts": [
                {
                    "name": part.name,
                    "role": part.role,
                    "program": part.program,
                    "n_notes": len(part.notes),
                }
                for part in score.parts
            ],
            "chords": [chord.symbol for chord in score.chords],
        }

    def summary(self, language: Language = "en") -> str:
        """Return the piece told in a few lines."""
        facts, plan = self.facts(), self.plan

        def t(en: str, zh: str) -> str:
            return say(en, zh, language=language)

        style = t(plan.style.title, plan.style.title_zh)
        minutes, seconds = divmod(round(facts["duration_s"]), 60)
        form = " ".join(f"{s['label']}{s['n_bars']}" for s in facts["sections"])
        pairs = [(spec.name, spec.name_zh) for spec in plan.style.parts] + [("Melody", "旋律")]
        names = {name: pair for pair in pairs for name in pair}
        parts = ", ".join(t(*names.get(part.name, (part.name, part.name))) for part in self.parts)
        lines = [
            facts["title"],
            t(
                f"{style}, {plan.key.name()}, {facts['metre']}, {facts['qpm']:g} quarter notes a minute",
                f"{style},{plan.key.name(language='zh')},{facts['metre']} 拍,每分钟 {facts['qpm']:g} 个四分音符",
            ),
            t(
                f"{facts['n_bars']} bars, {minutes}:{seconds:02d}: {form}",
                f"{facts['n_bars']} 小节,{minutes}:{seconds:02d}:{form}",
            ),
            t(f"Parts: {parts}", f"声部:{parts}"),
            t(
                f"Written by the arranger (patterns and theory, no trained model), seed {facts['seed']}",
                f"由编配器写成(节奏型与乐理,未用训练模型),种子 {facts['seed']}",
            ),
        ]
        return "\n".join(lines)


def write_piece(
    source: str | Score | None,
    request: ArrangeRequest,
    *,
    progress: Callable[[int, int], None] | None = None,
    language: Language = "en",
) -> Piece:
    """Return a piece written over chords, under a melody, or from nothing.

    Parameters
    ----------
    source : str, Score or None
        A progression as text; a score with a melody, chord symbols or both; or nothing.
    request : ArrangeRequest
    progress : callable or None
        Called with (parts done, parts in all).
    language : Language
        Of title and section names.

    Returns
    -------
    Piece

    Raises
    ------
    ParameterError
        The progression, style, form or a part cannot be understood, or the score is empty.

    Examples
    --------
    >>> piece = write_piece("| Am7 D7 | Gmaj7 |", ArrangeRequest(style="bossa", seed=1))
    >>> piece.plan.key.name(), piece.score.n_bars
    ('G major', 17)
    """
    style = find_style(request.style)
    sheet: LeadSheet | None = None
    if source is None:
        plan = plan_invented(request, style)
    elif isinstance(source, Score):
        if request.form is not None or request.bars is not None:
            raise ParameterError(
                "form and bars do not apply to a lead sheet, whose bars are kept; leave them out",
                zh="form 和 bars 不适用于主旋律谱(其小节会保留);请去掉这两个选项",
            )
        _check_metre(request, source)
        key = parse_key(request.key) if request.key is not None else None
        sheet = read_lead_sheet(source, key=key)
        plan = plan_lead_sheet(request, style, sheet)
    elif source.strip():
        plan = plan_progression(request, style, source)
    else:
        raise ParameterError(
            'the progression is empty; write chords such as "| Am7 D7 | Gmaj7 |"',
            zh='和弦进行是空的;请写和弦,如 "| Am7 D7 | Gmaj7 |"',
        )
    score = write_score(plan, request, sheet=sheet, progress=progress, language=language)
    return Piece(score, plan, request)


def _check_metre(request: ArrangeRequest, source: Score) -> None:
    """Refuse another metre than the lead sheet's, whose bars are kept."""
    own = {f"{bar.metre.numerator}/{bar.metre.denominator}" for bar in source.bars}
    if request.metre is None:
        return
    numerator, denominator = parse_metre(request.metre)
    if f"{numerator}/{denominator}" not in own:
        names = ", ".join(sorted(own))
        raise ParameterError(
            f"the lead sheet is in {names}, which is kept; leave metre={request.metre!r} out",
            zh=f"主旋律谱为 {names} 拍,会保留;请去掉 metre={request.metre!r}",
        )
