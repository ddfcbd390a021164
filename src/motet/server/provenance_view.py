"""Who made a piece, told for a page: bars by writer, steps, models, what they learned from.

Conventions: a text is ``{"en": ..., "zh": ...}``; letters of writers are those of
`motet.provenance.record.WRITERS`.

Offers `tell_record`.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from motet.provenance.record import TASK_WORDS, WRITERS, Record, Step

__all__ = ["tell_record"]

Text = dict[str, str]


def tell_record(record: Record) -> dict[str, Any]:
    """Return a record in plain words and as facts.

    Parameters
    ----------
    record : Record

    Returns
    -------
    dict
        ``paragraphs``, ``writers`` (letter, words, bars), ``parts`` (name, a letter a bar, counts),
        ``steps``, ``models``, ``training``, ``version``.

    Examples
    --------
    >>> from motet.provenance import record_of
    >>> from motet.score import make_score
    >>> told = tell_record(record_of(make_score("C4:4 D4:4")))
    >>> told["writers"], told["parts"][0]["written"]
    ([{'letter': 'g', 'en': 'given', 'zh': '原有', 'n_bars': 2}], 'gg')
    """
    counts = Counter("".join(record.written).replace(".", ""))
    writers = [
        {"letter": letter, "en": en, "zh": zh, "n_bars": counts[letter]}
        for letter, (en, zh) in WRITERS.items()
        if counts[letter]
    ]
    models = list(dict.fromkeys((step.model, step.digest) for step in record.steps if step.model))
    return {
        "paragraphs": _paragraphs(record, writers, models),
        "writers": writers,
        "parts": [
            {"name": name, "written": row, "counts": dict(Counter(row.replace(".", "")))}
            for name, row in zip(record.parts, record.written, strict=False)
        ],
        "steps": [_step(step) for step in record.steps],
        "models": [{"name": name, "digest": digest} for name, digest in models],
        "training": [dict(row) for row in record.training],
        "version": record.version,
    }


def _step(step: Step) -> dict[str, Any]:
    en, zh = TASK_WORDS.get(step.task, (step.task, step.task))
    return {
        "task": step.task, "en": en, "zh": zh, "model": step.model, "seed": step.seed,
        "time": step.time, "note": step.note, "cells": list(step.cells), "edits": list(step.edits),
    }  # fmt: skip


def _paragraphs(
    record: Record, writers: list[dict[str, Any]], models: list[tuple[str, str]]
) -> list[Text]:
    """Return the record in a few sentences."""
    found: list[Text] = []
    total = sum(one["n_bars"] for one in writers)
    if total:
        en = ", ".join(f"{one['en']} {100 * one['n_bars'] / total:.0f} %" for one in writers)
        zh = "、".join(f"{one['zh']} {100 * one['n_bars'] / total:.0f}%" for one in writers)
        found.append(
            {"en": f"Written by, in bars of parts: {en}.", "zh": f"按声部小节计的作者:{zh}。"}
        )
    if record.steps:
        names = [TASK_WORDS.get(step.task, (step.task, step.task)) for step in record.steps]
        shown = names if len(names) <= 6 else [*names[:3], ("…", "…"), *names[-2:]]
        found.append({
            "en": f"Steps: {len(names)}: {', then '.join(en for en, _ in shown)}.",
            "zh": f"共 {len(names)} 步:{',然后'.join(zh for _, zh in shown)}。",
        })  # fmt: skip
    if models:
        told = ", ".join(f"{name} ({digest[:8]})" for name, digest in models)
        n = len(record.training)
        found.append({
            "en": f"Models at work: {told}; they learned from {n} sources whose licences allow it.",
            "zh": f"参与的模型:{told};其训练数据来自 {n} 个许可允许的来源。",
        })  # fmt: skip
    else:
        found.append({"en": "No model was at work.", "zh": "没有模型参与。"})
    found.append({
        "en": "Exported files carry this record; “everything” adds one that is signed with this machine's key.",
        "zh": "导出的文件带有此记录;导出“全部”时另附用本机密钥签名的来历文件。",
    })  # fmt: skip
    return found
