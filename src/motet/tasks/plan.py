"""From a brief to everything that writing needs: frame, cast, who writes what, grid, open cells, rules.

Conventions: part k of the score, of the grid and of the cast are the same part. What the arranger
writes is there before the model begins, as given cells.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from motet.brief import Brief, settle_emotion
from motet.engine.rules import CellRules
from motet.errors import ConstraintError
from motet.language import Language
from motet.score import Score
from motet.tasks.avoidance import avoid_in_cast, outside_tones
from motet.tasks.cast import PartPlan, choose_cast
from motet.tasks.contour import plan_contour
from motet.tasks.curve import curve_pace, curve_windows
from motet.tasks.echo import Echo
from motet.tasks.emotion import mood_cast
from motet.tasks.frame import Frame, FrameSection, plan_frame
from motet.tasks.ground import lay_ground
from motet.tasks.manner import Manner, find_manner, settle_manner
from motet.tasks.notes import grid_of
from motet.tasks.rules import compile_cells
from motet.tasks.theme import TUNES, plan_echoes, plan_pulse
from motet.theory.scale import Key
from motet.tokens import GridScore
from motet.tokens.emotion import emotion_value
from motet.tokens.vocab import STYLES

__all__ = ["TaskPlan", "choose_writers", "phrase_ends", "plan_brief"]

_SINGING = frozenset({"melody", "solo", "counter", "voice"})
_BOUND = frozenset({"density", "rhythm", "polyphony"})


@dataclass(frozen=True, kw_only=True)
class TaskPlan:
    """All that is decided before a note is written.

    Parameters
    ----------
    brief : Brief
    key : Key
        Sounding.
    cast : tuple of PartPlan
    writers : tuple of str
        For each part ``"model"``, ``"arranger"`` or ``"given"``.
    sections : tuple of FrameSection
    score : Score
        The frame with every part: those given or written by the arranger, the others empty.
    grid : GridScore
        The same on the grid.
    open_cells : frozenset of (bar, part)
    rules : dict of (bar, part) to CellRules
    frame : Frame or None
        Of a piece that is written from nothing.
    manner : Manner
        How the arranger plays.
    echoes : dict of (bar, part) to Echo
        Which cells take up which.
    """

    brief: Brief
    key: Key
    cast: tuple[PartPlan, ...]
    writers: tuple[str, ...]
    sections: tuple[FrameSection, ...]
    score: Score
    grid: GridScore
    open_cells: frozenset[tuple[int, int]]
    rules: dict[tuple[int, int], CellRules]
    frame: Frame | None = None
    manner: Manner = field(default_factory=Manner)
    echoes: Mapping[tuple[int, int], Echo] = field(default_factory=dict)


def choose_writers(brief: Brief, cast: tuple[PartPlan, ...], *, has_model: bool) -> tuple[str, ...]:
    """Return who writes each part.

    Parameters
    ----------
    brief : Brief
        Its ``ground`` decides for the parts that name no writer.
    cast : tuple of PartPlan
    has_model : bool
        Whether there is a bundle; without one the arranger writes everything.

    Returns
    -------
    tuple of str
        ``"model"`` or ``"arranger"``, a part each. With ``"auto"`` and ``"arranger"`` the model sings
        and the arranger plays the ground; ``"auto"`` also gives the model every part whose density,
        rhythm or polyphony was asked for, for it writes under guarantees.

    Examples
    --------
    >>> brief = Brief(parts="flute,piano,drums")
    >>> choose_writers(brief, choose_cast(brief), has_model=True)
    ('model', 'arranger', 'arranger')
    """
    if not has_model:
        return ("arranger",) * len(cast)
    found = []
    for plan in cast:
        if plan.writer:
            found.append(plan.writer)
        elif brief.ground == "model" or (brief.ground == "auto" and plan.asked & _BOUND):
            found.append("model")
        else:
            found.append("model" if plan.role in _SINGING else "arranger")
    return tuple(found)


def plan_brief(brief: Brief, *, has_model: bool = True, language: Language = "en") -> TaskPlan:
    """Return the plan of a brief.

    Parameters
    ----------
    brief : Brief
    has_model : bool
        Whether there is a bundle.
    language : Language
        Of title, part and section names.

    Returns
    -------
    TaskPlan
        The arranger's parts are straight and on the grid; `motet.tasks.perform` lets them swing.

    Raises
    ------
    ParameterError
        Chords or form cannot be read.
    ConstraintError
        What is asked for contradicts itself; the message names the clash.

    Examples
    --------
    >>> plan = plan_brief(Brief(parts="flute,acoustic_bass", bars=4, key="C"))
    >>> plan.writers, len(plan.open_cells), len(plan.score.parts[1].notes) > 0
    (('model', 'arranger'), 4, True)
    """
    intensity = brief.intensity
    brief = settle_emotion(settle_manner(brief))
    frame = plan_frame(brief, language=language)
    cast = mood_cast(avoid_in_cast(choose_cast(brief), brief, frame.score), brief)
    manner = find_manner(brief, frame.n_bars, intensity=intensity)
    _check_rests(cast, frame.n_bars)
    writers = choose_writers(brief, cast, has_model=has_model)
    wanted = [k for k, writer in enumerate(writers) if writer == "arranger"]
    ground = lay_ground(
        frame, cast, wanted, seed=brief.seed, intensity=brief.intensity or 3, swing=0.0,
        manner=replace(manner, feel=_untimed(manner.feel)),
    )  # fmt: skip
    parts = []
    for k, plan in enumerate(cast):
        part = ground.get(k) or plan.as_part()
        parts.append(replace(part, name=plan.name_zh if language == "zh" else plan.name))
    score = frame.score.with_parts(*parts)
    grid = grid_of(
        score,
        key=frame.key,
        style=STYLES.index(brief.style) if brief.style else -1,
        emotion=-1 if brief.emotion is None else emotion_value(*brief.emotion),
    )
    open_cells = frozenset(
        (bar, k)
        for k, writer in enumerate(writers)
        if writer == "model"
        for bar in range(frame.n_bars)
    )
    echoes = plan_echoes(
        frame.sections, cast, repeats=brief.repeats, style=brief.style, seed=brief.seed
    )
    rules = compile_cells(
        score,
        grid,
        cast,
        open_cells,
        key=frame.key,
        harmony=brief.harmony,
        rest_bars=phrase_ends(frame.sections),
        windows=_windows(brief, cast, frame.sections),
        stops=_stops(cast, frame.sections),
        outside=outside_tones(brief, frame.key),
        pace=curve_pace(brief, frame.n_bars),
        pulse=plan_pulse(frame.sections, cast, echoes, seed=brief.seed),
    )
    return TaskPlan(
        brief=brief,
        key=frame.key,
        cast=cast,
        writers=writers,
        sections=frame.sections,
        score=score,
        grid=grid,
        open_cells=open_cells,
        rules=rules,
        frame=frame,
        manner=manner,
        echoes=echoes,
    )


def _windows(
    brief: Brief, cast: tuple[PartPlan, ...], sections: tuple[FrameSection, ...]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Return where single lines lie in each bar: within an octave that follows the phrase."""
    lean = 0.0 if brief.emotion is None else brief.emotion[0]
    found = {
        (bar, k): window
        for k, plan in enumerate(cast)
        if plan.role in _SINGING and plan.polyphony == 1
        for bar, window in plan_contour(
            sections, low=plan.low, high=plan.high, seed=brief.seed, name=plan.name, lean=lean
        ).items()
    }
    return curve_windows(found, brief, cast)


def _untimed(feel: str) -> str:
    """Return a feel as far as it changes patterns; what moves onsets off the grid waits."""
    return feel if feel in ("half-time", "double-time") else ""


def _stops(
    cast: tuple[PartPlan, ...], sections: tuple[FrameSection, ...]
) -> frozenset[tuple[int, int]]:
    """Return the cells after which a part breathes: ends of sections, for a tune those of phrases."""
    ends = {one.end_bar - 1 for one in sections}
    return frozenset(
        (bar, k)
        for k, plan in enumerate(cast)
        for bar in (phrase_ends(sections) if plan.role in TUNES else ends)
    )


def phrase_ends(sections: Collection[FrameSection]) -> frozenset[int]:
    """Return the bars that end a phrase of four bars, or a section.

    Parameters
    ----------
    sections : collection of FrameSection

    Returns
    -------
    frozenset of int

    Examples
    --------
    >>> sorted(phrase_ends([FrameSection("A", 0, 8), FrameSection("B", 8, 14)]))
    [3, 7, 11, 13]
    """
    return frozenset(
        bar
        for one in sections
        for bar in range(one.start_bar, one.end_bar)
        if bar == one.end_bar - 1 or (bar - one.start_bar) % 4 == 3
    )


def _check_rests(cast: tuple[PartPlan, ...], n_bars: int) -> None:
    """Refuse a part that would be silent throughout."""
    for plan in cast:
        if len([bar for bar in plan.rests if bar < n_bars]) >= n_bars:
            raise ConstraintError(
                f"{plan.name} rests in all {n_bars} bars; leave the part out or let it play",
                zh=f"{plan.name_zh}在全部 {n_bars} 小节休止;请去掉该声部或让它演奏",
            )
