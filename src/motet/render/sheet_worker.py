"""The engraver's own process: MusicXML comes in on stdin, SVG pages go out on stdout.

verovio is C++ and can stop the whole process on strange input; here it stops only this one.

Conventions: stdin is one line of JSON (verovio options, and ``limit_bytes`` of memory), then the
MusicXML to the end. Stdout is one JSON object: ``pages``, a list of SVG texts, or ``error``.

Offers `engrave_pages`, and ``python -m motet.render.sheet_worker``.
"""

from __future__ import annotations

import json
import sys
from typing import Any

__all__ = ["engrave_pages"]


def engrave_pages(musicxml: str, options: dict[str, Any]) -> dict[str, Any]:
    """Return the pages that verovio makes of MusicXML, in this process.

    Parameters
    ----------
    musicxml : str
    options : dict
        verovio's own options.

    Returns
    -------
    dict
        ``{"pages": [svg, ...]}``, or ``{"error": log}`` when nothing could be read.

    Examples
    --------
    >>> engrave_pages("no score", {"inputFrom": "xml"})["error"] != ""
    True
    """
    import verovio

    verovio.enableLog(verovio.LOG_ERROR)
    toolkit = verovio.toolkit()
    toolkit.setOptions(options)
    n_pages = toolkit.getPageCount() if toolkit.loadData(musicxml) else 0
    pages = [toolkit.renderToSVG(k + 1) for k in range(n_pages)]
    # verovio reports success on many texts that are no score, and lays an empty page.
    if not any('class="measure"' in page for page in pages):
        return {"error": toolkit.getLog().strip() or "it has no bars"}
    return {"pages": pages}


def _limit_memory(limit_bytes: int) -> None:
    """Let an allocation past the limit fail, where the system can (POSIX)."""
    try:
        import resource
    except ImportError:
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limit_bytes, limit_bytes))
    except (ValueError, OSError):
        # macOS knows the call but refuses it; the time limit still holds.
        return


def _answer() -> None:
    """Engrave what stands on stdin."""
    options = json.loads(sys.stdin.buffer.readline())
    _limit_memory(int(options.pop("limit_bytes")))
    answer = engrave_pages(sys.stdin.buffer.read().decode("utf-8"), options)
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    _answer()
