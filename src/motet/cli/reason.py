"""Words that come from the system or from a file's place, in Chinese.

Conventions: the system and Python tell their reasons in English; a Chinese message that quotes one
gets it translated here, at the edge, so that no layer below needs a table of its own.
"""

from __future__ import annotations

import re

from motet.errors import MotetError
from motet.language import Language

__all__ = ["tell_error", "tell_reason"]

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
    "Invalid control character at": "含有非法控制字符",
    "Invalid value": "值不合法",
    "at end of document": "在文件末尾",
    "Illegal trailing comma before end of object": "对象末尾多了逗号",
}
_NUMBER = re.compile(r"\[Errno -?\d+\] ")
_LONGEST_PLACE = 120
_PLACES = (
    (re.compile(r"^byte (\d+)$"), r"第 \1 字节"),
    (re.compile(r"^line (\d+), column (\d+)$"), r"第 \1 行第 \2 列"),
    (re.compile(r"^line (\d+)$"), r"第 \1 行"),
    (re.compile(r"^bar (\d+)$"), r"第 \1 小节"),
)


def tell_reason(text: str, *, language: Language) -> str:
    """Return a text with the system's reasons in one language.

    Parameters
    ----------
    text : str
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> tell_reason("无法读取 'a':Permission denied", language="zh")
    "无法读取 'a':权限不足"
    """
    if language == "zh":
        text = _NUMBER.sub("", text)
        for en, zh in _REASONS.items():
            text = text.replace(en, zh)
    return text


def tell_error(error: MotetError, *, language: Language) -> str:
    """Return an error's message with its path and place in front, all in one language.

    Parameters
    ----------
    error : MotetError
    language : Language

    Returns
    -------
    str
        A path too long to be read is shortened in the middle.

    Examples
    --------
    >>> from motet.errors import FormatError
    >>> tell_error(FormatError("no", zh="不", path="a.mid", place="byte 7"), language="zh")
    'a.mid,第 7 字节:不'
    """
    path, place = error.path, error.place
    if len(path) > _LONGEST_PLACE:
        path = f"{path[: _LONGEST_PLACE // 2]}…{path[-_LONGEST_PLACE // 2 :]}"
    if language != "zh":
        where = ", ".join(one for one in (path, place) if one)
        return f"{where}: {error.en}" if where else error.en
    for pattern, zh in _PLACES:
        place = pattern.sub(zh, place)
    where = ",".join(one for one in (path, place) if one)
    text = tell_reason(error.zh, language="zh")
    return f"{where}:{text}" if where else text
