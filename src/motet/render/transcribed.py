"""Folders of recordings, transcribed file by file in processes of their own.

Conventions: the tree of folders is kept; a recording that cannot be read is reported and the rest goes on;
a worker that dies takes only its own recording with it. Files appear whole or not at all.

Offers `TranscribedFile`, `find_recordings`, `transcribe_file`, `transcribe_folder`,
`transcribe_missing`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from motet.audio.sniff import RECORDING_ENDINGS
from motet.errors import MotetError, ParameterError
from motet.render.batch import Conversion, convert_files
from motet.render.save import save_score

__all__ = [
    "TranscribedFile",
    "find_recordings",
    "transcribe_file",
    "transcribe_folder",
    "transcribe_missing",
]


@dataclass(frozen=True, slots=True)
class TranscribedFile(Conversion):
    """What became of one recording: the files written and what was heard, or the error."""

    facts: dict[str, Any] = field(default_factory=dict)


def find_recordings(folder: Path) -> tuple[Path, ...]:
    """Return the recordings under a folder, in order of their paths; hidden ones are left out.

    Examples
    --------
    >>> find_recordings(Path("."))
    ()
    """
    return tuple(
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in RECORDING_ENDINGS
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def transcribe_file(
    source: Path, target: Path, *, options: Mapping[str, Any] | None = None
) -> TranscribedFile:
    """Return what became of one recording; errors that Motet raises on purpose come back as values.

    Examples
    --------
    >>> transcribe_file(Path("missing.wav"), Path("out.mid")).error is None
    False
    """
    from motet.tasks.transcribe import transcribe

    try:
        found = transcribe(source, **{"title": source.stem, **(options or {})})
        files = save_score(found.score, target)
    except MotetError as error:
        return TranscribedFile(source, error=error)
    return TranscribedFile(source, tuple(files), facts=found.to_dict())


def transcribe_folder(
    sources: Path | Sequence[Path],
    target: Path,
    *,
    kind: str = "musicxml",
    options: Mapping[str, Any] | None = None,
    n_workers: int | None = None,
    progress: Callable[[int, int, Path], None] | None = None,
) -> tuple[TranscribedFile, ...]:
    """Return what became of every recording, transcribed into a folder.

    Parameters
    ----------
    sources : Path, or sequence of Path
        Files and folders; those inside folders are searched too.
    target : Path
        A folder; made if missing.
    kind : str
        What to write: an ending without its dot, as `motet.save` knows them.
    options : mapping or None
        Of `motet.transcribe`.
    n_workers : int or None, 1 to 64
        Processes; as many as there are processors when None.
    progress : callable or None
        Called with (recordings done, recordings in all, the one that is done).

    Returns
    -------
    tuple of TranscribedFile
        In order of the sources.

    Raises
    ------
    ParameterError
        There is no recording, or `n_workers` is out of range.

    Examples
    --------
    >>> transcribe_folder(Path("."), Path("scores"))
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: no recording is in '.'; looked for .wav, .flac, ...
    """
    given = [sources] if isinstance(sources, Path) else list(sources)
    if n_workers is not None and not 1 <= n_workers <= 64:
        raise ParameterError(
            f"n_workers must be 1 to 64, got {n_workers}; None takes one a processor",
            zh=f"n_workers 必须在 1 到 64 之间,收到 {n_workers};None 表示每个处理器一个",
        )
    goals = _goals(given, target, kind.lstrip(".").lower())
    if not goals:
        endings = ", ".join(RECORDING_ENDINGS)
        names = ", ".join(repr(str(one)) for one in given[:3])
        raise ParameterError(
            f"no recording is in {names}; looked for {endings}",
            zh=f"{names} 中没有录音;查找的扩展名:{endings}",
        )
    done: dict[Path, TranscribedFile] = {}
    work = partial(transcribe_file, options=dict(options or {}))
    for result in convert_files(goals, n_workers or os.cpu_count() or 1, work=work):
        # A worker that died is reported as a Conversion without facts.
        heard = (
            result
            if isinstance(result, TranscribedFile)
            else TranscribedFile(result.source, error=result.error)
        )
        done[result.source] = heard
        if progress is not None:
            progress(len(done), len(goals), result.source)
    return tuple(done[path] for path in goals)


def transcribe_missing(
    folder: Path,
    target: Path,
    *,
    n_workers: int | None = None,
    progress: Callable[[int, int, Path], None] | None = None,
) -> tuple[TranscribedFile, ...]:
    """Return the recordings that cannot be read, once all others lie in a folder as Motet JSON.

    Parameters
    ----------
    folder : Path
        Recordings, in folders in folders.
    target : Path
        Made if missing. What is there and no older than its recording stays; what belongs to no recording
        any more goes.
    n_workers, progress
        As for `transcribe_folder`.

    Returns
    -------
    tuple of TranscribedFile

    Raises
    ------
    ParameterError
        There is no recording.

    Examples
    --------
    >>> transcribe_missing(Path("."), Path("heard"))
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: no recording is in '.'; looked for .wav, .flac, ...
    """
    goals = _goals([folder], target, "json")
    if not goals:
        return transcribe_folder(folder, target, kind="json")
    for path in target.rglob("*.json"):
        if path not in goals.values():
            path.unlink()
    late = {path: goal for path, goal in goals.items() if not _is_newer(goal, path)}
    done = []
    for result in convert_files(late, n_workers or os.cpu_count() or 1, work=transcribe_file):
        done.append(result)
        if progress is not None:
            progress(len(done), len(late), result.source)
    return tuple(
        TranscribedFile(one.source, error=one.error) for one in done if one.error is not None
    )


def _is_newer(goal: Path, source: Path) -> bool:
    """Return whether a transcription is there and no older than its recording."""
    return goal.is_file() and goal.stat().st_mtime_ns >= source.stat().st_mtime_ns


def _goals(given: Sequence[Path], target: Path, kind: str) -> dict[Path, Path]:
    """Return where each recording goes; two of one name keep their endings in the name."""
    goals: dict[Path, Path] = {}
    taken: set[Path] = set()
    for one in given:
        is_folder = one.is_dir()
        for path in find_recordings(one) if is_folder else (one,):
            goal = (target / (path.relative_to(one) if is_folder else path.name)).with_suffix(
                f".{kind}"
            )
            if goal in taken:
                goal = goal.with_name(f"{path.stem}-{path.suffix.lstrip('.')}.{kind}")
            count = 2
            while goal in taken:
                goal = goal.with_name(f"{path.stem}-{count}.{kind}")
                count += 1
            taken.add(goal)
            goals[path] = goal
    return goals
