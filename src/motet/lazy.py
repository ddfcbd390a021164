"""Packages whose public names load on first use.

Conventions: `motet` itself, and packages with many modules, name the home of each public name; importing
one module of such a package then loads that module, not all of them.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

__all__ = ["load_on_use"]


def load_on_use(package: str, homes: Mapping[str, Sequence[str]]) -> None:
    """Let the public names of a package be found in their modules when they are asked for.

    A name stays what it is when a module of the package is called the same: ``motet.tasks.compose`` is
    the function, whichever was imported first.

    Parameters
    ----------
    package : str
        Its name; it is being imported.
    homes : mapping of str to sequence of str
        A module to the names that it defines.

    Examples
    --------
    >>> import motet.tasks.compose
    >>> from motet.tasks import compose
    >>> compose.__name__, callable(compose)
    ('compose', True)
    """
    home_of = {name: home for home, names in homes.items() for name in names}
    found: dict[str, Any] = {}

    class Lazy(ModuleType):
        """A package that looks its public names up."""

        def __getattribute__(self, name: str) -> Any:
            if name not in home_of:
                return super().__getattribute__(name)
            if name not in found:
                found[name] = getattr(importlib.import_module(home_of[name]), name)
            return found[name]

        def __setattr__(self, name: str, value: Any) -> None:
            if name in home_of and not isinstance(value, ModuleType):
                found[name] = value  # a module of that name does not take the place of the function
            else:
                super().__setattr__(name, value)

        def __delattr__(self, name: str) -> None:
            if name in home_of:
                found.pop(name, None)  # it is looked up again
            else:
                super().__delattr__(name)

        def __dir__(self) -> list[str]:
            return sorted({*super().__dir__(), *home_of})

    sys.modules[package].__class__ = Lazy
