"""``motet bench``: how fast a bundle writes on this machine."""

from __future__ import annotations

from typing import Any

import typer

from motet.cli.output import Output
from motet.cli.wording import Translate

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "bench" in command_names()
    True
    """

    @app.command(
        "bench",
        cls=cls,
        short_help=t("Measure how fast a model writes here.", "测量模型在本机的写作速度。"),
        help=t(
            "Measure how fast a bundle writes on this machine, sampling and constraints included: "
            "tokens a second, 16 bars of four parts, the first bar.",
            "测量模型包在本机的写作速度(含采样与约束):每秒 token 数、16 小节 4 声部所需时间、"
            "首小节时间。",
        ),
        epilog="motet bench\nmotet bench ./my-bundle --rows 4 --json",
    )
    def bench(
        ctx: typer.Context,
        bundle: str = typer.Argument(
            "", metavar="[BUNDLE]", help=t("Name or folder; else the first.", "名称或文件夹。")
        ),
        named: str = typer.Option(
            "", "--bundle", metavar="NAME", help=t("The same, by option.", "同上,以选项给出。")
        ),
        rows: list[int] = typer.Option(
            [1, 4],
            "--rows",
            metavar="N",
            help=t("Candidates side by side (repeatable).", "并排写作的候选数(可重复)。"),
        ),
        threads: int = typer.Option(
            0, "--threads", metavar="N", help=t("0: one a core.", "0 为每核一个。")
        ),
    ) -> None:
        from motet.engine.bundle import list_bundles, load_bundle
        from motet.engine.probe import measure_bandwidth, measure_speed

        out: Output = ctx.obj
        named = _choose(bundle, named)
        here = list_bundles()
        usual = "small" if "small" in here else next(iter(here), "")
        loaded = load_bundle(named or usual)
        with out.progress("measuring", "正在测量"):
            bandwidth = measure_bandwidth()
            speeds = [measure_speed(loaded, n_rows=n, n_threads=threads or None) for n in rows]
        facts = {
            "bundle": loaded.name,
            "bits": loaded.bits,
            "memory_bytes_per_s": bandwidth,
            "speeds": [speed.facts() for speed in speeds],
        }
        out.finish(facts, _lines(out, facts, speeds))


def _choose(bundle: str, named: str) -> str:
    """Return the bundle that was said, in one of two ways."""
    from motet.errors import ParameterError

    if bundle and named:
        raise ParameterError(
            f"give one bundle, got {bundle!r} and --bundle {named!r}",
            zh=f"只能给出一个模型包,收到 {bundle!r} 与 --bundle {named!r}",
        )
    return bundle or named


def _lines(out: Output, facts: dict[str, Any], speeds: list[Any]) -> list[str]:
    """Return what was measured, for people."""
    name, bits, moved = facts["bundle"], facts["bits"], facts["memory_bytes_per_s"] / 1e9
    size_mb = speeds[0].weights_mb
    head = out.say(
        f"{name}: {size_mb:.1f} MB in {bits} bits; memory moves {moved:.1f} GB/s",
        f"{name}:{bits} 位,{size_mb:.1f} MB;内存带宽 {moved:.1f} GB/s",
    )
    lines = [
        out.say(
            f"rows {one.n_rows}: {one.tokens_per_s:,.0f} tokens/s; 16 bars of 4 parts "
            f"{one.piece_s:.2f} s, first bar {one.first_bar_s:.2f} s",
            f"{one.n_rows} 行:每秒 {one.tokens_per_s:,.0f} 个 token;16 小节 4 声部 "
            f"{one.piece_s:.2f} 秒,首小节 {one.first_bar_s:.2f} 秒",
        )
        for one in speeds
    ]
    return [head, *lines]
