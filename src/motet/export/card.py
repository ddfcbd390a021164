"""A bundle's card, in English and in Chinese, written from what the bundle states.

Conventions: nothing is said that is not in the contract; what was not measured is said to be so.

Offers `Card`, `read_card`, `tell_card`.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from motet.errors import FormatError
from motet.language import Language, say

__all__ = ["Card", "read_card", "tell_card"]


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


_KINDS = {
    "recipe": ("a table", "一个表"),
    "sources": ("a list of tables", "若干个表"),
    "quality": ("a table", "一个表"),
}


def _is_kind(name: str, value: object) -> bool:
    """Return whether a field of a card has a value of its kind."""
    if name == "sources":
        return isinstance(value, list) and all(isinstance(one, dict) for one in value)
    return isinstance(value, dict if name in _KINDS else str)


def read_card(path: str | Path) -> Card:
    """Return a card from a TOML file with the fields of `Card`.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    Card

    Raises
    ------
    FormatError
        It cannot be read, has an unknown field, or a field of another kind.

    Examples
    --------
    >>> Path("card.toml").write_text("licence = 'CC0-1.0'")
    19
    >>> read_card("card.toml").licence
    'CC0-1.0'
    """
    try:
        facts = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FormatError(
            f"the card cannot be read: {error}", zh=f"无法读取卡片:{error}", path=str(path)
        ) from error
    names = [one.name for one in fields(Card)]
    for name, value in facts.items():
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1) or names
            raise FormatError(
                f"a card has no field {name!r}; did you mean {', '.join(near)}?",
                zh=f"卡片没有字段 {name!r};是否指 {'、'.join(near)}?",
                path=str(path),
            )
        if not _is_kind(name, value):
            en, zh = _KINDS.get(name, ("text", "文本"))
            raise FormatError(
                f"a card's {name} must be {en}, got {value!r}",
                zh=f"卡片的 {name} 须为{zh},收到 {value!r}",
                path=str(path),
            )
    return Card(**facts)


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
        rest = "; ".join(f"{key}: {value}" for key, value in source.items() if key != "name")
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
