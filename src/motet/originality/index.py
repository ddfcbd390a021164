"""Looking a piece up among the training music: its nearest neighbours, and how alike they are.

Conventions: every gram of one's own lines is compared with all of the index; places on one diagonal of
one line make a candidate, weighed by how rare their grams are; the weightiest are aligned note by note.
Likeness is the bits of the notes that agree in the best line, what a run of it says that agrees note for
note beyond `motet.originality.verbatim.LEAST`, and half of the bits of other voices at the same place, less
the binary logarithm of how many notes were looked up.

Offers `Index`, `load_index`, `DATA`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from motet.originality.align import Pair, align_pairs
from motet.originality.gram import GRAM, change_classes
from motet.originality.line import Ints, Line, find_lines
from motet.originality.neighbour import Neighbour, judge
from motet.originality.seed import find_candidates
from motet.originality.store import Store, read_store
from motet.originality.verbatim import run_bits
from motet.originality.voices import VOICES, Match, support
from motet.score import Score
from motet.tokens import score_to_grid
from motet.tokens.layout import GridScore

if TYPE_CHECKING:
    from motet.originality.block import RunBlock

__all__ = ["DATA", "Index", "load_index"]

DATA: Final = Path(__file__).parent / "data" / "training.npz"
"""The index that is shipped."""
_AROUND: Final = 192
_N_TRIED: Final = 12
_N_FOUND: Final = 5


class Index:
    """The training music, to look pieces up in.

    Parameters
    ----------
    store : Store

    Examples
    --------
    >>> Index.__name__
    'Index'
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def facts(self) -> dict[str, Any]:
        """What is in it: counts, sources, window, how alike people's pieces are."""
        return self.store.facts

    def nearest(
        self,
        music: Score | GridScore,
        *,
        parts: Collection[int] | None = None,
        cells: Collection[tuple[int, int]] | None = None,
    ) -> Neighbour | None:
        """Return the passage of a known piece that is most like one of this music; None for none.

        Parameters
        ----------
        music : Score or GridScore
        parts : collection of int, optional
            Which parts of the grid count; None is all. Drums never do.
        cells : collection of (bar, part), optional
            Only notes that begin in these cells of the grid count.

        Returns
        -------
        Neighbour or None

        Raises
        ------
        ParameterError
            A score does not fit on the grid.

        Examples
        --------
        >>> from motet.originality.build import index_grids
        >>> from motet.score import make_score
        >>> tune = "C4:1 E4:1 D4:1 G4:1 | F4:1 A4:1 C5:1 B4:1 | G4:1 C5:1 D5:2"
        >>> known = score_to_grid(make_score(tune)).grid
        >>> index = index_grids([known], names=["mine/tune"])
        >>> found = index.nearest(make_score(tune))
        >>> found.piece, found.n_notes, found.own_bars, found.shift_semi
        ('mine/tune', 11, (1, 3), 0)
        """
        found = self.find(music, parts=parts, cells=cells)
        return found[0] if found else None

    def find(
        self,
        music: Score | GridScore,
        *,
        parts: Collection[int] | None = None,
        cells: Collection[tuple[int, int]] | None = None,
    ) -> list[Neighbour]:
        """Return the nearest passages of up to five known pieces, the most alike first.

        Parameters
        ----------
        music, parts, cells
            As for `nearest`.

        Returns
        -------
        list of Neighbour

        Raises
        ------
        ParameterError
            A score does not fit on the grid.
        """
        grid = score_to_grid(music).grid if isinstance(music, Score) else music
        lines = find_lines(grid, parts=parts, cells=cells, every_bass=True)
        matches = self._align(lines, grid.shift_semi)
        best: dict[int, Match] = {}
        for match in matches:
            best.setdefault(int(self.store.line_pieces[match.line]), match)
        tried = list(best.items())[:_N_TRIED]
        more = support(self.store, lines, [one for _, one in tried], own_shift=grid.shift_semi)
        chance = float(np.log2(max(2, sum(len(line) for line in lines))))
        ranked = sorted(
            (
                (match.bits + VOICES * bits - chance, piece, match)
                for (piece, match), bits in zip(tried, more, strict=True)
            ),
            key=lambda one: (-one[0], one[1]),
        )
        first = 0 if _has_pickup(grid) else 1
        return [self._tell(bits, piece, one, first) for bits, piece, one in ranked[:_N_FOUND]]

    def run_block(self, max_notes: int = 24) -> RunBlock:
        """Return what tells the engine which pitches would make a run of known music too long.

        Parameters
        ----------
        max_notes : int, notes, >= 12
            A line may agree with a known one for fewer notes than this.

        Returns
        -------
        RunBlock
        """
        from motet.originality.block import RunBlock

        return RunBlock(self.store, max_notes=max_notes)

    def _align(self, lines: Sequence[Line], own_shift: int) -> list[Match]:
        """Return the aligned candidates, the best first."""
        pairs: list[Pair] = []
        places: list[tuple[int, int, int, Ints]] = []
        surprise = self.store.surprise
        changes = [change_classes(line.time) for line in lines]
        pitch_bits = [surprise.pitch_bits(line.pitch) for line in lines]
        time_bits = [surprise.time_bits(line.time) for line in lines]
        for one in find_candidates(self.store, lines):
            k, line_id, diagonal, at = one.own_id, one.line, one.diagonal, one.span
            own = lines[k]
            pitch, time = self.store.line(line_id)
            start, end = max(0, at[0] - _AROUND), min(len(own), at[2] + GRAM + _AROUND)
            sounding = own.pitch[start:end] - own_shift
            pairs.append(
                Pair(
                    own_pitch=sounding,
                    own_change=changes[k][start:end],
                    pitch_bits=pitch_bits[k][start:end],
                    time_bits=time_bits[k][start:end],
                    their_pitch=pitch,
                    their_change=change_classes(time),
                    diagonal=diagonal + start,
                    shift_semi=int(sounding[at[1] - start] - pitch[at[1] + diagonal]),
                )
            )
            places.append((k, line_id, start, time))
        found = []
        for pair, (k, line_id, start, time), aligned in zip(
            pairs, places, align_pairs(pairs), strict=True
        ):
            if not len(aligned.own):
                continue
            own, mine = lines[k], aligned.own + start
            found.append(
                Match(
                    own=own,
                    own_id=k,
                    line=line_id,
                    alignment=aligned,
                    own_span=(int(own.time[mine[0]]), int(own.time[mine[-1]])),
                    their_span=(int(time[aligned.theirs[0]]), int(time[aligned.theirs[-1]])),
                    shift_semi=pair.shift_semi,
                    verbatim_bits=run_bits(
                        mine,
                        aligned.theirs,
                        own_time=own.time,
                        their_time=time,
                        bits=pitch_bits[k] + time_bits[k],
                    ),
                )
            )
        return sorted(found, key=lambda match: (-match.bits, match.line))

    def _tell(self, bits: float, piece_id: int, match: Match, first: int) -> Neighbour:
        """Return a match as people read it."""
        piece = self.store.piece(piece_id)
        own, theirs = match.own_span, match.their_span
        bars = np.searchsorted(match.own.time, own)
        percentile, verdict = judge(bits, self.facts.get("people", {}))
        return Neighbour(
            piece=piece.name,
            source=piece.source,
            title=piece.title,
            licence=piece.licence,
            licence_class=piece.licence_class,
            their_bars=(piece.bar_number(theirs[0]), piece.bar_number(theirs[1])),
            own_bars=(
                int(match.own.bar[bars[0]]) + first,
                int(match.own.bar[bars[1]]) + first,
            ),
            part=match.own.part,
            n_notes=len(match.alignment.own),
            n_verbatim=match.alignment.n_verbatim,
            shift_semi=match.shift_semi,
            tempo_ratio=(own[1] - own[0]) / max(1, theirs[1] - theirs[0]),
            bits=bits,
            percentile=percentile,
            verdict=verdict,
        )


def _has_pickup(grid: GridScore) -> bool:
    from motet.tokens.layout import metre_length

    bars = grid.bars
    return len(bars) > 0 and int(bars["length"][0]) < metre_length(int(bars["metre"][0]))


@lru_cache(maxsize=2)
def _load(path: Path) -> Index:
    return Index(read_store(path))


def load_index(path: str | Path | None = None) -> Index:
    """Return an index from its file, read once.

    Parameters
    ----------
    path : str, Path or None
        None is the one that is shipped.

    Returns
    -------
    Index

    Raises
    ------
    CorpusError
        There is none, or it is damaged.

    Examples
    --------
    >>> load_index("nowhere.npz")
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: nowhere.npz: there is no originality index here; ...
    """
    return _load(DATA if path is None else Path(path))
