"""Irish tunes by their names, and hymns as choirs."""

from pathlib import Path

import pytest

from motet.corpus.sources.folk import list_ceol_rince, list_hymnal


@pytest.mark.parametrize(
    ("name", "style"),
    [
        ("MollyBawnreel", "reel"),
        ("LimerickJigThe", "jig"),
        ("UptoYourKneesinSandreel", "reel"),
        ("OldHagBewareslide", "jig"),
        ("BreensHornpipe", "irish"),
        ("MaryBrennansFavorite", "irish"),
    ],
)
def test_kinds(tmp_path: Path, name: str, style: str) -> None:
    (tmp_path / f"{name}.mid").touch()
    (item,) = list_ceol_rince("c", tmp_path)
    assert item.style == style


def test_versions_of_a_tune_are_one_work(tmp_path: Path) -> None:
    for name in ("SwallowsTail1", "SwallowsTail2", "SwallowsTailThe"):
        (tmp_path / f"{name}.mid").touch()
    assert {item.work for item in list_ceol_rince("c", tmp_path)} == {"c/swallowstail"}


def test_hymns_are_sung(tmp_path: Path) -> None:
    (tmp_path / "Abide_With_Me-Eventide.abc").touch()
    (item,) = list_hymnal("h", tmp_path)
    assert (item.program, item.title, item.style) == (52, "Abide With Me", "hymn")
