"""Short words on pictures: chords, keys, sections, drums, part colours, in English and Chinese.

Conventions: colours are ``#rrggbb``; a drum is its General MIDI percussion key.
Sources: General MIDI System Level 1 (percussion keys); palettes after Okabe and Ito, "Color
Universal Design" (2008), and Tol, "Colour Schemes", SRON/EPS/TN/09-002.
"""

from __future__ import annotations

import re

from motet.language import Language, say
from motet.score import KeySignature

__all__ = ["chord_label", "drum_label", "key_label", "part_colours", "section_label"]

# Okabe and Ito's eight without black, yellow darkened for white paper, then Tol's "muted".
_ON_LIGHT = (
    "#d55e00",
    "#0072b2",
    "#009e73",
    "#cc79a7",
    "#e69f00",
    "#56b4e9",
    "#332288",
    "#882255",
    "#999933",
    "#44aa99",
    "#b8a100",
    "#aa4499",
)
_ON_DARK = (
    "#ff8a3d",
    "#4aa8f0",
    "#2fcf9f",
    "#e89ac7",
    "#ffc24a",
    "#8ed4f7",
    "#9d8ff5",
    "#e07a9d",
    "#d6d66a",
    "#7be0d0",
    "#f0e442",
    "#da8ada",
)
_DRUMS_ON_LIGHT, _DRUMS_ON_DARK = "#4a4f57", "#c3c9d3"

_DRUMS = {
    35: ("Kick 2", "底鼓 2"),
    36: ("Kick", "底鼓"),
    37: ("Side stick", "边击"),
    38: ("Snare", "军鼓"),
    39: ("Clap", "拍手"),
    40: ("Snare 2", "军鼓 2"),
    41: ("Low floor tom", "低落地嗵"),
    42: ("Closed hat", "闭镲"),
    43: ("Floor tom", "落地嗵"),
    44: ("Pedal hat", "踩镲"),
    45: ("Low tom", "低嗵"),
    46: ("Open hat", "开镲"),
    47: ("Low-mid tom", "中低嗵"),
    48: ("High-mid tom", "中高嗵"),
    49: ("Crash", "吊镲"),
    50: ("High tom", "高嗵"),
    51: ("Ride", "叮叮镲"),
    52: ("China", "中国镲"),
    53: ("Ride bell", "镲帽"),
    54: ("Tambourine", "铃鼓"),
    55: ("Splash", "水镲"),
    56: ("Cowbell", "牛铃"),
    57: ("Crash 2", "吊镲 2"),
    58: ("Vibraslap", "颤击板"),
    59: ("Ride 2", "叮叮镲 2"),
    60: ("High bongo", "高邦戈"),
    61: ("Low bongo", "低邦戈"),
    62: ("Mute conga", "闷康加"),
    63: ("Open conga", "开康加"),
    64: ("Low conga", "低康加"),
    65: ("High timbale", "高天巴"),
    66: ("Low timbale", "低天巴"),
    67: ("High agogo", "高阿哥哥"),
    68: ("Low agogo", "低阿哥哥"),
    69: ("Cabasa", "卡巴萨"),
    70: ("Maracas", "沙槌"),
    71: ("Short whistle", "短哨"),
    72: ("Long whistle", "长哨"),
    73: ("Short guiro", "短刮瓜"),
    74: ("Long guiro", "长刮瓜"),
    75: ("Claves", "响棒"),
    76: ("High block", "高木鱼"),
    77: ("Low block", "低木鱼"),
    78: ("Mute cuica", "闷奎卡"),
    79: ("Open cuica", "开奎卡"),
    80: ("Mute triangle", "闷三角铁"),
    81: ("Triangle", "三角铁"),
}
_SECTIONS = {
    "intro": "前奏",
    "verse": "主歌",
    "pre-chorus": "预副歌",
    "prechorus": "预副歌",
    "chorus": "副歌",
    "refrain": "副歌",
    "bridge": "桥段",
    "interlude": "间奏",
    "solo": "独奏",
    "break": "停顿",
    "fill": "加花",
    "head": "主题",
    "outro": "尾声",
    "ending": "结尾",
    "coda": "尾声",
}
_CHORD_ROOT = re.compile(r"^([A-G])(b{1,2}|#{1,2})?")
_BY_FIFTHS = (
    *("Cb", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D"),
    *("A", "E", "B", "F#", "C#", "G#", "D#", "A#", "E#", "B#"),
)
_MODES = {
    "major": (0, "大调"),
    "minor": (3, "小调"),
    "ionian": (0, "伊奥尼亚调式"),
    "dorian": (2, "多利亚调式"),
    "phrygian": (4, "弗里几亚调式"),
    "lydian": (-1, "利底亚调式"),
    "mixolydian": (1, "混合利底亚调式"),
    "aeolian": (3, "爱奥利亚调式"),
    "locrian": (5, "洛克里亚调式"),
}


def _signs(text: str) -> str:
    return text.replace("##", "𝄪").replace("#", "♯").replace("b", "♭").replace("𝄪", "♯♯")


def chord_label(symbol: str) -> str:
    """Return a chord symbol with real sharps and flats.

    Parameters
    ----------
    symbol : str
        As in `ChordSymbol`.

    Returns
    -------
    str

    Examples
    --------
    >>> [chord_label(text) for text in ("Bbm7b5/Ab", "F#7", "Dsus4", "N.C.")]
    ['B♭m7♭5/A♭', 'F♯7', 'Dsus4', 'N.C.']
    """
    parts = []
    for part in symbol.split("/"):
        root = _CHORD_ROOT.match(part)
        end = root.end() if root else 0
        rest = re.sub(r"[b#](?=\d)", lambda found: _signs(found.group()), part[end:])
        parts.append(_signs(part[:end]) + rest)
    return "/".join(parts)


def key_label(key: KeySignature, *, language: Language = "en") -> str:
    """Return the name of a key.

    Parameters
    ----------
    key : KeySignature
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> key_label(KeySignature(tick=0, fifths=-3, mode="minor"))
    'C minor'
    >>> key_label(KeySignature(tick=0, fifths=2), language="zh")
    'D 大调'
    >>> key_label(KeySignature(tick=0, fifths=-1, mode="dorian"))
    'G dorian'
    """
    mode = key.mode if key.mode in _MODES else "major"
    shift, zh = _MODES[mode]
    place = key.fifths + 7 + shift
    tonic = _signs(_BY_FIFTHS[place]) if 0 <= place < len(_BY_FIFTHS) else "?"
    if not key.mode:
        count, sign = abs(key.fifths), "♯" if key.fifths > 0 else "♭"
        return f"{count} {sign}" if count else say("no accidentals", "无升降号", language=language)
    return say(f"{tonic} {mode}", f"{tonic} {zh}", language=language)


def section_label(label: str, *, language: Language = "en") -> str:
    """Return a section's name as shown: capitalised, or in Chinese where it is a usual one.

    Parameters
    ----------
    label : str
        ``"verse 2"``.
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> section_label("verse 2"), section_label("verse 2", language="zh"), section_label("A")
    ('Verse 2', '主歌 2', 'A')
    """
    if language == "zh":
        found = re.match(r"^([A-Za-z-]+)(.*)$", label)
        if found and found.group(1).lower() in _SECTIONS:
            return _SECTIONS[found.group(1).lower()] + found.group(2)
    return label[:1].upper() + label[1:]


def drum_label(pitch: int, *, language: Language = "en") -> str:
    """Return the short name of a percussion key.

    Parameters
    ----------
    pitch : int, General MIDI percussion key, 0 to 127
    language : Language

    Returns
    -------
    str
        The key number itself outside 35 to 81.

    Examples
    --------
    >>> drum_label(36), drum_label(38, language="zh"), drum_label(20)
    ('Kick', '军鼓', '20')
    """
    names = _DRUMS.get(pitch)
    return say(*names, language=language) if names else str(pitch)


def part_colours(is_drums: tuple[bool, ...], *, theme: str) -> tuple[str, ...]:
    """Return a colour for each part, told apart by colour-blind readers too.

    Parameters
    ----------
    is_drums : tuple of bool, shape (k,)
        Drum parts are grey and use up no colour.
    theme : str
        ``"light"`` or ``"dark"``: the paper.

    Returns
    -------
    tuple of str, shape (k,), ``#rrggbb``
        Colours come again after 12 parts.

    Examples
    --------
    >>> part_colours((False, True, False), theme="light")
    ('#d55e00', '#4a4f57', '#0072b2')
    """
    palette = _ON_DARK if theme == "dark" else _ON_LIGHT
    drums = _DRUMS_ON_DARK if theme == "dark" else _DRUMS_ON_LIGHT
    colours, k = [], 0
    for one in is_drums:
        colours.append(drums if one else palette[k % len(palette)])
        k += 0 if one else 1
    return tuple(colours)
