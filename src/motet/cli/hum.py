"""``motet hum``: what someone hums, sings or whistles, from a file or the microphone, as a melody."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from motet.cli.sheet import layout_option, page_option
from motet.cli.wording import Translate
from motet.cli.writing import key_option
from motet.errors import FormatError, MotetError, ParameterError

if TYPE_CHECKING:
    from motet.audio import Audio
    from motet.cli.output import Output

__all__ = ["register"]

_SECONDS = 10.0
_COUNTED = 4
_COUNT_QPM = 90.0
_FLOOR_DB = -60.0


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "hum" in command_names()
    True
    """

    @app.command(
        "hum",
        cls=cls,
        short_help=t("Turn humming or whistling into a melody.", "把哼唱或口哨变成旋律。"),
        help=t(
            "Hear one voice that hums, sings or whistles, from a file or from the microphone, and write it "
            "as a melody: notes, key, tempo, bars. No metronome is needed; being out of tune is "
            "forgiven. Without FILE the microphone is recorded for --seconds; Ctrl-C ends it early. Needs: "
            "pip install 'motet[audio]'.",
            "听一个人哼唱或吹口哨(文件或话筒),写成旋律:音符、调、速度与小节。无需节拍器,音不准也无妨。不给 FILE"
            "则录话筒 --seconds 秒,Ctrl-C 提前结束。需要:pip install 'motet[audio]'。",
        ),
        epilog="motet hum tune.wav -o melody.musicxml\n"
        "motet hum --seconds 10 --qpm 90 -o melody.mid\n"
        "motet hum tune.wav --kind whistle --key G --metre 3/4 -o melody.pdf",
    )
    def hum(
        ctx: typer.Context,
        source: Path | None = typer.Argument(
            None,
            metavar="[FILE]",
            help=t("A recording; else the microphone.", "录音文件;不给则用话筒。"),
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
            help=t("Also the notes as they were sung, with bends.", "另存原样演唱,含弯音。"),
        ),
        seconds: float = typer.Option(
            _SECONDS, "--seconds", metavar="S", help=t("How long to record.", "录音多长(秒)。")
        ),
        count_in: int = typer.Option(
            _COUNTED,
            "--count-in",
            metavar="N",
            help=t("Beats counted before recording.", "录音前数几拍。"),
        ),
        device: str | None = typer.Option(
            None, "--device", metavar="NAME", help=t("The microphone to use.", "使用哪个话筒。")
        ),
        take: str = typer.Option(
            "", "--take", metavar="FILE", help=t("Keep the recording here.", "把录音保存到此文件。")
        ),
        metre: str | None = typer.Option(
            None, "--metre", metavar="N/D", help=t("If known: 3/4.", "若已知,如 3/4。")
        ),
        qpm: float | None = typer.Option(
            None,
            "--qpm",
            metavar="QPM",
            help=t("If known: quarter notes a minute.", "若已知:每分钟四分音符数。"),
        ),
        key: str | None = key_option(t),
        grid: str = typer.Option(
            "auto",
            "--grid",
            metavar="NAME",
            help=t(
                "auto, 1/4, 1/8, 1/16 or triplet.", "节奏网格:auto、1/4、1/8、1/16 或 triplet。"
            ),
        ),
        kind: str = typer.Option(
            "auto",
            "--kind",
            metavar="NAME",
            help=t("auto, voice or whistle.", "auto(自动)、voice(人声)或 whistle(口哨)。"),
        ),
        instrument: str | None = typer.Option(
            None, "--instrument", metavar="NAME", help=t("What plays it back.", "用什么乐器回放。")
        ),
        title: str = typer.Option("", "--title", metavar="TEXT", help=t("Title.", "标题。")),
        layout: str = layout_option(t),
        page: str = page_option(t),
    ) -> None:
        out: Output = ctx.obj
        wishes = {"layout": layout, "page": page}
        options = {
            "qpm": qpm, "metre": metre, "key": key, "grid": grid, "kind": kind,
            "instrument": instrument, "title": title or (source.stem if source else ""),
        }  # fmt: skip
        _check(source, take, device, options)
        if source is not None:
            return _finish(out, source, output, performed, options, wishes)
        sound = _record(out, seconds, count_in, qpm, device, take)
        with _kept(sound, out, take):
            return _finish(out, sound, output, performed, options, wishes)


def _check(source: Path | None, take: str, device: str | None, options: dict[str, Any]) -> None:
    """Refuse what would fail after the singing, before it."""
    import numpy as np

    from motet.audio import Audio
    from motet.tasks.transcribe import hum

    for name, value in (("--take", take), ("--device", device)):
        if source is not None and value:
            raise ParameterError(
                f"{name} is for the microphone; leave it out where a file is given",
                zh=f"{name} 只用于话筒;给出文件时请去掉",
            )
    hum(Audio(np.zeros((1600, 2), np.float32), 16000), **options)


def _record(
    out: Output,
    seconds: float,
    beats: int,
    qpm: float | None,
    device: str | None,
    take: str,
) -> Audio:
    """Return what the microphone hears, counted in, with its level shown."""
    from motet.audio import write_audio
    from motet.audio.microphone import check_microphone, count_in, record_audio

    check_microphone(seconds, device=device)
    count_in(beats, qpm=qpm or _COUNT_QPM, on_beat=lambda left: out.note(f"{left} …", f"{left} …"))
    out.note(
        f"sing now: {seconds:g} s; Ctrl-C ends it early", f"请开始:{seconds:g} 秒;Ctrl-C 提前结束"
    )
    with out.progress("recording", "录音中") as report:
        audio = record_audio(
            seconds,
            device=device,
            on_level=lambda done, level: report(done / seconds, _meter(out, level)),
        )
    if take:
        write_audio(audio, take)
    return audio


@contextmanager
def _kept(sound: Audio, out: Output, take: str) -> Iterator[None]:
    """Keep what was sung where writing its melody fails."""
    from motet.audio import write_audio

    try:
        yield
    except MotetError:
        if not take:
            path = write_audio(sound, f"hum-{int(time.time())}.wav")
            out.note(f"the recording is kept: {path}", f"录音已保留:{path}")
        raise


def _meter(out: Output, level_db: float) -> str:
    """Return a level as a row of ten signs, and a word where it is too soft or too loud."""
    lit = round(10 * min(1.0, max(0.0, 1.0 - level_db / _FLOOR_DB)))
    word = ""
    if level_db > -3.0:
        word = out.say(" too loud", " 太响")
    elif level_db < -50.0:
        word = out.say(" too soft", " 太轻")
    return "█" * lit + "░" * (10 - lit) + word


def _finish(
    out: Output,
    sound: Path | Audio,
    output: str,
    performed: str,
    options: dict[str, Any],
    wishes: dict[str, Any],
) -> None:
    """Hear the melody, save it, tell what was understood and what can be done with it."""
    from motet.cli.save import save_score
    from motet.tasks.transcribe import hum

    with out.progress("listening", "正在听") as report:
        found = hum(sound, language=out.language, on_progress=report, **options)
    if not found.notes:
        raise FormatError(
            found.remarks[0][0],
            zh=found.remarks[0][1],
            path=str(sound) if isinstance(sound, Path) else "",
        )
    stem = sound.stem if isinstance(sound, Path) else "hum"
    place = sound.with_suffix(".musicxml") if isinstance(sound, Path) else Path("hum.musicxml")
    target = output or str(place)
    files = list(save_score(found.score, target, out, stem=stem, **wishes))
    if performed:
        files += save_score(found.performed, performed, out, stem=f"{stem}-performed")
    lines = [*found.tell(out.language), *map(str, files)]
    name = next((str(f) for f in files if f.suffix in (".musicxml", ".mid", ".mxl", ".json")), "")
    if name:
        lines += [
            out.say("Go on with:", "接下来可以:"),
            f"  motet harmonise {name} --texture piano -o song.musicxml",
            f"  motet arrange {name} --style pop -o song/",
            f"  motet vary {name} -o varied.mid",
        ]
    lines.append(out.say(f"Done in {out.elapsed_s:.1f} s.", f"用时 {out.elapsed_s:.1f} 秒。"))
    out.finish({**found.to_dict(), "files": files, "elapsed_s": round(out.elapsed_s, 2)}, lines)
