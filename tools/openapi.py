"""Write studio/openapi.json from the server, or say whether it is as the server is.

Run: ``.venv/bin/python tools/openapi.py [--check]``. The page's typed client is made from it: ``npm run api``.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

__all__ = ["describe", "main"]

PLACE = Path(__file__).resolve().parents[1] / "studio" / "openapi.json"


def describe() -> str:
    """Return the description of the server's API, in a stable order."""
    from motet.server.app import create_app
    from motet.server.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        schema = create_app(Settings(folder=Path(folder))).openapi()
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def main() -> int:
    """Write the file, or compare."""
    told = describe()
    if "--check" not in sys.argv[1:]:
        PLACE.write_text(told, encoding="utf-8")
        return 0
    if PLACE.read_text(encoding="utf-8") == told:
        return 0
    sys.stderr.write("studio/openapi.json is not as the server is; run tools/openapi.py\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
