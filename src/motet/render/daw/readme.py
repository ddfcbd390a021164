"""The README of a hand-off: what the files are, and how to bring them into a workstation.

Conventions: plain text, English then Chinese. Steps are the usual ones of each program; menus move between
versions, so that only what they have in common is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from motet.language import Language, say

__all__ = ["Contents", "readme_text"]

_STEPS: tuple[tuple[str, str, str], ...] = (
    ("Reaper", "insert the MIDI as a media file at the start; let it split into tracks and bring its tempo map. "
     "Then insert the stems at the start, on tracks of their own.",
     "在工程起点插入 MIDI 媒体文件;允许按音轨拆分并带入速度表。再把分轨音频插入起点,各占一轨。"),
    ("Ableton Live", "drag the MIDI into the arrangement at bar 1; if it asks, let it bring the tempo. Drag in "
     "the stems at bar 1 and turn Warp off for them.",
     "把 MIDI 拖到编曲视图第 1 小节;若有询问,允许带入速度。再把分轨音频拖到第 1 小节,并关闭其 Warp。"),
    ("Logic Pro", "import the MIDI at bar 1 of an empty project and agree to its tempo. Then drag the stems "
     "to bar 1.",
     "在空工程的第 1 小节导入 MIDI,同意使用其速度。再把分轨音频拖到第 1 小节。"),
    ("Cubase", "import the MIDI file into an empty project, with tempo and markers. Then import the stems at "
     "the project start.",
     "把 MIDI 文件导入空工程,带入速度与标记。再在工程起点导入分轨音频。"),
    ("FL Studio", "import the MIDI file, one channel a track. Drag the stems into the playlist at bar 1.",
     "导入 MIDI 文件,每轨一个通道。把分轨音频拖到播放列表第 1 小节。"),
    ("GarageBand", "set tempo, metre and key of a new project by the list above, then drag the MIDI and the "
     "stems to bar 1.",
     "按上表设置新工程的速度、拍号和调,再把 MIDI 与分轨音频拖到第 1 小节。"),
    ("LMMS", "import the MIDI file and give each track an instrument. Stems go into sample tracks at bar 1.",
     "导入 MIDI 文件,为每轨选乐器。分轨音频放入第 1 小节的采样轨。"),
    ("MuseScore", "open the MusicXML rather than the MIDI: it has the notation.",
     "请打开 MusicXML 而不是 MIDI:其中有记谱。"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a hand-off holds, for its README.

    Parameters
    ----------
    title : str
    files : sequence of (name, English, Chinese)
    parts : sequence of (name, channel, port, program, is drums)
        Channels, ports and programs as people count them, from 1.
    tempos, metres, keys : sequence of (bar, text)
    sections : sequence of (bar, text)
    remarks : sequence of (English, Chinese)
    sample_rate_hz : int
        0 where there are no stems.
    """

    title: str
    files: Sequence[tuple[str, str, str]]
    parts: Sequence[tuple[str, int, int, int, bool]]
    tempos: Sequence[tuple[int, str]]
    metres: Sequence[tuple[int, str]]
    keys: Sequence[tuple[int, str]]
    sections: Sequence[tuple[int, str]]
    remarks: Sequence[tuple[str, str]] = ()
    sample_rate_hz: int = 0


def readme_text(contents: Contents) -> str:
    """Return the README of a hand-off, in both languages.

    Parameters
    ----------
    contents : Contents

    Returns
    -------
    str

    Examples
    --------
    >>> one = Contents(title="Air", files=[], parts=[], tempos=[(1, "90")], metres=[], keys=[],
    ...                sections=[])
    >>> readme_text(one).splitlines()[0]
    'Air: files for a DAW'
    """
    both: tuple[Language, Language] = ("en", "zh")
    return "\n".join("\n".join(_lines(contents, one)) + "\n" for one in both)


def _lines(contents: Contents, language: Language) -> list[str]:
    def t(en: str, zh: str) -> str:
        return say(en, zh, language=language)

    title = contents.title or t("Untitled", "无题")
    head = t(f"{title}: files for a DAW", f"{title}:供 DAW 使用的文件")
    lines = [head, "=" * len(head), "", t("Files", "文件")]
    lines += [f"- {name}: {t(en, zh)}" for name, en, zh in contents.files]
    lines += ["", t("Everything begins at bar 1 of the piece: lay all files at the start of the project.",
                    "所有文件都从作品第 1 小节开始:请全部放在工程起点。")]  # fmt: skip
    if contents.sample_rate_hz:
        rate = contents.sample_rate_hz
        lines.append(
            t(f"Stems are 24-bit stereo at {rate} Hz, equally long, with their place and room; their sum is "
              "the mix before its limiter and level.",
              f"分轨为 {rate} Hz、24 位立体声,长度相同,含声像与混响;相加即为限幅与定电平之前的混音。")
        )  # fmt: skip
    for label, rows in (
        (t("Tempo (quarter notes a minute)", "速度(每分钟四分音符数)"), contents.tempos),
        (t("Metre", "拍号"), contents.metres),
        (t("Key", "调"), contents.keys),
        (t("Sections", "段落"), contents.sections),
    ):
        if rows:
            told = [t(f"bar {bar}: {text}", f"第 {bar} 小节:{text}") for bar, text in rows[:60]]
            rest = len(rows) - len(told)
            more = [t(f"and {rest} more in the MIDI", f"其余 {rest} 处见 MIDI")] if rest else []
            lines.append(label + t(": ", ":") + t("; ", ";").join([*told, *more]))
    lines += ["", t("Parts (MIDI tracks)", "声部(MIDI 音轨)")]
    for name, channel, port, program, is_drums in contents.parts:
        what = t("drums", "鼓") if is_drums else t(f"program {program}", f"音色 {program}")
        where = t(f", port {port}", f",端口 {port}") if port > 1 else ""
        lines.append(t(f"- {name}: channel {channel}{where}, {what}",
                       f"- {name}:通道 {channel}{where},{what}"))  # fmt: skip
    if contents.remarks:
        lines += [
            "",
            t("Changed for the MIDI, not in the MusicXML", "仅在 MIDI 中改动,MusicXML 未改"),
        ]
        lines += [f"- {t(*one)}" for one in contents.remarks]
    lines += [
        "",
        t("How to bring it in (menus may differ by version)", "如何导入(菜单可能因版本而异)"),
    ]
    lines += [f"- {name}: {t(en, zh)}" for name, en, zh in _STEPS]
    lines.append(
        t("Wherever tempo, metre or markers did not come along, take them from the list above.",
          "若速度、拍号或标记没有带入,请按上表设置。")
    )  # fmt: skip
    lines += ["", t("What was changed since can be told with: motet verify FILE",
                    "此后有无改动,可用以下命令核对:motet verify 文件")]  # fmt: skip
    return lines
