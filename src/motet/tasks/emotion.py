"""An emotion made music: tempo, chords, cast and playing of a piece moved towards it.

Conventions: every function returns what it was given when there is no emotion, and leaves alone what the
brief names. How far each means moves says `motet.brief.Mood`.

Source: see `motet.brief.emotion`; diminished, Neapolitan and borrowed chords: Walter Piston, Harmony
(Norton, 1941), on the diminished seventh and the Neapolitan sixth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from motet.arranger.style import Style
from motet.brief import Brief, Mood, curve_at, find_mood
from motet.score import Note, Part, Score
from motet.tasks.cast import PartPlan
from motet.theory.scale import parse_key

__all__ = ["mood_cast", "mood_qpm", "mood_score", "mood_style"]

_MINOR = {
    "tense": (
        "i | bII | viio7 | i | iv | viio7 | V7 | i",
        "i | iio | V7b9 | i | bVI | bII | V7 | i",
        "i | viio7 | i | bII | bVI | iv | viio7 | V7",
    ),
    "dark": (
        "i | iv | iio | V7 | i | bVI | iv | V7",
        "i | viio7 | iv | i | iio | i | iv | V7b9",
        "i | bVI | iio | viio7 | i | bII | V7 | i",
    ),
}
_MAJOR = {
    "tense": (
        "I | bVI | iiø7 | V7b9 | vi | iv | bII | V7",
        "vi | iv | III7 | vi | ii | iiø7 | V7b9 | vi",
        "I | iv | bVI | bII | vi | viio7 | III7 | V7",
    ),
    "dark": (
        "vi | ii | III | vi | IV | ii | iv | V",
        "I | iii | vi | iv | ii | vi | iv | V",
        "vi | iii | IV | iv | vi | ii | iv | V7",
    ),
}
"""Major keys whose music is to sound unpleasant: about the sixth degree, with borrowed chords."""
_GLAD_MINOR = (
    "bIII | bVII | bVI | bIII | iv | bIII | bVII | i",
    "i | bVII | bIII | bVI | bIII | bVII | bIII | bVII",
    "bVI | bIII | bVII | bIII | bVI | bIII | IV | bVII",
)
"""Minor keys whose music is to sound pleasant: about the third degree, in major chords."""
_COUNTER = 1.6  # how much further registers move where the mode cannot
_FEW_MINOR = 0.26  # of a progression's chords, so that it still sounds bright
_GLAD = 0.3  # the valence from which minor brightens
_SEVENTHS = {"i": "i7", "iv": "iv7", "iio": "iim7b5", "bVI": "bVImaj7", "bII": "bIImaj7"}
_SLOWER, _FASTER = 0.75, 1.05  # how far beyond a style's own tempos a mood may go
_MOVED = frozenset({"melody", "solo", "counter", "comping", "pad", "strings", "voice"})
_DETACHED = frozenset({"melody", "solo", "counter", "comping", "bass", "horns"})
_LEAST_SPAN_SEMI = 12


def _mood(brief: Brief) -> Mood | None:
    """Return what the brief's emotion asks for, None without one."""
    return None if brief.emotion is None else find_mood(brief.emotion)


def mood_style(style: Style, brief: Brief) -> Style:
    """Return a style whose progressions fit the emotion: they darken for a low valence.

    In minor they brighten for a high one, so that valence has harmony as a means in either mode.

    Parameters
    ----------
    style : Style
        A blues keeps its own.
    brief : Brief

    Returns
    -------
    Style

    Examples
    --------
    >>> from motet.tasks.kin import kin_style
    >>> mood_style(kin_style("pop"), Brief(emotion="tense")).progressions["minor"][0][:8]
    'i | bII '
    """
    mood = _mood(brief)
    if mood is None or brief.emotion is None or style.colour == "blues":
        return style
    names = {} if style.colour == "triads" else _SEVENTHS

    def lay(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(" | ".join(names.get(one, one) for one in text.split(" | ")) for text in texts)

    if mood.harmony in _MINOR:
        found = {"minor": lay(_MINOR[mood.harmony]), "major": lay(_MAJOR[mood.harmony])}
        return replace(style, progressions=found)
    if brief.emotion[0] >= _GLAD:
        own = {
            name: _brightest(one) for name, one in style.progressions.items() if "minor" not in name
        }
        return replace(style, progressions={**own, "minor": lay(_GLAD_MINOR)})
    return style


def _brightest(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of some progressions with the fewest minor chords; a plain one if none has few."""

    def share(text: str) -> float:
        names = [one for one in text.replace("|", " ").split() if one != "-"]
        return sum(one.lstrip("b#")[:1].islower() for one in names) / max(1, len(names))

    ranked = sorted(texts, key=share)
    kept = tuple(text for text in ranked if share(text) <= _FEW_MINOR)
    return kept or (*ranked[:1], "I | IV | I | V")


def mood_qpm(usual_qpm: float, style: Style, brief: Brief) -> float:
    """Return the tempo: what was asked for, else the usual one, moved by the emotion.

    Parameters
    ----------
    usual_qpm : float, quarter notes a minute
    style : Style
        Its slowest and fastest tempos may be passed a little, no more.
    brief : Brief

    Returns
    -------
    float, quarter notes a minute, 20 to 400

    Examples
    --------
    >>> from motet.tasks.kin import kin_style
    >>> mood_qpm(108, kin_style("pop"), Brief(emotion="sad"))
    80.0
    """
    mood = _mood(brief)
    if brief.qpm is not None or mood is None:
        return usual_qpm
    slow, usual, fast = style.qpm
    bent = usual_qpm / usual if usual_qpm > fast or usual_qpm < slow else 1.0
    low, high = slow * bent * _SLOWER, fast * bent * _FASTER
    moved = min(high, max(low, usual_qpm * mood.tempo_ratio))
    return float(min(400, max(20, round(moved))))


def mood_cast(cast: Sequence[PartPlan], brief: Brief) -> tuple[PartPlan, ...]:
    """Return the cast with registers and densities moved by the emotion.

    Parameters
    ----------
    cast : sequence of PartPlan
    brief : Brief

    Returns
    -------
    tuple of PartPlan
        What was asked of a part stays; a register stays on its instrument.

    Examples
    --------
    >>> from motet.tasks.cast import choose_cast
    >>> brief = Brief(parts="flute", emotion="happy")
    >>> plain, = choose_cast(brief)
    >>> glad, = mood_cast([plain], brief)
    >>> glad.low - plain.low, glad.density[1] > plain.density[1]
    (4, True)
    """
    mood = _mood(brief)
    if mood is None:
        return tuple(cast)
    if _is_against(brief):
        mood = replace(mood, register_semi=round(_COUNTER * mood.register_semi))
    return tuple(_moved(plan, mood) for plan in cast)


def _is_against(brief: Brief) -> bool:
    """Whether the key that is named has the mode that the emotion does not ask for."""
    if not brief.key or brief.emotion is None:
        return False
    return parse_key(brief.key).is_minor == (brief.emotion[0] > 0)


def _moved(plan: PartPlan, mood: Mood) -> PartPlan:
    """Return one part moved by a mood."""
    if plan.is_drums:
        return plan
    changes: dict[str, object] = {}
    if plan.role in _MOVED and not plan.asked & {"low", "high"}:
        found = plan.found
        low = max(found.low, plan.low + mood.register_semi)
        high = min(found.high, plan.high + mood.register_semi)
        if high - low >= min(_LEAST_SPAN_SEMI, plan.high - plan.low):
            changes |= {"low": low, "high": high}
    if plan.density is not None and "density" not in plan.asked:
        changes["density"] = tuple(round(one * mood.density_ratio, 3) for one in plan.density)
    return replace(plan, **changes)  # type: ignore[arg-type]


def mood_score(score: Score, cast: Sequence[PartPlan], brief: Brief) -> Score:
    """Return a finished score played in the mood: louder or softer, short notes detached.

    Parameters
    ----------
    score : Score
        Part k is ``cast[k]``.
    cast : sequence of PartPlan
        A part whose rhythm was asked for keeps its durations.
    brief : Brief

    Returns
    -------
    Score
        The same notes at the same places.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.cast import choose_cast
    >>> brief = Brief(parts="flute", emotion="excited")
    >>> played = mood_score(make_score("C4:1 E4:3 | C4:4"), choose_cast(brief), brief)
    >>> note = played.parts[0].notes[0]
    >>> note.velocity > 80, note.duration_tick < 480
    (True, True)
    """
    mood = _mood(brief)
    if mood is None:
        return score
    last_tick = score.bars[-1].start_tick if score.bars else 0
    curve = brief.emotion_curve
    moods = [find_mood(curve_at(curve, bar + 1)) if curve else mood for bar in range(score.n_bars)]
    parts: list[Part] = []
    for k, (part, plan) in enumerate(zip(score.parts, cast, strict=True)):
        detaches = plan.role in _DETACHED and not plan.rhythm and not plan.is_drums
        if brief.articulation or (k < len(brief.parts) and brief.parts[k].articulation):
            detaches = False
        longest_tick = score.resolution if detaches else 0
        notes = tuple(
            _played(
                note,
                moods[score.bar_at(note.onset_tick)],
                longest_tick if note.onset_tick < last_tick else 0,
            )
            for note in part.notes
        )
        parts.append(replace(part, notes=notes))
    return score.with_parts(*parts)


def _played(note: Note, mood: Mood, longest_tick: int) -> Note:
    """Return a note louder or softer, and detached if it is no longer than `longest_tick`."""
    velocity = min(120, max(20, note.velocity + mood.velocity_shift))
    duration = note.duration_tick
    if 0 < duration <= longest_tick:
        duration = max(1, round(duration * mood.held_share))
    return replace(note, velocity=velocity, duration_tick=duration)
