"""The signed sidecar: whole, found beside its files, and honest about a missing key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from motet.errors import FormatError
from motet.provenance import Record, record_of
from motet.provenance.sidecar import find_sidecar, read_sidecar, write_sidecar
from motet.score import make_score

RECORD = record_of(make_score("C4:4 D4:4"))


def test_a_sidecar_comes_back_signed(tmp_path: Path) -> None:
    (tmp_path / "a.mid").write_bytes(b"x")
    path, why = write_sidecar(tmp_path / "a.provenance.json", RECORD, [tmp_path / "a.mid"])
    found = read_sidecar(path)
    assert (found.signature, why) == ("good", ("", ""))
    assert found.record == RECORD
    assert list(found.files) == ["a.mid"]
    assert found.time.endswith("Z")


@pytest.mark.parametrize("change", ["record", "files", "time", "key", "signature"])
def test_any_change_breaks_the_signature(tmp_path: Path, change: str) -> None:
    path, _ = write_sidecar(tmp_path / "a.provenance.json", RECORD, [])
    body = json.loads(path.read_text())
    if change == "record":
        body["record"]["title"] = "mine"
    elif change == "files":
        body["files"]["b.mid"] = {"bytes": 1, "sha256": "00"}
    elif change == "time":
        body["time"] = "2001-01-01T00:00:00Z"
    elif change == "key":
        other, _ = write_sidecar(
            tmp_path / "b.provenance.json", RECORD, [], key=tmp_path / "other.pem"
        )
        body["key"] = json.loads(other.read_text())["key"]
    else:
        body["signature"] = ""
    path.write_text(json.dumps(body))
    assert read_sidecar(path).signature == "bad"


def test_another_layout_of_the_json_does_not_break_it(tmp_path: Path) -> None:
    path, _ = write_sidecar(tmp_path / "a.provenance.json", RECORD, [])
    body = json.loads(path.read_text())
    path.write_text(json.dumps(body, indent=4, sort_keys=True))
    assert read_sidecar(path).signature == "good"


def test_without_a_key_it_says_so_and_does_not_fail(tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text("nothing")
    path, why = write_sidecar(tmp_path / "a.provenance.json", RECORD, [], key=tmp_path / "key.pem")
    found = read_sidecar(path)
    assert found.signature == "none"
    assert "not signed" in why[0]
    assert "未签名" in why[1]
    assert found.remark == why[0]


def test_it_is_found_by_name_or_by_what_it_names(tmp_path: Path) -> None:
    (tmp_path / "song-lead.pdf").write_bytes(b"x")
    (tmp_path / "bad.provenance.json").write_text("[3]")
    path, _ = write_sidecar(tmp_path / "song.provenance.json", RECORD, [tmp_path / "song-lead.pdf"])
    assert find_sidecar(tmp_path / "song.mid") == path
    assert find_sidecar(tmp_path / "song-lead.pdf") == path
    assert find_sidecar(tmp_path / "other.mid") is None
    assert find_sidecar(tmp_path / "stems" / "song-lead.pdf") == path


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"kind": "motet-provenance", "format": 2}',
        '{"kind": "motet-provenance", "format": 1}',
        '{"kind": "motet-provenance", "format": 1, "files": {}, "time": "", "key": "", '
        '"signature": "", "remark": "", "record": {}}',
    ],
)
def test_what_is_no_sidecar_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.provenance.json"
    path.write_text(text)
    with pytest.raises(FormatError):
        read_sidecar(path)


def test_a_sidecar_reads_line_by_line(tmp_path: Path) -> None:
    path, _ = write_sidecar(tmp_path / "a.provenance.json", Record(version="1"), [])
    lines = path.read_text().splitlines()
    assert '  "version": "1",' in lines
