"""Section labels as SECTION values.

Conventions: case, numbers and primes do not count (``"Verse 2"`` is a verse, ``"A'"`` is A); a label
that names no member of `SECTIONS` has no value.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from motet.tokens.vocab import SECTIONS

__all__ = ["section_value"]

_INDEX: Final = {name.lower(): index for index, name in enumerate(SECTIONS)}
_OTHER: Final = {
    "prechorus": "pre-chorus", "pre chorus": "pre-chorus", "refrain": "chorus", "introduction": "intro",
    "coda": "outro", "主歌": "verse", "副歌": "chorus", "预副歌": "pre-chorus", "导歌": "pre-chorus",
    "前奏": "intro", "间奏": "interlude", "桥段": "bridge", "独奏": "solo", "尾奏": "outro",
}  # fmt: skip
_NUMBER: Final = re.compile(r"[\s_]*[\d'’′]+$")
_FRAME: Final = re.compile(r"^(section|part)\s+(?=[a-f]$)|[\[\](){}:.]")


@lru_cache(maxsize=1024)
def section_value(label: str) -> int:
    """Return the SECTION value of a label, -1 when it names none.

    Parameters
    ----------
    label : str

    Returns
    -------
    int, -1 to 13

    Examples
    --------
    >>> [section_value(one) for one in ("A", "Verse 2", "[Pre-Chorus]", "Allegro")]
    [0, 7, 8, -1]
    """
    plain = _NUMBER.sub("", _FRAME.sub("", label.strip().lower()).strip())
    plain = _FRAME.sub("", plain).strip()
    return _INDEX.get(_OTHER.get(plain, plain), -1)
