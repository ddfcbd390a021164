"""Writing MusicXML: the score as printed music, readable by notation programs.

Conventions: MusicXML 4.0, partwise, ``.musicxml`` or compressed ``.mxl``. The score may be played
(humanised): what is written is how it reads on the grid of `motet.io.notation`. The same score
gives the same bytes.

Source: MusicXML 4.0 (W3C Music Notation Community Group, 2021).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from math import gcd
from pathlib import Path
from typing import Literal

from motet.errors import ParameterError
from motet.io.atomic import write_whole
from motet.io.notation.engrave import EngravedPart, engrave_part
from motet.io.notation.grid import BarFrame, ReadingGrid
from motet.io.notation.harmony import chord_tones
from motet.io.notation.metre import UNITS_PER_QN
from motet.io.notation.writing import (
    Transposition,
    WrittenPitch,
    choose_clef,
    key_alters,
    key_in_force,
    part_transposition,
    write_pitch,
)
from motet.io.notation.xml_bar import BarLines, attributes_xml, lay_bar_lines
from motet.io.notation.xml_direction import OFFSET, Mark, chord_marks, part_marks, score_marks
from motet.io.notation.xml_head import head_xml, part_list_xml
from motet.io.notation.xml_note import VoiceWriter, shown_accidentals
from motet.score import Clef, Note, Part, Score

__all__ = ["write_musicxml"]

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" '
    '"http://www.musicxml.org/dtds/partwise.dtd">\n'
)
_ILLEGAL = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<container><rootfiles><rootfile '
    'full-path="score.musicxml" media-type="application/vnd.recordare.musicxml+xml"/>'
    "</rootfiles></container>\n"
)


def write_musicxml(
    score: Score,
    path: str | Path | None = None,
    *,
    layout: Literal["full", "lead"] = "full",
    note_ids: bool = False,
) -> bytes:
    """Return the score as MusicXML, and write it to a file if a path is given.

    Parameters
    ----------
    score : Score
        Played or exact. Nothing of it is changed.
    path : str, Path or None
        ``.mxl`` writes the compressed form, anything else plain XML; written whole or not at all.
    layout : ``"full"`` or ``"lead"``
        All parts in their order, or a lead sheet: the melody on one staff under its chord symbols.
    note_ids : bool
        Whether each printed note says which note of the score it is: ``n-PART-ONSET-PITCH``, part
        from 0 and onset in ticks; tied heads after the first end in ``-2``, ``-3``, ... Bars are
        ``b-0``, ``b-1``, ...

    Returns
    -------
    bytes
        What the file holds.

    Raises
    ------
    ParameterError
        The layout is unknown, or the path cannot be written.

    Examples
    --------
    >>> from motet.score import make_score
    >>> data = write_musicxml(make_score("C4:1 E4:1 G4:2", chords="C:4"))
    >>> b"<root-step>C</root-step>" in data, data.count(b"<note ")
    (True, 3)
    """
    if layout not in ("full", "lead"):
        raise ParameterError(
            f"layout must be 'full' or 'lead', got {layout!r}",
            zh=f"layout(版式)必须是 'full'(总谱)或 'lead'(领谱),收到 {layout!r}",
        )
    is_lead = layout == "lead"
    shown = _lead_score(score) if is_lead else score
    namer = _NoteNames(_melody_index(score) if is_lead else 0) if note_ids else None
    data = (_HEAD + _legal(_document(shown, is_lead, namer))).encode()
    if path is not None and Path(path).suffix.lower() == ".mxl":
        data = _compress(data)
    if path is not None:
        write_whole(path, data)
    return data


def _legal(text: str) -> str:
    """Return the text without characters that XML does not allow."""
    return _ILLEGAL.sub("", text)


def _compress(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            ("META-INF/container.xml", _CONTAINER.encode()),
            ("score.musicxml", data),
        ):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def _lead_score(score: Score) -> Score:
    """Return the score with its melody alone, on one staff."""
    index = _melody_index(score)
    melody = score.parts[index] if index >= 0 else None
    if melody is None:
        return replace(score, parts=(Part(name="", role="melody"),), length_tick=score.end_tick)
    notes = tuple(replace(note, voice=1) for note in melody.notes if note.staff == 1)
    octaves = melody.transposition_semi if melody.transposition_semi % 12 == 0 else 0
    one = replace(melody, notes=notes, n_staves=1, role="melody", transposition_semi=octaves)
    return replace(score, parts=(one,), length_tick=score.end_tick)


def _melody_index(score: Score) -> int:
    """Return which part a lead sheet shows; -1 for none."""
    pitched = [k for k, part in enumerate(score.parts) if not part.is_drums]
    melodies = [k for k, part in enumerate(score.parts) if part.role == "melody"]
    return next(iter([*melodies, *pitched]), -1)


class _NoteNames:
    """Gives each printed note a name of its own; parts are counted from the first."""

    def __init__(self, first_part: int) -> None:
        self._first_part = first_part
        self._counts: Counter[str] = Counter()

    def of_part(self, k: int) -> Callable[[Note], str]:
        """Return what names the notes of a part of the document."""

        def name(note: Note) -> str:
            stem = f"n-{self._first_part + k}-{note.onset_tick}-{note.pitch}"
            self._counts[stem] += 1
            count = self._counts[stem]
            return stem if count == 1 else f"{stem}-{count}"

        return name


def _document(score: Score, is_lead: bool, namer: _NoteNames | None = None) -> str:
    grid = ReadingGrid(score)
    parts = score.parts or (Part(name=""),)
    engraved = [engrave_part(part, grid) for part in parts]
    step = _common_step(engraved, grid)
    lines = lay_bar_lines(score, grid)
    out = ['<score-partwise version="4.0">', *head_xml(score), part_list_xml(parts)]
    concert = (k for k, p in enumerate(parts) if not p.transposition_semi % 12 and not p.is_drums)
    chord_part = next(concert, 0)
    for k, one in enumerate(engraved):
        name_of = namer.of_part(k) if namer is not None else None
        writer = _PartWriter(score, grid, one, f"P{k + 1}", step, lines, name_of)
        marks = part_marks(one.part, grid, one.n_staves)
        if k == 0:
            marks += score_marks(score, grid)
        if k == chord_part:
            marks += chord_marks(score, grid, writer.transposition)
        marks.sort(key=lambda mark: (mark.place, mark.order))
        out.append(writer.write(marks, joins_rests=is_lead))
    out.append("</score-partwise>\n")
    return "\n".join(out)


def _common_step(engraved: list[EngravedPart], grid: ReadingGrid) -> int:
    """Return the units of one MusicXML division: the largest that fits everything."""
    sizes = {UNITS_PER_QN // 2}
    for frame in grid.frames:
        sizes |= {frame.duration, frame.offset}
    for one in engraved:
        for voices in one.bars:
            for voice in voices:
                for symbol in voice.symbols:
                    sizes |= {symbol.start, symbol.duration}
    return max(1, reduce(gcd, sizes))


class _PartWriter:
    """Writes one part, bar by bar."""

    def __init__(
        self,
        score: Score,
        grid: ReadingGrid,
        engraved: EngravedPart,
        identity: str,
        step: int,
        lines: BarLines,
        name_of: Callable[[Note], str] | None = None,
    ) -> None:
        self._score, self._grid, self._engraved = score, grid, engraved
        self._identity, self._step, self._lines = identity, step, lines
        self.transposition: Transposition = part_transposition(engraved.part)
        self._fifths = 0
        self._pitches: dict[int, WrittenPitch] = {}
        self._voice_writer = VoiceWriter(
            identity,
            engraved.part.is_drums,
            engraved.n_staves,
            self._divisions,
            self._pitch_of,
            name_of,
        )

    def _divisions(self, units: int) -> int:
        return round(units / self._step)

    def _pitch_of(self, note: Note) -> WrittenPitch:
        found = self._pitches.get(id(note))
        if found is None:
            tones: tuple[str, ...] = ()
            if not note.spelling:
                chord = self._score.chord_at(note.onset_tick)
                tones = chord_tones(chord.symbol) if chord else ()
            fifths = key_in_force(self._score.keys, note.onset_tick)
            found = write_pitch(
                note, fifths=fifths, chord_tones=tones, transposition=self.transposition
            )
            self._pitches[id(note)] = found
        return found

    def _clefs(self) -> list[Clef]:
        by_staff: dict[int, list[int]] = {}
        for voices in self._engraved.bars:
            for voice in voices:
                for piece in voice.pieces:
                    up = self.transposition.up_semi
                    pitches = [note.pitch + up for note in piece.event.notes]
                    by_staff.setdefault(voice.staff, []).extend(pitches)
        n_staves = self._engraved.n_staves
        return [
            choose_clef(self._engraved.part, by_staff.get(staff, []), staff, n_staves)
            for staff in range(1, n_staves + 1)
        ]

    def write(self, marks: list[Mark], *, joins_rests: bool) -> str:
        """Return the part element."""
        frames = self._grid.frames
        by_bar: list[list[Mark]] = [[] for _ in frames]
        for mark in marks:
            place = min(mark.place, self._grid.end - 1)
            by_bar[self._grid.frame_at(place).bar.index].append(replace(mark, place=place))
        rests = self._rest_runs(by_bar) if joins_rests else {}
        out = [f'<part id="{self._identity}">']
        for frame in frames:
            index = frame.bar.index
            out.append(self._bar(frame, by_bar[index], rests.get(index, 0)))
        out.append("</part>")
        return "\n".join(out)

    def _rest_runs(self, by_bar: list[list[Mark]]) -> dict[int, int]:
        """Return the runs of two and more empty bars, by their first bar."""
        runs: dict[int, int] = {}
        first = -1
        metres = {metre.tick for metre in self._score.metres}
        keys = {key.tick for key in self._score.keys}
        for frame, voices in zip(self._grid.frames, self._engraved.bars):
            index = frame.bar.index
            is_empty = all(not voice.pieces for voice in voices)
            breaks = (
                by_bar[index]
                or index in self._lines.left
                or index - 1 in self._lines.right
                or frame.bar.start_tick in metres | keys
            )
            if first >= 0 and is_empty and not breaks:
                runs[first] = runs.get(first, 1) + 1
            else:
                first = index if is_empty and not frame.bar.is_irregular else -1
        return runs

    def _bar(self, frame: BarFrame, marks: list[Mark], n_rests: int) -> str:
        index = frame.bar.index
        before = self._grid.frames[index - 1] if index else None
        is_pickup = index == 0 and frame.offset > 0
        implicit = ' implicit="yes"' if is_pickup or frame.bar.number == 0 else ""
        name = f' id="b-{index}"' if self._voice_writer.name_of and self._identity == "P1" else ""
        out = [f'<measure{name} number="{frame.bar.number}"{implicit}>']
        if index in self._lines.left:
            out.append(self._lines.left[index])
        attributes = attributes_xml(
            self._score,
            self._engraved.part,
            frame,
            before,
            divisions=UNITS_PER_QN // self._step,
            n_staves=self._engraved.n_staves,
            clefs=self._clefs() if before is None else self._clef_changes(frame),
            transposition=self.transposition,
        )
        if attributes:
            out.append(attributes)
        if n_rests:
            out.append(
                f"<attributes><measure-style><multiple-rest>{n_rests}</multiple-rest>"
                "</measure-style></attributes>"
            )
        voices = self._engraved.bars[index]
        fifths = self.transposition.key(key_in_force(self._score.keys, frame.bar.start_tick))
        shown = {}
        if not self._engraved.part.is_drums:
            shown = shown_accidentals(voices, self._pitch_of, key_alters(fifths))
        for k, voice in enumerate(voices):
            if k:
                out.append(
                    f"<backup><duration>{self._divisions(frame.duration)}</duration></backup>"
                )
            n_here = sum(one.staff == voice.staff for one in voices)
            out += self._voice_writer.write(
                voice,
                shown,
                has_two_voices=n_here > 1,
                between=self._placer(frame, marks if k == 0 else []),
            )
        if index in self._lines.right:
            out.append(self._lines.right[index])
        out.append("</measure>")
        return "\n".join(out)

    def _clef_changes(self, frame: BarFrame) -> list[Clef]:
        bar = frame.bar
        found: dict[int, Clef] = {}
        for clef in self._engraved.part.clefs:
            if clef.tick and bar.start_tick <= clef.tick < bar.end_tick:
                found.setdefault(clef.staff, clef)
        return [clef for staff, clef in sorted(found.items()) if staff <= self._engraved.n_staves]

    def _placer(self, frame: BarFrame, marks: list[Mark]) -> Callable[[int, int], list[str]]:
        """Return the function that gives the marks to write before a symbol of the bar."""
        shift = frame.offset - frame.start
        last = frame.offset + frame.duration - 1  # stands for the bar's end

        def between(start: int, end: int) -> list[str]:
            out = []
            for mark in marks:
                place = mark.place + shift
                if place == last and start == end:
                    out.append(mark.xml.replace(OFFSET, ""))
                elif place != last and start <= place < end:
                    offset = self._divisions(place - start)
                    element = f"<offset>{offset}</offset>" if offset else ""
                    out.append(mark.xml.replace(OFFSET, element))
            return out

        return between
