"""``motet convert``: one file into another kind, by its extension."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typer

from motet.cli.output import Output
from motet.cli.sheet import layout_option, page_option
from motet.cli.wording import Translate
from motet.errors import FormatError, ParameterError

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "convert" in command_names()
    True
    """

    @app.command(
        "convert",
        cls=cls,
        short_help=t("Turn a file into another kind.", "把文件转成另一种格式。"),
        help=t(
            "Read a score and write it as what the second name's extension says: mid, musicxml, "
            "mxl, abc, json, svg, pdf, png, wav, flac, ogg or mp3. A recording is transcribed first.\n\n"
            "A folder is converted whole, in parallel, into the folder OUT, as what --to says.",
            "读取乐谱,并按第二个文件名的扩展名写出:mid、musicxml、mxl、abc、json、svg、pdf、png、"
            "wav、flac、ogg 或 mp3。录音会先转写。\n\n"
            "若 IN 为文件夹,则按 --to 的格式并行转换全部乐谱到文件夹 OUT。",
        ),
        epilog="motet convert song.mid song.musicxml\ncat song.mid | motet convert - - --to json\n"
        "motet convert my_scores/ as_midi/ --to mid",
    )
    def convert(
        ctx: typer.Context,
        source: str = typer.Argument(
            ...,
            metavar="IN",
            help=t("File, folder, or - for standard input.", "文件、文件夹,或 -(标准输入)。"),
        ),
        target: str = typer.Argument(
            ...,
            metavar="OUT",
            help=t("File, folder, or - for standard output.", "文件、文件夹,或 -(标准输出)。"),
        ),
        to: str = typer.Option(
            "mid",
            "--to",
            metavar="KIND",
            help=t("Kind written to - or a folder.", "写到 - 或文件夹时的格式。"),
        ),
        layout: str = layout_option(t),
        page: str = page_option(t),
    ) -> None:
        from motet.cli.save import save_score
        from motet.cli.source import load_score

        out: Output = ctx.obj
        if source != "-" and Path(source).is_dir():
            _convert_folder(Path(source), Path(target), to, out)
            return
        if _is_sound_to_sound(source, target):
            _copy_sound(source, target, out)
            return
        score = load_score(source, out)
        wishes = {"layout": layout, "page": page}
        if target == "-":
            _stream_score(score, to, out, wishes)
            return
        stem = "stdin" if source == "-" else Path(source).stem
        files = save_score(score, target, out, stem=stem, tells_losses=True, **wishes)
        out.finish({"files": files}, [str(path) for path in files])


def _is_sound_to_sound(source: str, target: str) -> bool:
    """Return whether a recording is to become a recording of another kind, notes or not."""
    from motet.audio.file import AUDIO_ENDINGS
    from motet.audio.sniff import is_recording

    is_sound = source != "-" and Path(source).is_file() and is_recording(source)
    return is_sound and Path(target).suffix.lower() in AUDIO_ENDINGS


def _copy_sound(source: str, target: str, out: Output) -> None:
    """Write a recording as another kind of sound file."""
    from motet.audio import read_audio, write_audio

    path = write_audio(read_audio(source), target)
    out.finish({"files": [path]}, [str(path)])


def _convert_folder(source: Path, target: Path, kind: str, out: Output) -> None:
    """Convert a folder, then say what was written, what was mended and what could not be read."""
    from motet.cli.reason import tell_error
    from motet.render.batch import convert_folder

    with out.progress("converting", "转换中") as report:
        done = convert_folder(
            source, target, kind=kind, progress=lambda k, n: report(k / n, f"{k}/{n}")
        )
    bad = [one for one in done if one.error is not None]
    files = [path for one in done for path in one.files]
    mended = sum(bool(one.repairs) for one in done)
    errors = [tell_error(one.error, language=out.language) for one in bad if one.error]
    lines = [
        out.say(
            f"{len(done) - len(bad)} of {len(done)} files converted into {target}, {mended} mended.",
            f"{len(done)} 个文件中转换了 {len(done) - len(bad)} 个,写入 {target},其中修补了 {mended} 个。",
        ),
        *errors,
    ]
    out.finish({"files": files, "n_mended": mended, "errors": errors}, lines)
    if bad:
        raise typer.Exit(FormatError.exit_code)


def _stream_score(score: Any, kind: str, out: Output, wishes: dict[str, Any]) -> None:
    """Write one kind of file to standard output."""
    from motet.cli.save import save_score

    if out.as_json:
        raise ParameterError(
            "--json and OUT '-' would both use standard output; give OUT a file name",
            zh="--json 与 OUT “-”都要用标准输出;请给 OUT 一个文件名",
        )
    with TemporaryDirectory(prefix="motet-") as folder:
        files = save_score(score, Path(folder) / f"stdout.{kind}", out, **wishes)
        if len(files) > 1:
            raise ParameterError(
                f"the score has {len(files)} pages, and '-' holds one file; use --to pdf",
                zh=f"乐谱有 {len(files)} 页,而“-”只能写一个文件;请用 --to pdf",
            )
        sys.stdout.buffer.write(files[0].read_bytes())
        sys.stdout.buffer.flush()
