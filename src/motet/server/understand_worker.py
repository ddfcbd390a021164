"""A sentence, understood in a quick worker: what it says, what is assumed, what contradicts itself."""

from __future__ import annotations

from typing import Any

__all__ = ["read_sentence"]


def read_sentence(payload: dict[str, Any], _: Any = None) -> dict[str, Any]:
    """Return what a sentence asks for, for a page.

    Parameters
    ----------
    payload : dict
        ``text``, ``language``.
    _ : object
        Not needed.

    Returns
    -------
    dict
        As `motet.server.schemas.understand.Understood`.

    Raises
    ------
    ParameterError
        The sentence is empty or too long.

    Examples
    --------
    >>> found = read_sentence({"text": "a sad waltz in A minor", "language": "en"})
    >>> found["brief"]["style"], found["found"][0]["words"]
    ('waltz', 'waltz')
    """
    from motet.sentence import understand
    from motet.sentence.field_title import field_title, value_text
    from motet.server.feel_words import read_moves

    found = understand(str(payload["text"]), language=payload.get("language", "en"))
    rows = []
    for one in found.found:
        plain = one.to_dict()
        rows.append({
            "field": one.field, "value": plain["value"], "words": one.words, "start": one.start,
            "end": one.end, "confidence": one.confidence,
            "en": field_title(one.field, language="en"), "zh": field_title(one.field, language="zh"),
            "told": {
                "en": value_text(one.field, one.value, language="en"),
                "zh": value_text(one.field, one.value, language="zh"),
            },
        })  # fmt: skip
    return {
        "text": found.text,
        "language": found.language,
        "brief": found.brief.to_dict(),
        "full": found.full.to_dict(),
        "found": rows,
        "assumed": [{"en": en, "zh": zh} for en, zh in found.assumed],
        "contradictions": [{"en": en, "zh": zh} for en, zh in found.clashes],
        "remarks": [{"en": en, "zh": zh} for en, zh in found.remarks],
        "unused": list(found.unused),
        "feel": read_moves(str(payload["text"])),
    }
