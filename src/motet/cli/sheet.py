"""The options of sheet music, the same on every command that writes it."""

from __future__ import annotations

from typing import Any

import typer

from motet.cli.wording import Translate

__all__ = ["layout_option", "page_option"]


def layout_option(t: Translate) -> Any:
    """Return the option ``--layout``.

    Parameters
    ----------
    t : callable
        Picks English or Chinese.

    Examples
    --------
    >>> layout_option(lambda en, zh: en).default
    'full'
    """
    return typer.Option(
        "full",
        "--layout",
        metavar="full|lead",
        help=t("Sheet music of all parts, or of melody and chords.", "总谱,或只有旋律与和弦。"),
    )


def page_option(t: Translate) -> Any:
    """Return the option ``--page``.

    Parameters
    ----------
    t : callable
        Picks English or Chinese.

    Examples
    --------
    >>> page_option(lambda en, zh: en).default
    'a4'
    """
    return typer.Option("a4", "--page", metavar="a4|letter", help=t("Paper.", "纸张。"))
