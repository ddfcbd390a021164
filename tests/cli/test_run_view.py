"""A run in the terminal and as a page, while it goes on."""

from __future__ import annotations

import io
import json
import sys
import threading
import time
from pathlib import Path

import pytest

from motet.cli.output import Output
from motet.cli.run_view import follow_run, tell_run, watching

EN, ZH = (Output(language=language, as_json=False) for language in ("en", "zh"))


def _line(folder: Path, **facts: object) -> None:
    with (folder / "log.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(facts) + "\n")


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_run_is_followed_to_its_end(tmp_path: Path) -> None:
    _line(tmp_path, kind="step", step=1, loss=3.0)
    stream = _Terminal()
    thread = threading.Thread(target=follow_run, args=(tmp_path, EN), kwargs={"stream": stream})
    thread.start()
    _line(tmp_path, kind="step", step=2, loss=2.0)
    _line(tmp_path, kind="end", step=2, reason="no improvement")
    thread.join(timeout=20)
    assert not thread.is_alive()
    assert "no improvement" in stream.getvalue()
    assert "stopped: no improvement" in (tmp_path / "run.html").read_text(encoding="utf-8")


def test_a_terminal_shows_curves_in_place_of_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with watching(tmp_path, EN):
        sys.stderr.write("step: a line of the log\n")
        _line(tmp_path, kind="step", step=1, loss=3.0)
        _line(tmp_path, kind="step", step=2, loss=2.0)
    assert sys.stderr is terminal
    assert "a line of the log" not in terminal.getvalue()
    assert "step 2" in terminal.getvalue()
    assert (tmp_path / "run.html").is_file()


def test_without_a_terminal_the_lines_stay(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with watching(tmp_path, EN):
        sys.stderr.write("step: a line\n")
        _line(tmp_path, kind="step", step=1, loss=3.0)
        time.sleep(0.1)
    assert capsys.readouterr().err == "step: a line\n"
    assert (tmp_path / "run.html").is_file()


def test_a_failing_run_gives_the_terminal_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with pytest.raises(KeyError), watching(tmp_path / "none", EN):
        raise KeyError
    assert sys.stderr is terminal


def test_the_text_speaks_the_language() -> None:
    lines = [
        {"kind": "step", "step": 1, "loss": 3.0, "minutes": 0.2},
        {"kind": "valid", "step": 1, "nats": 3.0, "best": True},
        {"kind": "step", "step": 2, "loss": 2.0, "minutes": 0.4},
        {"kind": "valid", "step": 2, "nats": 2.0, "best": True},
    ]
    english, chinese = ("\n".join(tell_run(lines, out)) for out in (EN, ZH))
    assert english.startswith("step 2 · 0.4 min · best at 2 · running")
    assert "nats (validation)" in english
    assert chinese.startswith("第 2 步 · 0.4 分钟 · 最佳在第 2 步 · 进行中")
    assert "nats(验证)" in chinese
