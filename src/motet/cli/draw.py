"""``motet draw``: a model of any family as a Mermaid drawing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from motet.cli.wording import Translate

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "draw" in command_names()
    True
    """

    @app.command(
        "draw",
        cls=cls,
        short_help=t("Draw a model: layers, shapes, weights.", "绘制模型:各层、形状与参数量。"),
        help=t(
            "Draw what runs after what in a model, with the shape of each result and the number of "
            "weights, as text in Mermaid's language, which GitHub and many editors show as a picture. "
            "WHAT is a training config, a bundle, or family:size. Needs pip install 'motet[train]'.",
            "绘制模型中各层的先后、每个结果的形状与参数量,输出 Mermaid 文本;GitHub 与许多编辑器会将其显示"
            "为图。WHAT 可为训练配置、模型包,或 类别:尺寸。需先安装 'motet[train]' 附加包。",
        ),
        epilog="motet draw configs/tiny.toml -o model.md\n"
        "motet draw small\n"
        "motet draw transformer:tiny --depth 1",
    )
    def draw(
        ctx: typer.Context,
        what: str = typer.Argument(
            ...,
            metavar="WHAT",
            help=t("Config, bundle, or family:size.", "配置、模型包,或 类别:尺寸。"),
        ),
        depth: int = typer.Option(
            3,
            "--depth",
            metavar="N",
            min=1,
            max=8,
            help=t("Levels of layers to open.", "展开的层级数。"),
        ),
        output: Path | None = typer.Option(
            None,
            "--output",
            "-o",
            metavar="PATH",
            help=t(".md, or .mmd for the text alone.", ".md;或 .mmd 仅含文本。"),
        ),
    ) -> None:
        _need_torch()
        from motet.models.diagram import draw_model

        family, size, changes = _find_model(what)
        text = draw_model(family, size, depth=depth, overrides=changes)
        if output is not None:
            _write(output, text)
        facts = {"family": family, "drawing": text, "path": output}
        wrote = ctx.obj.say(f"drawn: {output}", f"已绘制:{output}")
        ctx.obj.finish(facts, [wrote if output else text])


def _need_torch() -> None:
    """Refuse kindly where torch is missing."""
    from importlib.util import find_spec

    from motet.errors import ParameterError

    if find_spec("torch") is None:
        raise ParameterError(
            "drawing reads the model itself and needs torch, which is not installed: "
            "pip install 'motet[train]'",
            zh="绘图需读取模型本身,因而需要 torch,但尚未安装:pip install 'motet[train]'",
        )


def _find_model(what: str) -> tuple[str, Any, dict[str, Any]]:
    """Return family, size and changes that a config, a bundle or a name stands for."""
    from dataclasses import fields

    from motet.models import MODEL_FAMILIES

    if what.endswith(".toml"):
        from motet.models.registry import load_plugin
        from motet.train.config import load_config

        config = load_config(what)
        if config.plugin:
            load_plugin(config.plugin)
        return config.family, config.size, dict(config.model)
    family, _, size = what.partition(":")
    if family in MODEL_FAMILIES:
        return family, size or next(iter(MODEL_FAMILIES[family].sizes)), {}
    from motet.engine import load_bundle

    bundle = load_bundle(what)
    named = {one.name for one in fields(MODEL_FAMILIES[bundle.family].config)}
    return bundle.family, {k: v for k, v in bundle.config.items() if k in named}, {}


def _write(path: Path, text: str) -> None:
    """Write the drawing, fenced for Markdown, whole or not at all."""
    from motet.errors import ParameterError

    if path.suffix not in (".md", ".mmd"):
        raise ParameterError(
            f"a drawing is written as .md or .mmd, got {str(path)!r}",
            zh=f"图保存为 .md 或 .mmd,收到 {str(path)!r}",
        )
    whole = f"```mermaid\n{text}\n```\n" if path.suffix == ".md" else f"{text}\n"
    draft = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(whole, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise ParameterError(
            f"cannot write {str(path)!r}: {error.strerror}; give another path",
            zh=f"无法写入 {str(path)!r}:{error.strerror};请给出其他路径",
        ) from error
