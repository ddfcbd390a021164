"""The manifest: what comes with Motet holds, and a wrong one is named."""

from pathlib import Path

import pytest

from motet.corpus.manifest import LICENCE_CLASSES, load_manifest
from motet.errors import CorpusError

ENTRY = """format = 1
[[sources]]
name = "a"
title = "A"
licence_class = "clean"
repository = "x/y"
commit = "c"
url = "https://example.org/a.tar.gz"
archive = "clean/a.tar.zst"
sha256 = "00"
n_bytes = 1
url_sha256 = ""
licence = "CC0"
attribution = "none"
n_pieces = 1
"""


def test_the_manifest_of_motet_is_whole() -> None:
    sources = load_manifest()
    assert len(sources) >= 19
    for source in sources:
        assert source.licence_class in LICENCE_CLASSES
        assert len(source.sha256) == 64
        assert len(source.commit) >= 40
        assert source.url.startswith("https://")
        assert source.archive.startswith(f"{source.licence_class}/")
        assert source.licence
        assert source.attribution


def test_nothing_to_measure_on_is_clean() -> None:
    classes = {source.name: source.licence_class for source in load_manifest()}
    for name in ("jsb-chorales", "pop909", "vgmidi", "nottingham-jukedeck", "polyphonic-mats"):
        assert classes[name] == "evaluate"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("format = 1", "format = 2", "format 2"),
        ('sha256 = "00"', "sha256 = 3", "needs sha256"),
        ('"clean"', '"stolen"', "stolen"),
        ("n_pieces = 1", "n_pieces = 1\nextra = 2", "'extra'"),
        ("format = 1", "format = ", "cannot be read"),
    ],
)
def test_wrong_manifests_are_named(tmp_path: Path, before: str, after: str, message: str) -> None:
    path = tmp_path / "manifest.toml"
    path.write_text(ENTRY.replace(before, after, 1))
    with pytest.raises(CorpusError, match=message):
        load_manifest(path)


def test_a_source_stands_once(tmp_path: Path) -> None:
    path = tmp_path / "manifest.toml"
    path.write_text(ENTRY + ENTRY.split("\n", 1)[1])
    with pytest.raises(CorpusError, match="twice"):
        load_manifest(path)


def test_no_manifest(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="cannot be read"):
        load_manifest(tmp_path / "none.toml")
