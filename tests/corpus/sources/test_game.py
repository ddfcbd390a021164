"""Games: each piece a work; velocity where people set it."""

from pathlib import Path

from motet.corpus.sources.game import list_blasphemer, list_freedoom, list_simutrans


def test_games(tmp_path: Path) -> None:
    for name in ("a.mid", "b.mus", "c.txt"):
        (tmp_path / name).touch()
    for lister, has_velocity in (
        (list_freedoom, True),
        (list_simutrans, True),
        (list_blasphemer, False),
    ):
        (item,) = lister("g", tmp_path)
        assert (item.name, item.work, item.has_velocity) == ("a.mid", "g/a", has_velocity)
