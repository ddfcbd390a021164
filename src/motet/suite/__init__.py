"""The evaluation suite: every table of docs/quality.md, measured and written by one command.

Conventions: a table is a module with a constant ``TABLE``; it measures facts that are plain JSON, and
writes them as Markdown. Nothing is imported until a table is asked for.
"""

from motet.suite.page import make_table, put_section, write_section
from motet.suite.registry import TABLE_MODULES, load_tables
from motet.suite.run import Outcome, run_tables
from motet.suite.table import Request, Table, silent

__all__ = [
    "TABLE_MODULES",
    "Outcome",
    "Request",
    "Table",
    "load_tables",
    "make_table",
    "put_section",
    "run_tables",
    "silent",
    "write_section",
]
