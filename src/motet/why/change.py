"""What would change if a control moved: the piece composed again, one thing of the brief changed.

Conventions: same seed, same model; the difference is measured, not foreseen. A control is a field of
`motet.brief.Brief`; ``tempo`` says its ``qpm``. Where the piece at hand went on to be edited, the brief as it
was is composed again too, so that only the control differs. A change that cannot be met is told as such.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motet.brief import Brief, tell_emotion
from motet.brief.brief import BRIEF_KEYS
from motet.brief.read import brief_from_dict
from motet.brief.text import check_keys
from motet.engine import Bundle
from motet.errors import ConstraintError, ParameterError
from motet.language import Language, say
from motet.tasks import compose
from motet.why.beside import compare_pieces
from motet.why.piece import Piece

__all__ = ["MAX_WHAT_IFS", "WhatIf", "explain_changes", "read_what_ifs"]

MAX_WHAT_IFS = 3
_ALIASES = {
    "tempo": "qpm",
    "bpm": "qpm",
    "mood": "emotion",
    "length": "bars",
    "instruments": "parts",
}
_NUMBERS = {"qpm", "swing", "humanise", "surprise", "temperature"}
_WHOLE = {"bars", "intensity", "candidates", "seed"}
_LISTS = {"avoid", "references"}
_NAMES = {
    "qpm": ("tempo", "速度"), "key": ("key", "调"), "style": ("style", "风格"), "bars": ("bars", "小节数"),
    "emotion": ("emotion", "情绪"), "metre": ("metre", "拍号"), "chords": ("chords", "和弦"),
    "form": ("form", "曲式"), "parts": ("parts", "声部"), "groove": ("groove", "律动"),
    "feel": ("feel", "律感"), "seed": ("seed", "种子"), "intensity": ("intensity", "强度"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """One control moved, and what that does.

    Parameters
    ----------
    control : str
        A field of the brief.
    before, after : (str, str)
        Its values in English and Chinese; empty was open.
    changes : tuple of (English, Chinese)
        What differs, a line each.
    facts : dict
        The same as plain values.
    seconds : float
        How long composing took.
    reason : (str, str)
        Why it cannot be done; empty where it was.

    Examples
    --------
    >>> WhatIf(control="qpm", after=("90", "90")).tell()
    ['tempo = 90: nothing changes']
    """

    control: str
    before: tuple[str, str] = ("", "")
    after: tuple[str, str] = ("", "")
    changes: tuple[tuple[str, str], ...] = ()
    facts: Mapping[str, Any] | None = None
    seconds: float = 0.0
    reason: tuple[str, str] = ("", "")

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "control": self.control, "before": self.before[0], "after": self.after[0],
            "changes": [en for en, _ in self.changes], **(self.facts or {}),
            "seconds": round(self.seconds, 2), "reason": self.reason[0],
        }  # fmt: skip

    def tell(self, language: Language = "en") -> list[str]:
        """Return it in words."""

        def t(en: str, zh: str) -> str:
            return say(en, zh, language=language)

        names = _NAMES.get(self.control, (self.control, self.control))
        old = t(*self.before)
        was = t(f" (was {old})", f"(原为 {old})") if old else ""
        head = f"{t(*names)} = {t(*self.after)}{was}"
        if self.reason[0]:
            return [
                t(f"{head}: cannot be done: {self.reason[0]}", f"{head}:无法做到:{self.reason[1]}")
            ]
        if not self.changes:
            return [t(f"{head}: nothing changes", f"{head}:没有变化")]
        took = t(f" [{self.seconds:.0f} s]", f" [{self.seconds:.0f} 秒]")
        return [head + t(": ", ":") + t("; ", ";").join(t(*one) for one in self.changes) + took]


def read_what_ifs(texts: Sequence[str] | Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """Return the controls that are to be moved, with their values.

    Parameters
    ----------
    texts : sequence of str, or mapping
        ``["tempo=90", "key=G"]`` or ``{"qpm": 90}``; at most three.

    Returns
    -------
    tuple of (field, value)

    Raises
    ------
    ParameterError
        A text has no ``=``, there is no such control, or there are too many.

    Examples
    --------
    >>> read_what_ifs(["tempo=90", "key=G"])
    (('qpm', 90.0), ('key', 'G'))
    """
    if isinstance(texts, str):
        texts = [texts]
    pairs: list[tuple[str, Any]] = []
    if isinstance(texts, Mapping):
        pairs = list(texts.items())
    else:
        for text in texts:
            name, sign, value = text.replace("\uff1d", "=").partition("=")
            if not sign or not value.strip():
                raise ParameterError(
                    f"a what-if is CONTROL=VALUE, got {text!r}; for instance tempo=90",
                    zh=f"假设的形式为 控制=值,收到 {text!r};例如 tempo=90",
                )
            pairs.append((name.strip(), value.strip()))
    if len(pairs) > MAX_WHAT_IFS:
        raise ParameterError(
            f"at most {MAX_WHAT_IFS} what-ifs at once, got {len(pairs)}; each composes the piece again",
            zh=f"一次最多 {MAX_WHAT_IFS} 个假设,收到 {len(pairs)} 个;每个都要重新作曲",
        )
    found = [(_ALIASES.get(name, name), value) for name, value in pairs]
    check_keys(
        dict(found), (*BRIEF_KEYS, *_ALIASES), what="a what-if", what_zh="假设"
    )  # fmt: skip
    return tuple((name, _value(name, value)) for name, value in found)


def _value(name: str, value: Any) -> Any:
    """Return a value of the kind that a field holds."""
    if not isinstance(value, str):
        return value
    if name in _LISTS:
        return tuple(one.strip() for one in value.split(",") if one.strip())
    if name not in _NUMBERS | _WHOLE:
        return value
    try:
        return int(value) if name in _WHOLE else float(value)
    except ValueError as error:
        raise ParameterError(
            f"{name} must be a number, got {value!r}; for instance {name}={'8' if name in _WHOLE else '0.5'}",
            zh=f"{name} 必须是数,收到 {value!r}",
        ) from error


def explain_changes(
    piece: Piece,
    what_ifs: Sequence[tuple[str, Any]],
    *,
    bundle: Bundle | None,
    language: Language = "en",
    on_bar: Callable[[int, int], None] | None = None,
) -> tuple[WhatIf, ...]:
    """Return what each control would change, the others as they were.

    Parameters
    ----------
    piece : Piece
    what_ifs : sequence of (field, value)
        Of `read_what_ifs`.
    bundle : Bundle or None
    language : Language
        Of names in the pieces that are composed.
    on_bar : callable or None
        Called with (bars done, bars in all).

    Returns
    -------
    tuple of WhatIf

    Raises
    ------
    ParameterError
        The piece has no brief on record, or a value is not allowed.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.why.piece import open_piece
    >>> explain_changes(open_piece(make_score("C4:4")), [("qpm", 90)], bundle=None)
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: what-if needs the brief ...
    """
    if not what_ifs:
        return ()
    if piece.brief is None or not any(s.task == "compose" for s in _steps(piece)):
        raise ParameterError(
            "what-if needs the brief that the piece was composed from, and this one carries none; "
            "give a file or project that motet compose wrote",
            zh="假设需要作曲时的需求,而此曲没有;请给出 motet compose 写出的文件或工程",
        )
    brief = _first_brief(piece)
    briefs = [_changed(brief, name, value) for name, value in what_ifs]
    base = piece.score
    if not piece.is_whole_task:
        base = compose(brief, bundle=bundle, language=language, on_bar=on_bar).score
    found = []
    for (name, _), other in zip(what_ifs, briefs, strict=True):
        before, told = _field(brief, name), _field(other, name)
        begin = time.perf_counter()
        try:
            made = compose(other, bundle=bundle, language=language, on_bar=on_bar)
        except ConstraintError as error:
            why = (error.localised("en"), error.localised("zh"))
            found.append(WhatIf(control=name, before=before, after=told, reason=why))
            continue
        changes, facts = compare_pieces(base, made.score)
        took = time.perf_counter() - begin
        found.append(
            WhatIf(
                control=name, before=before, after=told, changes=changes, facts=facts, seconds=took
            )
        )
    return tuple(found)


def _steps(piece: Piece) -> tuple[Any, ...]:
    return piece.record.steps if piece.record is not None else ()


def _first_brief(piece: Piece) -> Brief:
    """Return the brief of the step that composed the piece."""
    if piece.made is not None and piece.made.task == "compose":
        return piece.made.brief
    step = next(one for one in _steps(piece) if one.task == "compose")
    return brief_from_dict(step.brief)


def _changed(brief: Brief, name: str, value: Any) -> Brief:
    """Return the brief with one field changed, checked."""
    plain = dict(brief.to_dict())
    if name == "emotion":
        plain.pop("emotion_curve", None)
    if name == "bars":
        plain.pop("form", None)
    if name == "form":
        plain.pop("bars", None)
    return brief_from_dict({**plain, name: value})


def _field(brief: Brief, name: str) -> tuple[str, str]:
    """Return the value of a field in words, in English and Chinese."""
    if name == "emotion" and brief.emotion is not None:
        return tell_emotion(brief.emotion)
    told = _told(brief.to_dict().get(name))
    return told, told


def _told(value: Any) -> str:
    """Return the value of a field as text."""
    if value in (None, "", (), []):
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return ", ".join(
            str(one.get("instrument", one.get("name", "")))
            if isinstance(one, Mapping)
            else _told(one)
            for one in value
        )
    return str(value)
