"""Words for people, one JSON object for programs, and no trouble with a closed pipe."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from motet.cli.output import Output, error_facts, write_lines
from motet.errors import FormatError


def test_json_holds_paths_numbers_and_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    out = Output(language="zh", as_json=True)
    out.finish({"path": Path("a.mid"), "peak": np.float32(0.5), "title": "茉莉花"}, ["ignored"])
    said = capsys.readouterr().out
    assert json.loads(said) == {"ok": True, "path": "a.mid", "peak": 0.5, "title": "茉莉花"}
    assert "茉莉花" in said


def test_notes_go_to_stderr_or_into_the_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    Output(language="zh", as_json=False).note("repaired", "已修复")
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "已修复\n"
    quiet = Output(language="zh", as_json=True)
    quiet.note("repaired", "已修复")
    assert capsys.readouterr().err == ""
    quiet.finish({}, [])
    assert json.loads(capsys.readouterr().out) == {"ok": True, "notes": ["已修复"]}


def test_errors_have_the_same_facts_in_json() -> None:
    error = FormatError("no header", zh="缺少文件头", path="a.mid", place="byte 0")
    facts = error_facts(error, language="zh")["error"]
    assert facts == {
        "type": "FormatError",
        "code": 3,
        "message": "a.mid,第 0 字节:缺少文件头",
        "path": "a.mid",
        "place": "byte 0",
    }


def test_no_bar_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Output(language="en", as_json=False).progress("working", "进行中") as report:
        report(0.5, "half")
    assert capsys.readouterr().err == ""


def test_a_poor_encoding_loses_letters_and_nothing_else() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    write_lines(stream, ["bar 小节"])
    assert raw.getvalue() == b"bar ??\n"


def test_a_closed_pipe_is_no_error() -> None:
    command = f"{sys.executable} -m motet.cli.main --help | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
    assert done.stderr == ""
