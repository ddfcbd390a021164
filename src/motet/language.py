"""The two languages of every text that a user sees: English and Chinese.

Conventions: a text is written once, in both languages, at the place that says it:
``say("bar {n}", "第 {n} 小节")``. No catalogue, so neither language can go missing. Only two kinds
of words are translated from English: places in a file, and reasons that the system gives.

Offers `Language`, `say`, `choose_language`, `say_place`, `say_reason`, `count_columns`, `pad_columns`.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Literal
from unicodedata import east_asian_width

__all__ = [
    "LANGUAGES",
    "Language",
    "choose_language",
    "count_columns",
    "pad_columns",
    "say",
    "say_place",
    "say_reason",
]

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
_REASONS = {
    "No such file or directory": "没有此文件或文件夹",
    "Permission denied": "权限不足",
    "Is a directory": "这是一个文件夹",
    "Not a directory": "不是文件夹",
    "File exists": "已有同名文件",
    "File name too long": "文件名太长",
    "No space left on device": "磁盘空间不足",
    "Read-only file system": "文件系统只读",
    "Operation not permitted": "不允许此操作",
    "Too many open files": "打开的文件过多",
    "Too many levels of symbolic links": "符号链接层数过多",
    "Input/output error": "读写错误",
    "Cannot allocate memory": "内存不足",
    "Disk quota exceeded": "超出磁盘配额",
    "embedded null byte": "路径含有空字节",
    "Expecting property name enclosed in double quotes": "此处应为双引号中的键名",
    "Expecting value": "此处缺少值",
    "Expecting ',' delimiter": "此处缺少逗号",
    "Expecting ':' delimiter": "此处缺少冒号",
    "Unterminated string starting at": "字符串没有结束",
    "Extra data": "结尾之后还有内容",
    "File does not exist or is not a regular file (possibly a pipe?)": "文件不存在或不是普通文件",
    "SF_INFO struct incomplete": "文件头不完整",
    "Format not recognised": "无法识别的格式",
    "File contains data in an unknown format": "文件内的数据格式未知",
    "Internal error": "内部错误",
    "Too many channels specified": "声道过多",
    "Channel count is zero": "声道数为零",
    "flac decoder lost sync": "FLAC 解码失去同步",
    "Malformed 'fmt ' chunk": "fmt 块有误",
    "Error in WAV/W64/RF64 file": "WAV 文件有误",
    "Error : ": "",
    ", or far too large for a sample": ",或远超采样值的范围",
    "a number in it is not finite": "其中有非有限数值",
    "Invalid control character at": "含有非法控制字符",
    "Invalid value": "值不合法",
    "at end of document": "在文件末尾",
    "Illegal trailing comma before end of object": "对象末尾多了逗号",
}
_NUMBER = re.compile(r"\[Errno -?\d+\] ")
_PLACES = tuple(
    (re.compile(pattern), zh)
    for pattern, zh in (
        (r"\bline (\d+), column (\d+)\b", r"第 \1 行第 \2 列"),
        (r"\bbyte (\d+)\b", r"第 \1 字节"),
        (r"\btrack (\d+)\b", r"第 \1 轨"),
        (r"\btick (\d+)\b", r"第 \1 tick"),
        (r"\bline (\d+)\b", r"第 \1 行"),
        (r"\bcolumn (\d+)\b", r"第 \1 列"),
        (r"\bbars? (\d+)\b", r"第 \1 小节"),
        (r"\bmeasure ([^\s,]+)", r"第 \1 小节"),
        (r"\bspine (\d+)\b", r"第 \1 谱列"),
        (r"\btune (\d+)\b", r"第 \1 首"),
        (r"\bframe (\d+)\b", r"第 \1 帧"),
        (r"\bpart (?=\S)", "声部 "),
        (r"\bgroove (?=\x00)", "律动 "),
    )
)
_QUOTED = re.compile(r"""('[^']*'|"[^"]*")""")


def choose_language(wish: str | None) -> Language:
    """Return the language that a wish or a locale name stands for; English when unknown.

    Parameters
    ----------
    wish : str or None
        ``"zh"``, ``"zh_CN.UTF-8"``, ``"en"``, or nothing.

    Returns
    -------
    Language
        ``"zh"`` for every kind of Chinese locale, else ``"en"``.

    Examples
    --------
    >>> choose_language("zh_CN.UTF-8"), choose_language("C"), choose_language(None)
    ('zh', 'en', 'en')
    """
    return "zh" if wish and wish.lower().startswith("zh") else "en"


def say(en: str, zh: str, *, language: Language = "en") -> str:
    """Return the text in the language asked for.

    Parameters
    ----------
    en, zh : str
        The same text in English and in Chinese.
    language : Language
        Which one to return.

    Returns
    -------
    str
        One of the two, unchanged.

    Examples
    --------
    >>> say("bar", "小节", language="zh")
    '小节'
    """
    return zh if language == "zh" else en


def say_place(place: str, *, language: Language = "en") -> str:
    """Return a place in a file, as errors and repairs name it, in the language asked for.

    Parameters
    ----------
    place : str
        ``"byte 120, track 2"``, ``"line 3, column 9"``, ``"part 'Flute', bar 7"``; what stands in
        quotes is a name and stays.
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> say_place("byte 120, track 2", language="zh"), say_place("bar 7", language="zh")
    ('第 120 字节,第 2 轨', '第 7 小节')
    """
    if language != "zh":
        return place
    names = _QUOTED.findall(place)
    place = _QUOTED.sub("\x00", place)
    for pattern, zh in _PLACES:
        place = pattern.sub(zh, place)
    place = place.replace(", ", ",")
    return "".join(map("".join, zip_longest(place.split("\x00"), names, fillvalue="")))


def say_reason(text: str, *, language: Language = "en") -> str:
    """Return a text with the reasons of the system and of Python in the language asked for.

    Parameters
    ----------
    text : str
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> say_reason("无法读取 'a':Permission denied", language="zh")
    "无法读取 'a':权限不足"
    """
    if language == "zh":
        text = _NUMBER.sub("", text)
        for en, zh in _REASONS.items():
            text = text.replace(en, zh)
    return text


def count_columns(text: str) -> int:
    """Return how many columns a text takes in a terminal: Chinese signs take two.

    Parameters
    ----------
    text : str
        One line.

    Returns
    -------
    int

    Examples
    --------
    >>> count_columns("bar"), count_columns("小节 3")
    (3, 6)
    """
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def pad_columns(text: str, width: int) -> str:
    """Return a text with blanks behind it, so that it takes so many columns.

    Parameters
    ----------
    text : str
        One line; a longer one is left as it is.
    width : int, columns

    Returns
    -------
    str

    Examples
    --------
    >>> pad_columns("小节", 6) + "|"
    '小节  |'
    """
    return text + " " * (width - count_columns(text))
