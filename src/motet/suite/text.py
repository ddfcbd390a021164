"""Does Motet understand what people type? Sentences in English and Chinese, field by field.

Conventions: of each field, the share of the sentences that fix it in which it was read rightly; what
was read out of a sentence that leaves it open is a false claim. The half ``test`` was kept from the
author of the reader, the half ``dev`` was not. The rival looks for the names that Motet shows and for
numbers beside their unit, no more.

Offers `TABLE`, `find_keywords`, `judge_answers`, `measure_text`, `write_text`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from motet.brief import EMOTIONS
from motet.brief.style_name import STYLE_NAMES_ZH
from motet.errors import MotetError
from motet.suite.page import make_table
from motet.suite.table import Request, Table
from motet.suite.text_judge import (
    FIELDS,
    Answer,
    Sentence,
    has_field,
    is_open,
    is_right,
    load_sentences,
    read_answer,
)
from motet.theory import INSTRUMENTS, parse_key

__all__ = ["TABLE", "find_keywords", "judge_answers", "measure_text", "write_text"]

TARGETS: Final = {
    "tempo": 0.97, "key": 0.97, "metre": 0.97, "length": 0.97,
    "instruments": 0.92, "style": 0.85, "mood": 0.85,
}  # fmt: skip
LANGUAGES: Final = ("en", "zh", "mixed")
_KEY = re.compile(r"\b([A-G](?:#|b)?)[ -]?(major|minor|大调|小调)", re.IGNORECASE)
_NAMES: Final = {
    name.lower(): one.identifier
    for one in INSTRUMENTS.values()
    for name in (one.name, one.name_zh, one.identifier.replace("_", " "))
}
_STYLES: Final = {name.replace("-", " "): name for name in STYLE_NAMES_ZH} | {
    zh: name for name, zh in STYLE_NAMES_ZH.items()
}


def find_keywords(text: str) -> Answer:
    """Return what a plain look for names and numbers finds: the rival of the reader.

    Parameters
    ----------
    text : str

    Returns
    -------
    Answer

    Examples
    --------
    >>> found = find_keywords("16 bars of bossa for flute, 120 bpm, no piano").values
    >>> found["length"], found["style"], sorted(found["instruments"]), sorted(found["absent"])
    (16, 'bossa', ['flute'], ['piano'])
    """
    plain = text.lower()
    values: dict[str, Any] = {}
    if tempo := re.search(r"(\d{2,3})\s*bpm|bpm\s*[=:]?\s*(\d{2,3})|速度\s*(\d{2,3})", plain):
        values["tempo"] = float(next(filter(None, tempo.groups())))
    if length := re.search(r"(\d{1,3})\s*(?:bars|measures|小节)", plain):
        values["length"] = int(length[1])
    if metre := re.search(r"\b(\d{1,2}/(?:2|4|8|16))\b", plain):
        values["metre"] = metre[1]
    if named := _KEY.search(text):
        mode = "minor" if named[2].lower() in ("minor", "小调") else "major"
        key = parse_key(f"{named[1][0].upper()}{named[1][1:]} {mode}")
        values["key"] = (key.tonic_pc, key.mode)
    if form := re.findall(r"\b(intro|outro|verse|chorus|[a-c])(\d{1,2})\b", plain):
        values["form"] = tuple((label, int(bars)) for label, bars in form)
    names = _find_names(plain, tuple(_NAMES))
    unwanted = {one for one in names if re.search(rf"(?:no|不要)\s*{re.escape(one)}", plain)}
    if unwanted:
        values["absent"] = frozenset(_NAMES[one] for one in unwanted)
    if names - unwanted:
        values["instruments"] = frozenset(_NAMES[one] for one in names - unwanted)
    if styles := _find_names(plain, tuple(_STYLES)):
        values["style"] = _STYLES[min(styles, key=plain.find)]
    if moods := _find_names(plain, tuple(EMOTIONS)):
        values["mood"] = EMOTIONS[min(moods, key=plain.find)]
    return Answer(values)


def _find_names(plain: str, names: Sequence[str]) -> set[str]:
    """Return the names that stand in a text, longer ones before those that lie within them."""
    found, rest = set(), plain
    for name in sorted(names, key=len, reverse=True):
        pattern = rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name)
        rest, count = re.subn(pattern, " ", rest)
        if count:
            found.add(name)
    return found


def judge_answers(sentences: Sequence[Sentence], answers: Sequence[Answer]) -> dict[str, Any]:
    """Return by field how many sentences fix it and are read rightly, and what was claimed falsely.

    Parameters
    ----------
    sentences : sequence of Sentence
    answers : sequence of Answer
        As many.

    Returns
    -------
    dict
        ``fields``: field to language to asked, right, missed (nothing claimed); ``false``: field to
        open, claimed, by_encoder; ``whole``: language to sentences and those read rightly in all that
        they fix; ``failures``: index in the file with the fields that failed and were claimed falsely.

    Examples
    --------
    >>> asks = [Sentence("at 90", "en", {"qpm": 90})]
    >>> told = judge_answers(asks, [Answer({"tempo": 90.0, "style": "pop"})])
    >>> told["fields"]["tempo"]["en"], told["false"]["style"]["claimed"]
    ({'asked': 1, 'right': 1, 'missed': 0}, 1)
    """
    fields: dict[str, dict[str, dict[str, int]]] = {name: {} for name in FIELDS}
    false = {name: {"open": 0, "claimed": 0, "by_encoder": 0} for name in FIELDS}
    whole: dict[str, dict[str, int]] = {}
    failures = []
    for index, (sentence, answer) in enumerate(zip(sentences, answers, strict=True)):
        failed, claimed = [], []
        for name in FIELDS:
            if has_field(sentence, name):
                zero = {"asked": 0, "right": 0, "missed": 0}
                row = fields[name].setdefault(sentence.language, zero)
                row["asked"] += 1
                if is_right(sentence, answer, name):
                    row["right"] += 1
                else:
                    row["missed"] += name not in answer.values
                    failed.append(name)
            elif is_open(sentence, name):
                false[name]["open"] += 1
                if name in answer.values:
                    by_encoder = answer.how.get(name) == "encoder"
                    false[name]["by_encoder" if by_encoder else "claimed"] += 1
                    claimed.append(name)
        row = whole.setdefault(sentence.language, {"asked": 0, "right": 0})
        row["asked"] += 1
        row["right"] += not failed
        if failed or claimed:
            failures.append({"index": index, "failed": failed, "claimed": claimed})
    return {"fields": fields, "false": false, "whole": whole, "failures": failures}


def measure_text(request: Request) -> dict[str, Any]:
    """Return how well sentences are understood, on both halves, beside plain keywords.

    Parameters
    ----------
    request : Request
        ``n`` sentences of each half.

    Returns
    -------
    dict
        `judge_answers` for ``test``, ``dev`` and ``keywords`` (on the half ``test``), with how many
        sentences were refused. Failures name index and fields, never a sentence.

    Examples
    --------
    >>> sorted(measure_text(Request(n=1)))
    ['dev', 'keywords', 'test']
    """
    from motet.sentence import understand

    found = {}
    for half in ("test", "dev"):
        sentences = load_sentences(half)[: request.n]
        answers, refused = [], 0
        for k, one in enumerate(sentences):
            answer = _ask(understand, one)
            refused += answer is None
            answers.append(answer or Answer())
            if k % 50 == 49:
                request.say(f"text: {half}, {k + 1} of {len(sentences)}")
        found[half] = judge_answers(sentences, answers) | {"refused": refused}
        if half == "test":
            plain = [find_keywords(one.text) for one in sentences]
            found["keywords"] = judge_answers(sentences, plain)
            del found["keywords"]["failures"]
    return found


def _ask(understand: Callable[[str], Any], sentence: Sentence) -> Answer | None:
    """Return what is understood of a sentence, None where it is refused."""
    try:
        return read_answer(understand(sentence.text))
    except MotetError:
        return None


def write_text(facts: dict[str, Any]) -> str:
    """Return the table as Markdown.

    Parameters
    ----------
    facts : dict
        As `measure_text` returns.

    Returns
    -------
    str

    Examples
    --------
    >>> asks = [Sentence("at 90", "en", {"qpm": 90})]
    >>> told = judge_answers(asks, [Answer({"tempo": 90.0})]) | {"refused": 0}
    >>> print(write_text({"test": told, "dev": told, "keywords": told}).splitlines()[4][:32])
    | tempo | 97 % | 100.0 % of 1 |
    """
    test, dev, rival = facts["test"], facts["dev"], facts["keywords"]
    head = (
        "field", "target", "English", "Chinese", "Chinese with English", "all", "dev half",
        "keywords", "false claims", "… by the encoder", "… of keywords",
    )  # fmt: skip
    rows: list[tuple[str, ...]] = []
    short: list[str] = []
    for name in FIELDS:
        asked = test["fields"][name]
        if not asked:
            continue
        target = TARGETS.get(name)
        short += [
            f"{name} ({language})"
            for language in LANGUAGES[:2]
            if target and _share(asked, (language,)) < target
        ]
        false = test["false"][name]
        rows.append(
            (
                name,
                f"{target:.0%}".replace("%", " %") if target else "–",
                *(_tell(asked, (language,)) for language in LANGUAGES),
                _tell(asked, LANGUAGES),
                _tell(dev["fields"][name], LANGUAGES),
                _tell(rival["fields"][name], LANGUAGES),
                f"{false['claimed']} of {false['open']}",
                str(false["by_encoder"]),
                str(rival["false"][name]["claimed"]),
            )
        )
    wholes = [(one, LANGUAGES) for one in (test["whole"], dev["whole"], rival["whole"])]
    each = [_tell(test["whole"], (language,)) for language in LANGUAGES]
    rows.append(("all of a sentence", "–", *each, *(_tell(*one) for one in wholes), "", "", ""))
    counts = [sum(row["asked"] for row in half["whole"].values()) for half in (test, dev)]
    return "\n\n".join(
        (
            f"{counts[0]} sentences that the author of the reader did not see, and {counts[1]} that "
            "were at hand (dev half). A share is that of the sentences that fix the field; a false "
            "claim is a field read out of a sentence that leaves it open. Keywords: Motet's own names "
            f"and numbers beside their unit, no more. Refused: {test['refused']}.",
            make_table(head, rows),
            f"Short of the target: {', '.join(short) or 'nothing'}.",
        )
    )


def _share(asked: dict[str, dict[str, int]], languages: Sequence[str]) -> float:
    """Return the share read rightly, 1 where nothing is asked."""
    rows = [asked[one] for one in languages if one in asked]
    n_asked = sum(row["asked"] for row in rows)
    return sum(row["right"] for row in rows) / n_asked if n_asked else 1.0


def _tell(asked: dict[str, dict[str, int]], languages: Sequence[str]) -> str:
    """Return a share with its count, a dash where nothing is asked."""
    n_asked = sum(asked[one]["asked"] for one in languages if one in asked)
    return f"{100 * _share(asked, languages):.1f} % of {n_asked}" if n_asked else "–"


TABLE = Table(
    name="text",
    title=("Sentences understood", "读懂的句子"),
    needs=frozenset(),
    measure=measure_text,
    write=write_text,
)
