"""The two languages of every text that a user sees: English and Chinese.

Conventions: a text is written once, in both languages, at the place that says it:
``say("bar {n}", "第 {n} 小节")``. No catalogue, so neither language can go missing.

Offers `Language`, `say`, `choose_language`.
"""

from __future__ import annotations

from typing import Literal

__all__ = ["LANGUAGES", "Language", "choose_language", "say"]

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def choose_language(wish: str | None) -> Language:
    """Return the language that a wish or a locale name stands for; English when unknown.

    Parameters
    ----------
    wish : str or None
        ``"zh"``, ``"zh_CN.UTF-8"``, ``"en"``, or nothing.

    Returns
    -------
    Language
        ``"zh"`` for every kind of Chinese locale, else ``"en"``.

    Examples
    --------
    >>> choose_language("zh_CN.UTF-8"), choose_language("C"), choose_language(None)
    ('zh', 'en', 'en')
    """
    return "zh" if wish and wish.lower().startswith("zh") else "en"


def say(en: str, zh: str, *, language: Language = "en") -> str:
    """Return the text in the language asked for.

    Parameters
    ----------
    en, zh : str
        The same text in English and in Chinese.
    language : Language
        Which one to return.

    Returns
    -------
    str
        One of the two, unchanged.

    Examples
    --------
    >>> say("bar", "小节", language="zh")
    '小节'
    """
    return zh if language == "zh" else en
