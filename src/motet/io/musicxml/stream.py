"""XML to measures, one at a time: what has been read is dropped at once, so memory stays small.

Safe by construction: expat alone, no document type is fetched, no entity can be declared, tags and
measures have a largest size. Speed: expat calls the tree builder directly, without Python between.

Source: MusicXML 4.0, elements score-partwise and score-timewise; XML 1.0.
"""

from __future__ import annotations

from typing import Protocol
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from motet.io.musicxml.journal import Journal

__all__ = ["MAX_MEASURES", "MAX_NOTES", "MeasureSink", "stream_measures"]

MAX_NOTES = 250_000
"""Most notes and rests of a file."""
MAX_MEASURES = 250_000
"""Most measures of a file, those of each part counted."""
_MAX_REPEATS = 20_000
_MAX_TAGS = 1_000_000
_MAX_DEPTH = 64
_CHUNK = 1 << 21
_WINDOW = 1 << 17


class MeasureSink(Protocol):
    """What takes the pieces of a file in the order of the file."""

    def take_head(self, elements: list[Element]) -> None:
        """Take everything before the first measure."""

    def take_measure(self, part_id: str, measure: Element, content: Element) -> None:
        """Take one measure of one part; `content` holds the notes (the part, when timewise)."""


def stream_measures(data: bytes, sink: MeasureSink, *, journal: Journal) -> None:
    """Return nothing once every measure has gone to a sink.

    Parameters
    ----------
    data : bytes
        XML in UTF-8.
    sink : MeasureSink
    journal : Journal

    Raises
    ------
    FormatError
        It is no well-formed MusicXML, declares entities, or is larger than any piece.

    Examples
    --------
    >>> class Sink:
    ...     def take_head(self, elements): pass
    ...     def take_measure(self, part_id, measure, content):
    ...         found.append((part_id, measure.get("number")))
    >>> found = []
    >>> xml = b'<score-timewise><measure number="1"><part id="A"/></measure></score-timewise>'
    >>> stream_measures(xml, Sink(), journal=Journal())
    >>> found
    [('A', '1')]
    """
    _check_size(data, journal)
    _Stream(sink, journal).run(data)


def _check_size(data: bytes, journal: Journal) -> None:
    """Refuse what is larger than any piece of music before any of it is built."""
    for tag, limit, en, zh in (
        (b"<note", MAX_NOTES, "notes", "音符"),
        (b"<measure", MAX_MEASURES, "measures", "小节"),
        (b"<lyric", MAX_NOTES, "syllables", "歌词音节"),
        (b"<repeat", _MAX_REPEATS, "repeat signs", "反复记号"),
    ):
        count = data.count(tag)
        if count > limit:
            raise journal.refusal(
                f"the file has {count:,} {en}; at most {limit:,} are read",
                f"文件有 {count:,} 个{zh};最多读取 {limit:,} 个",
                line=1,
            )
    for start in range(0, len(data) - _WINDOW, _WINDOW):
        if data.find(b"<", start, start + _WINDOW) < 0:
            raise journal.refusal(
                f"there are {_WINDOW:,} bytes without a tag; this is no music",
                f"有 {_WINDOW:,} 字节中没有标签;这不是乐谱",
                line=1 + data.count(b"\n", 0, start),
            )


class _Stream:
    """A parser, the tree that it grows, and what of it has been handed on."""

    def __init__(self, sink: MeasureSink, journal: Journal) -> None:
        self.sink, self.journal = sink, journal
        self.builder = TreeBuilder()
        self.root: Element | None = None
        self.has_head = False
        self.n_tags = 0
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start_root
        parser.EndElementHandler = self.builder.end
        parser.CharacterDataHandler = self.builder.data
        parser.StartDoctypeDeclHandler = self._check_doctype
        parser.EntityDeclHandler = self._refuse_entity
        parser.SkippedEntityHandler = self._skip_entity
        self.parser = parser

    def run(self, data: bytes) -> None:
        try:
            for start in range(0, len(data), _CHUNK):
                chunk = data[start : start + _CHUNK]
                self.n_tags += chunk.count(b"<")
                self.parser.Parse(chunk, False)
                self._drain(is_over=False)
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            what = expat.ErrorString(error.code)
            self.journal.part = self.journal.measure = ""
            raise self.journal.refusal(
                f"the XML is damaged at column {error.offset}: {what}; export the file again",
                f"XML 在第 {error.offset} 列损坏({what});请重新导出该文件",
                line=error.lineno,
            ) from error
        self._drain(is_over=True)

    def _start_root(self, tag: str, attributes: dict[str, str]) -> None:
        if tag not in ("score-partwise", "score-timewise"):
            raise self.journal.refusal(
                f"the file is XML but no MusicXML score: it begins with <{tag[:40]}>",
                f"文件是 XML,但不是 MusicXML 乐谱:以 <{tag[:40]}> 开头",
                line=self.parser.CurrentLineNumber,
            )
        self.root = self.builder.start(tag, attributes)
        self.parser.StartElementHandler = self.builder.start

    def _check_doctype(
        self, _name: str, _system: str | None, _public: str | None, has_subset: bool
    ) -> None:
        if has_subset:
            self._refuse_entity()

    def _refuse_entity(self, *_: object) -> None:
        raise self.journal.refusal(
            "the file declares its own entities or elements, which a score never needs; "
            "it was not read",
            "文件声明了自己的实体或元素,乐谱并不需要;未予读取",
            line=self.parser.CurrentLineNumber,
        )

    def _skip_entity(self, _name: str, _is_parameter: object) -> None:
        self.journal.mend(
            "{n} unknown entities (such as &nbsp;) were left out",
            "略去了 {n} 个未知实体(如 &nbsp;)",
        )

    def _drain(self, *, is_over: bool) -> None:
        """Hand on the measures that are complete, and forget them."""
        root = self.root
        if root is None:
            if is_over:
                raise self.journal.refusal("the file is empty", "文件为空", line=1)
            return
        outer, inner = ("part", "measure") if root.tag == "score-partwise" else ("measure", "part")
        first = 0
        if not self.has_head:
            first = next((k for k, one in enumerate(root) if one.tag == outer), -1)
            if first < 0:
                if is_over:
                    raise self.journal.refusal(
                        f"the score has no {outer}; there is nothing to read",
                        "乐谱中没有声部,无内容可读",
                        line=1,
                    )
                self._check_growth(root)
                return
            self.has_head = True
            self.sink.take_head(list(root)[:first])
            del root[:first]
        blocks = list(root)
        for k, block in enumerate(blocks):
            is_whole = is_over or k + 1 < len(blocks)
            if block.tag == outer:
                self._take_block(block, inner, is_whole=is_whole)
        del root[: len(blocks) - (not is_over)]
        self._check_growth(root)

    def _take_block(self, block: Element, inner: str, *, is_whole: bool) -> None:
        is_timewise = inner == "part"
        if is_timewise and not is_whole:
            return
        items = list(block)
        done = len(items) if is_whole else len(items) - 1
        for k in range(done):
            item = items[k]
            if item.tag == inner:
                self.n_tags = 0
                if not is_timewise or k == 0:
                    self.journal.n_measures += 1
                measure, part = (block, item) if is_timewise else (item, block)
                self.sink.take_measure(part.get("id") or "", measure, item)
        if done > 0:
            del block[:done]

    def _check_growth(self, root: Element) -> None:
        """Refuse a measure without end, and nesting without end."""
        depth, element = 0, root
        while len(element):
            depth, element = depth + 1, element[-1]
            if depth > _MAX_DEPTH:
                raise self.journal.refusal(
                    f"elements are nested more than {_MAX_DEPTH} deep",
                    f"元素嵌套超过 {_MAX_DEPTH} 层",
                    line=self.parser.CurrentLineNumber,
                )
        if self.n_tags > _MAX_TAGS:
            raise self.journal.refusal(
                f"one measure has more than {_MAX_TAGS:,} elements",
                f"一个小节有超过 {_MAX_TAGS:,} 个元素",
                line=self.parser.CurrentLineNumber,
            )
