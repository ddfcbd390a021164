"""``motet project propose|hear|compare|accept|discard``: candidates asked for, heard, taken."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from motet.cli.project_file import changing, file_argument, finish_change, project_path
from motet.cli.wording import Translate
from motet.cli.writing import bundle_option, seed_option, writing_progress
from motet.errors import ParameterError

if TYPE_CHECKING:
    from motet.cli.output import Output
    from motet.project import Project
    from motet.score import Score

__all__ = ["read_options", "register"]


def _candidate(t: Translate, default: Any = ...) -> Any:
    return typer.Argument(
        default,
        metavar="[CANDIDATE]" if default is not ... else "CANDIDATE",
        help=t("Its number; p1.2 for an earlier proposal.", "候选编号;较早的提案写作 p1.2。"),
    )


def _bars(t: Translate) -> Any:
    return typer.Option(
        None, "--bars", metavar="BARS", help=t('Only these: "5-8".', '只限这些小节,如 "5-8"。')
    )


def _parts(t: Translate) -> Any:
    return typer.Option(
        [],
        "--part",
        metavar="NAME",
        help=t("Only this part; may be repeated.", "只限此声部;可重复。"),
    )


def register(group: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the commands to the group.

    Examples
    --------
    >>> group = typer.Typer()
    >>> register(group, lambda en, zh: en, None)
    >>> [one.name for one in group.registered_commands]
    ['propose', 'hear', 'compare', 'accept', 'discard']
    """
    _register_propose(group, t, cls)
    _register_hear(group, t, cls)
    _register_compare(group, t, cls)

    @group.command(
        "accept",
        cls=cls,
        short_help=t("Take a candidate, or some of its bars.", "采用一个候选,或其中几小节。"),
        help=t(
            "Take a candidate of the newest proposal, wholly or some bars and parts of it; what was taken "
            "from another one before stays. What is taken makes a new step.",
            "采用最新提案中的一个候选,可整个采用,也可只取其中某些小节与声部;先前从其他候选采用的部分保留。"
            "采用后成为新的一步。",
        ),
        epilog="motet project accept song.motet 2\n"
        "motet project accept song.motet 2 --bars 5-6 --part Melody\n"
        "motet project accept song.motet p1.3",
    )
    def accept(
        ctx: typer.Context,
        file: str = file_argument(t),
        candidate: str = _candidate(t),
        bars: str | None = _bars(t),
        part: list[str] = _parts(t),
    ) -> None:
        from motet.cli.project_table import draw_table, tell_step

        out: Output = ctx.obj
        with changing(file) as project:
            node = project.accept(candidate, bars=bars, parts=part or None)
        step = out.say(f"Step {node.id}: ", f"第 {node.id} 步:")
        lines = [step + tell_step(node, language=out.language), ""]
        lines += draw_table(project, language=out.language)
        finish_change(out, project, lines, cells=list(node.cells))

    @group.command(
        "discard",
        cls=cls,
        short_help=t("Put a proposal aside.", "放弃一个提案。"),
        help=t(
            "Put the newest proposal aside, or the one that is named. Its candidates stay in the file until "
            "motet project prune is asked for.",
            "放弃最新的提案或指定的提案。其候选仍保留在文件中,直到执行 motet project prune。",
        ),
        epilog="motet project discard song.motet",
    )
    def discard(
        ctx: typer.Context,
        file: str = file_argument(t),
        proposal: str = typer.Argument(
            "", metavar="[PROPOSAL]", help=t("p1, p2 ...", "如 p1、p2。")
        ),
    ) -> None:
        out: Output = ctx.obj
        with changing(file) as project:
            project.discard(proposal or None)
        finish_change(out, project, [out.say("Put aside.", "已放弃。")])


def _register_propose(group: typer.Typer, t: Translate, cls: Any) -> None:
    @group.command(
        "propose",
        cls=cls,
        short_help=t("Ask for candidates.", "求取候选。"),
        help=t(
            "Ask for 1 to 8 candidates for what is not locked, best first. infill writes the selection "
            "anew; others are continue, vary, restyle, harmonise, accompany, humanise, melody, arrange, "
            "reduce, with their options as --set NAME=VALUE.",
            "为未锁定的内容求取 1 到 8 个候选,最好的排在最前。infill 重写所选内容;另有 continue、vary、"
            "restyle、harmonise、accompany、humanise、melody、arrange、reduce,其选项用 --set 名称=值 给出。",
        ),
        epilog="motet project propose song.motet --bars 5-8 --part Melody\n"
        "motet project propose song.motet --task continue --bars 8 -n 2\n"
        "motet project propose song.motet --task restyle --set to=bossa",
    )
    def propose(
        ctx: typer.Context,
        file: str = file_argument(t),
        task: str = typer.Option(
            "infill", "--task", metavar="TASK", help=t("What to do.", "做什么。")
        ),
        bars: str | None = _bars(t),
        part: list[str] = _parts(t),
        n: int = typer.Option(4, "--number", "-n", metavar="1..8", help=t("How many.", "多少个。")),
        options: list[str] = typer.Option(
            [], "--set", metavar="NAME=VALUE", help=t("An option of the task.", "任务的选项。")
        ),
        seed: int | None = seed_option(t),
        bundle: str | None = bundle_option(t),
    ) -> None:
        from motet.cli.project_table import draw_proposal
        from motet.project.node import to_plain

        out: Output = ctx.obj
        with changing(file) as project, writing_progress(out) as tell:
            found = project.propose(
                task, n=n, bars=bars, parts=part or None, seed=seed or 0, on_bar=tell,
                bundle=bundle, language=out.language, **read_options(options),
            )  # fmt: skip
        lines = draw_proposal(found, language=out.language)
        lines += ["", _hint(out, file)]
        finish_change(out, project, lines, proposal=to_plain(found))


def _hint(out: Output, file: str) -> str:
    """Return what to do with candidates."""
    return out.say(
        f"Hear one: motet project hear {file} 1; take one: motet project accept {file} 1",
        f"试听:motet project hear {file} 1;采用:motet project accept {file} 1",
    )


def read_options(texts: list[str]) -> dict[str, Any]:
    """Return options of a task from ``NAME=VALUE``; numbers, true and false are read as such.

    Parameters
    ----------
    texts : list of str

    Returns
    -------
    dict

    Raises
    ------
    ParameterError
        A text has no ``=``.

    Examples
    --------
    >>> read_options(["to=bossa", "strength=0.7", "adventure=2"])
    {'to': 'bossa', 'strength': 0.7, 'adventure': 2}
    """
    found: dict[str, Any] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name.strip().isidentifier():
            raise ParameterError(
                f"--set takes NAME=VALUE, got {text!r}", zh=f"--set 的用法为 名称=值,收到 {text!r}"
            )
        found[name.strip()] = _value(value.strip())
    return found


def _value(text: str) -> Any:
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _register_hear(group: typer.Typer, t: Translate, cls: Any) -> None:
    @group.command(
        "hear",
        cls=cls,
        short_help=t(
            "Write a candidate as sound or MIDI, or play it.", "把候选写成声音或 MIDI,或播放。"
        ),
        help=t(
            "Write a candidate, or the piece as it is when none is named, in the form that the ending "
            "of -o names (.wav, .mid, .png, .pdf ...); --play plays it at once.",
            "把候选(未指定时为作品现状)按 -o 的扩展名写成文件(.wav、.mid、.png、.pdf 等);--play 直接播放。",
        ),
        epilog="motet project hear song.motet 2 -o two.wav\n"
        "motet project hear song.motet 1 --bars 5-8 --play\n"
        "motet project hear song.motet --step 3 -o before.mid",
    )
    def hear(
        ctx: typer.Context,
        file: str = file_argument(t),
        candidate: str = _candidate(t, ""),
        step: str | None = typer.Option(
            None, "--step", metavar="STEP", help=t("A step or branch.", "某一步骤或分支。")
        ),
        bars: str | None = _bars(t),
        output: str = typer.Option(
            "", "--output", "-o", metavar="PATH", help=t("File to write.", "要写的文件。")
        ),
        play: bool = typer.Option(False, "--play", help=t("Play it.", "播放。")),
    ) -> None:
        from motet.project import Project

        out: Output = ctx.obj
        project = Project.open(project_path(file))
        name = _named(project, candidate, step)
        score = _excerpt(project.score_of(name), bars)
        if play and not output:
            _play(out, score)
            return
        default = f"{project_path(file).stem}-{name.replace('.', '-')}.wav"
        files = _write(out, score, output or default)
        finish_change(out, project, [str(one) for one in files], files=files, heard=name)


def _named(project: Project, candidate: str, step: str | None) -> str:
    """Return what a candidate or step is called in the whole project."""
    if step is not None and candidate:
        raise ParameterError(
            "name a candidate or --step, not both", zh="候选与 --step 只能给出一个"
        )
    if not candidate:
        return step or project.current.id
    if "." in candidate or project.proposal is None:
        return candidate if "." in candidate else f"p0.{candidate}"
    return f"{project.proposal.id}.{candidate}"


def _excerpt(score: Score, bars: str | None) -> Score:
    """Return some bars of a score, from the first to the last that is named."""
    from motet.brief import read_bars
    from motet.cli.source import take_bars

    if bars is None:
        return score
    numbers = read_bars(bars)
    return take_bars(score, numbers[0], numbers[-1])


def _write(out: Output, score: Score, output: str) -> list[Path]:
    from motet.cli.save import save_score

    return save_score(score, output, out)


def _play(out: Output, score: Score) -> None:
    """Play a score through this machine's player."""
    from motet.render import play_audio, render_audio
    from motet.render.play import check_player

    check_player()
    audio = render_audio(score)
    player = play_audio(audio)
    out.finish(
        {"duration_s": round(audio.duration_s, 2), "player": player},
        [out.say(f"played by {player}", f"播放器:{player}")],
    )


def _register_compare(group: typer.Typer, t: Translate, cls: Any) -> None:
    @group.command(
        "compare",
        cls=cls,
        short_help=t("Compare two versions bar by bar.", "逐小节比较两个版本。"),
        help=t(
            "Compare two steps, branches or candidates (p1.2) bar by bar: what is the same, what has the "
            "same rhythm or pitches, what changed. One name is compared with the piece as it is.",
            "逐小节比较两个步骤、分支或候选(p1.2):哪些相同、哪些节奏或音高相同、哪些不同。"
            "只给一个名称时与作品现状比较。",
        ),
        epilog="motet project compare song.motet p1.2\nmotet project compare song.motet 1 4 --json",
    )
    def compare(
        ctx: typer.Context,
        file: str = file_argument(t),
        before: str = typer.Argument(
            ..., metavar="A", help=t("Step, branch, p1.2.", "步骤、分支、p1.2。")
        ),
        after: str = typer.Argument("", metavar="[B]", help=t("The same.", "同上。")),
    ) -> None:
        from motet.project import Project

        out: Output = ctx.obj
        project = Project.open(project_path(file))
        found = project.compare(before, after or None)
        out.finish(found.facts(), found.tell(out.language))
