"""The text of a progression cut into bars of words; repeats and sections are worked out here.

Conventions: see `progression`. The answer holds only chord words and ``/``.
"""

from __future__ import annotations

import re

from motet.errors import ParameterError

__all__ = ["Cell", "read_cells"]

Cell = tuple[str, ...]
"""The words of one bar."""

_MAX_BARS = 4096
_TOKEN = re.compile(
    r"\s*(?:(?P<label>[\[【][^\]】\n]*[\]】])"
    r"|(?P<times>[xX×*]\s*\d+(?=[\s|]|$))"
    r"|(?P<open>\|+[:‖]|‖:)"
    r"|(?P<close>:\|+(?::)?)"
    r"|(?P<bar>[|‖]+\]?)"
    r"|(?P<word>[^\s|‖\[【]+))"
)
_TITLE = re.compile(r"\s*([^\W\d_][\w ]*?)\s*[::](?![|‖])\s*(.*)")
_HYPHEN = re.compile(r"(?<=\S)(?:->|→|[-–—])(?=[A-G]|[b#♭♯]?[IViv])")
_LOOSE = {"-", "–", "—", "->", "→", ",", "、", ";"}


class _Builder:
    """Bars so far, and where the innermost repeat, line and section began."""

    def __init__(self, n_beats: int) -> None:
        self.n_beats = n_beats
        self.bars: list[Cell] = []
        self.labels: list[tuple[int, str]] = []
        self.words: list[str] = []
        self.repeat_from: int | None = None
        self.group_from = 0
        self.closed: tuple[int, int] | None = None

    def end_bar(self, *, has_content: bool) -> None:
        """Finish the bar that is being read."""
        if not self.words:
            if has_content:
                number = len(self.bars) + 1
                raise ParameterError(
                    f"bar {number} is empty; write % to repeat the bar before, or N.C.",
                    zh=f"第 {number} 小节是空的;请写 % 重复前一小节,或写 N.C.",
                )
            return
        self.add(tuple(self.words))
        self.words = []

    def add(self, words: Cell) -> None:
        """Add one bar; ``%`` stands for the bar before."""
        number = len(self.bars) + 1
        if "%" in words:
            if not self.bars or set(words) != {"%"}:
                raise ParameterError(
                    f"bar {number}: % repeats the whole bar before, got {' '.join(words)!r}; "
                    "write % alone and not in the first bar",
                    zh=f"第 {number} 小节:% 表示重复前一小节,收到 {' '.join(words)!r};"
                    "% 须单独成一小节,且不能是第一小节",
                )
            words = self.bars[-1]
        if words[0] == "/":
            before = self.bars[-1] if self.bars else ()
            last = [word for word in before if word != "/"]
            if not last:
                raise ParameterError(
                    f"bar {number}: / holds the chord before it, but there is none; "
                    "begin with a chord",
                    zh=f"第 {number} 小节:/ 延续前一个和弦,但前面没有和弦;请以和弦开头",
                )
            words = (last[-1], *words[1:])
        self.closed = None
        self.bars.append(words)
        self.check_size()

    def check_size(self) -> None:
        """Refuse runaway repeats."""
        if len(self.bars) > _MAX_BARS:
            raise ParameterError(
                f"a progression has at most {_MAX_BARS} bars, got more; use fewer repeats",
                zh=f"和弦进行最多 {_MAX_BARS} 小节,收到更多;请减少反复次数",
            )

    def repeat(self, start: int, end: int, times: int) -> None:
        """Play bars ``start`` to ``end`` so many times in all, labels included."""
        block = self.bars[start:end]
        marks = [(bar, name) for bar, name in self.labels if start < bar < end]
        for _ in range(times - 1):
            shift = len(self.bars) - start
            self.labels += [(bar + shift, name) for bar, name in marks]
            self.bars += block
            self.check_size()

    def label(self, name: str) -> None:
        """Begin a section at the next bar."""
        if self.labels and self.labels[-1][0] == len(self.bars):
            self.labels.pop()
        self.labels.append((len(self.bars), name))
        self.group_from = len(self.bars)
        self.closed = None


def read_cells(text: str, *, n_beats: int) -> tuple[tuple[Cell, ...], tuple[tuple[int, str], ...]]:
    """Return the words of each bar, repeats written out, and the sections.

    Parameters
    ----------
    text : str
    n_beats : int, >= 1
        Beats a bar, for text without bar lines that uses beat slashes.

    Returns
    -------
    tuple of cells, and tuple of (bar number from 0, label)

    Raises
    ------
    ParameterError
        Nothing is there, or a sign stands where it makes no sense.

    Examples
    --------
    >>> read_cells("[A] C G x2", n_beats=4)
    ((('C',), ('G',), ('C',), ('G',)), ((0, 'A'),))
    """
    builder = _Builder(n_beats)
    for line in text.splitlines():
        title = _TITLE.fullmatch(line)
        if title is not None and title[2] and not _is_chord_word(title[1]):
            builder.label(title[1])
            line = title[2]
        _read_line(builder, line)
    if builder.repeat_from is not None:
        raise ParameterError(
            f"the repeat that opens with |: at bar {builder.repeat_from + 1} has no end; add :|",
            zh=f"第 {builder.repeat_from + 1} 小节开始的反复 |: 没有结尾;请补上 :|",
        )
    if not builder.bars:
        raise ParameterError(
            "a progression needs at least one chord, got none; write | C | G | Am | F |",
            zh="和弦进行至少需要一个和弦,收到空文本;请写 | C | G | Am | F |",
        )
    sections = tuple(mark for mark in builder.labels if mark[0] < len(builder.bars))
    return tuple(builder.bars), sections


def _is_chord_word(text: str) -> bool:
    """Tell a line that begins with a chord and a colon from a section title."""
    return re.fullmatch(r"[A-G][#b]?\S{0,4}", text) is not None and len(text) > 1


def _read_line(builder: _Builder, line: str) -> None:
    """Read one line: with bar lines if it has any, else a chord (or a beat) a word."""
    has_bars = "|" in line or "‖" in line
    line = line if has_bars else _HYPHEN.sub(" ", line).replace(",", " ").replace(",", " ")
    loose: list[str] = []
    builder.group_from = len(builder.bars)
    is_open, where = False, 0
    while line[where:].strip():
        match = _TOKEN.match(line, where)
        if match is None:
            number, sign = len(builder.bars) + 1, line[where:].split()[0]
            raise ParameterError(
                f"bar {number}: {sign!r} makes no sense here; close labels as [verse]",
                zh=f"第 {number} 小节:{sign!r} 在此处无意义;段落标记请写成 [verse]",
            )
        where = match.end()
        kind, token = str(match.lastgroup), match[0].strip()
        if kind == "word":
            is_percent = token in ("%", "٪", "%", "𝄎")
            word = "%" if is_percent else token
            if word in _LOOSE:
                continue
            (builder.words if has_bars else loose).append(word)
            continue
        if loose:
            _flush(builder, loose)
        if kind != "label" or builder.words:
            builder.end_bar(has_content=kind == "bar" and is_open and len(token) == 1)
        is_open = _sign(builder, kind, token)
    if loose:
        _flush(builder, loose)
    builder.end_bar(has_content=False)


def _flush(builder: _Builder, loose: list[str]) -> None:
    """Add words that stand without bar lines: a bar each, or a beat each when slashes occur."""
    if "/" in loose:
        for first in range(0, len(loose), builder.n_beats):
            builder.add(tuple(loose[first : first + builder.n_beats]))
    else:
        for word in loose:
            builder.add((word,))
    loose.clear()


def _sign(builder: _Builder, kind: str, token: str) -> bool:
    """Act on a label, bar line or repeat; say whether a bar line has just opened a bar."""
    now = len(builder.bars)
    if kind == "label":
        builder.label(token[1:-1].strip())
        return False
    if kind == "bar":
        return True
    if kind == "open":
        builder.repeat_from = now
        return False
    if kind == "close":
        start = builder.group_from if builder.repeat_from is None else builder.repeat_from
        if start < now:
            builder.repeat(start, now, 2)
            builder.closed = (start, now)
        builder.repeat_from = len(builder.bars) if token.endswith(":") else None
        builder.group_from = len(builder.bars)
        return False
    times = int(re.sub(r"\D", "", token))
    start, end = builder.closed or (builder.group_from, now)
    if times < 1 or start >= end:
        raise ParameterError(
            f"{token!r} after bar {now} must follow bars to repeat, with a count of 1 or more; "
            "write | C | G | x2",
            zh=f"第 {now} 小节之后的 {token!r} 前须有要反复的小节,且次数不小于 1;请写 | C | G | x2",
        )
    if builder.closed is not None:
        del builder.bars[end:]
        builder.labels = [mark for mark in builder.labels if mark[0] < end]
    builder.closed = None
    builder.repeat(start, end, times)
    builder.group_from = len(builder.bars)
    return False
