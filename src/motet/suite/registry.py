"""Which tables there are, in the order in which they are measured.

Conventions: a module has a constant ``TABLE``, or ``TABLES`` where one measurement fills several.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Final

from motet.errors import ParameterError
from motet.suite.table import Table

__all__ = ["TABLE_MODULES", "load_tables"]

TABLE_MODULES: Final[tuple[str, ...]] = (
    "motet.suite.likelihood",
    "motet.suite.composer",
    "motet.suite.distance",
    "motet.suite.structure",
    "motet.suite.control",
    "motet.suite.infill",
    "motet.suite.emotion",
    "motet.suite.harmonise",
    "motet.suite.text",
    "motet.suite.transfer",
    "motet.suite.tokens",
    "motet.suite.bundles",
    "motet.suite.adapt",
    "motet.suite.rnn",
    "motet.suite.vae",
    "motet.suite.gan",
    "motet.suite.jsb16",
    "motet.suite.rolls",
    "motet.suite.copying",
    "motet.suite.planted",
    "motet.suite.critic",
)
"""Modules of tables; a new table adds its line here."""


def load_tables(names: Iterable[str] | None = None) -> tuple[Table, ...]:
    """Return the tables of the suite, or those asked for, in the order of the registry.

    Parameters
    ----------
    names : iterable of str or None

    Returns
    -------
    tuple of Table

    Raises
    ------
    ParameterError
        A name is none of a table.

    Examples
    --------
    >>> load_tables(["no-such"])
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: there is no table 'no-such'; ...
    """
    found: dict[str, Table] = {}
    for module in TABLE_MODULES:
        loaded = importlib.import_module(module)
        tables = getattr(loaded, "TABLES", None) or (loaded.TABLE,)
        found.update({table.name: table for table in tables})
    if names is None:
        return tuple(found.values())
    wanted = list(names)
    for name in wanted:
        if name not in found:
            raise ParameterError(
                f"there is no table {name!r}; there are: {', '.join(found)}",
                zh=f"没有名为 {name!r} 的表;现有:{'、'.join(found)}",
            )
    return tuple(table for table in found.values() if table.name in wanted)
