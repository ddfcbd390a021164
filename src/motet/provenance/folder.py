"""What lies beside the files of a piece that Motet made: a licence file and a signed record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from motet.provenance.embed import record_in
from motet.provenance.licence import write_licence
from motet.provenance.sidecar import SIDECAR_ENDING, write_sidecar
from motet.score import Score

__all__ = ["vouch_for"]


def vouch_for(
    files: Sequence[Path],
    score: Score,
    folder: str | Path,
    *,
    stem: str = "song",
    font: str = "",
    on_remark: Callable[[str, str], None] | None = None,
) -> list[Path]:
    """Write licence and signed record beside files and return their paths; none for a score without record.

    Parameters
    ----------
    files : sequence of Path
        What was written of the score, all in one folder.
    score : Score
        As it was written, with its record.
    folder : str or Path
    stem : str
        Name of the sidecar, without ending.
    font : str
        Name of a sound font of the user's own; empty is the built-in one.
    on_remark : callable or None
        Called with the reason, in English and Chinese, where the record could not be signed.

    Returns
    -------
    list of Path

    Raises
    ------
    ParameterError
        They cannot be written.

    Examples
    --------
    >>> from motet.score import make_score
    >>> vouch_for([], make_score("C4:4"), ".")
    []
    """
    record = record_in(score)
    if record is None:
        return []
    kinds = {path.suffix.lstrip(".") for path in files}
    licence = write_licence(folder, record, kinds=kinds, font=font)
    path = Path(folder) / f"{stem}{SIDECAR_ENDING}"
    sidecar, why = write_sidecar(path, record, [*files, licence])
    if on_remark is not None and why[0]:
        on_remark(*why)
    return [licence, sidecar]
