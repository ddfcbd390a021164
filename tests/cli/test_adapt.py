"""``motet train --from``: from a folder to a bundle that composes; refused in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from motet.cli.adapt import run_adapt
from motet.export.place import user_folder
from motet.io import write_midi
from tiny_bundle import make_tiny_bundle
from tiny_corpus import random_tune

torch.set_num_threads(1)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    folder = make_tiny_bundle(tmp_path)
    (tmp_path / "weights.npz").replace(folder / "weights.npz")
    return folder


def write_tunes(folder: Path, n: int = 4) -> Path:
    folder.mkdir()
    for k in range(n):
        write_midi(random_tune(k), folder / f"t{k}.mid")
    (folder / "broken.mid").write_bytes(b"MThd nothing")
    write_midi(random_tune(0), folder / "twice.mid")
    return folder


def test_a_folder_becomes_a_bundle_that_composes(
    motet: Callable[..., Any], base: Path, tmp_path: Path
) -> None:
    folder = write_tunes(tmp_path / "tunes")
    given = ("train", "--from", folder, "--bundle", base, "--steps", "8", "--threads", "1")
    found = motet(*given, "--json")
    assert found.code == 0
    facts = found.facts
    assert (facts["bundle"], facts["n_pieces"], facts["n_learnt_from"]) == ("tunes", 4, 3)
    assert list(facts["refused"]) == ["broken.mid"]
    assert facts["copies"] == {"twice.mid": "t0.mid"}
    assert any("broken.mid" in note for note in facts["notes"])
    assert facts["own"]["nats_per_note_after"] < facts["own"]["nats_per_note_before"]
    assert facts["general"]["arranger"]["n_notes"] > 50
    piece = motet(
        "compose", "--bundle", "tunes", "--bars", "2", "--part", "piano:melody", "--candidates", "1",
        "-o", "a.mid", "--json",
    )  # fmt: skip
    assert piece.code == 0
    assert piece.facts["bundle"] == "tunes"
    again = motet(*given)
    assert again.code == 2
    assert "--replace" in again.err
    assert not [one for one in user_folder().iterdir() if one.name.startswith(".")]
    assert callable(run_adapt)


def test_people_are_told_what_changed(
    motet: Callable[..., Any], base: Path, tmp_path: Path
) -> None:
    folder = write_tunes(tmp_path / "tunes")
    given = ("train", "--from", folder, "--bundle", base, "--steps", "4", "--threads", "1")
    found = motet(*given, "--name", "曲", "--lang", "zh")
    assert found.code == 0
    assert "未采用:broken.mid" in found.err
    assert "留出的 1 首" in found.out
    assert "motet compose --bundle 曲" in found.out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--from", "nowhere"), "no folder"),
        (("--from", "few", "--name", "x"), "needs 3 different pieces"),
        (("--from", "few", "--name", "small"), "comes with Motet"),
        (("--from", "few", "--size", "tiny"), "--size does not go with --from"),
        (("--from", "few", "--judge"), "--judge does not go with --from"),
        (("--from", "few", "--rank", "0"), "rank must be"),
        (("--from", "few", "--style", "none"), "no style"),
        (("--name", "x"), "--name does not go with --shards"),
        ((), "needs --shards FOLDER and --output FOLDER, or --from"),
        (("--shards", "few"), "needs --shards"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    options: tuple[str, ...], message: str, motet: Callable[..., Any], tmp_path: Path
) -> None:
    write_tunes(tmp_path / "few", 2)
    found = motet("train", *options)
    assert found.code in (2, 4)
    assert message in found.err
    assert found.err.count("\n") == 1
