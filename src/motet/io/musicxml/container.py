"""From the bytes of a file to XML in UTF-8: the compressed container, encodings, limits.

Conventions: a container is read for its ``META-INF/container.xml`` and the file that this names,
nothing else; nothing is ever written or fetched.

Source: MusicXML 4.0, compressed .mxl files (W3C Music Notation Community Group); XML 1.0, appendix
F (detection of character encodings).
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from xml.parsers import expat

from motet.io.limits import MAX_TEXT_BYTES
from motet.io.musicxml.journal import Journal

__all__ = ["MAX_XML_BYTES", "decode_xml", "is_container", "unpack"]

MAX_XML_BYTES = MAX_TEXT_BYTES
"""Largest XML that is read, compressed or not."""
_MAX_RATIO = 300
_MAX_CONTAINER_BYTES = 1 << 16
_MAX_ENTRIES = 10_000
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z][\w.:-]*)["']""")
_CONTROLS = bytes(code for code in range(32) if code not in (9, 10, 13))
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BARE = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))


def is_container(data: bytes) -> bool:
    """Return whether bytes look like a compressed file.

    Examples
    --------
    >>> is_container(b"<score-partwise/>")
    False
    """
    return data[:2] == b"PK"


def unpack(data: bytes, *, journal: Journal) -> bytes:
    """Return the score file of a compressed container.

    Parameters
    ----------
    data : bytes
        A whole ``.mxl`` file.
    journal : Journal
        Takes the repairs.

    Returns
    -------
    bytes
        XML in any encoding.

    Raises
    ------
    FormatError
        The archive is damaged, encrypted, too large, names a path outside itself, or holds no score.

    Examples
    --------
    >>> file = io.BytesIO()
    >>> with zipfile.ZipFile(file, "w") as archive:
    ...     archive.writestr("a.xml", "<score-partwise/>")
    >>> unpack(file.getvalue(), journal=Journal())
    b'<score-partwise/>'
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()[:_MAX_ENTRIES]}
            name = _root_name(archive, entries, journal)
            if name not in entries:
                raise journal.refusal(
                    f"the container names {name[:80]!r}, which is not in it",
                    f"容器指明的 {name[:80]!r} 不在其中",
                )
            return _take(archive, entries[name], MAX_XML_BYTES, journal)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError) as error:
        raise journal.refusal(
            f"the compressed file is damaged: {error}; export it again",
            f"压缩文件已损坏:{error};请重新导出",
        ) from error


def _take(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int, journal: Journal) -> bytes:
    """Return one file of an archive, within limits that its header cannot lie about."""
    ratio = entry.file_size / max(1, entry.compress_size)
    if entry.file_size > limit or (ratio > _MAX_RATIO and entry.file_size > 1 << 20):
        raise journal.refusal(
            f"{entry.filename[:80]!r} would unpack to {entry.file_size:,} bytes ({ratio:.0f} times "
            f"its size); at most {limit:,} bytes and {_MAX_RATIO} times are read",
            f"{entry.filename[:80]!r} 解压后将有 {entry.file_size:,} 字节(原来的 {ratio:.0f} 倍);"
            f"最多读取 {limit:,} 字节、{_MAX_RATIO} 倍",
        )
    if entry.flag_bits & 1 or entry.compress_type not in (0, zipfile.ZIP_DEFLATED):
        raise journal.refusal(
            "the compressed file is encrypted or packed in an unusual way; export it again",
            "压缩文件已加密或压缩方式不常见;请重新导出",
        )
    with archive.open(entry) as file:
        found = file.read(limit + 1)
    if len(found) > limit:
        raise journal.refusal(
            f"the compressed file unpacks to more than {limit:,} bytes",
            f"压缩文件解压后超过 {limit:,} 字节",
        )
    return found


def _root_name(
    archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], journal: Journal
) -> str:
    """Return the name of the score inside the container."""
    container = entries.get("META-INF/container.xml")
    name = ""
    if container is not None:
        name = _read_container(_take(archive, container, _MAX_CONTAINER_BYTES, journal), journal)
    if not name:
        scores = [
            one
            for one in sorted(entries)
            if one.lower().endswith((".xml", ".musicxml")) and not one.startswith("META-INF")
        ]
        if not scores:
            raise journal.refusal(
                "the archive holds no MusicXML score", "压缩包中没有 MusicXML 乐谱"
            )
        name = scores[0]
        journal.mend(
            "the container does not say which file is the score; the first one was read",
            "容器未指明哪个文件是乐谱;读取了第一个",
        )
    parts = re.split(r"[/\\]", name)
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
        raise journal.refusal(
            f"the container names {name[:80]!r}, a path outside the archive",
            f"容器指明了压缩包之外的路径 {name[:80]!r}",
        )
    return name


def _read_container(data: bytes, journal: Journal) -> str:
    """Return the path of the first root file that is a score."""
    found: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("media-type", "")
        if tag == "rootfile" and "full-path" in attributes and (not kind or "musicxml" in kind):
            found.append(attributes["full-path"])

    def refuse(*_: object) -> None:
        raise journal.refusal(
            "the container file declares entities, which is not allowed",
            "容器文件中声明了实体,这是不允许的",
        )

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        return ""
    return found[0] if found else ""


def decode_xml(data: bytes, *, journal: Journal) -> bytes:
    """Return XML as UTF-8, whatever it was in.

    Parameters
    ----------
    data : bytes
        XML with or without a byte order mark; a wrong declaration is mended.
    journal : Journal

    Returns
    -------
    bytes
        UTF-8 without a byte order mark; the declaration may still name another encoding.

    Examples
    --------
    >>> journal = Journal()
    >>> decode_xml('<a>é</a>'.encode("utf-16"), journal=journal)
    b'<a>\\xc3\\xa9</a>'
    >>> decode_xml('<?xml version="1.0" encoding="UTF-8"?><a>é</a>'.encode("latin-1"),
    ...            journal=journal)[-9:], len(journal.repairs)
    (b'<a>\\xc3\\xa9</a>', 1)
    """
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "")
    if encoding:
        mark = next(mark for mark, name in _BOMS if name == encoding)
        data = data[len(mark) :]
    else:
        encoding = next((name for sign, name in _BARE if data.startswith(sign)), "")
    declared = "utf-8"
    match = _DECLARED.match(data[:1024])
    if not encoding and match:
        declared = match[1].decode("ascii")
        if declared.lower().startswith(("utf-16", "utf16", "ucs-2", "utf-32")):
            declared = "utf-8"  # a file in UTF-16 would not show its declaration as ASCII
    encoding = encoding or declared
    if encoding.lower() not in ("utf-8", "utf8", "us-ascii", "ascii"):
        data = _recode(data, encoding, journal)
    elif not _is_utf8(data):
        journal.mend(
            "the file is not in UTF-8 as it says; its letters were read as Western European",
            "文件并非如其所称为 UTF-8;按西欧字符读取",
        )
        data = data.decode("cp1252", errors="replace").encode()
    clean = data.translate(None, _CONTROLS)
    if len(clean) != len(data):
        journal.mend(
            "{n} control characters, which XML does not allow, were left out",
            "略去了 {n} 个 XML 不允许的控制字符",
            n=len(data) - len(clean),
        )
    return clean


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _recode(data: bytes, encoding: str, journal: Journal) -> bytes:
    """Return bytes of a named encoding as UTF-8."""
    try:
        return data.decode(encoding).encode("utf-8")
    except (LookupError, UnicodeError):
        journal.mend(
            f"the file is not in {encoding[:40]}, as it says; what could not be read was replaced",
            f"文件并非如其所称为 {encoding[:40]};无法读取之处已替换",
        )
    fallback = encoding if encoding.startswith("utf-") else "utf-8"
    return data.decode(fallback, errors="replace").encode("utf-8", errors="replace")
