"""Writing results: what `motet.api.save` writes, with progress shown and losses told.

Conventions: the extension of a path decides what is written; a path without one is a folder. An
option that was not given is None or False, and is left out.
"""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motet.errors import ParameterError

if TYPE_CHECKING:
    from motet.api import Arrangement
    from motet.cli.output import Output
    from motet.io import Loss
    from motet.project import Project
    from motet.score import Score
    from motet.tasks import Composition

__all__ = ["save_score"]

_QUICK = (".mid", ".midi", ".musicxml", ".mxl", ".json", ".png")


def save_score(
    source: Arrangement | Composition | Project | Score,
    output: str | Path,
    out: Output,
    *,
    stem: str = "song",
    tells_losses: bool = False,
    **options: Any,
) -> list[Path]:
    """Return the paths written for one output path.

    Parameters
    ----------
    source : Arrangement, Composition, Project or Score
    output : str or Path
        A file whose extension decides, or a folder.
    out : Output
        Progress and losses are said there.
    stem : str
        Name of the files in a folder.
    tells_losses : bool
        Whether to say what the format cannot hold: of use where a file of the user's is converted.
    **options
        Of `motet.api.save`; None and False stand for what is usual.

    Returns
    -------
    list of Path

    Raises
    ------
    ParameterError
        The extension is unknown, or an option does not hold.

    Examples
    --------
    >>> from motet.cli.output import Output
    >>> from motet.score import make_score
    >>> out = Output(language="en", as_json=True)
    >>> [path.name for path in save_score(make_score("C4:4"), "new/one.mid", out)]
    ['one.mid']
    """
    from motet.api import save, save_all
    from motet.render.save import is_folder

    if str(output) in ("-", ""):
        raise ParameterError(
            f"the output must be a file or folder, got {str(output)!r}; "
            "for standard output use: motet convert FILE - --to mid",
            zh=f"输出必须是文件或文件夹,收到 {str(output)!r};"
            "要写到标准输出请用:motet convert 文件 - --to mid",
        )
    given = {
        name: value for name, value in options.items() if not (value is None or value is False)
    }
    given["language"] = out.language
    as_folder = is_folder(output)
    path = Path(output)
    is_quick = not as_folder and path.suffix.lower() in _QUICK
    with nullcontext() if is_quick else out.progress("writing", "写文件") as report:
        if as_folder:
            return save_all(source, path, stem=stem, progress=report, on_remark=out.note, **given)
        on_loss = partial(_tell_loss, out, path.name) if tells_losses else None
        return save(source, path, progress=report, on_loss=on_loss, **given)


def _tell_loss(out: Output, name: str, loss: Loss) -> None:
    """Say what a format could not hold."""
    out.note(f"{name}: {loss.localised('en')}", f"{name}:{loss.localised('zh')}")
