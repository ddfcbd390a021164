"""Real and hostile files: facts, or an error that names the user's file and nothing of ours."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from motet.audio import Audio, write_audio
from motet.errors import FormatError
from motet.io import read_json, write_abc, write_midi, write_musicxml
from motet.io.motet_file import MIMETYPE
from motet.project import Project
from motet.score import make_score
from motet.server.parse_worker import parse_upload

SCORE = make_score("C4:1 D4:1 E4:2 | G4:4", "C3:4 | G2:4", chords="C:4 G:4")


def _parse(folder: Path, data: bytes, kind: str = "score", name: str = "song.mid") -> Any:
    (folder / "data").write_bytes(data)
    return parse_upload({"folder": str(folder), "kind": kind, "name": name})


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (write_midi(SCORE), "midi"),
        (write_musicxml(SCORE), "musicxml"),
        (write_abc(SCORE), "abc"),
        (b"**kern\n*M4/4\n4c\n4d\n2e\n*-\n", "kern"),
    ],
    ids=["midi", "musicxml", "abc", "kern"],
)
def test_scores_of_every_kind_are_read_and_kept(tmp_path: Path, data: bytes, form: str) -> None:
    facts = _parse(tmp_path, data if isinstance(data, bytes) else data.encode())
    assert facts["format"] == form
    assert facts["n_notes"] >= 3
    assert read_json(tmp_path / "score.json").score.n_notes == facts["n_notes"]
    json.dumps(facts)


def test_repairs_are_told_in_both_languages(tmp_path: Path) -> None:
    cut = write_midi(make_score("C4:1 " * 64))[:-20]
    facts = _parse(tmp_path, cut)
    assert facts["repairs"]
    assert all(one["en"] != one["zh"] for one in facts["repairs"])


def _bomb(payload: bytes, name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if name == "manifest.json":
            archive.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml" if name != "manifest.json" else name, payload)
    return out.getvalue()


_BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE score-partwise [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + k, b"&%c;" % (97 + k) * 10) for k in range(8))
    + b"]><score-partwise>&i;</score-partwise>"
)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x00" * 4096, "score"),
        (b"MThd" + b"\xff" * 64, "score"),
        (b"{" * 200_000, "score"),
        (_BILLION, "score"),
        (_bomb(b"0" * 60_000_000, "META-INF/container.xml"), "score"),
        (_bomb(b"[" * 60_000_000, "manifest.json"), "project"),
        (b"PK\x03\x04" + b"mimetype" + MIMETYPE.encode() + b"junk", "project"),
        (b"RIFF\xff\xff\xff\xffWAVEfmt \x10\x00\x00\x00junk", "audio"),
        (b"OggS" + bytes(300), "audio"),
        (b"fLaC" + b"\xff" * 300, "audio"),
    ],
    ids=["zeros", "midi", "braces", "entities", "mxl bomb", "project bomb", "no zip", "wav", "ogg", "flac"],
)  # fmt: skip
def test_hostile_files_give_a_plain_error_with_the_users_name(
    tmp_path: Path, data: bytes, kind: str
) -> None:
    with pytest.raises(FormatError) as caught:
        _parse(tmp_path, data, kind, "my song.bin")
    error = caught.value
    for text in (str(error), error.localised("zh")):
        assert "my song.bin" in text
        assert str(tmp_path) not in text
    assert not (tmp_path / "score.json").exists()


def test_a_project_is_read_with_all_its_steps(tmp_path: Path) -> None:
    project = Project.start(SCORE, title="Two")
    project.propose("humanise", n=1)
    project.accept(1)
    data = project.save(tmp_path / "p.motet").read_bytes()
    facts = _parse(tmp_path, data, "project", "p.motet")
    assert (facts["n_steps"], facts["title"], facts["format"]) == (2, "Two", "project")


def test_a_recording_tells_how_long_it_is(tmp_path: Path) -> None:
    sound = Audio(np.zeros((24000, 2), np.float32), 8000)
    data = write_audio(sound, tmp_path / "a.wav").read_bytes()
    facts = _parse(tmp_path, data, "audio", "a.wav")
    assert (facts["seconds"], facts["rate_hz"], facts["n_channels"]) == (3.0, 8000, 2)
