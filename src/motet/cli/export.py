"""``motet export``: trained weights into a bundle that the engine runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from motet.cli.output import Output
from motet.cli.wording import Translate

if TYPE_CHECKING:
    from motet.engine.bundle import Bundle

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "export" in command_names()
    True
    """

    @app.command(
        "export",
        cls=cls,
        short_help=t("Turn weights into a bundle.", "把权重导出为模型包。"),
        help=t(
            "Turn the weights of a training run, of any family, into a bundle: ONNX graphs with weights "
            "of 8 bits (a Transformer's also of 4), its contract and its card; then compare it with the "
            "weights. Needs pip install 'motet[train]'.",
            "把任一类模型训练得到的权重导出为模型包:8 位权重的 ONNX 图(Transformer 也可用 4 位)、说明与"
            "卡片;随后与原权重比对。需先安装 'motet[train]' 附加包。",
        ),
        epilog="motet export weights.npz -o bundles/mine\n"
        "motet export weights.npz -o bundles/mine --bits 4 --card card.toml",
    )
    def export(
        ctx: typer.Context,
        weights: Path = typer.Argument(
            ..., metavar="WEIGHTS", help=t("weights.npz of a run.", "训练得到的 weights.npz。")
        ),
        output: Path = typer.Option(
            ..., "--output", "-o", metavar="FOLDER", help=t("Where to write.", "写到哪里。")
        ),
        bits: int = typer.Option(
            8, "--bits", metavar="N", help=t("4, 8 or 32 a weight.", "每个权重 4、8 或 32 位。")
        ),
        context: int = typer.Option(
            0,
            "--context",
            metavar="N",
            help=t("Longest document; 0: as trained.", "最长文档的 token 数;0 为训练时的值。"),
        ),
        card: Path | None = typer.Option(
            None,
            "--card",
            metavar="TOML",
            help=t(
                "Licence, sources, recipe, quality; else those of the bundle in which the weights lie.",
                "许可、数据来源、训练方法、质量;未给出时取权重所在模型包的内容。",
            ),
        ),
    ) -> None:
        _run(ctx.obj, weights, output, bits, context, card)


def _run(
    out: Output, weights: Path, output: Path, bits: int, context: int, card: Path | None
) -> None:
    """Write the bundle, compare it with its weights, and tell."""
    from motet.engine.bundle import load_bundle
    from motet.export.bundle import write_bundle
    from motet.export.card import card_beside, read_card

    _need_onnx()
    with out.progress("exporting", "正在导出") as report:
        read = read_card(card) if card else card_beside(weights)
        folder = write_bundle(weights, output, bits=bits, context=context or None, card=read)
        report(0.5, "")
        bundle = load_bundle(folder)
        told, parity = _compare(bundle, weights)
        report(1.0, "")
    n_bytes = sum(path.stat().st_size for path in folder.iterdir())
    facts = {
        "folder": folder,
        "bits": bits,
        "bytes": n_bytes,
        "family": bundle.family,
        "parity": parity,
    }
    line = out.say(
        f"{folder}: {bundle.family}, {bits} bits, {n_bytes / 1e6:.1f} MB, {told[0]}",
        f"{folder}:{bundle.family},{bits} 位,{n_bytes / 1e6:.1f} MB,{told[1]}",
    )
    out.finish(facts, [line])


def _compare(bundle: Bundle, weights: Path) -> tuple[tuple[str, str], dict[str, float]]:
    """Return how far a bundle is from its weights, in words and as figures, and note it in its card."""
    from motet.engine.probe import measure_parity, practice_grid
    from motet.export.bundle import add_facts, read_weights
    from motet.tokens.encode import encode

    if bundle.interface != "tokens":
        found = dict(bundle.contract["quality"]["difference_from_weights"])
        worst = 100 * max(found.values())
        told = (
            f"at most {worst:.2g} % of an output's spread from its weights",
            f"与原权重之差不超过输出离散程度的 {worst:.2g} %",
        )
        return told, found
    config, arrays = read_weights(weights)
    ids = encode(practice_grid(8, 0))
    parity = measure_parity(bundle, config, arrays, ids=ids)
    add_facts(bundle.folder, {"quality": {"kl_from_weights_nats": parity.mean_kl}})
    told = (
        f"{parity.mean_kl:.2g} nats from its weights",
        f"与原权重相差 {parity.mean_kl:.2g} nat",
    )
    return told, {"mean_kl_nats": parity.mean_kl, "max_logit_difference": parity.max_abs}


def _need_onnx() -> None:
    """Raise what to do where onnx is missing."""
    from importlib.util import find_spec

    from motet.errors import ParameterError

    if find_spec("onnx") is None:
        raise ParameterError(
            "motet export needs the package onnx; run pip install 'motet[train]'",
            zh="motet export 需要 onnx 包;请运行 pip install 'motet[train]'",
        )
