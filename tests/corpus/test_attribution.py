"""Every source that models are trained on is named, as its licence asks."""

from __future__ import annotations

from pathlib import Path

import motet
from motet.corpus.attribution import tell_credits
from motet.corpus.manifest import load_manifest

CLEAN = [source for source in load_manifest() if source.licence_class == "clean"]
SHIPPED = Path(motet.__file__).parent / "bundles" / "ATTRIBUTION.md"


def test_every_source_has_name_licence_and_address() -> None:
    text = tell_credits(CLEAN)
    assert text.count("\n## ") == len(CLEAN)
    for source in CLEAN:
        assert f"## {source.title}\n" in text
        assert source.licence in text
        assert f"https://github.com/{source.repository}" in text
        if source.attribution != "none required":
            assert f"署名: {source.attribution}\n" in text


def test_cc_by_comes_with_its_text() -> None:
    text = tell_credits(CLEAN)
    by = sum(source.licence.startswith("CC BY 4.0") for source in CLEAN)
    assert by >= 3
    assert text.count("https://creativecommons.org/licenses/by/4.0/") == by


def test_people_stand_at_their_source_alone() -> None:
    text = tell_credits(CLEAN[:2], people={CLEAN[1].name: ["Ann", "Bo"], "nobody": ["Cy"]})
    first, second = text.split("\n## ")[1:]
    assert "Ann" not in first
    assert second.endswith("- Pieces by 乐曲制作者: Ann, Bo\n")
    assert "Cy" not in text


def test_what_is_shipped_names_every_source() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    told = [line for line in text.splitlines() if "Pieces by" not in line]
    assert told == tell_credits(CLEAN).splitlines()
    assert "Pieces by 乐曲制作者: " in text  # Mutopia's CC BY pieces: the makers of each
