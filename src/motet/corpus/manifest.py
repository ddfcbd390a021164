"""The list of sources: where each comes from, under what licence, and whom to name.

Conventions: three licence classes. ``clean`` (public domain, CC0, CC BY, permissive) is what models
are trained on; ``sharealike`` only on request; ``evaluate`` is measured on and never trained on.

Offers `Source`, `LICENCE_CLASSES`, `load_manifest`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from motet.errors import CorpusError

__all__ = ["LICENCE_CLASSES", "Source", "load_manifest"]

LICENCE_CLASSES: Final = ("clean", "sharealike", "evaluate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source of the corpus.

    Parameters
    ----------
    name : str
        Short name, which is also that of its archive and folder.
    title : str
        As people know it.
    licence_class : str
        One of `LICENCE_CLASSES`.
    repository, commit, url : str
        Where its maintainers publish it, and the state that is meant.
    archive : str
        Path of the packed archive in the corpus folder.
    sha256 : str, 64 hexadecimal digits
    n_bytes : int, bytes
        Fingerprint and size of that archive.
    url_sha256 : str
        Fingerprint of what `url` gives; empty while it is not known.
    licence, attribution : str
    n_pieces : int
        As the archive was packed, before anything is left out.

    Examples
    --------
    >>> next(one.licence for one in load_manifest() if one.name == "openscore-lieder")
    'CC0 1.0 (LICENSE.txt)'
    """

    name: str
    title: str
    licence_class: str
    repository: str
    commit: str
    url: str
    archive: str
    sha256: str
    n_bytes: int
    url_sha256: str
    licence: str
    attribution: str
    n_pieces: int


def load_manifest(path: str | Path | None = None) -> tuple[Source, ...]:
    """Return the sources of a manifest, in its order.

    Parameters
    ----------
    path : str, Path or None
        A TOML file; None takes the one that comes with Motet.

    Returns
    -------
    tuple of Source

    Raises
    ------
    CorpusError
        The file is missing, is not a manifest, or lacks a field.

    Examples
    --------
    >>> {one.licence_class for one in load_manifest()} == set(LICENCE_CLASSES)
    True
    """
    file = Path(path) if path is not None else Path(__file__).with_name("manifest.toml")
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CorpusError(
            f"the manifest cannot be read: {error}",
            zh=f"无法读取清单:{error}",
            path=str(file),
        ) from error
    if content.get("format") != 1:
        raise CorpusError(
            f"the manifest has format {content.get('format')!r}; this version reads format 1",
            zh=f"清单格式为 {content.get('format')!r};此版本只读取格式 1",
            path=str(file),
        )
    sources = tuple(_read_source(entry, file) for entry in content.get("sources", []))
    names = [source.name for source in sources]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise CorpusError(
            f"source {twice!r} stands twice in the manifest; keep one",
            zh=f"清单中来源 {twice!r} 重复;请只保留一个",
            path=str(file),
        )
    return sources


def _read_source(entry: dict[str, Any], file: Path) -> Source:
    """Return one source of a manifest, every field checked."""
    wanted = {field.name: int if field.type == "int" else str for field in fields(Source)}
    name = str(entry.get("name", "?"))
    for field, kind in wanted.items():
        if not isinstance(entry.get(field), kind):
            raise CorpusError(
                f"source {name!r} needs {field} ({kind.__name__}), got {entry.get(field)!r}",
                zh=f"来源 {name!r} 需要 {field}({kind.__name__}),收到 {entry.get(field)!r}",
                path=str(file),
            )
    unknown = sorted(set(entry) - set(wanted))
    if unknown:
        raise CorpusError(
            f"source {name!r} has a field {unknown[0]!r} that is not known; remove it",
            zh=f"来源 {name!r} 含有未知字段 {unknown[0]!r};请删除",
            path=str(file),
        )
    if entry["licence_class"] not in LICENCE_CLASSES:
        raise CorpusError(
            f"source {name!r} has licence class {entry['licence_class']!r}; "
            f"it is one of {', '.join(LICENCE_CLASSES)}",
            zh=f"来源 {name!r} 的许可类别为 {entry['licence_class']!r};"
            f"应为 {'、'.join(LICENCE_CLASSES)} 之一",
            path=str(file),
        )
    return Source(**entry)
