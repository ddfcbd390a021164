"""The catalogue: sorted pieces of every source, an error where there are none."""

from pathlib import Path

import pytest

from motet.corpus.catalogue import list_items
from motet.errors import CorpusError


def test_unknown_sources_list_every_score(tmp_path: Path) -> None:
    for name in ("top/b.krn", "top/a/x.mid", "top/a/y.MXL", "top/readme.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    items = list_items("mine", tmp_path)
    assert [item.name for item in items] == ["a/x.mid", "a/y.MXL", "b.krn"]


def test_names_do_not_depend_on_the_archive(tmp_path: Path) -> None:
    for top in ("one", "other-0123"):
        path = tmp_path / top / f"{top}-dir" / "musics" / "d_e1m1.mid"
        path.parent.mkdir(parents=True)
        path.touch()
    found = [list_items("freedoom", tmp_path / top) for top in ("one", "other-0123")]
    assert found[0][0].name == found[1][0].name == "musics/d_e1m1.mid"


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no pieces"):
        list_items("polish-scores", tmp_path)
