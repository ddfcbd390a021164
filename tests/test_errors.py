"""The exception tree: exit codes, both languages, pickling."""

import copy
import pickle

import pytest

from motet import errors
from motet.errors import FormatError, MotetError, ParameterError

LEAVES = [getattr(errors, name) for name in errors.__all__ if name != "MotetError"]


@pytest.mark.parametrize("kind", LEAVES)
def test_every_leaf_has_its_own_exit_code_and_a_status(kind):
    assert issubclass(kind, MotetError)
    assert 2 <= kind.exit_code <= 7
    assert 400 <= kind.http_status < 600


def test_exit_codes_are_distinct():
    assert len({kind.exit_code for kind in LEAVES}) == len(LEAVES) == 6


def test_a_parameter_error_is_a_value_error():
    with pytest.raises(ValueError, match="no such thing"):
        raise ParameterError("no such thing", zh="没有")


def test_both_languages_carry_the_place():
    error = FormatError("ends early", zh="文件不完整", path="a.mid", place="byte 9")
    assert error.localised("en") == "a.mid, byte 9: ends early"
    assert error.localised("zh") == "a.mid,第 9 字节:文件不完整"


def test_chinese_is_chinese_throughout():
    error = FormatError(
        "cannot read: No such file or directory",
        zh="无法读取:No such file or directory",
        path="a.mid",
        place="part 'Bar 7', bar 3",
    )
    assert error.localised("zh") == "a.mid,声部 'Bar 7',第 3 小节:无法读取:没有此文件或文件夹"
    assert str(error) == "a.mid, part 'Bar 7', bar 3: cannot read: No such file or directory"


def test_chinese_is_required():
    with pytest.raises(TypeError):
        ParameterError("english only")


@pytest.mark.parametrize("kind", LEAVES)
def test_errors_cross_process_borders(kind):
    error = kind("what", zh="什么", path="p", place="bar 3")
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(twin) is kind
        assert twin.localised("zh") == error.localised("zh")
