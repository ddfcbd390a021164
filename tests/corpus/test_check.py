"""The check finds what a build must not let through."""

from dataclasses import replace
from pathlib import Path

import pytest

from motet.corpus import BuildConfig, build_corpus, check_corpus
from motet.errors import CorpusError
from tiny_corpus import write_tiny_corpus


@pytest.fixture
def config(tmp_path: Path) -> BuildConfig:
    return BuildConfig(
        archives=tmp_path,
        output=tmp_path / "shards",
        cache=tmp_path / "cache",
        manifest=write_tiny_corpus(tmp_path),
        chords="none",
    )


def test_a_build_is_sound(config: BuildConfig) -> None:
    build_corpus(config)
    found = check_corpus(config)
    assert found["is_sound"]
    assert found["n_not_given_back"] == 0
    assert (found["n_across"], found["n_split_groups"], found["n_pieces"]) == (0, 0, 20)
    assert found["benchmarks"] == {"bench": {"n_pieces": 2, "n_shared": 0, "largest_share": 0.0}}


def test_a_benchmark_that_is_in_is_found(config: BuildConfig) -> None:
    build_corpus(replace(config, benchmarks=()))
    assert check_corpus(replace(config, benchmarks=()))["is_sound"]
    found = check_corpus(config)
    assert not found["is_sound"]
    assert found["benchmarks"]["bench"] == {"n_pieces": 2, "n_shared": 1, "largest_share": 1.0}


def test_a_changed_file_is_found(config: BuildConfig) -> None:
    build_corpus(config)
    path = config.output / "train.notes.npy"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(CorpusError, match="sha256"):
        check_corpus(config)


def test_shares_classes_and_splits_are_told(config: BuildConfig) -> None:
    build_corpus(replace(config, n_arranged=2))
    found = check_corpus(config)
    assert found["is_sound"]
    assert found["shares"]["arranger"] == pytest.approx(0.11, abs=1e-5)
    assert sum(found["shares"].values()) == pytest.approx(1.0, abs=1e-4)
    assert found["classes"] == {"clean": 20, "made": 2}
    assert found["n_left_out"] == {"bench": 1}
    assert not found["frozen"]["is_same"]
    assert found["frozen"]["n_leaked"] == 0


def test_another_licence_class_is_not_sound(config: BuildConfig) -> None:
    build_corpus(config)
    found = check_corpus(replace(config, licences=("sharealike",)))
    assert (found["is_sound"], found["n_foreign"]) == (False, 20)
