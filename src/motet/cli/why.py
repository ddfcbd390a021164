"""``motet why``: what a piece does, what comes back, what the model expected, what else could be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from motet.cli.wording import Translate
from motet.cli.writing import bundle_option, seed_option, writing_progress

if TYPE_CHECKING:
    from motet.cli.output import Output
    from motet.project import Project
    from motet.score import Score

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "why" in command_names()
    True
    """

    @app.command(
        "why",
        cls=cls,
        short_help=t("Explain a piece: harmony, returns, surprises.", "解释一首作品。"),
        help=t(
            "Explain a piece from its notes: what was asked and held, what the chords do, which earlier "
            "bars come back, how probable the model found each bar and what it expected, and how else it "
            "would write the oddest bar. --what-if composes the piece again with one thing changed and "
            "measures the difference.",
            "从音符解释一首作品:要求与做到了什么,和弦的作用,哪些小节再现,模型认为每小节有多可能、"
            "原本预期什么,以及最意外的小节还可以怎么写。--what-if 只改一项重新作曲,并量出差别。",
        ),
        epilog="motet why song.mid\nmotet why song.motet --bars 5-8 --part Melody\n"
        "motet why song.mid --what-if tempo=90 --what-if key=G\nmotet why song.musicxml --json",
    )
    def why(
        ctx: typer.Context,
        source: str = typer.Argument(
            ...,
            metavar="FILE",
            help=t("A score file or project, or - for standard input.",
                   "乐谱文件或工程,或用 - 表示标准输入。"),
        ),
        bars: str | None = typer.Option(
            None, "--bars", metavar="BARS", help=t('Which: "5-8".', '哪些小节,如 "5-8"。')
        ),
        part: str | None = typer.Option(
            None, "--part", metavar="NAME", help=t("Which part; else the melody.", "哪个声部;默认旋律。")
        ),
        what_if: list[str] = typer.Option(
            [],
            "--what-if",
            metavar="CONTROL=VALUE",
            help=t("Compose again with this changed; up to 3 times.", "改此一项重新作曲;最多 3 次。"),
        ),
        alternatives: int = typer.Option(
            3, "--alternatives", metavar="N", help=t("Other versions, 0 to 8.", "其他写法,0 到 8。")
        ),
        model: bool = typer.Option(
            True, "--model/--no-model", help=t("Whether to ask a model.", "是否询问模型。")
        ),
        seed: int | None = seed_option(t),
        bundle: str | None = bundle_option(t),
    ) -> None:  # fmt: skip
        from motet.why import explain

        out: Output = ctx.obj
        with writing_progress(out) as tell:
            found = explain(
                _open(source, out), bars=bars, part=part, bundle=bundle, alternatives=alternatives,
                what_if=what_if, model=model, seed=seed or 0, language=out.language, on_bar=tell,
            )  # fmt: skip
        out.finish(found.to_dict(), found.tell(out.language).splitlines())


def _open(source: str, out: Output) -> Project | Score:
    """Return a project with its history, or a score, repairs said."""
    from pathlib import Path

    from motet.cli.source import load_score

    if source.lower().endswith(".motet") and Path(source).is_file():
        from motet.project import Project

        return Project.open(Path(source))
    return load_score(source, out)
