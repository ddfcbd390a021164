"""Names of parts by which locks can tell them apart."""

from __future__ import annotations

from dataclasses import replace

from motet.score import Score

__all__ = ["give_names"]


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
