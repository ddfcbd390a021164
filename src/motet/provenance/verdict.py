"""What `verify` found, and its words.

Conventions: places are as people count them: bars and beats from 1.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, Literal

from motet.analysis.difference import Change
from motet.language import Language, say
from motet.provenance.key import fingerprint
from motet.provenance.record import Record

__all__ = ["STATUSES", "Finding", "Status", "Verdict", "finding_of"]

Status = Literal["authentic", "intact", "changed", "no-record", "bad-signature"]
STATUSES: dict[Status, tuple[str, str, int]] = {
    "authentic": ("authentic: nothing was changed, and the signature holds",
                  "真实:没有改动,签名有效", 0),
    "intact": ("intact: nothing was changed; the record is not signed",
               "完好:没有改动;来历记录未签名", 0),
    "changed": ("changed", "有改动", 1),
    "no-record": ("no record: nothing tells how this piece came to be",
                  "无记录:没有说明作品来历的记录", 8),
    "bad-signature": ("the signature is wrong: the record was changed, or another key signed it",
                      "签名不符:来历记录被改动过,或由另一密钥签名", 9),
}  # fmt: skip
"""Each status in English, in Chinese, and its exit code."""

_BEAT = re.compile(r"(\S+) \(beat ([\d.]+)\)")
_KINDS = {
    "bytes": ("content of the file", "文件内容"), "record": ("record", "来历记录"),
    "title": ("title", "标题"), "name": ("name of the part", "声部名称"),
    "program": ("instrument (program)", "乐器(音色号)"), "section": ("section", "段落"),
    "lyric": ("lyric", "歌词"), "tempo": ("tempo", "速度"), "role": ("drum part", "鼓声部"),
}  # fmt: skip
_MOST_LINES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One change.

    Parameters
    ----------
    kind : str
        A kind of `motet.analysis.difference.Change`, or ``"bytes"``, ``"record"``, ``"title"``,
        ``"name"``, ``"program"``, ``"role"``, ``"section"``, ``"lyric"``.
    part : str
        Empty for the whole piece.
    bar : int
        As printed; 0 where none applies.
    beat : float
        In quarter notes from the bar's start, from 1; 0 where none applies.
    pitch : str
        The note that was meant: ``"E4"``; a percussion key for drums.
    before, after : str
        What was recorded and what is there.
    """

    kind: str
    part: str = ""
    bar: int = 0
    beat: float = 0.0
    pitch: str = ""
    before: str = ""
    after: str = ""

    def text(self, *, language: Language = "en") -> str:
        """Return the finding in words."""
        places = [self.part] if self.part else []
        if self.bar:
            places.append(say(f"bar {self.bar}", f"第 {self.bar} 小节", language=language))
        place = say(", ", ",", language=language).join(places)
        if self.kind in _KINDS:
            name = say(*_KINDS[self.kind], language=language)
            what = name + say(": ", ":", language=language) + f"{self.before} → {self.after}"
            if self.kind == "bytes" and self.after == "-":
                what = say("the file is missing", "文件缺失", language=language)
        else:
            change = Change(
                kind=self.kind, part=self.part, bar=self.bar, before=self.before, after=self.after
            )
            what = change.text(language=language)
        return f"{place}{say(': ', ':', language=language)}{what}" if place else what


def finding_of(change: Change) -> Finding:
    """Return a change as a finding, with its beat and pitch.

    Parameters
    ----------
    change : Change

    Returns
    -------
    Finding

    Examples
    --------
    >>> one = Change(kind="pitch", part="Flute", bar=2, before="E4 (beat 2)", after="F4 (beat 2)")
    >>> finding_of(one).beat, finding_of(one).pitch
    (2.0, 'E4')
    """
    match = _BEAT.match(change.before or change.after) if change.part else None
    return Finding(
        kind=change.kind, part=change.part, bar=change.bar, before=change.before,
        after=change.after, pitch=match[1] if match else "",
        beat=float(match[2]) if match else 0.0,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What is known of a file.

    Parameters
    ----------
    path : str
    status : Status
    record : Record or None
        The record that the file was compared with.
    findings : tuple of Finding
    sidecar : str
        The sidecar that was used; empty where there was none.
    key : str
        The public key that signed it, base64.
    is_own_key : bool
        Whether this installation's key signed.
    time : str
        When the sidecar was written, by its own word.
    remarks : tuple of (English, Chinese)
    """

    path: str
    status: Status
    record: Record | None = None
    findings: tuple[Finding, ...] = ()
    sidecar: str = ""
    key: str = ""
    is_own_key: bool = False
    time: str = ""
    remarks: tuple[tuple[str, str], ...] = ()

    @property
    def exit_code(self) -> int:
        """0 authentic or intact, 1 changed, 8 no record, 9 wrong signature."""
        return STATUSES[self.status][2]

    @property
    def is_unchanged(self) -> bool:
        """Whether the music is what was recorded, and no signature is wrong."""
        return self.exit_code == 0

    def facts(self) -> dict[str, Any]:
        """Return the verdict as plain values for JSON; the record without its notes."""
        record = self.record.to_dict() if self.record else None
        if record is not None:
            record.pop("snapshot", None)
        return {
            "file": self.path, "status": self.status, "sidecar": self.sidecar,
            "key_fingerprint": fingerprint(self.key), "is_own_key": self.is_own_key,
            "time": self.time, "counts": dict(Counter(one.kind for one in self.findings)),
            "changes": [{**asdict(one), "text": one.text()} for one in self.findings],
            "remarks": [en for en, _ in self.remarks], "record": record,
        }  # fmt: skip

    def tell(self, language: Language = "en") -> list[str]:
        """Return the verdict in lines: what it is, what changed, who signed, how it came to be."""

        def t(en: str, zh: str) -> str:
            return say(en, zh, language=language)

        en, zh, _ = STATUSES[self.status]
        lines = [f"{self.path}{t(': ', ':')}{t(en, zh)}"]
        lines += [f"  {one.text(language=language)}" for one in self.findings[:_MOST_LINES]]
        rest = len(self.findings) - _MOST_LINES
        if rest > 0:
            lines.append(t(f"  ... {rest} more: --json", f"  …… 另有 {rest} 处:--json"))
        if self.sidecar:
            mark = fingerprint(self.key)
            who = t(" (your own)", "(您自己的)") if self.is_own_key else ""
            signed = t(f", key {mark}{who}", f",密钥 {mark}{who}") if mark else ""
            lines.append(
                t(f"Sidecar: {self.sidecar}, {self.time}", f"来历文件:{self.sidecar},{self.time}")
                + signed
            )
        lines += [t(*one) for one in self.remarks]
        if self.record is not None:
            lines += ["", *self.record.tell(language)]
        return lines
