"""Ensembles: who plays, from the highest chair to the lowest, by names in both languages or as a list.

Conventions: a chair is one player or one section of `motet.theory.instrument`; chairs stand in score order,
``reach`` orders them from high to low. A chair with one note at a time carries a line, others chords.

Source: own table of the usual line-ups; ranges are those of `motet.theory.instrument`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from motet.errors import ParameterError
from motet.language import Language
from motet.theory.instrument import Instrument, find_instrument

__all__ = ["ENSEMBLES", "Chair", "Ensemble", "find_ensemble"]

_MOST_CHAIRS = 16
_SINGLE = frozenset({"strings", "brass", "woodwind", "voice", "bass", "chinese"})
_SECTIONS = frozenset({"strings", "slow_strings", "tremolo_strings", "pizzicato", "brass", "choir"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Chair:
    """One place of an ensemble.

    Parameters
    ----------
    instrument : Instrument
    name : str
        As printed in the score.
    leads : float, 0 to 1
        How gladly it takes the melody.
    """

    instrument: Instrument
    name: str
    leads: float = 0.5

    @property
    def is_line(self) -> bool:
        """Whether it plays one note at a time."""
        one = self.instrument
        return not one.is_drums and one.family in _SINGLE and one.identifier not in _SECTIONS

    @property
    def is_drums(self) -> bool:
        """Whether it is a drum kit."""
        return self.instrument.is_drums


@dataclass(frozen=True, slots=True, kw_only=True)
class Ensemble:
    """A line-up: its own name, its names for people, its instruments in score order, and a band's style.

    ``style`` is the arranger's style for parts that the source does not have; empty for chamber groups.
    """

    identifier: str
    name: str
    name_zh: str
    instruments: tuple[str, ...]
    style: str = ""
    aliases: tuple[str, ...] = ()

    def chairs(self, language: Language = "en") -> tuple[Chair, ...]:
        """Return the chairs in score order, equal instruments numbered."""
        found = [_find_player(one) for one in self.instruments]
        totals = Counter(one.identifier for one in found)
        seen: Counter[str] = Counter()
        chairs: list[Chair] = []
        n_lines = max(1, len(found) - 1)
        for k, one in enumerate(found):
            seen[one.identifier] += 1
            name = one.name_in(language=language)
            if totals[one.identifier] > 1:
                name = f"{name} {seen[one.identifier]}"
            leads = 1.0 - 0.8 * k / n_lines
            leads -= 0.45 if one.family == "bass" or one.identifier in _DEEP else 0.0
            leads = 0.0 if one.is_drums else max(0.05, leads)
            chairs.append(Chair(instrument=one, name=name, leads=leads))
        return tuple(chairs)


_DEEP = frozenset({"tuba", "double_bass", "bass_trombone", "bass_voice", "timpani"})

_RECORDERS = {
    name: Instrument(name, en, zh, 74, "woodwind", low, high, low + 2, high - 4, shift, clef)
    for name, en, zh, low, high, shift, clef in (
        ("alto_recorder", "Alto Recorder", "中音竖笛", 65, 91, 0, "G"),
        ("tenor_recorder", "Tenor Recorder", "次中音竖笛", 60, 86, 0, "G"),
        ("bass_recorder", "Bass Recorder", "低音竖笛", 53, 79, 12, "F"),
    )
}


def _find_player(name: str) -> Instrument:
    """Return an instrument, the lower recorders too."""
    own = _RECORDERS.get(re.sub(r"[\s_-]+", "_", name.strip().lower()))
    return own or find_instrument(name)


_ROWS = """
piano|Piano solo|钢琴独奏|piano||piano-solo,solo-piano,钢琴
piano-four-hands|Piano four hands|钢琴四手联弹|piano piano||four-hands,四手联弹
string-quartet|String quartet|弦乐四重奏|violin violin viola cello||quartet,弦乐四重奏组
string-trio|String trio|弦乐三重奏|violin viola cello||
string-quintet|String quintet|弦乐五重奏|violin violin viola cello double_bass||
string-orchestra|String orchestra|弦乐队|violin violin viola cello double_bass||strings,弦乐团
brass-quintet|Brass quintet|铜管五重奏|trumpet trumpet horn trombone tuba||brass
brass-quartet|Brass quartet|铜管四重奏|trumpet trumpet horn trombone||
woodwind-quintet|Woodwind quintet|木管五重奏|flute oboe clarinet horn bassoon||wind-quintet
woodwind-trio|Woodwind trio|木管三重奏|oboe clarinet bassoon||reed-trio,wind-trio
clarinet-quartet|Clarinet quartet|单簧管四重奏|clarinet clarinet clarinet bass_clarinet||
saxophone-quartet|Saxophone quartet|萨克斯四重奏|soprano_sax alto_sax tenor_sax baritone_sax||sax-quartet
flute-trio|Flute trio|长笛三重奏|flute flute alto_flute||
recorder-ensemble|Recorder ensemble|竖笛合奏|recorder alto_recorder tenor_recorder bass_recorder||recorders
choir|Mixed choir (SATB)|混声合唱|soprano alto tenor bass_voice||satb,satb-choir,chorus,合唱,合唱团
men-choir|Men's choir (TTBB)|男声合唱|tenor tenor baritone bass_voice||ttbb
women-choir|Women's choir (SSA)|女声合唱|soprano mezzo_soprano alto||ssa,women-choir
voice-and-piano|Voice and piano|独唱与钢琴|soprano piano||song
violin-and-piano|Violin and piano|小提琴与钢琴|violin piano||violin-piano
flute-and-guitar|Flute and guitar|长笛与吉他|flute nylon_guitar||flute-guitar
flute-and-harp|Flute and harp|长笛与竖琴|flute harp||
piano-trio|Piano trio|钢琴三重奏|violin cello piano||
piano-quartet|Piano quartet|钢琴四重奏|violin viola cello piano||
guitar-duo|Guitar duo|吉他二重奏|nylon_guitar nylon_guitar||two-guitars,guitar-duet
guitar|Guitar solo|吉他独奏|nylon_guitar||guitar-solo,solo-guitar
jazz-combo|Jazz combo|爵士小乐队|alto_sax piano acoustic_bass drums|swing|combo,jazz-quartet,爵士四重奏
jazz-trio|Jazz trio|爵士三重奏|piano acoustic_bass drums|swing|爵士钢琴三重奏
big-band|Big band (small)|大乐队(小编制)|trumpet alto_sax tenor_sax trombone piano acoustic_bass drums|swing|
rock-band|Rock band|摇滚乐队|electric_guitar overdriven_guitar picked_bass drums|rock|
pop-band|Pop band|流行乐队|electric_guitar electric_piano electric_bass drums|pop|band,乐队
orchestra|Orchestra (small)|管弦乐队(小编制)|flute oboe clarinet bassoon horn trumpet \
violin violin viola cello double_bass||small-orchestra,交响乐队
chinese-ensemble|Chinese ensemble|民乐合奏|dizi erhu pipa yangqin zhonghu cello||民乐队,国乐合奏
"""


def _read_rows() -> dict[str, Ensemble]:
    """Return the ensembles of the table."""
    table = {}
    for line in _ROWS.strip().splitlines():
        identifier, name, name_zh, players, style, aliases = line.split("|")
        table[identifier] = Ensemble(
            identifier=identifier,
            name=name,
            name_zh=name_zh,
            instruments=tuple(players.split()),
            style=style,
            aliases=tuple(one for one in aliases.split(",") if one),
        )
    return table


ENSEMBLES: dict[str, Ensemble] = _read_rows()
"""Identifier to ensemble."""


def _plain(text: str) -> str:
    return re.sub(r"[\s_\-.'()()]+", "", text.strip().lower())


_NAMES: dict[str, str] = {}
for _one in ENSEMBLES.values():
    for _name in (_one.identifier, _one.name, _one.name_zh, *_one.aliases):
        _NAMES.setdefault(_plain(_name), _one.identifier)


def find_ensemble(wanted: str | Iterable[str] | Ensemble) -> Ensemble:
    """Return the ensemble of a name, or one made of a list of instruments.

    Parameters
    ----------
    wanted : str, iterable of str, or Ensemble
        ``"string-quartet"``, ``"弦乐四重奏"``, ``"flute,viola,cello"`` or ``["flute", "harp"]``; a list
        stands in score order, 16 players at most.

    Returns
    -------
    Ensemble

    Raises
    ------
    ParameterError
        Neither an ensemble nor an instrument has that name, or there are too many players.

    Examples
    --------
    >>> find_ensemble("String Quartet").instruments
    ('violin', 'violin', 'viola', 'cello')
    >>> find_ensemble("flute, viola, harp").name
    'Flute, Viola, Harp'
    """
    if isinstance(wanted, Ensemble):
        return wanted
    if isinstance(wanted, str):
        named = _NAMES.get(_plain(wanted))
        if named is not None:
            return ENSEMBLES[named]
        names = [one.strip() for one in re.split(r"[,、,+]", wanted) if one.strip()]
    else:
        names = [str(one).strip() for one in wanted if str(one).strip()]
    if not names:
        raise ParameterError(
            "no ensemble was named; try string-quartet, or instruments with commas: flute,harp",
            zh="没有指明合奏形式;可写 string-quartet,或用逗号列出乐器:flute,harp",
        )
    if len(names) > _MOST_CHAIRS:
        raise ParameterError(
            f"an ensemble has at most {_MOST_CHAIRS} players, got {len(names)}; leave some out",
            zh=f"合奏最多 {_MOST_CHAIRS} 个声部,收到 {len(names)} 个;请减少一些",
        )
    if len(names) == 1 and isinstance(wanted, str):
        players = [_one_player(names[0])]
    else:
        players = [_find_player(one) for one in names]
    if all(one.is_drums for one in players):
        raise ParameterError(
            "an ensemble needs a pitched instrument besides drums; add one: piano,drums",
            zh="除鼓之外至少要有一件有音高的乐器;请加一件:piano,drums",
        )
    return Ensemble(
        identifier=",".join(one.identifier for one in players),
        name=", ".join(one.name for one in players),
        name_zh="、".join(one.name_zh for one in players),
        instruments=tuple(one.identifier for one in players),
    )


def _one_player(name: str) -> Instrument:
    """Return the instrument of a name that is no ensemble's; the error names both kinds."""
    try:
        return _find_player(name)
    except ParameterError as error:
        near = get_close_matches(_plain(name), _NAMES, n=1, cutoff=0.6)
        hint = ENSEMBLES[_NAMES[near[0]]].identifier if near else "string-quartet"
        raise ParameterError(
            f"there is no ensemble or instrument {name!r}; try {hint}, or instruments with commas: "
            "flute,viola,cello",
            zh=f"没有名为 {name!r} 的合奏形式或乐器;可试 {hint},或用逗号列出乐器:flute,viola,cello",
        ) from error
