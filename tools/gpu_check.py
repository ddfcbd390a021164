"""Prove on this machine that a GPU run will start: tools/gpu_check.py [--shards FOLDER] [--rows N].

Copies src/motet alone into an empty folder and runs ``python -m motet.train`` there with every module
refused that is not of Python, torch (and what torch itself needs), NumPy or motet. In it: rows are
prepared, a tiny run is trained from them, resumed from its checkpoint, and begun anew from fp16 weight
shards; phrases are prepared, and families that take them are trained and resumed. Then tells what the
tree and the prepared rows weigh, against the limit of what can be carried.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMIT_BYTES = 60 * 2**20
SET_ASIDE = ("src/motet/soundfonts/", "src/motet/bundles/")
BARE = '''
import sys
from importlib.machinery import PathFinder

ALLOWED = {"motet", "numpy", "torch", "torchgen", "functorch"}
OF_TORCH = {"typing_extensions", "sympy", "mpmath", "networkx", "jinja2", "markupsafe", "filelock",
            "fsspec", "triton", "nvidia", "cuda"}

class Bare(PathFinder):
    """Finds nothing that a machine with torch and NumPy alone would not have."""

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        top = name.partition(".")[0]
        if top in sys.stdlib_module_names | ALLOWED | OF_TORCH or top.startswith("_"):
            return super().find_spec(name, path, target)
        return None

sys.meta_path[:] = [Bare if one is PathFinder else one for one in sys.meta_path]
try:
    import scipy
except ModuleNotFoundError:
    pass
else:
    raise SystemExit("the bare Python is not bare")
'''
SHARDS = """
import json, sys
from pathlib import Path
from motet.train.checkpoint import load_weights, save_weight_shards
facts, weights = load_weights(sys.argv[1])
paths = save_weight_shards(sys.argv[2], weights, facts)
print(json.dumps([path.stat().st_size for path in paths]))
"""
FAMILIES = ("rnn", "vae")
PHRASE_RUN = """
format = 1
family = "{family}"
size = "tiny"
rows = 4
micro_rows = 4
steps = 3
lr = 1e-3
warmup_steps = 1
decay = 0.0
valid_windows = 8
valid_steps = 3
"""
WHERE = "import motet; print(motet.__file__)"


def run_bare(tree: Path, *arguments: str) -> str:
    """Return what a bare Python prints; stop with its errors when it fails."""
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(tree), "LANG": "C.UTF-8"}
    environment |= {"OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        cwd=tree,
        text=True,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"gpu-check: FAILED: {' '.join(arguments)}\n{done.stderr[-3000:]}")
    return done.stdout


def lay_tree(tree: Path) -> None:
    """Fill a folder with the package alone, and what refuses other modules."""
    ignored = shutil.ignore_patterns("__pycache__", "soundfonts", "bundles", "fonts")
    shutil.copytree(ROOT / "src" / "motet", tree / "motet", ignore=ignored)
    (tree / "sitecustomize.py").write_text(BARE)


def write_example(folder: Path) -> None:
    """Write a corpus of a few tunes as shards."""
    sys.path.insert(0, str(ROOT / "tests"))
    from tiny_shards import write_tiny_shards

    write_tiny_shards(folder)


def weigh_tree() -> int:
    """Return the bytes of what git knows or would add, packed, large assets set aside."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    with tempfile.TemporaryFile() as packed:
        with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=6) as tar:
            for name in sorted(set(listed.split("\0"))):
                path = ROOT / name
                if name and path.is_file() and not name.startswith(SET_ASIDE):
                    tar.add(path, arcname=name)
        return packed.tell()


def train_families(tree: Path, work: Path, shards: Path) -> None:
    """Prepare phrases, train, resume: a family of each way of running, in the bare tree."""
    for family in FAMILIES:
        config = work / f"{family}.toml"
        config.write_text(PHRASE_RUN.format(family=family), encoding="utf-8")
        entry = ("-m", "motet.train", "--config", str(config))
        rows, run = str(work / f"{family}-rows"), work / f"{family}-run"
        run_bare(tree, *entry, "--shards", str(shards), "--prepare", "16", "--output", rows)
        for steps in ("3", "6"):
            run_bare(tree, *entry, "--prepared", rows, "--output", str(run), "--steps", steps)
        log = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
        if [line["step"] for line in log if line["kind"] == "resume"] != [3]:
            sys.exit(f"gpu-check: FAILED: a run of {family} did not resume at step 3")
    print(f"bare run: phrases prepared, trained on and resumed: {', '.join(FAMILIES)}")


def train_bare(tree: Path, work: Path, shards: Path) -> None:
    """Prepare, train, resume, and restart from weights, all in the bare tree."""
    config = ROOT / "configs" / "tiny.toml"
    where = run_bare(tree, "-c", WHERE).strip()
    if not where.startswith(str(tree)):
        sys.exit(f"gpu-check: FAILED: the bare run imported {where}")
    entry = ("-m", "motet.train", "--config", str(config))
    run_bare(
        tree, *entry, "--shards", str(shards), "--prepare", "24", "--output", str(work / "rows")
    )
    ready = ("--prepared", str(work / "rows"), "--output")
    run_bare(tree, *entry, *ready, str(work / "run"), "--steps", "6")
    run_bare(tree, *entry, *ready, str(work / "run"), "--steps", "12")
    log = [json.loads(line) for line in (work / "run" / "log.jsonl").read_text().splitlines()]
    if [line["step"] for line in log if line["kind"] == "resume"] != [6]:
        sys.exit("gpu-check: FAILED: the run did not resume from its checkpoint at step 6")
    sizes = json.loads(
        run_bare(tree, "-c", SHARDS, str(work / "run" / "weights.npz"), str(work / "weights"))
    )
    if max(sizes) > 15 * 2**20:
        sys.exit(f"gpu-check: FAILED: a weight shard has {max(sizes)} bytes")
    start = ("--start", str(work / "weights"), "--steps", "2")
    run_bare(tree, *entry, *ready, str(work / "again"), *start)
    print("bare run: prepared rows, trained, resumed at step 6, restarted from weight shards")


def main() -> None:
    """Check, and tell the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", type=Path, help="a built corpus, to weigh rows of it")
    parser.add_argument("--rows", type=int, default=512, help="rows to prepare from it")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        tree = work / "tree"
        lay_tree(tree)
        write_example(work / "shards")
        train_bare(tree, work, work / "shards")
        train_families(tree, work, work / "shards")
        tree_bytes = weigh_tree()
        print(f"tree, packed, sound font and bundles set aside: {tree_bytes / 2**20:.1f} MiB")
        room = LIMIT_BYTES - tree_bytes
        if room < 0:
            sys.exit(f"gpu-check: FAILED: the tree alone is over {LIMIT_BYTES / 2**20:.0f} MiB")
        if said.shards:
            entry = ("-m", "motet.train", "--config", str(ROOT / "configs" / "base.toml"))
            rows = ("--prepare", str(said.rows), "--output", str(work / "real"))
            facts = json.loads(
                run_bare(tree, *entry, "--shards", str(said.shards.resolve()), *rows)
            )
            n_bytes = sum(path.stat().st_size for path in (work / "real").glob("train-*.npz"))
            share = n_bytes / (said.rows * facts["context"])
            print(
                f"prepared rows: {share:.3f} bytes a token; {room / share / 1e6:.0f} million tokens "
                f"fit beside the tree in {LIMIT_BYTES / 2**20:.0f} MiB"
            )
    print("gpu-check: passed")


if __name__ == "__main__":
    main()
