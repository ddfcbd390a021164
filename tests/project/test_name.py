"""Every part has a name of its own."""

from __future__ import annotations

from motet.project.name import give_names
from motet.score import Part, Score


def names(*given: str) -> list[str]:
    return [p.name for p in give_names(Score(parts=tuple(Part(name=n) for n in given))).parts]


def test_names_differ() -> None:
    assert names("Violin", "Violin", "Violin") == ["Violin", "Violin 2", "Violin 3"]
    assert names("", "", " ") == ["Part 1", "Part 2", "Part 3"]
    assert names("A", "A", "A 2") == ["A", "A 3", "A 2"]
    assert names("Flute", "Oboe") == ["Flute", "Oboe"]
