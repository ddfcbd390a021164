"""``motet compose``: a brief in, a piece out, or a refusal before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.compose import register
from motet.io import read
from tiny_bundle import make_tiny_bundle


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(make_tiny_bundle(tmp_path_factory.mktemp("bundle")))


def test_the_issue_s_own_command(motet: Callable[..., Any], tmp_path: Path, bundle: str) -> None:
    found = motet(
        "compose", "--chords", "Dm7 G7 Cmaj7 A7", "--metre", "3/4", "--key", "C", "--part",
        "piano:melody,acoustic_bass", "--seed", "7", "--bundle", bundle, "-o", "a.mid", "--json",
    )  # fmt: skip
    assert found.code == 0
    assert found.facts["adherence"]["is_met"] is True
    assert found.facts["metre"] == "3/4"
    assert found.facts["bundle"] == "seedling"
    assert found.facts["files"] == ["a.mid"]
    assert found.err == ""
    score = read(tmp_path / "a.mid").score
    assert [part.program for part in score.parts] == [0, 32]
    assert score.n_bars == found.facts["n_bars"]


@pytest.mark.parametrize(("language", "word"), [("en", "requested"), ("zh", "要求")])
def test_the_report_is_printed_in_both_languages(
    motet: Callable[..., Any], bundle: str, language: str, word: str
) -> None:
    found = motet(
        "compose", "--bars", "2", "--part", "flute", "--bundle", bundle, "--candidates", "1",
        "-o", "a.json", "--lang", language,
    )  # fmt: skip
    assert found.code == 0
    assert word in found.out
    assert "a.json" in found.out


def test_a_brief_in_a_file_and_options_that_win(
    motet: Callable[..., Any], tmp_path: Path, bundle: str
) -> None:
    (tmp_path / "wish.toml").write_text(
        'bars = 2\nkey = "D"\ncandidates = 1\n[[parts]]\ninstrument = "cello"\nrole = "melody"\n',
        encoding="utf-8",
    )
    found = motet("compose", "--brief", "wish.toml", "--bars", "3", "--bundle", bundle,
                  "-o", "a.mid", "--json")  # fmt: skip
    assert found.facts["n_bars"] == 3
    assert found.facts["brief"]["key"] == "D"
    assert found.facts["parts"][0]["program"] == 42


def test_the_same_seed_gives_the_same_file(
    motet: Callable[..., Any], tmp_path: Path, bundle: str
) -> None:
    for name, seed in (("a.mid", "5"), ("b.mid", "5"), ("c.mid", "6")):
        args = ("--bars", "2", "--part", "flute,piano", "--candidates", "1", "--bundle", bundle)
        assert motet("compose", *args, "--seed", seed, "-o", name).code == 0
    a, b, c = ((tmp_path / name).read_bytes() for name in ("a.mid", "b.mid", "c.mid"))
    assert a == b
    assert a != c


@pytest.mark.parametrize(
    ("options", "code", "word"),
    [
        (["--style", "bosa"], 2, "bossa"),
        (["--part", "kazooo"], 2, "kazooo"),
        (["--part", "flute:bas"], 2, "bass"),
        (["--metre", "4/5"], 2, "4/5"),
        (["--emotion", "hungry"], 2, "hungry"),
        (["--ground", "me"], 2, "arranger"),
        (["--form", "A8", "--bars", "4"], 2, "form"),
        (["--brief", "none.toml"], 3, "none.toml"),
        (["--bundle", "nobody"], 5, "nobody"),
        (["--candidates", "0"], 2, "candidates"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_mistakes_are_told_and_nothing_is_written(
    motet: Callable[..., Any],
    tmp_path: Path,
    options: list[str],
    code: int,
    word: str,
    language: str,
) -> None:
    found = motet("compose", *options, "-o", "a.mid", "--lang", language)
    assert found.code == code
    assert word in found.err
    assert not (tmp_path / "a.mid").exists()


def test_an_impossible_request_names_the_clash(
    motet: Callable[..., Any], tmp_path: Path, bundle: str
) -> None:
    (tmp_path / "wish.toml").write_text(
        'bars = 2\nground = "model"\nkey = "C"\n[[parts]]\ninstrument = "flute"\nlow = 61\nhigh = 61\n',
        encoding="utf-8",
    )
    found = motet("compose", "--brief", "wish.toml", "--bundle", bundle, "-o", "a.mid", "--json")
    assert found.code == 6
    assert found.facts["error"]["type"] == "ConstraintError"
    assert "61" in found.facts["error"]["message"]
    assert not (tmp_path / "a.mid").exists()


def test_it_registers_itself() -> None:
    assert callable(register)


def test_groove_feel_touch_and_avoidance_from_the_command_line(
    motet: Callable[..., Any], tmp_path: Path, bundle: str
) -> None:
    first = motet("compose", "--bars", "4", "--part", "flute,piano", "--metre", "3/4", "--qpm", "90",
                  "--bundle", bundle, "-o", "a.mid", "--json", "--candidates", "1")  # fmt: skip
    assert first.code == 0
    found = motet(
        "compose", "--emotion", "1: calm, 5: excited", "--bars", "8", "--feel", "慵懒靠后",
        "--groove", "bossa", "--articulation", "legato", "--avoid", "drums", "--avoid", "大跳",
        "--surprise", "0.1", "--reference", "a.mid", "--bundle", bundle, "--candidates", "1",
        "-o", "b.mid", "--json",
    )  # fmt: skip
    assert found.code == 0, found.err
    brief = found.facts["brief"]
    assert brief["emotion_curve"] == [[1, 0.4, -0.7], [5, 0.6, 0.9]]
    assert (brief["feel"], brief["groove"], brief["articulation"]) == (
        "laid-back",
        "bossa",
        "legato",
    )
    assert (brief["avoid"], brief["references"]) == (["drums", "leaps"], ["a.mid"])
    rows = {one["name"] for one in found.facts["adherence"]["checks"]}
    assert {"avoid", "feel", "surprise", "articulation", "groove"} <= rows
    assert any("a.mid" in one for one in found.facts["remarks"])
    assert (tmp_path / "b.mid").exists()


@pytest.mark.parametrize(
    ("options", "word", "word_zh"),
    [
        (("--feel", "swingy"), "feel", "律动感"),
        (("--groove", "pop-chorus", "--style", "bossa"), "bossa-light", "律动"),
        (("--avoid", "minor", "--key", "A minor"), "avoid names minor", "小调"),
        (("--emotion", "9: sad, 1: calm"), "ascending", "递增"),
        (("--reference", "nowhere.mid"), "nowhere.mid", "nowhere.mid"),
        (("--surprise", "2"), "surprise", "surprise"),
    ],
)
def test_wrong_manners_are_told_in_both_languages(
    motet: Callable[..., Any], tmp_path: Path, options: tuple[str, ...], word: str, word_zh: str
) -> None:
    for language, said in (("en", word), ("zh", word_zh)):
        found = motet("compose", "--bars", "4", "-o", "a.mid", "--lang", language, *options)
        assert found.code != 0
        assert said in found.err
        assert "Traceback" not in found.err
    assert not (tmp_path / "a.mid").exists()
