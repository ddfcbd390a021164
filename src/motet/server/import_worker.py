"""What was sent becomes a project, in a worker process: scores, projects, recordings, hummed tunes.

Conventions: the result lies packed beside the upload, as ``result.motet``; the server takes it into its
database. What was mended, and what a listener should know, is told in both languages.

Offers `take_in`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motet.errors import FormatError, MotetError

if TYPE_CHECKING:
    from motet.project import Project
    from motet.score import Score

__all__ = ["RESULT", "take_in"]

RESULT = "result.motet"
"""Name of the packed project beside an upload."""
_LABELS = {
    "read": ("reading the file", "正在读取文件"),
    "hear": ("listening", "正在听"),
    "band": ("the band joins in", "乐队正在加入"),
    "done": ("ready", "完成"),
}
_JOINED = {
    "en": "A band plays under your melody; not a note of it was changed.",
    "zh": "已在旋律之下写出乐队声部,旋律一个音也没有改。",
}


@dataclass(frozen=True, kw_only=True)
class _Heard:
    """What was heard: a person played or sang it."""

    score: Score
    task: str

    @property
    def writers(self) -> tuple[str, ...]:
        """Who wrote each part."""
        return ("human",) * len(self.score.parts)


def take_in(payload: dict[str, Any], tell: Any) -> dict[str, Any]:
    """Return what was taken in; the project itself lies beside the upload.

    Parameters
    ----------
    payload : dict
        ``folder``, ``kind``, ``name`` and ``facts`` of the upload; ``title``; for sound ``hum`` (one
        voice), ``metre``, ``qpm``, ``key``; ``accompany`` and ``style`` (a band under the melody),
        ``seed``, ``language``.
    tell : Tell

    Returns
    -------
    dict
        ``repairs`` and ``remarks`` (en, zh), ``heard`` (tempo, metre, key, how sure) for sound.

    Raises
    ------
    FormatError
        There is no music in it.
    BusyError
        It was stopped.

    Examples
    --------
    >>> import tempfile
    >>> from motet.engine.write import Cancel
    >>> from motet.server.telling import Tell
    >>> from motet.project import Project
    >>> from motet.score import make_score
    >>> folder = Path(tempfile.mkdtemp())
    >>> made = Project.start(make_score("C4:4"), title="One").save(folder / "one.motet")
    >>> _ = made.replace(folder / "data")
    >>> known = {"folder": str(folder), "kind": "project", "name": "one.motet"}
    >>> take_in(known, Tell(lambda told: None, Cancel()))["repairs"]
    []
    """
    folder, name = Path(payload["folder"]), str(payload["name"])
    _say(tell, 0.0, "hear" if payload["kind"] == "audio" else "read")
    try:
        project, told = _open(folder, payload, tell)
    except MotetError as error:
        data = str(folder / "data")
        raise type(error)(
            error.en.replace(data, name), zh=error.zh.replace(data, name),
            path=name if error.path else "", place=error.place,
        ) from error  # fmt: skip
    if payload.get("accompany"):
        _say(tell, 0.6, "band")
        told["remarks"] += _accompany(project, payload, tell)
    project.save(folder / RESULT)
    _say(tell, 1.0, "done")
    return {"repairs": payload.get("facts", {}).get("repairs", []), **told}


def _say(tell: Any, fraction: float, name: str) -> None:
    tell.progress(fraction, *_LABELS[name])


def _open(folder: Path, payload: dict[str, Any], tell: Any) -> tuple[Project, dict[str, Any]]:
    """Return the project of an upload, and what is told of it."""
    from motet.project import Project

    title = str(payload.get("title") or "")
    if payload["kind"] == "project":
        return Project.open(folder / "data"), {"remarks": [], "heard": None}
    if payload["kind"] == "audio":
        return _hear(folder / "data", payload, tell)
    from motet.io import read_json

    score = read_json(folder / "score.json").score
    title = title or score.title or _stem(str(payload["name"]))
    return Project.start(_titled(score, title), title=title), {"remarks": [], "heard": None}


def _stem(name: str) -> str:
    """Return a file's name without its ending."""
    return name.rsplit(".", 1)[0] if "." in name[1:] else name


def _titled(score: Score, title: str) -> Score:
    return replace(score, title=title) if title and not score.title else score


def _hear(path: Path, payload: dict[str, Any], tell: Any) -> tuple[Project, dict[str, Any]]:
    """Return what is heard in a recording, as a project."""
    from motet.project import Project
    from motet.tasks.transcribe import hum, transcribe

    share = 0.6 if payload.get("accompany") else 0.95
    wishes = {name: payload[name] for name in ("metre", "qpm", "key") if payload.get(name)}
    title = str(payload.get("title") or _stem(str(payload["name"])))
    listen = hum if payload.get("hum") else transcribe
    found = listen(
        path, title=title, language=payload.get("language", "en"), cancel=tell.cancel,
        on_progress=lambda fraction, _: _say(tell, share * fraction, "hear"), **wishes,
    )  # fmt: skip
    remarks = [{"en": en, "zh": zh} for en, zh in found.remarks]
    if not found.score.n_notes:
        en, zh = found.remarks[0] if found.remarks else ("no notes were heard", "没有听到音符")
        raise FormatError(
            f"{en}; sing closer to the microphone, or send another recording",
            zh=f"{zh};请靠近话筒再唱一次,或换一段录音",
            path=str(payload["name"]),
        )
    heard = {
        "qpm": round(found.beats.qpm, 1), "metre": f"{found.beats.metre[0]}/{found.beats.metre[1]}",
        "key": found.key.name, "confidence": round(found.confidence, 3),
        "n_notes": found.score.n_notes, "seconds": round(found.duration_s, 1),
    }  # fmt: skip
    sung = _Heard(score=found.score, task=found.task)
    return Project.start(sung, title=title), {"remarks": remarks, "heard": heard}


def _accompany(project: Project, payload: dict[str, Any], tell: Any) -> list[dict[str, str]]:
    """Let a band play under the melody, as a step of its own; return what is to be known of it."""

    def on_bar(done: int, total: int) -> None:
        _say(tell, 0.6 + 0.38 * done / max(1, total), "band")

    project.propose(
        "accompany", n=1, seed=int(payload.get("seed") or 0), style=str(payload.get("style") or ""),
        language=payload.get("language", "en"), on_bar=on_bar, cancel=tell.cancel,
    )  # fmt: skip
    project.accept(1)
    return [dict(_JOINED)]
