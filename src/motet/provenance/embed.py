"""The record inside a file: put into a score before it is written, found in one that was read.

Conventions: the record travels as one raw event of the score (`motet.io.record_mark`): a sequencer's own
event in MIDI, a miscellaneous field in MusicXML, a raw event in Motet JSON. It holds the SHA-256 of the
record, then the record as canonical JSON, packed (zlib). It is not signed; the sidecar is.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import replace

from motet.errors import FormatError
from motet.io.record_mark import get_mark, put_mark
from motet.provenance.record import Record, canonical, record_from_plain
from motet.provenance.snapshot import digest_notes, take_snapshot
from motet.score import Score

__all__ = ["embed", "record_in", "tell_shortly"]

_HEAD = b"1:"
_MAX_BYTES = 64 * 1024 * 1024


def embed(score: Score, record: Record, *, layout: str = "full") -> Score:
    """Return a score that carries a record of itself; an older one is replaced.

    Parameters
    ----------
    score : Score
    record : Record
        Its snapshot and digests are taken anew where the score is another one.
    layout : str
        ``"lead"`` where MusicXML will hold the melody alone.

    Returns
    -------
    Score

    Examples
    --------
    >>> from motet.score import make_score
    >>> record_in(embed(make_score("C4:4"), Record(version="1"))).version
    '1'
    """
    if not record.snapshot:
        record = replace(record, snapshot=take_snapshot(score), digests=digest_notes(score))
    if record.layout != layout:
        record = replace(record, layout=layout)
    plain = canonical(record.to_dict())
    head = _HEAD + hashlib.sha256(plain).hexdigest().encode() + b":"
    return put_mark(score, head + zlib.compress(plain, 9))


def record_in(score: Score, *, path: str = "") -> Record | None:
    """Return the record that a score carries, None where it has none.

    Parameters
    ----------
    score : Score
    path : str
        File to name in messages.

    Returns
    -------
    Record or None

    Raises
    ------
    FormatError
        The record is damaged, or was changed.

    Examples
    --------
    >>> from motet.score import make_score
    >>> record_in(make_score("C4:4")) is None
    True
    """
    held = get_mark(score)
    if not held:
        return None
    number, _, rest = held.partition(b":")
    digest, _, packed = rest.partition(b":")
    if number != b"1":
        raise _damaged("it is of a format to come", "格式较新", path)
    try:
        unpacker = zlib.decompressobj()
        plain = unpacker.decompress(packed, _MAX_BYTES)
        if not unpacker.eof:
            raise _damaged("it is cut off", "不完整", path)
        if hashlib.sha256(plain).hexdigest().encode() != digest:
            raise _damaged("its digest is another", "摘要不符", path)
        return record_from_plain(json.loads(plain), path=path)
    except (zlib.error, ValueError, RecursionError) as error:
        raise _damaged(str(error)[:80], str(error)[:80], path) from error


def tell_shortly(score: Score) -> str:
    """Return one line about the record that a score carries, for the tags of sound; empty without one.

    Examples
    --------
    >>> from motet.score import make_score
    >>> tell_shortly(embed(make_score("C4:4"), Record(version="1")))[:33]
    'Made with Motet 1; record sha256:'
    """
    record = record_in(score)
    if record is None:
        return ""
    models = "".join(f"; model {name} sha256:{digest[:16]}" for name, digest in record.models)
    return f"Made with Motet {record.version}{models}; record sha256:{record.digest}"


def _damaged(en: str, zh: str, path: str) -> FormatError:
    return FormatError(
        f"the record of how the piece came to be cannot be read: {en}",
        zh=f"无法读取作品的来历记录:{zh}",
        path=path,
    )
