"""Bundles are found by name and by folder; drafts that are being written are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.errors import BundleError
from motet.export.place import (
    CONTRACT_FILE,
    SHIPPED_FOLDER,
    find_bundle,
    find_weights,
    list_bundles,
    user_folder,
)


def put(folder: Path, *names: str) -> Path:
    """Make a folder with empty files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).touch()
    return folder


def test_own_bundles_come_after_shipped_ones_and_drafts_do_not() -> None:
    put(user_folder() / "mine", CONTRACT_FILE)
    put(user_folder() / ".mine-x7", CONTRACT_FILE)
    put(user_folder() / "other")
    names = list_bundles()
    assert names[-1] == "mine"
    assert ".mine-x7" not in names
    assert "other" not in names
    assert find_bundle("mine") == user_folder() / "mine"


def test_a_shipped_name_wins() -> None:
    shipped = sorted(one.parent.name for one in SHIPPED_FOLDER.glob(f"*/{CONTRACT_FILE}"))[0]
    put(user_folder() / shipped, CONTRACT_FILE)
    assert find_bundle(shipped) == SHIPPED_FOLDER / shipped
    assert list_bundles().count(shipped) == 1


def test_weights_are_one_file_or_shards_or_missing(tmp_path: Path) -> None:
    folder = put(tmp_path / "a", CONTRACT_FILE)
    with pytest.raises(BundleError, match="without the weights"):
        find_weights(folder)
    put(folder, "weights-0001.npz")
    assert find_weights(folder) == folder
    put(folder, "weights.npz")
    assert find_weights(tmp_path / "x.npz") == tmp_path / "x.npz"


@pytest.mark.parametrize("name", ["nobody", "", "\x00", "a/b"])
def test_what_is_none_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BundleError, match="there is no bundle"):
        find_bundle(name)
    with pytest.raises(BundleError, match="there is no bundle"):
        find_weights(name)
