"""What `engine.py` measured, as figures to compare and as tables for docs/concepts/engine.md.

Run as a script it does nothing. Rates are tokens a second, all rows together; waits are seconds.
"""

from __future__ import annotations

import re
import statistics
from pathlib import Path
from typing import Any

__all__ = ["make_figures", "tell_rates_table", "tell_waits_table", "write_pages"]

DOCS = Path(__file__).resolve().parents[2] / "docs" / "concepts"
PAGES = {"en": DOCS / "engine.md", "zh": DOCS / "engine.zh.md"}
TITLES = {"en": "Measured", "zh": "实测"}
HOWS = ("engine, 8 bits", "engine, 4 bits", "torch loop", "transformers.generate")
_RATES = {
    "en": ("model", "side by side", *HOWS),
    "zh": ("模型", "并行路数", "引擎,8 位", "引擎,4 位", "torch 循环", "transformers.generate"),
}
_WAITS = {"en": ("wait", "median, s", "longest, s"), "zh": ("等待", "中位数,秒", "最长,秒")}
_WAITS_ZH = {
    r"a cancel while (\w+) reads a prompt, (\d+) side by side": r"取消:\1 读提示时,并行 \2 路",
    r"a cancel while (\w+) writes, (\d+) side by side": r"取消:\1 写作时,并行 \2 路",
    r"a cancel of compose, anywhere": "取消:compose 的任意时刻",
    r"infill, 4 ways of 4 bars, one part": "infill:一个声部 4 小节,4 种写法",
    r"continue, 4 bars, one part, 4 candidates": "continue:一个声部 4 小节,4 个候选",
    r"compose, 16 bars, style alone": "compose:16 小节,只给风格",
    r"compose, its first bar": "compose:第一小节",
}
_MACHINE = {
    "en": "{cores} cores ({machine}), {threads} threads, load average {load:.1f}, commit {commit}; "
    "`benchmarks/speed/engine.py`. Tokens a second, rules and sampling included; in brackets, how many "
    "times the torch loop.",
    "zh": "{cores} 核({machine}),{threads} 线程,负载 {load:.1f},提交 {commit};"
    "`benchmarks/speed/engine.py`。每秒 token 数,含约束与采样;括号内为 torch 循环的倍数。",
}


def tell_rates_table(rows: list[dict[str, Any]], *, language: str = "en") -> str:
    """Return the rates as Markdown, a line for each model and number of rows.

    Examples
    --------
    >>> rows = [{"size": "small", "rows": 1, "how": how, "tokens_per_s": rate}
    ...         for how, rate in (("engine, 8 bits", 1300.0), ("torch loop", 200.0))]
    >>> print(tell_rates_table(rows).splitlines()[2])
    | small | 1 | 1,300 (6.5) | - | 200 | - |
    """
    found = {(row["size"], row["rows"], row["how"]): float(row["tokens_per_s"]) for row in rows}
    lines = []
    for size, n_rows in dict.fromkeys((row["size"], row["rows"]) for row in rows):
        cells = [size, str(n_rows)]
        base = found.get((size, n_rows, "torch loop"))
        for how in HOWS:
            rate = found.get((size, n_rows, how))
            text = "-" if rate is None else f"{rate:,.0f}"
            if rate is not None and base is not None and how.startswith("engine"):
                text += f" ({rate / base:.1f})"
            cells.append(text)
        lines.append(cells)
    return _tell(_RATES[language], lines)


def tell_waits_table(waits: dict[str, list[float]], *, language: str = "en") -> str:
    """Return the waits as Markdown.

    Examples
    --------
    >>> print(tell_waits_table({"compose, its first bar": [0.2, 0.3, 0.7]}).splitlines()[2])
    | compose, its first bar | 0.300 | 0.700 |
    """
    lines = [
        [_say(what, language), f"{statistics.median(found):.3f}", f"{max(found):.3f}"]
        for what, found in waits.items()
        if found
    ]
    return _tell(_WAITS[language], lines)


def _say(what: str, language: str) -> str:
    """Return the name of a wait in a language."""
    for en, zh in _WAITS_ZH.items() if language == "zh" else ():
        if found := re.fullmatch(en, what):
            return found.expand(zh)
    return what


def _tell(head: tuple[str, ...], lines: list[list[str]]) -> str:
    """Return a Markdown table."""
    return "\n".join(
        "| " + " | ".join(line) + " |" for line in [list(head), ["---"] * len(head), *lines]
    )


def make_figures(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the figures that `benchmarks/compare.py` reads.

    Examples
    --------
    >>> make_figures({"rows": [], "waits": {"a": [0.1, 0.2, 0.3]}})
    {'a': {'median': 0.2, 'p95': 0.3}}
    """
    figures: dict[str, dict[str, Any]] = {}
    for row in result["rows"]:
        rates = row.get("all") or [row["tokens_per_s"]]
        figures[f"{row['size']}, {row['rows']} rows, {row['how']}"] = {
            "median": round(row["tokens_per_s"], 1),
            "p95": round(min(rates), 1),
            "better": "higher",
        }
    for what, found in result.get("waits", {}).items():
        if found:
            figures[what] = {
                "median": round(statistics.median(found), 4),
                "p95": round(max(found), 4),
            }
    return figures


def write_pages(result: dict[str, Any]) -> None:
    """Put both tables into the page, in both languages."""
    from motet.suite import write_section

    for language, page in PAGES.items():
        facts = _MACHINE[language].format(
            cores=result["cores"], machine=result["machine"], threads=result["threads"],
            load=result["load_average"], commit=result["commit"],
        )  # fmt: skip
        texts = [facts, tell_rates_table(result["rows"], language=language)]
        if result.get("waits"):
            texts.append(tell_waits_table(result["waits"], language=language))
        write_section(page, "speed", "\n\n".join(texts), title=TITLES[language])
