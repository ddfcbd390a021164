"""What stands in the margin: abbreviated names, and families that share a bracket.

Source: abbreviations as is usual in printed scores; families by General MIDI program groups.
"""

from __future__ import annotations

from collections.abc import Sequence

from motet.score import Part

__all__ = ["families", "family", "short_name", "short_names"]

_SHORT = {
    "accordion": "Acc.", "acoustic guitar": "A. Gtr.", "alto sax": "A. Sx.", "arpeggio": "Arp.",
    "banjo": "Bjo.", "bass": "Bass", "bassoon": "Bsn.", "brass": "Br.", "brass section": "Br.",
    "cello": "Vc.", "choir": "Choir", "clarinet": "Cl.", "clavinet": "Clav.",
    "contrabass": "Cb.", "double bass": "Db.", "drums": "Dr.", "drum kit": "Dr.",
    "electric bass": "Bass", "electric guitar": "E. Gtr.", "electric piano": "E. Pno.",
    "e. piano": "E. Pno.", "flute": "Fl.", "french horn": "Hn.", "glockenspiel": "Glk.",
    "guitar": "Gtr.", "harp": "Hp.", "harpsichord": "Hpd.", "horn": "Hn.", "horns": "Hns.",
    "lead": "Lead", "mandolin": "Mdn.", "marimba": "Mar.", "melody": "Mel.", "oboe": "Ob.",
    "organ": "Org.", "pad": "Pad", "percussion": "Perc.", "piano": "Pno.", "recorder": "Rec.",
    "sax": "Sx.", "saxophone": "Sx.", "strings": "Str.", "synth": "Syn.", "tenor sax": "T. Sx.",
    "timpani": "Timp.", "trombone": "Tbn.", "trumpet": "Tpt.", "tuba": "Tba.", "ukulele": "Uke.",
    "vibraphone": "Vib.", "viola": "Vla.", "violin": "Vln.", "vocal": "Vox", "vocals": "Vox",
    "voice": "Vox", "xylophone": "Xyl.",
}  # fmt: skip
_NUMBERS = {"first": "1", "second": "2", "third": "3", "fourth": "4"}
_FAMILIES = (
    ("strings", range(40, 46)), ("strings", range(48, 52)), ("brass", range(56, 64)),
    ("winds", range(64, 80)),
)  # fmt: skip
_BOWED = range(40, 46)


def short_name(part: Part) -> str:
    """Return the abbreviation of a part's name.

    Examples
    --------
    >>> [short_name(Part(name=name)) for name in ("Drawbar Organ", "Second Guitar", "Ocarina")]
    ['Org.', 'Gtr. 2', 'Ocar.']
    """
    if part.abbreviation:
        return part.abbreviation
    name = part.name.strip()
    if not name.isascii():
        return name
    words = name.lower().split()
    numbers = [_NUMBERS.get(word, word if word.isdigit() else "") for word in words]
    number = next((found for found in numbers if found), "")
    plain = [word for word, found in zip(words, numbers, strict=True) if not found]
    ends = [" ".join(plain[k:]) for k in range(len(plain))]
    known = next((_SHORT[end] for end in [*ends, *plain[:1]] if end in _SHORT), "")
    if known:
        return f"{known} {number}".strip()
    if len(name) <= 5 or not plain:
        return name
    *first, last = name.split()
    initials = "".join(f"{word[0]}. " for word in first)
    return initials + (last if len(last) <= 5 else last[:4] + ".")


def short_names(parts: Sequence[Part]) -> list[str]:
    """Return the abbreviations of all parts; those that would be the same tell more.

    Examples
    --------
    >>> short_names((Part(name="Clean Guitar"), Part(name="Steel Guitar"), Part(name="Piano")))
    ['C. Gtr.', 'S. Gtr.', 'Pno.']
    """
    names = [short_name(part) for part in parts]
    out = []
    for part, name in zip(parts, names, strict=True):
        words = part.name.split()
        is_shared = names.count(name) > 1 and not part.abbreviation
        if is_shared and len(words) > 1 and part.name.isascii():
            name = f"{words[0][0].upper()}. {name}"
        out.append(name)
    return out


def family(part: Part) -> str:
    """Return the orchestral family of a part, empty for the melody and for other instruments.

    Examples
    --------
    >>> family(Part(name="Violin", program=40)), family(Part(name="Piano"))
    ('strings', '')
    """
    if part.is_drums or part.role in ("melody", "bass", "comping", "drums"):
        return ""
    found = next((name for name, programs in _FAMILIES if part.program in programs), "")
    if part.role == "strings":
        return "strings"
    return "winds and brass" if part.role == "horns" else found


def families(parts: Sequence[Part]) -> list[str]:
    """Return the families of all parts as they stand together in a score.

    A bowed string beside another belongs to the strings even if it has the tune or the bass, as in a
    quartet; beside a string section it is a soloist and stays apart.

    Examples
    --------
    >>> rows = (("Violin", 40, "melody"), ("Viola", 41, ""), ("Cello", 42, "bass"), ("Piano", 0, ""))
    >>> families([Part(name=name, program=program, role=role) for name, program, role in rows])
    ['strings', 'strings', 'strings', '']
    """
    bowed = [part.program in _BOWED and not part.is_drums for part in parts]
    found = []
    for k, part in enumerate(parts):
        beside = bowed[k] and any(bowed[j] for j in (k - 1, k + 1) if 0 <= j < len(parts))
        found.append("strings" if beside else family(part))
    return found
