"""The pass over the lines of a kern file: spines, time, notes.

Conventions: what stands between two data lines (bar lines, interpretations, comments) holds at the
time of the next data line. Notes of one line sound together; where the lengths of the notes before
disagree, the majority of the spines tells the time and the others are listed as repairs.

Source: David Huron, The Humdrum Toolkit: Reference Manual (1995), spine paths.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from motet.io.kern.ledger import LineLedger
from motet.io.kern.note_token import TIE_END, TIE_MIDDLE, TIE_START, Head, Token
from motet.io.kern.spine import Spines
from motet.io.kern.tandem import read_layout, read_tandem
from motet.io.kern.track import UNITS_PER_QN, Column, Mark, NoteRecord, Track
from motet.io.kern.vocabulary import UNREAD, Vocabulary

__all__ = ["MAX_NOTES", "Scan"]

MAX_NOTES = 150_000
"""Most notes of a kern file; the largest known has about 34,000."""
MAX_MARKS = 300_000
"""Most syllables, dynamics, slurs, bar lines and interpretations of a file."""
_MAX_REFERENCES = 1000
_MAX_SLURS = 8
_MAX_OPEN = 16


class Scan:
    """Everything that the lines of a file say, by track and by time.

    Parameters
    ----------
    ledger : LineLedger

    Examples
    --------
    >>> scan = Scan(LineLedger())
    >>> scan.read(["**kern", "4c", "4d", "*-"])
    >>> [(note[0] // UNITS_PER_QN, note[2].spelling) for note in scan.tracks[0].notes]
    [(0, 'C'), (1, 'D')]
    """

    def __init__(self, ledger: LineLedger) -> None:
        self.ledger = ledger
        self.spines = Spines(ledger)
        self.references: list[Mark] = []
        self.barlines: list[Mark] = []
        self.tempos: list[Mark] = []
        self.labels: list[Mark] = []
        self.orders: list[Mark] = []
        self.pending: list[tuple[list[Mark], str, int]] = []
        self.words = Vocabulary(ledger)
        self.now = 0
        self.floor = 0
        self.end = 0
        self._nulls: list[tuple[list[tuple[Track, str]], int]] = []
        self._n_notes = 0
        self._n_marks = 0
        self._n_references = 0
        self._after_bar = False

    @property
    def tracks(self) -> list[Track]:
        """All spines of the file, in order of their beginnings."""
        return self.spines.tracks

    def read(self, lines: list[str]) -> None:
        """Gather all lines."""
        for number, line in enumerate(lines, 1):
            if not line:
                continue
            if len(self.pending) > MAX_MARKS:
                self._count_marks(len(self.pending), number)
            first = line[0]
            if first == "!":
                self._comment(line, number)
            elif first == "*":
                row = self.spines.fit(line.split("\t"), number, "*")
                read_tandem(self, row, number)
                self.spines.move(row, number)
            elif first == "=":
                self._bar(self.spines.fit(line.split("\t"), number, "="), number)
            elif self.spines.columns:
                self._data(line.split("\t"), number)
            else:
                self.ledger.mend(
                    number,
                    0,
                    "{n} lines outside of all spines were passed over",
                    "跳过了 {n} 行不属于任何谱列的内容",
                )
        self._close(len(lines))

    def _comment(self, line: str, number: int) -> None:
        if line.startswith("!!"):
            if not line.startswith("!!!") or line.startswith("!!!!"):
                return
            self._n_references += 1
            if self._n_references > _MAX_REFERENCES:
                self.ledger.tell(
                    number,
                    0,
                    "{n} further reference records are not read",
                    "未读取其余 {n} 条参考记录",
                )
            else:
                self.pending.append((self.references, line[3:], number))
        elif "!LO:TX" in line:
            read_layout(self, line.split("\t"), number)

    def _bar(self, row: list[str], number: int) -> None:
        tokens = [row[i] for i, _ in self.spines.rhythm]
        shown = next((token for token in tokens if "-" not in token), tokens[0] if tokens else "=")
        if self._after_bar and len(self.pending) > MAX_MARKS // 8:
            self._count_marks(MAX_MARKS, number)
        self.pending.append((self.barlines, shown, number))
        self._after_bar = True

    def _data(self, row: list[str], number: int) -> None:
        """Take one data line: find its time, then its notes and its other tokens."""
        spines = self.spines
        if len(row) != spines.width:
            row = spines.fit(row, number, ".")
        known = self.words.known
        hits: list[tuple[Column, tuple[int, Token]]] = []
        now = -1
        is_odd = lacks = False
        for i, column in spines.rhythm:
            text = row[i]
            if text == ".":
                continue
            entry = known.get(text)
            if entry is None:
                entry = self.words.learn(text, number, i + 1)
            if entry[1] is UNREAD:
                continue
            lacks = lacks or entry[0] < 0
            hits.append((column, entry))
            if column.end != now:
                is_odd = is_odd or now >= 0
                now = column.end
        if not hits:
            found = [(track, row[i]) for i, track in spines.others if row[i] != "."]
            if found:
                self._nulls.append((found, number))
                self._count_marks(len(found), number)
            return
        if is_odd or now < self.floor:
            now = self._settle(hits, number)
        if lacks:
            given = [duration for _, (duration, _) in hits if duration > 0]
            lent = min(given, default=UNITS_PER_QN)
            hits = [(column, (lent if took < 0 else took, token)) for column, (took, token) in hits]
        if self._after_bar:
            self._check_bar(now, number)
        if self.pending or self._nulls:
            self._flush(now)
        lasts = False
        for column, (duration, token) in hits:
            end = column.end = now + duration
            lasts = lasts or duration > 0
            if token.heads:
                self._notes(column, token, now, duration, number)
            if token.slur_starts or token.slur_ends:
                self._count_marks(token.slur_starts + token.slur_ends, number)
                self._slurs(column, token, now, end, number)
        self.now = now
        self.floor = now + 1 if lasts else now
        n_marks = 0
        for i, track in spines.others:
            text = row[i]
            if text != ".":
                track.marks.append((now, text, number))
                n_marks += 1
        if n_marks:
            self._count_marks(n_marks, number)

    def _settle(self, hits: list[tuple[Column, tuple[int, Token]]], number: int) -> int:
        """Return the time of a line whose spines disagree on it, and list who was wrong."""
        floor = self.floor
        votes = Counter(column.end for column, _ in hits if column.end >= floor)
        if votes:
            most = max(votes.values())
            now = max(end for end, n in votes.items() if n == most)
        else:
            ends = [column.end for _, column in self.spines.rhythm if column.end >= floor]
            now = min(ends, default=floor)
        for column, _ in hits:
            if column.end > now:
                self.ledger.mend(
                    number,
                    self.spines.place(column),
                    "{n} notes begin before the note ahead of them in the spine has ended",
                    "{n} 个音符在同列前一音符结束之前开始",
                )
            elif column.end < now:
                self.ledger.mend(
                    number,
                    self.spines.place(column),
                    "{n} times a spine had too few notes or rests; it was filled up",
                    "{n} 处谱列的音符或休止不足,已补齐",
                )
        return now

    def _check_bar(self, now: int, number: int) -> None:
        """List spines that had nothing to the end of the bar before."""
        self._after_bar = False
        for _, column in self.spines.rhythm:
            if column.end < now:
                self.ledger.mend(
                    number,
                    self.spines.place(column),
                    "{n} times a spine ended before its bar; it was filled up",
                    "{n} 处谱列在小节结束前中断,已补齐",
                )
                column.end = now

    def _flush(self, now: int) -> None:
        """Set everything that waited for the next time."""
        if self._nulls:
            step = (now - self.now) // (len(self._nulls) + 1)
            for k, (found, number) in enumerate(self._nulls, 1):
                for track, text in found:
                    track.marks.append((self.now + k * step, text, number))
            self._nulls.clear()
        if self.pending:
            self._count_marks(len(self.pending), self.pending[-1][2])
        for target, text, number in self.pending:
            target.append((now, text, number))
        self.pending.clear()

    def _count_marks(self, count: int, number: int) -> None:
        """Refuse a file that has more beside its notes than any music."""
        self._n_marks += count
        if self._n_marks > MAX_MARKS:
            raise self.ledger.refusal(
                number,
                0,
                f"the file has more than {MAX_MARKS:,} syllables, bar lines and other marks; that "
                "many are not read",
                f"文件的歌词、小节线等标记超过 {MAX_MARKS:,} 个,不予读取",
            )

    def _notes(self, column: Column, token: Token, now: int, duration: int, number: int) -> None:
        """Take the notes of a token; a tied one makes the note before it longer."""
        track = column.track
        notes = track.notes
        self._n_notes += len(token.heads)
        if self._n_notes > MAX_NOTES:
            raise self.ledger.refusal(
                number,
                0,
                f"the file has more than {MAX_NOTES:,} notes; that many are not read",
                f"文件的音符超过 {MAX_NOTES:,} 个,不予读取",
            )
        for head in token.heads:
            if head.is_hidden:
                self.ledger.tell(
                    number,
                    self.spines.place(column),
                    "{n} notes that the source does not print (yy) are kept, for they sound",
                    "保留了 {n} 个源文件不印出(yy)但发声的音符",
                )
            tie = head.tie
            if tie >= TIE_MIDDLE and not head.grace:
                family = self._tied(track, head, now)
                before = next((one for one in family if one[0] + one[1] == now), None)
                if before is not None:
                    before[1] += duration
                    (before[4] or _new_ties(before)).append(now)
                    if head.articulations or head.ornaments:
                        before[2] = _join(before[2], head)
                    if tie == TIE_END:
                        family.remove(before)
                    continue
                self.ledger.mend(
                    number,
                    self.spines.place(column),
                    "{n} tied notes have no note to be tied to; they sound anew",
                    "{n} 个延音音符找不到前音,按新音处理",
                )
            record: NoteRecord = [now, duration, head, column.voice, None]
            notes.append(record)
            if tie in (TIE_START, TIE_MIDDLE) and not head.grace:
                family = track.open_ties.setdefault(head.pitch, [])
                if len(family) >= _MAX_OPEN:
                    del family[0]
                family.append(record)

    def _tied(self, track: Track, head: Head, now: int) -> list[NoteRecord]:
        """Return the open notes of the pitch, of this spine or else of another staff."""
        family = track.open_ties.get(head.pitch, [])
        if any(one[0] + one[1] == now for one in family) or not track.part:
            return family
        for other in self.tracks:
            if other is not track and other.part == track.part:
                found = other.open_ties.get(head.pitch, [])
                if any(one[0] + one[1] == now for one in found):
                    return found
        return family

    def _slurs(self, column: Column, token: Token, now: int, end: int, number: int) -> None:
        """Open and close slurs; one that closes looks for its own voice first."""
        track = column.track
        for _ in range(min(token.slur_ends, _MAX_SLURS)):
            stack = track.open_slurs
            at = next(
                (k for k in range(len(stack) - 1, -1, -1) if stack[k][1] == column.voice),
                len(stack) - 1,
            )
            if at < 0:
                self.ledger.tell(
                    number,
                    self.spines.place(column),
                    "{n} slurs end that did not begin; they were left out",
                    "略去了 {n} 条没有起点的连线",
                )
                continue
            start, voice = stack.pop(at)
            track.slurs.append((start, end, voice))
        for _ in range(min(token.slur_starts, _MAX_SLURS)):
            if len(track.open_slurs) >= 64:
                del track.open_slurs[0]
            track.open_slurs.append((now, column.voice))

    def _close(self, number: int) -> None:
        """End the file: set what waits, and list what was left open."""
        ends = [column.end for column in self.spines.columns]
        self.end = max([self.now, self.spines.end, *ends])
        self._flush(self.end)
        if self.spines.columns:
            self.ledger.mend(
                number,
                0,
                "the file ends before its spines do; it is probably cut off",
                "文件在谱列结束之前终止,可能被截断",
            )
        open_slurs = sum(len(track.open_slurs) for track in self.tracks)
        open_ties = sum(len(found) for track in self.tracks for found in track.open_ties.values())
        if open_slurs:
            self.ledger.tell(
                number,
                0,
                "{n} slurs never end; they were left out",
                "略去了 {n} 条没有终点的连线",
                n=open_slurs,
            )
        if open_ties:
            self.ledger.tell(
                number,
                0,
                "{n} ties lead to no note; they were left out",
                "略去了 {n} 条没有后音的延音线",
                n=open_ties,
            )


def _new_ties(record: NoteRecord) -> list[int]:
    record[4] = []
    found: list[int] = record[4]
    return found


def _join(first: Head, more: Head) -> Head:
    """Return a head with the marks of the note that is tied to it."""
    fields: dict[str, Any] = {
        "articulations": tuple(dict.fromkeys((*first.articulations, *more.articulations))),
        "ornaments": tuple(dict.fromkeys((*first.ornaments, *more.ornaments))),
    }
    return Head(first.pitch, first.spelling, first.tie, grace=first.grace, **fields)
