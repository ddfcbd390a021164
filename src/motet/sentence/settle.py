"""From what was said to one brief: which of several words holds, contradictions, and what is assumed.

Conventions: the exact wins over the vague, then the later over the earlier; every such choice is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from motet.arranger import Style, find_style, list_styles
from motet.sentence.said import Said, last_wins
from motet.sentence.text import Sentence
from motet.theory.scale import parse_key

__all__ = ["Settled", "settle_key", "settle_metre", "settle_tempo", "style_facts"]

_TONICS = {
    "major": "C", "minor": "A", "dorian": "D", "phrygian": "E", "lydian": "F", "mixolydian": "G",
    "locrian": "B", "aeolian": "A",
}  # fmt: skip
_WALTZES = {"waltz": "3/4", "folk-waltz": "3/4", "jazz-waltz": "3/4"}
_THREES = {"waltz", "folk-waltz", "jazz-waltz", "mazurka", "polonaise"}
_PACES = {
    -3.0: 46.0,
    -2.0: 54.0,
    -1.0: 70.0,
    -0.5: 82.0,
    0.6: 124.0,
    1.0: 144.0,
    2.0: 164.0,
    3.0: 180.0,
}
_CHANGE = re.compile(
    r"(?<![a-z])(?:then|speed(?:s|ing)? up|slow(?:s|ing)? (?:down|to)|accelerat\w*|accel|rit|up to"
    r"|down to|ends? (?:at|on)"
    r"|ris(?:es|ing) to|ramp\w*|drops? to|to(?= \d))(?![a-z])|渐快|渐慢|加速|减速|变成|变到|转到|转为"
    r"|提到|降到|然后|再到|快到|慢到|到(?=\d)|[-=]+>"
)
_ONE_TEMPO = (
    "the tempo stays as it begins: a brief has one tempo",
    "速度保持开头的:需求只有一个速度",
)


@dataclass(slots=True)
class Settled:
    """The brief in the making.

    Parameters
    ----------
    sentence : Sentence
    fields : dict
        Of the brief, as said.
    sources : list of (str, object, Said)
        Field, value, and the words behind it.
    assumed, clashes : list of (str, str)
    extra : dict
        Fields that are assumed.
    """

    sentence: Sentence
    fields: dict[str, Any] = field(default_factory=dict)
    sources: list[tuple[str, Any, Said]] = field(default_factory=list)
    assumed: list[tuple[str, str]] = field(default_factory=list)
    clashes: list[tuple[str, str]] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)

    def put(self, name: str, value: Any, source: Said) -> None:
        """Set a field."""
        self.fields[name] = value
        self.sources.append((name, value, source))

    def words(self, said: Said) -> str:
        """Return the user's words."""
        return self.sentence.words(said.start, said.end)

    def clash(self, taken: Said, left: Said, value: str = "") -> None:
        """Tell of two that contradict each other."""
        new, old = self.words(taken), self.words(left)
        more, more_zh = (f" ({value})", f"({value})") if value else ("", "")
        self.clashes.append(
            (
                f"“{old}” and “{new}” contradict each other; “{new}”{more} was taken",
                f"“{old}”与“{new}”相矛盾;采用了“{new}”{more_zh}",
            )
        )

    def assume(self, name: str, value: Any, en: str, zh: str) -> None:
        """Set what was not said but is needed to write."""
        if name not in self.fields and name not in self.extra:
            self.extra[name] = value
            self.assumed.append((en, zh))


def style_facts(name: str) -> Style | None:
    """Return the arranger's style of a name, or None where it has none.

    Parameters
    ----------
    name : str

    Returns
    -------
    Style or None

    Examples
    --------
    >>> style_facts("bossa").metre, style_facts("opera")
    ('4/4', None)
    """
    return find_style(name) if name in {one.name for one in list_styles()} else None


def settle_metre(out: Settled, said: list[Said]) -> None:
    """Settle the metre, with changes; a waltz is in three.

    Parameters
    ----------
    out : Settled
        Its style is settled.
    said : list of Said

    Examples
    --------
    >>> out = Settled(Sentence("4/4"))
    >>> settle_metre(out, [Said("metre", "4/4", 0, 3), Said("metre_change", (9, "3/4"), 0, 3)])
    >>> out.fields["metre"]
    '4/4, 9: 3/4'
    """
    own, others = last_wins(said, "metre")
    changes = sorted(
        (one for one in said if one.field == "metre_change"), key=lambda one: one.value[0]
    )
    style = out.fields.get("style", "")
    if own is None:
        words = next((one for name, _, one in out.sources if name == "style"), None)
        if words is not None and style in _WALTZES and not changes:
            out.put("metre", _WALTZES[style], words)
        if changes:
            first = style_facts(style)
            text = first.metre if first is not None else "4/4"
            own = Said("metre", text, changes[0].start, changes[0].end)
        else:
            return
    for one in others:
        out.clash(own, one)
    text = own.value
    for one in changes:
        text += f", {one.value[0]}: {one.value[1]}"
    out.put("metre", text, own)
    if style in _THREES and own.value.split("/")[0] not in ("3", "6", "9", "12"):
        words = next(one for name, _, one in out.sources if name == "style")
        out.clash(own, words)


def settle_key(out: Settled, said: list[Said], corrections: Sequence[int] = ()) -> None:
    """Settle the key; a mode alone takes a usual tonic.

    Parameters
    ----------
    out : Settled
        Its style is settled.
    said : list of Said
    corrections : sequence of int
        Where the sentence corrects itself.

    Examples
    --------
    >>> out = Settled(Sentence("in a minor key"))
    >>> settle_key(out, [Said("mode", "minor", 5, 14)])
    >>> out.fields["key"]
    'A minor'
    """
    own, others = last_wins(said, "key")
    mode, other_modes = last_wins([one for one in said if one.polarity != "no"], "mode")
    if own is not None:
        for one in others:
            out.clash(own, one)
        has_mode = (
            re.search(r"maj|min|大调|小调|dur|moll", out.words(own).lower()) or " " in own.value
        )
        is_later = mode is not None and any(own.start < place < mode.start for place in corrections)
        if mode is not None and (not has_mode or is_later):
            tonic = parse_key(own.value).tonic
            value = tonic if mode.value == "major" else f"{tonic} {mode.value}"
            out.put("key", value, own if own.start > mode.start else mode)
            if has_mode and value != own.value:
                out.clash(mode, own)
            return
        out.put("key", own.value, own)
        is_minor = parse_key(own.value).is_minor
        if (
            mode is not None
            and mode.value in ("major", "minor")
            and (mode.value == "minor") != is_minor
        ):
            out.clash(own, mode)
        return
    if mode is None:
        return
    for one in other_modes:
        out.clash(mode, one)
    style = style_facts(out.fields.get("style", ""))
    usual = [
        key
        for key in (style.keys if style is not None else ())
        if parse_key(key).mode == mode.value
    ]
    tonic = _TONICS.get(mode.value, "A" if "minor" in mode.value or "blues" in mode.value else "C")
    key = usual[0] if usual else tonic if mode.value == "major" else f"{tonic} {mode.value}"
    out.put("key", key, mode)
    name, name_zh = parse_key(key).name(), parse_key(key).name(language="zh")
    out.assumed.append((f"the key is {name}: only the mode was said", f"调取{name_zh}:只说了调式"))


def settle_tempo(out: Settled, said: list[Said]) -> None:
    """Settle the tempo: a number, else a term, else slow or fast for the style.

    Parameters
    ----------
    out : Settled
        Its style is settled.
    said : list of Said

    Examples
    --------
    >>> out = Settled(Sentence("adagio at 120"))
    >>> settle_tempo(out, [Said("term", 66, 0, 6), Said("qpm", 120.0, 7, 13)])
    >>> out.fields["qpm"], len(out.clashes)
    (120.0, 1)
    """
    number, others = last_wins(said, "qpm")
    terms = [one for one in said if one.field == "term" and one.polarity not in ("no", "less")]
    paces = [one for one in said if one.field == "pace"]
    if number is not None:
        numbers = sorted((one for one in said if one.field == "qpm"), key=lambda one: one.start)
        if others and _CHANGE.search(out.sentence.low[numbers[0].end : numbers[-1].start + 12]):
            number, others = numbers[0], []
            out.assumed.append(_ONE_TEMPO)
        for one in others:
            out.clash(number, one)
        for one in terms:
            if not 0.68 <= number.value / one.value <= 1.5:
                out.clash(number, one)
        for one in paces:
            if one.polarity in ("no", "less"):
                continue
            is_wrong = (
                number.value > 132
                if one.value <= -1
                else number.value < 84
                if one.value >= 1
                else False
            )
            is_wrong = (
                is_wrong
                or (one.value <= -2 and number.value > 96)
                or (one.value >= 2 and number.value < 108)
            )
            if is_wrong:
                out.clash(number, one)
        out.put("qpm", number.value, number)
        return
    if terms:
        out.put("qpm", float(terms[-1].value), terms[-1])
        slow = [one for one in paces if one.polarity == "yes" and abs(one.value) >= 1]
        for one in slow:
            if (one.value < 0 and terms[-1].value > 116) or (
                one.value > 0 and terms[-1].value < 84
            ):
                out.clash(terms[-1], one)
        return
    if paces:
        wanted = [one for one in paces if one.polarity not in ("no", "less")] or paces
        own = wanted[-1]
        if _tells_change(out, wanted):
            own = wanted[0]
            out.assumed.append(_ONE_TEMPO)
        elif own.polarity not in ("no", "less") and any(
            (one.value < 0) != (own.value < 0) and one.polarity == own.polarity for one in wanted
        ):
            out.clash(own, next(one for one in wanted if (one.value < 0) != (own.value < 0)))
        elif own.polarity in ("no", "less") and len({one.value < 0 for one in wanted}) > 1:
            out.put("qpm", 104.0, own)  # neither slow nor fast
            return
        out.put("qpm", _paced(own, style_facts(out.fields.get("style", ""))), own)


def _tells_change(out: Settled, paces: list[Said]) -> bool:
    """Whether slow and fast follow one another, rather than contradict each other."""
    if len(paces) < 2 or (paces[0].value < 0) == (paces[-1].value < 0):
        return False
    between = out.sentence.low[paces[0].end : paces[-1].start]
    return (
        re.search(
            r"后|到|转|再|(?<![a-z])(?:then|to|ends?|gets?|becom\w*|towards?)(?![a-z])", between
        )
        is not None
    )


def _paced(one: Said, style: Style | None) -> float:
    """Return the tempo of slow or fast, for a style where there is one."""
    low, usual, high = (float(x) for x in style.qpm) if style is not None else (70.0, 104.0, 144.0)
    if one.polarity in ("no", "less"):
        if one.value > 0:
            return round(usual if style is not None and usual <= 108 else min(usual * 0.85, 92.0))
        return round(usual if style is not None and usual >= 100 else 108.0)
    if one.value <= -2:
        return round(min(low * 0.9, _PACES[-3.0 if one.value == -3 else -2.0]))
    if one.value == -1:
        is_quick = low > 120
        return round(84.0 if is_quick else min(low, 76.0))
    if one.value == -0.5:
        return round(min((low + usual) / 2, 92.0))
    if one.value == 0.6:
        return round(min(max((usual + high) / 2, 112.0), 200.0)) if high >= 108 else high
    top = _PACES[float(one.value)]
    if style is not None and high < 108:
        return round(high * (1.0 if one.value < 2 else 1.1))
    return round(max(high, top) if one.value < 3 else max(high * 1.05, top))
