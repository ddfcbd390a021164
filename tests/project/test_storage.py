"""Files: whole or not at all, never over somebody else's work, whatever kills the writer."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from motet.errors import BusyError, ParameterError
from motet.project import Project
from motet.project.storage import digest_file, replace_file

WRITER = """
import sys
from motet.project import Project
project = Project.open(sys.argv[1])
print("ready", flush=True)
n = 0
while True:
    n += 1
    project.lock(f"Tune:{1 + n % 8}") if n % 3 else project.unlock()
    project.save()
"""


def test_a_new_file_and_its_next_version(tmp_path: Path) -> None:
    one = replace_file(tmp_path / "a", b"1", seen="")
    two = replace_file(tmp_path / "a", b"2", seen=one)
    assert (tmp_path / "a").read_bytes() == b"2"
    assert digest_file(tmp_path / "a") == two
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_nobody_elses_work_is_overwritten(tmp_path: Path) -> None:
    seen = replace_file(tmp_path / "a", b"1", seen="")
    (tmp_path / "a").write_bytes(b"other")
    with pytest.raises(BusyError, match="changed on disk") as caught:
        replace_file(tmp_path / "a", b"2", seen=seen)
    assert "重新打开" in caught.value.zh
    with pytest.raises(ParameterError, match="already"):
        replace_file(tmp_path / "a", b"2", seen="")
    (tmp_path / "a").unlink()
    with pytest.raises(BusyError, match="gone"):
        replace_file(tmp_path / "a", b"2", seen=seen)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="cannot write"):
        replace_file(tmp_path / "no" / "a", b"1", seen="")


def test_a_link_is_followed_and_rights_stay(tmp_path: Path) -> None:
    seen = replace_file(tmp_path / "a", b"1", seen="")
    (tmp_path / "a").chmod(0o640)
    (tmp_path / "link").symlink_to(tmp_path / "a")
    replace_file(tmp_path / "link", b"2", seen=seen)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a").read_bytes() == b"2"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_what_a_killed_writer_left_is_cleared(tmp_path: Path) -> None:
    seen = replace_file(tmp_path / "a", b"1", seen="")
    (tmp_path / ".a.x1y2.saving").write_bytes(b"half")
    (tmp_path / ".b.x1y2.saving").write_bytes(b"another's")
    replace_file(tmp_path / "a", b"2", seen=seen)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".b.x1y2.saving", "a"]


def test_of_two_writers_at_once_one_wins(tmp_path: Path) -> None:
    seen = replace_file(tmp_path / "a", b"0", seen="")
    outcomes: list[str] = []

    def write(text: bytes) -> None:
        try:
            outcomes.append(replace_file(tmp_path / "a", text, seen=seen))
        except BusyError:
            outcomes.append("busy")

    threads = [threading.Thread(target=write, args=(bytes([k]) * 9999,)) for k in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert outcomes.count("busy") == 5
    assert digest_file(tmp_path / "a") in outcomes
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_file_opens_after_its_writer_is_killed(saved: Path) -> None:
    rng = random.Random(7)
    for _ in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(saved)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(rng.uniform(0.0, 0.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        found = Project.open(saved)
        assert found.score.n_notes
    found.lock("Bass")
    found.save()
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]


def test_a_temporary_file_cut_at_any_byte_harms_nothing(saved: Path) -> None:
    data, digest = saved.read_bytes(), digest_file(saved)
    draft = saved.parent / f".{saved.name}.abc.saving"
    for length in range(0, len(data), max(1, len(data) // 40)):
        draft.write_bytes(data[:length])
        assert digest_file(saved) == digest
        assert Project.open(saved).title == "Small"
