"""The data card: what a built corpus is, where it comes from, and what it is not good for.

Conventions: Markdown in English or Chinese, every number from the corpus itself.

Offers `write_card`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from motet.corpus.cost import count_tokens
from motet.corpus.shards import open_shards, read_facts
from motet.language import Language, say

__all__ = ["write_card"]


def write_card(folder: str | Path, *, language: Language = "en") -> str:
    """Return the data card of a built corpus.

    Parameters
    ----------
    folder : str or Path
        The corpus.
    language : Language

    Returns
    -------
    str
        Markdown.

    Raises
    ------
    CorpusError
        There is no corpus there.

    Examples
    --------
    >>> write_card("nowhere")
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: nowhere: there is no built corpus here; motet corpus build writes one
    """
    facts = read_facts(folder)
    report = json.loads((Path(folder) / "report.json").read_text(encoding="utf-8"))
    costs = count_tokens(open_shards(folder, "train"))
    sections = (
        _head(facts, language),
        _splits(facts, language),
        _sources(facts, language),
        _styles(facts, costs, language),
        _left_out(facts, report, language),
        _changes(report, language),
        _gaps(language),
        _credits(facts, language),
    )
    return "\n\n".join(section.strip() for section in sections) + "\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a Markdown table; numbers with thousands."""
    names = list(head)
    lines = [names, ["---"] * len(names)]
    lines += [[f"{x:,}" if isinstance(x, int) else str(x) for x in row] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _head(facts: Mapping[str, Any], language: Language) -> str:
    """Return what the corpus is."""
    rows = facts["splits"].values()
    n_pieces, n_notes, n_bars = (
        sum(row[name] for row in rows) for name in ("n_pieces", "n_notes", "n_bars")
    )
    licences = ", ".join(facts["licences"])
    return say(
        f"# Data card: the corpus\n\n{n_pieces:,} pieces, {n_notes:,} notes, {n_bars:,} bars, of "
        f"licence class {licences}. Built by `motet corpus build`, looked over by `motet corpus check`, "
        "described by `motet corpus card`, which wrote this page.",
        f"# 数据卡:语料库\n\n{n_pieces:,} 首乐曲、{n_notes:,} 个音符、{n_bars:,} 小节,许可类别 "
        f"{licences}。由 `motet corpus build` 构建,由 `motet corpus check` 检查,本页由 "
        "`motet corpus card` 写成。",
        language=language,
    )


def _splits(facts: Mapping[str, Any], language: Language) -> str:
    """Return the table of splits."""
    head = say(
        "split|pieces|notes|bars|chords", "划分|乐曲|音符|小节|和弦", language=language
    ).split("|")
    rows = [
        (name, row["n_pieces"], row["n_notes"], row["n_bars"], row["n_chords"])
        for name, row in facts["splits"].items()
    ]
    return say("## Splits", "## 划分", language=language) + "\n\n" + _table(head, rows)


def _sources(facts: Mapping[str, Any], language: Language) -> str:
    """Return the table of sources."""
    head = say(
        "source|licence|pieces kept|notes|share of draws|repository, commit",
        "来源|许可|收入乐曲|音符|抽取比例|仓库与提交",
        language=language,
    ).split("|")
    rows = [
        (
            row["title"],
            row["licence"],
            row["n_pieces"],
            row["n_notes"],
            f"{100 * row['draws']:.1f} %",
            f"{row['repository']} {row['commit'][:10]}",
        )
        for row in facts["sources"].values()
    ]
    return say("## Sources", "## 来源", language=language) + "\n\n" + _table(head, rows)


def _styles(
    facts: Mapping[str, Any], costs: Mapping[str, tuple[int, int]], language: Language
) -> str:
    """Return the table of styles."""
    head = say(
        "style|pieces|notes|bars|tokens a note|share of draws",
        "风格|乐曲|音符|小节|每音符 token|抽取比例",
        language=language,
    ).split("|")
    rows = []
    for name, row in sorted(facts["styles"].items(), key=lambda item: -item[1]["n_notes"]):
        tokens, notes = costs.get("" if name == "unknown" else name, (0, 0))
        cost = f"{tokens / notes:.2f}" if notes else "–"
        draws = f"{100 * row['draws']:.1f} %"
        rows.append((name, row["n_pieces"], row["n_notes"], row["n_bars"], cost, draws))
    note = say(
        "Tokens a note: whole pieces in windows of 64 bars, header and plan included, on up to 100,000 "
        "notes a style. Styles are drawn by the square root of their notes, and no source more than "
        "18 % of the time.",
        "每音符 token:整首乐曲按 64 小节切窗,含文件头与计划,每种风格最多统计 100,000 个音符。"
        "各风格按音符数的平方根抽取,任一来源不超过 18 %。",
        language=language,
    )
    title = say("## Styles", "## 风格", language=language)
    return f"{title}\n\n{_table(head, rows)}\n\n{note}"


_REASONS = (
    ("fewer than", "too short", "过短"),
    ("a player's part", "a player's part of a score", "总谱的分谱"),
    ("not certain", "not certain to be free everywhere", "不能确定处处自由"),
    ("its notes have no steady pulse", "no steady pulse", "没有稳定的拍"),
    ("took longer", "took too long", "耗时过长"),
    ("ParameterError: a bar", "a bar longer than 48 quarter notes", "有超过 48 个四分音符的小节"),
    ("ParameterError: a grid needs", "no notes", "没有音符"),
    ("FormatError", "cannot be read", "无法读取"),
    ("our fault", "our fault", "我们的错误"),
)


def _left_out(facts: Mapping[str, Any], report: Mapping[str, Any], language: Language) -> str:
    """Return what was left out, and why."""
    counts: Counter[tuple[str, str]] = Counter()
    for name, reason in report["left_out"].items():
        found = next((one for one in _REASONS if reason.startswith(one[0])), ("", reason, reason))
        counts[name.split("/")[0], say(found[1], found[2], language=language)] += 1
    for name in report["duplicates"]:
        told = say("the same music as another piece", "与另一首相同", language=language)
        counts[name.split("/")[0], told] += 1
    for name in report["benchmark"]:
        told = say("shares music with a benchmark", "与基准有共同音乐", language=language)
        counts[name.split("/")[0], told] += 1
    head = say("source|why|files", "来源|原因|文件", language=language).split("|")
    rows = [(*key, n) for key, n in sorted(counts.items())]
    hits = ", ".join(f"{name} {n}" for name, n in facts["n_benchmark_by_source"].items())
    note = say(
        "The same music: half of the runs of nine changes of pitch, of the highest and lowest lines, in "
        "common, whatever the key and tempo. Benchmarks: a quarter of the smaller piece in common with "
        f"a piece of JSB chorales, Nottingham, MuseData, Piano-midi, POP909 or VGMIDI ({hits}).",
        "“相同”:最高与最低声部中,连续九次音高变化的片段有一半相同,不论调与速度。“基准”:较小的一首"
        "有四分之一与 JSB 众赞歌、Nottingham、MuseData、Piano-midi、POP909 或 VGMIDI 的乐曲相同"
        f"({hits})。",
        language=language,
    )
    title = say("## Left out, and why", "## 未收入及原因", language=language)
    return f"{title}\n\n{_table(head, rows)}\n\n{note}"


def _changes(report: Mapping[str, Any], language: Language) -> str:
    """Return what the grid changed."""
    total = report["grid_total"]
    title = say("## What the grid changed", "## 网格所作的改变", language=language)
    text = say(
        f"Of {total['n_notes']:,} notes on the grid {total['n_moved']:,} moved to a position (most by a "
        f"tick, in MIDI), {total['n_merged']:,} doublings of a sounding pitch were merged, "
        f"{total['n_grace']:,} grace notes and {total['n_dropped']:,} notes of parts beyond the "
        f"sixteenth were left out, {total['n_clipped']:,} were shortened. Reading mended "
        f"{total['n_repairs']:,} damages, listed by the readers.",
        f"网格上的 {total['n_notes']:,} 个音符中,{total['n_moved']:,} 个移到了格点(MIDI 中多为一个 "
        f"tick),合并了 {total['n_merged']:,} 个同音重复,略去 {total['n_grace']:,} 个装饰音和第十六声部"
        f"之后的 {total['n_dropped']:,} 个音符,缩短 {total['n_clipped']:,} 个。读取时修补了 "
        f"{total['n_repairs']:,} 处损坏,读取器均有记录。",
        language=language,
    )
    return f"{title}\n\n{text}"


def _gaps(language: Language) -> str:
    """Return what the corpus lacks and what it is not for."""
    title = say("## Known gaps", "## 已知不足", language=language)
    text = say(
        """- Two thirds of the notes are Polish sacred and piano music of the 16th to 19th century. Free music
  for bands is 163 game pieces; free popular song is lead sheets up to 1930. Weights balance styles, they
  cannot add what is not there: rare styles are seen many times in a long training run.
- Loudness says something only in Groove, Freedoom and Simutrans; everywhere else it is a constant 80.
  Tempo is unknown in the kern sources and where LilyPond wrote its default.
- Chords are written in the lead sheets alone (confidence 1). All others are estimates with a
  confidence, quick ones unless the build said `--chords full` (see `motet.corpus.quick_chords`).
  Sections are those that scores name: few do.
- Blasphemer's files know no beats: the pulse is found from the notes, its metre is a guess (4/4).
- Groove's drums are snapped; how they were played is kept in `SPLIT.timing.npy`. Fills shorter than 8
  strokes are left out.
- Grace notes are left out; a score of more than 16 parts keeps the 16 with most notes.
- Repeats are not expanded where the source writes them as repeats.
- `motet corpus fetch` was tested against a server on the same machine, not against the real hosts. What
  they give has no fingerprint in the manifest yet (`url_sha256`), and Mutopia's repository holds LilyPond
  sources only, so MIDI must be made from them first.

Not for: judging models on chorales, folk tunes or piano music against published results unless the check
passes; claims about music after 1930, about music outside Europe, or about any living composer.""",
        """- 三分之二的音符来自 16 至 19 世纪的波兰宗教音乐与钢琴音乐。自由许可的乐队音乐只有 163 首游戏音乐;
  自由的流行歌曲只有 1930 年以前的旋律谱。权重可以平衡风格,但不能增添没有的内容:长时间训练时,
  稀有风格会被反复看到。
- 力度只在 Groove、Freedoom 和 Simutrans 中有意义;其余一律为 80。kern 来源以及 LilyPond 写入默认
  速度之处,速度未知。
- 只有旋律谱写有和弦(置信度为 1)。其余都是带置信度的估计,除非构建时使用 `--chords full`,
  均为快速估计(见 `motet.corpus.quick_chords`)。段落仅取乐谱自身标注的,为数不多。
- Blasphemer 的文件没有拍子:脉动由音符推得,拍号(4/4)只是猜测。
- Groove 的鼓已对齐网格;实际演奏的时间保存在 `SPLIT.timing.npy`。少于 8 击的加花未收入。
- 略去装饰音;声部多于 16 个的总谱只保留音符最多的 16 个。
- 来源以反复记号书写的反复不展开。
- `motet corpus fetch` 只在同一台机器的服务器上测试过,未对真实主机测试。清单中尚无其文件的指纹
  (`url_sha256`);Mutopia 的仓库只有 LilyPond 源文件,须先生成 MIDI。

不适用于:在检查未通过时,就众赞歌、民歌或钢琴音乐与已发表的结果相比较;对 1930 年以后的音乐、欧洲以外
的音乐或任何在世作曲家下结论。""",
        language=language,
    )
    return f"{title}\n\n{text}"


def _credits(facts: Mapping[str, Any], language: Language) -> str:
    """Return whom to thank."""
    title = say("## Attribution", "## 署名", language=language)
    lines = []
    for name, row in facts["sources"].items():
        people = ", ".join(facts.get("credits", {}).get(name, ()))
        told = say(f". Pieces by: {people}", f"。乐曲制作者:{people}", language=language)
        lines.append(f"- {row['title']}: {row['attribution']}{told if people else ''}")
    return title + "\n\n" + "\n".join(lines)
