"""The tune in the new manner, where it is not kept: pushed ahead of the beat, ornamented, or made plain.

Conventions: one line in, one line out, at `motet.units.DEFAULT_RESOLUTION`. Bars that are alike are treated
alike, so that what returns still returns. How often a style pushes is read off its own melody rhythms.
With ``tune`` kept, no pitch changes and no note is added; with ``rhythm`` kept, no onset moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from motet.arranger.plan import rng_for
from motet.arranger.style import Style
from motet.score import Bar, Lyric, Note
from motet.tasks.restyle.figure import fill_long_notes
from motet.tasks.restyle.keep import Keep
from motet.tasks.restyle.singer import octaves_to
from motet.tasks.restyle.source import Source
from motet.theory.chord import Chord
from motet.theory.chord_scale import chord_scale
from motet.theory.pitch import spell_pitch
from motet.theory.scale import Key
from motet.units import DEFAULT_RESOLUTION

__all__ = ["Tune", "push_rate", "sing_in_style"]

_BEAT = DEFAULT_RESOLUTION
_EIGHTH = _BEAT // 2
_PLAIN_GROUPS = frozenset({"rock", "electronic", "pop"})
_ORNAMENTS: dict[str, tuple[str, ...]] = {
    "classical": ("passing", "neighbour"),
    "folk": ("cut", "passing"),
    "world": ("cut",),
    "jazz": ("approach", "passing"),
    "soul": ("scoop",),
    "latin": ("passing",),
    "screen": (),
}
_ORNAMENTED = {"ragtime": ("passing", "neighbour"), "choral": (), "organ": ("passing",), "trap": ()}
_SHARE = 0.4
_REACH_SEMI = 10
_PLAIN_STYLES, _PLAIN_FROM = frozenset({"choral"}), 0.5


@dataclass(frozen=True, kw_only=True)
class Tune:
    """A tune for the new style.

    Parameters
    ----------
    notes : tuple of Note
    lyrics : tuple of Lyric
        Moved with their notes.
    shift_semi : int, semitones
    n_moved, n_added, n_bent, n_dropped : int
        Notes that begin elsewhere, are new, have another pitch (octaves apart), or are left out.
    """

    notes: tuple[Note, ...]
    lyrics: tuple[Lyric, ...] = ()
    shift_semi: int = 0
    n_moved: int = 0
    n_added: int = 0
    n_bent: int = 0
    n_dropped: int = 0


def push_rate(style: Style) -> float:
    """Return how often a style's melodies come before the beat: 0 never, 1 at every second beat.

    Parameters
    ----------
    style : Style

    Returns
    -------
    float, 0 to 1

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> push_rate(find_style("bossa")) > push_rate(find_style("march"))
    True
    """
    pushed = struck = 0
    for texts in style.melody.rhythms.values():
        for text in texts:
            if len(text) % 4:
                continue
            for beat in range(4, len(text), 4):
                if text[beat] == "-" and "x" in text[beat - 2 : beat]:
                    pushed += 1
                elif text[beat] == "x":
                    struck += 1
    total = pushed + struck
    return min(1.0, 2.0 * pushed / total) if total else 0.0


def sing_in_style(
    source: Source,
    style: Style,
    chords: Sequence[tuple[int, Chord]],
    keep: Keep,
    *,
    strength: float,
    seed: int = 0,
) -> Tune:
    """Return the tune as the new style sings it.

    Parameters
    ----------
    source : Source
    style : Style
    chords : sequence of (tick, Chord)
        Of the result.
    keep : Keep
    strength : float, 0 to 1
    seed : int, >= 0

    Returns
    -------
    Tune
        The source's own notes where ``melody`` is kept.

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> from motet.score import make_score
    >>> from motet.tasks.restyle.keep import read_keep
    >>> from motet.tasks.restyle.source import read_source
    >>> score = make_score("E4:2 D4:1 C4:1 | G4:2 E4:2 | D4:2 B3:2 | C4:4")
    >>> found = read_source(score)
    >>> done = sing_in_style(found, find_style("bossa"), found.chords, read_keep("tune", score), strength=1.0)
    >>> [note.pitch for note in done.notes] == [note.pitch for note in found.melody], done.n_moved > 0
    (True, True)
    """
    own = source.score.parts[source.melody_part]
    if "melody" in keep:
        return Tune(notes=source.melody, lyrics=own.lyrics)
    shift = octaves_to(style, source.melody)
    notes = [
        replace(n, pitch=min(127, max(0, n.pitch + shift)), ties_tick=()) for n in source.melody
    ]
    is_plain = style.group in _PLAIN_GROUPS and strength > 0.3 and "tune" not in keep
    line = [
        replace(n, ornaments=()) if is_plain else n
        for n in notes
        if n.duration_tick or not is_plain
    ]
    n_dropped = 0
    if (
        style.name in _PLAIN_STYLES
        and strength >= _PLAIN_FROM
        and not {"tune", "rhythm"} & keep.words
    ):
        n_dropped = len(line)
        line = _on_beats(line, source)
        n_dropped -= len(line)
    starts = [note.onset_tick for note in line]
    if "rhythm" not in keep:
        line = _pushed(line, source, style, strength, seed)
    n_moved = sum(a != note.onset_tick for a, note in zip(starts, line, strict=True))
    moved_to = {a: note.onset_tick for a, note in zip(starts, line, strict=True)}
    lyrics = tuple(replace(one, tick=moved_to.get(one.tick, one.tick)) for one in own.lyrics)
    n_bent = n_added = 0
    if "tune" not in keep:
        if "rhythm" not in keep:
            line, n_filled = fill_long_notes(
                line, source.score, style, chords, key=source.key, strength=strength, seed=seed
            )
            line, n_added = _ornamented(line, source, style, chords, strength, seed)
            n_added += n_filled
        line, n_bent = _bent(line, chords, source.key)
    return Tune(
        notes=tuple(line), lyrics=lyrics, shift_semi=shift,
        n_moved=n_moved, n_added=n_added, n_bent=n_bent, n_dropped=n_dropped,
    )  # fmt: skip


def _on_beats(line: list[Note], source: Source) -> list[Note]:
    """Return the notes that begin on beats, each held until the next: a tune for voices to sing together."""
    score = source.score
    kept: list[Note] = []
    for note in line:
        bar = score.bars[score.bar_at(note.onset_tick)]
        beats = [bar.start_tick]
        for beat in bar.metre.beats_qn:
            beats.append(beats[-1] + round(beat * _BEAT))
        if note.onset_tick in beats or note.duration_tick >= _BEAT or bar.is_irregular:
            kept.append(replace(note, ornaments=(), articulations=()))
        elif kept and note.end_tick > kept[-1].end_tick:
            last = kept[-1]
            kept[-1] = replace(last, duration_tick=note.end_tick - last.onset_tick)
    kept = _singable(kept)
    return [
        note if k + 1 == len(kept) or note.end_tick <= kept[k + 1].onset_tick
        else replace(note, duration_tick=kept[k + 1].onset_tick - note.onset_tick)
        for k, note in enumerate(kept)
    ]  # fmt: skip


def _singable(line: list[Note]) -> list[Note]:
    """Return a line without leaps of a seventh and more where an octave up or down avoids them."""
    out: list[Note] = []
    middle = float(np.median([note.pitch for note in line])) if line else 0.0
    for note in line:
        pitch = note.pitch
        if out:
            options = [p for p in (pitch, pitch - 12, pitch + 12) if abs(p - middle) <= _REACH_SEMI]
            pitch = min(
                options or [pitch], key=lambda p: (abs(p - out[-1].pitch) > 9, abs(p - pitch))
            )
        out.append(replace(note, pitch=pitch))
    return out


def _bar_name(bar: Bar, line: Sequence[Note]) -> str:
    """Return a bar's own notes as a name, so that bars that are alike share their chances."""
    inside = [n for n in line if bar.start_tick <= n.onset_tick < bar.end_tick]
    return " ".join(f"{n.onset_tick - bar.start_tick}:{n.pitch}" for n in inside)


def _pushed(
    line: list[Note], source: Source, style: Style, strength: float, seed: int
) -> list[Note]:
    """Return a line whose longer notes on beats come a quaver early, as often as the style does so."""
    rate = push_rate(style) * strength * 0.75
    if rate < 0.05:
        return line
    out = list(line)
    score = source.score
    sounding = [k for k, note in enumerate(line) if note.duration_tick]
    names = {bar.index: _bar_name(bar, line) for bar in score.bars}
    first_full = next((bar.start_tick for bar in score.bars if bar.number > 0), 0)
    for k in sounding[1:]:
        note, before = out[k], out[k - 1]
        bar = score.bars[score.bar_at(note.onset_tick)]
        place = note.onset_tick - bar.start_tick
        if place % _BEAT or note.duration_tick < _BEAT or not before.duration_tick:
            continue
        if (
            bar.metre.denominator > 4
            or note.onset_tick < first_full
            or bar.index == score.n_bars - 1
        ):
            continue
        early = note.onset_tick - _EIGHTH
        if before.onset_tick > early - _EIGHTH // 2 or (bar.start_tick == 0 and place == 0):
            continue
        weight = 1.0 if place in (0, bar.duration_tick // 2) else 0.6
        rng = rng_for(seed, "push", names[bar.index], place)
        if rng.random() < rate * weight:
            out[k] = replace(note, onset_tick=early, duration_tick=note.duration_tick + _EIGHTH)
            if before.end_tick > early:
                out[k - 1] = replace(before, duration_tick=early - before.onset_tick)
    return out


def _ornamented(
    line: list[Note],
    source: Source,
    style: Style,
    chords: Sequence[tuple[int, Chord]],
    strength: float,
    seed: int,
) -> tuple[list[Note], int]:
    """Return a line with notes added in the manner of the style, and how many."""
    kinds = _ORNAMENTED.get(style.name, _ORNAMENTS.get(style.group, ()))
    if not kinds or strength < 0.2:
        return line, 0
    out: list[Note] = []
    n_added = 0
    score, key = source.score, source.key
    names = {bar.index: _bar_name(bar, line) for bar in score.bars}
    last_bar = score.n_bars - 1
    for k, note in enumerate(line):
        after = line[k + 1] if k + 1 < len(line) else None
        bar = score.bar_at(note.onset_tick)
        rng = rng_for(seed, "ornament", names[bar], note.onset_tick - score.bars[bar].start_tick)
        kind = kinds[int(rng.integers(len(kinds)))]
        wants = rng.random() < _SHARE * strength and note.duration_tick >= _BEAT and bar < last_bar
        chord = next((c for tick, c in reversed(chords) if tick <= note.onset_tick), None)
        added = None
        if wants and chord is not None and chord.root:
            added = _ornament(kind, note, after, chord, key)
        if added is None:
            out.append(note)
        else:
            out += added
            n_added += len(added) - 1
    return out, n_added


def _ornament(
    kind: str, note: Note, after: Note | None, chord: Chord, key: Key
) -> list[Note] | None:
    """Return a note with its ornament; None where there is no room for it."""
    scale = set(chord_scale(chord, key))

    def made(pitch: int, onset: int, duration: int, soft: int = 8) -> Note:
        return replace(
            note, pitch=pitch, onset_tick=onset, duration_tick=duration, ornaments=(),
            articulations=(), velocity=max(1, note.velocity - soft),
            spelling=spell_pitch(pitch, fifths=key.fifths, chord_tones=chord.tones()),
        )  # fmt: skip

    if kind in ("cut", "scoop"):
        step = _next(note.pitch, scale, 1 if kind == "cut" else -1)
        if kind == "scoop":
            step = note.pitch - 1
        grace = replace(made(step, note.onset_tick, 0), grace="acciaccatura")
        return [grace, note]
    if after is None or after.onset_tick != note.end_tick or not after.duration_tick:
        return None
    gap = after.pitch - note.pitch
    half = min(_EIGHTH, note.duration_tick // 2)
    held = replace(note, duration_tick=note.duration_tick - half)
    if kind == "approach" and abs(gap) > 2:
        middle = after.pitch - (1 if gap > 0 else -1)
        return [held, made(middle, held.end_tick, half)]
    if kind in ("passing", "approach") and abs(gap) in (3, 4):
        return [held, made(_next(note.pitch, scale, 1 if gap > 0 else -1), held.end_tick, half)]
    if kind == "neighbour" and gap == 0:
        return [held, made(_next(note.pitch, scale, 1), held.end_tick, half)]
    if kind == "neighbour" and abs(gap) <= 2 and note.duration_tick >= 2 * _BEAT:
        quarter = _EIGHTH // 2
        held = replace(note, duration_tick=note.duration_tick - 4 * quarter)
        up, down = _next(note.pitch, scale, 1), _next(note.pitch, scale, -1)
        turn = (up, note.pitch, down, note.pitch)
        return [held, *(made(p, held.end_tick + k * quarter, quarter) for k, p in enumerate(turn))]
    return None


def _next(pitch: int, scale: set[int], step: int) -> int:
    """Return the next pitch of a scale above or below."""
    found = pitch + step
    while found % 12 not in scale:
        found += step
    return found


def _bent(
    line: list[Note], chords: Sequence[tuple[int, Chord]], key: Key
) -> tuple[list[Note], int]:
    """Return a line whose long notes do not stand a semitone above a tone of the chord, and how many bent."""
    out = []
    n_bent = 0
    starts = np.array([tick for tick, _ in chords])
    for note in line:
        at = int(np.searchsorted(starts, note.onset_tick + 20, side="right")) - 1
        chord = chords[max(0, at)][1]
        tones = set(chord.pcs)
        rubs = note.pitch % 12 not in tones and (note.pitch - 1) % 12 in tones
        if chord.root and rubs and note.duration_tick >= 2 * _BEAT and note.onset_tick % _BEAT == 0:
            options = [
                p for p in (note.pitch - 1, note.pitch + 1, note.pitch + 2) if p % 12 in tones
            ]
            if options:
                name = spell_pitch(options[0], fifths=key.fifths, chord_tones=chord.tones())
                note = replace(note, pitch=options[0], spelling=name)
                n_bent += 1
        out.append(note)
    return out, n_bent
