"""``motet evaluate``: scores beside people's music, and every table of docs/quality.md."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from motet.cli.blind import make_kit, show_answers
from motet.cli.output import Output, write_lines
from motet.cli.wording import Translate
from motet.errors import ParameterError

if TYPE_CHECKING:
    from motet.suite import Outcome, Request

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "evaluate" in command_names()
    True
    """

    @app.command(
        "evaluate",
        cls=cls,
        short_help=t("Measure scores, or the shipped model.", "测量乐谱,或测量模型。"),
        help=t(
            "Measure scores beside the range of people's music (10th to 90th percentile of 16 bars). "
            "Or measure a model: --all rebuilds every table of docs/quality.md, --only some, --blind "
            "writes a listening test.",
            "测量乐谱,并与人的音乐的范围(16 小节片段的第 10 至 90 百分位)相比。也可测量模型:"
            "--all 重建 docs/quality.md 的所有表,--only 重建部分表,--blind 写出盲听测试。",
        ),
        epilog="motet evaluate song.mid --style hymn\n"
        "motet evaluate --all --shards shards --bench benchmarks --bundle small\n"
        "motet evaluate --only composer,control --shards shards --n 10 --page report.md\n"
        "motet evaluate --blind test --shards shards\n"
        "motet evaluate --blind-results answers.json --key test/key.json",
    )
    def evaluate(
        ctx: typer.Context,
        sources: list[str] = typer.Argument(
            None, metavar="[FILE...]", help=t("Scores to measure.", "要测量的乐谱。")
        ),
        style: str = typer.Option(
            "all", "--style", metavar="NAME", help=t("Whose range.", "与何种风格的范围相比。")
        ),
        every: bool = typer.Option(
            False, "--all", help=t("Measure every table.", "测量所有的表。")
        ),
        only: str = typer.Option(
            "", "--only", metavar="NAMES", help=t("Some tables, by comma.", "部分表,逗号分隔。")
        ),
        shards: str = typer.Option(
            "", "--shards", metavar="FOLDER", help=t("A built corpus.", "已构建的语料库。")
        ),
        bench: str = typer.Option(
            "",
            "--bench",
            metavar="FOLDER",
            help=t("Benchmark archives.", "基准存档所在的文件夹。"),
        ),
        bundle: str = typer.Option(
            "small", "--bundle", metavar="NAME", help=t("Name or folder.", "名称或文件夹。")
        ),
        earlier: str = typer.Option(
            "",
            "--earlier",
            metavar="NAME",
            help=t("A bundle to compare with.", "用来比较的模型包。"),
        ),
        weights: str = typer.Option(
            "",
            "--weights",
            metavar="FILE",
            help=t("Weights; else those beside the bundle.", "权重;默认用模型包旁的。"),
        ),
        n: int = typer.Option(
            0, "--n", metavar="N", help=t("Pieces a row; 0: as it should be.", "每行乐曲数。")
        ),
        seed: int = typer.Option(0, "--seed", metavar="N", help=t("Random seed.", "随机种子。")),
        threads: int = typer.Option(2, "--threads", metavar="N", help=t("Threads.", "线程数。")),
        page: str = typer.Option(
            "docs/quality.md",
            "--page",
            metavar="FILE",
            help=t("Page whose marked parts are rewritten.", "其中标记部分会被重写的页面。"),
        ),
        results: str = typer.Option(
            "", "--results", metavar="FOLDER", help=t("One JSON a table.", "每表一个 JSON。")
        ),
        blind: str = typer.Option(
            "",
            "--blind",
            metavar="FOLDER",
            help=t("Write a listening test there.", "在此写出盲听测试。"),
        ),
        blind_results: list[str] = typer.Option(
            [],
            "--blind-results",
            metavar="JSON",
            help=t("Answers to it; may be repeated.", "盲听测试的答案;可重复。"),
        ),
        key: str = typer.Option(
            "", "--key", metavar="JSON", help=t("Key of that test.", "该测试的钥匙文件。")
        ),
        reference: str = typer.Option(
            "",
            "--reference",
            metavar="JSON",
            help=t("Count the ranges of people's music.", "统计人的音乐的范围。"),
        ),
    ) -> None:
        from motet.suite import Request

        out: Output = ctx.obj
        request = Request(
            shards=Path(shards) if shards else None, bundle=bundle, earlier=earlier,
            weights=Path(weights) if weights else None, bench=Path(bench) if bench else None,
            n=n or None, seed=seed, threads=threads, say=partial(_tell_progress, out),
        )  # fmt: skip
        _check_modes(
            [bool(one) for one in (sources, every or only, blind, blind_results, reference)]
        )
        if sources:
            _tell_scores(list(sources), style, out)
        elif blind:
            make_kit(Path(blind), request, out)
        elif blind_results:
            show_answers(blind_results, key, out)
        elif reference:
            _count_people(Path(reference), request, out)
        else:
            _run(only, request, Path(page), Path(results) if results else None, out)


def _check_modes(modes: list[bool]) -> None:
    """Raise unless exactly one thing is asked for."""
    if sum(modes) != 1:
        raise ParameterError(
            "give one of: files to measure, --all, --only NAMES, --blind FOLDER, --blind-results JSON, "
            "--reference JSON",
            zh="请只给出要测量的文件,或 --all、--only 表名、--blind 文件夹、"
            "--blind-results JSON、--reference JSON 之一",
        )


def _tell_scores(sources: list[str], style: str, out: Output) -> None:
    """Measure scores beside people's music."""
    from motet.cli.source import load_score
    from motet.evaluate.people import compare_with_people, tell_places

    facts, lines = [], []
    for source in sources:
        places = compare_with_people(load_score(source, out), style=style)
        facts.append({"file": source, "measures": [place.to_dict() for place in places]})
        lines += [source] if len(sources) > 1 else []
        lines += [*tell_places(places, language=out.language)]
    out.finish({"style": style, "files": facts}, lines)


def _count_people(target: Path, request: Request, out: Output) -> None:
    """Write the ranges of people's music in a corpus."""
    from motet.suite.reference import PER_STYLE, write_reference

    per_style = request.n or PER_STYLE
    write_reference(
        request.find_shards(), target, per_style=per_style, seed=request.seed, say=request.say
    )
    out.finish({"file": str(target)}, [str(target)])


def _tell_progress(out: Output, text: str) -> None:
    if not out.as_json:
        write_lines(sys.stderr, [text])


def _run(only: str, request: Request, page: Path, results: Path | None, out: Output) -> None:
    """Measure tables, and say what became of each."""
    from motet.suite import load_tables, run_tables

    names = [name.strip() for name in only.split(",") if name.strip()] or None
    found = run_tables(load_tables(names), request, page=page, results=results)
    facts = {"page": str(page), "tables": [_facts(one, out) for one in found]}
    out.finish(facts, [_line(one, out) for one in found])
    if any(one.state == "failed" for one in found):
        raise typer.Exit(1)


def _facts(one: Outcome, out: Output) -> dict[str, Any]:
    reason = one.reason.localised(out.language) if one.reason else ""
    told = {"name": one.table.name, "state": one.state, "seconds": round(one.seconds, 1)}
    return {**told, "cpu_seconds": round(one.cpu_s, 1), "reason": reason}


def _line(one: Outcome, out: Output) -> str:
    reason = one.reason.localised(out.language) if one.reason else ""
    title = out.say(*one.table.title)
    if one.state == "measured":
        return out.say(
            f"{one.table.name}: {title}: measured in {one.seconds:.0f} s",
            f"{one.table.name}:{title}:已测量,{one.seconds:.0f} 秒",
        )
    if one.state == "skipped":
        return out.say(
            f"{one.table.name}: left as it is: {reason}", f"{one.table.name}:保持原样:{reason}"
        )
    return out.say(f"{one.table.name}: failed: {reason}", f"{one.table.name}:失败:{reason}")
