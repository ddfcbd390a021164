"""From a plan to a score: every part written, humanised, spelled, and set into place.

Conventions: scores are in concert pitch (only octave transpositions are kept); parts come in score
order (melody, counter-line, horns, comping, pads, strings, bass, drums); a part that would be silent
is left out; one voice never overlaps itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from motet.arranger.bass import write_bass
from motet.arranger.cast import choose_parts
from motet.arranger.comping import write_comping
from motet.arranger.drums import write_drums
from motet.arranger.form import section_title
from motet.arranger.humanise import humanise, swing_note
from motet.arranger.lead_sheet import LeadSheet
from motet.arranger.lines import write_counter, write_held
from motet.arranger.melody import write_melody
from motet.arranger.plan import Plan, Stroke
from motet.arranger.request import ArrangeRequest
from motet.arranger.restraint import restrain
from motet.arranger.style import PartSpec, Style
from motet.language import Language, say
from motet.score import ChordSymbol, KeySignature, Note, Part, Score, Section, Tempo, Text
from motet.theory.instrument import find_instrument
from motet.theory.pitch import spell_line, spell_pitch
from motet.units import DEFAULT_RESOLUTION, qpm_to_quarter_us

__all__ = ["write_score"]

_SINGLE = frozenset({"melody", "bass", "counter"})


def _shown_name(part: Part, specs: tuple[PartSpec, ...], style: Style, language: Language) -> str:
    """Return what a part is called: its style's name, or the instrument that took its place."""
    if part.role == "melody":
        return say("Melody", "旋律", language=language)
    own = next((spec for spec in style.parts if spec.name == part.name), None)
    spec = next((spec for spec in specs if spec.name == part.name), None)
    if own is None or spec is None:
        return part.name
    if spec.instrument != own.instrument:
        return find_instrument(spec.instrument).name_in(language=language)
    return say(own.name, own.name_zh, language=language)


def _strokes_of(plan: Plan, spec: PartSpec, melody: list[Stroke]) -> list[Stroke]:
    has_rows = any(
        layer.owner == spec.name for groove in plan.style.grooves for layer in groove.layers
    )
    if spec.role == "drums":
        return write_drums(plan)
    if spec.role == "bass":
        return write_bass(plan, spec)
    if spec.role == "counter" and not has_rows:
        return write_counter(plan, spec, melody=melody)
    if has_rows:
        return write_comping(plan, spec)
    return write_held(plan, spec)


def _clean(strokes: list[Stroke], *, single: bool, end_tick: int) -> list[Stroke]:
    """Return strokes in order, none outlasting the next of its pitch (or of its voice)."""
    ordered = sorted(strokes, key=lambda s: (s.tick, s.pitch, -s.duration_tick))
    last: dict[int, int] = {}
    out: list[Stroke | None] = []
    for stroke in ordered:
        key = 0 if single else stroke.pitch
        k = last.get(key)
        before = out[k] if k is not None else None
        if before is not None and k is not None:
            if before.tick == stroke.tick:
                continue
            if before.tick + before.duration_tick > stroke.tick:
                out[k] = Stroke(
                    before.tick, stroke.tick - before.tick, before.pitch, before.velocity
                )
        last[key] = len(out)
        out.append(stroke)
    kept = []
    for stroke in (s for s in out if s is not None):
        length = min(stroke.duration_tick, end_tick - stroke.tick)
        if length > 0:
            kept.append(Stroke(stroke.tick, length, stroke.pitch, stroke.velocity))
    return kept


def _spellings(plan: Plan, strokes: list[Stroke]) -> tuple[str, ...]:
    """Return the names of notes: what a line leads to decides, then the chord and the key."""
    pitches = [stroke.pitch for stroke in strokes]
    tones = [plan.span_at(stroke.tick + 20).chord.tones() for stroke in strokes]
    fifths = plan.key.fifths
    if all(one.tick + 20 < two.tick for one, two in pairwise(strokes)):
        return spell_line(pitches, fifths=fifths, chord_tones=tones)
    return tuple(
        spell_pitch(pitch, fifths=fifths, chord_tones=own)
        for pitch, own in zip(pitches, tones, strict=True)
    )


def _notes(plan: Plan, strokes: list[Stroke], *, is_drums: bool) -> tuple[Note, ...]:
    names = ("",) * len(strokes) if is_drums else _spellings(plan, strokes)
    return tuple(
        Note(
            onset_tick=stroke.tick,
            duration_tick=stroke.duration_tick,
            pitch=stroke.pitch,
            velocity=stroke.velocity,
            spelling=name,
        )
        for stroke, name in zip(strokes, names, strict=True)
    )


def _part(
    plan: Plan, spec: PartSpec, strokes: list[Stroke], request: ArrangeRequest
) -> Part | None:
    if not strokes:
        return None
    is_drums = spec.role == "drums"
    is_line = spec.n_voices == 1 and spec.role not in ("bass", "drums")
    role = "voice" if is_line else spec.role
    strokes = restrain(plan, strokes, role=role, low=spec.low, high=spec.high)
    played = humanise(plan, strokes, role=spec.role, name=spec.name, amount=request.humanise)
    played = _clean(played, single=spec.role in _SINGLE, end_tick=plan.end_tick)
    instrument = None if is_drums else find_instrument(spec.instrument)
    shift = 0 if instrument is None else instrument.transposition_semi
    return Part(
        name=spec.name,
        notes=_notes(plan, played, is_drums=is_drums),
        program=spec.program,
        is_drums=is_drums,
        channel=9 if is_drums else -1,
        role=spec.role,
        transposition_semi=shift if shift % 12 == 0 else 0,
        n_staves=2 if _has_left_hand(plan, spec) else 1,
    )


def _has_left_hand(plan: Plan, spec: PartSpec) -> bool:
    """Whether a part has rows for a left hand in any groove of the plan."""
    grooves = {bar.groove.name: bar.groove for bar in plan.bars}.values()
    return any(
        layer.owner == spec.name and layer.layer == "bass" and spec.role != "bass"
        for groove in grooves
        for layer in groove.layers
    )


def _melody_part(
    plan: Plan, request: ArrangeRequest, sheet: LeadSheet | None, swap: str
) -> tuple[Part | None, list[Stroke]]:
    spec = plan.style.melody
    instrument = find_instrument(swap) if swap else find_instrument(spec.instrument)
    if sheet is not None and sheet.melody is not None:
        own = sheet.melody
        program = own.program or instrument.program
        if swap:
            program = instrument.program
        notes = tuple(swing_note(plan, note) for note in own.notes)
        part = replace(own, name="Melody", notes=notes, program=program, role="melody", channel=-1)
        line = [Stroke(n.onset_tick, n.duration_tick, n.pitch, n.velocity) for n in own.notes]
        return part, line
    if not request.melody or sheet is not None:
        return None, []
    if swap:
        low = max(spec.low, instrument.low)
        high = min(spec.high, instrument.high)
        if high - low < 9:
            low, high = instrument.comfortable_low, instrument.comfortable_high
        spec = replace(spec, low=low, high=high)
    strokes = write_melody(plan, spec)
    as_part = PartSpec(
        name="Melody", name_zh="旋律", role="melody", instrument=instrument.name,
        program=instrument.program, low=spec.low, high=spec.high,
    )  # fmt: skip
    return _part(plan, as_part, strokes, request), strokes


def write_score(
    plan: Plan,
    request: ArrangeRequest,
    *,
    sheet: LeadSheet | None = None,
    progress: Callable[[int, int], None] | None = None,
    language: Language = "en",
) -> Score:
    """Return the score of a plan, for the parts that were asked for.

    Parameters
    ----------
    plan : Plan
    request : ArrangeRequest
    sheet : LeadSheet or None
        Whose melody is kept, note for note.
    progress : callable or None
        Called with (parts done, parts in all).
    language : Language
        Of title, part and section names.

    Returns
    -------
    Score

    Examples
    --------
    >>> import motet
    >>> piece = motet.arrange("| C | F |", style="bossa", bars=2, seed=1).piece
    >>> write_score(piece.plan, piece.request) == piece.score
    True
    """
    specs, wishes = choose_parts(plan.style, request.parts)
    swap = wishes.get("melody", "")
    wants_melody = swap != "none"
    total = len(specs) + 1
    melody_part, line = _melody_part(plan, request, sheet, "" if swap == "none" else swap)
    if not wants_melody and sheet is None:
        melody_part = None
    plan = replace(plan, rubs=_find_rubs(plan, line))
    parts = [melody_part] if melody_part is not None else []
    for k, spec in enumerate(specs):
        if progress is not None:
            progress(k + 1, total)
        part = _part(plan, spec, _strokes_of(plan, spec, line), request)
        if part is not None:
            parts.append(part)
    if progress is not None:
        progress(total, total)
    named = tuple(
        replace(part, name=_shown_name(part, specs, plan.style, language)) for part in parts
    )
    return _set_score(plan, request, named, sheet, language)


def _find_rubs(plan: Plan, melody: list[Stroke]) -> dict[int, tuple[int, ...]]:
    """Return, by chord span, the chord tones a semitone under a note that the melody dwells on.

    Such a tone makes a minor second or ninth below the tune, so arrangers leave it out. Guide tones of
    dominants stay, for they name the chord.
    """
    found: dict[int, tuple[int, ...]] = {}
    notes = sorted(melody, key=lambda stroke: stroke.tick)
    at = 0
    for span in plan.harmony:
        while at < len(notes) and notes[at].tick + notes[at].duration_tick <= span.start_tick:
            at += 1
        sung: dict[int, int] = {}
        for stroke in notes[at:]:
            if stroke.tick >= span.end_tick:
                break
            end = min(stroke.tick + stroke.duration_tick, span.end_tick)
            length = end - max(stroke.tick, span.start_tick)
            sung[stroke.pitch % 12] = sung.get(stroke.pitch % 12, 0) + length
        least = DEFAULT_RESOLUTION // 2
        rubs = {(pc - 1) % 12 for pc, length in sung.items() if length >= least}
        rubs &= set(span.chord.pcs)
        if span.chord.is_dominant:
            rubs -= set(span.chord.guide_tones)
        if rubs:
            found[span.start_tick] = tuple(sorted(rubs))
    return found


def _set_score(
    plan: Plan,
    request: ArrangeRequest,
    parts: tuple[Part, ...],
    sheet: LeadSheet | None,
    language: Language,
) -> Score:
    style = plan.style
    own = sheet.score if sheet is not None else None
    chords = []
    for k, span in enumerate(plan.harmony):
        before = plan.harmony[k - 1].chord if k else None
        if span.chord != before and not (k == 0 and not span.chord.pcs):
            chords.append(ChordSymbol(tick=span.start_tick, symbol=span.chord.symbol))
    tempos = _tempos(plan, language)
    if own is not None and own.tempos and request.qpm is None:
        tempos = own.tempos
    title = request.title or (own.title if own is not None else "")
    if not title:
        key = plan.key.name(language=language)
        title = say(f"{style.title} in {key}", f"{style.title_zh} · {key}", language=language)
    metres = own.metres if own is not None else (plan.bars[0].metre,)
    texts = () if own is None else own.texts
    swings = {bar.groove.swing for bar in plan.bars} if plan.swing is None else {plan.swing}
    if max(swings) > 0.53 and plan.bars[0].metre.denominator <= 4:
        texts = (*texts, Text(tick=0, text="Swing", kind="expression"))
    sections = _sections(plan, language) if own is None else own.sections
    keys = own.keys if own is not None and own.keys and request.key is None else ()
    return Score(
        parts=parts,
        resolution=DEFAULT_RESOLUTION,
        tempos=tempos,
        metres=metres,
        keys=keys or (KeySignature(tick=0, fifths=plan.key.fifths, mode=plan.key.mode),),
        bar_lengths=() if own is None else own.bar_lengths,
        chords=tuple(chords),
        sections=sections,
        repeats=() if own is None else own.repeats,
        endings=() if own is None else own.endings,
        texts=texts,
        title=title,
        composer=own.composer if own is not None else "Motet",
        lyricist=own.lyricist if own is not None else "",
        length_tick=plan.end_tick,
    )


def _sections(plan: Plan, language: Language) -> tuple[Section, ...]:
    if plan.bars[-1].section == 0:
        return ()
    found = []
    for bar in plan.bars:
        if bar.bar_in_section == 0:
            en, zh = section_title(bar.label)
            found.append(Section(tick=bar.start_tick, label=say(en, zh, language=language)))
    return tuple(found)


def _tempos(plan: Plan, language: Language) -> tuple[Tempo, ...]:
    text = say(plan.style.title, plan.style.title_zh, language=language)
    tempos = [Tempo(tick=0, quarter_us=qpm_to_quarter_us(plan.qpm), text=text)]
    if plan.style.ending == "ritard" and len(plan.bars) > 3 and plan.bars[-1].is_ending:
        bar = plan.bars[-2]
        steps = 4
        for k in range(1, steps + 1):
            tick = bar.start_tick + round(bar.duration_tick * k / steps)
            slower = plan.qpm * (1.0 - 0.07 * k)
            tempos.append(Tempo(tick=tick, quarter_us=qpm_to_quarter_us(slower)))
    return tuple(tempos)
