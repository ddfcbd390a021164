"""How fields of a brief and their values are shown to people, in both languages.

Conventions: values are those of `motet.sentence.Found`.
"""

from __future__ import annotations

from typing import Any

from motet.brief import (
    articulation_title,
    avoid_title,
    feel_title,
    role_title,
    style_title,
    tell_curve,
    tell_emotion,
)
from motet.errors import MotetError
from motet.language import Language, say
from motet.theory.instrument import find_instrument
from motet.theory.scale import parse_key

__all__ = ["field_title", "value_text"]

_TITLES = {
    "title": ("title", "标题"), "style": ("style", "风格"), "emotion": ("emotion", "情绪"),
    "emotion_curve": ("emotion, by bar", "情绪(按小节)"), "qpm": ("tempo", "速度"),
    "metre": ("metre", "拍号"), "key": ("key", "调"), "form": ("form", "曲式"), "bars": ("bars", "小节数"),
    "chords": ("chords", "和弦"), "parts": ("parts", "声部"), "groove": ("groove", "律动型"),
    "feel": ("feel", "律动感"), "articulation": ("articulation", "奏法"), "avoid": ("avoided", "避免"),
    "references": ("reference", "参考"), "surprise": ("surprise", "和声新奇度"),
    "harmony": ("harmony", "和声严格度"), "repeats": ("repeats", "再现方式"),
    "intensity": ("fullness", "丰满程度"), "humanise": ("human timing", "人性化"),
    "swing": ("swing", "摇摆程度"), "seed": ("seed", "种子"),
    "candidates": ("candidates", "候选数"),
}  # fmt: skip


def field_title(field: str, *, language: Language = "en") -> str:
    """Return how a field is shown.

    Parameters
    ----------
    field : str
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> field_title("qpm"), field_title("qpm", language="zh")
    ('tempo', '速度')
    """
    en, zh = _TITLES.get(field, (field, field))
    return say(en, zh, language=language)


def value_text(field: str, value: Any, *, language: Language = "en") -> str:
    """Return how a value is shown.

    Parameters
    ----------
    field : str
    value : object
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> value_text("emotion", (-0.7, -0.4)), value_text("key", "A minor", language="zh")
    ('sad (-0.7, -0.4)', 'A小调')
    >>> value_text("parts", {"instrument": "flute", "role": "melody"})
    'Flute (melody)'
    """
    k = 1 if language == "zh" else 0
    if field == "style":
        return style_title(str(value), language=language)
    if field == "emotion":
        return f"{tell_emotion(tuple(value))[k]} ({value[0]:g}, {value[1]:g})"
    if field == "emotion_curve":
        return tell_curve(tuple(tuple(one) for one in value))[k]
    if field == "key":
        return parse_key(str(value)).name(language=language)
    if field == "feel":
        return feel_title(str(value))[k]
    if field == "articulation":
        return articulation_title(str(value))[k]
    if field == "avoid":
        return avoid_title(str(value))[k]
    if field == "qpm":
        return f"{value:g}"
    if field == "parts":
        return _part_text(value, language)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _part_text(part: dict[str, Any], language: Language) -> str:
    """Return one part with what is asked of it."""
    names = [
        find_instrument(name).name_in(language=language) for name in [part["instrument"]] if name
    ]
    told = [role_title(part["role"], language=language)] if part.get("role") else []
    if part.get("low") or part.get("high"):
        told.append(f"{part.get('low', '')}-{part.get('high', '')}")
    if part.get("density"):
        dense = {"sparse": ("sparse", "稀疏"), "dense": ("dense", "密集")}.get(
            str(part["density"]), ("", "")
        )
        told.append(say(*dense, language=language))
    if part.get("articulation"):
        try:
            told.append(articulation_title(part["articulation"])[1 if language == "zh" else 0])
        except MotetError:
            told.append(str(part["articulation"]))
    more = ", ".join(one for one in told if one)
    return f"{names[0]} ({more})" if more else names[0]
