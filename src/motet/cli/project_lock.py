"""``motet project lock|unlock|harmony``: what stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from motet.cli.project_file import changing, file_argument, finish_change
from motet.cli.wording import Translate

if TYPE_CHECKING:
    from motet.cli.output import Output
    from motet.project import Project

__all__ = ["register"]


def _where(t: Translate) -> Any:
    """Return the argument that names what is locked."""
    return typer.Argument(
        [],
        metavar="[WHAT]...",
        help=t(
            "A part, PART:BARS, or bars: Bass, Bass:5-8, 5-8; nothing is everything.",
            "声部、声部:小节 或 小节,如 Bass、Bass:5-8、5-8;不写表示全部。",
        ),
    )


def register(group: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the commands to the group.

    Examples
    --------
    >>> group = typer.Typer()
    >>> register(group, lambda en, zh: en, None)
    >>> [one.name for one in group.registered_commands]
    ['lock', 'unlock', 'harmony']
    """

    @group.command(
        "lock",
        cls=cls,
        short_help=t("Keep parts, bars or cells.", "锁定声部、小节或单元格。"),
        help=t(
            "Keep parts, bars or cells as they are, or one layer of them: rhythm (new pitches on the same "
            "rhythm), pitch (the same pitches in the same order, in a new rhythm), harmony (the chords). "
            "Locks hold until they are lifted; every task obeys them.",
            "让声部、小节或单元格保持不变,或只保持其一层:rhythm(节奏不变、音高更新)、"
            "pitch(音高及次序不变、节奏更新)、harmony(和弦不变)。锁定一直有效,直到解除;"
            "所有任务都遵守。",
        ),
        epilog="motet project lock song.motet Melody:1-4 Bass\n"
        "motet project lock song.motet Bass:5-8 --layer rhythm\n"
        "motet project lock song.motet --layer harmony",
    )
    def lock(
        ctx: typer.Context,
        file: str = file_argument(t),
        what: list[str] = _where(t),
        layer: str = typer.Option(
            "all",
            "--layer",
            metavar="LAYER",
            help=t("all, rhythm, pitch or harmony.", "all、rhythm、pitch 或 harmony,即哪一层。"),
        ),
    ) -> None:
        with changing(file) as project:
            for where in what or [""]:
                project.lock(where, layer=layer)
        _show_locks(ctx.obj, project)

    @group.command(
        "unlock",
        cls=cls,
        short_help=t("Lift locks.", "解除锁定。"),
        help=t(
            "Lift locks from parts, bars or cells; a lock that is lifted in part goes on for the rest.",
            "解除声部、小节或单元格的锁定;只解除一部分时,其余部分仍然锁定。",
        ),
        epilog="motet project unlock song.motet Bass:7-8\nmotet project unlock song.motet",
    )
    def unlock(
        ctx: typer.Context,
        file: str = file_argument(t),
        what: list[str] = _where(t),
        layer: str | None = typer.Option(
            None,
            "--layer",
            metavar="LAYER",
            help=t(
                "Only this layer: all, rhythm, pitch, harmony.",
                "只解除这一层:all、rhythm、pitch、harmony。",
            ),
        ),
    ) -> None:
        with changing(file) as project:
            for where in what or [""]:
                project.unlock(where, layer=layer)
        _show_locks(ctx.obj, project)

    @group.command(
        "harmony",
        cls=cls,
        short_help=t("Write down the chords that the notes make.", "写出音符所构成的和弦。"),
        help=t(
            "Write chord symbols that are read off the notes, as a new step, so that harmony can be locked.",
            "从音符中读出和弦并写成和弦记号,作为新的一步;此后即可锁定和声。",
        ),
        epilog="motet project harmony song.motet",
    )
    def harmony(ctx: typer.Context, file: str = file_argument(t)) -> None:
        with changing(file) as project:
            project.write_harmony()
        chords = [one.symbol for one in project.score.chords]
        finish_change(ctx.obj, project, [" ".join(chords)], chords=chords)


def _show_locks(out: Output, project: Project) -> None:
    """Show the piece with its locks."""
    from motet.cli.project_table import draw_table

    locks = [{"where": one.where, "layer": one.layer} for one in project.locks]
    finish_change(out, project, draw_table(project, language=out.language), locks=locks)
