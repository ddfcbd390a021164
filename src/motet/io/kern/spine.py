"""The columns of a kern file and how they split, join, change places, begin and end.

Conventions: ``*^`` splits a column, ``*v`` on neighbours joins them, ``*x`` on two exchanges them,
``*+`` adds one behind, ``*-`` ends one, ``**name`` says what one holds.

Source: David Huron, The Humdrum Toolkit: Reference Manual (1995), spine paths.
"""

from __future__ import annotations

from motet.io.kern.ledger import LineLedger
from motet.io.kern.track import Column, Track

__all__ = ["MAX_COLUMNS", "MAX_TRACKS", "Spines"]

MAX_COLUMNS = 256
MAX_TRACKS = 1024
_MAX_MOVED = 1_000_000
_READ = {
    "**kern": "kern",
    "**recip": "recip",
    "**text": "text",
    "**silbe": "text",
    "**lyrics": "text",
    "**dynam": "dynam",
    "**mxhm": "harmony",
    "**harmony": "harmony",
}
_PATHS = frozenset(("*^", "*v", "*x", "*+", "*-"))


class Spines:
    """The columns that are open, and every track that there has been.

    Parameters
    ----------
    ledger : LineLedger

    Examples
    --------
    >>> spines = Spines(LineLedger())
    >>> for row in (["**kern", "**text"], ["*^", "*"], ["*v", "*v", "*"]):
    ...     spines.move(row, 1)
    ...     print(spines.width, [column.voice for _, column in spines.rhythm])
    2 [1]
    3 [1, 2]
    2 [1]
    """

    def __init__(self, ledger: LineLedger) -> None:
        self.ledger = ledger
        self.columns: list[Column] = []
        self.tracks: list[Track] = []
        self.rhythm: list[tuple[int, Column]] = []
        self.others: list[tuple[int, Track]] = []
        self.width = 0
        self.end = 0
        self._n_moved = 0

    def place(self, column: Column) -> int:
        """Return the number of a column, from 1; 0 when it is no longer open."""
        return self.columns.index(column) + 1 if column in self.columns else 0

    def fit(self, row: list[str], number: int, filler: str) -> list[str]:
        """Return a row with as many cells as there are columns."""
        width = self.width
        if len(row) == width:
            return row
        if not width:
            return row
        if len(row) > width and not any(row[width:]):
            return row[:width]
        self.ledger.mend(
            number,
            0,
            "{n} lines have too few or too many columns; they were filled up or cut",
            "{n} 行的列数不符,已补齐或截去",
        )
        return row[:width] + [filler] * (width - len(row))

    def move(self, row: list[str], number: int) -> None:
        """Follow the spine paths of an interpretation line."""
        if not self.width or all(text.startswith("**") for text in row):
            if row and row[0].startswith("**"):
                self._begin(row, number)
                self._check_size(number)
            elif row != ["*-"]:
                self.ledger.mend(
                    number,
                    0,
                    "{n} interpretations stand outside of all spines; they were passed over",
                    "跳过了 {n} 行不属于任何谱列的解释",
                )
            return
        if not any(text in _PATHS or text.startswith("**") for text in row):
            return
        self._n_moved += 4 + len(row)
        if self._n_moved > _MAX_MOVED:
            raise self.ledger.refusal(
                number,
                0,
                "the file splits and joins its spines more often than any score",
                "文件拆分与合并谱列的次数超过任何乐谱",
            )
        self._follow(row, number)
        self._check_size(number)
        self._index()

    def _check_size(self, number: int) -> None:
        """Refuse more spines than any score has."""
        if len(self.tracks) > MAX_TRACKS:
            raise self.ledger.refusal(
                number,
                0,
                f"the file has more than {MAX_TRACKS:,} spines; that many are not read",
                f"文件的谱列超过 {MAX_TRACKS:,} 个,不予读取",
            )
        if len(self.columns) > MAX_COLUMNS:
            raise self.ledger.refusal(
                number,
                0,
                f"the file has more than {MAX_COLUMNS} columns side by side",
                f"文件并列的列数超过 {MAX_COLUMNS}",
            )

    def _begin(self, row: list[str], number: int) -> None:
        self.end = max([self.end, *(column.end for column in self.columns)])
        self.columns = [
            Column(self._track(text, number), self.end) for text in row[: MAX_TRACKS + 1]
        ]
        self._index()

    def _track(self, text: str, number: int) -> Track:
        kind = _READ.get(text.strip(), "")
        if not kind and text != "**blank":
            name = text.strip()[:24]
            self.ledger.tell(
                number,
                0,
                f"{{n}} spines of kind {name} are not read",
                f"未读取 {{n}} 个 {name} 类型的谱列",
            )
        track = Track(len(self.tracks), kind, number)
        self.tracks.append(track)
        return track

    def _follow(self, row: list[str], number: int) -> None:
        """Apply one line of paths from left to right."""
        out: list[Column] = []
        swaps = [k for k, text in enumerate(row) if text == "*x"]
        columns = list(self.columns)
        if len(swaps) == 2:
            a, b = swaps
            columns[a], columns[b] = columns[b], columns[a]
        elif swaps:
            self._odd(number)
        k = 0
        while k < len(row):
            text, column = row[k], columns[k]
            if text == "*^":
                out += [column, Column(column.track, column.end)]
            elif text == "*v":
                stop = k + 1
                while stop < len(row) and row[stop] == "*v":
                    stop += 1
                out += self._join(columns[k:stop], number)
                k = stop
                continue
            elif text == "*-":
                self.end = max(self.end, column.end)
            elif text == "*+":
                out += [column, Column(Track(len(self.tracks), "", number), column.end)]
                self.tracks.append(out[-1].track)
            elif text.startswith("**"):
                out.append(Column(self._track(text, number), column.end))
            else:
                out.append(column)
            k += 1
        self.columns = out

    def _join(self, run: list[Column], number: int) -> list[Column]:
        """Return neighbours joined, each track for itself."""
        if len(run) == 1:
            self._odd(number)
        out: list[Column] = []
        for column in run:
            if out and out[-1].track is column.track:
                out[-1].end = max(out[-1].end, column.end)
            else:
                out.append(column)
        return out

    def _odd(self, number: int) -> None:
        self.ledger.mend(
            number,
            0,
            "{n} spine paths (*v, *x) stand alone; they were passed over",
            "{n} 处谱列操作(*v、*x)缺少配对,已跳过",
        )

    def _index(self) -> None:
        """Number the voices of each track and list what each column holds."""
        self.width = len(self.columns)
        counts: dict[int, int] = {}
        self.rhythm = []
        self.others = []
        for i, column in enumerate(self.columns):
            track = column.track
            if track.has_rhythm:
                counts[track.number] = counts.get(track.number, 0) + 1
                column.voice = counts[track.number]
                self.rhythm.append((i, column))
            elif track.kind:
                self.others.append((i, track))
