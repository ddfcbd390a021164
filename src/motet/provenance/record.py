"""The record: how a piece came to be, cell by cell, with its notes, as one value that can be checked.

Conventions: `written` has one text a part, one letter a bar, see `WRITERS`. Digests are SHA-256. The bytes
that digests and signatures are taken of are `canonical`: JSON with sorted keys, without blanks, UTF-8. A
record holds no name of a person or a machine, and no time but those of a project's steps.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from motet.errors import FormatError
from motet.language import Language, say
from motet.provenance.snapshot import restore_score
from motet.score import Score

__all__ = [
    "RECORD_FORMAT",
    "TASK_WORDS",
    "WRITERS",
    "Record",
    "Step",
    "canonical",
    "record_from_plain",
]

RECORD_FORMAT = 1
WRITERS = {
    "m": ("model", "模型"), "a": ("arranger", "编配器"), "g": ("given", "原有"), "h": ("human", "人"),
    "b": ("model and arranger", "模型与编配器"),
    "e": ("Motet, edited by hand", "Motet 写成、人工修改"), ".": ("silent", "无音"),
}  # fmt: skip
"""Who wrote a cell, by its letter, in English and Chinese."""
TASK_WORDS = {
    "compose": ("composed", "作曲"), "arrange": ("arranged", "编配"), "import": ("read in", "读入"),
    "infill": ("written anew", "重写"), "continue": ("continued", "续写"), "vary": ("varied", "变奏"),
    "restyle": ("restyled", "换风格"), "harmonise": ("harmonised", "配和声"),
    "accompany": ("accompanied", "配伴奏"), "humanise": ("humanised", "人性化"),
    "melody": ("melody written", "写旋律"), "reduce": ("reduced", "缩编"),
    "harmony": ("chords written down", "写出和弦"), "start": ("started", "开始"),
    "lyrics": ("set to music", "谱曲"), "develop": ("developed", "发展"),
    "edit": ("edited by hand", "手工修改"), "transcribe": ("transcribed", "听写"), "hum": ("hummed", "哼唱"),
    "morph": ("morphed", "渐变"), "sketch": ("sketched", "草拟"), "generate": ("generated", "生成"),
    "adjust": ("adjusted", "调节"),
}  # fmt: skip
"""What was done in a step, by the name of its task, in English and Chinese."""


def canonical(value: Any) -> bytes:
    """Return the bytes that digests and signatures are taken of.

    Examples
    --------
    >>> canonical({"b": 1, "a": "é"})
    b'{"a":"\\xc3\\xa9","b":1}'
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "replace")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One task, or one edit by hand, on the way to a piece.

    Parameters
    ----------
    task : str
        One of `motet.tasks.Task`, ``"edit"`` for a change by hand, or of a project.
    model, digest : str
        Name and SHA-256 of the model; empty where none was at work.
    seed : int or None
    brief : dict
        What was asked for.
    cells : tuple of str
        What it wrote: ``"Melody:5-8"``; empty stands for all that was open.
    edits : tuple of str
        What a person changed, in words.
    time : str
        UTC, where a project knows it.
    note : str
    """

    task: str
    model: str = ""
    digest: str = ""
    seed: int | None = None
    brief: dict[str, Any] = field(default_factory=dict)
    cells: tuple[str, ...] = ()
    edits: tuple[str, ...] = ()
    time: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Record:
    """How a piece came to be.

    Parameters
    ----------
    version : str
        Of Motet.
    title : str
    steps : tuple of Step
        In order; the last one made the piece as it is.
    parts : tuple of str
        Names of the parts.
    written : tuple of str
        Who wrote which cell: one text a part, one letter a bar, see `WRITERS`.
    training : tuple of dict
        The sources that the models learned from: name, licence, attribution, repository.
    originality : dict
        The passage of the training music that is nearest; empty where it was not looked for.
    digests : dict
        Of `motet.provenance.snapshot.digest_notes`.
    snapshot : dict
        The score, of `motet.provenance.snapshot.take_snapshot`.
    layout : str
        ``"lead"`` where MusicXML holds the melody alone.

    Examples
    --------
    >>> Record(version="0.1.0", parts=("Melody",), written=("mm.e",)).counts()
    {'model': 2, 'Motet, edited by hand': 1}
    """

    version: str = ""
    title: str = ""
    steps: tuple[Step, ...] = ()
    parts: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    training: tuple[dict[str, str], ...] = ()
    originality: dict[str, Any] = field(default_factory=dict)
    digests: dict[str, Any] = field(default_factory=dict)
    snapshot: dict[str, Any] = field(default_factory=dict)
    layout: str = "full"

    @cached_property
    def score(self) -> Score:
        """The piece as it was recorded, without raw events."""
        return restore_score(self.snapshot)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the whole record."""
        return hashlib.sha256(canonical(self.to_dict())).hexdigest()

    @property
    def models(self) -> tuple[tuple[str, str], ...]:
        """Name and digest of each model that was at work, each once."""
        return tuple(dict.fromkeys((one.model, one.digest) for one in self.steps if one.model))

    def counts(self) -> dict[str, int]:
        """Return how many cells each has written, silent ones left out."""
        found = Counter("".join(self.written))
        return {en: found[letter] for letter, (en, _) in WRITERS.items()
                if letter != "." and found[letter]}  # fmt: skip

    def writer(self, part: int, bar: int) -> str:
        """Return who wrote a cell, in English; indices from 0."""
        return WRITERS[self.written[part][bar]][0]

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON; what is empty is left out."""
        found: dict[str, Any] = {"format": RECORD_FORMAT}
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name == "steps":
                value = [_step_to_plain(step) for step in value]
            if value not in ((), {}, [], ""):
                found[one.name] = list(value) if isinstance(value, tuple) else value
        return found

    def tell(self, language: Language = "en") -> list[str]:
        """Return the record in a few lines."""

        def t(en: str, zh: str) -> str:
            return say(en, zh, language=language)

        lines = [t(f"Made with Motet {self.version}", f"用 Motet {self.version} 制作")]
        for name, digest in self.models:
            lines.append(t(f"Model: {name} ({digest[:12]})", f"模型:{name}({digest[:12]})"))
        for k, step in enumerate(self.steps, start=1):
            seed = "" if step.seed is None else t(f", seed {step.seed}", f",种子 {step.seed}")
            cells = ", ".join(step.cells[:6]) + (" …" if len(step.cells) > 6 else "")
            task = t(*TASK_WORDS.get(step.task, (step.task, step.task)))
            what = f"{task}{seed}" + (f" ({cells})" if cells else "")
            lines.append(t(f"Step {k}: {what}", f"第 {k} 步:{what}"))
        words = dict(WRITERS.values())
        told = [f"{t(en, words[en])} {n}" for en, n in self.counts().items()]
        if told:
            lines.append(
                t("Bars, counted part by part: ", "小节数(各声部合计):") + t(", ", "、").join(told)
            )
        if self.training:
            names = t(", ", "、").join(one.get("name", "") for one in self.training)
            lines.append(t(f"The models learned from: {names}", f"模型的训练来源:{names}"))
        if self.originality:
            piece, verdict = self.originality.get("piece"), self.originality.get("verdict")
            lines.append(
                t(
                    f"Nearest training piece: {piece} ({verdict})",
                    f"最相近的训练乐曲:{piece}({verdict})",
                )
            )
        return lines


def _step_to_plain(step: Step) -> dict[str, Any]:
    found = {}
    for one in fields(step):
        value = getattr(step, one.name)
        if value not in ((), {}, "", None):
            found[one.name] = list(value) if isinstance(value, tuple) else value
    return found


_KINDS: dict[str, type | tuple[type, ...]] = {
    "version": str, "title": str, "layout": str, "originality": dict, "digests": dict,
    "snapshot": dict, "task": str, "model": str, "digest": str, "seed": int, "brief": dict,
    "time": str, "note": str,
}  # fmt: skip


def record_from_plain(value: Any, *, path: str = "") -> Record:
    """Return a record from what JSON holds.

    Parameters
    ----------
    value : object
    path : str
        File to name in messages.

    Returns
    -------
    Record

    Raises
    ------
    FormatError
        It is no record, of a newer format, or a value is not what its key holds.

    Examples
    --------
    >>> record_from_plain(Record(version="1").to_dict()) == Record(version="1")
    True
    """
    if not isinstance(value, Mapping) or type(value.get("format")) is not int:
        raise _refusal("format", value, path)
    if value["format"] > RECORD_FORMAT:
        raise FormatError(
            f"this record is of format {value['format']}; this version of Motet reads up to "
            f"{RECORD_FORMAT}; update Motet",
            zh=f"此来历记录为第 {value['format']} 版;本版 Motet 最多读取第 {RECORD_FORMAT} 版;请升级 Motet",
            path=path,
        )
    known = {one.name for one in fields(Record)}
    found: dict[str, Any] = {}
    for key, one in value.items():
        if key == "format":
            continue
        if key not in known:
            raise _refusal(key, one, path)
        if key == "steps":
            found[key] = tuple(_step(step, path) for step in _list(key, one, dict, path))
        elif key == "training":
            rows = _list(key, one, dict, path)
            if any(not isinstance(text, str) for row in rows for text in row.values()):
                raise _refusal(key, one, path)
            found[key] = tuple(rows)
        elif key in ("parts", "written"):
            found[key] = tuple(_list(key, one, str, path))
        elif isinstance(one, _KINDS[key]):
            found[key] = one
        else:
            raise _refusal(key, one, path)
    if any(set(row) - set(WRITERS) for row in found.get("written", ())):
        raise _refusal("written", found["written"], path)
    return Record(**found)


def _step(value: Mapping[str, Any], path: str) -> Step:
    found: dict[str, Any] = {}
    for key, one in value.items():
        if key in ("cells", "edits"):
            found[key] = tuple(_list(key, one, str, path))
        elif key in _KINDS and isinstance(one, _KINDS[key]) and key in Step.__dataclass_fields__:
            found[key] = one
        else:
            raise _refusal(key, one, path)
    if "task" not in found:
        raise _refusal("task", None, path)
    return Step(**found)


def _list(key: str, value: Any, kind: type, path: str) -> list[Any]:
    if not isinstance(value, list) or not all(isinstance(one, kind) for one in value):
        raise _refusal(key, value, path)
    return value


def _refusal(key: str, value: Any, path: str) -> FormatError:
    told = repr(value)[:60]
    return FormatError(
        f"the record's {key!r} does not hold what it should: {told}",
        zh=f"来历记录的 {key!r} 内容不合规定:{told}",
        path=path,
    )
