"""``motet rank``: which of several pieces sounds most as people write."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import typer

from motet.cli.output import Output
from motet.cli.wording import Translate
from motet.language import say

if TYPE_CHECKING:
    from motet.tasks.judge import Ranked

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "rank" in command_names()
    True
    """

    @app.command(
        "rank",
        cls=cls,
        short_help=t("Order pieces by a judge, with reasons.", "由评判网络排序乐曲,并说明原因。"),
        help=t(
            "Order pieces, the best first, whoever wrote them. A network that learned to tell people's "
            "music from the same spoilt hears every four bars; its mark, 0 to 1, is how likely it finds "
            "that people wrote them. What pulls a piece down is said below it.",
            "把乐曲从好到差排序,不论出自谁手。一个学会区分人的音乐与被破坏的同一音乐的网络逐四小节聆听;"
            "分数 0 到 1,表示它认为出自人手的可能。每首之下说明拉低分数的原因。",
        ),
        epilog="motet rank a.mid b.mid c.musicxml\nmotet rank ideas/*.mid --json",
    )
    def rank(
        ctx: typer.Context,
        sources: list[str] = typer.Argument(
            ..., metavar="FILE...", help=t("Pieces to order.", "要排序的乐曲。")
        ),
        bundle: str = typer.Option(
            "critic", "--bundle", metavar="NAME", help=t("The judge.", "评判用的模型包。")
        ),
    ) -> None:
        from motet.cli.source import load_score
        from motet.tasks.judge import rank as rank_scores

        out: Output = ctx.obj
        scores = [load_score(source, out) for source in sources]
        found = rank_scores(scores, bundle=bundle, language=out.language)
        facts = [{"file": sources[one.index], **one.to_dict()} for one in found]
        lines = [
            line
            for place, one in enumerate(found, start=1)
            for line in _tell(place, sources[one.index], one, out)
        ]
        out.finish({"bundle": bundle, "ranked": facts}, lines)


def _tell(place: int, name: str, one: Ranked, out: Output) -> list[str]:
    """Return the lines of a piece."""
    unknown = say("not judged", "未评判", language=out.language)
    mark = unknown if math.isnan(one.score) else f"{one.score:.2f}"
    return [f"{place}. {name}  {mark}", *(f"     {reason}" for reason in one.reasons)]
