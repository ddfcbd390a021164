"""A bundle's card, in English and in Chinese, written from what the bundle states.

Conventions: no figure is said that is not in the contract or follows from it; what is not stated is said
to be so. What holds for every such model stands in `card_text`.

Offers `Card`, `read_card`, `card_beside`, `tell_card`.
"""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from motet.errors import FormatError
from motet.export import card_text
from motet.export.card_family import tell_family, tell_input, tell_limits
from motet.export.energy import estimate_energy, tell_energy
from motet.language import Language, say

__all__ = ["Card", "card_beside", "read_card", "tell_card"]

_MANY: Final = 6
"""Sources of the manifest that make a corpus ours."""


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
    adapted : mapping
        Of a bundle that was adapted: to what, from which bundle, and what that did.

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
    adapted: Mapping[str, Any] = field(default_factory=dict)


_KINDS = {
    "recipe": ("a table", "一个表"),
    "sources": ("a list of tables", "若干个表"),
    "quality": ("a table", "一个表"),
    "adapted": ("a table", "一个表"),
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


def card_beside(weights: str | Path) -> Card | None:
    """Return what the bundle in which weights lie says of them, or None where they lie in none.

    What was measured is left out: it is that of the bundle's own number of bits.

    Parameters
    ----------
    weights : str or Path
        A weights file, or a folder of weight shards.

    Returns
    -------
    Card or None

    Examples
    --------
    >>> card_beside("nowhere/weights.npz") is None
    True
    """
    path = Path(weights)
    contract = (path if path.is_dir() else path.parent) / "bundle.json"
    if not contract.is_file():
        return None
    try:
        facts = json.loads(contract.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FormatError(
            f"the bundle beside the weights cannot be read: {error}; give a card with --card",
            zh=f"无法读取权重旁的模型包:{error};请用 --card 给出卡片",
            path=str(contract),
        ) from error
    names = {one.name for one in fields(Card)} - {"quality"}
    known = facts if isinstance(facts, dict) else {}
    return Card(**{name: known[name] for name in names if _is_kind(name, known.get(name))})


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

    def pick(pair: tuple[str, str]) -> str:
        return say(*pair, language=language)

    unknown = t("Not stated.", "未说明。")
    recipe = contract.get("recipe") or {}
    sections = (
        (
            ("Use", "用途"),
            str(contract.get(t("uses_en", "uses_zh")) or "")
            or tell_family(contract, "uses", language)
            or unknown,
        ),
        (("Not for", "不适用于"), pick(card_text.OUT_OF_SCOPE)),
        (("What it is", "结构"), _tell_shape(contract, language)),
        (("Training data", "训练数据"), _tell_data(contract, language)),
        (("Adapted to", "改训"), _tell_table(contract.get("adapted") or {}, language)),
        (("Training", "训练方法"), _tell_table(recipe, language)),
        (("Energy", "能耗"), tell_energy(estimate_energy(recipe), language=language)),
        (("Measured quality", "实测质量"), _tell_quality(contract, language)),
        (("Limits", "局限"), _tell_limits(contract, language)),
        (("Biases", "偏向"), _tell_biases(contract, language)),
        (("Risks", "风险"), pick(card_text.RISKS)),
        (("Licence of the weights", "权重许可"), str(contract.get("licence") or unknown)),
        (("Rights", "权利"), _tell_rights(contract, language)),
    )
    n_bytes = sum(one["bytes"] for one in contract["files"].values())
    lines = [
        t(f"# Model card: {name}", f"# 模型卡片:{name}"),
        "",
        t(
            f"A {contract['family']} of size {contract['size']}: {contract['n_parameters']:,} parameters "
            f"in {contract['bits']} bits, {n_bytes / 1e6:.1f} MB, {tell_input(contract, language)}.",
            f"{contract['size']} 规格的 {contract['family']}:{contract['n_parameters']:,} 个参数,"
            f"{contract['bits']} 位,{n_bytes / 1e6:.1f} MB,{tell_input(contract, language)}。",
        ),
    ]
    for title, body in sections:
        if title[0] != "Adapted to" or contract.get("adapted"):
            lines += ["", f"## {pick(title)}", "", body]
    return "\n".join([*lines, ""])


def _tell_table(facts: Mapping[str, Any], language: Language) -> str:
    """Return a table of facts."""
    rows = _tell_rows(facts)
    if not rows:
        return say("Not stated.", "未说明。", language=language)
    head = say("| what | value |", "| 项目 | 值 |", language=language)
    return "\n".join([head, "| --- | --- |", *rows])


def _tell_shape(contract: Mapping[str, Any], language: Language) -> str:
    """Return the architecture, with its sizes where they are stated."""
    config = contract.get("config") or {}
    if contract["family"] != "transformer" and config:
        return "\n\n".join(
            one
            for one in (tell_family(contract, "shape", language), _tell_table(config, language))
            if one
        )
    if contract["family"] != "transformer" or "n_layers" not in config:
        return say("Not stated.", "未说明。", language=language)
    layers, width, heads = config["n_layers"], config["width"], config["n_heads"]
    kv, ffn, vocab = config["n_kv_heads"], config["ffn_width"], config["vocab_size"]
    return say(
        f"A decoder-only transformer over tokens of a score, left to right: {layers} layers of width "
        f"{width}, {heads} heads on {kv} key/value heads, SwiGLU of width {ffn}, RMSNorm, rotary positions, "
        f"{vocab:,} tokens with tied embeddings. Prompts are moved to a key without sharps and flats. A grammar "
        "and the rules of a brief mask what may be drawn.",
        f"对乐谱 token 自左至右的纯解码器 transformer:{layers} 层,宽 {width},{heads} 个注意力头共用 {kv} 个"
        f"键/值头,SwiGLU 宽 {ffn},RMSNorm,旋转位置编码,{vocab:,} 个 token,嵌入共享。提示先移至无升降号的调。"
        "语法与要求中的约束会屏蔽不可写的 token。",
        language=language,
    )


def _tell_limits(contract: Mapping[str, Any], language: Language) -> str:
    """Return the limits of every composer, or those of a family that writes phrases."""
    if contract.get("interface", "tokens") == "tokens":
        return say(*card_text.LIMITS, language=language)
    own = tell_limits(contract, language)
    return "\n".join(one for one in (own, say(*card_text.PHRASE_LIMITS, language=language)) if one)


def _tell_data(contract: Mapping[str, Any], language: Language) -> str:
    """Return the sources, each with what is stated of it."""
    lines = []
    for source in contract.get("sources") or ():
        rest = "; ".join(f"{key}: {value}" for key, value in source.items() if key != "name")
        lines.append(f"- {source.get('name', '?')}" + (f" ({rest})" if rest else ""))
    if not lines:
        return say("Not stated.", "未说明。", language=language)
    if _is_ours(contract):
        more = say(
            "How much of each, and what is missing: the data card, docs/cards/corpus.md.",
            "各来源的数量与不足之处见数据卡 docs/cards/corpus.zh.md。",
            language=language,
        )
        lines += ["", more]
    return "\n".join(lines)


def _tell_quality(contract: Mapping[str, Any], language: Language) -> str:
    """Return what was measured, and where more stands."""
    table = _tell_table(contract.get("quality") or {}, language)
    if not _is_ours(contract):
        return table
    more = say(
        "Nats a note on validation windows unless a name says otherwise. Beside people, Markov chains and the "
        "arranger, and where it falls short: docs/quality.md.",
        "除名称另有说明外,均为验证窗口上每音符的 nat。与人、马尔可夫链和编配器的比较以及不足之处见 "
        "docs/quality.md。",
        language=language,
    )
    return f"{table}\n\n{more}"


def _is_ours(contract: Mapping[str, Any]) -> bool:
    """Return whether a bundle was trained on the corpus of Motet."""
    from motet.corpus.manifest import load_manifest

    titles = {source.title for source in load_manifest() if source.licence_class == "clean"}
    named = [str(source.get("name")) for source in contract.get("sources") or ()]
    return sum(name in titles for name in named) >= _MANY


def _tell_biases(contract: Mapping[str, Any], language: Language) -> str:
    """Return what every model leans to, and what ours does."""
    pairs = (
        [card_text.BIASES, card_text.CORPUS_BIASES] if _is_ours(contract) else [card_text.BIASES]
    )
    return "\n\n".join(say(*pair, language=language) for pair in pairs)


def _tell_rights(contract: Mapping[str, Any], language: Language) -> str:
    """Return who may do what; of an adapted bundle, that others have a say."""
    pairs = (
        [card_text.RIGHTS, card_text.ADAPTED_RIGHTS]
        if contract.get("adapted")
        else [card_text.RIGHTS]
    )
    return "\n\n".join(say(*pair, language=language) for pair in pairs)
