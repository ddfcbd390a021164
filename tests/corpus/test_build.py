"""A whole build over a corpus that the test writes: same bytes, nothing leaks, everything is listed."""

import json
from pathlib import Path

import numpy as np
import pytest

from motet.corpus import BuildConfig, build_corpus, open_shards
from motet.corpus.build import prepare_all
from motet.corpus.item import Item
from motet.errors import CorpusError, ParameterError
from tiny_corpus import tiny_files, write_tiny_corpus


def config(folder: Path, output: Path, **options) -> BuildConfig:
    return BuildConfig(
        archives=folder,
        output=output,
        cache=folder / "cache",
        manifest=folder / "manifest.toml",
        **options,
    )


@pytest.fixture
def built(tmp_path: Path) -> Path:
    write_tiny_corpus(tmp_path)
    told: list[float] = []
    output = tmp_path / "shards"
    build_corpus(config(tmp_path, output), on_progress=lambda share, _: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1.0
    return output


def names_of(folder: Path) -> dict[str, set[str]]:
    return {split: set(open_shards(folder, split).names) for split in ("train", "valid", "test")}


def test_copies_and_benchmarks_are_left_out(built: Path) -> None:
    names = names_of(built)
    every = set().union(*names.values())
    assert sum(map(len, names.values())) == len(every) == 20
    assert "two/copy.mid" not in every
    assert "two/tested.mid" not in every
    report = json.loads((built / "report.json").read_text())
    assert report["duplicates"] == {"two/copy.mid": "one/t03.mid"}
    assert report["benchmark"] == {"two/tested.mid": "bench/b0.mid"}
    assert report["left_out"]["one/broken.mid"].startswith("FormatError")
    assert report["left_out"]["one/short.mid"].startswith("fewer than")
    assert report["n_files"] == len(tiny_files()["one"]) + len(tiny_files()["two"])


def test_the_facts_add_up(built: Path) -> None:
    facts = json.loads((built / "corpus.json").read_text())
    shards = [open_shards(built, split) for split in ("train", "valid", "test")]
    assert sum(row["n_pieces"] for row in facts["splits"].values()) == sum(map(len, shards))
    assert sum(row["n_notes"] for row in facts["sources"].values()) == sum(
        int(one.n_notes.sum()) for one in shards
    )
    assert facts["splits"]["train"]["draws"] == pytest.approx(1.0, abs=1e-4)
    assert open_shards(built, "train").draw_weights().sum() == pytest.approx(1.0)
    assert facts["n_duplicates"] == facts["n_benchmark"] == 1


def test_chords_have_a_confidence(built: Path) -> None:
    chords = open_shards(built, "train").chords
    assert len(chords) > 20
    assert (chords["confidence"] > 0).all()
    assert (chords["confidence"] <= 1).all()


def test_same_input_same_bytes(built: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    write_tiny_corpus(other, reverse=True)
    build_corpus(config(other, other / "shards", n_workers=2))
    ours = {path.name: path.read_bytes() for path in built.iterdir()}
    theirs = {path.name: path.read_bytes() for path in (other / "shards").iterdir()}
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == ["corpus.json"]
    facts = [json.loads(one["corpus.json"]) for one in (ours, theirs)]
    for one in facts:
        for row in one["sources"].values():
            row.pop("sha256")
    assert facts[0] == facts[1]


def test_a_build_replaces_a_corpus_and_nothing_else(built: Path, tmp_path: Path) -> None:
    build_corpus(config(tmp_path, built, sources=("one",), chords="none"))
    assert {name.split("/")[0] for name in open_shards(built, "train").names} == {"one"}
    assert len(open_shards(built, "train").chords) == 0
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("1")
    with pytest.raises(ParameterError, match="no corpus"):
        build_corpus(config(tmp_path, full, sources=("one",), chords="none"))
    assert [path.name for path in full.iterdir()] == ["mine.txt"]


def test_another_archive_than_expected_is_refused(tmp_path: Path) -> None:
    write_tiny_corpus(tmp_path)
    (tmp_path / "clean" / "two.tar").write_bytes(b"other")
    with pytest.raises(CorpusError, match="sha256"):
        build_corpus(config(tmp_path, tmp_path / "shards"))
    assert not (tmp_path / "shards").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sources": ("three",)}, "no source 'three'"),
        ({"licences": ("evaluate",)}, "licences are"),
        ({"chords": "some"}, "chords must be"),
        ({"n_workers": 0}, "n_workers"),
    ],
)
def test_wrong_options(tmp_path: Path, options: dict, message: str) -> None:
    write_tiny_corpus(tmp_path)
    with pytest.raises(ParameterError, match=message):
        config(tmp_path, tmp_path / "shards", **options)


def test_prepared_pieces_come_in_order(tmp_path: Path) -> None:
    items = []
    for name, data in tiny_files()["one"].items():
        path = tmp_path / Path(name).name
        path.write_bytes(data)
        items.append(Item(source="one", name=name, path=path, work=name))
    found = prepare_all(items)
    assert [one.item for one in found] == items
    assert sum(one.grid is None for one in found) == 2
    grid = next(one.grid for one in found if one.grid is not None)
    assert (np.diff(grid.notes["bar"]) >= 0).all()
