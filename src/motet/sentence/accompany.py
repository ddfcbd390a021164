"""The parts of a brief: as the sentence names them, and who plays besides where it leaves that open.

Conventions: `Settled.fields` gets the parts that were named; `Settled.extra` those with accompaniment.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from motet.brief import PartBrief, usual_role
from motet.errors import MotetError
from motet.sentence.cast import Cast
from motet.sentence.said import Said
from motet.sentence.settle import Settled, style_facts
from motet.theory.instrument import find_instrument

__all__ = ["add_parts"]

_JAZZ = {"jazz", "swing", "bossa", "jazz-waltz", "jazz-ballad", "tin-pan-alley", "ragtime"}
_CHURCH = {
    "baroque",
    "hymn",
    "sacred-choral",
    "choral",
    "classical",
    "organ",
    "renaissance",
    "orchestral",
}
_GUITARS = {
    "jazz": "jazz_guitar", "swing": "jazz_guitar", "jazz-waltz": "jazz_guitar", "jazz-ballad": "jazz_guitar",
    "bossa": "nylon_guitar", "rock": "overdriven_guitar", "metal": "distortion_guitar", "tango": "nylon_guitar",
    "guitar": "nylon_guitar", "classical": "nylon_guitar", "funk": "electric_guitar", "soul": "electric_guitar",
    "blues": "electric_guitar", "neo-soul": "electric_guitar", "disco": "electric_guitar",
    "prog": "overdriven_guitar",
    "game-rock": "distortion_guitar", "milonga": "nylon_guitar", "baroque": "nylon_guitar",
}  # fmt: skip
_GUITARS_BARE = ("steel_guitar", "nylon_guitar", "mandolin")
_UNPLUGGED = {
    "overdriven_guitar": _GUITARS_BARE, "distortion_guitar": _GUITARS_BARE, "electric_guitar": _GUITARS_BARE,
    "muted_guitar": _GUITARS_BARE, "jazz_guitar": _GUITARS_BARE, "electric_bass": ("acoustic_bass",),
    "picked_bass": ("acoustic_bass",), "fretless_bass": ("acoustic_bass",), "slap_bass": ("acoustic_bass",),
    "electric_piano": ("piano", "nylon_guitar"), "fm_piano": ("piano", "nylon_guitar"),
    "clavinet": ("piano", "nylon_guitar"), "electric_grand": ("piano", "nylon_guitar"),
    "organ": ("accordion",), "rock_organ": ("accordion",), "percussive_organ": ("accordion",),
    "synth_bass": ("acoustic_bass",), "synth_bass_2": ("acoustic_bass",),
}  # fmt: skip
"""Instruments with a plug, and who may play instead where all is to be acoustic, the likeliest first."""
_SYNTHS = {"pad": ("strings",), "comping": ("piano", "nylon_guitar", "harp")}
_LINES = ("violin", "flute", "clarinet")
_SELF_SUPPORTING = {"guitar", "plucked"}
_SELF_SUPPORTING_TOO = {"vibraphone", "pipa", "guqin"}
_CLOSING = re.compile(
    r"(?:(?<![a-z])for(?: an?| the| solo| two| \d)*|duet|duo|独奏|合奏|二重奏|为)\W*$"
)


def add_parts(out: Settled, cast: Cast) -> None:
    """Set the parts that were named and what is to be avoided, and assume who plays besides.

    Parameters
    ----------
    out : Settled
        Its style is settled.
    cast : Cast

    Examples
    --------
    >>> from motet.sentence.text import Sentence
    >>> out = Settled(Sentence("lute solo"))
    >>> add_parts(out, Cast(({"instrument": "nylon_guitar"},), (), (Said("instrument", "lute", 0, 4),)))
    >>> [part.role for part in out.extra["parts"]]
    ['melody', 'comping']
    """
    style = out.fields.get("style", "")
    rows = [_fitting(out, row, style) for row in cast.parts]
    parts = [part for row in rows if (part := _part(row)) is not None]
    avoid = [one for one in cast.avoid if not _is_played(one, parts)]
    wanted = [one for one in cast.told if one.polarity not in ("no", "less")]
    if avoid:
        out.fields["avoid"] = tuple(avoid)
        for one in cast.told:
            if one.polarity == "no":
                out.sources.append(
                    ("avoid", next((a for a in avoid if a in str(one.value)), avoid[0]), one)
                )
    for name in cast.avoid:
        if name not in avoid and wanted:
            taken = wanted[-1]
            refused = next((w for w in cast.told if w.polarity == "no"), taken)
            out.clash(taken, refused)
    if not parts:
        if cast.is_unplugged:
            _unplug(out, style)
        return
    out.fields["parts"] = tuple(parts)
    _tell_sources(out, rows, wanted)
    _clash_solo(out, cast, parts)
    full = _full_cast(out, cast, parts, style)
    if full != parts:
        out.extra["parts"] = tuple(full)
        names = ", ".join(one.found.name for one in full[len(parts) :] or full)
        names_zh = "、".join(one.found.name_zh for one in full[len(parts) :] or full)
        if len({one.instrument for one in full}) == 1:
            out.assumed.append(("it plays melody and accompaniment", "由它兼奏旋律与伴奏"))
        else:
            out.assumed.append((f"also play: {names}; say “only” to leave them out",
                                f"另有 {names_zh} 演奏;不要时请说“只有”"))  # fmt: skip
    elif len(parts) > 0 and not cast.is_closed:
        out.assumed.append(("nobody else plays", "没有其他乐器"))


def _tell_sources(out: Settled, rows: list[dict[str, Any]], wanted: list[Said]) -> None:
    """Tell where each part comes from."""
    players = [one for one in wanted if one.field in ("instrument", "parts")]
    for row in rows:
        source = next((one for one in players if row["instrument"] in str(one.value)), None) or (
            players[0] if players else None
        )
        if source is not None:
            out.sources.append(("parts", row, source))


def _fitting(out: Settled, row: dict[str, Any], style: str) -> dict[str, Any]:
    """Return a part whose general word (bass, guitar, drums) is made fit for the style."""
    name = row["instrument"]
    if (
        name == "electric_bass"
        and style in _JAZZ
        and not re.search(r"electric bass|bass guitar|电贝", out.sentence.low)
    ):
        return {**row, "instrument": "acoustic_bass"}
    if name == "organ" and style in _CHURCH and "hammond" not in out.sentence.low:
        return {**row, "instrument": "church_organ"}
    is_plain = not re.search(
        r"(?:acoustic|steel|folk) (?:string )?guitar|民谣吉他|木吉他|原声吉他|指弹",
        out.sentence.low,
    )
    if name == "steel_guitar" and style in _GUITARS and is_plain:
        return {**row, "instrument": _GUITARS[style]}
    return row


def _part(row: dict[str, Any]) -> PartBrief | None:
    """Return the part of a table; what its instrument cannot do is left out."""
    found = find_instrument(row["instrument"])
    own = dict(row)
    if found.is_drums:
        own = {"instrument": row["instrument"]}
    for name in ("", "articulation", "polyphony", "low", "high", "density", "role"):
        own.pop(name, None)
        try:
            return PartBrief(**own)
        except MotetError:
            continue
    return None


def _is_played(name: str, parts: list[PartBrief]) -> bool:
    """Whether what is to be avoided is asked for as well."""
    roles = {"drums": "drums", "bass": "bass", "voice": "voice"}
    if name in roles:
        return any(one.found.family == roles[name] for one in parts)
    return any(one.instrument == name for one in parts)


_ALONE = re.compile(
    r"(?:(?<![a-z])(?:solo|unaccompanied|only|just)|独奏|只有|只要) ?(?:an? |the )?$"
)
_ALONE_AFTER = re.compile(r"\s*(?:solo(?![a-z])|alone|独奏)")
_SUPPORTED = re.compile(r"accompan|backing|伴奏|backed by|over ")


def _clash_solo(out: Settled, cast: Cast, parts: list[PartBrief]) -> None:
    """Tell of a solo that is no solo: "solo piano with drums"."""
    low = out.sentence.low
    players = [
        one for one in cast.told if one.field == "instrument" and one.polarity not in ("no", "less")
    ]
    if len(parts) != 2 or len(players) != 2 or _SUPPORTED.search(low):
        return
    for one, other in (players, players[::-1]):
        before, own = low[max(0, one.start - 14) : one.start], low[one.start : one.end]
        is_named = own.startswith(("solo", "unaccompanied")) or own.endswith(("solo", "独奏"))
        is_list = re.search(r"(?:only|just|只有|只要)[^,.;]*$", before) and "solo" not in before
        if (
            (_ALONE.search(before) and not is_list)
            or is_named
            or _ALONE_AFTER.match(low[one.end :])
        ):
            out.clash(other, one)
            return


def _full_cast(out: Settled, cast: Cast, parts: list[PartBrief], style: str) -> list[PartBrief]:
    """Return the parts with those that the style adds, or both hands of one that plays alone."""
    avoid = set(out.fields.get("avoid", ()))
    first = parts[0]
    roles = {one.role for one in parts if one.role}
    facts = style_facts(style)
    is_said_for = any(
        _CLOSING.search(out.sentence.low[max(0, one.start - 20) : one.start]) for one in cast.told
    )
    if (
        not cast.is_closed
        and not is_said_for
        and facts is not None
        and (len(parts) == 1 or not roles - {"bass", "drums", ""})
    ):
        is_rhythm = all(one.is_drums or one.found.family == "bass" for one in parts)
        if len(parts) == 1 or is_rhythm:
            return _joined(parts, style, avoid, has_melody=not is_rhythm)
    if (
        not cast.is_closed
        and facts is None
        and len(parts) == 1
        and first.found.family in ("bass", "drums")
    ):
        return [
            *parts,
            *_unlike(
                parts,
                [
                    PartBrief(instrument="piano", role="melody"),
                    PartBrief(instrument="piano", role="comping"),
                ],
                avoid,
            ),
        ]
    is_able = first.found.n_staves == 1 and (
        first.found.family in _SELF_SUPPORTING or first.instrument in _SELF_SUPPORTING_TOO
    )
    is_alone = len(parts) == 1 or {one.instrument for one in parts} == {first.instrument}
    if is_able and len(parts) == 1 and is_alone and not first.role and first.polyphony is None:
        return [replace(first, role="melody"), replace(first, role="comping")]
    return parts


def _unplug(out: Settled, style: str) -> None:
    """Assume the style's parts on instruments that need no plug."""
    usual: list[PartBrief] = []
    for one in _joined([], style, set(), has_melody=False):
        own = _SYNTHS.get(one.role, _LINES) if one.found.family == "synth" else (one.instrument,)
        free = [
            name
            for name in _UNPLUGGED.get(one.instrument, own)
            if all(name != other.instrument for other in usual)
        ]
        usual += [replace(one, instrument=free[0])] if free else []
    if not usual:
        return
    names = ", ".join(one.found.name for one in usual)
    names_zh = "、".join(one.found.name_zh for one in usual)
    out.assume("parts", tuple(usual), f"nothing needs a plug; these play: {names}",
               f"不插电,由这些乐器演奏:{names_zh}")  # fmt: skip


def _joined(
    parts: list[PartBrief], style: str, avoid: set[str], *, has_melody: bool
) -> list[PartBrief]:
    """Return the named parts, then the style's own for the roles that are still free."""
    facts = style_facts(style)
    if facts is None:
        return parts
    usual = [PartBrief(instrument=facts.melody.instrument, role="melody")]
    for spec in facts.parts:
        if spec.levels[0] <= 3 <= spec.levels[1]:
            name = "drums" if spec.role == "drums" else spec.instrument
            usual.append(PartBrief(instrument=name, role=spec.role))
    mine = [replace(one, role=one.role or usual_role(one.found, ())) for one in parts]
    taken = {one.role for one in mine}
    del has_melody
    more = [
        one
        for one in usual[:8]
        if one.role not in taken or (one.role == "comping" and "comping" not in taken)
    ]
    return [*mine, *_unlike(mine, more, avoid)][:8]


def _unlike(parts: list[PartBrief], more: list[PartBrief], avoid: set[str]) -> list[PartBrief]:
    """Return the further parts that nobody refused and whose instrument does not play already."""
    names = {one.instrument for one in parts}
    return [
        one for one in more
        if one.role not in avoid and one.instrument not in avoid and one.instrument not in names
        and not (one.found.family == "voice" and "voice" in avoid)
    ]  # fmt: skip
