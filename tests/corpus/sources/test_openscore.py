"""OpenScore: songs of a cycle are one work, single songs are their own."""

from pathlib import Path

from motet.corpus.sources.openscore import list_lieder, list_quartets


def test_cycles(tmp_path: Path) -> None:
    for name in ("Brahms/5_Lieder/1_A/x", "Brahms/5_Lieder/2_B/y", "Brahms/_/C/z", "Brahms/_/D/w"):
        path = tmp_path / "scores" / f"{name}.mxl"
        path.parent.mkdir(parents=True)
        path.touch()
    works = {item.path.stem: item.work for item in list_lieder("l", tmp_path)}
    assert works["x"] == works["y"] == "l/Brahms/5_Lieder"
    assert works["z"] != works["w"]
    assert {item.style for item in list_lieder("l", tmp_path)} == {"art-song"}


def test_quartets(tmp_path: Path) -> None:
    path = tmp_path / "scores" / "Haydn" / "Op.1" / "q.mxl"
    path.parent.mkdir(parents=True)
    path.touch()
    (item,) = list_quartets("q", tmp_path)
    assert (item.work, item.style, item.title) == ("q/Haydn/Op.1", "string-quartet", "Op.1")
