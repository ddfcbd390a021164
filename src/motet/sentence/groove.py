"""Grooves: beats that have a name ("one drop", 四踩), and the arranger's grooves by their own names.

Conventions: a beat is a text of groove names with commas (``data/grooves.toml``), the usual one first. A
groove is set only where the style has it; else it is told what style would. Empty is a beat that nobody plays.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from motet.arranger import list_styles
from motet.brief import style_title
from motet.sentence.said import Said
from motet.sentence.settle import Settled, style_facts
from motet.sentence.text import Sentence

__all__ = ["PLAYED_AS", "read_groove_names", "settle_groove", "weigh_beats"]

PLAYED_AS = {
    "jazz": "swing", "tin-pan-alley": "swing", "electronic": "house", "metal": "rock", "game-rock": "rock",
    "drum-rock": "rock", "drum-funk": "funk", "drum-jazz": "swing", "drum-latin": "salsa",
    "drum-hiphop": "hiphop", "irish": "reel", "keyboard": "classical", "chamber": "classical",
    "string-quartet": "classical", "guitar": "folk", "game": "chiptune",
}  # fmt: skip
"""Styles without grooves of their own, and whose they borrow."""
_BEAT = r"(?:grooves?|beats?|rhythms?|patterns?|feel|律动型?|节奏型?|节拍|groove|beat)"
_KICK = (
    r"四四拍(?:的)?(?:底鼓|大鼓|地鼓|kick)|(?:底鼓|kick)(?:打|踩|是|走)?四四拍"
    r"|每拍(?:都|一个|都有|都踩|踩|打)?(?:底鼓|地鼓|kick)"
)
_FLOOR = "house-deep, disco-octaves, rock-four-floor, synthwave-drive, reggae-steppers"


@lru_cache(maxsize=1)
def _homes() -> dict[str, str]:
    """Return grooves to the styles that have them."""
    return {groove.name: style.name for style in list_styles() for groove in style.grooves}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Return what a groove may be called, in small letters, to its name."""
    found: dict[str, str] = {}
    for style in list_styles():
        for groove in style.grooves:
            for name in (groove.name, groove.title, groove.title_zh):
                found.setdefault(name.lower(), groove.name)
    return found


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    """Return the pattern of grooves called by name: written with a hyphen, or beside "groove"."""
    names = sorted(_names(), key=len, reverse=True)
    spelled = "|".join(re.escape(one) for one in names)
    hyphened = "|".join(re.escape(one) for one in names if re.fullmatch(r"[a-z]+(?:-[a-z]+)+", one))
    return re.compile(
        rf"(?<![a-z])(?:groove|律动型?|节奏型)\s*(?:[:=]|是|为|用|of)?\s*[\"']?({spelled})[\"']?(?![a-z])"
        rf"|(?<![a-z])[\"']?({spelled})[\"']?[ -]?(?:的)?{_BEAT}(?![a-z])"
        rf"|(?<![a-z-])({hyphened})(?![a-z-])"
    )


def read_groove_names(sentence: Sentence) -> list[Said]:
    """Return the arranger's grooves that a sentence calls by name, claimed.

    Parameters
    ----------
    sentence : Sentence
        Before its metre is read: 四四拍底鼓 is a beat.

    Returns
    -------
    list of Said
        Field ``beat``.

    Examples
    --------
    >>> [one.value for one in read_groove_names(Sentence("a driving eighths groove, 轻柔波萨律动"))]
    ['rock-eighths', 'bossa-light']
    """
    found = []
    for match in sentence.find(_KICK):
        found.append(Said("beat", _FLOOR, *match.span()))
        sentence.claim(*match.span())
    for match in sentence.find(_named().pattern):
        name = _names()[match[1] or match[2] or match[3]]
        found.append(Said("beat", name, *match.span()))
        sentence.claim(*match.span())
    return found


def weigh_beats(words: list[Said]) -> list[Said]:
    """Return what was said with the styles that its beats tell: none where another style is named.

    Parameters
    ----------
    words : list of Said

    Returns
    -------
    list of Said

    Examples
    --------
    >>> words = [Said("style", "house", 0, 17), Said("beat", "house-deep", 0, 17), Said("style", "rock", 18, 22)]
    >>> [one.value for one in weigh_beats(words) if one.field == "style"]
    ['rock']
    >>> weigh_beats([Said("beat", "reggae-one-drop", 0, 8)])[-1].value
    'reggae'
    """
    beats = {(one.start, one.end): one for one in words if one.field == "beat" and one.value}
    styles = [one for one in words if one.field == "style" and one.polarity not in ("no", "less")]
    if any((one.start, one.end) not in beats for one in styles):
        return [one for one in words if one.field != "style" or (one.start, one.end) not in beats]
    told = {(one.start, one.end) for one in styles}
    homes = _homes()
    return words + [
        Said("style", homes[one.value.split(",")[0]], *span, one.how, 0.8, one.polarity)
        for span, one in beats.items()
        if span not in told and one.polarity not in ("no", "less")
    ]


def settle_groove(out: Settled, words: list[Said]) -> list[str]:
    """Settle the groove: one that the style has; where it has none such, that is told.

    Parameters
    ----------
    out : Settled
        Its style is settled.
    words : list of Said

    Returns
    -------
    list of str
        The user's words that a brief cannot say.

    Examples
    --------
    >>> out = Settled(Sentence("rock, four on the floor"), fields={"style": "rock"})
    >>> settle_groove(out, [Said("beat", "house-deep, rock-four-floor", 6, 23)]), out.fields["groove"]
    ([], 'rock-four-floor')
    """
    beats = [one for one in words if one.field == "beat"]
    unused = [out.words(one) for one in beats if one.polarity in ("no", "less") or not one.value]
    wanted = [one for one in beats if one.polarity not in ("no", "less") and one.value]
    if not wanted:
        return unused
    homes, style = _homes(), str(out.fields.get("style", ""))
    own = PLAYED_AS.get(style, style)
    taken: Said | None = None
    for one in sorted(wanted, key=lambda one: one.start):
        names = [name.strip() for name in one.value.split(",")]
        fitting = [name for name in names if homes[name] == own] if own else names[:1]
        if fitting:
            if taken is not None and out.fields.get("groove") != fitting[0]:
                out.clash(one, taken)
            out.put("groove", fitting[0], replace(one, value=fitting[0]))
            taken = one
        else:
            _tell_missing(out, one, homes[names[0]], style)
    return unused


def _tell_missing(out: Settled, one: Said, home: str, style: str) -> None:
    """Tell of a beat that the style has not."""
    told = out.words(one)
    en, zh = style_title(style), style_title(style, language="zh")
    home_en, home_zh = style_title(home), style_title(home, language="zh")
    facts = style_facts(PLAYED_AS.get(style, style))
    has = facts.grooves[:3] if facts is not None else ()
    names = "; ".join(one.title for one in has)
    names_zh = ";".join(one.title_zh for one in has)
    out.clashes.append(
        (
            f"“{told}” is a groove of {home_en}; {en} has none such, so it was left out"
            + (f" ({en} has: {names})" if names else ""),
            f"“{told}”是{home_zh}的律动,{zh}没有;未予采用"
            + (f"({zh}有:{names_zh})" if names else ""),
        )
    )
