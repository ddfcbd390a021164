"""Files of a score in every form: the extension of a path decides what is written.

Conventions: notes (mid, midi, musicxml, mxl, abc, json), sheet music (svg, pdf), a piano roll (png), sound
(wav, flac, ogg, mp3); a path without an extension is a folder, which gets everything. Progress is
told as ``progress(fraction, label)``, 0 to 1.

Offers `save_score`, `save_folder`, `is_folder`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any, Literal

from motet.errors import ParameterError
from motet.io import Loss, write, write_musicxml
from motet.language import Language, say
from motet.provenance import tell_shortly
from motet.render.roll import draw_roll
from motet.render.sheet import check_sheet, render_sheet, sheet_pages, write_pages
from motet.score import Score

__all__ = ["is_folder", "save_folder", "save_score"]

Report = Callable[[float, str], None]
_NOTES = ("mid", "midi", "musicxml", "mxl", "abc", "json")
_SHEETS = ("svg", "pdf")
_LAYOUTS = (*_SHEETS, "musicxml", "mxl")
_AUDIO = ("wav", "flac", "ogg", "mp3")
_KNOWN = (*_NOTES, *_SHEETS, "png", *_AUDIO)
_SOUND = (
    "sample_rate_hz", "engine", "soundfont", "loudness_lufs", "reverb", "loop", "start_s", "end_s",
    "quality",
)  # fmt: skip
_LABELS = {
    "mid": ("MIDI", "MIDI"),
    "json": ("Motet JSON", "Motet JSON"),
    "musicxml": ("MusicXML", "MusicXML"),
    "svg": ("score (SVG)", "乐谱(SVG)"),
    "pdf": ("score (PDF)", "乐谱(PDF)"),
    "png": ("piano roll", "钢琴卷帘"),
    "wav": ("sound", "声音"),
}


def is_folder(path: str | Path) -> bool:
    """Return whether a path means a folder: it is one, ends in a slash, or has no extension.

    Examples
    --------
    >>> is_folder("song/"), is_folder("song"), is_folder("song.mid")
    (True, True, False)
    """
    return str(path).endswith(("/", "\\")) or Path(path).is_dir() or not Path(path).suffix


def save_score(
    score: Score,
    path: Path,
    *,
    language: Language = "en",
    layout: Literal["full", "lead"] = "full",
    page: Literal["a4", "letter"] = "a4",
    stems: bool = False,
    progress: Report | None = None,
    on_loss: Callable[[Loss], None] | None = None,
    **sound: Any,
) -> list[Path]:
    """Return the files written for a score, in the form that the extension names.

    Parameters
    ----------
    score : Score
    path : Path
        Missing folders are made.
    language, layout, page, stems, progress, on_loss, **sound
        As for `motet.api.save`.

    Returns
    -------
    list of Path

    Raises
    ------
    ParameterError
        The extension or an option is unknown, or an option says nothing about this form.

    Examples
    --------
    >>> from motet.score import make_score
    >>> [file.name for file in save_score(make_score("C4:4"), Path("one.mid"))]
    ['one.mid']
    """
    kind = path.suffix.lower().lstrip(".")
    _check_kind(kind, path.name)
    check_sheet(layout=layout, page=page)
    _check_options(kind, layout=layout, stems=stems, sound=sound)
    _make_folder(path.parent)
    if kind in _AUDIO:
        return _save_sound(score, path, stems=stems, progress=progress, **sound)
    if kind in _SHEETS:
        return list(render_sheet(score, path, layout=layout, page=page, language=language))
    if kind == "png":
        draw_roll(score, path, language=language)
        return [path]
    if layout != "full":
        write_musicxml(score, path, layout=layout)
        return [path]
    for loss in write(score, path):
        if on_loss is not None:
            on_loss(loss)
    return [path]


def _near(word: str, known: Sequence[str]) -> tuple[str, str]:
    """Return the end of a message that offers the nearest of the known words."""
    near = get_close_matches(word, known, n=1)
    return (f"; did you mean {near[0]}?", f";您是否想用 {near[0]}?") if near else ("", "")


def _check_kind(kind: str, name: str) -> None:
    if kind not in _KNOWN:
        known, (en, zh) = ", ".join(_KNOWN), _near(kind, _KNOWN)
        raise ParameterError(
            f"the output must end in one of {known}, got {name!r}{en or '; choose one of them'}",
            zh=f"输出文件的扩展名必须是 {known} 之一,收到 {name!r}{zh or ';请选其一'}",
        )


def _check_options(kind: str, *, layout: str, stems: bool, sound: dict[str, Any]) -> None:
    """Refuse options that are unknown, or that say nothing about a kind (empty: a folder)."""
    for name in sound:
        if name not in _SOUND:
            en, zh = _near(name, _SOUND)
            known = ", ".join(_SOUND)
            raise ParameterError(
                f"there is no option {name!r}{en or f'; there are {known}'}",
                zh=f"没有选项 {name!r}{zh or f';可用的有 {known}'}",
            )
    loudness = sound.get("loudness_lufs")
    if loudness is not None and not -70.0 <= loudness <= 0.0:
        raise ParameterError(
            f"loudness_lufs must be -70 to 0 LUFS, got {loudness}; -16 is usual, -23 quiet",
            zh=f"loudness_lufs(响度)必须在 -70 到 0 LUFS 之间,收到 {loudness};常用 -16,较轻为 -23",
        )
    given = [*sound, *(["stems"] if stems else [])]
    if kind and kind not in _AUDIO and given:
        raise ParameterError(
            f"{given[0]} is about sound, and .{kind} is none; leave it out, or write .wav",
            zh=f"{given[0]} 只用于声音,而 .{kind} 不是声音;请去掉它,或改写 .wav",
        )
    if layout != "full" and kind and kind not in _LAYOUTS:
        raise ParameterError(
            f"layout is about sheet music, and .{kind} is none; leave it out, or write .pdf",
            zh=f"layout(版式)只用于乐谱,而 .{kind} 不是乐谱;请去掉它,或改写 .pdf",
        )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ParameterError(
            f"cannot make the folder {str(folder)!r}: {error.strerror}; choose another place",
            zh=f"无法建立文件夹 {str(folder)!r}:{error.strerror};请换一个位置",
        ) from error


def _save_sound(
    score: Score,
    path: Path,
    *,
    stems: bool,
    progress: Report | None,
    quality: str = "medium",
    **options: Any,
) -> list[Path]:
    """Write the mix and, if wanted, a file a part beside it."""

    def tell(start: float, done: int, total: int) -> None:
        if progress is not None:
            progress(start + share * done / max(1, total), "")

    share = 0.5 if stems else 1.0
    from motet.audio.file import write_audio  # notes and pictures do without sound
    from motet.render.sound import render_audio, render_stems

    audio = render_audio(score, progress=partial(tell, 0.0), **options)
    told = tell_shortly(score)
    files = [write_audio(audio, path, title=score.title, quality=quality, comment=told)]
    if stems:
        parts = render_stems(score, progress=partial(tell, share), **options)
        for name, stem in parts.items():
            safe = "".join(c if c.isalnum() or c in " -_" else "_" for c in name).strip()
            file = path.with_name(f"{path.stem}-{safe}{path.suffix}")
            files.append(write_audio(stem, file, quality=quality, comment=told))
    return files


def save_folder(
    score: Score,
    folder: Path,
    *,
    formats: Sequence[str],
    stem: str = "song",
    language: Language = "en",
    layout: Literal["full", "lead"] = "full",
    page: Literal["a4", "letter"] = "a4",
    stems: bool = False,
    progress: Report | None = None,
    **sound: Any,
) -> list[Path]:
    """Write a score in several forms into a folder and return the files.

    Parameters
    ----------
    score : Score
    folder : Path
        Made if missing.
    formats : sequence of str
        Extensions; with ``pdf`` comes a lead sheet where it says something of its own.
    stem, language, layout, page, stems, progress, **sound
        As for `motet.api.save_all`.

    Returns
    -------
    list of Path
        In the order written, sound first.

    Raises
    ------
    ParameterError
        A format or an option is unknown.

    Examples
    --------
    >>> from motet.score import make_score
    >>> [file.name for file in save_folder(make_score("C4:4"), Path("all"), formats=("mid", "png"))]
    ['song.mid', 'song.png']
    """
    for kind in formats:
        _check_kind(kind, f"{stem}.{kind}")
    check_sheet(layout=layout, page=page)
    _check_options("", layout=layout, stems=stems, sound=sound)
    files: list[Path] = []
    pages: tuple[str, ...] = ()
    sheets = [kind for kind in formats if kind in _SHEETS]
    # Sound first: what may be wrong with its options shows before anything is written.
    for k, kind in enumerate(sorted(formats, key=lambda one: one not in _AUDIO)):
        en, zh = _LABELS.get(kind, (kind, kind))
        tell = partial(_report, progress, k, len(formats), say(en, zh, language=language))
        tell(0.0, "")
        path = folder / f"{stem}.{kind}"
        if kind in _AUDIO:
            files += save_score(score, path, stems=stems, progress=tell, **sound)
        elif kind in _SHEETS and len(sheets) > 1:  # engraved once for all of them
            _make_folder(folder)
            pages = pages or sheet_pages(score, layout=layout, page=page, language=language)
            files += write_pages(pages, path, page=page)
        elif kind in _LAYOUTS:
            files += save_score(score, path, language=language, layout=layout, page=page)
        else:
            files += save_score(score, path, language=language)
        if kind == "pdf" and layout == "full" and _has_lead(score):
            lead = folder / f"{stem}-lead.pdf"
            files += save_score(score, lead, language=language, layout="lead", page=page)
    if progress is not None:
        progress(1.0, say("done", "完成", language=language))
    return files


def _report(
    progress: Report | None, k: int, total: int, label: str, fraction: float, _: str
) -> None:
    """Tell how far a folder is, given how far its file k is."""
    if progress is not None:
        progress((k + fraction) / total, label)


def _has_lead(score: Score) -> bool:
    """Return whether a lead sheet says something that the full score does not."""
    has_melody = any(part.role == "melody" for part in score.parts)
    return len(score.parts) > 1 and (has_melody or bool(score.chords))
