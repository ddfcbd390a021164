"""Importing is free: nothing heavy is loaded before it is needed."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("numpy", "scipy", "verovio", "typst", "soundfile", "mido", "rich", "torch", "onnxruntime")


def loaded_after(code: str) -> set[str]:
    """The heavy packages in a fresh interpreter after some code."""
    probe = (
        f"{code}\nimport sys\nsys.stderr.write(' '.join(n for n in {HEAVY} if n in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def test_import_motet_loads_nothing_heavy() -> None:
    assert loaded_after("import motet") == set()


def test_help_loads_no_music_libraries() -> None:
    code = "from motet.cli.main import run\nassert run(['--help'], {}) == 0"
    assert loaded_after(code) <= {"rich"}


def test_the_probe_sees_what_is_loaded() -> None:
    assert loaded_after("import numpy") == {"numpy"}


def test_public_names_load_on_first_use() -> None:
    code = "import motet\nfor name in motet.__all__: getattr(motet, name)\ndir(motet)"
    assert "torch" not in loaded_after(code)


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    code = (
        "import motet\ntry: motet.nothing\nexcept AttributeError: pass\nelse: raise SystemExit(1)"
    )
    assert loaded_after(code) == set()
