"""What a table of the evaluation suite is, and what it is asked with.

Offers `Table`, `Request`, `silent`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motet.errors import CorpusError, MotetError, ParameterError

__all__ = ["NEEDS", "Request", "Table", "silent"]

NEEDS = ("shards", "bundle", "weights", "bench")
"""What a table may need: a built corpus, a bundle, the bundle's weights, the benchmark archives."""


def silent(text: str) -> None:
    """Return nothing and say nothing: progress that nobody watches.

    Examples
    --------
    >>> silent("10 of 60")
    """


@dataclass(frozen=True, kw_only=True)
class Request:
    """What the tables are measured with.

    Parameters
    ----------
    shards : Path or None
        A built corpus.
    bundle : str
        Name or folder.
    earlier : str
        Name or folder of a bundle to compare with; empty for none.
    weights : Path or None
        Weights that the bundle was made from; None: the file beside the bundle.
    bench : Path or None
        Folder of the benchmark archives (``jsb-chorales.tar.zst`` and others).
    n : int or None
        Pieces a row; None is the table's own number.
    seed : int
    threads : int
    say : callable
        Is told of progress, one line at a time.

    Examples
    --------
    >>> Request(n=4).bundle
    'small'
    """

    shards: Path | None = None
    bundle: str = "small"
    earlier: str = ""
    weights: Path | None = None
    bench: Path | None = None
    n: int | None = None
    seed: int = 0
    threads: int = 2
    say: Callable[[str], None] = silent

    def __post_init__(self) -> None:
        for name, lowest in (("n", 1), ("seed", 0), ("threads", 1)):
            value = getattr(self, name)
            if value is not None and value < lowest:
                raise ParameterError(
                    f"{name} must be >= {lowest}, got {value}",
                    zh=f"{name} 须 >= {lowest},收到 {value}",
                )

    def find_shards(self) -> Path:
        """Return the folder of the corpus; raises a CorpusError when none was given."""
        if self.shards is None:
            raise CorpusError(
                "no built corpus was given; add --shards FOLDER (motet corpus build writes one)",
                zh="未给出已构建的语料库;请加 --shards 文件夹(由 motet corpus build 构建)",
            )
        return self.shards

    def find_bench(self, archive: str = "") -> Path:
        """Return the folder of the benchmark archives, or one archive; raises a CorpusError."""
        path = None if self.bench is None else self.bench / archive
        if path is None or not path.exists():
            raise CorpusError(
                f"no benchmark archive {archive or 'folder'} at {path}; add --bench FOLDER",
                zh=f"{path} 处没有基准存档 {archive};请加 --bench 文件夹",
            )
        return path

    def find_weights(self) -> Path:
        """Return the weights file of the bundle; raises a BundleError when there is none."""
        from motet.engine.bundle import load_bundle
        from motet.errors import BundleError

        path = self.weights or load_bundle(self.bundle).folder / "weights.npz"
        if not path.is_file():
            raise BundleError(
                f"there are no weights at {path}; add --weights FILE",
                zh=f"{path} 处没有权重;请加 --weights 文件",
            )
        return path


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table of the page.

    Parameters
    ----------
    name : str
        Also its marks on the page: ``<!-- name -->`` and ``<!-- end name -->``.
    title : tuple of str
        English, Chinese.
    needs : frozenset of str
        Of `NEEDS`.
    measure : callable
        `Request` to facts that JSON can hold; raises a MotetError when an input is missing.
    write : callable
        Facts to Markdown: figures first, then a line that says what falls short.

    Examples
    --------
    >>> table = Table(name="a", title=("A", "甲"), needs=frozenset({"shards"}),
    ...               measure=lambda request: {}, write=lambda facts: "")
    >>> table.missing(Request())
    'no built corpus was given; add --shards FOLDER (motet corpus build writes one)'
    """

    name: str
    title: tuple[str, str]
    needs: frozenset[str]
    measure: Callable[[Request], dict[str, Any]]
    write: Callable[[dict[str, Any]], str]

    def missing(self, request: Request) -> str:
        """Return why the table cannot be measured, or nothing."""
        return "" if (error := self.find_missing(request)) is None else error.en

    def find_missing(self, request: Request) -> MotetError | None:
        """Return the error that measuring would meet at once, or None."""
        from motet.engine.bundle import load_bundle

        checks: dict[str, Callable[[], object]] = {
            "shards": request.find_shards,
            "bench": request.find_bench,
            "bundle": lambda: load_bundle(request.bundle),
            "weights": request.find_weights,
        }
        for need in (one for one in NEEDS if one in self.needs):
            try:
                checks[need]()
            except MotetError as error:
                return error
        return None
