"""``motet transcribe``: recordings become scores, one file or whole folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from motet.cli.sheet import layout_option, page_option
from motet.cli.wording import Translate
from motet.cli.writing import key_option
from motet.errors import FormatError, ParameterError

if TYPE_CHECKING:
    from motet.cli.output import Output
    from motet.render.transcribed import TranscribedFile
    from motet.tasks.transcribe import Transcription

__all__ = ["hear", "register"]

_MOST_BARS = 64


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "transcribe" in command_names()
    True
    """

    @app.command(
        "transcribe",
        cls=cls,
        short_help=t("Turn a recording into a score.", "把录音变成乐谱。"),
        help=t(
            "Hear a recording (WAV, FLAC, OGG, MP3) and write it as a score whose bars sit on its beats: "
            "notes, parts, tempo, metre, key and chords, each with how sure it is. Folders and several "
            "files are heard in parallel into the folder OUT; a recording that cannot be read stops "
            "nothing and is listed. Needs: pip install 'motet[audio]'.",
            "听一段录音(WAV、FLAC、OGG、MP3),写成小节线落在其节拍上的乐谱:音符、声部、速度、拍号、调与和弦,"
            "并各附把握。给出文件夹或多个文件时,并行处理并写入文件夹 OUT;无法读取的录音不影响其余,最后列出。"
            "需要:pip install 'motet[audio]'。",
        ),
        epilog="motet transcribe song.mp3 -o song.musicxml\n"
        "motet transcribe take.wav -o take.mid --performed take-played.mid --metre 3/4\n"
        "motet transcribe recordings/ -o scores/ --to mid",
    )
    def transcribe(
        ctx: typer.Context,
        source: list[Path] = typer.Argument(
            ...,
            metavar="FILE|FOLDER...",
            help=t("Recordings, or folders of them.", "录音或其文件夹。"),
        ),
        output: str = typer.Option(
            "",
            "--output",
            "-o",
            metavar="OUT",
            help=t(
                "File, whose ending says the kind, or folder; else MusicXML beside the recording.",
                "文件(扩展名决定格式)或文件夹;默认在录音旁写 MusicXML。",
            ),
        ),
        performed: str = typer.Option(
            "",
            "--performed",
            metavar="FILE",
            help=t("Also the notes as they were played, not quantised.", "另存未量化的原样演奏。"),
        ),
        metre: str | None = typer.Option(
            None, "--metre", metavar="N/D", help=t("If known: 3/4.", "若已知,如 3/4。")
        ),
        qpm: float | None = typer.Option(
            None,
            "--qpm",
            metavar="QPM",
            help=t("If known, about: quarter notes a minute.", "若大致已知:每分钟四分音符数。"),
        ),
        key: str | None = key_option(t),
        split: bool = typer.Option(
            True,
            "--split/--no-split",
            help=t(
                "Parts by register and role, or all in one.", "按音区与角色分声部,或合为一个声部。"
            ),
        ),
        start: float = typer.Option(
            0.0, "--start", metavar="SECONDS", help=t("Hear from here.", "从此处(秒)听起。")
        ),
        end: float | None = typer.Option(
            None, "--end", metavar="SECONDS", help=t("Hear up to here.", "听到此处(秒)为止。")
        ),
        title: str = typer.Option(
            "",
            "--title",
            metavar="TEXT",
            help=t("Title; else the file's name.", "标题;默认为文件名。"),
        ),
        to: str = typer.Option(
            "musicxml",
            "--to",
            metavar="KIND",
            help=t("Kind written for folders and several files.", "处理文件夹或多个文件时的格式。"),
        ),
        processes: int | None = typer.Option(
            None,
            "--processes",
            metavar="N",
            help=t(
                "Recordings at once; else one a processor.", "同时处理几个;默认每个处理器一个。"
            ),
        ),
        layout: str = layout_option(t),
        page: str = page_option(t),
    ) -> None:
        out: Output = ctx.obj
        options = {"metre": metre, "qpm": qpm, "key": key, "split": split, "language": out.language}
        if len(source) == 1 and not source[0].is_dir():
            excerpt = (start, end)
            wishes = {"layout": layout, "page": page}
            return _hear_one(source[0], output, performed, excerpt, title, options, wishes, out)
        _refuse_for_many(output, performed, start, end, title)
        return _hear_many(source, Path(output), to, processes, options, out)


def hear(
    source: Path,
    out: Output,
    *,
    start_s: float = 0.0,
    end_s: float | None = None,
    **options: Any,
) -> Transcription:
    """Return the transcription of a recording, progress shown and remarks said.

    Parameters
    ----------
    source : Path
    out : Output
    start_s, end_s : float, seconds
        What is heard of it.
    **options
        Of `motet.transcribe`.

    Returns
    -------
    Transcription

    Raises
    ------
    FormatError
        The file cannot be read as audio.

    Examples
    --------
    >>> from motet.cli.output import Output
    >>> hear(Path("missing.wav"), Output(language="en", as_json=True))
    Traceback (most recent call last):
    ...
    motet.errors.FormatError: missing.wav: cannot be read as audio: No such file or directory
    """
    from motet.audio import stream_audio
    from motet.tasks.transcribe import transcribe

    stream = stream_audio(source, start_s=start_s, end_s=end_s)
    options = {"title": source.stem, "language": out.language, **options}
    with out.progress("listening", "正在听") as report:
        return transcribe(stream, on_progress=report, **options)


def _hear_one(
    source: Path,
    output: str,
    performed: str,
    excerpt: tuple[float, float | None],
    title: str,
    options: dict[str, Any],
    wishes: dict[str, Any],
    out: Output,
) -> None:
    """Transcribe one recording, save it, tell what was understood."""
    from motet.cli.save import save_score

    found = hear(
        source, out, start_s=excerpt[0], end_s=excerpt[1], **options, title=title or source.stem
    )
    target = output or str(source.with_suffix(".musicxml"))
    files = list(save_score(found.score, target, out, stem=source.stem, **wishes))
    if performed:
        files += save_score(found.performed, performed, out, stem=f"{source.stem}-performed")
    lines = [*found.tell(out.language), *_chord_lines(found, out), *map(str, files)]
    lines.append(out.say(f"Done in {out.elapsed_s:.1f} s.", f"用时 {out.elapsed_s:.1f} 秒。"))
    out.finish({**found.to_dict(), "files": files, "elapsed_s": round(out.elapsed_s, 2)}, lines)


def _chord_lines(found: Transcription, out: Output) -> list[str]:
    """Return the chords bar by bar, and how sure they are, weighed by how long each lasts."""
    if not found.chords or not found.score.chords:
        return []
    bars: dict[int, list[str]] = {}
    for one in found.score.chords:
        bars.setdefault(found.score.bar_at(one.tick), []).append(one.symbol)
    told = [" ".join(bars.get(k, ["%"])) for k in range(min(found.score.n_bars, _MOST_BARS))]
    rest = " …" if found.score.n_bars > _MOST_BARS else ""
    total = sum(one.end_s - one.start_s for one in found.chords) or 1.0
    sure = sum((one.end_s - one.start_s) * one.confidence for one in found.chords) / total
    head = out.say(f"Chords ({sure:.0%} sure): ", f"和弦(把握 {sure:.0%}):")
    return [head + "| " + " | ".join(told) + " |" + rest]


def _refuse_for_many(
    output: str, performed: str, start: float, end: float | None, title: str
) -> None:
    """Refuse what means nothing for several recordings."""
    from motet.render.save import is_folder

    if not output or not is_folder(output):
        raise ParameterError(
            f"several recordings go into a folder; give -o FOLDER/, got {output!r}",
            zh=f"多个录音要写入文件夹;请给出 -o 文件夹/,收到 {output!r}",
        )
    for name, is_given in (
        ("--performed", bool(performed)),
        ("--start", start != 0.0),
        ("--end", end is not None),
        ("--title", bool(title)),
    ):
        if is_given:
            raise ParameterError(
                f"{name} is for one recording; leave it out for a folder or several files",
                zh=f"{name} 只用于单个录音;处理文件夹或多个文件时请去掉",
            )


def _hear_many(
    sources: list[Path],
    target: Path,
    kind: str,
    processes: int | None,
    options: dict[str, Any],
    out: Output,
) -> None:
    """Transcribe folders and files, and list what failed; exit as for a damaged file if any did."""
    from motet.render.transcribed import transcribe_folder

    wanted = {name: value for name, value in options.items() if value is not None}
    with out.progress("listening", "正在听") as report:
        done = transcribe_folder(
            sources,
            target,
            kind=kind,
            options=wanted,
            n_workers=processes,
            progress=lambda k, n, path: report(k / n, f"{k}/{n} {path.name}"),
        )
    bad = [one for one in done if one.error is not None]
    files = [path for one in done for path in one.files]
    lines = [_row(one, out) for one in done]
    lines.append(
        out.say(
            f"{len(done) - len(bad)} of {len(done)} recordings transcribed into {target} "
            f"in {out.elapsed_s:.1f} s",
            f"{len(done)} 个录音中转写了 {len(done) - len(bad)} 个,写入 {target},"
            f"用时 {out.elapsed_s:.1f} 秒",
        )
    )
    errors = [str(one.source) for one in bad]
    facts = [{"source": one.source, **one.facts} for one in done if one.error is None]
    out.finish({"files": files, "recordings": facts, "failed": errors}, lines)
    if bad:
        raise typer.Exit(FormatError.exit_code)


def _row(one: TranscribedFile, out: Output) -> str:
    """Return one line about one recording of several."""
    from motet.cli.reason import tell_error

    if one.error is not None:
        return out.say("FAILED: ", "失败:") + tell_error(one.error, language=out.language)
    facts = one.facts
    return out.say(
        f"{one.source}: ♩ = {facts['qpm']:.0f}, {facts['metre']}, {facts['key']}, "
        f"{facts['n_notes']} notes, {facts['confidence']:.0%} sure",
        f"{one.source}:♩ = {facts['qpm']:.0f},{facts['metre']},{facts['key']},"
        f"{facts['n_notes']} 个音,把握 {facts['confidence']:.0%}",
    )
