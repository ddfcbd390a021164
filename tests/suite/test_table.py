"""Requests say what is missing before anything is measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.errors import BundleError, CorpusError, ParameterError
from motet.suite.table import NEEDS, Request, Table, silent


def table(*needs: str) -> Table:
    return Table(
        name="a",
        title=("A", "甲"),
        needs=frozenset(needs),
        measure=lambda request: {},  # noqa: ARG005
        write=lambda facts: "",  # noqa: ARG005
    )


def test_each_need_has_its_error() -> None:
    kinds = {need: type(table(need).find_missing(Request(bundle="nobody"))) for need in NEEDS}
    assert kinds == {
        "shards": CorpusError,
        "bundle": BundleError,
        "weights": BundleError,
        "bench": CorpusError,
    }
    assert table().find_missing(Request(bundle="nobody")) is None
    assert silent("x") is None


def test_what_is_there_is_found(tmp_path: Path) -> None:
    archive = tmp_path / "a.tar.zst"
    archive.write_bytes(b"")
    request = Request(bench=tmp_path, shards=tmp_path, weights=archive)
    assert request.find_bench("a.tar.zst") == archive
    assert table("bench", "shards", "weights").missing(request) == ""
    with pytest.raises(CorpusError, match=r"b\.tar"):
        request.find_bench("b.tar")


@pytest.mark.parametrize("wrong", [{"n": 0}, {"seed": -1}, {"threads": 0}])
def test_numbers_out_of_range_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ParameterError, match="must be >="):
        Request(**wrong)
