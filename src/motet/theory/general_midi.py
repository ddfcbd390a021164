"""General MIDI: the 128 programs, the 16 families and the percussion keys.

Conventions: programs are 0 to 127 as on the wire (printed lists often count from 1); percussion
keys are the pitches of a drum part, 35 to 81. Each drum has a short id for patterns and two names.

Source: General MIDI System Level 1 (MIDI Manufacturers Association, 1991): instrument patch map and
percussion key map.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from motet.errors import ParameterError

__all__ = ["DRUM_KEYS", "GM_FAMILIES", "GM_PROGRAMS", "DrumKey", "drum_key", "program_family"]

GM_PROGRAMS: tuple[str, ...] = tuple(
    name.strip()
    for name in """
Acoustic Grand Piano, Bright Acoustic Piano, Electric Grand Piano, Honky-tonk Piano,
Electric Piano 1, Electric Piano 2, Harpsichord, Clavinet,
Celesta, Glockenspiel, Music Box, Vibraphone, Marimba, Xylophone, Tubular Bells, Dulcimer,
Drawbar Organ, Percussive Organ, Rock Organ, Church Organ, Reed Organ, Accordion, Harmonica,
Tango Accordion,
Acoustic Guitar (nylon), Acoustic Guitar (steel), Electric Guitar (jazz), Electric Guitar (clean),
Electric Guitar (muted), Overdriven Guitar, Distortion Guitar, Guitar Harmonics,
Acoustic Bass, Electric Bass (finger), Electric Bass (pick), Fretless Bass, Slap Bass 1,
Slap Bass 2, Synth Bass 1, Synth Bass 2,
Violin, Viola, Cello, Contrabass, Tremolo Strings, Pizzicato Strings, Orchestral Harp, Timpani,
String Ensemble 1, String Ensemble 2, Synth Strings 1, Synth Strings 2, Choir Aahs, Voice Oohs,
Synth Voice, Orchestra Hit,
Trumpet, Trombone, Tuba, Muted Trumpet, French Horn, Brass Section, Synth Brass 1, Synth Brass 2,
Soprano Sax, Alto Sax, Tenor Sax, Baritone Sax, Oboe, English Horn, Bassoon, Clarinet,
Piccolo, Flute, Recorder, Pan Flute, Blown Bottle, Shakuhachi, Whistle, Ocarina,
Lead 1 (square), Lead 2 (sawtooth), Lead 3 (calliope), Lead 4 (chiff), Lead 5 (charang),
Lead 6 (voice), Lead 7 (fifths), Lead 8 (bass + lead),
Pad 1 (new age), Pad 2 (warm), Pad 3 (polysynth), Pad 4 (choir), Pad 5 (bowed), Pad 6 (metallic),
Pad 7 (halo), Pad 8 (sweep),
FX 1 (rain), FX 2 (soundtrack), FX 3 (crystal), FX 4 (atmosphere), FX 5 (brightness),
FX 6 (goblins), FX 7 (echoes), FX 8 (sci-fi),
Sitar, Banjo, Shamisen, Koto, Kalimba, Bagpipe, Fiddle, Shanai,
Tinkle Bell, Agogo, Steel Drums, Woodblock, Taiko Drum, Melodic Tom, Synth Drum, Reverse Cymbal,
Guitar Fret Noise, Breath Noise, Seashore, Bird Tweet, Telephone Ring, Helicopter, Applause, Gunshot
""".replace("\n", " ").split(",")
)
"""Program number to General MIDI name."""

GM_FAMILIES: tuple[tuple[str, str], ...] = (
    ("piano", "钢琴"),
    ("chromatic percussion", "有音高打击乐"),
    ("organ", "风琴"),
    ("guitar", "吉他"),
    ("bass", "贝斯"),
    ("strings", "弦乐"),
    ("ensemble", "合奏"),
    ("brass", "铜管"),
    ("reed", "簧管"),
    ("pipe", "笛"),
    ("synth lead", "合成主音"),
    ("synth pad", "合成铺底"),
    ("synth effects", "合成效果"),
    ("ethnic", "民族乐器"),
    ("percussive", "打击乐"),
    ("sound effects", "音效"),
)
"""The sixteen families of eight programs each, in English and Chinese."""


def program_family(program: int) -> str:
    """Return the General MIDI family of a program.

    Parameters
    ----------
    program : int, 0 to 127

    Returns
    -------
    str

    Raises
    ------
    ParameterError
        `program` is out of range.

    Examples
    --------
    >>> program_family(56)
    'brass'
    """
    if not 0 <= program <= 127:
        raise ParameterError(
            f"program must be 0 to 127, got {program}; 0 is piano",
            zh=f"program(音色号)必须在 0 到 127 之间,收到 {program};0 为钢琴",
        )
    return GM_FAMILIES[program // 8][0]


@dataclass(frozen=True, slots=True)
class DrumKey:
    """One percussion sound.

    Parameters
    ----------
    pitch : int, 35 to 81
    identifier : str
        Short id for patterns, ``"kick"``.
    name, name_zh : str

    Examples
    --------
    >>> DRUM_KEYS[38].identifier, DRUM_KEYS[38].name_zh
    ('snare', '军鼓')
    """

    pitch: int
    identifier: str
    name: str
    name_zh: str


_DRUM_ROWS = (
    (35, "kick_acoustic", "Acoustic Bass Drum", "原声底鼓"),
    (36, "kick", "Bass Drum 1", "底鼓"),
    (37, "side_stick", "Side Stick", "鼓边"),
    (38, "snare", "Acoustic Snare", "军鼓"),
    (39, "clap", "Hand Clap", "拍手"),
    (40, "snare_electric", "Electric Snare", "电军鼓"),
    (41, "floor_tom", "Low Floor Tom", "低落地嗵鼓"),
    (42, "closed_hat", "Closed Hi-Hat", "闭镲"),
    (43, "floor_tom_high", "High Floor Tom", "高落地嗵鼓"),
    (44, "pedal_hat", "Pedal Hi-Hat", "踩镲"),
    (45, "low_tom", "Low Tom", "低音嗵鼓"),
    (46, "open_hat", "Open Hi-Hat", "开镲"),
    (47, "mid_tom", "Low-Mid Tom", "中低音嗵鼓"),
    (48, "mid_tom_high", "Hi-Mid Tom", "中高音嗵鼓"),
    (49, "crash", "Crash Cymbal 1", "吊镲"),
    (50, "high_tom", "High Tom", "高音嗵鼓"),
    (51, "ride", "Ride Cymbal 1", "叮叮镲"),
    (52, "china", "Chinese Cymbal", "中国镲"),
    (53, "ride_bell", "Ride Bell", "叮叮镲镲帽"),
    (54, "tambourine", "Tambourine", "铃鼓"),
    (55, "splash", "Splash Cymbal", "水镲"),
    (56, "cowbell", "Cowbell", "牛铃"),
    (57, "crash_2", "Crash Cymbal 2", "吊镲二"),
    (58, "vibraslap", "Vibraslap", "颤音器"),
    (59, "ride_2", "Ride Cymbal 2", "叮叮镲二"),
    (60, "bongo_high", "Hi Bongo", "高音邦戈鼓"),
    (61, "bongo_low", "Low Bongo", "低音邦戈鼓"),
    (62, "conga_mute", "Mute Hi Conga", "闷击高音康加鼓"),
    (63, "conga_high", "Open Hi Conga", "高音康加鼓"),
    (64, "conga_low", "Low Conga", "低音康加鼓"),
    (65, "timbale_high", "High Timbale", "高音天巴鼓"),
    (66, "timbale_low", "Low Timbale", "低音天巴鼓"),
    (67, "agogo_high", "High Agogo", "高音阿哥哥铃"),
    (68, "agogo_low", "Low Agogo", "低音阿哥哥铃"),
    (69, "cabasa", "Cabasa", "卡巴萨"),
    (70, "shaker", "Maracas", "沙锤"),
    (71, "whistle_short", "Short Whistle", "短哨"),
    (72, "whistle_long", "Long Whistle", "长哨"),
    (73, "guiro_short", "Short Guiro", "短刮瓜"),
    (74, "guiro_long", "Long Guiro", "长刮瓜"),
    (75, "claves", "Claves", "响棒"),
    (76, "woodblock_high", "Hi Wood Block", "高音木鱼"),
    (77, "woodblock_low", "Low Wood Block", "低音木鱼"),
    (78, "cuica_mute", "Mute Cuica", "闷击奎卡鼓"),
    (79, "cuica_open", "Open Cuica", "开放奎卡鼓"),
    (80, "triangle_mute", "Mute Triangle", "闷击三角铁"),
    (81, "triangle", "Open Triangle", "三角铁"),
)

DRUM_KEYS: dict[int, DrumKey] = {row[0]: DrumKey(*row) for row in _DRUM_ROWS}
"""Percussion key to its id and names, 35 to 81."""

_DRUM_ALIASES = {
    "bass_drum": 36,
    "bd": 36,
    "rim": 37,
    "rimshot": 37,
    "cross_stick": 37,
    "sd": 38,
    "hand_clap": 39,
    "hihat": 42,
    "hat": 42,
    "hh": 42,
    "closed_hihat": 42,
    "open_hihat": 46,
    "pedal_hihat": 44,
    "surdo": 41,
    "surdo_high": 43,
    "tom": 47,
    "maracas": 70,
    "conga": 63,
    "bongo": 60,
    "timbale": 65,
    "guiro": 73,
    "woodblock": 76,
    "agogo": 67,
    "cuica": 79,
    "ride_cymbal": 51,
    "crash_cymbal": 49,
}
_DRUM_IDS = {row.identifier: pitch for pitch, row in DRUM_KEYS.items()} | _DRUM_ALIASES


def drum_key(name: str | int) -> int:
    """Return the General MIDI percussion key of a drum.

    Parameters
    ----------
    name : str or int
        A short id (``"kick"``, ``"closed_hat"``), a full name, a Chinese name or the key itself.

    Returns
    -------
    int, 35 to 81 (0 to 127 when given as a number)

    Raises
    ------
    ParameterError
        The drum is not known.

    Examples
    --------
    >>> drum_key("kick"), drum_key("Open Hi-Hat"), drum_key("军鼓")
    (36, 46, 38)
    """
    if isinstance(name, int):
        if 0 <= name <= 127:
            return name
    else:
        plain = name.strip().lower().replace("-", "_").replace(" ", "_")
        if plain in _DRUM_IDS:
            return _DRUM_IDS[plain]
        if plain.isdigit() and int(plain) <= 127:
            return int(plain)
        for pitch, row in DRUM_KEYS.items():
            if name.strip() == row.name_zh or name.strip().lower() == row.name.lower():
                return pitch
    near = get_close_matches(str(name).lower(), _DRUM_IDS, n=1, cutoff=0.4)
    guess = near[0] if near else "snare"
    raise ParameterError(
        f"a drum must be a known name such as kick, snare or closed_hat, or a key 0 to 127, "
        f"got {name!r}; did you mean {guess!r}?",
        zh=f"鼓名须为已知名称(如 kick、snare、closed_hat)或 0 到 127 的键号,收到 {name!r};"
        f"是否想写 {guess!r}?",
    )
