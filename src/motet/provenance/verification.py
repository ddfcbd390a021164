"""Whether a file is what its record says: the record inside it or a sidecar, note by note.

Conventions: a file is compared with what Motet would read had it written the recorded piece in that format,
so that what a format cannot hold, or MusicXML's printed grid, is no change. Compared are notes (pitch, onset,
length, loudness), bars, metre, key, tempo, chord symbols, sections, lyrics, title, names and programs of
parts; not controllers, slurs, articulations and layout. Sound and pictures are compared as bytes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from pathlib import Path

from motet.analysis.difference import diff_scores
from motet.errors import FormatError, ParameterError
from motet.io import read, sniff
from motet.io.limits import MAX_TEXT_BYTES, load_bytes
from motet.io.motet_file import open_archive, take_json
from motet.provenance.embed import record_in
from motet.provenance.key import fingerprint, own_public_key
from motet.provenance.record import Record, record_from_plain
from motet.provenance.sidecar import SIDECAR_ENDING, Sidecar, find_sidecar, read_sidecar
from motet.provenance.verdict import Finding, Status, Verdict, finding_of
from motet.provenance.written import write_again
from motet.score import Score

__all__ = ["compare_pieces", "verify"]

_PROJECT_ENTRY = "provenance.json"
"""Where a project file keeps the record of its current step."""


def verify(path: str | Path, *, sidecar: str | Path | None = None, key: str = "") -> Verdict:
    """Return whether a file is what its record says, and every change where it is not.

    Parameters
    ----------
    path : str or Path
        MIDI, MusicXML, Motet JSON, ABC or a project; any other file is compared as bytes. A sidecar,
        or a folder with one, stands for all files that it names.
    sidecar : str, Path or None
        A signed record; None looks beside the file for ``NAME.provenance.json``, or one that names it.
    key : str
        Fingerprint of the key that must have signed; empty takes any.

    Returns
    -------
    Verdict

    Raises
    ------
    ParameterError
        There is no such file.
    FormatError
        The file or the sidecar is damaged.

    Examples
    --------
    >>> import motet
    >>> _ = motet.save(motet.arrange("| C | G |", bars=2), "two.mid")
    >>> verify("two.mid").status
    'intact'
    """
    if Path(path).is_dir() or str(path).endswith(SIDECAR_ENDING):
        return _verify_folder(Path(path), key)
    data, name = load_bytes(Path(path), max_bytes=MAX_TEXT_BYTES * 64)
    place = Path(sidecar) if sidecar is not None else find_sidecar(path)
    beside = read_sidecar(place) if place is not None else None
    remarks: list[tuple[str, str]] = []
    format_name = sniff(data)
    if format_name == "json" and data.lstrip()[:400].find(b'"motet-provenance"') >= 0:
        format_name = ""
    score = read(Path(path)).score if format_name else None
    inside = _inside(data, score, format_name, name, remarks)
    record = _chosen(inside, beside, Path(name).name)
    if record is None and not remarks:
        return Verdict(path=name, status="no-record")
    try:
        findings = _findings(data, name, score, format_name, record, beside, remarks)
    except FormatError as error:
        error.path = error.path or name
        raise
    if record is None:
        findings = [Finding(kind="record", before="-", after="?")]
    _tell_records(inside, record, beside, remarks)
    return Verdict(
        path=name, status=_status(findings, beside, key, remarks), record=record,
        findings=tuple(findings), remarks=tuple(remarks),
        sidecar=str(place) if place is not None else "", key=beside.key if beside else "",
        is_own_key=bool(beside and beside.key and beside.key == own_public_key()),
        time=beside.time if beside else "",
    )  # fmt: skip


def _verify_folder(path: Path, key: str) -> Verdict:
    """Return the verdict on all files that a sidecar names."""
    places = [path] if path.is_file() else sorted(path.glob(f"*{SIDECAR_ENDING}"))
    if len(places) > 1:
        names = ", ".join(one.name for one in places[:5])
        raise ParameterError(
            f"the folder holds several records; name one of them: {names}",
            zh=f"文件夹中有多份来历文件;请指明其一:{names}",
        )
    if not places:
        return Verdict(path=str(path), status="no-record")
    beside = read_sidecar(places[0])
    findings: list[Finding] = []
    remarks: list[tuple[str, str]] = []
    for name in map(_last, beside.files):
        near = (places[0].parent / name, places[0].parent / "stems" / name)
        file = next((one for one in near if one.is_file()), None)
        if file is None:
            findings.append(Finding(kind="bytes", part=name, before="", after="-"))
            continue
        own = verify(file, sidecar=places[0])
        findings += [
            replace(one, part=f"{name}: {one.part}" if one.part else name) for one in own.findings
        ]
    n = len(beside.files)
    remarks.append((f"{n} files were looked at", f"核对了 {n} 个文件"))
    _tell_records(None, None, beside, remarks)
    return Verdict(
        path=str(path), status=_status(findings, beside, key, remarks), record=beside.record,
        findings=tuple(findings), remarks=tuple(remarks), sidecar=str(places[0]), key=beside.key,
        is_own_key=bool(beside.key) and beside.key == own_public_key(), time=beside.time,
    )  # fmt: skip


def _last(name: str) -> str:
    """Return the last word of a path, so that a sidecar leads nowhere else."""
    return Path(name.replace("\\", "/")).name


def _inside(
    data: bytes, score: Score | None, format_name: str, name: str, remarks: list[tuple[str, str]]
) -> Record | None:
    """Return the record inside a file; one that is damaged becomes a remark."""
    if score is None:
        return None
    try:
        if format_name == "project":
            held = open_archive(data, path=name, only=(_PROJECT_ENTRY,))
            if _PROJECT_ENTRY not in held:
                return None
            return record_from_plain(take_json(held, _PROJECT_ENTRY, path=name), path=name)
        return record_in(score)
    except FormatError as error:
        remarks.append((error.en, error.zh))
        return None


def _chosen(inside: Record | None, beside: Sidecar | None, name: str) -> Record | None:
    """Return the record to compare with: the sidecar's, or that inside the file if it vouches for it."""
    if beside is None:
        return inside
    is_known = inside is not None and beside.records.get(name) == inside.digest
    return inside if is_known else beside.record


def _status(
    findings: list[Finding], beside: Sidecar | None, key: str, remarks: list[tuple[str, str]]
) -> Status:
    if beside is not None and beside.signature == "bad":
        return "bad-signature"
    if key and (beside is None or fingerprint(beside.key) != key.strip().lower()):
        found = fingerprint(beside.key) if beside is not None else ""
        remarks.append(
            (f"the key is {found or 'none'}, and {key} was asked for",
             f"密钥为 {found or '无'},要求的是 {key}")
        )  # fmt: skip
        return "bad-signature"
    if findings:
        return "changed"
    return "authentic" if beside is not None and beside.signature == "good" else "intact"


def _findings(
    data: bytes,
    name: str,
    score: Score | None,
    format_name: str,
    record: Record | None,
    beside: Sidecar | None,
    remarks: list[tuple[str, str]],
) -> list[Finding]:
    """Return what differs: nothing where the bytes are those that the sidecar names."""
    digest = hashlib.sha256(data).hexdigest()
    told = beside.files.get(Path(name).name) if beside is not None else None
    if told == digest and beside is not None and beside.signature != "bad":
        remarks.append(("the file is the same to the byte", "文件逐字节相同"))
        return []
    if score is None:
        if beside is not None and digest in beside.files.values():
            return []
        return [Finding(kind="bytes", before=(told or "-")[:16], after=digest[:16])]
    if told is not None:
        remarks.append(
            ("the file was written again: its bytes differ; its music was compared",
             "文件被重新写过:字节不同;已比较其音乐内容")
        )  # fmt: skip
    if record is None:
        return []
    expected = write_again(record, format_name)
    if expected is None:
        remarks.append(
            ("Motet does not write this format; small differences may be those of the format",
             "Motet 不写此格式;细小差别可能来自格式本身")
        )  # fmt: skip
        expected = record.score
    return compare_pieces(expected, score)


def _tell_records(
    inside: Record | None,
    taken: Record | None,
    beside: Sidecar | None,
    remarks: list[tuple[str, str]],
) -> None:
    if beside is None:
        return
    if beside.signature == "none" and beside.remark:
        remarks.append((beside.remark, f"来历文件未签名:{beside.remark}"))
    if inside is not None and taken is not None and inside.digest != taken.digest:
        remarks.append(
            ("the record inside the file tells of other notes than the sidecar; the sidecar was taken",
             "文件内的记录与来历文件所记音符不同;以来历文件为准")
        )  # fmt: skip


def compare_pieces(before: Score, after: Score) -> list[Finding]:
    """Return what differs between a recorded piece and the one that is there.

    Parameters
    ----------
    before, after : Score
        The recorded one first.

    Returns
    -------
    list of Finding
        The whole piece's first, then part by part.

    Examples
    --------
    >>> from motet.score import make_score
    >>> one, two = make_score("C4:1 E4:1 G4:2"), make_score("C4:1 F4:1 G4:2")
    >>> [(x.kind, x.bar, x.beat, x.pitch, x.after) for x in compare_pieces(one, two)]
    [('pitch', 1, 2.0, 'E4', 'F4 (beat 2)')]
    """
    changes = diff_scores(before, after, with_velocity=True).changes
    found = [finding_of(one) for one in changes if one.kind != "tempo"]
    whole: list[Finding] = []
    if before.title != after.title:
        whole.append(Finding(kind="title", before=before.title, after=after.title))
    whole += _events(before, after, "tempo", _tempos)
    whole += _events(before, after, "section", _sections)
    rows = list(zip(before.parts, after.parts, strict=False))
    for one, two in rows if len(before.parts) == len(after.parts) else ():
        for kind, old, new in (
            ("name", one.name, two.name),
            ("program", str(one.program), str(two.program)),
            ("role", str(one.is_drums), str(two.is_drums)),
        ):
            if old != new:
                whole.append(Finding(kind=kind, part=one.name or two.name, before=old, after=new))
    for k, (one, _) in enumerate(rows):
        for bar, old, new in _differing(before, after, partial(_lyrics, k)):
            whole.append(Finding(kind="lyric", part=one.name, bar=bar, before=old, after=new))
    return whole + found


def _events(
    before: Score, after: Score, kind: str, events: Callable[[Score], list[tuple[int, str]]]
) -> list[Finding]:
    return [
        Finding(kind=kind, bar=bar, before=old, after=new)
        for bar, old, new in _differing(before, after, events)
    ]


def _differing(
    before: Score, after: Score, events: Callable[[Score], list[tuple[int, str]]]
) -> list[tuple[int, str, str]]:
    """Return the events of one kind that differ: number of the bar, before, after."""

    def keyed(score: Score) -> dict[tuple[Fraction, int], tuple[int, str]]:
        found = {}
        seen: Counter[Fraction] = Counter()
        for tick, text in events(score):
            place = Fraction(tick, score.resolution)
            number = score.bars[score.bar_at(tick)].number
            found[place, seen[place]] = (number, text)
            seen[place] += 1
        return found

    old, new = keyed(before), keyed(after)
    rows = []
    for at in sorted({*old, *new}):
        (bar, one), (other, two) = old.get(at, (0, "-")), new.get(at, (0, "-"))
        if one != two:
            rows.append((bar or other, one, two))
    return rows


def _tempos(score: Score) -> list[tuple[int, str]]:
    return [(one.tick, f"{one.qpm:.6g}") for one in score.tempos]


def _sections(score: Score) -> list[tuple[int, str]]:
    return [(one.tick, one.label) for one in score.sections]


def _lyrics(k: int, score: Score) -> list[tuple[int, str]]:
    own = sorted(score.parts[k].lyrics, key=lambda one: (one.tick, one.verse))
    return [(one.tick, one.text) for one in own]
