"""A bundle's card, in English and in Chinese, written from what the bundle states.

Conventions: nothing is said that is not in the contract; what was not measured is said to be so.

Offers `Card`, `tell_card`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from motet.language import Language, say

__all__ = ["Card", "tell_card"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a bundle says of itself beside its shape.

    Parameters
    ----------
    recipe : mapping
        How it was trained: steps, tokens, learning rate, seed, commit, machine.
    sources : sequence of mapping
        Training data, each with ``name``, ``licence`` and, where known, ``n_pieces`` or ``n_notes``.
    quality : mapping
        What was measured on held-out music, by name.
    licence : str
        Licence of the weights.
    uses_en, uses_zh : str
        What it is for, and not for.

    Examples
    --------
    >>> Card(licence="CC0-1.0").licence
    'CC0-1.0'
    """

    recipe: Mapping[str, Any] = field(default_factory=dict)
    sources: Sequence[Mapping[str, Any]] = ()
    quality: Mapping[str, Any] = field(default_factory=dict)
    licence: str = ""
    uses_en: str = ""
    uses_zh: str = ""


def _tell_rows(facts: Mapping[str, Any], *, prefix: str = "") -> list[str]:
    """Return table rows of facts; facts in facts are named by a path."""
    rows: list[str] = []
    for key, value in facts.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            rows += _tell_rows(value, prefix=f"{name}.")
            continue
        text = f"{value:.4g}" if isinstance(value, float) else str(value)
        rows.append(f"| {name} | {text.replace('|', '/')} |")
    return rows


def tell_card(contract: Mapping[str, Any], *, name: str, language: Language = "en") -> str:
    """Return the card of a bundle as Markdown.

    Parameters
    ----------
    contract : mapping
        What ``bundle.json`` holds.
    name : str
        Name of the bundle.
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> contract = {"family": "transformer", "size": "tiny", "bits": 8, "context": 1024,
    ...             "n_parameters": 196_000, "files": {"model.onnx": {"bytes": 234_025}}}
    >>> print(tell_card(contract, name="seedling").splitlines()[0])
    # Model card: seedling
    """

    def t(en: str, zh: str) -> str:
        return say(en, zh, language=language)

    def table(facts: Mapping[str, Any]) -> list[str]:
        rows = _tell_rows(facts)
        if not rows:
            return [t("Not stated.", "未说明。")]
        return [t("| what | value |", "| 项目 | 值 |"), "| --- | --- |", *rows]

    n_bytes = contract["files"]["model.onnx"]["bytes"]
    lines = [
        t(f"# Model card: {name}", f"# 模型卡片:{name}"),
        "",
        t(
            f"A {contract['family']} of size {contract['size']}: {contract['n_parameters']:,} parameters "
            f"in {contract['bits']} bits, {n_bytes / 1e6:.1f} MB, trained on documents of up to "
            f"{contract['context']:,} tokens.",
            f"{contract['size']} 规格的 {contract['family']}:{contract['n_parameters']:,} 个参数,"
            f"{contract['bits']} 位,{n_bytes / 1e6:.1f} MB,训练文档最长 {contract['context']:,} 个 token。",
        ),
        "",
        t("## Use", "## 用途"),
        "",
        str(contract.get(t("uses_en", "uses_zh")) or t("Not stated.", "未说明。")),
        "",
        t("## Licence of the weights", "## 权重许可"),
        "",
        str(contract.get("licence") or t("Not stated.", "未说明。")),
        "",
        t("## Training data", "## 训练数据"),
        "",
    ]
    sources = contract.get("sources") or ()
    for source in sources:
        rest = ", ".join(f"{key} {value}" for key, value in source.items() if key != "name")
        lines.append(f"- {source.get('name', '?')}" + (f" ({rest})" if rest else ""))
    if not sources:
        lines.append(t("Not stated.", "未说明。"))
    lines += [
        "",
        t("## Measured quality", "## 实测质量"),
        "",
        *table(contract.get("quality") or {}),
    ]
    lines += ["", t("## Recipe", "## 训练方法"), "", *table(contract.get("recipe") or {})]
    return "\n".join([*lines, ""])
