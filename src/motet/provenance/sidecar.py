"""The sidecar: a signed file beside a folder's files that holds their record and their digests.

Conventions: ``NAME.provenance.json``: ``kind``, ``format``, ``time`` (UTC), ``files`` (SHA-256 and bytes by
name), ``record``, ``record_sha256``, ``key`` (public, base64), ``remark``, ``signature``: Ed25519 over the
canonical JSON of everything but itself. A sidecar that could not be signed says why in ``remark``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from motet.errors import FormatError
from motet.io.atomic import write_whole
from motet.io.limits import load_bytes
from motet.provenance.key import is_signed_by, open_signer
from motet.provenance.record import Record, canonical, record_from_plain

__all__ = ["SIDECAR_ENDING", "Sidecar", "find_sidecar", "read_sidecar", "write_sidecar"]

SIDECAR_ENDING = ".provenance.json"
_KIND = "motet-provenance"
_FORMAT = 1
_MAX_BYTES = 64 * 1024 * 1024
_MAX_LOOKED = 50


@dataclass(frozen=True, kw_only=True)
class Sidecar:
    """What a sidecar holds; `signature` is ``"good"``, ``"bad"`` or ``"none"``.

    `files` has the SHA-256 of each file, `records` that of the record inside it where it is another.
    """

    path: Path
    time: str
    files: dict[str, str] = field(default_factory=dict)
    records: dict[str, str] = field(default_factory=dict)
    record: Record = field(default_factory=Record)
    key: str = ""
    signature: str = "none"
    remark: str = ""


def write_sidecar(
    path: str | Path,
    record: Record,
    files: Iterable[Path],
    *,
    records: Mapping[str, str] | None = None,
    key: Path | None = None,
) -> tuple[Path, tuple[str, str]]:
    """Return the sidecar that was written, and why it is not signed (two empty texts where it is).

    Parameters
    ----------
    path : str or Path
        Ends in ``.provenance.json``.
    record : Record
    files : iterable of Path
        What it vouches for; only their names are told.
    records : mapping of str to str, or None
        Digests of the records inside files, by name, where they are not `record`.
    key : Path or None
        A key file instead of the user's own.

    Returns
    -------
    Path, (str, str)
        The reason in English and Chinese.

    Raises
    ------
    ParameterError
        It cannot be written.

    Examples
    --------
    >>> path, why = write_sidecar("a.provenance.json", Record(version="1"), [], key=Path("k.pem"))
    >>> read_sidecar(path).signature, why
    ('good', ('', ''))
    """
    known: dict[str, dict[str, Any]] = {}
    for one in files:
        data = Path(one).read_bytes()
        name = Path(one).name
        known[name] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        if name in (records or {}):
            known[name]["record_sha256"] = (records or {})[name]
    body: dict[str, Any] = {
        "kind": _KIND, "format": _FORMAT, "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "files": known, "record_sha256": record.digest, "key": "", "remark": "",
        "record": record.to_dict(),
    }  # fmt: skip
    why = ("", "")
    signature = ""
    try:
        signer = open_signer(key)
        body["key"] = signer.public
        signature = signer.sign(canonical(body))
    except FormatError as error:
        why = (
            f"the record is not signed: {error.en}",
            f"来历记录未签名:{error.zh}",
        )
        body["remark"] = why[0]
    body["signature"] = signature
    write_whole(path, _lines(body))
    return Path(path), why


def _lines(body: Mapping[str, Any]) -> bytes:
    """Return JSON with one entry a line, those of the record too."""

    def entries(table: Mapping[str, Any], indent: str) -> str:
        rows = [f"{indent}{json.dumps(key)}: {text(key, one)}" for key, one in table.items()]
        return "{\n" + ",\n".join(rows) + f"\n{indent[1:]}}}"

    def text(key: str, value: Any) -> str:
        if key in ("record", "files") and value:
            return entries(value, "  ")
        return json.dumps(value, ensure_ascii=False)

    return (entries(body, " ") + "\n").encode("utf-8", "replace")


def read_sidecar(path: str | Path) -> Sidecar:
    """Return a sidecar, its signature checked.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    Sidecar

    Raises
    ------
    FormatError
        It is no sidecar, or of a newer format.
    ParameterError
        There is no such file.

    Examples
    --------
    >>> _ = Path("b.provenance.json").write_text("[]")
    >>> read_sidecar("b.provenance.json")
    Traceback (most recent call last):
    ...
    motet.errors.FormatError: b.provenance.json: this is no provenance file of Motet; ...
    """
    data, name = load_bytes(Path(path), max_bytes=_MAX_BYTES)
    try:
        body = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _no_sidecar(name) from error
    if not isinstance(body, dict) or body.get("kind") != _KIND:
        raise _no_sidecar(name)
    if type(body.get("format")) is not int or body["format"] > _FORMAT:
        raise FormatError(
            f"this sidecar is of format {str(body.get('format'))[:20]}; this version reads {_FORMAT}; "
            "update Motet",
            zh=f"此来历文件为第 {str(body.get('format'))[:20]} 版;本版只能读取第 {_FORMAT} 版;请升级 Motet",
            path=name,
        )
    files = body.get("files")
    texts = [body.get(one) for one in ("time", "key", "signature", "remark")]
    if not isinstance(files, dict) or not all(isinstance(one, str) for one in texts):
        raise _no_sidecar(name)
    digests = {key: str(one.get("sha256")) for key, one in files.items() if isinstance(one, dict)}
    inside = {
        key: str(one["record_sha256"])
        for key, one in files.items()
        if isinstance(one, dict) and "record_sha256" in one
    }
    signature = body.pop("signature")
    state = "none"
    if signature or body["key"]:
        state = "good" if is_signed_by(body["key"], canonical(body), signature) else "bad"
    return Sidecar(
        path=Path(path), time=body["time"], files=digests, records=inside, key=body["key"], signature=state,
        record=record_from_plain(body.get("record"), path=name), remark=body["remark"],
    )  # fmt: skip


def find_sidecar(path: str | Path) -> Path | None:
    """Return the sidecar that lies beside a file: of its name, else one that names it; None if none.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    Path or None

    Examples
    --------
    >>> find_sidecar("nothing.mid") is None
    True
    """
    file = Path(path)
    own = file.with_name(file.stem + SIDECAR_ENDING)
    if own.is_file():
        return own
    near = [*file.parent.glob(f"*{SIDECAR_ENDING}")]
    if file.parent.name == "stems":
        near += file.parent.parent.glob(f"*{SIDECAR_ENDING}")
    for one in sorted(near)[:_MAX_LOOKED]:
        try:
            if file.name in json.loads(one.read_bytes())["files"]:
                return one
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            continue
    return None


def _no_sidecar(name: str) -> FormatError:
    return FormatError(
        "this is no provenance file of Motet; it is named NAME.provenance.json",
        zh="这不是 Motet 的来历文件;其名称应为 NAME.provenance.json",
        path=name,
    )
