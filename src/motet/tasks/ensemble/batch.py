"""Batches: a table of briefs or sentences, one piece a row; a row that fails does not stop the rest.

Conventions: a TOML file has ``[[piece]]`` tables, a CSV file a header; columns are ``name``, ``sentence`` and
the fields of `Brief` (options win over the sentence). Empty cells ask for nothing. Names become file names.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field, fields
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from motet.brief import Brief
from motet.errors import FormatError, MotetError, ParameterError
from motet.language import Language
from motet.tasks.compose import compose
from motet.tasks.ensemble.variants import judge_piece

__all__ = ["FORMATS", "Outcome", "Row", "read_batch", "run_batch", "write_row"]

FORMATS = ("mid", "musicxml", "json")
"""What a row can be written as."""

_MOST_ROWS = 10_000
_MOST_BYTES = 4_000_000
_NUMBERS = (
    "qpm",
    "bars",
    "seed",
    "candidates",
    "intensity",
    "swing",
    "humanise",
    "temperature",
    "surprise",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One piece to write: its place in the file (from 1), its file name, its sentence, its options."""

    number: int
    name: str
    sentence: str = ""
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a row; ``error`` and ``error_zh`` are empty where it was written."""

    number: int
    name: str
    files: tuple[str, ...] = ()
    n_bars: int = 0
    n_notes: int = 0
    n_missed: int = 0
    figure: float = 0.0
    error: str = ""
    error_zh: str = ""

    def facts(self) -> dict[str, Any]:
        """Return the outcome as plain values for JSON."""
        return {**asdict(self), "files": list(self.files), "figure": round(self.figure, 3)}


def read_batch(path: str | Path) -> tuple[Row, ...]:
    """Return the rows of a batch file.

    Parameters
    ----------
    path : str or Path
        ``.toml`` or ``.csv``.

    Returns
    -------
    tuple of Row

    Raises
    ------
    ParameterError
        There is no such file, or it is neither TOML nor CSV.
    FormatError
        It cannot be read, or a column is unknown.

    Examples
    --------
    >>> _ = Path("wishes.csv").write_text("name,sentence,bars\\nfirst,a sad waltz,8\\n")
    >>> [(row.name, row.sentence, row.options) for row in read_batch("wishes.csv")]
    [('first', 'a sad waltz', {'bars': 8})]
    """
    path = Path(path)
    if not path.is_file():
        raise ParameterError(
            f"there is no file {str(path)!r}; give a .toml or .csv file of briefs",
            zh=f"没有文件 {str(path)!r};请给出写有需求的 .toml 或 .csv 文件",
        )
    kind = path.suffix.lower()
    if kind not in (".toml", ".csv"):
        raise ParameterError(
            f"a batch is a .toml or .csv file, got {path.name!r}",
            zh=f"批量文件应为 .toml 或 .csv,收到 {path.name!r}",
        )
    if path.stat().st_size > _MOST_BYTES:
        raise FormatError("larger than 4 MB; split it", zh="大于 4 MB;请拆分", path=str(path))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(
            "not text in UTF-8", zh="不是 UTF-8 文本", path=str(path), place=f"byte {error.start}"
        ) from error
    tables = list(_tables(text, path, kind))
    if not tables:
        raise FormatError("it has no row", zh="没有任何一行", path=str(path))
    if len(tables) > _MOST_ROWS:
        raise FormatError(
            f"more than {_MOST_ROWS} rows; split it",
            zh=f"超过 {_MOST_ROWS} 行;请拆分",
            path=str(path),
        )
    taken: set[str] = set()
    return tuple(_row(k, table, path, taken) for k, table in enumerate(tables, start=1))


def _tables(text: str, path: Path, kind: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a text as tables."""
    if kind == ".csv":
        try:
            reader = csv.DictReader(io.StringIO(text), strict=True)
            for line in reader:
                if None in line:
                    raise FormatError(
                        "more cells than the header has; quote texts with commas",
                        zh="单元格多于表头;含逗号的文字请加引号",
                        path=str(path), place=f"line {reader.line_num}",
                    )  # fmt: skip
                cells = {k.strip(): v.strip() for k, v in line.items() if v and v.strip()}
                if cells:
                    yield cells
        except csv.Error as error:
            raise FormatError(f"no CSV: {error}", zh=f"不是 CSV:{error}", path=str(path)) from error
        return
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormatError(f"no TOML: {error}", zh=f"不是 TOML:{error}", path=str(path)) from error
    pieces = table.get("piece")
    if not isinstance(pieces, list) or not all(isinstance(one, dict) for one in pieces):
        raise FormatError(
            "it needs [[piece]] tables, each with a sentence or fields of a brief",
            zh="需要 [[piece]] 表,每个写有 sentence 或需求的字段",
            path=str(path),
        )
    yield from pieces


def _row(number: int, table: dict[str, Any], path: Path, taken: set[str]) -> Row:
    """Return one row, its columns checked and its name made unlike the others."""
    known = {"name", "sentence"} | {one.name for one in fields(Brief)}
    for column in table:
        if column not in known:
            raise FormatError(
                f"there is no column {column!r}; use name, sentence, or a field of a brief such as "
                "style, key, bars, parts",
                zh=f"没有 {column!r} 这一列;可用 name、sentence 或需求字段,如 style、key、bars、parts",
                path=str(path), place=f"row {number}",
            )  # fmt: skip
    stem = re.sub(r"[^\w-]+", "-", str(table.get("name") or f"piece-{number}")).strip("-")[:80]
    stem = stem or f"piece-{number}"
    name = stem
    while name.lower() in taken:
        name = f"{stem}-{number}" if name == stem else f"{name}-{number}"
    taken.add(name.lower())
    options = {k: _value(k, v) for k, v in table.items() if k not in ("name", "sentence")}
    return Row(number=number, name=name, sentence=str(table.get("sentence", "")), options=options)


def _value(name: str, value: Any) -> Any:
    """Return a cell of a CSV file as what its field holds."""
    if isinstance(value, str) and name in _NUMBERS:
        for kind in (int, float):
            try:
                return kind(value)
            except ValueError:
                continue
    return value


def write_row(
    row: Row,
    folder: str | Path,
    *,
    formats: tuple[str, ...] = ("mid",),
    bundle: str | None = None,
    language: Language = "en",
    originality: bool = True,
) -> Outcome:
    """Return what became of a row: its piece in files, or why there is none.

    Parameters
    ----------
    row : Row
    folder : str or Path
    formats : tuple of str
        Of `FORMATS`.
    bundle : str or None
    language : Language
    originality : bool

    Returns
    -------
    Outcome

    Examples
    --------
    >>> write_row(Row(number=1, name="one", options={"metre": "soup"}), ".").error != ""
    True
    """
    from motet.sentence import understand

    try:
        wish = understand(row.sentence, language=language).full if row.sentence else Brief()
        piece = compose(
            wish, bundle=bundle, language=language, originality=originality, **row.options
        )
        files = [piece.write(Path(folder) / f"{row.name}.{kind}") for kind in formats]
    except (MotetError, OSError) as error:
        texts = (
            (error.localised("en"), error.localised("zh")) if isinstance(error, MotetError) else ()
        )
        en, zh = texts or (str(error), str(error))
        return Outcome(number=row.number, name=row.name, error=en, error_zh=zh)
    return Outcome(
        number=row.number,
        name=row.name,
        files=tuple(str(one) for one in files),
        n_bars=piece.score.n_bars,
        n_notes=piece.score.n_notes,
        n_missed=len(piece.adherence.missed),
        figure=judge_piece(piece),
    )


def run_batch(
    rows: tuple[Row, ...],
    folder: str | Path,
    *,
    formats: tuple[str, ...] = ("mid",),
    bundle: str | None = None,
    language: Language = "en",
    originality: bool = True,
    n_processes: int = 2,
    on_row: Callable[[Outcome, int, int], None] | None = None,
) -> tuple[Outcome, ...]:
    """Return what became of every row, in the order of the file.

    Parameters
    ----------
    rows : tuple of Row
    folder : str or Path
        Made if it is not there.
    formats, bundle, language, originality
        As in `write_row`.
    n_processes : int, 1 to 16
        1 stays in this process.
    on_row : callable or None
        Called with (outcome, rows done, rows in all).

    Returns
    -------
    tuple of Outcome

    Raises
    ------
    ParameterError
        A format or the number of processes is not allowed, or the folder cannot be made.

    Examples
    --------
    >>> wish = {"bars": 2, "parts": "flute", "ground": "arranger", "candidates": 1}
    >>> rows = (Row(number=1, name="one", options=wish), Row(number=2, name="two", options={"bars": -1}))
    >>> [bool(one.error) for one in run_batch(rows, "pieces", n_processes=1)]
    [False, True]
    """
    for kind in formats or ("",):
        if kind not in FORMATS:
            raise ParameterError(
                f"a batch writes {', '.join(FORMATS)}, got {kind!r}",
                zh=f"批量可写 {'、'.join(FORMATS)},收到 {kind!r}",
            )
    if not 1 <= n_processes <= 16:
        raise ParameterError(
            f"the number of processes must be 1 to 16, got {n_processes}",
            zh=f"进程数必须在 1 到 16 之间,收到 {n_processes}",
        )
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ParameterError(
            f"the folder {str(folder)!r} cannot be made: {error.strerror}",
            zh=f"无法建立文件夹 {str(folder)!r}:{error.strerror}",
        ) from error
    wishes: dict[str, Any] = {
        "formats": formats, "bundle": bundle, "language": language, "originality": originality,
    }  # fmt: skip
    done: list[Outcome] = []

    def tell(outcome: Outcome) -> None:
        done.append(outcome)
        if on_row is not None:
            on_row(outcome, len(done), len(rows))

    if n_processes == 1 or len(rows) == 1:
        for row in rows:
            tell(write_row(row, folder, **wishes))
    else:
        with ProcessPoolExecutor(n_processes, mp_context=get_context("spawn")) as pool:
            for job in as_completed(
                [pool.submit(write_row, row, folder, **wishes) for row in rows]
            ):
                tell(job.result())
    return tuple(sorted(done, key=lambda one: one.number))
