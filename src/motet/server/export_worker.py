"""Writing a piece in every form, in a worker process: one file, or a zip of several.

Conventions: the folder is the server's and new; a piece comes as Motet JSON with its record inside. Progress
is told in both languages. What a format cannot hold is told with the result.

Offers `EXPORTS`, `write_export`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motet.errors import BusyError, ParameterError

if TYPE_CHECKING:
    from motet.score import Score

__all__ = ["EXPORTS", "write_export"]

EXPORTS: dict[str, tuple[str, str]] = {
    "mid": ("MIDI", "MIDI"),
    "musicxml": ("MusicXML", "MusicXML"),
    "mxl": ("MusicXML, compressed", "MusicXML(压缩)"),
    "abc": ("ABC", "ABC"),
    "json": ("Motet JSON", "Motet JSON"),
    "pdf": ("sheet music (PDF)", "乐谱(PDF)"),
    "svg": ("sheet music (SVG)", "乐谱(SVG)"),
    "png": ("piano roll (PNG)", "钢琴卷帘(PNG)"),
    "wav": ("sound (WAV)", "声音(WAV)"),
    "mp3": ("sound (MP3)", "声音(MP3)"),
    "ogg": ("sound (OGG)", "声音(OGG)"),
    "flac": ("sound (FLAC)", "声音(FLAC)"),
    "stems": ("a sound a part (zip)", "分轨(zip)"),
    "loop": ("a seamless loop (WAV)", "无缝循环(WAV)"),
    "motet": ("project with its history", "工程(含全部历史)"),
    "all": ("everything (zip)", "全部(zip)"),
}
"""Formats by the name in the API, with their words."""
_SHEETS = ("pdf", "svg", "musicxml", "mxl")
_EVERYTHING = ("mid", "musicxml", "pdf", "png", "wav", "mp3")
Files = list[Path]
Report = Callable[[float], None]


def write_export(payload: dict[str, Any], tell: Any) -> dict[str, Any]:
    """Return what was written.

    Parameters
    ----------
    payload : dict
        ``score`` (Motet JSON, bytes), ``format`` (one of `EXPORTS`), ``folder`` and ``stem`` (of the
        result), ``layout`` ("full" or "lead"), ``language``; ``project`` (path of a packed project) for
        "motet" and "all".
    tell : Tell
        Progress, and the wish to stop.

    Returns
    -------
    dict
        ``name``, ``n_bytes``, ``losses`` (en, zh), ``remarks`` (en, zh).

    Raises
    ------
    MotetError
        An option does not hold, or the piece cannot be written in that form.

    Examples
    --------
    >>> import tempfile
    >>> from motet.engine.write import Cancel
    >>> from motet.server.telling import Tell
    >>> from motet.io import write_json
    >>> from motet.score import make_score
    >>> wish = {"format": "mid", "stem": "one", "folder": tempfile.mkdtemp()}
    >>> wish["score"] = write_json(make_score("C4:4"))
    >>> write_export(wish, Tell(lambda told: None, Cancel()))["name"]
    'one.mid'
    """
    from motet.io import read_json

    kind, folder = str(payload["format"]), Path(payload["folder"])
    stem, language = str(payload["stem"]), payload.get("language", "en")
    en, zh = EXPORTS[kind]

    def report(fraction: float) -> None:
        if tell.cancel is not None and tell.cancel.is_set:
            raise BusyError("stopped; nothing was kept", zh="已停止;没有保留任何内容")
        tell.progress(min(1.0, fraction), f"writing {en}", f"正在写{zh}")

    report(0.0)
    losses: list[dict[str, str]] = []
    remarks: list[dict[str, str]] = []
    work = folder / "work"
    work.mkdir()
    if kind == "motet":
        made = [_take_project(payload, work / f"{stem}.motet")]
    else:
        score = read_json(payload["score"]).score
        write = _Writer(score, work, stem, payload.get("layout", "full"), language, losses, remarks)
        made = write.everything(payload, report) if kind == "all" else write.one(kind, report)
    report(0.98)
    ending = "zip" if kind in ("all", "stems") or len(made) > 1 else made[0].suffix.lstrip(".")
    target = folder / "file"
    if ending == "zip":
        _zip(made, work, target)
    else:
        made[0].replace(target)
    name = f"{stem}-loop.wav" if kind == "loop" else f"{stem}.{ending}"
    if kind == "stems":
        name = f"{stem}-stems.zip"
    report(1.0)
    return {
        "name": name, "n_bytes": target.stat().st_size, "losses": losses, "remarks": remarks,
    }  # fmt: skip


class _Writer:
    """Writes one piece into a folder."""

    def __init__(
        self, score: Score, folder: Path, stem: str, layout: Any, language: Any,
        losses: list[dict[str, str]], remarks: list[dict[str, str]],
    ) -> None:  # fmt: skip
        self._score, self._folder, self._stem = score, folder, stem
        self._layout, self._language = layout, language
        self._losses, self._remarks = losses, remarks

    def one(self, kind: str, report: Report) -> Files:
        """Return the files of one format."""
        from motet.api import save
        from motet.io import musicxml_losses

        if kind == "stems":
            return self._stems(report)
        is_loop = kind == "loop"
        path = self._folder / f"{self._stem}.{'wav' if is_loop else kind}"
        options: dict[str, Any] = {"loop": True} if is_loop else {}
        if kind in _SHEETS:
            options["layout"] = self._layout
        if kind in ("musicxml", "mxl") and self._layout != "full":
            for loss in musicxml_losses(self._score):
                self._lost(loss)
        made = save(
            self._score, path, language=self._language, on_remark=self._remark,
            progress=lambda fraction, _: report(0.95 * fraction),
            on_loss=self._lost, **options,
        )  # fmt: skip
        return list(made)

    def everything(self, payload: dict[str, Any], report: Report) -> Files:
        """Return all files, the licence and the signed record among them, and the project."""
        from motet.api import save_all
        from motet.io import midi_losses

        made = save_all(
            self._score, self._folder, stem=self._stem, formats=_EVERYTHING,
            language=self._language, on_remark=self._remark,
            progress=lambda fraction, _: report(0.95 * fraction),
        )  # fmt: skip
        for loss in midi_losses(self._score):
            self._lost(loss)
        if payload.get("project"):
            made.append(_take_project(payload, self._folder / f"{self._stem}.motet"))
        return list(made)

    def _stems(self, report: Report) -> Files:
        from motet.audio.file import write_audio
        from motet.render import render_stems
        from motet.server.uploads import clean_name

        stems = render_stems(
            self._score, progress=lambda done, total: report(0.8 * done / max(1, total))
        )
        files = []
        for k, (name, sound) in enumerate(stems.items(), start=1):
            path = self._folder / f"{k:02d} {clean_name(name)}.wav"
            files.append(write_audio(sound, path, title=name))
        return files

    def _lost(self, loss: Any) -> None:
        self._losses.append({"en": loss.localised("en"), "zh": loss.localised("zh")})

    def _remark(self, en: str, zh: str) -> None:
        self._remarks.append({"en": en, "zh": zh})


def _take_project(payload: dict[str, Any], path: Path) -> Path:
    """Return the packed project under its own name."""
    packed = payload.get("project")
    if not packed:
        raise ParameterError(
            "a part of a piece is no project; export it as MIDI, MusicXML or Motet JSON",
            zh="乐曲的一部分不能存为工程;请导出为 MIDI、MusicXML 或 Motet JSON",
        )
    Path(packed).replace(path)
    return path


def _zip(files: Files, folder: Path, target: Path) -> None:
    """Write files into one archive; sound is not pressed again."""
    draft = target.with_name("draft")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            is_sound = path.suffix in (".mp3", ".ogg", ".flac", ".motet", ".mxl")
            how = zipfile.ZIP_STORED if is_sound else zipfile.ZIP_DEFLATED
            archive.write(path, path.relative_to(folder).as_posix(), compress_type=how)
    draft.replace(target)
