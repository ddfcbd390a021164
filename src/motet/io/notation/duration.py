"""How long a played note is printed: gaps are filled, short notes become short or staccato.

Conventions: units from the start of the score. The choice is the one with the fewest symbols for
the smallest change of length.

Source: own rule; the weights were tuned by eye on humanised test scores (tests/io/notation).
"""

from __future__ import annotations

from motet.io.notation.grid import ReadingGrid, ReadNote
from motet.io.notation.metre import UNITS_PER_QN
from motet.io.notation.rhythm import count_symbols

__all__ = ["DurationReader", "steady_ends"]

_QN = UNITS_PER_QN
_SYMBOL_COST = 0.4
_STACCATO_COST = 0.1
_STACCATO_SHARE = 0.42  # half is the usual length of a plain short note, and stays without a dot
_ALIKE = 0.25
_GAP = 0.03


Slot = tuple[int, int, int | None]
"""A printed onset, its played end, and the next onset of its voice."""


def steady_ends(slots: list[Slot]) -> list[Slot]:
    """Return the slots of a voice with the ends of notes that are meant alike made equal.

    A player's eighths fill, say, 48 to 52 % of their place; read one by one they would be printed
    now with a staccato dot and now without.

    Parameters
    ----------
    slots : list of (start, end, following), units

    Returns
    -------
    list of (start, end, following), same order

    Examples
    --------
    >>> half = UNITS_PER_QN // 2
    >>> slots = [(k * half, k * half + end, k * half + half) for k, end in enumerate((800, 860, 820))]
    >>> [end - start for start, end, _ in steady_ends(slots)]
    [820, 820, 820]
    """
    by_length: dict[int, list[int]] = {}
    for k, (start, end, following) in enumerate(slots):
        if following is not None and following - start <= _QN * 3 // 2 and end < following:
            by_length.setdefault(following - start, []).append(k)
    out = list(slots)
    for length, members in by_length.items():
        shares = {k: (slots[k][1] - slots[k][0]) / length for k in members}
        for cluster in _clusters(sorted(members, key=lambda k: (shares[k], k)), shares):
            order = sorted(cluster)
            is_wide = shares[cluster[-1]] - shares[cluster[0]] > _ALIKE
            middle = shares[cluster[len(cluster) // 2]]
            for place, k in enumerate(order):
                if is_wide:
                    near = sorted(shares[j] for j in order[max(0, place - 3) : place + 4])
                    middle = near[len(near) // 2]
                    if abs(middle - shares[k]) > _ALIKE / 2:
                        middle = shares[k]
                start, _, following = slots[k]
                out[k] = (start, start + round(middle * length), following)
    return out


def _clusters(order: list[int], shares: dict[int, float]) -> list[list[int]]:
    """Return runs of shares without a gap between them."""
    clusters: list[list[int]] = []
    for k in order:
        if clusters and shares[k] - shares[clusters[-1][-1]] <= _GAP:
            clusters[-1].append(k)
        else:
            clusters.append([k])
    return clusters


class DurationReader:
    """Printed ends for the notes of one part.

    Parameters
    ----------
    grid : ReadingGrid
    notes : list of ReadNote
        All notes of the part: they tell which beats are tuplets.
    """

    def __init__(self, grid: ReadingGrid, notes: list[ReadNote]) -> None:
        self._grid = grid
        self._tuplet_beats: dict[int, int] = {}
        for note in notes:
            beat = grid.beat_at(note.start)
            inside = note.start - beat[0]
            if inside % (_QN // 8):
                step = next((s for s in (3, 6, 5, 7, 12) if not inside % (_QN // s)), 12)
                self._tuplet_beats[beat[0]] = max(self._tuplet_beats.get(beat[0], 0), step)
        self._cache: dict[tuple[int, int, int], tuple[int, bool]] = {}

    def read_end(
        self, start: int, end: int, following: int | None, *, is_exact: bool
    ) -> tuple[int, bool]:
        """Return where a note ends in print, and whether it gets a staccato dot.

        Parameters
        ----------
        start, end : int, units
            The printed onset and the played end.
        following : int or None, units
            The next onset in its voice.
        is_exact : bool
            The played end is meant as written.
        """
        score_end = self._grid.end
        if is_exact:
            limit = score_end if following is None else following
            return max(min(end, limit), start + _QN // 32), False
        if following is None:
            last = self._grid.frame_at(max(start, end - _QN // 3))
            following = last.end
        following = min(following, score_end)
        end = min(max(end, start + 1), following)
        key = (start, (end + 40) // 80, following)
        if key not in self._cache:
            self._cache[key] = self._choose(start, end, following)
        return self._cache[key]

    def _choose(self, start: int, end: int, following: int) -> tuple[int, bool]:
        played = end - start
        best = (float("inf"), following, False)
        for cut in sorted(self._candidates(start, end, following), reverse=True):
            n_notes = self._count(start, cut, is_rest=False)
            rest_end = min(following, self._bar_end(cut))
            symbols = n_notes + self._count(cut, rest_end, is_rest=True)
            cost = abs(cut - end) / _QN + _SYMBOL_COST * symbols
            if cost < best[0]:
                best = (cost, cut, False)
            length = cut - start
            is_short = played < (0.6 if self._is_dotted(start) else _STACCATO_SHARE) * length
            if length in (_QN // 2, _QN) and is_short and n_notes == 1:
                cost = _STACCATO_COST + _SYMBOL_COST * symbols
                if cost < best[0]:
                    best = (cost, cut, True)
        return best[1], best[2]

    def _is_dotted(self, place: int) -> bool:
        low, high = self._grid.beat_at(place)
        return (high - low) * 2 == _QN * 3

    def _bar_end(self, place: int) -> int:
        frame = self._grid.frame_at(place)
        return frame.end if frame.start < place else place

    def _candidates(self, start: int, end: int, following: int) -> set[int]:
        found: set[int] = set()
        if following - end <= _QN or following - start <= 2 * _QN:
            found.add(following)
        for probe in {start, end, start + _QN // 2, start + _QN}:
            low, high = self._grid.beat_at(min(probe, self._grid.end - 1))
            found |= {low, high}
            if low in self._tuplet_beats:
                step = (high - low) // self._tuplet_beats[low]
                found |= set(range(low, high, max(1, step)))
            else:
                found |= set(range(low, high, _QN // 2))
                if low <= start < high and end - start < _QN // 2:
                    found |= set(range(low, high, _QN // 4))
        return {at for at in found if start < at <= following} or {following}

    def _count(self, start: int, end: int, *, is_rest: bool) -> int:
        total = 0
        while start < end:
            frame = self._grid.frame_at(start)
            stop = min(end, frame.end)
            if stop <= start:
                break
            shift = frame.offset - frame.start
            if is_rest and start == frame.start and stop == frame.end:
                total += 1
            elif (stop - start) % (_QN // 32):
                total += 1 if self._grid.beat_at(start) == self._grid.beat_at(stop - 1) else 2
            else:
                total += count_symbols(frame.tree, start + shift, stop + shift, is_rest=is_rest)
            start = stop
        return total
