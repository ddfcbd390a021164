"""``motet diff``: what changed between two scores, told musically."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from motet.cli.output import Output
from motet.cli.wording import Translate

if TYPE_CHECKING:
    from motet.analysis.difference import Difference

__all__ = ["register"]

_MAX_LINES = 200


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> import typer
    >>> app = typer.Typer()
    >>> register(app, lambda en, zh: en, None)
    >>> [one.name for one in app.registered_commands]
    ['diff']
    """

    @app.command(
        "diff",
        cls=cls,
        short_help=t("Tell what changed between two scores.", "比较两份乐谱。"),
        help=t(
            "Compare two scores note by note, by part and bar, with metre, key, tempo and chords. "
            "Exit code 0: the same, 1: different.",
            "按声部与小节逐音比较两份乐谱,并比较拍号、调号、速度与和弦。退出码 0:相同,1:不同。",
        ),
        epilog="motet diff before.mid after.mid\nmotet diff song.musicxml song.mid --json",
    )
    def diff(
        ctx: typer.Context,
        before: str = typer.Argument(..., metavar="A", help=t("First file.", "第一个文件。")),
        after: str = typer.Argument(..., metavar="B", help=t("Second file.", "第二个文件。")),
        velocity: bool = typer.Option(
            False, "--velocity", help=t("Compare velocities too.", "也比较力度。")
        ),
    ) -> None:
        from motet.analysis.difference import diff_scores
        from motet.cli.source import load_score

        out: Output = ctx.obj
        found = diff_scores(load_score(before, out), load_score(after, out), with_velocity=velocity)
        facts = {
            "is_same": found.is_same,
            "n_same": found.n_same,
            "counts": found.counts(),
            "changes": [asdict(one) for one in found.changes],
        }
        out.finish(facts, _tell(found, out))
        if not found.is_same:
            raise typer.Exit(1)


def _tell(found: Difference, out: Output) -> list[str]:
    """Return the changes as lines, under their part and bar."""
    if found.is_same:
        n = found.n_same
        return [out.say(f"the same: {n} notes", f"相同:{n} 个音符")]
    lines: list[str] = []
    head = ""
    for one in found.changes[:_MAX_LINES]:
        part = one.part or out.say("Whole score", "全曲")
        place = out.say(f"{part}, bar {one.bar}", f"{part},第 {one.bar} 小节") if one.bar else part
        if place != head:
            lines.append(place)
            head = place
        lines.append("  " + one.text(language=out.language))
    rest = len(found.changes) - _MAX_LINES
    if rest > 0:
        lines.append(out.say(f"... {rest} more: --json", f"…… 另有 {rest} 处:--json"))
    total, same = len(found.changes), found.n_same
    lines.append(
        out.say(f"{total} changes, {same} notes the same", f"{total} 处变化,{same} 个音符相同")
    )
    return lines
