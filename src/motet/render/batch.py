"""Folders of scores, converted file by file in processes of their own.

Conventions: the tree of folders is kept; a file that cannot be read is reported and the rest goes on;
a worker that dies takes only its own file with it. Nothing of the source is changed.

Offers `Conversion`, `convert_folder`, `convert_files`, `convert_file`, `find_scores`.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from motet.errors import FormatError, MotetError, ParameterError
from motet.io import Loss, Repair, read
from motet.render.save import save_score

__all__ = [
    "SCORE_ENDINGS",
    "Conversion",
    "convert_file",
    "convert_files",
    "convert_folder",
    "find_scores",
]

SCORE_ENDINGS = (".mid", ".midi", ".json", ".musicxml", ".mxl", ".xml", ".abc", ".krn", ".kern")
"""Endings of the files that are looked for in a folder."""
_TRIES = 2


@dataclass(frozen=True, slots=True)
class Conversion:
    """What became of one file: the files written, or the error; repairs and losses on the way."""

    source: Path
    files: tuple[Path, ...] = ()
    repairs: tuple[Repair, ...] = ()
    losses: tuple[Loss, ...] = ()
    error: MotetError | None = None


def find_scores(folder: Path) -> tuple[Path, ...]:
    """Return the score files under a folder, in order of their paths; hidden ones are left out.

    Examples
    --------
    >>> find_scores(Path("."))
    ()
    """
    return tuple(
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in SCORE_ENDINGS
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def convert_file(source: Path, target: Path) -> Conversion:
    """Return what became of one file; errors that Motet raises on purpose come back as values.

    Examples
    --------
    >>> convert_file(Path("missing.mid"), Path("out.mid")).error is None
    False
    """
    losses: list[Loss] = []
    try:
        loaded = read(source)
        files = save_score(loaded.score, target, on_loss=losses.append)
    except MotetError as error:
        return Conversion(source, error=error)
    return Conversion(source, tuple(files), tuple(loaded.repairs), tuple(losses))


def _died(source: Path) -> Conversion:
    error = FormatError(
        "the process that read this file died; it is damaged in a way not known yet, please report it",
        zh="读取此文件的进程已终止;文件以未知的方式损坏,请反馈",
        path=str(source),
    )
    return Conversion(source, error=error)


def _targets(source: Path, target: Path, kind: str) -> dict[Path, Path]:
    """Return where each file goes; two sources of one name keep their endings in the name."""
    goals: dict[Path, Path] = {}
    taken: set[Path] = set()
    for path in find_scores(source):
        goal = (target / path.relative_to(source)).with_suffix(f".{kind}")
        if goal in taken:
            goal = goal.with_name(f"{path.stem}-{path.suffix.lstrip('.')}.{kind}")
        taken.add(goal)
        goals[path] = goal
    return goals


def convert_folder(
    source: Path,
    target: Path,
    *,
    kind: str,
    n_workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Conversion, ...]:
    """Return what became of every score under a folder, converted into another folder.

    Parameters
    ----------
    source : Path
        A folder; those inside it are searched too.
    target : Path
        Made if missing; must not be `source`.
    kind : str
        What to write: an ending without its dot, such as ``"musicxml"``.
    n_workers : int or None, >= 1
        Processes; as many as there are processors when None.
    progress : callable or None
        Called with (files done, files in all).

    Returns
    -------
    tuple of Conversion
        In order of the sources' paths.

    Raises
    ------
    ParameterError
        `source` is no folder or holds no scores, or `target` is the same folder.

    Examples
    --------
    >>> import tempfile
    >>> from motet.io import write
    >>> from motet.score import make_score
    >>> with tempfile.TemporaryDirectory() as name:
    ...     folder = Path(name)
    ...     (folder / "in").mkdir()
    ...     _ = write(make_score("C4:4"), folder / "in" / "a.mid")
    ...     done = convert_folder(folder / "in", folder / "out", kind="json", n_workers=1)
    ...     [path.name for path in done[0].files]
    ['a.json']
    """
    if not source.is_dir():
        raise ParameterError(
            f"source must be a folder, got {str(source)!r}; check the name",
            zh=f"源必须是文件夹,收到 {str(source)!r};请检查名称",
        )
    if target.resolve() == source.resolve():
        raise ParameterError(
            "source and target are the same folder; choose another target",
            zh="源与目标是同一个文件夹;请另选目标",
        )
    goals = _targets(source, target, kind)
    if not goals:
        endings = ", ".join(SCORE_ENDINGS)
        raise ParameterError(
            f"no score is in {str(source)!r}; looked for {endings}",
            zh=f"{str(source)!r} 中没有乐谱;查找的扩展名:{endings}",
        )
    done: dict[Path, Conversion] = {}
    for result in convert_files(goals, n_workers or os.cpu_count() or 1):
        done[result.source] = result
        if progress is not None:
            progress(len(done), len(goals))
    return tuple(done[path] for path in goals)


def convert_files(
    goals: dict[Path, Path],
    n_workers: int,
    *,
    work: Callable[[Path, Path], Conversion] = convert_file,
) -> Iterator[Conversion]:
    """Yield conversions as they end; files under way when a worker dies are tried again alone.

    Parameters
    ----------
    goals : dict of Path to Path
        Where each source goes.
    n_workers : int, >= 1
        Processes.
    work : callable
        What each process does with a source and its target.

    Examples
    --------
    >>> list(convert_files({}, 1))
    []
    """
    context = multiprocessing.get_context("spawn")
    waiting = list(goals)
    tries = dict.fromkeys(goals, 0)
    while waiting:
        size = 1 if any(tries[path] for path in waiting[:1]) else min(n_workers, len(waiting))
        under_way: dict[Future[Conversion], Path] = {}
        with ProcessPoolExecutor(max_workers=size, mp_context=context) as pool:
            try:
                while waiting or under_way:
                    while waiting and len(under_way) < size and tries[waiting[0]] < _TRIES:
                        path = waiting.pop(0)
                        tries[path] += 1
                        under_way[pool.submit(work, path, goals[path])] = path
                    ended, _ = wait(under_way, return_when=FIRST_COMPLETED)
                    for future in ended:
                        result = future.result()
                        del under_way[future]
                        yield result
            except BrokenProcessPool:
                lost = list(under_way.values())
                yield from (_died(path) for path in lost if tries[path] >= _TRIES)
                waiting = [path for path in lost if tries[path] < _TRIES] + waiting
