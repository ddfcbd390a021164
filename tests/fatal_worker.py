"""A worker that dies on one file, importable by the processes that test_batch starts."""

import os
from pathlib import Path

from motet.render.batch import Conversion, convert_file


def die_on_bad(source: Path, target: Path) -> Conversion:
    """Convert a file, but end the process without a word on ``bad.mid``."""
    if source.name == "bad.mid":
        os._exit(9)
    return convert_file(source, target)
