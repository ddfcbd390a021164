"""What the tests of tasks share: a tiny model that nobody has trained."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.engine.bundle import Bundle, load_bundle
from tiny_bundle import make_tiny_bundle


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """A bundle of random weights."""
    return load_bundle(make_tiny_bundle(tmp_path_factory.mktemp("bundle")))


@pytest.fixture(scope="session")
def bundle_folder(bundle: Bundle) -> Path:
    """Its folder."""
    return bundle.folder
