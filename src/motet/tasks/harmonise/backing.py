"""Parts that the arranger plays under given notes: in its style, minding the melody.

Conventions: the arranger works at `motet.units.DEFAULT_RESOLUTION`; notes come back in the score's own ticks.
A role that the style lacks is played by an instrument that is usual for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from motet.arranger.ensemble import write_score
from motet.arranger.lead_sheet import LeadSheet, read_lead_sheet
from motet.arranger.request import ArrangeRequest
from motet.arranger.sheet_plan import plan_lead_sheet
from motet.arranger.style import PartSpec, Style
from motet.arranger.style_file import find_style
from motet.score import Note, Part, Score
from motet.tasks.cast import PartPlan
from motet.theory.general_midi import drum_key
from motet.theory.scale import Key

__all__ = ["lay_backing"]

_DRUMMER = "pop"
_NEAR = {
    "comping": ("comping",), "pad": ("pad", "strings"), "strings": ("strings", "pad"),
    "horns": ("horns",), "counter": ("counter",), "bass": ("bass",), "drums": ("drums",),
}  # fmt: skip
_ACCENT_QN = 1.0


def lay_backing(
    score: Score,
    melody: Part | None,
    key: Key,
    style: Style,
    plans: Sequence[PartPlan],
    *,
    seed: int = 0,
    intensity: int = 3,
    swing: float | None = None,
    humanise: float = 0.0,
) -> tuple[Part, ...]:
    """Return a part for each plan, written by the arranger under what is given.

    Parameters
    ----------
    score : Score
        With chord symbols.
    melody : Part or None
        What the parts mind: chords leave out what would rub against it, counter-lines answer it.
    key : Key
    style : Style
    plans : sequence of PartPlan
    seed : int
    intensity : int, 1 to 5
    swing : float or None
    humanise : float, 0 to 2

    Returns
    -------
    tuple of Part
        Those that would be silent are empty.

    Examples
    --------
    >>> from motet.brief import read_parts
    >>> from motet.score import make_score
    >>> from motet.tasks.cast import plan_part
    >>> score = make_score("E5:2 D5:2 | C5:4", chords="C:2 G7:2 C:4")
    >>> plans = [plan_part(one, role=one.role) for one in read_parts("acoustic_bass:bass,drums:drums")]
    >>> parts = lay_backing(score, score.parts[0], Key("C"), find_style("pop"), plans)
    >>> [part.role for part in parts], all(part.notes for part in parts)
    (['bass', 'drums'], True)
    """
    bare = replace(score, parts=() if melody is None else (replace(melody, role="melody"),))
    sheet = read_lead_sheet(bare, key=key)
    specs = _specs(style, plans)
    written = _write(style, sheet, specs, seed, intensity, swing, humanise)
    scale = score.resolution / sheet.score.resolution
    found = []
    for spec, plan in zip(specs, plans, strict=True):
        part = next((one for one in written.parts if one.name == spec.name), None)
        if plan.is_drums and (part is None or not part.notes) and style.name != _DRUMMER:
            other = find_style(_DRUMMER)
            own = _specs(other, [plan])
            again = _write(other, sheet, own, seed, intensity, swing, humanise)
            part = next((one for one in again.parts if one.name == own[0].name), None)
        notes = () if part is None else _scaled(part.notes, scale)
        if plan.is_drums and melody is not None and intensity >= 2:
            notes = _with_accents(score, melody, notes, intensity)
        staves = 1 if part is None else part.n_staves
        made = plan.as_part()
        found.append(replace(made, notes=notes, n_staves=max(staves, 1)))
    return tuple(found)


def _write(
    style: Style,
    sheet: LeadSheet,
    specs: Sequence[PartSpec],
    seed: int,
    intensity: int,
    swing: float | None,
    humanise: float,
) -> Score:
    """Return the arranger's score of some parts over a sheet."""
    request = ArrangeRequest(
        style=style.name, intensity=intensity, seed=seed, swing=swing, humanise=humanise
    )
    plan = plan_lead_sheet(request, style, sheet)
    played = replace(plan, style=replace(style, parts=tuple(specs)))
    return write_score(played, request, sheet=sheet)


def _specs(style: Style, plans: Sequence[PartPlan]) -> list[PartSpec]:
    """Return the arranger's part for each plan: rows of the style's part of its role, if any."""
    found: list[PartSpec] = []
    for plan in plans:
        taken = {spec.name for spec in found}
        role = {"voice": "pad", "solo": "counter", "melody": "counter"}.get(plan.role, plan.role)
        own = next(
            (
                spec
                for near in _NEAR[role]
                for spec in style.parts
                if spec.role == near and spec.name not in taken
            ),
            None,
        )
        if own is None:
            name = plan.name if plan.name not in taken else f"{plan.name} *"
            own = PartSpec(name=name, name_zh=name, role=role, instrument="", program=0)
        found.append(
            replace(
                own,
                role=own.role if own.role in _NEAR[role] else role,
                instrument=own.instrument if plan.is_drums else plan.instrument,
                program=0 if plan.is_drums else plan.program,
                low=max(plan.low, own.low) if own.instrument else plan.low,
                high=min(plan.high, own.high) if own.instrument else plan.high,
                n_voices=max(1, min(own.n_voices, plan.polyphony)),
                levels=(1, 5),
            )
        )
    return [
        one if one.high - one.low >= 11 or one.role == "drums"
        else replace(one, low=plan.low, high=plan.high)
        for one, plan in zip(found, plans, strict=True)
    ]  # fmt: skip


def _scaled(notes: Sequence[Note], scale: float) -> tuple[Note, ...]:
    """Return notes in other ticks."""
    if scale == 1.0:
        return tuple(notes)
    return tuple(
        replace(
            note,
            onset_tick=round(note.onset_tick * scale),
            duration_tick=max(1, round(note.duration_tick * scale)),
        )
        for note in notes
    )


def _with_accents(
    score: Score, melody: Part, notes: tuple[Note, ...], intensity: int
) -> tuple[Note, ...]:
    """Return drums whose kick goes with what the melody stresses off the beat, once a bar at most."""
    kick = drum_key("kick")
    struck = {note.onset_tick for note in notes if note.pitch in (kick, 35, 36)}
    near = score.resolution // 6
    used: set[int] = set()
    added = []
    for note in melody.notes:
        bar = score.bar_at(note.onset_tick)
        off = (note.onset_tick - score.bars[bar].start_tick) % score.resolution
        is_late = (
            off * 2 >= score.resolution and note.duration_tick >= _ACCENT_QN * score.resolution
        )
        if not is_late or bar in used or any(abs(t - note.onset_tick) <= near for t in struck):
            continue
        used.add(bar)
        added.append(
            Note(
                onset_tick=note.onset_tick,
                duration_tick=score.resolution // 4,
                pitch=kick,
                velocity=min(120, 66 + 8 * intensity),
            )
        )
    return (*notes, *added) if notes else notes
