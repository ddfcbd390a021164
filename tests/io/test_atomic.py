"""Files are whole or untouched."""

import pytest

from motet.errors import ParameterError
from motet.io.atomic import write_whole


def test_an_old_file_is_replaced_and_nothing_else_is_left(tmp_path):
    target = tmp_path / "a.bin"
    write_whole(target, b"old")
    target.chmod(0o600)
    write_whole(str(target), b"new")
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_a_place_that_cannot_be_written_leaves_nothing(tmp_path):
    (tmp_path / "folder").mkdir()
    for target in (tmp_path / "folder", tmp_path / "missing" / "a", tmp_path / "a\0b"):
        with pytest.raises(ParameterError, match="cannot write"):
            write_whole(target, b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
