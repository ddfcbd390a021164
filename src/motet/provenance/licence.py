"""The licence file beside exported music: who may do what with it, and whom to thank.

Conventions: plain text in English, then in Chinese, ``LICENSE-music.txt``. What it says is what docs/rights.md
says, shortened, with the sources of the very models that were at work.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from motet.io.atomic import write_whole
from motet.language import Language, say
from motet.provenance.record import Record

__all__ = ["LICENCE_FILE", "licence_text", "write_licence"]

LICENCE_FILE = "LICENSE-music.txt"
_SOUND = ("wav", "flac", "ogg", "mp3")


def licence_text(record: Record, *, kinds: Collection[str] = (), font: str = "") -> str:
    """Return the text of a licence file, in both languages.

    Parameters
    ----------
    record : Record
    kinds : collection of str
        Extensions of the files that it lies beside: ``"wav"``.
    font : str
        Name of a sound font of the user's own; empty is the built-in one.

    Returns
    -------
    str

    Examples
    --------
    >>> print(licence_text(Record(title="Air"))[:31])
    Air: who may do what with these
    """
    both: tuple[Language, Language] = ("en", "zh")
    return "\n".join("\n".join(_lines(record, kinds, font, one)) + "\n" for one in both)


def _lines(record: Record, kinds: Collection[str], font: str, language: Language) -> list[str]:
    def t(en: str, zh: str) -> str:
        return say(en, zh, language=language)

    title = record.title or t("This piece", "本作品")
    head = t(f"{title}: who may do what with these files", f"{title}:这些文件谁可以怎样使用")
    lines = [head, "=" * len(head), ""]
    lines += _notes(record, language)
    if any(kind in _SOUND for kind in kinds):
        lines += ["", t("The sound", "声音"), *_sound(font, language)]
    if record.training:
        lines += ["", t("What the models learned from", "模型的训练来源")]
        lines.append(
            t(
                "No file of these is in here, and no licence of theirs is known to reach into the notes "
                "(where the law is settled). They are named in thanks; none of them has endorsed this.",
                "此处不含其任何文件;就法律已有定论之处而言,其许可不及于这些音符。列名以致谢;"
                "它们均未为本作品背书。",
            )
        )
        for row in record.training:
            own = row.get("attribution", "")
            thanks = f"; {own}" if own and own != "none required" else ""
            home = f" <{row['repository']}>" if row.get("repository") else ""
            lines.append(f"- {row.get('name', '')}: {row.get('licence', '')}{thanks}{home}")
    lines += ["", t("How it came to be", "来历"), *record.tell(language)]
    lines += [
        "",
        t(
            "This is not legal advice. Longer: docs/rights.md of Motet.",
            "本文不是法律意见。详见 Motet 的 docs/rights.zh.md。",
        ),
    ]
    return lines


def _notes(record: Record, language: Language) -> list[str]:
    counts = record.counts()
    by_motet = any(
        counts.get(one)
        for one in ("model", "arranger", "model and arranger", "Motet, edited by hand")
    )
    by_people = any(counts.get(one) for one in ("given", "human", "Motet, edited by hand"))
    found = [say("The notes", "音符", language=language)]
    if by_motet:
        found.append(
            say(
                "- The makers of Motet claim nothing in the notes that it wrote: play, print, record, "
                "change, publish and sell them. Naming Motet is kind, not asked for.\n"
                "- Whether such notes are protected at all, and for whom, differs from country to country "
                "and is not settled. Nobody can promise that others may not copy them.\n"
                "- A model can come near to music that it learned from, and anybody near to any music by "
                "chance. What was measured is below; it is no court.\n"
                "- Where a platform, contest, school or country asks that a machine's part be stated, "
                "state it.",
                "- Motet 的作者对其写下的音符不主张任何权利:可演奏、印刷、录音、改动、发表、出售。"
                "提及 Motet 是善意,并非要求。\n"
                "- 这类音符是否受保护、归谁所有,各国不同,尚无定论。无人能保证他人不得复制。\n"
                "- 模型可能接近其学过的音乐,任何人也可能偶然接近任何音乐。测量结果见下;它不是裁决。\n"
                "- 若平台、比赛、学校或国家要求说明机器参与的部分,请予说明。",
                language=language,
            )
        )
    if by_people:
        found.append(
            say(
                "- What people gave (given, human) keeps the rights that it had; Motet adds and takes none. "
                "If it is somebody else's, their leave is needed as before.",
                "- 人所提供的部分(原有、人)保留其原有权利;Motet 既不增加也不减少。若属他人,仍须其许可。",
                language=language,
            )
        )
    return found


def _sound(font: str, language: Language) -> list[str]:
    if font:
        return [
            say(
                f"- Rendered with your sound font {font}; see its licence for what may be done with sound "
                "made with it.",
                f"- 用您的音色库 {font} 渲染;其声音可如何使用,请看该音色库的许可。",
                language=language,
            )
        ]
    return [
        say(
            "- Rendered with FluidR3 Mono GM by Frank Wen and Michael Cowgill, MIT licence: use, publish and "
            "sell recordings freely. Who passes on the sound font itself passes on its licence.",
            "- 用 Frank Wen 与 Michael Cowgill 的 FluidR3 Mono GM 音色库渲染,MIT 许可:录音可自由使用、"
            "发表、出售。若转交音色库本身,须附其许可。",
            language=language,
        )
    ]


def write_licence(
    folder: str | Path, record: Record, *, kinds: Collection[str] = (), font: str = ""
) -> Path:
    """Write the licence file of a folder and return its path.

    Parameters
    ----------
    folder : str or Path
        Must exist.
    record, kinds, font
        As for `licence_text`.

    Returns
    -------
    Path

    Raises
    ------
    ParameterError
        It cannot be written.

    Examples
    --------
    >>> write_licence(".", Record()).name
    'LICENSE-music.txt'
    """
    path = Path(folder) / LICENCE_FILE
    write_whole(path, licence_text(record, kinds=kinds, font=font).encode())
    return path
