"""The kern sources: Polish Music Heritage and the first editions of Chopin.

Conventions: what a piece is comes from its reference records (``!!!COM: …``).

Source: the Humdrum reference records, https://www.humdrum.org/reference-records/ (COM composer,
CDT dates, OTL title, GTL group title, AGN genre, AIN instrumentation).
"""

from __future__ import annotations

import re
from pathlib import Path

from motet.corpus.item import Item

__all__ = ["kern_style", "list_chopin", "list_polish", "read_records"]

_BLOCK = 1 << 13
_RECORD = re.compile(r"^!!!([A-Za-z][\w-]*):[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)
_VOICES = frozenset(
    {
        "soprn", "msoprn", "alto", "calto", "canto", "tenor", "bartn", "bass", "vox", "choir",
        "female", "male", "child", "recit", "cantus", "superius", "quintus", "sextus", "altus",
        "tenors", "basso", "coro", "cantu", "barit", "mezzo", "feme", "sesto", "quinto", "nfant",
        "ctenor",
    }
)  # fmt: skip
_KEYBOARDS = frozenset(["piano", "forte", "cemba", "harpsi", "clavi", "clav"])
_DANCES = (
    "waltz", "krakowiak", "polka", "contradance", "anglaise", "galop", "minuet", "cotillion",
    "walc", "oberek", "kujawiak", "ecossaise", "quadrille", "kadryl", "dance",
)  # fmt: skip
_CHURCH = re.compile(
    r"\b(mass|missa|msza|kyrie|gloria|credo|sanctus|agnus|requiem|offert|vesper|litan|ave |salve|"
    r"magnificat|psalm|motet|hymn|dominus|domine|deus|christ|jesu|alleluia|benedictus|graduale|"
    r"introit|antiphon|antyfona|stabat|te deum|laud|maria|sanct)",
    re.IGNORECASE,
)
_CHOPIN_NAME = re.compile(
    r"^(?P<opus>[0-9A-Z]+?)(?:_(?P<range>[0-9]+(?:-[0-9]+)?))?-(?P<edition>[0-9]\w*)-(?P<rest>.+)$"
)
_CHOPIN_PLAYERS = {"piano", "violino", "violoncello", "primo", "secondo", "orchestra", "viola"}
_CHOPIN_STYLES = {
    "mazurka": (6, 7, 17, 24, 30, 33, 41, 50, 56, 59, 63, 67, 68),
    "polonaise": (3, 22, 26, 40, 44, 53, 61, 71),
    "dance-piano": (18, 34, 42, 64, 69, 70),
    "art-song": (74,),
    "chamber": (8, 65),
}


def read_records(path: Path) -> dict[str, str]:
    """Return the reference records of a kern file by key; the first of each that says something.

    Parameters
    ----------
    path : Path

    Returns
    -------
    dict of str to str

    Examples
    --------
    >>> Path("a.krn").write_text("!!!COM: Chopin\\n!!!AGN:\\n**kern\\n4c\\n*-\\n!!!AGN: Waltz\\n")
    50
    >>> read_records(Path("a.krn"))
    {'COM': 'Chopin', 'AGN': 'Waltz'}
    """
    with path.open("rb") as file:
        data = file.read(_BLOCK)
        size = path.stat().st_size
        if size > _BLOCK:
            file.seek(max(_BLOCK, size - _BLOCK))
            data += b"\n" + file.read(_BLOCK)
    records: dict[str, str] = {}
    for key, value in _RECORD.findall(data.decode("utf-8", errors="replace")):
        if value:
            records.setdefault(key, value)
    return records


def list_polish(source: str, folder: Path) -> list[Item]:
    """Return the pieces of Polish Music Heritage; a shelf mark's numbered work is one work.

    Parameters
    ----------
    source : str
        Its name.
    folder : Path
        The content of its archive.

    Returns
    -------
    list of Item

    Examples
    --------
    >>> Path("in/pl-kk/kern/pl-kk--kk-i-1--010-004_anonim--agnus.krn").parent.mkdir(parents=True, exist_ok=True)
    >>> Path("in/pl-kk/kern/pl-kk--kk-i-1--010-004_anonim--agnus.krn").touch()
    >>> [item.work for item in list_polish("polish-scores", Path("in"))]
    ['polish-scores/pl-kk--kk-i-1/010']
    """
    items = []
    for path in folder.rglob("*.krn"):
        records = read_records(path)
        shelf = path.stem.split("_", 1)[0].split("--")
        number = shelf[-1].split("-")[0] if len(shelf) > 2 else "001"
        items.append(
            Item(
                source=source,
                name=path.relative_to(folder).as_posix(),
                path=path,
                work=f"{source}/{'--'.join(shelf[:2])}/{number}",
                style=kern_style(records),
                title=" / ".join(records[key] for key in ("GTL", "OTL") if key in records),
                has_tempo=False,
            )
        )
    return items


def kern_style(records: dict[str, str]) -> str:
    """Return the style that reference records speak of.

    Parameters
    ----------
    records : dict of str to str
        As `read_records` gives them.

    Returns
    -------
    str
        A name of `motet.tokens.vocab.STYLES`, or empty.

    Examples
    --------
    >>> kern_style({"AGN": "Secular; Mazurka", "AIN": "1 piano"})
    'mazurka'
    >>> kern_style({"AGN": "Sacred; Mass", "AIN": "1 alto 1 bass", "cenid": "17xx:1"})
    'sacred-choral'
    """
    genre = records.get("AGN", "").lower()
    title = f"{records.get('GTL', '')} {records.get('OTL', '')}"
    players = _count_players(records.get("AIN", ""))
    voices = sum(n for name, n in players.items() if name in _VOICES)
    keys = sum(n for name, n in players.items() if name in _KEYBOARDS)
    organ = players.get("organ", 0)
    others = sum(players.values()) - voices - keys - organ - players.get("empty", 0)
    is_sacred = genre.startswith("sacred") or (
        not genre.startswith("secular") and bool(_CHURCH.search(title))
    )
    year = _middle_year(records)
    if "opera" in genre:
        return "opera"
    if not voices and not is_sacred:
        found = _instrumental_style(genre, title.lower(), keys, organ, others, year)
        if found:
            return found
    if voices:
        if is_sacred or organ:
            return "renaissance" if year < 1610 else "sacred-choral"
        if year < 1610:
            return "renaissance"
        return "art-song" if keys or voices <= 1 else "choral"
    if is_sacred:
        return "renaissance" if year < 1610 else "sacred-choral"
    return "baroque" if year < 1750 and others else ""


def _instrumental_style(
    genre: str, title: str, keys: int, organ: int, others: int, year: int
) -> str:
    """Return the style of music without voices, or an empty text."""
    told = f"{genre} {title}"
    if organ and not others:
        return "organ"
    if not others and (keys or not organ):
        for word in ("mazur", "polon"):
            if word in told:
                return "mazurka" if word == "mazur" else "polonaise"
        if any(word in told for word in _DANCES):
            return "dance-piano"
        if "march" in told or "marsz" in told:
            return "march"
    if "quartet" in genre and "string" in genre:
        return "string-quartet"
    if others >= 7:
        return "orchestral"
    if others:
        return "baroque" if year < 1740 else "chamber"
    if keys:
        return "keyboard" if year < 1790 else "piano-romantic"
    return ""


def _count_players(text: str) -> dict[str, int]:
    """Return instruments by kern code from ``2 violn 1 organ``."""
    words = text.split()
    return {
        name: int(count)
        for count, name in zip(words[::2], words[1::2], strict=False)
        if count.isdigit()
    }


def _middle_year(records: dict[str, str]) -> int:
    """Return about when the composer worked: life's middle, or the century of the source."""
    years = [int(year) for year in re.findall(r"\b(1[3-9]\d\d)\b", records.get("CDT", ""))]
    if len(years) >= 2:
        return (years[0] + years[-1]) // 2 + 5
    if years:
        return years[0]
    century = re.match(r"(\d\d)xx", records.get("cenid", ""))
    return int(century[1]) * 100 + 50 if century else 1800


def list_chopin(source: str, folder: Path) -> list[Item]:
    """Return the scores of the first editions; single players' parts of a score are left out.

    Parameters
    ----------
    source : str
        Its name.
    folder : Path
        The content of its archive.

    Returns
    -------
    list of Item

    Examples
    --------
    >>> Path("in/kern/010_1-6-1b-KI-002.krn").parent.mkdir(parents=True, exist_ok=True)
    >>> Path("in/kern/010_1-6-1b-KI-002.krn").touch()
    >>> [item.work for item in list_chopin("chopin", Path("in"))]
    ['chopin/010']
    """
    items = []
    for path in folder.rglob("*.krn"):
        found = _CHOPIN_NAME.match(path.stem)
        rest = found["rest"].lower() if found else path.stem.lower()
        is_part = any(word in _CHOPIN_PLAYERS for word in re.split(r"[-_]", rest))
        opus = found["opus"] if found else path.stem
        records = read_records(path)
        items.append(
            Item(
                source=source,
                name=path.relative_to(folder).as_posix(),
                path=path,
                work=f"{source}/{opus}",
                style=_chopin_style(opus, records),
                title=records.get("OTL", ""),
                has_tempo=False,
                reason="a player's part of a score" if is_part else "",
            )
        )
    return items


def _chopin_style(opus: str, records: dict[str, str]) -> str:
    """Return the style of an opus of Chopin."""
    if opus.isdigit():
        for style, numbers in _CHOPIN_STYLES.items():
            if int(opus) in numbers:
                return style
    title = " ".join(records.get(key, "") for key in ("OTL", "GTL", "AGN")).lower()
    if "mazur" in title:
        return "mazurka"
    if "polon" in title:
        return "polonaise"
    if "wal" in title:
        return "dance-piano"
    return "piano-romantic"
