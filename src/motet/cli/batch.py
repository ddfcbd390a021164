"""``motet batch``: a table of briefs or sentences, one piece a row; and the table of several variants."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from motet.cli.wording import Translate
from motet.cli.writing import bundle_option, originality_option

if TYPE_CHECKING:
    from motet.cli.output import Output
    from motet.tasks.ensemble import Outcome, Variant

__all__ = ["finish_variants", "register"]

_FAILED = 1


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "batch" in command_names()
    True
    """

    @app.command(
        "batch",
        cls=cls,
        short_help=t("Compose a piece for each row of a file.", "按文件逐行作曲。"),
        help=t(
            "Compose a piece for each row of a TOML or CSV file: a sentence, or fields of a brief. A row "
            "that fails does not stop the rest; the exit code is 1 if any failed, and summary.json in the "
            "folder says which.",
            "按 TOML 或 CSV 文件逐行作曲:每行写一句话,或写需求的字段。某一行失败不影响其余;"
            "只要有失败,退出码为 1,文件夹里的 summary.json 写明是哪些。",
        ),
        epilog="motet batch wishes.csv songs/\n"
        "motet batch wishes.toml songs/ --to mid,musicxml\n"
        "motet batch wishes.csv songs/ --processes 1 --json",
    )
    def batch(
        ctx: typer.Context,
        source: Path = typer.Argument(
            ...,
            metavar="FILE",
            help=t(
                "TOML with [[piece]] tables, or CSV with a header.",
                "含 [[piece]] 表的 TOML,或有表头的 CSV。",
            ),
        ),
        folder: Path = typer.Argument(
            ..., metavar="FOLDER", help=t("Where the pieces go.", "乐曲写到哪里。")
        ),
        to: str = typer.Option(
            "mid",
            "--to",
            metavar="FORMATS",
            help=t("mid, musicxml, json, with commas.", "mid、musicxml、json,用逗号分隔。"),
        ),
        processes: int = typer.Option(
            2,
            "--processes",
            metavar="N",
            help=t("How many rows at once, 1 to 16.", "同时写几行,1 到 16。"),
        ),
        bundle: str | None = bundle_option(t),
        originality: bool = originality_option(t),
    ) -> None:
        from motet.tasks.ensemble import read_batch, run_batch

        out: Output = ctx.obj
        rows = read_batch(source)
        formats = tuple(one.strip().lower() for one in to.split(",") if one.strip())
        with out.progress("composing", "作曲中") as report:
            done = run_batch(
                rows, folder, formats=formats, bundle=bundle, language=out.language,
                originality=originality, n_processes=processes,
                on_row=lambda one, n, total: report(n / total, one.name),
            )  # fmt: skip
        _finish(out, done, folder)


def _finish(out: Output, done: Sequence[Outcome], folder: Path) -> None:
    """Write the summary, print the table, and leave with 1 if a row failed."""
    failed = [one for one in done if one.error]
    facts = {
        "n_rows": len(done), "n_failed": len(failed), "rows": [one.facts() for one in done],
        "elapsed_s": round(out.elapsed_s, 2),
    }  # fmt: skip
    path = folder / "summary.json"
    new = folder / ".summary.json.new"
    new.write_text(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    new.replace(path)
    lines = []
    for one in done:
        if one.error:
            told = out.say(f"FAILED: {one.error}", f"失败:{one.error_zh}")
        else:
            told = out.say(
                f"{one.n_bars} bars, {one.n_notes} notes, {one.n_missed} requests missed, "
                f"figure {one.figure:.3f}",
                f"{one.n_bars} 小节,{one.n_notes} 个音,{one.n_missed} 项未满足,评分 {one.figure:.3f}",
            )
        lines.append(f"{one.number:>4}  {one.name}  {told}")
    n_good = len(done) - len(failed)
    lines.append(
        out.say(
            f"{n_good} of {len(done)} pieces written to {folder} in {out.elapsed_s:.1f} s; see {path}",
            f"{len(done)} 首中写成 {n_good} 首,在 {folder},用时 {out.elapsed_s:.1f} 秒;见 {path}",
        )
    )
    out.finish({**facts, "summary": path}, lines)
    if failed:
        raise typer.Exit(_FAILED)


def finish_variants(
    out: Output, found: Sequence[Variant], output: str, wishes: dict[str, Any]
) -> None:
    """Save pieces as ``song-1.mid``, ``song-2.mid`` ..., the best first, and print how they rank.

    Parameters
    ----------
    out : Output
    found : sequence of Variant
    output : str
        A file, whose name is numbered, or a folder.
    wishes : dict
        Of `motet.cli.save.save_score`.

    Examples
    --------
    >>> finish_variants.__name__
    'finish_variants'
    """
    from motet.cli.save import save_score
    from motet.render.save import is_folder

    path = Path(output)
    rows, lines = [], []
    for place, one in enumerate(found, start=1):
        if is_folder(output):
            target = path / f"song-{place}.mid"
        else:
            target = path.with_name(f"{path.stem}-{place}{path.suffix}")
        files = save_score(one.piece, target, out, **wishes)
        rows.append({"rank": place, "figure": round(one.figure, 3), "n_missed": one.n_missed,
                     "files": files, **one.piece.facts()})  # fmt: skip
        lines.append(
            out.say(
                f"{place:>3}. {target}  seed {one.seed}, figure {one.figure:.3f}, "
                f"{one.n_missed} requests missed",
                f"{place:>3}. {target}  种子 {one.seed},评分 {one.figure:.3f},{one.n_missed} 项未满足",
            )
        )
    if found:
        head = out.say("Variants, the best first:", "变体,最好的在前:")
        lines = [found[0].piece.summary(out.language), "", head, *lines]
    lines.append(out.say(f"Done in {out.elapsed_s:.1f} s.", f"用时 {out.elapsed_s:.1f} 秒。"))
    out.finish({"variants": rows, "elapsed_s": round(out.elapsed_s, 2)}, lines)
