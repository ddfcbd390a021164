"""Sizes that are refused."""

import pytest

from motet.errors import FormatError, ParameterError
from motet.io.limits import check_score_size, count_bars, load_bytes
from motet.score import Metre, Score, Tempo, make_score


def test_counted_bars_are_those_that_are_laid():
    metres = (
        Metre(tick=0, numerator=3, denominator=4),
        Metre(tick=2880, numerator=7, denominator=8),
        Metre(tick=5000, numerator=1, denominator=64),
    )
    score = Score(metres=metres, length_tick=9000)
    assert count_bars(score) == score.n_bars


def test_too_long_and_too_many_bars_are_refused():
    with pytest.raises(FormatError, match="hours"):
        check_score_size(Score(length_tick=480 * 2 * 86_401))
    fast = Tempo(tick=0, quarter_us=1)
    with pytest.raises(FormatError, match="200,001 bars"):
        check_score_size(Score(length_tick=1920 * 200_001, tempos=(fast,)), path="a.mid")
    check_score_size(make_score("C4:1"))


def test_large_files_and_folders_are_refused(tmp_path):
    with pytest.raises(FormatError, match="at most 3"):
        load_bytes(b"1234", max_bytes=3)
    (tmp_path / "a").write_bytes(b"1234")
    with pytest.raises(FormatError, match="at most 3"):
        load_bytes(tmp_path / "a", max_bytes=3)
    with pytest.raises(ParameterError, match="cannot read"):
        load_bytes(tmp_path)
