"""Edits of parts: who plays, how loud, in which order.

Conventions: pure; parts by index from 0. Every part has a name of its own afterwards.

Offers `add_new_part`, `drop_part`, `move_part`, `set_part`.
"""

from __future__ import annotations

from dataclasses import replace

from motet.errors import ParameterError
from motet.project.name import give_names
from motet.score import Control, Part, Score, add_part, change_instrument, remove_part
from motet.server.ops_notes import need_part
from motet.server.schemas.op import AddPart, MovePart, RemovePart, SetPart
from motet.server.score_view import PAN_CC, VOLUME_CC
from motet.tokens.vocab import ROLES

__all__ = ["add_new_part", "drop_part", "move_part", "set_part"]

_MOST_PARTS = 64
_DRUM_CHANNEL = 9


def _need_name(name: str) -> str:
    plain = " ".join(name.split())
    if not plain or ":" in plain or "," in plain:
        raise ParameterError(
            f"a part's name needs a letter and no colon or comma, got {name!r}",
            zh=f"声部名不能为空,也不能含冒号或逗号,收到 {name!r}",
        )
    return plain


def set_part(score: Score, op: SetPart) -> Score:
    """Return the score with another name, instrument, volume, place or role for a part.

    Raises
    ------
    ParameterError
        There is no such part, or the name or role is not allowed.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = set_part(make_score("C4:4"), SetPart(op="set_part", part=0, name="Oboe", program=68))
    >>> score.parts[0].name, score.parts[0].program
    ('Oboe', 68)
    """
    need_part(score, op.part)
    if op.program is not None and op.program != score.parts[op.part].program:
        score = change_instrument(score, part=op.part, program=op.program)
    part = score.parts[op.part]
    if op.name is not None and op.name != part.name:
        name = _need_name(op.name)
        if any(other.name == name for k, other in enumerate(score.parts) if k != op.part):
            raise ParameterError(
                f"another part is called {name!r}; choose another name",
                zh=f"已有名为 {name!r} 的声部;请换一个名称",
            )
        part = replace(part, name=name, abbreviation="")
    if op.role is not None:
        if op.role not in ("", *ROLES):
            raise ParameterError(
                f"role must be one of {', '.join(ROLES)}, or empty, got {op.role!r}",
                zh=f"role(角色)须为 {'、'.join(ROLES)} 之一,或为空,收到 {op.role!r}",
            )
        part = replace(part, role=op.role)
    for number, value in ((VOLUME_CC, op.volume), (PAN_CC, op.pan)):
        if value is not None:
            part = _with_control(part, number, value)
    return replace(score, parts=(*score.parts[: op.part], part, *score.parts[op.part + 1 :]))


def _with_control(part: Part, number: int, value: int) -> Part:
    """Return a part with one setting of a controller, from its start on."""
    others = tuple(one for one in part.controls if not (one.kind == "cc" and one.number == number))
    return replace(part, controls=(Control(tick=0, kind="cc", number=number, value=value), *others))


def add_new_part(score: Score, op: AddPart) -> Score:
    """Return the score with an empty part more.

    Raises
    ------
    ParameterError
        There are too many.

    Examples
    --------
    >>> from motet.score import make_score
    >>> op = AddPart(op="add_part", name="Drums", is_drums=True)
    >>> [part.name for part in add_new_part(make_score("C4:4"), op).parts]
    ['Part 1', 'Drums']
    """
    if len(score.parts) >= _MOST_PARTS:
        raise ParameterError(
            f"a piece has at most {_MOST_PARTS} parts; remove one first",
            zh=f"一首曲子最多 {_MOST_PARTS} 个声部;请先删除一个",
        )
    part = Part(
        name=_need_name(op.name), program=op.program, is_drums=op.is_drums,
        channel=_DRUM_CHANNEL if op.is_drums else -1, role="drums" if op.is_drums else "",
    )  # fmt: skip
    at = None if op.at is None else min(op.at, len(score.parts))
    made = give_names(add_part(score, part, index=at))
    return replace(made, length_tick=score.bars[-1].end_tick)


def drop_part(score: Score, op: RemovePart) -> Score:
    """Return the score without a part.

    Raises
    ------
    ParameterError
        There is no such part, or it is the last one.

    Examples
    --------
    >>> from motet.score import make_score
    >>> len(drop_part(make_score("C4:4", "E4:4"), RemovePart(op="remove_part", part=0)).parts)
    1
    """
    need_part(score, op.part)
    if len(score.parts) == 1:
        raise ParameterError(
            "a piece needs one part at least; add another before you remove this one",
            zh="曲子至少需要一个声部;请先添加另一个再删除此声部",
        )
    return replace(remove_part(score, part=op.part), length_tick=score.bars[-1].end_tick)


def move_part(score: Score, op: MovePart) -> Score:
    """Return the score with a part at another place.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:4", "E4:4", "G4:4")
    >>> [p.name for p in move_part(score, MovePart(op="move_part", part=0, to=2)).parts]
    ['Part 2', 'Part 3', 'Part 1']
    """
    part = need_part(score, op.part)
    need_part(score, op.to)
    parts = [one for k, one in enumerate(score.parts) if k != op.part]
    parts.insert(op.to, part)
    return replace(score, parts=tuple(parts))
