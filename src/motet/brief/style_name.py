"""The names of styles, in English and Chinese, and finding one by either.

Conventions: a style is one of `motet.tokens.vocab.STYLES`; what the arranger plays comes first there,
what the human corpus holds after it.
"""

from __future__ import annotations

from difflib import get_close_matches

from motet.errors import ParameterError
from motet.language import Language
from motet.tokens.vocab import STYLES

__all__ = ["STYLE_NAMES_ZH", "find_style_name", "style_title"]

STYLE_NAMES_ZH: dict[str, str] = {
    "balkan": "巴尔干舞曲", "ballad": "抒情慢歌", "blues": "布鲁斯", "bossa": "波萨诺瓦",
    "cha-cha": "恰恰恰", "chiptune": "芯片音乐", "cinematic": "影视配乐", "classical": "古典",
    "country": "乡村", "disco": "迪斯科", "folk-waltz": "民间圆舞曲", "folk": "民谣",
    "funk": "放克", "gospel-shuffle": "福音摇摆", "gospel": "福音音乐", "guofeng": "国风",
    "hiphop": "嘻哈", "house": "浩室", "jazz-ballad": "爵士抒情曲", "jazz-waltz": "爵士华尔兹",
    "jig": "吉格舞曲", "lofi": "低保真嘻哈", "march": "进行曲", "milonga": "米隆加",
    "neo-soul": "新灵魂乐", "pop": "流行", "prog": "前卫摇滚", "reel": "里尔舞曲",
    "reggae": "雷鬼", "rock": "摇滚", "salsa": "萨尔萨", "samba": "桑巴",
    "slow-blues": "慢布鲁斯", "soul": "灵魂乐", "swing": "中速摇摆爵士", "synthwave": "合成器浪潮",
    "tango": "探戈", "trap": "陷阱音乐", "waltz": "维也纳圆舞曲",
    "renaissance": "文艺复兴", "baroque": "巴洛克", "sacred-choral": "宗教合唱", "choral": "合唱",
    "hymn": "赞美诗", "keyboard": "键盘音乐", "piano-romantic": "浪漫派钢琴", "art-song": "艺术歌曲",
    "opera": "歌剧", "string-quartet": "弦乐四重奏", "chamber": "室内乐", "orchestral": "管弦乐",
    "guitar": "吉他独奏", "organ": "管风琴", "ragtime": "拉格泰姆", "dance-piano": "钢琴舞曲",
    "mazurka": "马祖卡", "polonaise": "波洛奈兹", "irish": "爱尔兰音乐",
    "tin-pan-alley": "锡盘街歌曲", "jazz": "爵士", "game": "游戏音乐", "game-rock": "游戏摇滚",
    "metal": "金属", "electronic": "电子", "drum-rock": "摇滚鼓", "drum-funk": "放克鼓",
    "drum-jazz": "爵士鼓", "drum-latin": "拉丁鼓", "drum-hiphop": "嘻哈鼓",
}  # fmt: skip
"""Chinese name of every style."""

_BY_NAME = {name.replace("-", ""): name for name in STYLES} | {
    zh: name for name, zh in STYLE_NAMES_ZH.items()
}


def find_style_name(text: str) -> str:
    """Return the style that a text names, in either language.

    Parameters
    ----------
    text : str
        Case, blanks and hyphens do not count.

    Returns
    -------
    str
        A member of `motet.tokens.vocab.STYLES`.

    Raises
    ------
    ParameterError
        No style has that name; the nearest is offered.

    Examples
    --------
    >>> find_style_name("String Quartet"), find_style_name("波萨诺瓦")
    ('string-quartet', 'bossa')
    """
    plain = "".join(text.strip().lower().split()).replace("-", "").replace("_", "")
    if plain in _BY_NAME:
        return _BY_NAME[plain]
    near = get_close_matches(plain, _BY_NAME, n=3, cutoff=0.5)
    names = list(dict.fromkeys(_BY_NAME[one] for one in near)) or ["pop", "classical", "jazz"]
    raise ParameterError(
        f"style must be one of Motet's {len(STYLES)}, got {text!r}; did you mean "
        f"{' / '.join(names)}?",
        zh=f"风格 style 必须是 Motet 的 {len(STYLES)} 种之一,收到 {text!r};"
        f"是否想写 {' / '.join(names)}?",
    )


def style_title(name: str, *, language: Language = "en") -> str:
    """Return how a style is shown to people.

    Parameters
    ----------
    name : str
        A style, or empty.
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> style_title("string-quartet"), style_title("jig", language="zh")
    ('String quartet', '吉格舞曲')
    """
    if language == "zh":
        return STYLE_NAMES_ZH.get(name, name)
    return name.replace("-", " ").capitalize()
