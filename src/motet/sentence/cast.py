"""Who plays: instruments, ensembles, roles, how busy they are, and what must not be there.

Conventions: a part is a table of `motet.brief.PartBrief`; words beside an instrument (within its comma)
say its role, density, range and articulation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from motet.errors import ParameterError
from motet.sentence.number import NUMBER, read_number
from motet.sentence.said import Said
from motet.sentence.text import Sentence
from motet.theory.instrument import find_instrument
from motet.theory.pitch import parse_pitch

__all__ = ["Cast", "read_cast"]

_GENERIC = {"drums": "drums", "room_kit": "drums", "electric_bass": "bass", "choir": "voice"}
_SELF_SUPPORTING = ("keys", "guitar", "plucked", "mallets")
_SELF_SUPPORTING_TOO = ("guzheng", "guqin", "pipa", "yangqin", "ruan")
_COUNT = re.compile(rf"({NUMBER})\s*(?:solo |把|支|个|台|架|只|名|位|根|张)?$")
_SOLO_AFTER = re.compile(
    r"\s*(?:solo|alone|by itself|unaccompanied|only|独奏|独自|一个人|一件乐器)"
)
_SOLO_BEFORE = re.compile(
    r"(?<![a-z])(?:solo|unaccompanied|just|only|nothing but)(?: an?| the)? $|(?:独奏|只有|只要|只用|仅用|就用"
    r"|一个人弹|仅)(?:一[把支架台])?$"
)
_RANGE = re.compile(
    r"(above|over|below|under|between|from|not above|not below|no higher than|no lower than|up to"
    r"|高于|低于|不超过|不高于|不低于)\s+"
    r"([a-g](?:#|b)?-?\d)(?:\s*(?:and|to|-|到)\s*([a-g](?:#|b)?-?\d))?"
    r"|([a-g](?:#|b)?\d)\s*(以上|以下|到|至|-|to)\s*([a-g](?:#|b)?\d)?"
)
_ZH_RANGE = re.compile(r"(?:高于|低于|不超过|不高于|不低于|在)\s*([a-g](?:#|b)?\d)(以上|以下)?")


@dataclass(frozen=True, slots=True)
class Cast:
    """What a sentence says about who plays.

    Parameters
    ----------
    parts : tuple of dict
        Tables of `motet.brief.PartBrief`, as named.
    avoid : tuple of str
    told : tuple of Said
        Where it was said.
    is_closed : bool
        Whether nobody else may play.
    is_solo : bool
    is_unplugged : bool
        Whether nothing that needs a plug may play.
    """

    parts: tuple[dict[str, Any], ...] = ()
    avoid: tuple[str, ...] = ()
    told: tuple[Said, ...] = field(default=())
    is_closed: bool = False
    is_solo: bool = False
    is_unplugged: bool = False


def read_cast(sentence: Sentence, said: list[Said]) -> Cast:
    """Return who plays.

    Parameters
    ----------
    sentence : Sentence
    said : list of Said
        Fields instrument, parts, role, density, polyphony, articulation, trait, avoid_only.

    Returns
    -------
    Cast

    Examples
    --------
    >>> cast = read_cast(Sentence("piano, no drums"), [Said("instrument", "piano", 0, 5),
    ...                  Said("instrument", "drums", 10, 15, polarity="no")])
    >>> cast.parts, cast.avoid
    (({'instrument': 'piano'},), ('drums',))
    """
    players = [one for one in said if one.field in ("instrument", "parts")]
    avoid: list[str] = []
    rows: list[tuple[Said, dict[str, Any]]] = []
    told: list[Said] = []
    for k, one in enumerate(players):
        told.append(one)
        if one.polarity == "no":
            names = [one.value] if one.field == "instrument" else [
                part.partition(":")[0].strip() for part in one.value.split(",")
            ]  # fmt: skip
            avoid += [_GENERIC.get(name, name) for name in names]
            continue
        if one.field == "parts":
            wishes = [part.split(":") for part in one.value.split(",")]
            rows += [
                (one, {"instrument": name.strip(), "role": role.strip()}) for name, role in wishes
            ]
            continue
        for _ in range(_count(sentence, one)):
            rows.append((one, {"instrument": one.value}))
        _describe(sentence, said, players, k, rows)
    for one in said:
        if one.polarity == "no" and one.field in ("avoid_only", "trait"):
            avoid.append(one.value)
            told.append(one)
    is_alone = _leave_alone(said, rows, avoid, told)
    for one in said:
        if one.field == "unplugged" and one.polarity in ("yes", "very"):
            avoid += [name for name in one.value.split(",") if name not in _asked(rows)]
            told.append(replace(one, polarity="no"))
    rows = [(one, row) for one, row in rows if one.field != "parts" or not _is_refused(row, avoid)]
    rows = _without_general_voice(_without_families(sentence, rows))
    parts = tuple(row for _, row in _merged(rows))
    roles = [one for one in said if one.field == "role" and one.polarity == "no"]
    avoid += [one.value for one in roles if one.value in ("bass", "drums", "pad", "counter")]
    is_solo = len(parts) == 1 and _is_solo(sentence, next(one for one, _ in rows))
    is_closed = (
        is_solo
        or is_alone
        or re.search(
            r"(?<![a-z])(?:only|just|nothing (?:else|but|except)|no other|alone|solo)(?![a-z])|只有|只要"
            r"|只用|仅"
            r"|(?:别的|其他|其它|其余|什么|啥)(?:乐器|声音|东西|音色)?(?:都|也)?(?:不要|不用|不需要|没有"
            r"|别)|独奏",
            sentence.low,
        )
        is not None
    )
    is_unplugged = any(one.field == "unplugged" for one in told)
    return Cast(parts, tuple(dict.fromkeys(avoid)), tuple(told), is_closed, is_solo, is_unplugged)


def _leave_alone(
    said: list[Said], rows: list[tuple[Said, dict[str, Any]]], avoid: list[str], told: list[Said]
) -> bool:
    """Add who sings a cappella and what then must not play; whether nobody else may."""
    is_alone = False
    for one in said:
        if one.field not in ("voices_only", "unaccompanied") or one.polarity in ("no", "less"):
            continue
        found = [find_instrument(row["instrument"]) for _, row in rows]
        if one.field == "voices_only" and not found:
            for part in one.value.split(","):
                name, _, role = part.partition(":")
                rows.append((one, {"instrument": name.strip(), "role": role.strip()}))
        elif one.field == "voices_only" and any(player.family != "voice" for player in found):
            continue
        is_alone = True
        if any(player.is_drums for player in found):
            continue
        avoid.append("drums")
        if not any(
            player.family in _SELF_SUPPORTING or player.identifier in _SELF_SUPPORTING_TOO
            for player in found
        ):
            avoid.append("comping")
        told.append(replace(one, value=("drums", "comping"), polarity="no"))
    return is_alone


def _without_families(
    sentence: Sentence, rows: list[tuple[Said, dict[str, Any]]]
) -> list[tuple[Said, dict[str, Any]]]:
    """Return the rows without a section whose players are named right after ("brass: horn and tuba")."""
    out = []
    for k, (one, row) in enumerate(rows):
        others = [other for other, _ in rows[k + 1 : k + 2] if other.start > one.end]
        gap = sentence.low[one.end : others[0].start] if others else ""
        is_named = re.fullmatch(r"\s*(?:就|只|要)?(?:用|选)\s*|\s*[:(]\s*", gap) is not None
        if row["instrument"] not in ("brass", "strings", "choir") or not is_named:
            out.append((one, row))
    return out


def _without_general_voice(
    rows: list[tuple[Said, dict[str, Any]]],
) -> list[tuple[Said, dict[str, Any]]]:
    """Return the rows without a choir that only sums up voices named one by one (人声,四部合唱)."""
    voices = [
        row["instrument"]
        for _, row in rows
        if row["instrument"] in ("soprano", "alto", "tenor", "baritone", "bass_voice")
    ]
    if len(set(voices)) < 3:
        return rows
    return [(one, row) for one, row in rows if row["instrument"] != "choir"]


def _asked(rows: list[tuple[Said, dict[str, Any]]]) -> set[str]:
    return {row["instrument"] for _, row in rows}


def _is_refused(row: dict[str, Any], avoid: list[str]) -> bool:
    """Whether a player of an ensemble was refused ("jazz trio minus the drums")."""
    found = find_instrument(row["instrument"])
    return row["instrument"] in avoid or (
        found.family in avoid and found.family in ("drums", "bass", "voice")
    )


def _count(sentence: Sentence, one: Said) -> int:
    """Return how many of an instrument are asked for."""
    before = sentence.low[max(0, one.start - 16) : one.start]
    match = _COUNT.search(before)
    if match is None:
        return 1
    number = read_number(match[1])
    inside = before[: match.start()].rstrip()
    if inside.endswith(("/", ":")) or not 1 <= number <= 6 or number != int(number):
        return 1
    first = one.start - len(before) + match.start()
    sentence.claim(first, one.start)
    return int(number)


def _is_solo(sentence: Sentence, one: Said) -> bool:
    before, after = (
        sentence.low[max(0, one.start - 20) : one.start],
        sentence.low[one.end : one.end + 20],
    )
    return bool(_SOLO_BEFORE.search(before) or _SOLO_AFTER.match(after)) or "solo" in sentence.low[
        one.start : one.end
    ] or "独奏" in sentence.low[one.start : one.end]  # fmt: skip


def _describe(
    sentence: Sentence,
    said: list[Said],
    players: list[Said],
    k: int,
    rows: list[tuple[Said, dict[str, Any]]],
) -> None:
    """Add what the words beside an instrument say of it."""
    one = players[k]
    text = sentence.low
    low = max(
        [players[k - 1].end if k else 0, *(text.rfind(sign, 0, one.start) + 1 for sign in ",.;!?:")]
    )
    high = players[k + 1].start if k + 1 < len(players) else len(text)
    ends = [place for sign in ",.;!?" if (place := text.find(sign, one.end)) >= 0]
    high = min([high, *ends])
    row = rows[-1][1]
    is_zh = any("\u4e00" <= letter <= "\u9fff" for letter in text[one.start : one.end])
    for other in said:
        is_near = (other.end <= one.start and other.start >= low) or (
            other.start >= one.end and other.end <= high
        )
        if not is_near or other.polarity == "no":
            continue
        if other.field == "role" and (other.start >= one.end or (is_zh and other.start >= low)):
            found = find_instrument(one.value)
            if not found.is_drums and not (other.value == "bass" and found.family == "bass"):
                row.setdefault("role", other.value)
        elif other.field == "density" and other.end <= one.start:
            row.setdefault("density", other.value)
        elif other.field == "polyphony":
            row.setdefault("polyphony", other.value)
        elif other.field == "articulation" and other.end <= one.start and len(players) > 1:
            is_bowed = find_instrument(one.value).family == "strings"
            if other.value != "pizzicato" or is_bowed:
                row.setdefault("articulation", other.value)
    if (
        re.match(r"\s*(?:melody|lead|主奏|旋律|solo line)", text[one.end :])
        and one.value != "drums"
    ):
        row.setdefault("role", "melody")
    row.update(_range(text[one.end : high + 24] if one.end < high else ""))


def _range(text: str) -> dict[str, str]:
    """Return lowest and highest pitch that words after an instrument name."""
    match = _RANGE.search(text)
    if match is None:
        return {}
    pitches = [_pitch(one) for one in (match[2], match[3], match[4], match[6])]
    word = match[1] or match[5]
    first, second = (pitches[0], pitches[1]) if match[1] else (pitches[2], pitches[3])
    if not first:
        return {}
    if second:
        return {"low": first, "high": second}
    if word in ("above", "over", "from", "not below", "no lower than", "以上", "高于", "不低于"):
        return {"low": first}
    return {"high": first}


def _pitch(text: str | None) -> str:
    if not text:
        return ""
    name = text[0].upper() + text[1:]
    try:
        parse_pitch(name)
    except ParameterError:
        return ""
    return name


def _merged(rows: list[tuple[Said, dict[str, Any]]]) -> list[tuple[Said, dict[str, Any]]]:
    """Return the rows without an instrument that is merely spoken of twice."""
    out: list[tuple[Said, dict[str, Any]]] = []
    for told, row in rows:
        same = [k for k, (other, old) in enumerate(out)
                if old["instrument"] == row["instrument"] and other is not told]  # fmt: skip
        if same:
            old = out[same[0]][1]
            if (
                "role" not in row
                or "role" not in old
                or row["role"] == old["role"]
                or told.field == "instrument"
            ):
                out[same[0]] = (out[same[0]][0], {**row, **old})
                continue
        out.append((told, row))
    return out[:16]
