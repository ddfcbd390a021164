"""Instrument codes of Humdrum (``*Ivioln``) as General MIDI programs and percussion keys.

Conventions: programs are 0 to 127; a code of an unpitched instrument has a percussion key (35 to
81) and makes a drum part. Codes joined by ``&`` or ``|`` (two players on a staff) count as the
first.

Source: Humdrum Toolkit user guide, appendix 2 (instrument names); the codes of the Chopin
Institute's scores in addition (clrno, tromb, ophic ...). The choice of programs is ours.
"""

from __future__ import annotations

from functools import lru_cache

from motet.errors import ParameterError
from motet.theory import find_instrument

__all__ = ["code_percussion", "code_program", "is_keyboard", "name_program"]

_PROGRAMS = """
0 piano forte clavi pfclav
6 cemba clavc hrpsc spine
7 clavh
8 celes
9 glock
10 musbx
11 vibra
12 marim
13 xylop
14 chime cmpan
15 dulc dulci zimba
19 organ
20 harmn physh
21 accor
22 armon
24 guitr gitar
40 violn
41 viola viole violb violt violp vile
42 cello gamba
43 cbass violo
46 arpa
47 timpa
48 strings archi
52 vox soprn mezzo calto alto canto cant tenor barit bass male feme coro quinto sesto cantus
53 castr nfem nmale
56 tromt tromp clrno cornt
57 tromb troma
58 tuba ophic serp sousa
60 cor corno
64 soxph
65 alxph
66 texph
67 baxph
68 oboe oboeD oboed shawm
69 cangl
70 fagot fag_c fagt
71 clars clarp clara clarb clarz bassethr bset
72 picco
73 flt flt_a flt_b traverso
74 recor fltds fltda fltdt fltdb fltdn
75 panpi
79 ocari
105 banjo
109 bagpi
104 sitar
107 koto
106 shami
"""
_CLASSES = {
    "vox": 52,
    "str": 48,
    "ww": 73,
    "bras": 61,
    "klav": 0,
    "keyboard": 0,
    "idio": 11,
}
_PERCUSSION = {
    "bdrum": 36,
    "drumP": 38,
    "sdrum": 38,
    "drum": 38,
    "tambn": 54,
    "tambu": 54,
    "trngl": 81,
    "piatt": 49,
    "cymba": 49,
    "gong": 52,
    "tamtam": 52,
    "casts": 39,
    "wdblk": 76,
    "perc": 38,
    "cowbl": 56,
    "campn": 56,
    "ratl": 70,
    "whip": 39,
}
_KEYBOARDS = frozenset(
    """
piano forte clavi pfclav cemba clavc hrpsc clavh celes organ harmn physh accor arpa
""".split()  # noqa: SIM905 - a table reads better as words
)
_BY_CODE: dict[str, int] = {}
for _row in _PROGRAMS.split("\n"):
    _number, _, _codes = _row.partition(" ")
    for _code in _codes.split():
        _BY_CODE.setdefault(_code, int(_number))
_NAMES_OF_VOICES = ("cant", "sopr", "alt", "ten", "bass", "baſs", "bari", "mezzo", "quint", "chor")


def _first(code: str) -> str:
    return code.replace("|", "&").partition("&")[0]


def code_program(code: str, group: str = "") -> int | None:
    """Return the program of an instrument code, else of its class, or None when neither is known.

    Parameters
    ----------
    code, group : str
        ``"violn"`` (from ``*Ivioln``), ``"str"`` (from ``*ICstr``).

    Returns
    -------
    int or None

    Examples
    --------
    >>> code_program("violn"), code_program("clars&oboe"), code_program("", "vox")
    (40, 71, 52)
    """
    found = _BY_CODE.get(_first(code))
    return found if found is not None else _CLASSES.get(group)


def code_percussion(code: str) -> int:
    """Return the percussion key of a code, or 0 when it is no unpitched instrument.

    Examples
    --------
    >>> code_percussion("trngl"), code_percussion("violn")
    (81, 0)
    """
    return _PERCUSSION.get(_first(code), 0)


def is_keyboard(code: str, group: str = "") -> bool:
    """Return whether a code is played from a system of two or three staves.

    Examples
    --------
    >>> is_keyboard("piano"), is_keyboard("", "klav"), is_keyboard("violn")
    (True, True, False)
    """
    return _first(code) in _KEYBOARDS or (not code and group in ("klav", "keyboard"))


@lru_cache(maxsize=1024)
def name_program(name: str) -> int | None:
    """Return the program that an instrument's written name stands for, or None.

    Examples
    --------
    >>> name_program("Violoncello"), name_program("CANTVS."), name_program("Primo")
    (42, 52, None)
    """
    plain = name.strip("[]. ").lower()
    try:
        return find_instrument(plain).program
    except ParameterError:
        return 52 if plain.startswith(_NAMES_OF_VOICES) else None
