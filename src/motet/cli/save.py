"""Writing results: the extension of a path decides what is written.

Conventions: notes (mid, musicxml, json), sound (wav, flac, ogg, mp3), sheet music (svg, pdf), a
piano-roll picture (png); a path without an extension is a folder, which gets everything.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from motet.cli.suggest import did_you_mean
from motet.errors import ParameterError

if TYPE_CHECKING:
    from motet.score import Score

__all__ = ["AUDIO", "NOTES", "PICTURES", "SHEETS", "is_folder", "save_score"]

NOTES = ("mid", "midi", "musicxml", "json")
AUDIO = ("wav", "flac", "ogg", "mp3")
SHEETS = ("svg", "pdf")
PICTURES = ("png",)

Report = Callable[[float, str], None]


def is_folder(path: str | Path) -> bool:
    """Return whether a path means a folder: it is one, ends in a slash, or has no extension.

    Parameters
    ----------
    path : str or Path

    Examples
    --------
    >>> is_folder("song/"), is_folder("song"), is_folder("song.mid")
    (True, True, False)
    """
    return str(path).endswith(("/", "\\")) or Path(path).is_dir() or not Path(path).suffix


def save_score(
    score: Score,
    output: str | Path,
    *,
    stem: str = "song",
    has_stems: bool = False,
    is_loop: bool = False,
    engine: str = "auto",
    loudness_lufs: float = -16.0,
    sample_rate_hz: int = 44100,
    progress: Report | None = None,
) -> list[Path]:
    """Return the paths written for one output path.

    Parameters
    ----------
    score : Score
    output : str or Path
        A file whose extension decides, or a folder.
    stem : str
        Name of the files in a folder.
    has_stems, is_loop : bool
        For sound: a file a part beside the mix; a seamless loop.
    engine, loudness_lufs, sample_rate_hz
        For sound.
    progress : callable or None
        ``report(fraction, label)``.

    Returns
    -------
    list of Path

    Raises
    ------
    ParameterError
        The extension is unknown, or the file's folder cannot be made.

    Examples
    --------
    >>> from motet.score import make_score
    >>> [path.name for path in save_score(make_score("C4:4"), "out/one.mid")]
    ['one.mid']
    """
    path = Path(output)
    if is_folder(output):
        from motet.api import save_all

        return list(save_all(score, path, stem=stem, progress=progress))
    kind = path.suffix.lower().lstrip(".")
    known = NOTES + AUDIO + SHEETS + PICTURES
    if kind not in known:
        en, zh = did_you_mean(kind, known)
        raise ParameterError(
            f"output must end in one of {', '.join(known)}, got {path.name!r}{en}",
            zh=f"输出文件的扩展名必须是 {', '.join(known)} 之一,收到 {path.name!r}{zh}",
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind in NOTES:
        from motet.io import write

        write(score, path)
        return [path]
    if kind in AUDIO:
        from motet.render import render_audio, render_stems, write_audio

        options = {"sample_rate_hz": sample_rate_hz, "engine": engine, "is_loop": is_loop}
        audio = render_audio(score, loudness_lufs=loudness_lufs, progress=progress, **options)
        write_audio(audio, path)
        if not has_stems:
            return [path]
        return [path, *render_stems(score, path, **options)]
    if kind in SHEETS:
        from motet.render import render_sheet

        return list(render_sheet(score, path))
    from motet.render import draw_roll

    draw_roll(score, path)
    return [path]
