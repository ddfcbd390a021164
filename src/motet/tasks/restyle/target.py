"""The style that a score is to have: the arranger's own, or a ground written for a style of the corpus.

Conventions: every name of `motet.tokens.vocab.STYLES` is a target but those of drums alone. Styles of the
corpus whose texture no style of the arranger has lie in ``grounds/*.toml``, in the arranger's format.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from motet.arranger.style import Style
from motet.arranger.style_file import find_style, list_styles, load_style
from motet.brief.style_name import find_style_name, style_title
from motet.errors import ParameterError
from motet.language import Language
from motet.score import Metre
from motet.tasks.kin import KIN
from motet.tokens.vocab import STYLES

__all__ = ["Target", "find_target", "list_targets"]

_FOLDER = Path(__file__).parent / "grounds"
_GROUNDS = {
    "renaissance": "choral", "sacred-choral": "choral", "choral": "choral", "hymn": "choral",
    "string-quartet": "string-quartet", "chamber": "chamber", "baroque": "baroque",
    "keyboard": "keyboard", "organ": "organ", "piano-romantic": "piano-romantic",
    "art-song": "art-song", "opera": "opera", "guitar": "guitar", "ragtime": "ragtime",
    "dance-piano": "dance-piano", "mazurka": "mazurka", "polonaise": "polonaise",
}  # fmt: skip
"""Style of the corpus to its file."""
_KNOWN = frozenset(STYLES)
"""Every style that the model knows."""
_KIN_IN = {
    ("swing", "3/4"): "jazz-waltz", ("jazz-waltz", "4/4"): "swing", ("jazz-ballad", "3/4"): "jazz-waltz",
    ("reel", "6/8"): "jig", ("reel", "9/8"): "jig", ("jig", "4/4"): "reel", ("jig", "2/2"): "reel",
    ("jig", "2/4"): "reel", ("reel", "3/4"): "folk-waltz", ("jig", "3/4"): "folk-waltz",
    ("blues", "12/8"): "slow-blues", ("blues", "6/8"): "slow-blues",
    ("slow-blues", "4/4"): "blues", ("gospel", "4/4"): "gospel-shuffle", ("gospel", "2/4"): "gospel-shuffle",
    ("gospel-shuffle", "12/8"): "gospel", ("gospel-shuffle", "6/8"): "gospel",
    ("folk-waltz", "4/4"): "folk", ("folk-waltz", "2/4"): "folk",
}  # fmt: skip
"""Style and metre to the style of its world that plays in that metre."""
_PART_WRITTEN = frozenset({"choral", "string-quartet", "organ"})
"""Grounds whose inner voices are led one by one."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """A style to be reached.

    Parameters
    ----------
    name : str
        As the model knows it; empty for a user's own style.
    style : Style
        What the arranger plays.
    """

    name: str
    style: Style

    def for_metre(self, metre: Metre) -> Target:
        """Return the same target, played by the style next of kin that has a groove in a metre."""
        name = f"{metre.numerator}/{metre.denominator}"
        kin = _KIN_IN.get((self.style.name, name))
        return replace(self, style=find_style(kin)) if kin else self

    @property
    def is_voiced(self) -> bool:
        """Whether each voice is led by itself, as in a chorale or a quartet."""
        return self.style.name in _PART_WRITTEN

    def title(self, language: Language = "en") -> str:
        """Return the style as shown to people."""
        if self.name:
            return style_title(self.name, language=language)
        return self.style.title_zh if language == "zh" else self.style.title


def find_target(to: str) -> Target:
    """Return the style that a name means.

    Parameters
    ----------
    to : str
        In either language; a groove of the arranger, or the path of a style file.

    Returns
    -------
    Target

    Raises
    ------
    ParameterError
        There is none, or it is of drums alone.

    Examples
    --------
    >>> find_target("bossa").style.name, find_target("弦乐四重奏").name
    ('bossa', 'string-quartet')
    """
    text = str(to).strip()
    if text.endswith(".toml"):
        return Target(name="", style=load_style(text))
    try:
        name = find_style_name(text)
    except ParameterError:
        own = next((s for s in list_styles() if text.lower() in _names_of(s)), None)
        if own is None:
            raise
        name = own.name if own.name in _KNOWN else ""
        return Target(name=name, style=own)
    if name.startswith("drum-"):
        raise ParameterError(
            f"{name} is a style of drums alone; restyle to {KIN[name]} instead",
            zh=f"{name} 只有鼓;请改用 {KIN[name]}",
        )
    if name in _GROUNDS:
        return Target(name=name, style=load_style(_FOLDER / f"{_GROUNDS[name]}.toml"))
    return Target(name=name, style=find_style(KIN.get(name, name)))


def _names_of(style: Style) -> set[str]:
    return {style.title.lower(), style.title_zh, style.name, *(one.name for one in style.grooves)}


def list_targets() -> tuple[str, ...]:
    """Return the names of all styles that can be reached.

    Examples
    --------
    >>> {"bossa", "string-quartet", "ragtime"} <= set(list_targets())
    True
    """
    return tuple(name for name in sorted(_KNOWN) if not name.startswith("drum-"))
