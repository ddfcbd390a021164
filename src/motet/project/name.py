"""Names of parts: each its own, so that locks can tell them apart; and what people call them for short."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from motet.brief import find_role
from motet.errors import ParameterError
from motet.score import Score
from motet.theory.instrument import find_instrument

__all__ = ["find_name", "find_names", "give_names", "spell_out"]


def give_names(score: Score) -> Score:
    """Return a score whose parts all have names, each another one.

    Parameters
    ----------
    score : Score

    Returns
    -------
    Score
        The second ``"Violin"`` is ``"Violin 2"``; what has no name is ``"Part 3"``.

    Examples
    --------
    >>> from motet.score import Part
    >>> score = Score(parts=(Part(name="Violin"), Part(name="Violin"), Part()))
    >>> [part.name for part in give_names(score).parts]
    ['Violin', 'Violin 2', 'Part 3']
    """
    names = [part.name.strip() or f"Part {k}" for k, part in enumerate(score.parts, start=1)]
    taken: set[str] = set()
    found = []
    for name in names:
        own, number = name, 1
        while own in taken or (number > 1 and own in names):
            number += 1
            own = f"{name} {number}"
        taken.add(own)
        found.append(own)
    if found == [part.name for part in score.parts]:
        return score
    return score.with_parts(
        *(replace(part, name=name) for part, name in zip(score.parts, found, strict=True))
    )


def find_name(score: Score, text: str) -> str:
    """Return the full name of the part that a person means.

    Parameters
    ----------
    score : Score
    text : str
        The name itself, its beginning or any of its words, or a role: ``"bass"``, ``"旋律"``.

    Returns
    -------
    str
        The text as it is where no part is meant.

    Raises
    ------
    ParameterError
        Several parts could be meant.

    Examples
    --------
    >>> from motet.score import Part
    >>> score = Score(parts=(Part(name="Upright Bass", role="bass"), Part(name="Flute", role="melody")))
    >>> find_name(score, "bass"), find_name(score, "旋律"), find_name(score, "Kazoo")
    ('Upright Bass', 'Flute', 'Kazoo')
    >>> find_name(Score(parts=(Part(name="Flute", program=73),)), "长笛")
    'Flute'
    """
    wish = " ".join(text.split())
    names = [part.name for part in score.parts]
    if text in names or not wish:
        return text
    ways = (
        [name for name in names if name.lower() == wish.lower()],
        [part.name for part in score.parts if part.role and part.role == _role(wish)],
        [name for name in names if wish.lower() in name.lower()],
        _played_by(score, wish),
    )
    for found in ways:
        if len(found) == 1:
            return found[0]
        if found:
            raise ParameterError(
                f"{text!r} may be {' or '.join(found)}; name one of them",
                zh=f"{text!r} 可能是 {' 或 '.join(found)};请写出其中之一",
            )
    return text


def _played_by(score: Score, wish: str) -> list[str]:
    """Return the parts that an instrument plays, named in either language."""
    try:
        found = find_instrument(wish)
    except ParameterError:
        return []
    return [
        part.name
        for part in score.parts
        if part.is_drums == found.is_drums and (found.is_drums or part.program == found.program)
    ]


def _role(text: str) -> str:
    try:
        return find_role(text)
    except ParameterError:
        return ""


def spell_out(score: Score, where: str) -> str:
    """Return a place (``"bass:5-8"``) with the full name of its part.

    Parameters
    ----------
    score : Score
    where : str

    Returns
    -------
    str

    Raises
    ------
    ParameterError
        Several parts could be meant.

    Examples
    --------
    >>> from motet.score import Part
    >>> spell_out(Score(parts=(Part(name="Upright Bass"),)), "bass:5-8")
    'Upright Bass:5-8'
    """
    text = where.strip().replace("\uff1a", ":")
    if text in [part.name for part in score.parts]:
        return text
    name, colon, bars = text.rpartition(":")
    if colon:
        return f"{find_name(score, name.strip())}:{bars.strip()}" if name.strip() else bars.strip()
    return text if text[:1].isdigit() or text in ("", "*") else find_name(score, text)


def find_names(score: Score, parts: str | Iterable[str]) -> list[str]:
    """Return the full names of the parts that a person means.

    Parameters
    ----------
    score : Score
    parts : str or iterable of str
        As for `find_name`.

    Returns
    -------
    list of str

    Raises
    ------
    ParameterError
        Several parts could be meant.

    Examples
    --------
    >>> from motet.score import Part
    >>> find_names(Score(parts=(Part(name="Upright Bass", role="bass"),)), "bass")
    ['Upright Bass']
    """
    return [find_name(score, one) for one in ([parts] if isinstance(parts, str) else parts)]
