"""Form: sections in order, how strong each is played, and the harmony of every bar.

Conventions: a form is text such as ``"intro4 A8 A8 B8 A8 outro4"``: a label and its bars. Labels in
English or Chinese map to a kind (`SECTION_KINDS`) that decides groove, intensity and progression.

Offers `FormSection`, `parse_form`, `section_kind`, `section_intensities`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from motet.errors import ParameterError

__all__ = [
    "SECTION_KINDS",
    "FormSection",
    "parse_form",
    "section_intensities",
    "section_kind",
    "section_title",
]

SECTION_KINDS = ("intro", "verse", "pre", "chorus", "bridge", "solo", "break", "outro")
_KINDS = {
    "intro": "intro", "前奏": "intro", "引子": "intro",
    "a": "verse", "verse": "verse", "v": "verse", "主歌": "verse", "head": "verse", "theme": "verse",
    "pre": "pre", "prechorus": "pre", "pre-chorus": "pre", "预副歌": "pre", "导歌": "pre",
    "chorus": "chorus", "c": "chorus", "hook": "chorus", "refrain": "chorus", "副歌": "chorus",
    "drop": "chorus", "高潮": "chorus",
    "b": "bridge", "bridge": "bridge", "桥段": "bridge", "middle": "bridge", "trio": "bridge",
    "solo": "solo", "d": "solo", "独奏": "solo", "间奏": "solo", "interlude": "solo",
    "break": "break", "breakdown": "break", "间断": "break",
    "outro": "outro", "ending": "outro", "coda": "outro", "尾奏": "outro", "尾声": "outro",
}  # fmt: skip
_TITLES = {
    "intro": ("Intro", "前奏"),
    "verse": ("Verse", "主歌"),
    "pre": ("Pre-chorus", "预副歌"),
    "chorus": ("Chorus", "副歌"),
    "bridge": ("Bridge", "桥段"),
    "solo": ("Solo", "间奏"),
    "break": ("Break", "间断"),
    "outro": ("Outro", "尾奏"),
}
_SHIFT = {
    "intro": -1, "verse": 0, "pre": 0, "chorus": 1, "bridge": 0, "solo": 1, "break": -2, "outro": -1,
}  # fmt: skip
_TOKEN = re.compile(r"^(?P<label>\D+?)[\s:=-]*(?P<bars>\d{1,3})$")


@dataclass(frozen=True, slots=True)
class FormSection:
    """One section: what it is called, its kind (see `SECTION_KINDS`), and how many bars it has."""

    label: str
    kind: str
    n_bars: int


def section_kind(label: str) -> str:
    """Return the kind of a section label; ``"verse"`` for names that say nothing.

    Examples
    --------
    >>> section_kind("Chorus 2"), section_kind("副歌"), section_kind("A'"), section_kind("Z")
    ('chorus', 'chorus', 'verse', 'verse')
    """
    plain = re.sub(r"[\s\d'′\"*.]+$", "", label.strip().lower())
    return _KINDS.get(plain, "verse")


def section_title(label: str) -> tuple[str, str]:
    """Return how a label is shown, in English and Chinese; single letters stay as they are.

    Examples
    --------
    >>> section_title("chorus"), section_title("A")
    (('Chorus', '副歌'), ('A', 'A'))
    """
    plain = re.sub(r"[\s\d'′]+$", "", label.strip().lower())
    return _TITLES.get(plain, (label.strip(), label.strip()))


def parse_form(text: str) -> tuple[FormSection, ...]:
    """Return the sections of a form text.

    Parameters
    ----------
    text : str
        Labels with their number of bars, divided by spaces or commas.

    Returns
    -------
    tuple of FormSection

    Raises
    ------
    ParameterError
        A token has no number of bars, or the form is empty or longer than 400 bars.

    Examples
    --------
    >>> [(s.label, s.kind, s.n_bars) for s in parse_form("intro4 A8 副歌8")]
    [('intro', 'intro', 4), ('A', 'verse', 8), ('副歌', 'chorus', 8)]
    """
    sections = []
    for token in re.split(r"[\s,,、]+", text.strip()):
        match = _TOKEN.match(token)
        if match is None or int(match["bars"]) < 1:
            raise ParameterError(
                f"a form is made of labels with bars, such as 'intro4 A8 B8 outro4'; got {token!r}",
                zh=f"曲式由段落名和小节数组成,如 'intro4 A8 B8 outro4' 或 '前奏4 主歌8 副歌8';收到 {token!r}",
            )
        label = match["label"]
        sections.append(FormSection(label, section_kind(label), int(match["bars"])))
    total = sum(section.n_bars for section in sections)
    if total > 400:
        raise ParameterError(
            f"a form may have 400 bars at most, got {total}; shorten a section",
            zh=f"曲式最多 400 小节,收到 {total};请缩短段落",
        )
    return tuple(sections)


def section_intensities(sections: tuple[FormSection, ...], *, intensity: int) -> tuple[int, ...]:
    """Return the intensity (1 to 5) of every section around the one that was asked for.

    Choruses are stronger than verses, breaks weaker, and the last chorus is the strongest.

    Parameters
    ----------
    sections : tuple of FormSection
    intensity : int, 1 to 5

    Returns
    -------
    tuple of int, 1 to 5

    Examples
    --------
    >>> section_intensities(parse_form("intro4 A8 chorus8 A8 chorus8 outro4"), intensity=3)
    (2, 3, 4, 3, 5, 2)
    """
    kinds = [section.kind for section in sections]
    tops = [k for k, kind in enumerate(kinds) if kind in ("chorus", "solo")]
    found = []
    for k, kind in enumerate(kinds):
        level = intensity + _SHIFT[kind]
        if len(tops) > 1 and k == tops[-1]:
            level += 1
        if not tops and kind == "bridge":
            level += 1
        if len(kinds) == 1:
            level = intensity
        found.append(min(5, max(1, level)))
    return tuple(found)
