"""Every format is written, can be read again, and tells what it loses."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

import motet
from motet.errors import BusyError
from motet.io import read, write_json
from motet.project import Project
from motet.server.export_worker import EXPORTS, write_export
from motet.server.exports import prepare_export
from motet.server.schemas.export import ExportRequest, Format

PIECE = motet.arrange("| Dm7 | G7 |", style="bossa", bars=2, seed=1, title="Two bars")


class _Listener:
    """Notes what a worker tells."""

    def __init__(self, *, stops: bool = False) -> None:
        self.told: list[tuple[float, str, str]] = []
        self.cancel = self
        self.is_set = stops

    def progress(self, fraction: float, en: str, zh: str) -> None:
        self.told.append((fraction, en, zh))


def _write(tmp_path: Path, **wish: Any) -> tuple[dict[str, Any], bytes, _Listener]:
    project = Project.start(PIECE, title="Two: bars/月")
    listener = _Listener()
    payload = prepare_export(project, ExportRequest(**wish), tmp_path)
    result = write_export(payload, listener)
    return result, (Path(payload["folder"]) / "file").read_bytes(), listener


@pytest.mark.parametrize("kind", ["mid", "musicxml", "mxl", "abc", "json"])
def test_notes_can_be_read_again(tmp_path: Path, kind: Format) -> None:
    result, data, listener = _write(tmp_path, format=kind)
    assert result["name"] == f"Two_ bars_月.{kind}"
    assert result["n_bytes"] == len(data)
    assert read(data).score.n_bars == PIECE.score.n_bars
    fractions = [fraction for fraction, _, _ in listener.told]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert bool(result["losses"]) == (kind != "json")
    assert all(loss["en"] != loss["zh"] for loss in result["losses"])


@pytest.mark.parametrize(
    ("kind", "head"),
    [("svg", b"<svg"), ("pdf", b"%PDF"), ("png", b"\x89PNG"), ("mp3", b"ID3"), ("loop", b"RIFF")],
)
def test_pictures_and_sound_are_what_they_are_called(
    tmp_path: Path, kind: Format, head: bytes
) -> None:
    result, data, _ = _write(tmp_path, format=kind)
    assert data.startswith(head)
    assert result["name"].endswith("-loop.wav" if kind == "loop" else f".{kind}")


def test_a_loop_lasts_exactly_its_bars(tmp_path: Path) -> None:
    import wave

    _, data, _ = _write(tmp_path, format="loop", bars=[0, 1])
    with wave.open(io.BytesIO(data)) as sound:
        seconds = sound.getnframes() / sound.getframerate()
    bar = PIECE.score.bars[0]
    assert seconds == pytest.approx(PIECE.score.time.tick_to_s(bar.end_tick), abs=0.01)


def test_stems_are_one_file_a_part(tmp_path: Path) -> None:
    result, data, _ = _write(tmp_path, format="stems", bars=[0, 1], parts=[0, 2])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    assert result["name"].endswith("-stems.zip")
    assert names == [f"0{k + 1} {PIECE.parts[part].name}.wav" for k, part in enumerate((0, 2))]


def test_everything_holds_licence_record_and_project(tmp_path: Path) -> None:
    _, data, _ = _write(tmp_path, format="all")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path / "out")
        endings = {name.rsplit(".", 1)[-1] for name in archive.namelist()}
    assert {"mid", "musicxml", "pdf", "wav", "mp3", "txt", "json", "motet"} <= endings
    found = next((tmp_path / "out").glob("*.mid"))
    assert "authentic" in motet.verify(found).tell("en")[0]
    assert Project.open(next((tmp_path / "out").glob("*.motet"))).score.n_bars == PIECE.score.n_bars


def test_a_wish_to_stop_is_heard(tmp_path: Path) -> None:
    payload = {
        "format": "wav", "folder": str(tmp_path), "stem": "a", "score": write_json(PIECE.score),
    }  # fmt: skip
    with pytest.raises(BusyError, match="stopped"):
        write_export(payload, _Listener(stops=True))
    assert not (tmp_path / "file").exists()


def test_the_schema_names_the_formats_that_there_are() -> None:
    assert set(Format.__args__) == set(EXPORTS)  # type: ignore[attr-defined]
