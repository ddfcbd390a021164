"""Writing results: the extension of a path decides what is written.

Conventions: notes (mid, musicxml, mxl, json), sound (wav, flac, ogg, mp3), sheet music (svg, pdf),
a piano-roll picture (png); a path without an extension is a folder, which gets everything.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motet.cli.suggest import did_you_mean
from motet.errors import ParameterError

if TYPE_CHECKING:
    from motet.cli.output import Output
    from motet.score import Score

__all__ = ["SoundWish", "is_folder", "save_score"]

_NOTES = ("mid", "midi", "musicxml", "mxl", "json")
_AUDIO = ("wav", "flac", "ogg", "mp3")
_SHEETS = ("svg", "pdf")
_KNOWN = (*_NOTES, *_AUDIO, *_SHEETS, "png")


@dataclass(frozen=True, kw_only=True)
class SoundWish:
    """How sound is made: stems beside the mix, a seamless loop, engine, loudness, sample rate."""

    stems: bool = False
    loop: bool = False
    engine: str = "auto"
    loudness_lufs: float = -16.0
    sample_rate_hz: int = 44100

    @property
    def options(self) -> dict[str, Any]:
        """The options of `motet.render.render_audio`."""
        return {
            "loop": self.loop,
            "engine": self.engine,
            "loudness_lufs": self.loudness_lufs,
            "sample_rate_hz": self.sample_rate_hz,
        }


def is_folder(path: str | Path) -> bool:
    """Return whether a path means a folder: it is one, ends in a slash, or has no extension.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    bool

    Examples
    --------
    >>> is_folder("song/"), is_folder("song"), is_folder("song.mid")
    (True, True, False)
    """
    return str(path).endswith(("/", "\\")) or Path(path).is_dir() or not Path(path).suffix


def save_score(
    score: Score,
    output: str | Path,
    out: Output,
    *,
    stem: str = "song",
    sound: SoundWish | None = None,
    tells_losses: bool = False,
) -> list[Path]:
    """Return the paths written for one output path.

    Parameters
    ----------
    score : Score
    output : str or Path
        A file whose extension decides, or a folder.
    out : Output
        Progress and losses are said there.
    stem : str
        Name of the files in a folder.
    sound : SoundWish or None
        For sound; the usual one when None.
    tells_losses : bool
        Whether to say what the format cannot hold: of use where a file of the user's is converted.

    Returns
    -------
    list of Path

    Raises
    ------
    ParameterError
        The extension is unknown.

    Examples
    --------
    >>> from motet.cli.output import Output
    >>> from motet.score import make_score
    >>> out = Output(language="en", as_json=True)
    >>> [path.name for path in save_score(make_score("C4:4"), "new/one.mid", out)]
    ['one.mid']
    """
    path, wish = Path(output), sound or SoundWish()
    if is_folder(output):
        return _save_folder(score, path, out, stem=stem, sound=wish)
    kind = path.suffix.lower().lstrip(".")
    if kind not in _KNOWN:
        en, zh = did_you_mean(kind, _KNOWN)
        raise ParameterError(
            f"the output must end in one of {', '.join(_KNOWN)}, got {path.name!r}{en}",
            zh=f"输出文件的扩展名必须是 {', '.join(_KNOWN)} 之一,收到 {path.name!r}{zh}",
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind in _NOTES:
        from motet.io import write

        losses = write(score, path)
        for loss in losses if tells_losses else ():
            out.note(f"{path.name}: {loss.localised('en')}", f"{path.name}:{loss.localised('zh')}")
        return [path]
    if kind in _AUDIO:
        return _save_sound(score, path, out, wish)
    if kind in _SHEETS:
        from motet.render import render_sheet

        return list(render_sheet(score, path, language=out.language))
    from motet.render import draw_roll

    draw_roll(score, path, language=out.language)
    return [path]


def _save_folder(
    score: Score, folder: Path, out: Output, *, stem: str, sound: SoundWish
) -> list[Path]:
    """Write every form into a folder; sound last, in its own way where stems or a loop are wanted."""
    from motet.api import ALL_FORMATS, save_all

    has_own_sound = sound != SoundWish()
    formats = [kind for kind in ALL_FORMATS if not (has_own_sound and kind == "wav")]
    with out.progress("writing", "写文件") as report:
        files = save_all(
            score, folder, stem=stem, formats=formats, language=out.language, progress=report
        )
    return files + (_save_sound(score, folder / f"{stem}.wav", out, sound) if has_own_sound else [])


def _save_sound(score: Score, path: Path, out: Output, sound: SoundWish) -> list[Path]:
    """Write the mix and, if wanted, a file a part beside it."""
    from motet.render import render_audio, render_stems, write_audio

    with out.progress("rendering sound", "渲染声音") as report:

        def tell(done: int, total: int) -> None:
            report(done / max(1, total), "")

        audio = render_audio(
            score, progress=_halved(tell) if sound.stems else tell, **sound.options
        )
        files = [write_audio(audio, path, title=score.title)]
        if sound.stems:
            for name, stem in render_stems(score, progress=tell, **sound.options).items():
                safe = "".join(c if c.isalnum() or c in " -_" else "_" for c in name).strip()
                files.append(write_audio(stem, path.with_name(f"{path.stem}-{safe}{path.suffix}")))
    return files


def _halved(tell: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """Return a report for the first half of the way."""
    return lambda done, total: tell(done, 2 * total)
