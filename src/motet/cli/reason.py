"""An error as one line for a person.

Conventions: places and the system's reasons are translated by the error itself
(`motet.language.say_place`, `say_reason`); here only what a terminal needs is added.
"""

from __future__ import annotations

import copy

from motet.errors import MotetError
from motet.language import Language

__all__ = ["tell_error"]

_LONGEST_PLACE = 120


def tell_error(error: MotetError, *, language: Language) -> str:
    """Return an error's message with its path and place in front, all in one language.

    Parameters
    ----------
    error : MotetError
    language : Language

    Returns
    -------
    str
        A path too long to be read is shortened in the middle.

    Examples
    --------
    >>> from motet.errors import FormatError
    >>> tell_error(FormatError("no", zh="不", path="a.mid", place="byte 7"), language="zh")
    'a.mid,第 7 字节:不'
    """
    if len(error.path) > _LONGEST_PLACE:
        error = copy.copy(error)
        half = _LONGEST_PLACE // 2
        error.path = f"{error.path[:half]}…{error.path[-half:]}"
    return error.localised(language)
