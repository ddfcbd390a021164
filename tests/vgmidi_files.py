"""Files laid out as VGMIDI has them, with music that the test makes up."""

from __future__ import annotations

import subprocess
import tarfile
from pathlib import Path

from motet.io import write
from motet.score import make_score

__all__ = ["pack_vgmidi", "write_vgmidi"]

_TUNES = {1: "C4 E4 G4 C5 G4 E4 D4 C4", -1: "A3 C4 E4 D#4 E4 C4 B3 A3"}


def write_vgmidi(folder: Path, *, n: int) -> Path:
    """Write labelled pieces, the four quadrants in turn, and return the folder."""
    midi = folder / "vgmidi" / "labelled" / "midi"
    midi.mkdir(parents=True)
    lines = ["id,series,console,game,piece,midi,valence,arousal"]
    for k in range(n):
        valence, arousal = (1, 1, -1, -1)[k % 4], (1, -1)[k % 2]
        length = 0.5 if arousal > 0 else 1.0
        words = " ".join(f"{name}:{length:g}" for name in _TUNES[valence].split())
        qpm = (150 if arousal > 0 else 60) + k
        write(make_score(" ".join([words] * 4), qpm=qpm), midi / f"p{k:02}.mid")
        lines.append(
            f"{k},s,c,game {k // 4},p{k:02},labelled/phrases/p{k:02}_0.mid,{valence},{arousal}"
        )
    (folder / "vgmidi" / "vgmidi_labelled.csv").write_text("\n".join(lines) + "\n")
    return folder


def pack_vgmidi(folder: Path, *, n: int) -> Path:
    """Write the same as an archive, packed by the zstd program, and return its folder."""
    source = write_vgmidi(folder / "source", n=n)
    plain = folder / "vgmidi.tar"
    with tarfile.open(plain, "w") as tar:
        tar.add(source / "vgmidi", arcname="vgmidi")
    subprocess.run(["zstd", "-q", "--rm", str(plain)], check=True)
    return folder
