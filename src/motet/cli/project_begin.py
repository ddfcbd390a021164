"""``motet project new|show|log``: a project begun, and looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from motet.cli.project_file import file_argument, project_path
from motet.cli.wording import Translate
from motet.cli.writing import (
    bundle_option,
    candidates_option,
    given_options,
    key_option,
    seed_option,
    style_option,
    writing_progress,
)
from motet.errors import ParameterError

if TYPE_CHECKING:
    from motet.cli.output import Output
    from motet.project import Project

__all__ = ["project_facts", "register"]


def register(group: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the commands to the group.

    Examples
    --------
    >>> group = typer.Typer()
    >>> register(group, lambda en, zh: en, None)
    >>> [one.name for one in group.registered_commands]
    ['new', 'show', 'log']
    """
    _register_new(group, t, cls)

    @group.command(
        "show",
        cls=cls,
        short_help=t("Show the piece, who wrote what, and the history.", "查看作品、作者与历史。"),
        help=t(
            "Show the piece as it is: a row for each part, a letter for each bar, who wrote it and what "
            "is locked; the newest proposal; and all steps as a tree.",
            "查看作品现状:每声部一行、每小节一个字母,标明由谁写成、哪些已锁定;并显示最新的提案"
            "与全部步骤的树。",
        ),
        epilog="motet project show song.motet",
    )
    def show(ctx: typer.Context, file: str = file_argument(t)) -> None:
        from motet.project import Project

        out: Output = ctx.obj
        project = Project.open(project_path(file))
        out.finish(project_facts(project), _describe(project, out))

    @group.command(
        "log",
        cls=cls,
        short_help=t("List all steps and proposals.", "列出全部步骤与提案。"),
        help=t(
            "List all steps as a tree, and every proposal with its candidates, newest last.",
            "以树列出全部步骤,并列出每个提案及其候选,最新的在最后。",
        ),
        epilog="motet project log song.motet --json",
    )
    def log(ctx: typer.Context, file: str = file_argument(t)) -> None:
        from motet.cli.project_table import draw_proposal, draw_tree
        from motet.project import Project

        out: Output = ctx.obj
        project = Project.open(project_path(file))
        lines = draw_tree(project, language=out.language)
        for one in project.state.proposals:
            lines += ["", *draw_proposal(one, language=out.language)]
        out.finish(project_facts(project), lines)


def _register_new(group: typer.Typer, t: Translate, cls: Any) -> None:
    @group.command(
        "new",
        cls=cls,
        short_help=t("Begin a project.", "新建工程。"),
        help=t(
            "Begin a project: from a sentence, from options as motet compose takes them, or from a file "
            "of your own with --from.",
            "新建工程:依据一句话,或 motet compose 式的选项,或用 --from 从自己的文件开始。",
        ),
        epilog='motet project new song.motet "A calm waltz for piano and cello in D minor, 16 bars"\n'
        "motet project new song.motet --style bossa --bars 16 --seed 3\n"
        "motet project new mine.motet --from mine.mid",
    )
    def new(
        ctx: typer.Context,
        file: str = file_argument(t),
        sentence: str = typer.Argument(
            "", metavar="[SENTENCE]", help=t("What you wish, in words.", "用一句话说明想要什么。")
        ),
        source: str = typer.Option(
            "", "--from", metavar="SCORE", help=t("Start from this score.", "从此乐谱开始。")
        ),
        title: str | None = typer.Option(
            None, "--title", metavar="TEXT", help=t("Title.", "标题。")
        ),
        style: str | None = style_option(t),
        chords: str | None = typer.Option(
            None, "--chords", metavar="CHORDS", help=t("A progression.", "和弦进行。")
        ),
        emotion: str | None = typer.Option(
            None,
            "--emotion",
            metavar="WORD|V,A",
            help=t("happy, sad, calm ...", "欢快、悲伤、平静等。"),
        ),
        key: str | None = key_option(t),
        metre: str | None = typer.Option(
            None, "--metre", metavar="N/D", help=t("3/4, 6/8 ...", "如 3/4、6/8。")
        ),
        qpm: float | None = typer.Option(
            None, "--qpm", metavar="QPM", help=t("Quarter notes a minute.", "每分钟四分音符数。")
        ),
        form: str | None = typer.Option(
            None, "--form", metavar="FORM", help=t('"A8 B8 A8".', '如 "A8 B8 A8"。')
        ),
        bars: int | None = typer.Option(
            None, "--bars", metavar="N", help=t("Exactly so many bars.", "恰好多少小节。")
        ),
        part: list[str] = typer.Option(
            [],
            "--part",
            metavar="PARTS",
            help=t("INSTRUMENT[:ROLE], ...", "乐器[:角色],可写多个。"),
        ),
        candidates: int | None = candidates_option(t),
        seed: int | None = seed_option(t),
        bundle: str | None = bundle_option(t),
    ) -> None:
        asked = {
            "style": style, "chords": chords, "emotion": emotion, "key": key, "metre": metre,
            "qpm": qpm, "form": form, "bars": bars, "parts": part, "candidates": candidates,
            "seed": seed, "title": title,
        }  # fmt: skip
        _begin(ctx.obj, file, sentence, source, title or "", given_options(asked), bundle)


def _begin(
    out: Output,
    file: str,
    sentence: str,
    source: str,
    title: str,
    asked: dict[str, Any],
    bundle: str | None,
) -> None:
    """Start a project, save it, and show it."""
    from motet.cli.source import load_score
    from motet.project import Project

    path = project_path(file)
    if path.exists():
        raise ParameterError(
            f"there is a file {str(path)!r} already; open it, or choose another name",
            zh=f"文件 {str(path)!r} 已存在;请打开它,或换一个名称",
        )
    others = sorted(set(asked) - {"title"}) + (["SENTENCE"] if sentence else [])
    if source and others:
        raise ParameterError(
            f"--from takes the score as it is; leave out {', '.join(others)}",
            zh=f"--from 原样采用乐谱;请去掉 {'、'.join(others)}",
        )
    told: list[str] = []
    if source:
        project = Project.start(load_score(source, out), title=title)
    else:
        piece, told = _composed(out, sentence, asked, bundle)
        project = Project.start(piece, title=title)
    project.save(path)
    out.finish(
        {"file": path, **project_facts(project)},
        [*told, out.say(f"Saved: {path}", f"已保存:{path}"), "", *_describe(project, out)],
    )


def _composed(
    out: Output, sentence: str, asked: dict[str, Any], bundle: str | None
) -> tuple[Any, list[str]]:
    """Return a new piece, and what the sentence was understood to say."""
    from motet.brief import Brief
    from motet.tasks import compose

    brief, told = Brief(), []
    if sentence:
        from motet.cli.understand import read_sentence

        found = read_sentence(sentence, out)
        brief, told = found.full, [found.tell(out.language), ""]
    with writing_progress(out) as tell:
        piece = compose(brief, bundle=bundle, language=out.language, on_bar=tell, **asked)
    return piece, told


def project_facts(project: Project) -> dict[str, Any]:
    """Return a project as plain values for JSON: where it is, its parts, locks, steps, proposals.

    Parameters
    ----------
    project : Project

    Returns
    -------
    dict

    Examples
    --------
    >>> from motet.project import Project
    >>> from motet.score import make_score
    >>> project_facts(Project.start(make_score("C4:4")))["step"]
    '1'
    """
    from motet.project.node import to_plain

    score = project.score
    metres = dict.fromkeys(f"{one.numerator}/{one.denominator}" for one in score.metres)
    return {
        "title": project.title,
        "step": project.current.id,
        "branch": project.state.branch,
        "branches": project.state.branches,
        "n_bars": score.n_bars,
        "metre": ", ".join(metres) or "4/4",
        "qpm": round(score.tempos[0].qpm if score.tempos else 120.0, 2),
        "parts": [
            {"name": part.name, "program": part.program, "n_notes": len(part.notes), "written": row}
            for part, row in zip(score.parts, project.current.written, strict=True)
        ],
        "locks": [{"where": one.where, "layer": one.layer} for one in project.locks],
        "steps": [to_plain(one) for one in project.tree],
        "proposals": [to_plain(one) for one in project.state.proposals],
    }


def _describe(project: Project, out: Output) -> list[str]:
    """Return a project in words: heading, table, newest proposal, tree."""
    from motet.cli.project_table import draw_proposal, draw_table, draw_tree

    facts = project_facts(project)
    title = project.title or out.say("Untitled", "无题")
    head = out.say(
        f"{title}: {facts['n_bars']} bars, {facts['metre']}, {facts['qpm']:g} quarters a minute; "
        f"step {facts['step']} of {len(project.tree)}, branch {facts['branch']}",
        f"{title}:{facts['n_bars']} 小节,{facts['metre']} 拍,每分钟 {facts['qpm']:g} 个四分音符;"
        f"第 {facts['step']} 步(共 {len(project.tree)} 步),分支 {facts['branch']}",
    )
    lines = [head, "", *draw_table(project, language=out.language)]
    if project.proposal is not None and project.proposal.state == "open":
        lines += ["", *draw_proposal(project.proposal, language=out.language)]
    return [*lines, "", out.say("Steps", "步骤"), *draw_tree(project, language=out.language)]
