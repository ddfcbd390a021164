"""Why a piece is as it is, laid out for a page: sections in words, and the facts behind each.

Conventions: a text is ``{"en": ..., "zh": ...}``. Bars are told by their numbers, and by their index from 0
where a page must find them (``index``). Words of the command line are left out.

Offers `lay_out`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from motet.score import Score
    from motet.why import Explanation

__all__ = ["lay_out"]

Text = dict[str, str]
_FUNCTIONS = {
    "tonic": "主功能", "subdominant": "下属功能", "dominant": "属功能", "secondary dominant": "副属和弦",
    "borrowed": "借用和弦", "neapolitan": "那不勒斯和弦", "augmented sixth": "增六和弦",
    "chromatic": "调外和弦", "none": "无和声",
}  # fmt: skip
_SECTIONS: tuple[tuple[str, str, str], ...] = (
    ("kept", "What was asked and kept", "要求与保留"),
    ("harmony", "Harmony", "和声"),
    ("melody", "The melody against its chords", "旋律与和弦"),
    ("form", "What comes back", "再现"),
    ("surprise", "What the model expected", "模型的预期"),
    ("otherwise", "What else it would have done", "还可以怎么写"),
    ("what_if", "What would change", "若改动某项"),
)


def lay_out(found: Explanation, score: Score) -> dict[str, Any]:
    """Return an explanation as plain values for a page.

    Parameters
    ----------
    found : Explanation
    score : Score
        That was explained.

    Returns
    -------
    dict
        ``sections`` and ``paragraphs`` in words; ``bars`` (surprise a bar), ``kept``, ``harmony``,
        ``form``, ``notes``, ``otherwise``, ``what_if`` as facts.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.why import explain
    >>> score = make_score("C4:4 D4:4")
    >>> lay_out(explain(score, model=False), score)["sections"][0]["title"]["zh"]
    '要求与保留'
    """
    index = {bar.number: bar.index for bar in reversed(score.bars)}
    sections = _sections(found)
    return {
        "title": found.title,
        "part": found.part,
        "bar_numbers": list(found.bars),
        "sections": sections,
        "paragraphs": [line for section in sections for line in section["lines"]],
        "kept": _kept(found),
        "harmony": _harmony(found, index),
        "form": _form(found, index),
        "bars": _bars(found, index),
        "notes": _notes(found, index),
        "otherwise": _otherwise(found, index),
        "what_if": _what_ifs(found),
        "model": found.surprise.bundle,
        "nats": _number(found.surprise.nats),
    }


def _text(pair: Sequence[str]) -> Text:
    return {"en": pair[0], "zh": pair[1]}


def _number(value: float) -> float | None:
    return round(value, 3) if math.isfinite(value) else None


def _sections(found: Explanation) -> list[dict[str, Any]]:
    """Return what is told, section by section, in both languages line by line."""
    told = {
        "kept": [found.kept.tell(one) for one in ("en", "zh")],
        "harmony": [found.harmony.tell(one) for one in ("en", "zh")],
        "melody": [
            found.tones.tell(one, has_detail=found.is_excerpt) for one in ("en", "zh")
        ],
        "form": [found.form.tell(one) for one in ("en", "zh")],
        "surprise": [found.surprise.tell(one) for one in ("en", "zh")],
        "otherwise": [found.otherwise.tell(one) if found.otherwise else [] for one in ("en", "zh")],
        "what_if": [
            [line for one in found.what_ifs for line in one.tell(language)]
            for language in ("en", "zh")
        ],
    }  # fmt: skip
    sections = []
    for name, en, zh in _SECTIONS:
        pairs = zip(*told[name], strict=True)
        lines = [_text((a.strip(), b.strip())) for a, b in pairs if a.strip() and "--" not in a]
        if lines:
            sections.append({"name": name, "title": _text((en, zh)), "lines": lines})
    return sections


def _kept(found: Explanation) -> dict[str, Any]:
    kept = found.kept
    facts = kept.to_dict()
    return {
        "n_cells": kept.n_cells, "n_same": kept.n_same, "changed": list(kept.changed),
        "locks": list(kept.locks), "written": facts["written"],
        "checks": [
            {"name": one.name, "what": _text(one.what), "requested": _text(one.requested),
             "measured": _text(one.measured), "ok": one.ok}
            for one in kept.checks
        ],
    }  # fmt: skip


def _harmony(found: Explanation, index: dict[int, int]) -> dict[str, Any]:
    from motet.analysis import CADENCES

    harmony = found.harmony
    return {
        "is_written": harmony.is_written,
        "keys": [
            {"first_bar": a, "last_bar": b, **_text((en, zh)), "move": _text((move, move_zh))}
            for a, b, en, zh, move, move_zh in harmony.keys
        ],
        "chords": [
            {"bar": bar, "index": index[bar], "symbol": symbol, "roman": roman,
             "function": _text((function, _FUNCTIONS.get(function, function))),
             "confidence": round(sure, 3)}
            for bar, symbol, roman, function, sure in harmony.chords
        ],
        "stories": [
            {"kind": one.kind, **_text(one.text), "bars": list(one.bars),
             "indexes": [index[bar] for bar in one.bars]}
            for one in harmony.stories
        ],
        "cadences": [
            {"bar": bar, "index": index[bar], **_text(CADENCES[kind]), "romans": list(romans)}
            for bar, kind, romans in harmony.cadences
        ],
    }  # fmt: skip


def _form(found: Explanation, index: dict[int, int]) -> dict[str, Any]:
    form = found.form
    return {
        "is_written": form.is_written,
        "sections": [
            {"label": label, "first_bar": a, "last_bar": b, "index": index[a]}
            for label, a, b in form.sections
        ],
        "returns": [
            {"part": one.part, "kind": one.kind, **_text((one.tell("en"), one.tell("zh"))),
             "bars": list(one.bars), "earlier": list(one.earlier),
             "indexes": [index[bar] for bar in one.bars],
             "earlier_indexes": [index[bar] for bar in one.earlier]}
            for one in form.returns
        ],
        "new_bars": list(form.new_bars),
        "new_indexes": [index[bar] for bar in form.new_bars],
    }  # fmt: skip


def _bars(found: Explanation, index: dict[int, int]) -> list[dict[str, Any]]:
    """Return the surprise of each bar that was judged: nats a note, and how it ranks."""
    return [
        {"bar": one.bar, "index": index[one.bar], "n_notes": one.n_notes, "nats": _number(one.nats),
         "percentile": _number(one.percentile),
         "parts": {name: _number(value) for name, value in one.parts.items()}}
        for one in found.surprise.bars
    ]  # fmt: skip


def _notes(found: Explanation, index: dict[int, int]) -> list[dict[str, Any]]:
    """Return the notes that the model expected least."""
    facts = found.surprise.to_dict().get("notes", [])
    return [
        {"bar": one["bar"], "index": index[one["bar"]], "beat": one["beat"], "part": one["part"],
         "note": one["note"], "nats": one["nats"], "expected": one["expected"]}
        for one in facts
    ]  # fmt: skip


def _otherwise(found: Explanation, index: dict[int, int]) -> dict[str, Any] | None:
    """Return other versions of a cell, with their notes, so that they can be heard and taken."""
    other = found.otherwise
    if other is None:
        return None

    def version(one: Any) -> dict[str, Any]:
        return {
            "text": one.text, "n_notes": one.n_notes, "n_common": one.n_common,
            "nats": _number(one.nats), "same_rhythm": one.has_same_rhythm,
            "notes": [list(row) for row in one.rows],
        }  # fmt: skip

    return {
        "bar": other.bar, "index": index[other.bar], "part": other.part,
        "now": version(other.now) if other.now is not None else None,
        "versions": [version(one) for one in other.versions],
        "reason": _text(other.reason),
    }  # fmt: skip


def _what_ifs(found: Explanation) -> list[dict[str, Any]]:
    return [
        {"control": one.control, "before": _text(one.before), "after": _text(one.after),
         "changes": [_text(pair) for pair in one.changes], "reason": _text(one.reason)}
        for one in found.what_ifs
    ]  # fmt: skip
