"""A corpus of a few tunes that the tests write themselves, packed as archives with a manifest."""

from __future__ import annotations

import hashlib
import io
import random
import tarfile
from pathlib import Path

from motet.io import write_midi
from motet.score import Score, make_score, transpose

LETTERS = "CDEFGAB"


def random_tune(seed: int, *, n_bars: int = 12) -> Score:
    """A melody and a bass, different for every seed."""
    rng = random.Random(seed)
    melody = " | ".join(
        " ".join(f"{rng.choice(LETTERS)}{rng.choice('45')}:1" for _ in range(4))
        for _ in range(n_bars)
    )
    bass = " | ".join(
        " ".join(f"{rng.choice(LETTERS)}{rng.choice('23')}:2" for _ in range(2))
        for _ in range(n_bars)
    )
    return make_score(melody, bass, fifths=0)


def pack(path: Path, files: dict[str, bytes], *, reverse: bool = False) -> str:
    """Write an archive; its fingerprint comes back."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w") as tar:
        for name in sorted(files, reverse=reverse):
            info = tarfile.TarInfo(name)
            info.size = len(files[name])
            tar.addfile(info, io.BytesIO(files[name]))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def tiny_files() -> dict[str, dict[str, bytes]]:
    """Two sources and a benchmark: copies in another key, a benchmark's tune, a broken file."""
    one = {f"one/t{k:02}.mid": write_midi(random_tune(k)) for k in range(14)}
    one["one/broken.mid"] = b"MThd nothing"
    one["one/short.mid"] = write_midi(make_score("C4:1 D4:1"))
    two = {f"two/t{k:02}.mid": write_midi(random_tune(100 + k)) for k in range(6)}
    two["two/copy.mid"] = write_midi(transpose(random_tune(3), shift_semi=4))
    two["two/tested.mid"] = write_midi(transpose(random_tune(900), shift_semi=-2))
    bench = {f"bench/b{k}.mid": write_midi(random_tune(900 + k)) for k in range(2)}
    return {"one": one, "two": two, "bench": bench}


def write_tiny_corpus(folder: Path, *, reverse: bool = False) -> Path:
    """Write archives and manifest; the manifest's path comes back."""
    lines = ["format = 1"]
    for name, files in tiny_files().items():
        kind = "evaluate" if name == "bench" else "clean"
        archive = f"{kind}/{name}.tar"
        sha256 = pack(folder / archive, files, reverse=reverse)
        lines += [
            "[[sources]]",
            f'name = "{name}"',
            f'title = "{name.title()}"',
            f'licence_class = "{kind}"',
            'repository = "nobody/nothing"',
            'commit = "0"',
            'url = "https://example.org/a.tar"',
            f'archive = "{archive}"',
            f'sha256 = "{sha256}"',
            "n_bytes = 1",
            'url_sha256 = ""',
            'licence = "CC0"',
            'attribution = "the tests"',
            f"n_pieces = {len(files)}",
        ]
    manifest = folder / "manifest.toml"
    manifest.write_text("\n".join(lines) + "\n")
    return manifest
