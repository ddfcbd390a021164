"""The command line: ``motet arrange``, ``convert``, ``render``, ``play``, ``show``, ``doctor``, …

Conventions: results on stdout, progress and errors on stderr, one JSON object with ``--json``,
every text in English and Chinese, heavy imports inside the command bodies.
"""

from __future__ import annotations

__all__: list[str] = []
