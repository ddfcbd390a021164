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

from motet.corpus.check import CHECK_FILE
from motet.corpus.cost import count_tokens
from motet.corpus.shards import open_shards, read_facts
from motet.language import Language, say

__all__ = ["write_card"]


def write_card(folder: str | Path, *, language: Language = "en", other: str = "") -> str:
    """Return the data card of a built corpus.

    Parameters
    ----------
    folder : str or Path
        The corpus.
    language : Language
    other : str
        Where the same card in the other language lies, to be linked; empty for none.

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
        _head(facts, language) + _link(other, language),
        _splits(facts, language),
        _sources(facts, language),
        _machine_made(facts, language),
        _styles(facts, costs, language),
        _left_out(facts, report, language),
        _looked_over(Path(folder) / CHECK_FILE, language),
        _changes(report, language),
        _gaps(language),
        _credits(facts, language),
    )
    return "\n\n".join(section.strip() for section in sections if section) + "\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a Markdown table; numbers with thousands."""
    names = list(head)
    lines = [names, ["---"] * len(names)]
    lines += [[f"{x:,}" if isinstance(x, int) else str(x) for x in row] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _link(other: str, language: Language) -> str:
    """Return a link to the same card in the other language."""
    return f" [{say('中文', 'English', language=language)}]({other})" if other else ""


def _head(facts: Mapping[str, Any], language: Language) -> str:
    """Return what the corpus is."""
    rows = facts["splits"].values()
    n_pieces, n_notes, n_bars = (
        sum(row[name] for row in rows) for name in ("n_pieces", "n_notes", "n_bars")
    )
    licences = ", ".join(facts["licences"])
    n_made = _made(facts).get("n_pieces", 0)
    but_made = say(
        f", but for {n_made:,} pieces that Motet's arranger wrote (class made)",
        f",其中 {n_made:,} 首由 Motet 编配器所写(类别 made)",
        language=language,
    )
    but_made = but_made if n_made else ""
    return say(
        f"# Data card: the corpus\n\n{n_pieces:,} pieces, {n_notes:,} notes, {n_bars:,} bars, of "
        f"licence class {licences}{but_made}. Built by `motet corpus build`, looked over by "
        "`motet corpus check`, described by `motet corpus card`, which wrote this page.",
        f"# 数据卡:语料库\n\n{n_pieces:,} 首乐曲、{n_notes:,} 个音符、{n_bars:,} 小节,许可类别 "
        f"{licences}{but_made}。由 `motet corpus build` 构建,由 `motet corpus check` 检查,本页由 "
        "`motet corpus card` 写成。",
        language=language,
    )


def _made(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row of the arranger; empty where it wrote nothing."""
    rows = [row for row in facts["sources"].values() if row["licence_class"] == "made"]
    return dict(rows[0]) if rows else {}


def _machine_made(facts: Mapping[str, Any], language: Language) -> str:
    """Return what is not of people; empty where everything is."""
    row = _made(facts)
    if not row:
        return ""
    title = say("## Made by a machine", "## 由机器所写", language=language)
    text = say(
        f"{row['n_pieces']:,} pieces ({row['n_notes']:,} notes) are not by people: Motet's arranger wrote "
        "them, by patterns and theory and without a trained model, because modern styles (rock, pop, "
        "funk, bossa nova, salsa, house, hip-hop, reggae, …) have no free human recordings or scores. "
        "Their harmony is drawn from tables of our own, from the style's, or is that of a lead sheet of "
        "OpenEWLD in the public domain, whose tune they keep. Their names begin with `arranger/`, their "
        f"source is `arranger`, its class `made`. They are {100 * row['draws']:.1f} % of the samples drawn "
        "in training and never in validation or tests, so no figure is measured on them. Pieces that share "
        "a quarter of their music with a held-out piece or a benchmark, or half with any other, are "
        "dropped. What a model learns of those styles is our patterns, not what people play.",
        f"{row['n_pieces']:,} 首乐曲({row['n_notes']:,} 个音符)并非人作:由 Motet 的编配器按节奏型与乐理"
        "写成,未用训练模型,因为现代风格(摇滚、流行、放克、波萨诺瓦、萨尔萨、浩室、嘻哈、雷鬼等)没有"
        "自由的人作乐谱或录音。其和声取自我们自己的表或风格的进行,或取自 OpenEWLD 公有领域的主旋律谱"
        "(并保留其旋律)。名称以 `arranger/` 开头,来源为 `arranger`,类别为 `made`。它们占训练抽取样本的 "
        f"{100 * row['draws']:.1f} %,从不用于验证和测试,因此没有任何数字是在其上测得的。与留出乐曲或基准"
        "有四分之一相同、或与其他乐曲有一半相同者已去除。模型由此学到的是我们的节奏型,而非人们的演奏。",
        language=language,
    )
    return f"{title}\n\n{text}"


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
            f"{row['repository']} {row['commit'][:10]}".strip() or "–",
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
    largest = max((row["draws"] for row in facts["sources"].values()), default=0.0)
    note = say(
        "Tokens a note: whole pieces in windows of 64 bars, header and plan included, on up to 100,000 "
        "notes a style. Styles are drawn by the square root of their notes, and no source more than "
        f"{100 * largest:.0f} % of the time.",
        "每音符 token:整首乐曲按 64 小节切窗,含文件头与计划,每种风格最多统计 100,000 个音符。"
        "各风格按音符数的平方根抽取,"
        f"任一来源不超过 {100 * largest:.0f} %。",
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


def _looked_over(path: Path, language: Language) -> str:
    """Return what the last check of the corpus found; empty where there was none."""
    if not path.is_file():
        return ""
    found = json.loads(path.read_text(encoding="utf-8"))
    head = say(
        "benchmark|pieces|of the corpus share a quarter with one|largest likeness left|left out for it",
        "基准|乐曲|语料库中有四分之一相同者|剩余最大相似度|为此排除",
        language=language,
    ).split("|")
    rows: list[tuple[object, ...]] = []
    for name, row in found["benchmarks"].items():
        gone = found["n_left_out"].get(name, 0)
        rows.append((name, row["n_pieces"], row["n_shared"], f"{row['largest_share']:.3f}", gone))
        for one, own in row.get("sets", {}).items():
            share = f"{own['largest_share']:.3f}"
            rows.append((f"{name}: {one}", own["n_pieces"], own["n_shared"], share, ""))
    classes = ", ".join(f"{name} {n:,}" for name, n in found["classes"].items() if n)
    is_same = found["frozen"]["is_same"]
    note = say(
        "`motet corpus check` computed this afresh from the shards and the benchmarks' archives. Of MuseData "
        "and Piano-midi the validation and test pieces count, of the others every piece. Likeness: the "
        "share of the smaller piece's runs of pitches that is in the other; below 0.25 are common turns. "
        f"Pieces by class: {classes}. Pairs across splits that share a quarter: {found['n_across']}; "
        f"groups in two splits: {found['n_split_groups']}; pieces that tokens do not give back: "
        f"{found['n_not_given_back']}. The split is {'' if is_same else 'not '}the frozen one.",
        "`motet corpus check` 由分片和基准归档重新计算。MuseData 和 Piano-midi 只计验证与测试曲目,其余全部"
        "计入。相似度:较小一首的音高片段中出现在另一首里的比例;低于 0.25 属常见音型。"
        f"各类别乐曲:{classes}。跨划分且有四分之一相同的乐曲对:{found['n_across']};跨划分的组:"
        f"{found['n_split_groups']};token 无法还原的乐曲:{found['n_not_given_back']}。"
        f"划分与固定划分{'一致' if is_same else '不同'}。",
        language=language,
    )
    title = say("## Benchmarks are out", "## 基准已排除", language=language)
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
        """- Most notes by people are Polish sacred and piano music of the 16th to 19th century. Free music
  for bands is 183 game pieces; free popular song is lead sheets up to 1930. Weights balance styles, they
  cannot add what is not there: rare styles are seen many times in a long training run. Modern styles
  are the arranger's alone.
- Loudness says something only in Groove, Freedoom, Simutrans and the arranger's pieces; everywhere
  else it is a constant 80. Tempo is unknown in the kern sources and where LilyPond wrote its default.
- Chords are written in lead sheets and the arranger's pieces alone (confidence 1). All others are estimates
  with a confidence, quick ones unless the build said `--chords full` (see `motet.corpus.quick_chords`).
  Sections are those that scores name: few do.
- Blasphemer's files know no beats: the pulse is found from the notes, its metre is a guess (4/4).
- Groove's drums are snapped; how they were played is kept in `SPLIT.timing.npy`. Fills shorter than 8
  strokes are left out.
- Grace notes are left out; a score of more than 16 parts keeps the 16 with most notes.
- Repeats are not expanded where the source writes them as repeats.
- Emotion is no label of listeners: valence and arousal are computed from features of the notes
  (`motet.analysis.emotion`), with weights of our own, and cut at the quartiles of this corpus.
- `motet corpus fetch` was tested against a server on the same machine, not against the real hosts. What
  they give has no fingerprint in the manifest yet (`url_sha256`), and Mutopia's repository holds LilyPond
  sources only, so MIDI must be made from them first.

Not for: judging models on chorales, folk tunes or piano music against published results unless the check
passes; claims about music after 1930, about music outside Europe, or about any living composer.""",
        """- 人作音符的大部分来自 16 至 19 世纪的波兰宗教音乐与钢琴音乐。自由许可的乐队音乐只有 183 首游戏音乐;
  自由的流行歌曲只有 1930 年以前的主旋律谱。权重可以平衡风格,但不能增添没有的内容:长时间训练时,
  稀有风格会被反复看到。现代风格只有编配器所写。
- 力度只在 Groove、Freedoom、Simutrans 和编配器的乐曲中有意义;其余一律为 80。kern 来源以及 LilyPond 写入默认
  速度之处,速度未知。
- 只有主旋律谱和编配器的乐曲写有和弦(置信度为 1)。其余都是带置信度的估计,除非构建时使用 `--chords full`,
  均为快速估计(见 `motet.corpus.quick_chords`)。段落仅取乐谱自身标注的,为数不多。
- Blasphemer 的文件没有拍子:脉动由音符推得,拍号(4/4)只是猜测。
- Groove 的鼓已对齐网格;实际演奏的时间保存在 `SPLIT.timing.npy`。少于 8 击的加花未收入。
- 略去装饰音;声部多于 16 个的总谱只保留音符最多的 16 个。
- 来源以反复记号书写的反复不展开。
- 情绪不是听者的标注:效价与唤醒度由音符特征计算(`motet.analysis.emotion`),权重为我们自定,
  按本语料库的四分位数切分。
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
