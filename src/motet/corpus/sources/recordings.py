"""Recordings of one's own, as scores that were transcribed from them.

Conventions: transcribing is done before (`motet.render.transcribed`, or ``motet corpus build
--recordings``), one Motet JSON a recording; pieces are marked as source ``recordings``, class
``transcribed``, so that whoever reads the corpus knows that nobody wrote these notes down.

Offers `RECORDINGS`, `list_recordings`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from motet.corpus.item import Item
from motet.corpus.manifest import Source
from motet.errors import CorpusError

__all__ = ["RECORDINGS", "list_recordings"]

RECORDINGS: Final = Source(
    name="recordings",
    title="Recordings, transcribed by Motet (machine-heard)",
    licence_class="transcribed",
    repository="",
    commit="",
    url="",
    archive="",
    sha256="",
    n_bytes=0,
    url_sha256="",
    licence="as the recordings' owner says",
    attribution="",
    n_pieces=0,
)
"""Transcribed recordings as a source."""


def list_recordings(folder: str | Path) -> list[Item]:
    """Return the transcribed recordings of a folder, sorted by name.

    Parameters
    ----------
    folder : str or Path
        Motet JSON files, in folders in folders.

    Returns
    -------
    list of Item

    Raises
    ------
    CorpusError
        There is none.

    Examples
    --------
    >>> Path("heard/live").mkdir(parents=True)
    >>> Path("heard/live/song.json").touch()
    >>> [(item.name, item.source) for item in list_recordings("heard")]
    [('live/song.json', 'recordings')]
    """
    home = Path(folder)
    paths = sorted(home.rglob("*.json"))
    if not paths:
        raise CorpusError(
            "there are no transcribed recordings here; motet transcribe FOLDER -o OUT --to json writes "
            "them",
            zh="此处没有转写好的录音;可用 motet transcribe 文件夹 -o 输出 --to json 写出",
            path=str(home),
        )
    names = [path.relative_to(home).as_posix() for path in paths]
    return [
        Item(
            source=RECORDINGS.name,
            name=name,
            path=path,
            work=f"{RECORDINGS.name}/{name}",
            title=path.stem,
            has_velocity=True,
        )
        for name, path in zip(names, paths, strict=True)
    ]
