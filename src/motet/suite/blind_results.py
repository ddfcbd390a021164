"""What listeners said in a listening test: wins of each source over each other, and who passed for a person.

Conventions: an answer is one listener's answer to one question of one pair; answers count as independent,
which listeners' habits make a little optimistic. Ties and blanks are counted, and left out of wins.

Source: two-sided exact binomial test against one half; intervals of Clopper and Pearson, Biometrika 26
(1934), 404-413.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from motet.errors import FormatError, ParameterError
from motet.suite.blind import KIT_FORMAT, unpack_key

__all__ = ["Share", "judge_answers", "read_answers", "tell_answers"]

_QUESTIONS: Final = ("musical", "keep")
_MOST_BYTES: Final = 8_000_000
_NAMES: Final = {
    "human": ("people", "人"), "model": ("model", "模型"), "arranger": ("arranger", "编配器"),
    "markov": ("Markov chain", "马尔可夫链"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How often something happened, with what chance makes of it.

    Parameters
    ----------
    n_hits, n : int
    low, high : float
        95 % interval of the share; nan without any.
    p_value : float
        Of a share this far from one half by chance; nan without any.
    """

    n_hits: int
    n: int
    low: float
    high: float
    p_value: float

    def to_dict(self) -> dict[str, Any]:
        """Return it for JSON, None for what is undefined."""
        told = {"low": self.low, "high": self.high, "p_value": self.p_value}
        return {
            "n_hits": self.n_hits,
            "n": self.n,
            **{name: round(value, 4) if self.n else None for name, value in told.items()},
        }


def _share(n_hits: int, n: int) -> Share:
    """Return a share with interval and test."""
    if n == 0:
        return Share(n_hits=0, n=0, low=float("nan"), high=float("nan"), p_value=float("nan"))
    from scipy.stats import binomtest

    test = binomtest(n_hits, n, 0.5)
    interval = test.proportion_ci(0.95, method="exact")
    return Share(
        n_hits=n_hits,
        n=n,
        low=float(interval.low),
        high=float(interval.high),
        p_value=float(test.pvalue),
    )


def read_answers(path: str | Path) -> dict[str, Any]:
    """Return what a file of answers says.

    Parameters
    ----------
    path : str or Path
        Saved from the page of a listening test.

    Returns
    -------
    dict
        With ``kit`` and ``answers``.

    Raises
    ------
    FormatError
        It cannot be read, or holds no answers.

    Examples
    --------
    >>> read_answers("nowhere.json")
    Traceback (most recent call last):
    ...
    motet.errors.FormatError: nowhere.json: cannot read the answers: No such file or directory
    """
    try:
        if Path(path).stat().st_size > _MOST_BYTES:
            raise ValueError("the file is too large")
        told = json.loads(Path(path).read_text(encoding="utf-8"))
        rows = told["answers"]
        if told["format"] != KIT_FORMAT or not isinstance(told["kit"], str):
            raise ValueError(f"format {told['format']!r}")
        if not isinstance(rows, list) or not all(
            isinstance(row, dict) and isinstance(row.get("pair"), str) for row in rows
        ):
            raise TypeError("answers must be a list")
    except OSError as error:
        raise FormatError(
            f"cannot read the answers: {error.strerror}",
            zh=f"无法读取答案:{error.strerror}",
            path=str(path),
        ) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise FormatError(
            "these are not the answers of a listening test; save them from its page again",
            zh="这不是盲听测试的答案;请从测试页面重新保存",
            path=str(path),
        ) from error
    return {"kit": told["kit"], "answers": rows}


def judge_answers(paths: Sequence[str | Path], key: str | Path) -> dict[str, Any]:
    """Return who won, question by question, and how often each source passed for a person.

    Parameters
    ----------
    paths : sequence of str or Path
        Files of answers, a listener each.
    key : str or Path
        ``key.json`` of the test.

    Returns
    -------
    dict
        ``n_listeners``; ``wins``: for each pair of sources and question the share in which the first
        won, and the ties; ``person``: for each source how often it was taken for a person;
        ``credits``.

    Raises
    ------
    FormatError
        A file is damaged.
    ParameterError
        The answers belong to another test, or there is none.

    Examples
    --------
    >>> judge_answers([], "key.json")
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: no answers were given; ...
    """
    if not paths:
        raise ParameterError(
            "no answers were given; add the files that listeners saved",
            zh="没有给出答案;请加上听者保存的文件",
        )
    try:
        text = Path(key).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not text in UTF-8"
        raise FormatError(
            f"cannot read the key: {reason}", zh=f"无法读取答案钥匙:{reason}", path=str(key)
        ) from error
    hidden = unpack_key(text, path=str(key))
    sides = {pair["id"]: tuple(pair["sources"]) for pair in hidden["pairs"]}
    rows: list[dict[str, Any]] = []
    for path in paths:
        told = read_answers(path)
        if told["kit"] != hidden["kit"]:
            raise ParameterError(
                f"{path} answers another test than {key}; give the key of its own page",
                zh=f"{path} 与 {key} 不属于同一测试;请给出其页面所附的 key.json",
            )
        rows += [row for row in told["answers"] if row["pair"] in sides]
    return {
        "n_listeners": len(paths),
        "n_pairs": len(sides),
        "bundle": hidden.get("bundle", ""),
        "wins": _count_wins(rows, sides),
        "person": _count_persons(rows, sides),
        "credits": hidden.get("credits", []),
    }


def _count_wins(
    rows: Sequence[dict[str, Any]], sides: dict[str, tuple[str, ...]]
) -> list[dict[str, Any]]:
    """Return for every kind of pair and question how often the first source won."""
    counts: dict[tuple[str, str, str], list[int]] = {}
    for row in rows:
        a, b = sides[row["pair"]]
        first, second = sorted((a, b), key=list(_NAMES).index)
        for question in _QUESTIONS:
            said = row.get(question, "")
            if not said:
                continue
            cell = counts.setdefault((first, second, question), [0, 0, 0])
            chosen = {"A": a, "B": b}.get(said)
            cell[0 if chosen == first else 1 if chosen == second else 2] += 1
    return [
        {
            "first": first,
            "second": second,
            "question": question,
            "ties": ties,
            **_share(won, won + lost).to_dict(),
        }
        for (first, second, question), (won, lost, ties) in counts.items()
    ]


def _count_persons(
    rows: Sequence[dict[str, Any]], sides: dict[str, tuple[str, ...]]
) -> dict[str, dict[str, Any]]:
    """Return for every source how often a listener who could say took it for a person."""
    hits: dict[str, list[int]] = {}
    for row in rows:
        said = row.get("person", "")
        if said not in ("A", "B", "AB", "0"):
            continue
        for side, source in zip("AB", sides[row["pair"]], strict=True):
            cell = hits.setdefault(source, [0, 0])
            cell[0] += side in said
            cell[1] += 1
    return {name: _share(*hits[name]).to_dict() for name in _NAMES if name in hits}


def tell_answers(found: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the results as lines, English and Chinese.

    Parameters
    ----------
    found : dict
        Of `judge_answers`.

    Returns
    -------
    list of (str, str)

    Examples
    --------
    >>> win = {"first": "human", "second": "model", "question": "keep", "ties": 1, "n_hits": 3, "n": 4,
    ...        "low": 0.19, "high": 0.99, "p_value": 0.63}
    >>> tell_answers({"n_listeners": 1, "n_pairs": 4, "wins": [win], "person": {}, "credits": []})[1][0]
    'people kept rather than model: 3 of 4 (75 %, 95 % interval 19 to 99 %, p = 0.63), 1 tied'
    """
    lines = [
        (
            f"answers of {found['n_listeners']}, pairs: {found['n_pairs']}",
            f"{found['n_listeners']} 位听者,{found['n_pairs']} 对片段",
        )
    ]
    words = {
        "musical": ("found more musical than", "比{}更有音乐性"),
        "keep": ("kept rather than", "比{}更愿留下"),
    }
    for one in found["wins"]:
        first, second = _NAMES[one["first"]], _NAMES[one["second"]]
        en, zh = words[one["question"]]
        share, share_zh = _tell_share(one)
        lines.append(
            (
                f"{first[0]} {en} {second[0]}: {share}, {one['ties']} tied",
                f"{first[1]}{zh.format(second[1])}:{share_zh},平局 {one['ties']}",
            )
        )
    for name, one in found["person"].items():
        share, share_zh = _tell_share(one)
        lines.append(
            (
                f"{_NAMES[name][0]} taken for a person: {share}",
                f"{_NAMES[name][1]}被当作人写:{share_zh}",
            )
        )
    lines += [(f"credit: {one}", f"出处:{one}") for one in found["credits"]]
    return lines


def _tell_share(one: dict[str, Any]) -> tuple[str, str]:
    """Return a share with its interval and test, in both languages."""
    if not one["n"]:
        return "nobody chose", "无人选择"
    percent, low, high = (
        f"{100 * value:.0f}" for value in (one["n_hits"] / one["n"], one["low"], one["high"])
    )
    p = f"{one['p_value']:.2g}"
    return (
        f"{one['n_hits']} of {one['n']} ({percent} %, 95 % interval {low} to {high} %, p = {p})",
        f"{one['n']} 次中 {one['n_hits']} 次({percent} %,95 % 区间 {low} 到 {high} %,p = {p})",
    )
