"""The band: the arranger plays the new style under a tune; what is kept is put back, note for note.

Conventions: at `motet.units.DEFAULT_RESOLUTION`. The band is silent in a pickup, plays fills where a
section ends and a last chord with the last bar. A kept part takes the place of the style's part of its
role. Chords never double the tune in its own register, drums do not beat through a slowing end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from motet.arranger.ensemble import write_score
from motet.arranger.lead_sheet import LeadSheet
from motet.arranger.plan import Plan
from motet.arranger.request import ArrangeRequest
from motet.arranger.sheet_plan import plan_lead_sheet
from motet.arranger.style import Style
from motet.language import Language
from motet.score import KeySignature, Note, Part, Score, Section
from motet.tasks.restyle.lay import lay_for
from motet.tasks.restyle.texture import play_voices
from motet.tasks.restyle.voices import write_voices
from motet.theory.chord import Chord
from motet.theory.scale import Key

__all__ = ["LEFT_HAND", "BandWish", "play_band"]

LEFT_HAND = "Left Hand"
"""Name of the part that a pianist's other hand plays."""

_NEAR_SEMI = 2
_CHORDAL = frozenset({"comping", "pad", "strings", "horns"})
_SLOWER = 0.9
_LOW_TUNE = 57
_QUARTET, _CHOIR = "string-quartet", "choral"


@dataclass(frozen=True, kw_only=True)
class BandWish:
    """What the band plays under.

    Parameters
    ----------
    frame : Score
        Bars, metres, keys, repeats and tempo of the result; its parts do not matter.
    melody : Part
        The tune, straight.
    key : Key
    chords : tuple of (tick, Chord)
    sections : tuple of Section
    style : Style
    is_voiced : bool
        Whether inner voices are led one by one.
    qpm : float, quarter notes a minute
    keeps_tempo : bool
        Whether the frame's tempo map stays.
    intensity : int, 1 to 5
    swing : float or None, 0 to 1
    seed : int
    humanise : float, 0 to 2
    without : frozenset of str
        Roles that kept parts have taken.
    language : Language
    """

    frame: Score
    melody: Part
    key: Key
    chords: tuple[tuple[int, Chord], ...]
    sections: tuple[Section, ...]
    style: Style
    is_voiced: bool
    qpm: float
    keeps_tempo: bool = False
    intensity: int = 3
    swing: float | None = None
    seed: int = 0
    humanise: float = 1.0
    without: frozenset[str] = frozenset()
    language: Language = "en"


def play_band(wish: BandWish) -> tuple[Score, Plan]:
    """Return the band's score, the tune as its first part, and the plan behind it.

    Parameters
    ----------
    wish : BandWish

    Returns
    -------
    Score, Plan
        The tune has the notes that came in; chords are written into the score.

    Examples
    --------
    >>> play_band.__name__
    'play_band'
    """
    own = tuple(spec for spec in wish.style.parts if spec.role not in wish.without)
    style = replace(wish.style, parts=_cleared(own, wish.melody), ending=_ending(wish))
    request = ArrangeRequest(
        style=style.name, qpm=wish.qpm, intensity=wish.intensity, seed=wish.seed,
        swing=wish.swing, humanise=wish.humanise, title=wish.frame.title,
    )  # fmt: skip
    frame = replace(wish.frame, sections=wish.sections, chords=(), texts=(), parts=(wish.melody,))
    frame = lay_for(frame, style)
    sheet = LeadSheet(frame, wish.melody, wish.key, wish.chords, "symbols")
    plan = plan_lead_sheet(request, style, sheet)
    plan = _hush_start(plan, wish.frame)
    written = write_score(plan, request, sheet=sheet, language=wish.language)
    tempos = wish.frame.tempos if wish.keeps_tempo else written.tempos
    band = [part for part in written.parts if part.role != "melody"]
    if wish.is_voiced:
        band = write_voices(plan, wish.melody, band, key=wish.key, ties=style.name != _CHOIR)
        if style.name == _QUARTET and wish.intensity > 2:
            band = play_voices(plan, band)
    hands = {spec.name_zh for spec in style.parts if spec.name == LEFT_HAND} | {LEFT_HAND}
    band = [replace(part, n_staves=1) if part.name in hands else part for part in band]
    band = [_thinned(part, wish.melody) if part.role in _CHORDAL else part for part in band]
    score = replace(
        written,
        parts=(replace(wish.melody, role="melody"), *band),
        tempos=tempos,
        metres=wish.frame.metres,
        bar_lengths=wish.frame.bar_lengths,
        keys=_with_mode(wish),
        sections=wish.frame.sections,
        texts=(*wish.frame.texts, *written.texts),
    )
    return _calm_end(score), plan


def _ending(wish: BandWish) -> str:
    """Return how the band ends: it holds its last chord where the tune holds its last note."""
    last = wish.frame.bars[-1]
    held = max((note.end_tick for note in wish.melody.notes), default=0) - last.start_tick
    is_long = held >= last.duration_tick // 2
    return "hold" if wish.style.ending == "stab" and is_long else wish.style.ending


def _with_mode(wish: BandWish) -> tuple[KeySignature, ...]:
    """Return the key signatures of the frame, the first with its mode told."""
    own = wish.frame.keys
    if not own or own[0].tick > 0:
        return (KeySignature(tick=0, fifths=wish.key.fifths, mode=wish.key.mode), *own)
    if own[0].mode:
        return own
    return (replace(own[0], mode=wish.key.mode), *own[1:])


def _hush_start(plan: Plan, frame: Score) -> Plan:
    """Return a plan in which nobody plays before the tune's upbeat, written as a bar with rests."""
    first = min((n.onset_tick for part in frame.parts for n in part.notes), default=0)
    bars = list(plan.bars)
    for k, bar in enumerate(bars[:-2]):
        if bar.is_pickup:
            continue
        if first < bar.start_tick + bar.duration_tick // 2:
            break
        hushed = replace(bar.groove, drums=(), layers=())
        bars[k] = replace(bar, groove=hushed, is_pickup=True, is_fill=False)
    return replace(plan, bars=tuple(bars))


def _cleared(specs: Sequence, melody: Part) -> tuple:  # type: ignore[type-arg]
    """Return parts whose chords lie below the tune where the tune is low enough to be covered."""
    pitches = [note.pitch for note in melody.notes if note.duration_tick]
    if not pitches:
        return tuple(specs)
    floor, middle = (int(np.percentile(pitches, share)) for share in (20, 45))
    found = []
    for spec in specs:
        if spec.role == "counter":
            high = max(spec.low + 12, min(spec.high, middle))
            spec = replace(spec, high=min(spec.high, high))
        if spec.role in _CHORDAL and spec.high > floor + 1:
            high = max(spec.low + 12, min(spec.high, floor + 1), 62)
            spec = replace(spec, high=min(spec.high, high))
        if spec.role in _CHORDAL and float(np.median(pitches)) < _LOW_TUNE:
            spec = replace(spec, n_voices=min(spec.n_voices, 3), velocity=spec.velocity - 8)
        found.append(spec)
    return tuple(found)


def _thinned(part: Part, melody: Part) -> Part:
    """Return a chordal part without the notes that rub against the tune: a second beside it."""
    kept = []
    tune = [note for note in melody.notes if note.duration_tick]
    starts = np.array([note.onset_tick for note in tune], dtype=np.int64)
    ends = np.array([note.end_tick for note in tune], dtype=np.int64)
    pitches = np.array([note.pitch for note in tune], dtype=np.int64)
    for note in part.notes:
        overlap = np.minimum(ends, note.end_tick) - np.maximum(starts, note.onset_tick)
        beside = (np.abs(pitches - note.pitch) <= _NEAR_SEMI) & (pitches != note.pitch)
        if (beside & (overlap > min(120, note.duration_tick // 2))).any():
            continue
        kept.append(note)
    return replace(part, notes=_refilled(part.notes, tuple(kept)))


def _refilled(before: tuple[Note, ...], kept: tuple[Note, ...]) -> tuple[Note, ...]:
    """Return the kept notes; where a stroke lost all of its notes, one an octave lower stands in."""
    onsets = {note.onset_tick for note in kept}
    lost: dict[int, Note] = {}
    for note in before:
        if note.onset_tick not in onsets:
            lost.setdefault(note.onset_tick, note)
    down = [replace(one, pitch=one.pitch - 12) for one in lost.values() if one.pitch >= 52]
    return (*kept, *down)


def _calm_end(score: Score) -> Score:
    """Return the score without drum strokes where its tempo falls at the end, but for the last chord's."""
    if len(score.tempos) < 2 or score.n_bars < 3:
        return score
    last = score.bars[-1]
    main = max(one.qpm for one in score.tempos)
    slow = [
        one.tick for one in score.tempos
        if one.qpm < _SLOWER * main and one.tick >= score.bars[-3].start_tick
    ]  # fmt: skip
    if not slow:
        return score
    parts = []
    for part in score.parts:
        if part.is_drums:
            notes = tuple(
                note for note in part.notes
                if note.onset_tick < slow[0] or abs(note.onset_tick - last.start_tick) < 60
            )  # fmt: skip
            part = replace(part, notes=notes)
        parts.append(part)
    return replace(score, parts=tuple(parts))
