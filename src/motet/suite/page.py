"""The page of measured tables: what lies between ``<!-- NAME -->`` and ``<!-- end NAME -->``.

Conventions: everything outside the marks is written by hand and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from motet.io.atomic import write_whole

__all__ = ["make_table", "put_section", "write_section"]


def make_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table.

    Parameters
    ----------
    head : sequence of str
    rows : iterable of sequences of str

    Returns
    -------
    str

    Examples
    --------
    >>> print(make_table(("row", "x"), [("a", "1")]))
    | row | x |
    | --- | --- |
    | a | 1 |
    """
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def put_section(text: str, name: str, section: str, *, title: str = "") -> str:
    """Return a page with one section replaced, or added at the end when it has none.

    Parameters
    ----------
    text : str
        The page.
    name : str
    section : str
        Markdown.
    title : str
        Heading of a section that is new to the page.

    Returns
    -------
    str

    Examples
    --------
    >>> page = "by hand\\n<!-- a -->\\nold\\n<!-- end a -->\\n"
    >>> put_section(page, "a", "new")
    'by hand\\n<!-- a -->\\nnew\\n<!-- end a -->\\n'
    """
    pattern = rf"(?<=<!-- {re.escape(name)} -->\n).*?(?=<!-- end {re.escape(name)} -->)"
    body = f"{section.strip()}\n"
    if re.search(pattern, text, flags=re.DOTALL):
        return re.sub(pattern, lambda _: body, text, flags=re.DOTALL)
    head = f"{text.rstrip()}\n\n" if text.strip() else ""
    return f"{head}## {title or name}\n\n<!-- {name} -->\n{body}<!-- end {name} -->\n"


def write_section(page: Path, name: str, section: str, *, title: str = "") -> None:
    """Return nothing once a page's section is replaced; a page that does not exist is made.

    Parameters
    ----------
    page : Path
    name, section, title : str
        As for `put_section`.

    Raises
    ------
    ParameterError
        The page cannot be written.

    Examples
    --------
    >>> page = Path("quality.md")
    >>> write_section(page, "a", "new", title="A")
    >>> page.read_text().splitlines()[0]
    '## A'
    """
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    write_whole(page, put_section(text, name, section, title=title).encode())
