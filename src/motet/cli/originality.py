"""``motet originality``: what scores are most like among the training music."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from motet.cli.wording import Translate

if TYPE_CHECKING:
    from motet.cli.output import Output
    from motet.originality import Neighbour

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "originality" in command_names()
    True
    """

    @app.command(
        "originality",
        cls=cls,
        short_help=t("Tell what scores are most like.", "查找最相近的训练乐曲。"),
        help=t(
            "Tell which passages of the training music a score is most like, with bars, number of notes, "
            "and how alike people's pieces are. Key and tempo do not matter; drums are not compared.",
            "指出乐谱与训练乐曲中哪些段落最相近,给出小节、音数,以及人写作品通常有多相近。"
            "不计调与速度;不比较鼓。",
        ),
        epilog="motet originality song.mid tune.musicxml\n"
        "motet originality --build corpus/ -o index.npz",
    )
    def originality(
        ctx: typer.Context,
        sources: list[str] = typer.Argument(
            None,
            metavar="FILE...",
            help=t("Score files, or - for standard input.", "乐谱文件,或用 - 表示标准输入。"),
        ),
        index: str = typer.Option(
            "",
            "--index",
            metavar="FILE",
            help=t("An index of one's own; else the shipped one.", "自建的索引;默认用自带的。"),
        ),
        build: str = typer.Option(
            "",
            "--build",
            metavar="SHARDS",
            help=t("Build an index of a built corpus.", "由已构建的语料库建立索引。"),
        ),
        output: str = typer.Option(
            "index.npz",
            "--output",
            "-o",
            metavar="FILE",
            help=t("Where the index goes.", "索引写到哪里。"),
        ),
    ) -> None:
        out: Output = ctx.obj
        if build:
            _build(build, output, out)
        else:
            _tell(sources or [], index, out)


def _build(shards: str, target: str, out: Output) -> None:
    """Build an index."""
    from motet.originality import build_index, load_index

    with out.progress("indexing", "建立索引") as report:
        build_index(Path(shards), Path(target), say=lambda text: report(0.5, text))
    facts = load_index(target).facts
    size = Path(target).stat().st_size
    counts = {
        name: facts[name] for name in ("n_pieces", "n_lines", "n_notes", "n_places", "window")
    }
    line = out.say(
        f"{target}: {facts['n_pieces']:,} pieces, {facts['n_notes']:,} notes of lines, {size:,} bytes",
        f"{target}:{facts['n_pieces']:,} 首,{facts['n_notes']:,} 个旋律音,{size:,} 字节",
    )
    out.finish({"file": target, "n_bytes": size, **counts}, [line])


def _tell(sources: list[str], index: str, out: Output) -> None:
    """Tell what each score is most like."""
    from motet.cli.source import load_score
    from motet.errors import ParameterError
    from motet.originality import load_index
    from motet.tasks.neighbour import tell_neighbour

    if not sources:
        raise ParameterError(
            "no score was given; name files: motet originality song.mid",
            zh="未给出乐谱;请写明文件:motet originality song.mid",
        )
    known = load_index(index or None)
    told: list[dict[str, Any]] = []
    lines: list[str] = []
    for source in sources:
        found = known.find(load_score(source, out))
        told.append({"file": source, "neighbours": [one.to_dict() for one in found]})
        lines.append(f"{source}: " if out.language == "en" else f"{source}:")
        lines += [f"  {_detail(one, tell_neighbour(one, out.language), out)}" for one in found[:3]]
        if not found:
            lines.append(
                out.say(
                    "  nothing in the training music is like it, or it has no line of ten notes",
                    "  训练乐曲中没有相近之处,或其中没有十个音以上的旋律",
                )
            )
    out.finish({"scores": told}, lines)


def _detail(found: Neighbour, line: str, out: Output) -> str:
    """Return a line on a neighbour with its licence, shift and tempo."""
    return line + out.say(
        f"; {found.n_verbatim} in a row, {found.shift_semi:+d} semitones, "
        f"{found.tempo_ratio:.2g} times as long; {found.licence or 'licence unknown'}",
        f";连续 {found.n_verbatim} 个,移调 {found.shift_semi:+d} 半音,"
        f"时长为其 {found.tempo_ratio:.2g} 倍;{found.licence or '许可不明'}",
    )
