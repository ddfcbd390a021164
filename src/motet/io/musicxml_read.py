"""Reading MusicXML: partwise and timewise, plain and compressed.

Conventions: pitches are those that sound; bars are those of the file, whatever their metre says; the
resolution is one at which every duration is exact. What a score cannot hold is listed as a repair
("left out"), never dropped in silence; layout (beams, stems, positions, page breaks, part groups)
is. See docs/formats.md for the whole table.

Source: MusicXML 4.0 (W3C Music Notation Community Group, 2021).
"""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

from motet.errors import MotetError
from motet.io.limits import check_score_size, load_bytes
from motet.io.loaded import Loaded
from motet.io.musicxml.assemble import assemble_score
from motet.io.musicxml.container import MAX_XML_BYTES, decode_xml, is_container, unpack
from motet.io.musicxml.draft import PartDraft
from motet.io.musicxml.head import Head, PartHead, read_head
from motet.io.musicxml.journal import Journal
from motet.io.musicxml.measure_time import choose_resolution
from motet.io.musicxml.part_reader import finish_part, read_measure
from motet.io.musicxml.stream import stream_measures
from motet.io.record_mark import put_mark

__all__ = ["read_musicxml"]


def read_musicxml(source: str | Path | bytes, *, mend: bool = True) -> Loaded:
    """Return the score of a MusicXML file, and the list of repairs that reading it took.

    Parameters
    ----------
    source : str, Path or bytes
        Path of a ``.musicxml``, ``.xml`` or ``.mxl`` file, or its content.
    mend : bool
        Whether damage is mended and listed; False raises at the first damage. What a score cannot
        hold is listed either way.

    Returns
    -------
    Loaded

    Raises
    ------
    FormatError
        The file is no MusicXML, is damaged beyond mending (or at all, with ``mend=False``),
        declares entities, or is larger than any piece of music; the place names part, measure and
        line.
    ParameterError
        There is no such file.

    Source
    ------
    MusicXML 4.0. Slow twin: music21, in tests/io/test_musicxml_read.py. Cost: O(n log n).

    Examples
    --------
    >>> from motet.io.musicxml_write import write_musicxml
    >>> from motet.score import make_score
    >>> loaded = read_musicxml(write_musicxml(make_score("C4:1 E4:1 G4:2", chords="C:4")))
    >>> [note.pitch for note in loaded.score.parts[0].notes], loaded.score.chords[0].symbol
    ([60, 64, 67], 'C')
    """
    data, path = load_bytes(source, max_bytes=MAX_XML_BYTES)
    journal = Journal(mend=mend, path=path)
    if not data:
        raise journal.refusal("the file is empty", "文件为空", line=1)
    if is_container(data):
        data = unpack(data, journal=journal)
    data = decode_xml(data, journal=journal)
    journal.data = data
    sink = _Sink(choose_resolution(data), journal)
    stream_measures(data, sink, journal=journal)
    journal.n_measures = 0
    try:
        drafts = sink.finish()
        score = assemble_score(sink.head, drafts, resolution=sink.resolution, journal=journal)
        score = put_mark(score, sink.head.record)
        check_score_size(score, path=path)
    except MotetError as error:
        error.path = error.path or path
        raise
    return Loaded(score, journal.repairs)


class _Sink:
    """Gives each measure to the part that it belongs to."""

    def __init__(self, resolution: int, journal: Journal) -> None:
        self.resolution, self.journal = resolution, journal
        self.head = Head()
        self.drafts: dict[str, PartDraft] = {}

    def take_head(self, elements: list[Element]) -> None:
        self.head = read_head(elements, journal=self.journal)
        for identity, part in self.head.parts.items():
            self._add(identity, part)

    def _add(self, identity: str, part: PartHead) -> PartDraft:
        draft = PartDraft(identity, part, self.head, self.journal, self.resolution)
        self.drafts[identity] = draft
        return draft

    def take_measure(self, part_id: str, measure: Element, content: Element) -> None:
        draft = self.drafts.get(part_id)
        self.journal.part = part_id or "?"
        if draft is None:
            self.journal.measure = ""
            self.journal.mend(
                "{n} parts are not in the part list; they were read all the same",
                "{n} 个声部不在声部列表中;仍予读取",
            )
            draft = self._add(part_id, PartHead(part_id))
        read_measure(draft, measure, content)

    def finish(self) -> list[PartDraft]:
        """Return the parts in the order of the list, each closed."""
        for draft in self.drafts.values():
            self.journal.part, self.journal.measure = draft.identity, ""
            finish_part(draft)
        return list(self.drafts.values())
