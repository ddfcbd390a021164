"""Options that say what is wished for, the same in every command that writes: metre, tempo, player, mood ...

Conventions: each function returns a declaration for a command; what differs from command to command is the
words of help.
"""

from __future__ import annotations

from typing import Any

import typer

from motet.cli.wording import Translate

__all__ = [
    "articulation_option",
    "avoid_option",
    "emotion_option",
    "feel_option",
    "high_option",
    "instrument_option",
    "low_option",
    "metre_option",
    "qpm_option",
    "surprise_option",
]


def metre_option(t: Translate, en: str = "3/4, 6/8.", zh: str = "拍号,如 3/4、6/8。") -> Any:
    """Return the option ``--metre``.

    Examples
    --------
    >>> metre_option(lambda en, zh: en).metavar
    'N/D'
    """
    return typer.Option(None, "--metre", metavar="N/D", help=t(en, zh))


def qpm_option(
    t: Translate, *names: str, en: str = "Quarter notes a minute.", zh: str = "每分钟四分音符数。"
) -> Any:
    """Return the option ``--qpm``, which may have more names.

    Examples
    --------
    >>> qpm_option(lambda en, zh: en, "--tempo").param_decls
    ('--qpm', '--tempo')
    """
    return typer.Option(None, "--qpm", *names, metavar="QPM", help=t(en, zh))


def instrument_option(t: Translate, en: str, zh: str) -> Any:
    """Return the option ``--instrument``; the words say who it is else.

    Examples
    --------
    >>> instrument_option(lambda en, zh: en, "Who sings.", "由谁演唱。").help
    'Who sings.'
    """
    return typer.Option("", "--instrument", metavar="NAME", help=t(en, zh))


def low_option(t: Translate) -> Any:
    """Return the option ``--low``.

    Examples
    --------
    >>> low_option(lambda en, zh: en).metavar
    'PITCH'
    """
    return typer.Option(
        None, "--low", metavar="PITCH", help=t("Lowest: C4 or 60.", "最低音,如 C4 或 60。")
    )


def high_option(t: Translate) -> Any:
    """Return the option ``--high``.

    Examples
    --------
    >>> high_option(lambda en, zh: en).metavar
    'PITCH'
    """
    return typer.Option(None, "--high", metavar="PITCH", help=t("Highest.", "最高音。"))


def emotion_option(t: Translate) -> Any:
    """Return the option ``--emotion``.

    Examples
    --------
    >>> emotion_option(lambda en, zh: en).metavar
    'WORD|V,A|CURVE'
    """
    return typer.Option(
        None,
        "--emotion",
        metavar="WORD|V,A|CURVE",
        help=t(
            "happy, sad, calm, tense ..., or valence and arousal, -1 to 1: 0.7,-0.3; a curve over "
            'bars: "1: calm, 9: excited".',
            '欢快、悲伤、平静等词,或效价与唤醒度:0.7,-0.3;按小节变化写作 "1: 平静, 9: 激动"。',
        ),
    )


def feel_option(t: Translate, *, is_written: bool = False) -> Any:
    """Return the option ``--feel``; in bars that are written into a score it moves onsets, nothing else.

    Examples
    --------
    >>> "half-time" in feel_option(lambda en, zh: en, is_written=True).help
    False
    """
    more = ("or pushed.", "或推进靠前。")
    if not is_written:
        more = ("pushed, half-time or double-time.", "推进靠前、半速或倍速。")
    return typer.Option(
        None,
        "--feel",
        metavar="WORD",
        help=t(
            f"straight, swing, shuffle, laid-back{' ' if is_written else ', '}{more[0]}",
            f"平直、摇摆、三连摇摆、慵懒靠后{'' if is_written else '、'}{more[1]}",
        ),
    )


def articulation_option(t: Translate) -> Any:
    """Return the option ``--articulation``.

    Examples
    --------
    >>> articulation_option(lambda en, zh: en).metavar
    'WORD'
    """
    return typer.Option(
        None,
        "--articulation",
        metavar="WORD",
        help=t(
            "legato, staccato, tenuto, marcato, portato or pizzicato.",
            "连奏、断奏、保持、强奏、次断奏或拨奏。",
        ),
    )


def avoid_option(t: Translate) -> Any:
    """Return the option ``--avoid``.

    Examples
    --------
    >>> avoid_option(lambda en, zh: en).metavar
    'WHAT'
    """
    return typer.Option(
        [],
        "--avoid",
        metavar="WHAT",
        help=t(
            "What must not be there: drums, piano, leaps, high notes, syncopation ...; may be repeated.",
            "不要什么:鼓、钢琴、大跳、高音、切分等;可重复。",
        ),
    )


def surprise_option(t: Translate) -> Any:
    """Return the option ``--surprise``.

    Examples
    --------
    >>> surprise_option(lambda en, zh: en).metavar
    '0..1'
    """
    return typer.Option(
        None,
        "--surprise",
        metavar="0..1",
        help=t("How adventurous the chords are.", "和弦的大胆程度。"),
    )
