"""Names in the margin, and families."""

from __future__ import annotations

from motet.io.notation.part_name import families, family, short_name, short_names
from motet.score import Part


def short(*names: str) -> list[str]:
    return short_names([Part(name=name) for name in names])


def test_the_instrument_is_named_not_its_kind() -> None:
    assert short("Drawbar Organ", "Clean Guitar", "Lead Vocal", "Finger Bass", "Piano") == [
        "Org.", "Gtr.", "Vox", "Bass", "Pno.",
    ]  # fmt: skip


def test_two_of_a_kind_are_told_apart() -> None:
    assert short("Clean Guitar", "Steel Guitar") == ["C. Gtr.", "S. Gtr."]
    assert short("Violin 1", "Violin 2") == ["Vln. 1", "Vln. 2"]
    assert short("First Horn", "Second Horn") == ["Hn. 1", "Hn. 2"]


def test_chinese_names_stay_whole() -> None:
    assert short("中音唢呐独奏声部", "二胡") == ["中音唢呐独奏声部", "二胡"]


def test_a_given_abbreviation_wins() -> None:
    assert short_name(Part(name="Piano", abbreviation="Kl.")) == "Kl."
    assert short_names([Part(name="Grand Piano", abbreviation="Kl.")] * 2) == ["Kl.", "Kl."]


def test_families() -> None:
    parts = [Part(program=73), Part(program=56), Part(program=42), Part(program=46)]
    assert [family(part) for part in parts] == ["winds", "brass", "strings", ""]
    assert family(Part(program=52, role="strings")) == "strings"
    assert family(Part(program=73, role="melody")) == ""


def test_a_quartet_is_one_section_and_a_soloist_stays_apart() -> None:
    def row(*programs: int) -> list[Part]:
        roles = ["melody", *("counter" for _ in programs[2:]), "bass"]
        return [Part(program=one, role=role) for one, role in zip(programs, roles, strict=True)]

    assert families(row(40, 40, 41, 42)) == ["strings"] * 4
    assert families(row(40, 48, 48, 0)) == ["", "strings", "strings", ""]
    assert families(row(40, 0, 42)) == ["", "", ""]
