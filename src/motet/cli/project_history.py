"""``motet project undo|redo|go|branch|import|export|prune``: about in the history, out and back in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from motet.cli.project_file import changing, file_argument, finish_change, project_path
from motet.cli.wording import Translate

if TYPE_CHECKING:
    from motet.cli.output import Output
    from motet.project import Project

__all__ = ["register"]


def register(group: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the commands to the group.

    Examples
    --------
    >>> group = typer.Typer()
    >>> register(group, lambda en, zh: en, None)
    >>> [one.name for one in group.registered_commands]
    ['undo', 'redo', 'go', 'branch', 'import', 'export', 'prune']
    """
    _register_moves(group, t, cls)
    _register_import(group, t, cls)

    @group.command(
        "export",
        cls=cls,
        short_help=t("Write the piece in every form.", "以各种格式写出作品。"),
        help=t(
            "Write the piece as it is: sound, notation, MIDI, MusicXML and more into a folder, or one "
            "file whose ending decides.",
            "写出作品现状:把声音、乐谱、MIDI、MusicXML 等写入文件夹,或按扩展名写成一个文件。",
        ),
        epilog="motet project export song.motet song/\nmotet project export song.motet song.musicxml",
    )
    def export(
        ctx: typer.Context,
        file: str = file_argument(t),
        output: str = typer.Argument(..., metavar="FOLDER|FILE", help=t("Where to.", "写到哪里。")),
    ) -> None:
        from motet.cli.save import save_score
        from motet.project import Project

        out: Output = ctx.obj
        project = Project.open(project_path(file))
        files = save_score(project, output, out)
        finish_change(out, project, [str(one) for one in files], files=files)

    @group.command(
        "prune",
        cls=cls,
        short_help=t("Forget candidates that were not taken.", "清除未采用的候选。"),
        help=t(
            "Forget the candidates of closed proposals that were not taken, for a smaller file. Steps are "
            "never forgotten.",
            "清除已了结提案中未采用的候选,使文件变小。步骤永不清除。",
        ),
        epilog="motet project prune song.motet",
    )
    def prune(ctx: typer.Context, file: str = file_argument(t)) -> None:
        out: Output = ctx.obj
        with changing(file) as project:
            count = project.prune()
        text = out.say(f"{count} candidates forgotten", f"已清除 {count} 个候选")
        finish_change(out, project, [text], n_pruned=count)


def _register_moves(group: typer.Typer, t: Translate, cls: Any) -> None:
    steps: Any = typer.Option(
        1, "--steps", metavar="N", min=1, help=t("How many steps.", "多少步。")
    )

    @group.command(
        "undo",
        cls=cls,
        short_help=t("Go back a step.", "撤销一步。"),
        help=t("Go back; nothing is lost.", "退回;什么都不会丢失。"),
        epilog="motet project undo song.motet",
    )
    def undo(ctx: typer.Context, file: str = file_argument(t), n: int = steps) -> None:
        with changing(file) as project:
            project.undo(n)
        _show_tree(ctx.obj, project)

    @group.command(
        "redo",
        cls=cls,
        short_help=t("Go forward again.", "重做一步。"),
        help=t("Go forward again, to where undo came from.", "再前进到撤销之前的那一步。"),
        epilog="motet project redo song.motet",
    )
    def redo(ctx: typer.Context, file: str = file_argument(t), n: int = steps) -> None:
        with changing(file) as project:
            project.redo(n)
        _show_tree(ctx.obj, project)

    @group.command(
        "go",
        cls=cls,
        short_help=t("Go to any step or branch.", "前往任一步骤或分支。"),
        help=t(
            "Go to any step or branch; what comes next is added there.",
            "前往任一步骤或分支;之后的内容接在那里。",
        ),
        epilog="motet project go song.motet 3\nmotet project go song.motet main",
    )
    def go(
        ctx: typer.Context,
        file: str = file_argument(t),
        step: str = typer.Argument(..., metavar="STEP", help=t("Step or branch.", "步骤或分支。")),
    ) -> None:
        with changing(file) as project:
            project.go(step)
        _show_tree(ctx.obj, project)

    @group.command(
        "branch",
        cls=cls,
        short_help=t("Begin a branch here.", "在此处开始一个分支。"),
        help=t(
            "Begin a branch here: what is taken from now on belongs to it. Go between branches with go.",
            "在此处开始一个分支:此后采用的内容都属于它。用 go 在分支之间往返。",
        ),
        epilog="motet project branch song.motet darker",
    )
    def branch(
        ctx: typer.Context,
        file: str = file_argument(t),
        name: str = typer.Argument(..., metavar="NAME", help=t("Its name.", "分支名。")),
    ) -> None:
        with changing(file) as project:
            project.branch(name)
        _show_tree(ctx.obj, project)


def _register_import(group: typer.Typer, t: Translate, cls: Any) -> None:
    @group.command(
        "import",
        cls=cls,
        short_help=t("Take back a file that was edited elsewhere.", "读回在别处修改的文件。"),
        help=t(
            "Take back the piece as you edited it in a DAW or a notation editor: what differs becomes a new "
            "step by your own hand; what its format cannot say (chord symbols, spelling, marks) stays.",
            "读回您在 DAW 或打谱软件中修改过的作品:不同之处成为您亲手所做的新一步;"
            "该格式无法表达的内容(和弦记号、记谱、表情)予以保留。",
        ),
        epilog="motet project import song.motet edited.mid",
    )
    def import_(
        ctx: typer.Context,
        file: str = file_argument(t),
        source: str = typer.Argument(
            ..., metavar="SCORE", help=t("The edited file.", "修改后的文件。")
        ),
    ) -> None:
        from motet.cli.source import load_score

        out: Output = ctx.obj
        with changing(file) as project:
            before = project.current.id
            node = project.take_back(load_score(source, out), note=Path(source).name)
        found = project.compare(before)
        finish_change(
            out, project, found.tell(out.language), edited=list(node.cells), **found.facts()
        )


def _show_tree(out: Output, project: Project) -> None:
    """Show the tree."""
    from motet.cli.project_table import draw_tree

    finish_change(out, project, draw_tree(project, language=out.language))
