"""The reading grid: where in the bar a played note would be printed.

Conventions: units as in `metre`, counted from the start of the score; the sum of all bars before
plus the place in the bar. Nothing here changes the score: it only says how it reads.

Source: own method: per beat the simplest of a few divisions that is near enough to all onsets.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction

from motet.io.notation.metre import UNITS_PER_QN, BeatNode, bar_tree, beat_spans
from motet.score import Note, Part, Score
from motet.score.time import Bar

__all__ = ["BarFrame", "ReadNote", "ReadingGrid", "swing_unit"]

_QN = UNITS_PER_QN
_NEAR = _QN * 52 // 1000  # 25 ticks of 480: players and the arranger stay within
_STRUM = _QN // 20
_PLAYED = (1, 2, 4, 3)
_PLAYED_FINE = ((4, 0.0), (3, 0.0), (6, 0.02), (8, 0.02))
_EXACT = (1, 2, 4, 3, 8, 6, 5, 7, 16, 12, 32)
_PLAYED_DOTTED = (1, 3, 6, 2, 12)
_EXACT_DOTTED = (1, 3, 6, 12, 2, 4, 9, 24, 48)
_SWING = re.compile(r"\b(swing|swung|shuffle)", re.IGNORECASE)


def swing_unit(score: Score) -> int:
    """Return the units of the note value that swings: an eighth, a sixteenth, or 0 for straight.

    Examples
    --------
    >>> from motet.score import Text, make_score
    >>> from dataclasses import replace
    >>> swing_unit(replace(make_score("C4:4"), texts=(Text(tick=0, text="Medium Swing"),)))
    1680
    """
    words = [text.text for text in score.texts] + [tempo.text for tempo in score.tempos]
    words += [section.label for section in score.sections]
    words += [text.text for part in score.parts for text in part.texts]
    found = next((word for word in words if _SWING.search(word)), "")
    if not found or "straight" in found.lower():
        return 0
    return _QN // 4 if "16" in found else _QN // 2


def _n_printed(score: Score) -> int:
    """Return how many bars are printed: not a last one into which only a played end reaches."""
    bars = score.bars
    if len(bars) < 2:
        return len(bars)
    start = bars[-1].start_tick
    near = score.resolution // 4
    is_empty = (
        score.length_tick <= start + near
        and score.end_tick - start <= near
        and all(note.onset_tick < start - near for part in score.parts for note in part.notes[-8:])
        and all(chord.tick < start for chord in score.chords)
        and all(section.tick < start for section in score.sections)
    )
    return len(bars) - is_empty


@dataclass(frozen=True, slots=True)
class BarFrame:
    """A bar in units: ``offset`` is how much of the full bar is missing before a pickup."""

    bar: Bar
    start: int
    duration: int
    offset: int
    tree: BeatNode

    @property
    def end(self) -> int:
        """Where the next bar starts."""
        return self.start + self.duration


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A note as read: ``start`` on the grid, ``end`` as played (units), whether `end` is exact."""

    note: Note
    start: int
    end: int
    is_exact: bool


class ReadingGrid:
    """The bars and beats of a score in units, and the reading of ticks on them.

    Parameters
    ----------
    score : Score

    Examples
    --------
    >>> from motet.score import make_score
    >>> grid = ReadingGrid(make_score("C4:4 D4:4"))
    >>> [frame.start for frame in grid.frames], grid.place(2410)
    ([0, 13440], 16870)
    """

    def __init__(self, score: Score) -> None:
        self.resolution = score.resolution
        self.swing = swing_unit(score)
        frames, now = [], 0
        for bar in score.bars[: _n_printed(score)]:
            full = int(bar.metre.bar_qn * _QN)
            duration = full
            if bar.is_irregular:
                exact = Fraction(bar.duration_tick * _QN, score.resolution)
                shortest = _QN // 8 if exact % (_QN // 32) else _QN // 32
                duration = max(1, round(exact / shortest)) * shortest
            is_pickup = bar.index == 0 and duration < full
            offset = full - duration if is_pickup else 0
            tree = bar_tree(bar.metre, duration=duration)
            frames.append(BarFrame(bar, now, duration, offset, tree))
            now += duration
        self.frames: tuple[BarFrame, ...] = tuple(frames)
        self.end = now
        self._bar_ticks = [frame.bar.start_tick for frame in frames]
        self._bar_starts = [frame.start for frame in frames]
        self._beats: list[tuple[int, int]] = []
        for frame in frames:
            for start, end in beat_spans(frame.tree):
                shift = frame.start - frame.offset  # a beat keeps its grid where the bar cuts it
                if frame.start < end + shift and start + shift < frame.end:
                    self._beats.append((start + shift, end + shift))
        self._beat_starts = [start for start, _ in self._beats]
        if self.swing == _QN // 2 and self._has_straight_eighths(score):
            self.swing = _QN // 4

    def _has_straight_eighths(self, score: Score) -> bool:
        """Tell whether eighths are even, so that what swings must be the sixteenths."""
        even = late = 0
        for part in score.parts:
            for note in part.notes[:2000]:
                place = self.place(note.onset_tick)
                inside = (place - self.beat_at(place)[0]) / _QN
                even += 0.46 <= inside <= 0.535
                late += 0.54 <= inside <= 0.72
        return even > 3 * late + 8

    def frame_at(self, place: int) -> BarFrame:
        """Return the bar that holds a place in units; the last one after the end."""
        return self.frames[max(0, bisect_right(self._bar_starts, place) - 1)]

    def beat_at(self, place: int) -> tuple[int, int]:
        """Return the beat (start, end) that holds a place in units."""
        return self._beats[max(0, bisect_right(self._beat_starts, place) - 1)]

    def place(self, tick: int) -> int:
        """Return the units of a tick as played, without any grid."""
        k = max(0, bisect_right(self._bar_ticks, tick) - 1)
        frame = self.frames[k]
        bar_ticks = max(1, frame.bar.duration_tick)
        inside = round((tick - frame.bar.start_tick) * _QN / self.resolution)
        if frame.bar.is_irregular:
            inside = round((tick - frame.bar.start_tick) * frame.duration / bar_ticks)
        return frame.start + min(inside, frame.duration)

    def snap(self, tick: int, *, steps: int = 2) -> int:
        """Return the place on a plain grid (eighths by default), for words and chord symbols."""
        place = self._unswing(self.place(tick), self.swing)
        frame = self.frame_at(place)
        step = _QN // steps
        inside = (place - frame.start + step // 2) // step * step
        return min(frame.start + inside, self.end)

    def read_part(self, part: Part) -> list[ReadNote]:
        """Return the notes of a part with their printed onsets and played ends."""
        notes = part.notes
        if not notes:
            return []
        places = {note.onset_tick: self.place(note.onset_tick) for note in notes}
        slack = max(_QN // 200, int(0.6 * _QN / self.resolution))
        is_exact = self._is_exact(list(places.values()), slack)
        ends = {note.end_tick: self.place(note.end_tick) for note in notes}
        ends_exact = is_exact and self._is_exact(list(ends.values()), slack)
        swing = 0 if is_exact and not self._has_late_eighths(places.values()) else self.swing
        starts = self._read_onsets(places, is_exact=is_exact, slack=slack, swing=swing)
        out = []
        for note in notes:
            end = self._unswing(ends[note.end_tick], swing)
            start = starts[note.onset_tick]
            if ends_exact:
                end = self._snap_exact(end, slack)
            out.append(ReadNote(note, start, max(end, start), ends_exact and end > start))
        return out

    def _is_exact(self, places: list[int], slack: int) -> bool:
        good = sum(1 for place in places if self._is_on_grid(place, slack))
        return good >= 0.97 * len(places)

    def _is_on_grid(self, place: int, slack: int) -> bool:
        start, end = self.beat_at(place)
        inside = place - start
        for step in (_QN // 8, _QN // 6, _QN // 5, _QN // 7, _QN // 16):
            if step < _QN // 8 and step <= 8 * slack:  # coarse ticks are near to any fine step
                continue
            if min(inside % step, -inside % step) <= slack:
                return True
        return min(inside, end - place) <= slack

    def _snap_exact(self, place: int, slack: int) -> int:
        start, _ = self.beat_at(place)
        inside = place - start
        for step in (_QN // 4, _QN // 6, _QN // 8, _QN // 5, _QN // 7, _QN // 32):
            nearest = (inside + step // 2) // step * step
            if abs(nearest - inside) <= slack:
                return start + nearest
        return start + (inside + _QN // 64) // (_QN // 32) * (_QN // 32)

    def _has_late_eighths(self, places: object) -> bool:
        """Tell whether off-beats mostly stand at two thirds of a beat."""
        late = straight = 0
        for place in places:  # type: ignore[attr-defined]
            inside = (place - self.beat_at(place)[0]) / max(1, self.swing * 2) % 1
            late += 0.58 <= inside <= 0.72
            straight += 0.47 <= inside <= 0.53
        return late > straight

    def _unswing(self, place: int, swing: int) -> int:
        """Return a swung place pulled back to straight time."""
        if not swing:
            return place
        start, end = self.beat_at(place)
        if end - start != _QN:
            return place
        window = swing * 2
        base = start + (place - start) // window * window
        inside = place - base
        turn = window * 2 // 3
        if inside <= turn:
            return base + round(inside * 3 / 4)
        return base + window // 2 + round((inside - turn) * 3 / 2)

    def _read_onsets(
        self, places: dict[int, int], *, is_exact: bool, slack: int, swing: int
    ) -> dict[int, int]:
        clusters: list[list[int]] = []  # of ticks
        for tick in sorted(places):
            near = clusters and places[tick] - places[clusters[-1][-1]] <= _STRUM
            if not is_exact and near and places[tick] - places[clusters[-1][0]] <= 2 * _STRUM:
                clusters[-1].append(tick)
            else:
                clusters.append([tick])
        beats: dict[tuple[int, int], list[tuple[int, list[int]]]] = {}
        for cluster in clusters:
            place = places[cluster[len(cluster) // 2]]
            beats.setdefault(self.beat_at(place), []).append((place, cluster))
        out: dict[int, int] = {}
        for (start, end), members in beats.items():
            inside = [place - start for place, _ in members]
            read = _read_beat(inside, end - start, is_exact=is_exact, slack=slack, swing=swing)
            for (place, cluster), position in zip(members, read):
                frame = self.frame_at(place)
                printed = min(max(start + position, frame.start), frame.end, self.end - _QN // 8)
                for tick in cluster:
                    out[tick] = printed
        return out


def _read_beat(
    inside: list[int], duration: int, *, is_exact: bool, slack: int, swing: int
) -> list[int]:
    """Return the printed places (from the beat's start) of onsets in one beat."""
    if swing and duration == _QN:
        found = _read_swung(inside, swing)
        if found:
            return found
    is_dotted = duration * 2 % (_QN * 3) == 0 and duration % _QN
    orders = (_PLAYED, _EXACT) if not is_dotted else (_PLAYED_DOTTED, _EXACT_DOTTED)
    near = slack if is_exact else _NEAR
    for n in orders[is_exact]:
        if duration % n == 0:
            read = _nearest(inside, duration, n)
            if max(abs(a - b) for a, b in zip(read, inside)) <= near:
                return read
    best: tuple[float, list[int]] | None = None
    fine = ((6, 0.0), (12, 0.02)) if is_dotted else _PLAYED_FINE
    for n, penalty in fine:
        if duration % n == 0:
            read = _nearest(inside, duration, n)
            error = (sum((a - b) ** 2 for a, b in zip(read, inside)) / len(inside)) ** 0.5
            lost = len(set(inside)) - len(set(read))
            cost = error / _QN + penalty + 0.1 * lost
            if best is None or cost < best[0]:
                best = (cost, read)
    step = _QN // 8
    return best[1] if best else [(place + step // 2) // step * step for place in inside]


def _read_swung(inside: list[int], swing: int) -> list[int]:
    """Return straight places of swung onsets, or nothing when the beat is not swung."""
    window = swing * 2
    out = []
    for place in inside:
        base = place // window * window
        part = (place - base) / window
        if part < 0.14:
            out.append(base)
        elif 0.43 < part < 0.79:
            out.append(base + window // 2)
        elif part > 0.86:
            out.append(base + window)
        else:
            return []
    apart = {place // (_QN // 7) for place in inside}
    return out if len(set(out)) >= len(apart) - 1 else []


def _nearest(inside: list[int], duration: int, n: int) -> list[int]:
    step = duration // n
    return [(place + step // 2) // step * step for place in inside]
