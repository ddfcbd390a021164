"""Heard notes as a score: once quantised for reading, once exactly as played, over one tempo map.

Conventions: both scores have the recording's seconds; parts are in the order given. What was moved is
listed, note by note, as of `motet.score.quantise`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.divide import (
    Division,
    choose_divisions,
    divisions_for,
    snap_ends,
    snap_places,
)
from motet.audio.durations import gather_chords, write_ends
from motet.audio.grid import BeatGrid, lay_grid
from motet.audio.heard import HeardBeats, HeardChord, HeardKey, HeardNote
from motet.audio.key import signature_of
from motet.errors import ParameterError
from motet.score import ChordSymbol, KeySignature, Moved, Note, Part, Score, TimeMap

__all__ = ["Built", "NamedNotes", "notes_to_score"]

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]
NamedNotes = tuple[str, tuple[HeardNote, ...]]
_SHORTEST_TICK: Final = 10
_LINE_SHARE: Final = 0.12
_SAME_S: Final = 0.02
_SWUNG: Final = 0.57
_ROLES: Final = {
    "melody": "melody", "voice": "melody", "bass": "bass", "chords": "comping",
    "accompaniment": "comping", "counter": "counter", "middle": "comping",
}  # fmt: skip
_PROGRAMS: Final = {"bass": 32}


@dataclass(frozen=True, slots=True)
class Built:
    """A transcription in both forms.

    Parameters
    ----------
    score : Score
        Quantised, for reading and going on.
    performed : Score
        Exact onsets and ends, the same bars and tempos.
    moved : tuple of Moved
        Notes of `performed` that lie elsewhere in `score`; both count ticks of the same map.
    """

    score: Score
    performed: Score
    moved: tuple[Moved, ...]


def notes_to_score(
    parts: Sequence[NamedNotes],
    beats: HeardBeats,
    *,
    title: str = "",
    key: HeardKey | None = None,
    chords: Sequence[HeardChord] = (),
    programs: Mapping[str, int] | Sequence[int] | None = None,
) -> Built:
    """Return heard notes as a score whose bars lie on the beats of the recording.

    Parameters
    ----------
    parts : sequence of (str, tuple of HeardNote)
        Name and notes of each part, as from `split_notes`.
    beats : HeardBeats
        At least two beats.
    title : str
    key : HeardKey or None
    chords : sequence of HeardChord
        Written above the nearest beat.
    programs : mapping of str to int, sequence of int, or None
        General MIDI programs, by the parts' names or in their order; piano where missing.

    Returns
    -------
    Built
        No two notes of one pitch overlap in a part. Second 0 is that of the recording; what is silent
        before the first note is a rest.

    Raises
    ------
    ParameterError
        There are fewer than two beats, or a program is out of range.

    Source
    ------
    See `motet.audio.grid`, `divide` and `durations`.

    Examples
    --------
    >>> from motet.audio.beats import even_beats
    >>> notes = tuple(HeardNote(0.5 * k + 0.02, 0.5 * k + 0.43, 60 + k, 80, 1.0) for k in range(4))
    >>> built = notes_to_score([("Melody", notes)], even_beats(2.0))
    >>> [(note.onset_tick, note.duration_tick) for note in built.score.parts[0].notes]
    [(0, 480), (480, 480), (960, 480), (1440, 480)]
    >>> built.performed.parts[0].notes[1].onset_tick, len(built.moved)
    (499, 4)
    """
    if len(beats.time_s) < 2:
        raise ParameterError(
            f"beats must have at least two beats, got {len(beats.time_s)}; find_beats gives them",
            zh=f"beats 至少要有两个拍点,收到 {len(beats.time_s)} 个;可由 find_beats 得到",
        )
    end_s = max((one.offset_s for _, notes in parts for one in notes), default=0.0)
    last_s = max((one.onset_s for _, notes in parts for one in notes), default=0.0)
    grid = lay_grid(beats, end_s=max(min(end_s, last_s + 4.0), last_s + 0.01))
    time = grid.time
    ordered = [(name, _distinct(notes)) for name, notes in parts]
    options = divisions_for(
        beat_qn=beats.beat_qn, beat_s=60.0 * beats.beat_qn / beats.qpm, swing=beats.swing
    )
    together = _divide([one for _, notes in ordered for one in notes], grid, time, options, None)
    written, played, moved = [], [], []
    for k, (name, notes) in enumerate(ordered):
        frame = _part_frame(name, k, programs)
        exact = _played(notes, time)
        divisions = _divide(notes, grid, time, options, together)
        snapped = _written(notes, grid, time, options, divisions)
        order = sorted(range(len(exact)), key=lambda n: (exact[n].onset_tick, exact[n].pitch))
        exact, snapped = [exact[n] for n in order], [snapped[n] for n in order]
        moved += [
            Moved(
                part=k, note=n, from_tick=one.onset_tick, to_tick=two.onset_tick,
                from_end_tick=one.end_tick, to_end_tick=two.end_tick,
            )
            for n, (one, two) in enumerate(zip(exact, snapped, strict=True))
            if (one.onset_tick, one.end_tick) != (two.onset_tick, two.end_tick)
        ]  # fmt: skip
        played.append(replace(frame, notes=tuple(exact)))
        written.append(replace(frame, notes=tuple(_without_doubles(snapped))))
    tempos = grid.tempos
    if beats.swing >= _SWUNG and tempos:
        tempos = (replace(tempos[0], text="Swing"), *tempos[1:])
    score = Score(
        parts=tuple(written),
        resolution=grid.resolution,
        tempos=tempos,
        metres=(grid.metre,),
        keys=() if key is None else (_signature(key),),
        bar_lengths=grid.bar_lengths,
        chords=_symbols(chords, grid, time),
        title=title,
    )
    last_tick = score.bars[-1].end_tick
    performed = replace(score, parts=tuple(_until(part, last_tick) for part in played))
    return Built(score, performed, tuple(moved))


def _until(part: Part, last_tick: int) -> Part:
    """Return a part whose notes ring no longer than the last bar of the score."""
    notes = [
        one
        if one.end_tick <= last_tick
        else replace(one, duration_tick=max(1, last_tick - one.onset_tick))
        for one in part.notes
    ]
    return replace(part, notes=tuple(notes))


def _distinct(notes: Sequence[HeardNote]) -> list[HeardNote]:
    """Return notes in order, those of one pitch that begin together taken as one."""
    found: list[HeardNote] = []
    last: dict[int, int] = {}
    for one in sorted(notes, key=lambda one: (one.onset_s, one.pitch, -one.offset_s)):
        k = last.get(one.pitch, -1)
        if k >= 0 and one.onset_s - found[k].onset_s < _SAME_S:
            found[k] = replace(found[k], offset_s=max(found[k].offset_s, one.offset_s))
            continue
        last[one.pitch] = len(found)
        found.append(one)
    return found


def _part_frame(name: str, k: int, programs: Mapping[str, int] | Sequence[int] | None) -> Part:
    """Return a part without notes."""
    word = name.split()[0].lower() if name else ""
    program = _PROGRAMS.get(word, 0)
    if isinstance(programs, Mapping):
        program = programs.get(name, program)
    elif programs is not None and k < len(programs):
        program = programs[k]
    return Part(name=name, program=program, role=_ROLES.get(word, ""))


def _signature(key: HeardKey) -> KeySignature:
    return KeySignature(tick=0, fifths=signature_of(key), mode=key.mode)


def _beat_places(seconds: Float64, grid: BeatGrid, time: TimeMap) -> Float64:
    """Return seconds as beats from the first one on."""
    ticks = np.array([time.s_to_tick(max(0.0, one)) for one in seconds.tolist()])
    beat_tick = grid.beat_tick
    n = len(beat_tick)
    places = np.interp(ticks, beat_tick, np.arange(n))
    late = ticks > beat_tick[-1]
    step = beat_tick[-1] - beat_tick[-2]
    found: Float64 = np.where(late, n - 1 + (ticks - beat_tick[-1]) / step, places)
    return found


def _divide(
    notes: Sequence[HeardNote],
    grid: BeatGrid,
    time: TimeMap,
    options: Sequence[Division],
    lean: Int64 | None,
) -> Int64:
    """Return the division of each beat for some notes."""
    n_beats = len(grid.beat_tick)
    onset_s = np.array(sorted(one.onset_s for one in notes))
    edges = np.array([time.tick_to_s(int(tick)) for tick in grid.beat_tick])
    length_s = np.diff(edges, append=2 * edges[-1] - edges[-2])
    _, start_s = gather_chords(onset_s)
    places = np.minimum(_beat_places(start_s, grid, time), n_beats - 1e-6)
    return choose_divisions(
        places, np.maximum(length_s, 0.05), n_beats=n_beats, options=options, lean=lean
    )


def _played(notes: Sequence[HeardNote], time: TimeMap) -> list[Note]:
    """Return the notes as played; a note is cut where its pitch is struck again."""
    found: list[Note] = []
    following: dict[int, int] = {}
    for one in reversed(notes):
        start = round(time.s_to_tick(max(0.0, one.onset_s)))
        end = max(start + _SHORTEST_TICK, round(time.s_to_tick(max(0.0, one.offset_s))))
        end = max(start + 1, min(end, following.get(one.pitch, end)))
        following[one.pitch] = start
        found.append(
            Note(
                onset_tick=start, duration_tick=end - start, pitch=one.pitch, velocity=one.velocity
            )
        )
    return found[::-1]


def _written(
    notes: Sequence[HeardNote],
    grid: BeatGrid,
    time: TimeMap,
    options: Sequence[Division],
    divisions: Int64,
) -> list[Note]:
    """Return the notes on the grid."""
    if not notes:
        return []
    onset_s = np.array([one.onset_s for one in notes])
    group, start_s = gather_chords(onset_s)
    n_beats = len(grid.beat_tick)
    top = n_beats - 1e-6
    places = np.minimum(_beat_places(start_s, grid, time), top)
    onset = snap_places(places, divisions, options)[group]
    heard = _beat_places(np.array([one.offset_s for one in notes]), grid, time)
    heard = np.minimum(heard + (onset - places[group]), n_beats)
    beat = np.clip(np.floor(onset + 1e-9).astype(np.int64), 0, n_beats - 1)
    steps = np.array([1.0 / (len(one.lines) - 1) for one in options])
    end = write_ends(
        onset,
        heard,
        np.array([one.pitch for one in notes]),
        line=snap_places(np.minimum(heard, top), divisions, options),
        step=steps[divisions[beat]],
        is_line=_is_line(notes),
        unit=1 / 3 if (options[1].family == 3) else 0.5,
    )
    end = snap_ends(end, onset, divisions, options)
    start_tick = _to_ticks(onset, grid)
    end_tick = np.maximum(_to_ticks(end, grid), start_tick + 1)
    return [
        Note(
            onset_tick=int(start),
            duration_tick=int(stop - start),
            pitch=one.pitch,
            velocity=one.velocity,
        )
        for one, start, stop in zip(notes, start_tick, end_tick, strict=True)
    ]


def _to_ticks(places: Float64, grid: BeatGrid) -> Int64:
    """Return ticks of places in beats."""
    n = len(grid.beat_tick)
    step = grid.beat_tick[-1] - grid.beat_tick[-2]
    inside = np.interp(places, np.arange(n), grid.beat_tick)
    after = grid.beat_tick[-1] + (places - (n - 1)) * step
    return np.rint(np.where(places > n - 1, after, inside)).astype(np.int64)


def _is_line(notes: Sequence[HeardNote]) -> bool:
    """Tell whether hardly two notes sound at once, short overlaps apart."""
    sounding = both = 0.0
    end = -np.inf
    for one in notes:
        both += max(0.0, min(end, one.offset_s) - one.onset_s)
        sounding += max(0.0, one.offset_s - max(end, one.onset_s))
        end = max(end, one.offset_s)
    starts, _ = gather_chords(np.array([one.onset_s for one in notes]))
    n_together = len(notes) - len(np.unique(starts))
    return both < 2 * _LINE_SHARE * max(sounding, 1e-9) and n_together <= 0.02 * len(notes)


def _without_doubles(notes: Sequence[Note]) -> list[Note]:
    """Return notes of which no two have one onset and pitch: the longer one stays, the louder counts."""
    kept: dict[tuple[int, int], Note] = {}
    for one in notes:
        other = kept.get((one.onset_tick, one.pitch))
        if other is None:
            kept[one.onset_tick, one.pitch] = one
        else:
            kept[one.onset_tick, one.pitch] = replace(
                other,
                duration_tick=max(one.duration_tick, other.duration_tick),
                velocity=max(one.velocity, other.velocity),
            )
    return list(kept.values())


def _symbols(
    chords: Sequence[HeardChord], grid: BeatGrid, time: TimeMap
) -> tuple[ChordSymbol, ...]:
    """Return chord symbols on beats, each only where it changes."""
    found: dict[int, str] = {}
    for one in chords:
        tick = time.s_to_tick(max(0.0, one.start_s))
        beat = int(np.abs(grid.beat_tick - tick).argmin())
        found[int(grid.beat_tick[beat])] = "N.C." if one.symbol == "N" else one.symbol
    out: list[ChordSymbol] = []
    for tick in sorted(found):
        if not out or out[-1].symbol != found[tick]:
            out.append(ChordSymbol(tick=tick, symbol=found[tick]))
    if out and out[0].symbol == "N.C.":
        out = out[1:]
    return tuple(out)
