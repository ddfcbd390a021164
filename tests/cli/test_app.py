"""The application: both languages, near misses, and errors for what was mistyped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from typer.testing import CliRunner

from motet.cli.app import build_app, command_names, help_page
from motet.cli.output import Output

COMMANDS = {
    "accompany",
    "adjust",
    "analyse",
    "arrange",
    "batch",
    "bench",
    "bundles",
    "completion",
    "compose",
    "continue",
    "convert",
    "corpus",
    "develop",
    "diff",
    "doctor",
    "draw",
    "evaluate",
    "export",
    "generate",
    "harmonise",
    "hum",
    "humanise",
    "infill",
    "lyrics",
    "melody",
    "morph",
    "originality",
    "play",
    "progression",
    "project",
    "rank",
    "reduce",
    "render",
    "restyle",
    "show",
    "sketch",
    "studio",
    "styles",
    "sweep",
    "train",
    "transcribe",
    "understand",
    "vary",
    "verify",
    "watch",
    "handoff",
    "why",
}


def test_all_commands_are_there() -> None:
    assert set(command_names()) == COMMANDS


@pytest.mark.parametrize(("language", "word"), [("en", "Usage:"), ("zh", "用法:")])
def test_the_app_speaks_its_language(language: Any, word: str) -> None:
    out = Output(language=language, as_json=False)
    found = CliRunner().invoke(build_app(language), ["--help"], obj=out)
    assert found.exit_code == 0
    assert found.output.startswith(word)
    assert found.output.strip() == help_page("", language=language).strip()


def test_no_words_at_all_show_the_help(motet: Callable[..., Any]) -> None:
    found = motet()
    assert found.code == 0
    assert found.out.startswith("Usage: motet")


@pytest.mark.parametrize(
    ("args", "en", "zh"),
    [
        (["arange"], "did you mean arrange", "您是否想用 arrange"),
        (["arrange", "--stile", "pop"], "--style", "没有选项 --stile"),
        (["styles", "--jsn"], "did you mean --json?", "没有选项 --jsn"),
        (["show"], "FILE is missing", "缺少 FILE"),
        (["arrange", "--seed"], "--seed needs a value", "--seed 需要一个值"),
        (
            ["arrange", "--seed", "x"],
            "must be a whole number, got 'x'",
            "--seed 必须是整数,收到 'x'",
        ),
        (["arrange", "--qpm", "abc"], "--qpm must be a number, got 'abc'", "必须是数,收到 'abc'"),
        (["arrange", "C", "F"], "too many words: F; put chords", "多出了参数:F;含空格"),
        (["arrange", "--stems=1"], "--stems takes no value", "--stems 不带值"),
        (["arrange", "-o", "a.mid", "--output=b.mid"], "--output is given twice", "给了两次"),
        (["doctor", "more"], "see motet doctor --help", "见 motet doctor --help"),
        (["qqqq"], "see motet --help", "没有命令"),
    ],
)
def test_mistyped_words(motet: Callable[..., Any], args: list[str], en: str, zh: str) -> None:
    for language, text in (("en", en), ("zh", zh)):
        found = motet(*args, "--lang", language)
        assert found.code == 2
        assert found.out == ""
        assert text in found.err
        assert "Traceback" not in found.err
