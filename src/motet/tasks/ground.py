"""The ground: parts that the arranger writes over a frame, under the same chords, metres and form.

Conventions: a part takes the rows of the style's part of its role, played by its own instrument in its
own range; roles that the style lacks hold chords or answer the melody. A part never sounds where it
must rest; what lies outside a range that was asked for is moved by octaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from motet.arranger.ensemble import write_score
from motet.arranger.lead_sheet import read_lead_sheet
from motet.arranger.plan import Plan
from motet.arranger.request import ArrangeRequest
from motet.arranger.sheet_plan import plan_lead_sheet
from motet.arranger.style import PartSpec, Style
from motet.arranger.style_file import find_style
from motet.score import Note, Part
from motet.tasks.cast import PartPlan
from motet.tasks.frame import Frame
from motet.tasks.manner import Manner
from motet.tasks.returning import refresh_ground
from motet.theory.instrument import find_instrument

__all__ = ["lay_ground", "plan_ground"]

_DRUMMER = "pop"  # whose drums play where the style itself has none
_AS = {"voice": "pad", "solo": "counter"}
_NEAR = {
    "comping": ("comping", "pad"), "pad": ("pad", "strings"), "strings": ("strings", "pad"),
    "horns": ("horns",), "counter": ("counter",), "bass": ("bass",), "drums": ("drums",),
}  # fmt: skip


def plan_ground(
    frame: Frame,
    *,
    seed: int = 0,
    intensity: int = 3,
    swing: float | None = None,
    manner: Manner | None = None,
) -> Plan:
    """Return the arranger's plan of a frame: its bars, chords, metres and sections.

    Parameters
    ----------
    frame : Frame
    seed : int, >= 0
    intensity : int, 1 to 5
    swing : float or None, 0 to 1
        0 straight, 1 triplets; None is the style's.
    manner : Manner or None
        How it is played.

    Returns
    -------
    Plan

    Examples
    --------
    >>> from motet.brief import Brief
    >>> from motet.tasks.frame import plan_frame
    >>> plan = plan_ground(plan_frame(Brief(bars=8, key="C", metre="4/4, 5: 3/4")))
    >>> len(plan.bars), plan.bars[4].duration_tick
    (8, 1440)
    """
    how = manner or Manner()
    has_groove = any(one.name == how.groove for one in frame.style.grooves)
    request = ArrangeRequest(
        style=frame.style.name, qpm=frame.qpm, intensity=intensity, seed=seed, swing=swing,
        groove=how.groove if has_groove else "", feel=how.feel, avoid=how.avoid,
    )  # fmt: skip
    sheet = replace(read_lead_sheet(frame.score, key=frame.key), key=frame.key)
    plan = plan_lead_sheet(request, frame.style, sheet)
    if how.is_refreshed:
        plan = refresh_ground(plan, frame.sections)
    if not how.levels:
        return plan
    bars = tuple(
        replace(bar, intensity=min(5, max(1, bar.intensity + how.levels[bar.index] - intensity)))
        for bar in plan.bars
    )
    return replace(plan, bars=bars)


def lay_ground(
    frame: Frame,
    plans: Sequence[PartPlan],
    wanted: Sequence[int],
    *,
    seed: int = 0,
    intensity: int = 3,
    swing: float | None = None,
    humanise: float = 0.0,
    manner: Manner | None = None,
) -> dict[int, Part]:
    """Return the parts that the arranger writes over a frame.

    Parameters
    ----------
    frame : Frame
    plans : sequence of PartPlan
        The whole cast.
    wanted : sequence of int
        Which of them to write.
    seed : int, >= 0
    intensity : int, 1 to 5
    swing : float or None, 0 to 1
        0 straight, 1 triplets; None is the style's.
    humanise : float, 0 to 2
        0 keeps the grid (swing stays).
    manner : Manner or None
        How it is played.

    Returns
    -------
    dict of int to Part
        Index in `plans` to its part. Melodies and solos sing one tune; a second one answers it.

    Examples
    --------
    >>> from motet.brief import Brief
    >>> from motet.tasks.cast import choose_cast
    >>> from motet.tasks.frame import plan_frame
    >>> brief = Brief(parts="flute,piano,acoustic_bass,drums", bars=4, key="C")
    >>> parts = lay_ground(plan_frame(brief), choose_cast(brief), [1, 2, 3])
    >>> [parts[k].role for k in sorted(parts)], all(part.notes for part in parts.values())
    (['comping', 'bass', 'drums'], True)
    """
    plan = plan_ground(frame, seed=seed, intensity=intensity, swing=swing, manner=manner)
    singer = next((k for k in wanted if plans[k].role in ("melody", "solo")), None)
    specs: dict[int, PartSpec] = {}
    for k in wanted:
        if k != singer:
            specs[k] = _spec(frame.style, plans[k], tuple(specs.values()))
    style = replace(frame.style, parts=tuple(specs.values()))
    if singer is not None:
        voice = plans[singer]
        style = replace(
            style,
            melody=replace(
                style.melody, instrument=voice.instrument, low=voice.low, high=voice.high
            ),
        )
    request = ArrangeRequest(
        style=style.name, qpm=frame.qpm, intensity=intensity, seed=seed, humanise=humanise, swing=swing,
        melody=singer is not None,
    )  # fmt: skip
    written = write_score(replace(plan, style=style), request)
    found: dict[int, Part] = {}
    for k in wanted:
        name = "Melody" if k == singer else specs[k].name
        source = next((part for part in written.parts if part.name == name), None)
        notes = () if source is None else source.notes
        found[k] = _fitted(frame, plans[k], notes)
    silent = [k for k in wanted if plans[k].is_drums and not found[k].notes]
    if silent and frame.style.name != _DRUMMER:
        drummed = replace(frame, style=find_style(_DRUMMER))
        found |= lay_ground(
            drummed, plans, silent, seed=seed, intensity=intensity, swing=swing, humanise=humanise,
            manner=manner,
        )  # fmt: skip
    return found


def _spec(style: Style, plan: PartPlan, taken: tuple[PartSpec, ...]) -> PartSpec:
    """Return the arranger's part for a planned one: rows of the style's part of its role, if any."""
    role = _AS.get(plan.role, plan.role)
    role = "counter" if role == "melody" else role
    names = {spec.name for spec in taken}
    for near in _NEAR[role]:
        for spec in style.parts:
            if spec.role == near and spec.name not in names:
                return _played(spec, plan, role=near)
    name = plan.name if plan.name not in names else f"{plan.name} *"
    return _played(
        PartSpec(name=name, name_zh=name, role=role, instrument="", program=0), plan, role
    )


def _played(spec: PartSpec, plan: PartPlan, role: str) -> PartSpec:
    """Return a part of the arranger's, played by the planned instrument within its bounds."""
    program = 0 if plan.is_drums else plan.program
    return replace(
        spec,
        role=role,
        instrument=spec.instrument if plan.is_drums else plan.instrument,
        program=program,
        low=plan.low,
        high=plan.high,
        n_voices=min(spec.n_voices, plan.polyphony),
        levels=(1, 5),
    )


def _fitted(frame: Frame, plan: PartPlan, notes: tuple[Note, ...]) -> Part:
    """Return a part with its notes silent in its rests and inside the bounds asked for."""
    bars = frame.score.bars
    asked = {"low", "high"} & plan.asked
    found = find_instrument(plan.instrument)
    low = plan.low if asked else found.low
    high = plan.high if asked else found.high
    kept: list[Note] = []
    silent = [(bars[b].start_tick, bars[b].end_tick) for b in sorted(plan.rests) if b < len(bars)]
    for note in notes:
        bar = frame.score.bar_at(note.onset_tick)
        if bar in plan.rests:
            continue
        end = min([note.end_tick, *(start for start, _ in silent if start > note.onset_tick)])
        pitch = note.pitch if plan.is_drums else _folded(note.pitch, low, high)
        if pitch >= 0:
            kept.append(replace(note, pitch=pitch, duration_tick=end - note.onset_tick))
    return replace(plan.as_part(), notes=tuple(dict.fromkeys(kept)))


def _folded(pitch: int, low: int, high: int) -> int:
    """Return a pitch moved by octaves into a range; -1 where the range has no such note."""
    if pitch < low:
        pitch += 12 * -(-(low - pitch) // 12)
    elif pitch > high:
        pitch -= 12 * -(-(pitch - high) // 12)
    return pitch if low <= pitch <= high else -1
