"""``motet corpus``: build and describe a corpus that the test writes, from the command line."""

import json
from pathlib import Path

import pytest

from motet.cli.main import run
from tiny_corpus import write_tiny_corpus


@pytest.fixture
def archives(tmp_path: Path) -> Path:
    write_tiny_corpus(tmp_path)
    return tmp_path


def call(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, dict]:
    code = run(["corpus", *args, "--json"], {})
    return code, json.loads(capsys.readouterr().out)


def test_build_and_info(
    archives: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTET_CORPUS", str(archives))
    manifest, shards = str(archives / "manifest.toml"), str(archives / "shards")
    options = ["--manifest", manifest, "-o", shards, "--chords", "none", "--workers", "1"]
    code, built = call(capsys, "build", *options)
    assert code == 0
    assert built["n_duplicates"] == built["n_benchmark"] == 1
    assert sum(row["n_pieces"] for row in built["splits"].values()) == 20
    code, told = call(capsys, "info", "-o", shards)
    assert (code, told) == (0, built)
    code, found = call(capsys, "check", "-o", shards, "--manifest", manifest, "--workers", "1")
    assert (code, found["is_sound"], found["n_pieces"]) == (0, True, 20)
    code, found = call(capsys, "card", "-o", shards, "--lang", "zh")
    assert found["card"].startswith("# 数据卡")
    code, found = call(capsys, "credits", "-o", shards, "--manifest", manifest)
    assert code == 0
    assert found["credits"].count("\n## ") == 2
    assert run(["corpus", "info", "-o", shards, "--lang", "zh"], {}) == 0
    assert "基准乐曲 1 首" in capsys.readouterr().out


def test_the_arranger_is_added_to_a_built_corpus(
    archives: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest, shards = str(archives / "manifest.toml"), str(archives / "shards")
    common = ["--manifest", manifest, "--archives", str(archives), "--workers", "1"]
    code, _ = call(capsys, "build", *common, "-o", shards, "--chords", "none", "--arranged", "0")
    assert code == 0
    more = str(archives / "more")
    code, built = call(capsys, "build", *common, "-o", more, "--base", shards, "--arranged", "3")
    assert code == 0
    assert built["sources"]["arranger"]["n_pieces"] == 3
    assert built["sources"]["arranger"]["licence_class"] == "made"
    assert run(["corpus", "check", "-o", more, *common], {}) == 0
    told = capsys.readouterr().out
    assert "licence classes: clean 20, made 3" in told
    assert "arranger                  11.0 %" in told
    assert "largest likeness 0%; 1 pieces were left out for it" in told


def test_fetch_checks_what_is_there(archives: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--manifest", str(archives / "manifest.toml"), "--archives", str(archives)]
    code, told = call(capsys, "fetch", *options)
    assert code == 0
    assert [row["name"] for row in told["sources"]] == ["one", "two"]
    (archives / "clean" / "one.tar").write_bytes(b"other")
    code, told = call(capsys, "fetch", *options)
    assert code == 4
    assert "sha256" in told["error"]["message"]


def test_credits_without_a_corpus_say_what_is_missing(
    archives: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["-o", str(archives / "none"), "--manifest", str(archives / "manifest.toml")]
    assert run(["corpus", "credits", *options, "--lang", "zh"], {}) == 0
    told = capsys.readouterr()
    assert "## One" in told.out
    assert "没有已构建的语料库" in told.err


def test_wrong_words(archives: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = call(capsys, "bild")
    assert (code, told["error"]["type"]) == (2, "ParameterError")
    code, told = call(capsys, "build", "--source", "nothing")
    assert code == 2
    assert "no source" in told["error"]["message"]
    code, told = call(capsys, "info", "-o", str(archives))
    assert code == 4
