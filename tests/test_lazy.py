"""Names that load on first use, also where a module is called the same."""

import subprocess
import sys
from types import ModuleType

import pytest

import motet.corpus
import motet.originality
import motet.render
import motet.tasks
from motet.lazy import load_on_use

PACKAGES = (motet.corpus, motet.tasks, motet.render, motet.originality)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda one: one.__name__)
def test_every_public_name_is_found_and_is_no_module(package: ModuleType) -> None:
    names = package.__all__
    assert set(names) <= set(dir(package))
    assert not [name for name in names if isinstance(getattr(package, name), ModuleType)]


def test_a_name_is_the_function_whichever_was_imported_first() -> None:
    code = (
        "import motet.tasks.compose, motet.tasks.infill; from motet.tasks import compose, infill;"
        "print(compose.__qualname__, infill.__qualname__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["compose", "infill"]


def test_one_module_does_not_load_its_neighbours() -> None:
    code = "import sys, motet.tasks.check; print('motet.tasks.compose' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_name_without_a_home_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    package = ModuleType("motet_made_up")
    monkeypatch.setitem(sys.modules, "motet_made_up", package)
    load_on_use("motet_made_up", {"math": ("sqrt",)})
    assert sys.modules["motet_made_up"].sqrt(9) == 3
    with pytest.raises(AttributeError, match="cube"):
        sys.modules["motet_made_up"].cube  # noqa: B018
