"""The frame of a piece that is to be written: bars, metre, tempo, key, harmony and form, no notes.

Conventions: plan first, notes second. What the brief leaves open comes from the arranger's planning in
the style that stands nearest (`motet.tasks.kin`), from the emotion and from the seed. A progression
without a form or a number of bars is played until there are 16 bars, and an ending bar follows, as
the arranger does. Ticks are at `motet.units.DEFAULT_RESOLUTION`.

Offers `Frame`, `plan_frame`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from motet.arranger.form import section_title
from motet.arranger.plan import HarmonySpan, Plan, rng_for
from motet.arranger.planning import plan_invented, plan_progression
from motet.arranger.request import ArrangeRequest
from motet.arranger.style import Style
from motet.brief import Brief, MetreChange, settle_emotion
from motet.brief.style_name import style_title
from motet.language import Language, say
from motet.score import ChordSymbol, KeySignature, Metre, Score, Section
from motet.tasks.avoidance import refuse_clashes
from motet.tasks.curve import blend_harmony, curve_tempos
from motet.tasks.emotion import mood_style
from motet.tasks.kin import kin_style
from motet.tasks.manner import settle_manner
from motet.tasks.returning import Change, order_labels, plan_changes, vary_harmony
from motet.tasks.surprise import choose_surprising
from motet.theory.chord import Chord
from motet.theory.progression import split_bar
from motet.theory.scale import Key, parse_key
from motet.units import DEFAULT_RESOLUTION

__all__ = ["Frame", "FrameSection", "plan_frame"]

_BLOCK = 8
_SEED_STEP = 7001  # so that no two returns share their chords
_SIXTEEN = ("A8 A8", "A8 B4 A4", "A4 A4 B4 A4", "A8 B8")  # period, rounded, quatrain, two parts
_SIXTEEN_SHARES = (0.2, 0.3, 0.15, 0.35)


@dataclass(frozen=True, slots=True)
class FrameSection:
    """A section: label, bars from 0, half-open, where its model begins (-1: none), how it differs."""

    label: str
    start_bar: int
    end_bar: int
    model_bar: int = -1
    change: Change = ""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What a piece is before it has notes.

    Parameters
    ----------
    score : Score
        Bars, metres, key, tempo, chords and sections; no parts.
    key : Key
    style : Style
        The arranger's style nearest to the one asked for.
    qpm : float, quarter notes a minute
    sections : tuple of FrameSection
    """

    score: Score
    key: Key
    style: Style
    qpm: float
    sections: tuple[FrameSection, ...]

    @property
    def n_bars(self) -> int:
        """How many bars there are."""
        return self.score.n_bars


def plan_frame(brief: Brief, *, language: Language = "en") -> Frame:
    """Return the frame of a brief.

    Parameters
    ----------
    brief : Brief
    language : Language
        Of title and section names.

    Returns
    -------
    Frame

    Raises
    ------
    ParameterError
        The chords or the form cannot be read, or the style has no such groove.
    ConstraintError
        Key or chords are what is to be avoided.

    Examples
    --------
    >>> frame = plan_frame(Brief(form="A4 B4 A4", key="F", metre="4/4, 5: 3/4, 9: 4/4"))
    >>> frame.n_bars, [one.model_bar for one in frame.sections]
    (12, [-1, -1, 0])
    >>> [bar.duration_tick for bar in frame.score.bars[3:6]]
    [1920, 1440, 1440]
    """
    brief = settle_emotion(settle_manner(brief))
    plain = kin_style(brief.style)
    style = mood_style(plain, brief)
    first = brief.metres[0] if brief.metres else None
    request = ArrangeRequest(
        style=style.name,
        key=brief.key or _mood_key(brief, style),
        metre=f"{first.numerator}/{first.denominator}" if first else None,
        qpm=brief.qpm,
        form=_form_text(brief),
        bars=None if brief.form else brief.bars,
        intensity=brief.intensity or 3,
        seed=brief.seed,
        groove=brief.groove,
        avoid=brief.avoid,
        surprise=brief.surprise,
    )
    if brief.chords:
        plan = plan_progression(request, style, brief.chords)
    else:
        plan = choose_surprising(plan_invented(request, style), brief, plain)
        plan = blend_harmony(brief, plain, partial(plan_invented, request), plan)
    changes = _changes(plan, brief)
    if not brief.chords and not brief.emotion_curve:
        own = replace(request, key=plan.key.name())
        plan = vary_harmony(
            plan,
            changes,
            lambda nth: plan_invented(replace(own, seed=brief.seed + nth * _SEED_STEP), style),
        )
    score = _lay(plan, brief, style, language)
    refuse_clashes(brief, plan.key, score)
    qpm = score.tempos[0].qpm
    return Frame(
        score=score, key=plan.key, style=style, qpm=qpm, sections=_sections(plan, score, changes)
    )


def _form_text(brief: Brief) -> str | None:
    """Return the form asked for, or one for the bars asked for; None leaves it to the chords."""
    if brief.form:
        return brief.form
    if brief.chords:
        return None
    n_bars = brief.bars or 3 * _BLOCK
    n_blocks = max(1, n_bars // _BLOCK + (n_bars % _BLOCK >= 4))
    labels = order_labels(n_blocks, seed=brief.seed)
    if n_bars == 2 * _BLOCK:
        rng = rng_for(brief.seed, "form")
        return str(rng.choice(_SIXTEEN, p=_SIXTEEN_SHARES))
    sizes = [_BLOCK] * n_blocks
    sizes[-1] = n_bars - _BLOCK * (n_blocks - 1)
    return " ".join(f"{label}{size}" for label, size in zip(labels, sizes, strict=True))


def _mood_key(brief: Brief, style: Style) -> str | None:
    """Return a key of the style that fits the emotion (minor for a low valence) and what is avoided."""
    if brief.chords or (brief.emotion is None and not {"minor", "major"} & set(brief.avoid)):
        return None
    wants_minor = brief.emotion is not None and brief.emotion[0] < 0
    if {"minor", "major"} & set(brief.avoid):
        wants_minor = "major" in brief.avoid
    fitting = [name for name in style.keys if parse_key(name).is_minor == wants_minor]
    if not fitting:
        fitting = ["A minor", "D minor", "E minor"] if wants_minor else ["C", "G", "F"]
    return fitting[brief.seed % len(fitting)]


def _metres(brief: Brief, plan: Plan) -> list[MetreChange]:
    """Return the metre of every bar."""
    own = plan.bars[0].metre
    changes = list(brief.metres) or [MetreChange(1, own.numerator, own.denominator)]
    found, at = [], 0
    for bar in range(len(plan.bars)):
        while at + 1 < len(changes) and changes[at + 1].bar <= bar + 1:
            at += 1
        found.append(changes[at])
    return found


def _lay(plan: Plan, brief: Brief, style: Style, language: Language) -> Score:
    """Return the score of a plan without notes, its bars in the metres that the brief asks for."""
    metres = _metres(brief, plan)
    chords: list[ChordSymbol] = []
    events: list[Metre] = []
    sections: list[Section] = []
    starts: list[int] = []
    tick = 0
    for bar, metre in zip(plan.bars, metres, strict=True):
        starts.append(tick)
        event = Metre(tick=tick, numerator=metre.numerator, denominator=metre.denominator)
        if not events or (events[-1].numerator, events[-1].denominator) != (
            metre.numerator,
            metre.denominator,
        ):
            is_same = (bar.metre.numerator, bar.metre.denominator) == (
                metre.numerator,
                metre.denominator,
            )
            groups = bar.metre.groups if is_same else ()
            event = Metre(
                tick=tick,
                numerator=metre.numerator,
                denominator=metre.denominator,
                groups=groups,
            )
            events.append(event)
        if bar.bar_in_section == 0 and plan.bars[-1].section > 0:
            sections.append(
                Section(tick=tick, label=say(*section_title(bar.label), language=language))
            )
        spans = [span for span in plan.harmony if bar.start_tick <= span.start_tick < bar.end_tick]
        for start, chord in _lay_chords(spans, bar.start_tick, bar.metre, events[-1]):
            if not chords or chords[-1].symbol != chord.symbol:
                chords.append(ChordSymbol(tick=tick + start, symbol=chord.symbol))
        tick += round(metre.bar_qn * DEFAULT_RESOLUTION)
    title = brief.title
    if not title:
        name = style_title(brief.style or plan.style.name, language=language)
        key = plan.key.name(language=language)
        title = say(f"{name} in {key}", f"{name} · {key}", language=language)
    mode = plan.key.mode
    return Score(
        resolution=DEFAULT_RESOLUTION,
        tempos=curve_tempos(brief, style, float(plan.qpm), starts),
        metres=tuple(events),
        keys=(KeySignature(tick=0, fifths=plan.key.fifths, mode=mode),),
        chords=tuple(chords),
        sections=tuple(sections),
        title=title,
        composer="Motet",
        length_tick=tick,
    )


def _lay_chords(
    spans: list[HarmonySpan], start_tick: int, planned: Metre, metre: Metre
) -> list[tuple[int, Chord]]:
    """Return where in a bar each of its chords begins, in ticks; spread anew in another metre."""
    if planned.bar_qn == metre.bar_qn:
        return [(span.start_tick - start_tick, span.chord) for span in spans]
    places = [0.0]
    for length in split_bar(max(1, len(spans)), metre.beats_qn):
        places.append(places[-1] + length)
    return [
        (round(place * DEFAULT_RESOLUTION), span.chord)
        for place, span in zip(places, spans, strict=False)
    ]


def _changes(plan: Plan, brief: Brief) -> dict[int, Change]:
    """Return how each section that returns differs, by the bar in which it begins."""
    starts = [bar for bar in plan.bars if bar.bar_in_section == 0]
    told = [(bar.label, bar.index, bar.section_bars) for bar in starts]
    return plan_changes(told, style=brief.style, repeats=brief.repeats, seed=brief.seed)


def _sections(plan: Plan, score: Score, changes: Mapping[int, Change]) -> tuple[FrameSection, ...]:
    """Return the sections, each with the earlier one of its label that has its bars and chords."""
    starts = [bar.index for bar in plan.bars if bar.bar_in_section == 0] + [len(plan.bars)]
    found: list[FrameSection] = []
    for start, end in pairwise(starts):
        label = plan.bars[start].label
        model = next(
            (
                one.start_bar
                for one in found
                if one.label == label and _alike(score, one, start, end)
            ),
            -1,
        )
        change: Change = changes.get(start, "") if model >= 0 else ""
        found.append(FrameSection(label, start, end, model, change))
    return tuple(found)


def _alike(score: Score, model: FrameSection, start: int, end: int) -> bool:
    """Whether a section has the metres of an earlier one, as far as both go."""
    n = min(end - start, model.end_bar - model.start_bar)
    return n > 2 and all(
        score.bars[start + k].duration_tick == score.bars[model.start_bar + k].duration_tick
        for k in range(n)
    )
