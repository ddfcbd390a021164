"""What a brief wants avoided: refused where it clashes with what is asked, kept, and checked.

Conventions: what each trait means says `motet.brief.avoid`. Single lines that may not leap are melodies,
solos, counter-lines and voices; a bass may. Strokes of drums hold nothing, so that they never count as
syncopated.

Offers `avoid_in_cast`, `outside_tones`, `refuse_clashes`, `restrain_score`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from motet.arranger.plan import Stroke
from motet.arranger.restraint import beat_ticks, key_tones, smooth_line, steady_strokes
from motet.brief import Brief, avoid_title
from motet.engine.cell_table import lay_table
from motet.engine.rules import CellRules
from motet.errors import ConstraintError, ParameterError
from motet.score import Note, Part, Score
from motet.tasks.cast import PartPlan
from motet.tasks.harmony import read_harmony
from motet.theory.instrument import find_instrument
from motet.theory.scale import Key
from motet.tokens.vocab import POSITIONS_PER_QN

__all__ = [
    "LEAPING",
    "all_beats",
    "avoid_in_cast",
    "comfort_bound",
    "outside_tones",
    "refuse_clashes",
    "restrain_score",
    "sounding_bound",
]

LEAPING = frozenset({"melody", "solo", "counter", "voice"})
"""Roles of single lines that can be asked not to leap."""
_LEAST_SPAN_SEMI = 9


def avoid_in_cast(cast: Sequence[PartPlan], brief: Brief, score: Score) -> tuple[PartPlan, ...]:
    """Return the cast within what is to be avoided: registers cut, nothing that was asked for touched.

    Parameters
    ----------
    cast : sequence of PartPlan
    brief : Brief
    score : Score
        The frame, with its bars.

    Returns
    -------
    tuple of PartPlan

    Raises
    ------
    ConstraintError
        A part that is asked for, its range or its rhythm, is what is to be avoided.

    Examples
    --------
    >>> from motet.tasks.cast import choose_cast
    >>> brief = Brief(parts="flute", avoid="high notes")
    >>> from motet.score import make_score
    >>> avoid_in_cast(choose_cast(brief), brief, make_score("C4:4"))[0].high
    83
    """
    found = []
    for plan in cast:
        for name in brief.avoid:
            if name in (plan.role, plan.instrument):
                raise _clash(name, f"the part {plan.name}", f"声部“{plan.name_zh}”")
        if "syncopation" in brief.avoid and _is_syncopated(plan, score):
            raise _clash("syncopation", f"the rhythm of {plan.name}", f"“{plan.name_zh}”的节奏")
        found.append(_in_register(plan, brief))
    return tuple(found)


def _clash(name: str, what: str, what_zh: str) -> ConstraintError:
    """Return the refusal of something that is both asked for and to be avoided."""
    en, zh = avoid_title(name)
    return ConstraintError(
        f"avoid names {en}, but {what} is asked for; drop one of them",
        zh=f"avoid 要求不要{zh},但又要求了{what_zh};请去掉其一",
    )


def comfort_bound(plan: PartPlan, name: str) -> int:
    """Return the pitch that a part may not pass: where the outer third of its instrument begins.

    Parameters
    ----------
    plan : PartPlan
    name : str
        ``"high notes"`` or ``"low notes"``.

    Returns
    -------
    int, MIDI number

    Examples
    --------
    >>> from motet.tasks.cast import plan_part
    >>> from motet.brief import PartBrief
    >>> comfort_bound(plan_part(PartBrief(instrument="violin"), role="melody"), "high notes")
    81
    """
    return _bound_of(plan.found.comfortable_low, plan.found.comfortable_high, name)


def sounding_bound(part: Part, name: str) -> int:
    """Return the same for a part of a score, whose instrument its name or its program tells.

    Parameters
    ----------
    part : Part
    name : str
        ``"high notes"`` or ``"low notes"``.

    Returns
    -------
    int, MIDI number

    Examples
    --------
    >>> sounding_bound(Part(name="Violin 2", program=40), "low notes")
    69
    """
    found = find_instrument(part.program)
    try:
        named = find_instrument(part.name.rstrip(" 0123456789"))
    except ParameterError:
        named = found
    own = named if named.program == part.program else found
    return _bound_of(own.comfortable_low, own.comfortable_high, name)


def _bound_of(low: int, high: int, name: str) -> int:
    span = high - low
    return low + (2 * span) // 3 if name == "high notes" else high - (2 * span) // 3


def _in_register(plan: PartPlan, brief: Brief) -> PartPlan:
    """Return a part below or above the bound of what is to be avoided."""
    names = [name for name in ("high notes", "low notes") if name in brief.avoid]
    if plan.is_drums or not names:
        return plan
    low, high = plan.low, plan.high
    for name in names:
        bound = comfort_bound(plan, name)
        is_high = name == "high notes"
        side = "high" if is_high else "low"
        asked = (plan.high if is_high else plan.low) if side in plan.asked else None
        other = (low if is_high else high) if ("low" if is_high else "high") in plan.asked else None
        if (asked is not None and (asked > bound if is_high else asked < bound)) or (
            other is not None and (other > bound if is_high else other < bound)
        ):
            raise _clash(
                name,
                f"the range {plan.low} to {plan.high} of {plan.name}",
                f"{plan.name_zh}的音域 {plan.low} 到 {plan.high}",
            )
        if is_high:
            high = min(high, bound)
            low = low if high - low >= _LEAST_SPAN_SEMI else max(plan.found.low, high - 12)
        else:
            low = max(low, bound)
            high = high if high - low >= _LEAST_SPAN_SEMI else min(plan.found.high, low + 12)
    if len(names) > 1:  # the middle third, whatever is wide enough
        low, high = comfort_bound(plan, "low notes"), comfort_bound(plan, "high notes")
        low = max(low, plan.low) if "low" in plan.asked else low
        high = min(high, plan.high) if "high" in plan.asked else high
    return replace(plan, low=low, high=high, asked=plan.asked | {"low", "high"})


def _is_syncopated(plan: PartPlan, score: Score) -> bool:
    """Whether a fixed rhythm holds a note from off the beat over the next beat, in any bar."""
    beats = all_beats(score)
    for bar in score.bars if plan.rhythm else ():
        for start, size in plan.rhythm[bar.index % len(plan.rhythm)]:
            onset = bar.start_tick + float(start) * bar.duration_tick
            end = onset + float(size) * bar.duration_tick
            at = bisect_right(beats, onset + 1)
            is_off = abs(beats[at - 1] - onset) > 1
            if is_off and at < len(beats) and end > beats[at] + 1:
                return True
    return False


def refuse_clashes(
    brief: Brief, key: Key, score: Score, *, bars: Collection[int] | None = None
) -> None:
    """Raise where the key or the chords that are asked for are to be avoided.

    Parameters
    ----------
    brief : Brief
    key : Key
        Of the piece.
    score : Score
        The frame, with its chords.
    bars : collection of int or None
        Where chords are given by the score itself; None where only the brief gives some.

    Raises
    ------
    ConstraintError
        The message names both.

    Examples
    --------
    >>> from motet.score import make_score
    >>> refuse_clashes(Brief(key="A minor", avoid="minor"), Key("A", "minor"), make_score("A4:4"))
    Traceback (most recent call last):
    ...
    motet.errors.ConstraintError: avoid names minor, but A minor is asked for; drop one of them
    """
    if "minor" in brief.avoid and "major" in brief.avoid:
        raise ConstraintError(
            "avoid names both minor and major, and every key is one of them; drop one",
            zh="avoid 同时不要小调和大调,而调必居其一;请去掉其一",
        )
    mode = "minor" if key.is_minor else "major"
    if mode in brief.avoid:
        raise _clash(mode, key.name(), key.name(language="zh"))
    if not brief.chords and bars is None:
        return
    for chord in [one.chord for one in read_harmony(score, bars=bars) if one.chord.root]:
        if "seventh chords" in brief.avoid and len(chord.pcs) > 3:
            raise _clash("seventh chords", f"the chord {chord.symbol}", f"和弦 {chord.symbol}")
        if "chromatic notes" in brief.avoid and set(chord.pcs) - key_tones(key):
            raise _clash(
                "chromatic notes", f"the chord {chord.symbol}, outside {key.name()},",
                f"{key.name(language='zh')}之外的和弦 {chord.symbol}",
            )  # fmt: skip


def outside_tones(brief: Brief, key: Key) -> frozenset[int]:
    """Return the pitch classes that no note may have.

    Parameters
    ----------
    brief : Brief
    key : Key

    Returns
    -------
    frozenset of int, 0 to 11

    Examples
    --------
    >>> sorted(outside_tones(Brief(avoid="chromatic notes"), Key("C")))
    [1, 3, 6, 8, 10]
    """
    if "chromatic notes" not in brief.avoid:
        return frozenset()
    return frozenset(range(12)) - key_tones(key)


def restrain_score(
    score: Score,
    rules: dict[tuple[int, int], CellRules],
    cast: Sequence[PartPlan],
    avoid: Collection[str],
    *,
    shift_semi: int,
) -> Score:
    """Return a straight score whose written cells neither leap nor syncopate.

    Parameters
    ----------
    score : Score
    rules : dict of (bar, part) to CellRules
        Of the cells that a model wrote; they still hold afterwards.
    cast : sequence of PartPlan
    avoid : collection of str
    shift_semi : int, semitones
        From sounding to normalised pitch.

    Returns
    -------
    Score

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.cast import choose_cast
    >>> cells = {(0, 0): CellRules(low=55, high=79, n_positions=96, scale=frozenset({0, 4, 5, 7}))}
    >>> score = make_score("C4:1.5 G4:1.5 E5:1")
    >>> cast = choose_cast(Brief(parts="flute"))
    >>> done = restrain_score(score, cells, cast, ("leaps", "syncopation"), shift_semi=0)
    >>> [(note.pitch, note.onset_tick) for note in done.parts[0].notes]
    [(64, 0), (67, 960), (72, 1440)]
    """
    if not {"leaps", "syncopation"} & set(avoid):
        return score
    parts = []
    for k, part in enumerate(score.parts):
        open_bars = {bar for bar, row in rules if row == k}
        if open_bars and not part.is_drums:
            part = _restrained(score, part, k, rules, cast[k], avoid, shift_semi)
        parts.append(part)
    return score.with_parts(*parts)


def _restrained(
    score: Score,
    part: Part,
    k: int,
    rules: dict[tuple[int, int], CellRules],
    plan: PartPlan,
    avoid: Collection[str],
    shift_semi: int,
) -> Part:
    """Return one part without syncopation and leaps."""
    notes = list(part.notes)

    def options(tick: int) -> list[int]:
        bar = score.bar_at(tick)
        if (bar, k) not in rules:
            return []
        one = rules[bar, k]
        place = score.bars[bar]
        length = one.n_positions or round(place.duration_tick * POSITIONS_PER_QN / score.resolution)
        at = round((tick - place.start_tick) * POSITIONS_PER_QN / score.resolution)
        allowed = lay_table(one, length, False).at(min(at, length - 1))
        return [pitch - shift_semi for pitch in range(128) if allowed[pitch]]

    if "syncopation" in avoid and not plan.rhythm:
        notes = _steadied(score, notes, options)
    is_line = len({note.onset_tick for note in notes}) == len(notes)
    if "leaps" in avoid and plan.role in LEAPING and is_line:
        ordered = sorted(notes, key=lambda note: note.onset_tick)
        line = smooth_line([n.pitch for n in ordered], lambda j: options(ordered[j].onset_tick))
        notes = [
            note if note.pitch == pitch else replace(note, pitch=pitch, spelling="")
            for note, pitch in zip(ordered, line, strict=True)
        ]
    return replace(part, notes=tuple(notes))


def _steadied(
    score: Score, notes: Sequence[Note], options: Callable[[int], Collection[int]]
) -> list[Note]:
    """Return notes that begin on the beat over which they are held, where their pitch may."""
    beats = all_beats(score)
    groups: dict[int, list[Note]] = {}
    for note in notes:
        groups.setdefault(note.onset_tick, []).append(note)
    strokes = [
        Stroke(onset, min(note.duration_tick for note in group), group[0].pitch, 80)
        for onset, group in groups.items()
    ]
    found = []
    for group, moved in zip(groups.values(), steady_strokes(strokes, beats), strict=True):
        onset, onsets = moved.tick, options(moved.tick)
        if onset != group[0].onset_tick and any(note.pitch not in onsets for note in group):
            onset = group[0].onset_tick
        at = bisect_right(beats, onset)
        on_beat = at > 0 and beats[at - 1] == onset
        for note in group:  # a chord moves as one; what still hangs over ends at the beat
            end = note.end_tick if on_beat or at >= len(beats) else min(note.end_tick, beats[at])
            if (onset, end) != (note.onset_tick, note.end_tick):
                note = replace(note, onset_tick=onset, duration_tick=end - onset, ties_tick=())
            found.append(note)
    return found


def all_beats(score: Score) -> list[int]:
    """Return every beat of a score, and its end.

    Parameters
    ----------
    score : Score

    Returns
    -------
    list of int, ticks

    Examples
    --------
    >>> from motet.score import make_score
    >>> all_beats(make_score("C4:3", metre="3/4"))
    [0, 480, 960, 1440]
    """
    found = [
        tick
        for bar in score.bars
        for tick in beat_ticks(
            bar.metre,
            start_tick=bar.start_tick,
            end_tick=bar.end_tick,
            unit_tick=score.resolution,
        )
    ]
    return [*found, score.bars[-1].end_tick]
