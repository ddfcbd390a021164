"""From a request to a plan: sections, bars, chords, grooves and intensities.

Conventions: plan first, notes second. A progression without a form is played until there are at least
16 bars, and an ending bar follows; a form or a number of bars is obeyed exactly.

Offers `plan_invented`, `plan_progression`; for lead sheets see `motet.arranger.sheet_plan`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from motet.arranger.choice import ask_groove, choose_key, choose_metre, choose_qpm, choose_swing
from motet.arranger.form import FormSection, parse_form, section_intensities, section_kind
from motet.arranger.harmony import BarChords, fit_progression, invent_harmony, tonic_chord
from motet.arranger.plan import BarPlan, HarmonySpan, Plan
from motet.arranger.request import ArrangeRequest
from motet.arranger.style import Style
from motet.arranger.surprise import tame_bars
from motet.score import Metre
from motet.theory.chord import Chord
from motet.theory.key_guess import guess_key
from motet.theory.progression import Progression, parse_progression
from motet.theory.scale import Key, parse_key
from motet.units import DEFAULT_RESOLUTION

__all__ = ["plan_invented", "plan_progression"]

_MIN_BARS = 16


@dataclass(frozen=True)
class _Section:
    form: FormSection
    bars: list[BarChords]


def _assemble(
    request: ArrangeRequest,
    style: Style,
    key: Key,
    metre: Metre,
    sections: list[_Section],
    *,
    has_ending: bool,
) -> Plan:
    """Lay sections of chords into planned bars."""
    forms = tuple(section.form for section in sections)
    levels = section_intensities(forms, intensity=request.intensity)
    bars: list[BarPlan] = []
    harmony: list[HarmonySpan] = []
    tick = 0
    length = round(metre.bar_qn * DEFAULT_RESOLUTION)
    for number, section in enumerate(sections):
        form = section.form
        groove = ask_groove(request, style, metre, form.kind)
        for k, chords in enumerate(section.bars):
            is_last = k == len(section.bars) - 1
            is_final = is_last and number == len(sections) - 1
            bars.append(
                BarPlan(
                    index=len(bars),
                    start_tick=tick,
                    end_tick=tick + length,
                    metre=metre,
                    section=number,
                    label=form.label,
                    kind=form.kind,
                    bar_in_section=k,
                    section_bars=len(section.bars),
                    intensity=levels[number],
                    groove=groove,
                    is_fill=(is_last and not is_final) or _half_way(k, len(section.bars)),
                    is_ending=is_final and has_ending and bool(bars),
                )
            )
            for start_qn, duration_qn, chord in chords:
                start = tick + round(start_qn * DEFAULT_RESOLUTION)
                end = start + round(duration_qn * DEFAULT_RESOLUTION)
                harmony.append(HarmonySpan(start, end, chord))
            tick += length
    if len(bars) > 1 and bars[-1].is_ending:
        bars[-2] = replace(bars[-2], is_fill=True)
    return Plan(
        bars=tuple(bars),
        harmony=tuple(harmony),
        key=key,
        style=style,
        qpm=choose_qpm(request, style, metre),
        seed=request.seed,
        swing=choose_swing(request),
        feel=request.feel,
        avoid=request.avoid,
    )


def _half_way(k: int, n_bars: int) -> bool:
    """Whether a bar ends the first half of a section of 16 bars or more: a small fill goes there."""
    return n_bars >= 16 and k == n_bars // 2 - 1


def _limited(sections: list[FormSection], bars: int | None) -> tuple[FormSection, ...]:
    """Return sections cut, or the last one lengthened, to an exact number of bars."""
    if bars is None:
        return tuple(sections)
    out: list[FormSection] = []
    left = bars
    for section in sections:
        if left <= 0:
            break
        take = min(left, section.n_bars)
        out.append(FormSection(section.label, section.kind, take))
        left -= take
    if left > 0 and out:
        last = out[-1]
        out[-1] = FormSection(last.label, last.kind, last.n_bars + left)
    return tuple(out)


def plan_invented(request: ArrangeRequest, style: Style) -> Plan:
    """Return the plan of a piece whose harmony the arranger invents.

    Parameters
    ----------
    request : ArrangeRequest
    style : Style

    Returns
    -------
    Plan
        Its last bar is an ending on the tonic.

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> plan = plan_invented(ArrangeRequest(form="A4 B4", key="F"), find_style("bossa"))
    >>> len(plan.bars), plan.harmony[-1].chord.symbol
    (8, 'Fmaj7')
    """
    metre = choose_metre(request, style)
    key = choose_key(request, style)
    form = _limited(list(parse_form(request.form or style.form)), request.bars)
    harmony = invent_harmony(
        style, key, form, beats_qn=metre.beats_qn, seed=request.seed, surprise=request.surprise
    )
    sections = [
        _Section(section, tame_bars(bars, key, request.avoid))
        for section, bars in zip(form, harmony, strict=True)
    ]
    return _assemble(request, style, key, metre, sections, has_ending=True)


def plan_progression(request: ArrangeRequest, style: Style, text: str) -> Plan:
    """Return the plan of a piece over a given progression; its chords are obeyed exactly.

    Parameters
    ----------
    request : ArrangeRequest
    style : Style
    text : str
        See `motet.theory.progression.parse_progression`.

    Returns
    -------
    Plan

    Raises
    ------
    ParameterError
        The progression or the form cannot be read.

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> plan = plan_progression(ArrangeRequest(bars=4), find_style("bossa"), "| C | F G |")
    >>> [(span.start_tick, span.chord.symbol) for span in plan.harmony][:3]
    [(0, 'C'), (1920, 'F'), (2880, 'G')]
    """
    metre = choose_metre(request, style)
    given = parse_key(request.key) if request.key is not None else None
    progression = parse_progression(text, beats_qn=metre.beats_qn, key=given)
    key = given or guess_key(progression)
    bars: list[BarChords] = [
        tuple((float(s.start_qn), float(s.duration_qn), s.chord) for s in bar)
        for bar in progression.bars
    ]
    sections = _given_sections(progression, bars)
    if request.form is not None:
        form = _limited(list(parse_form(request.form)), request.bars)
        pool = {section.form.label.lower(): section.bars for section in sections}
        chosen = [
            _Section(entry, fit_progression(_match(entry, pool, bars), entry.n_bars))
            for entry in form
        ]
        return _assemble(request, style, key, metre, chosen, has_ending=True)
    if request.bars is not None:
        if len(sections) == 1:
            chosen = _repeated(sections[0], request.bars)
        else:
            form = _limited([section.form for section in sections], request.bars)
            chosen = [
                _Section(entry, fit_progression(section.bars, entry.n_bars))
                for entry, section in zip(form, sections, strict=False)
            ]
        return _assemble(request, style, key, metre, chosen, has_ending=True)
    if len(sections) == 1:
        unit = len(sections[0].bars)
        times = max(1, -(-_MIN_BARS // unit))
        sections = _repeated(sections[0], unit * times)
    last = sections[-1]
    home = _resting_chord(style, key, bars)
    total = float(metre.bar_qn)
    ended = FormSection(last.form.label, last.form.kind, last.form.n_bars + 1)
    sections[-1] = _Section(ended, [*last.bars, ((0.0, total, home),)])
    return _assemble(request, style, key, metre, sections, has_ending=True)


def _resting_chord(style: Style, key: Key, bars: list[BarChords]) -> Chord:
    """Return the given chord on the tonic if there is one, else the style's tonic chord."""
    for bar in reversed(bars):
        for _, _, chord in reversed(bar):
            if chord.pcs and chord.root_pc == key.tonic_pc and not chord.bass:
                return chord
    return tonic_chord(style, key)


def _given_sections(progression: Progression, bars: list[BarChords]) -> list[_Section]:
    marks = list(progression.sections) or [(0, "A")]
    if marks[0][0] > 0:
        marks.insert(0, (0, "A"))
    found = []
    for k, (start, label) in enumerate(marks):
        end = marks[k + 1][0] if k + 1 < len(marks) else len(bars)
        if end > start:
            form = FormSection(label, section_kind(label), end - start)
            found.append(_Section(form, bars[start:end]))
    return found


def _match(
    entry: FormSection, pool: dict[str, list[BarChords]], bars: list[BarChords]
) -> list[BarChords]:
    if entry.label.lower() in pool:
        return pool[entry.label.lower()]
    for label, found in pool.items():
        if section_kind(label) == entry.kind:
            return found
    return bars


def _repeated(section: _Section, n_bars: int) -> list[_Section]:
    """Return a progression played over and over as sections of about eight bars."""
    unit = len(section.bars)
    per = unit * max(1, 8 // unit)
    found: list[_Section] = []
    done = 0
    while done < n_bars:
        take = min(per, n_bars - done)
        if 0 < n_bars - done - take < max(2, unit // 2):
            take = n_bars - done
        number = len(found)
        label = section.form.label if number % 2 == 0 else "B"
        kind = "verse" if number % 2 == 0 else "chorus"
        form = FormSection(label, kind, take)
        found.append(_Section(form, fit_progression(section.bars, take)))
        done += take
    return found
