"""From words in bars to a sung line: rhythms for the model, echoes between lines, notes with syllables.

Conventions: bars and ticks are those of the score; `shift` is 1 where an upbeat stands before the first
bar of the plan. The pitches that the model wrote are taken in order; a section that repeats another takes
its pitches where its rhythm is the same, and the pitch that sounded there elsewhere.

Offers `line_echoes`, `line_rhythms`, `sing_words`, `with_upbeat`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from motet.arranger.plan import rng_for
from motet.score import BarLength, Lyric, Metre, Note, Score, Span
from motet.tasks.cast import PartPlan
from motet.tasks.echo import Echo
from motet.tasks.harmony import HeldHarmony, bent_tones, chord_tones
from motet.tasks.melody.setting import Set
from motet.tasks.melody.settle import Sung, settle_tones
from motet.tasks.melody.verse import Verse, VerseLine
from motet.theory.pitch import spell_line, spell_pitch
from motet.theory.scale import Key
from motet.tokens.vocab import POSITIONS_PER_QN
from motet.units import DEFAULT_RESOLUTION

__all__ = ["line_echoes", "line_rhythms", "sing_words", "with_upbeat"]

_FORMS = {
    2: ({1: 0},), 3: ({1: 0}, {2: 0}), 4: ({2: 0}, {1: 0, 3: 1}, {1: 0, 3: 0}, {2: 0, 3: 1}),
}  # fmt: skip
_LONG_TICK = 3 * DEFAULT_RESOLUTION // 2
_MELISMA_SHARE = 0.25
_STEP = DEFAULT_RESOLUTION // POSITIONS_PER_QN


def with_upbeat(
    score: Score, verses: tuple[Verse, ...], metre: Metre
) -> tuple[Score, tuple[Verse, ...], int]:
    """Return score and verses with a pickup bar where the first line begins before the first bar.

    Parameters
    ----------
    score : Score
        The frame.
    verses : tuple of Verse
    metre : Metre

    Returns
    -------
    (Score, tuple of Verse, int)
        The verses' bars stay as they are, their ticks move; the last is 1 if there is a pickup.

    Examples
    --------
    >>> with_upbeat.__name__
    'with_upbeat'
    """
    first = verses[0].lines[0].sets[0].tick
    if first >= 0:
        return score, verses, 0
    beat = round(float(metre.beats_qn[0]) * DEFAULT_RESOLUTION)
    size = -(first // beat) * beat
    moved = replace(
        score,
        chords=tuple(replace(one, tick=one.tick + size) for one in score.chords),
        sections=tuple(replace(one, tick=one.tick + size) for one in score.sections),
        bar_lengths=(BarLength(tick=0, duration_tick=size),),
        length_tick=score.length_tick + size,
    )
    return moved, tuple(_moved(verse, size) for verse in verses), 1


def _moved(verse: Verse, size: int) -> Verse:
    """Return a section whose syllables are sung later."""
    lines = tuple(
        replace(line, sets=tuple(replace(one, tick=one.tick + size) for one in line.sets))
        for line in verse.lines
    )
    return replace(verse, lines=lines)


def line_rhythms(score: Score, verses: tuple[Verse, ...]) -> dict[int, tuple[tuple[int, int], ...]]:
    """Return the rhythm of every bar in which a syllable begins, in grid positions.

    Parameters
    ----------
    score : Score
    verses : tuple of Verse

    Returns
    -------
    dict of int to tuple of (position, duration)

    Examples
    --------
    >>> line_rhythms.__name__
    'line_rhythms'
    """
    found: dict[int, list[tuple[int, int]]] = {}
    for verse in verses:
        for line in verse.lines:
            for one in line.sets:
                bar = score.bar_at(one.tick)
                start = score.bars[bar].start_tick
                pair = ((one.tick - start) // _STEP, max(1, one.duration_tick // _STEP))
                found.setdefault(bar, []).append(pair)
    return {bar: tuple(sorted(pairs)) for bar, pairs in found.items()}


def line_echoes(
    score: Score,
    verses: tuple[Verse, ...],
    rhythms: Mapping[int, tuple[tuple[int, int], ...]],
    *,
    shift: int,
    seed: int,
) -> dict[int, Echo]:
    """Return which bars of a song take up which: lines that answer each other within a section.

    Parameters
    ----------
    score : Score
    verses : tuple of Verse
    rhythms : mapping of int to tuple
    shift : int
    seed : int, >= 0

    Returns
    -------
    dict of int to Echo
        Only between bars of one rhythm.

    Examples
    --------
    >>> line_echoes.__name__
    'line_echoes'
    """
    held = HeldHarmony(score)
    found: dict[int, Echo] = {}
    for verse in verses:
        if verse.model >= 0:
            continue
        n = len(verse.lines)
        rng = rng_for(seed, "lines", verse.label)
        forms = _FORMS.get(min(4, n), ({},))
        form = forms[int(rng.integers(len(forms)))]
        for k, line in enumerate(verse.lines):
            like = form.get(k % 4)
            if n > 4 and k >= 4:
                like = k % 4 - k if (k // 4) % 2 == 0 or k // 4 == 1 else like
            if like is None:
                continue
            of = verse.lines[k - k % 4 + like] if k < 4 or like >= 0 else verse.lines[k % 4]
            for j in range(min(line.n_bars, of.n_bars)):
                bar, model = line.start_bar + j + shift, of.start_bar + j + shift
                is_last = k == n - 1 and j == line.n_bars - 1
                if is_last or not rhythms.get(bar) or rhythms.get(bar) != rhythms.get(model):
                    continue
                is_same = held.are_same(bar, model)
                found[bar] = Echo(model, "copy" if is_same and k != 1 else "shape")
    return found


def sing_words(
    score: Score, verses: tuple[Verse, ...], plan: PartPlan, *, key: Key, seed: int = 0
) -> Score:
    """Return the score with every syllable sung: notes, repeats of sections, tones, lyrics.

    Parameters
    ----------
    score : Score
        Part 0 has the model's notes of the sections that are new.
    verses : tuple of Verse
    plan : PartPlan
        Of the voice.
    key : Key
    seed : int, >= 0
        Decides which long syllables are sung to several notes.

    Returns
    -------
    Score

    Examples
    --------
    >>> sing_words.__name__
    'sing_words'
    """
    held = HeldHarmony(score)
    written = {note.onset_tick: note for note in score.parts[0].notes}
    pitches: list[list[list[int]]] = []
    for verse in verses:
        own: list[list[int]] = []
        model = verses[verse.model] if verse.model >= 0 else None
        for k, line in enumerate(verse.lines):
            if model is not None and k < len(model.lines):
                like, sung = model.lines[k], pitches[verse.model][k]
                found = list(sung) if verse.is_same_words else _adapted(score, line, like, sung)
            else:
                found = [written[one.tick].pitch for one in line.sets]
            is_copy = verse.is_same_words and model is not None
            if not is_copy and any(one.tone for one in line.syllables):
                found = _toned(score, held, line, found, plan, key)
            own.append(found)
        pitches.append(own)
    return _assemble(score, held, verses, pitches, plan, key, seed)


def _adapted(score: Score, line: VerseLine, like: VerseLine, sung: list[int]) -> list[int]:
    """Return the pitches of a line that is sung to another line's tune."""
    offset = (line.start_bar - like.start_bar) * score.bars[-1].duration_tick
    onsets = [one.tick + offset for one in like.sets]
    found = []
    for one in line.sets:
        before = [k for k, tick in enumerate(onsets) if tick <= one.tick]
        found.append(sung[before[-1]] if before else sung[0])
    found[-1] = sung[-1]
    return found


def _toned(
    score: Score,
    held: HeldHarmony,
    line: VerseLine,
    pitches: list[int],
    plan: PartPlan,
    key: Key,
) -> list[int]:
    """Return the pitches of a line bent to its tones."""
    notes = []
    for k, (one, word, pitch) in enumerate(zip(line.sets, line.syllables, pitches, strict=True)):
        chord = held.at(one.tick)
        bar = score.bar_at(one.tick)
        tones = chord_tones(chord)
        pcs = frozenset(
            (held.allowed(key, one.tick) - bent_tones(key, chord)) if tones else key.pcs
        )
        if tones and one.tick in held.strong_ticks(bar):
            pcs = tones
        notes.append(
            Sung(
                pitch=pitch, tone=word.tone, pcs=pcs,
                after_breath=k == 0 or line.syllables[k - 1].breath,
                is_fixed=k == len(pitches) - 1 and bar == score.n_bars - 1,
            )
        )  # fmt: skip
    return list(settle_tones(notes, low=plan.low, high=plan.high))


def _assemble(
    score: Score,
    held: HeldHarmony,
    verses: tuple[Verse, ...],
    pitches: list[list[list[int]]],
    plan: PartPlan,
    key: Key,
    seed: int,
) -> Score:
    """Return the score with notes and lyrics of all lines, each note ended before the next."""
    flat = [
        (one, word, pitch, (verse.label, n, k))
        for verse, own in zip(verses, pitches, strict=True)
        for n, (line, sung) in enumerate(zip(verse.lines, own, strict=True))
        for k, (one, word, pitch) in enumerate(zip(line.sets, line.syllables, sung, strict=True))
    ]
    flat.sort(key=lambda row: row[0].tick)
    line_pitches = [_fitting(held, key, row[2], row[0].tick, plan, score) for row in flat]
    line_pitches[-1] = _closing(held, flat[-1][0], line_pitches[-1], plan)
    tones = [held.at(row[0].tick).tones() for row in flat]
    names = spell_line(line_pitches, fifths=key.fifths, chord_tones=tones)
    ends = [min(one[0].tick + one[0].duration_tick, two[0].tick) for one, two in pairwise(flat)] + [
        min(flat[-1][0].tick + flat[-1][0].duration_tick, score.end_tick)
    ]
    notes: list[Note] = []
    lyrics: list[Lyric] = []
    slurs: list[Span] = []
    for (one, word, _, place), end, pitch, name in zip(
        flat, ends, line_pitches, names, strict=True
    ):
        note = Note(
            onset_tick=one.tick, duration_tick=max(1, end - one.tick), pitch=pitch, spelling=name,
            velocity=(70, 78, 86)[word.weight],
        )  # fmt: skip
        wants = rng_for(seed, "melisma", *place).random() < _MELISMA_SHARE
        is_long = wants and note.duration_tick >= _LONG_TICK
        turned = _turned(note, word.tone, held, key) if is_long and end < flat[-1][0].tick else []
        notes += turned or [note]
        lyrics.append(
            Lyric(
                tick=one.tick, text=_shown(word.text, word.breath), syllabic=word.syllabic,
                extend=bool(turned),
            )
        )  # fmt: skip
        if turned:
            last = turned[-1].end_tick
            slurs.append(Span(kind="slur", start_tick=one.tick, end_tick=last))
    part = replace(
        score.parts[0], notes=tuple(notes), lyrics=tuple(lyrics), spans=tuple(slurs), role="melody"
    )
    return score.with_parts(part)


def _turned(note: Note, tone: int, held: HeldHarmony, key: Key) -> list[Note]:
    """Return a long note sung as three, by the neighbour that its tone leans to; none where it cannot."""
    eighth = DEFAULT_RESOLUTION // 2
    first = max(eighth, note.duration_tick // 2 // eighth * eighth - eighth)
    at = note.onset_tick + first
    allowed = held.allowed(key, at) - bent_tones(key, held.at(at))
    way = -1 if tone in (3, 4, 5) else 1
    if any(
        tick in held.strong_ticks(held.score.bar_at(tick))
        and (tick == at or note.pitch % 12 not in chord_tones(held.at(tick)))
        for tick in (at, at + eighth)
    ):
        return []
    other = next((p for k in (1, 2) if (p := note.pitch + way * k) % 12 in allowed), None)
    if other is None:
        return []
    back = at + eighth
    return [
        replace(note, duration_tick=first),
        replace(note, onset_tick=at, duration_tick=eighth, pitch=other, spelling=spell_pitch(
            other, fifths=key.fifths, chord_tones=held.at(at).tones())),
        replace(note, onset_tick=back, duration_tick=note.end_tick - back),
    ]  # fmt: skip


def _fitting(
    held: HeldHarmony, key: Key, pitch: int, tick: int, plan: PartPlan, score: Score
) -> int:
    """Return a pitch, moved to the nearest that fits where the harmony at a tick is another."""
    chord = held.at(tick)
    tones = chord_tones(chord)
    if not tones:
        return pitch
    allowed = held.allowed(key, tick) - bent_tones(key, chord)
    if tick in held.strong_ticks(score.bar_at(tick)):
        allowed = tones
    if pitch % 12 in allowed:
        return pitch
    near = [p for p in range(plan.low, plan.high + 1) if p % 12 in allowed]
    return min(near, key=lambda p: (abs(p - pitch), p)) if near else pitch


def _closing(held: HeldHarmony, one: Set, pitch: int, plan: PartPlan) -> int:
    """Return the last pitch of a song: the root of its last chord where that is near, else a tone of it."""
    home = held.at(max(one.tick, min(one.tick + one.duration_tick, held.score.end_tick) - 1))
    if not home.root:
        return pitch
    allowed = frozenset(home.pcs[:3])
    first = chord_tones(held.at(one.tick))
    if one.tick in held.strong_ticks(held.score.bar_at(one.tick)) and first:
        allowed = allowed & first or first
    reach = [p for p in range(plan.low, plan.high + 1) if p % 12 in allowed]
    roots = [p for p in reach if p % 12 == home.root_pc and abs(p - pitch) <= 4]
    return min(roots or reach or [pitch], key=lambda p: (abs(p - pitch), p))


def _shown(text: str, breath: bool) -> str:
    """Return a syllable as it stands under its note."""
    return text + "," if breath and text.isascii() else text
