"""``motet handoff``: a folder for a DAW: clean MIDI, stems, notation, chords, and where it is from."""

from __future__ import annotations

from typing import Any, Literal

import typer

from motet.cli.output import Output
from motet.cli.wording import Translate
from motet.errors import ParameterError

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> import typer
    >>> app = typer.Typer()
    >>> register(app, lambda en, zh: en, None)
    >>> [one.name for one in app.registered_commands]
    ['handoff']
    """

    @app.command(
        "handoff",
        cls=cls,
        short_help=t("Write a folder for your DAW.", "写出供 DAW 使用的文件夹。"),
        help=t(
            "Write a score or a project for a digital audio workstation: MIDI with one named track and "
            "channel a part, tempo, metre, key, markers and chords; WAV stems from bar 1, equally long; a "
            "mix; MusicXML; a chord chart; README, licence and signed record.",
            "把乐谱或工程写成供数字音频工作站使用的文件夹:MIDI(每声部一条命名音轨与通道,含速度、拍号、"
            "调号、标记、和弦)、从第 1 小节起等长的 WAV 分轨、混音、MusicXML、和弦谱、说明、许可与"
            "已签名的来历。",
        ),
        epilog="motet handoff song.motet for_reaper/\n"
        "motet handoff song.mid daw/ --chords track --no-stems",
    )
    def handoff(
        ctx: typer.Context,
        file: str = typer.Argument(
            ..., metavar="FILE", help=t("A score or a project.", "乐谱或工程。")
        ),
        folder: str = typer.Argument(..., metavar="FOLDER", help=t("Where to.", "写到哪里。")),
        name: str = typer.Option(
            "", "--name", metavar="NAME", help=t("Of the files.", "文件的名称。")
        ),
        chords: str = typer.Option(
            "text",
            "--chords",
            metavar="text|track",
            help=t("Chords as text, or as a track too.", "和弦写作文字,或另加一轨。"),
        ),
        stems: bool = typer.Option(
            True, "--stems/--no-stems", help=t("Render the sound.", "渲染声音。")
        ),
        rate: int = typer.Option(44100, "--rate", metavar="HZ", help=t("Sample rate.", "采样率。")),
        soundfont: str = typer.Option(
            None, "--soundfont", metavar="FILE", help=t("SF2 or SF3.", "SF2 或 SF3 音色库。")
        ),
    ) -> None:
        from motet.render.daw import handoff as hand_off

        out: Output = ctx.obj
        with out.progress("handing off", "交接中") as report:
            files = hand_off(
                file, folder, name=name, chords=_chords(chords), stems=stems, sample_rate_hz=rate,
                soundfont=soundfont, language=out.language, progress=report, on_remark=out.note,
            )  # fmt: skip
        out.finish({"files": files}, [str(one) for one in files])


def _chords(word: str) -> Literal["text", "track"]:
    if word not in ("text", "track"):
        raise ParameterError(
            f"--chords must be text or track, got {word!r}",
            zh=f"--chords 必须是 text 或 track,收到 {word!r}",
        )
    return "track" if word == "track" else "text"
