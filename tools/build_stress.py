"""Build the table of English syllables and stress from the CMU Pronouncing Dictionary.

Run with the file cmudict.dict and its LICENSE of that dictionary:
``python tools/build_stress.py cmudict.dict LICENSE``. Words are kept with a digit a syllable: 1 main
stress, 2 secondary, 0 none; 3 and 4 for a stressed short vowel, which keeps its consonant (riv-er).
Left out are possessives, plurals, and words that Motet guesses right from their letters.
"""

from __future__ import annotations

import lzma
import re
import sys
from pathlib import Path

from motet.tasks.melody.stress import guess_stress, look_up

__all__ = ["main", "pack"]

SHORT = ("AE", "EH", "IH", "AH", "UH", "AA")
HOME = Path(__file__).parents[1] / "src/motet/tasks/melody/data"


def pack(lines: list[str]) -> bytes:
    """Return the packed table of a dictionary's lines.

    Examples
    --------
    >>> lzma.decompress(pack(["hello HH AH0 L OW1", "helix HH IY1 L IH0 K S", "held HH EH1 L D"])).decode()
    '0hello01'
    """
    known: dict[str, str] = {}
    for line in lines:
        fields = line.split("#")[0].split()
        if not fields or not re.fullmatch(r"[a-z']{1,14}", fields[0]) or fields[0].endswith("'s"):
            continue
        stress = "".join(_digit(one) for one in fields[1:] if one[-1].isdigit())
        if len(stress) == 1:
            stress = "1"
        if stress:
            known.setdefault(fields[0], stress)
    words: dict[str, str] = {}
    for word in sorted(known, key=lambda one: (len(one), one)):
        if known[word] != (look_up(words, word) or guess_stress(word)):
            words[word] = known[word]
    out, before = [], ""
    for word in sorted(words):
        n = 0
        while n < min(len(word), len(before), 60) and word[n] == before[n]:
            n += 1
        out.append(chr(48 + n) + word[n:] + words[word])
        before = word
    return lzma.compress("\n".join(out).encode("ascii"), preset=9 | lzma.PRESET_EXTREME)


def _digit(vowel: str) -> str:
    """Return the digit of a vowel such as ``AE1``."""
    is_short = vowel[:-1] in SHORT and vowel[-1] != "0"
    return {"1": "3", "2": "4"}[vowel[-1]] if is_short else vowel[-1]


def main(dictionary: str, licence: str) -> None:
    """Write the table and the dictionary's licence beside it."""
    lines = Path(dictionary).read_text("utf-8").splitlines()
    (HOME / "english_stress.xz").write_bytes(pack(lines))
    (HOME / "CMUDICT_LICENSE.txt").write_text(Path(licence).read_text("utf-8"), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:3])
