"""Archives: unpacked once, checked, and never outside of their folder."""

import io
import shutil
import subprocess
import tarfile
from contextlib import suppress
from pathlib import Path

import pytest

from motet.corpus.archive import check_sha256, unpack
from motet.errors import CorpusError


def make_tar(path: Path, name: str = "top/one.txt", text: bytes = b"1") -> Path:
    with tarfile.open(path, "w:gz" if path.suffix == ".gz" else "w") as tar:
        info = tarfile.TarInfo(name)
        info.size = len(text)
        tar.addfile(info, io.BytesIO(text))
    return path


def test_unpacking_twice_gives_one_folder(tmp_path: Path) -> None:
    archive = make_tar(tmp_path / "a.tar.gz")
    folder = unpack(archive, tmp_path / "cache")
    (folder / "top" / "kept.txt").write_text("2")
    assert unpack(archive, tmp_path / "cache", sha256=check_sha256(archive, "")) == folder
    assert (folder / "top" / "kept.txt").is_file()
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [folder.name]


@pytest.mark.skipif(shutil.which("zstd") is None, reason="no zstd program")
def test_zstandard(tmp_path: Path) -> None:
    plain = make_tar(tmp_path / "a.tar")
    subprocess.run(["zstd", "-q", str(plain)], check=True)
    folder = unpack(tmp_path / "a.tar.zst", tmp_path / "cache")
    assert (folder / "top" / "one.txt").read_text() == "1"


@pytest.mark.skipif(shutil.which("zstd") is None, reason="no zstd program")
def test_broken_zstandard(tmp_path: Path) -> None:
    archive = tmp_path / "a.tar.zst"
    archive.write_bytes(b"\x28\xb5\x2f\xfd" + b"nothing")
    with pytest.raises(CorpusError, match="cannot be unpacked"):
        unpack(archive, tmp_path / "cache")
    assert not list((tmp_path / "cache").iterdir())


def test_no_way_to_read_zstandard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setitem(__import__("sys").modules, "compression.zstd", None)
    monkeypatch.setitem(__import__("sys").modules, "zstandard", None)
    archive = tmp_path / "a.tar.zst"
    archive.write_bytes(b"x")
    with pytest.raises(CorpusError, match="pip install zstandard"):
        unpack(archive, tmp_path / "cache")


@pytest.mark.parametrize("name", ["../out.txt", "/etc/out.txt"])
def test_nothing_is_written_outside(tmp_path: Path, name: str) -> None:
    archive = make_tar(tmp_path / "a.tar", name)
    with suppress(CorpusError):  # Python 3.12 and later refuse, 3.11 strips the leading slash
        unpack(archive, tmp_path / "cache" / "deep")
    assert not (tmp_path / "cache" / "out.txt").exists()
    assert not (tmp_path / "out.txt").exists()


def test_wrong_missing_and_damaged(tmp_path: Path) -> None:
    archive = make_tar(tmp_path / "a.tar.gz")
    with pytest.raises(CorpusError, match="expected 00000000"):
        unpack(archive, tmp_path / "cache", sha256="0" * 64)
    with pytest.raises(CorpusError, match="motet corpus fetch"):
        unpack(tmp_path / "b.tar.gz", tmp_path / "cache")
    archive.write_bytes(archive.read_bytes()[:-30])
    with pytest.raises(CorpusError, match="cannot be unpacked"):
        unpack(archive, tmp_path / "cache")
