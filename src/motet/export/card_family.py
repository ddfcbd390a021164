"""What a card says of each family beside the Transformer: what it is for, what it is, how it learns.

Conventions: pairs of Markdown, English and Chinese; sizes and figures come from the contract, none is here.

Offers `FAMILY_TEXTS`, `FamilyText`, `tell_family`, `tell_input`, `tell_limits`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from motet.language import Language, say

__all__ = ["FAMILY_TEXTS", "FamilyText", "tell_family", "tell_input", "tell_limits"]

Pair = tuple[str, str]


class FamilyText(NamedTuple):
    """What is said of a family.

    Parameters
    ----------
    short : (str, str)
        A line for a list.
    uses, shape, limits : (str, str)

    Examples
    --------
    >>> FAMILY_TEXTS["gan"].short[0].startswith("ideas")
    True
    """

    short: Pair
    uses: Pair
    shape: Pair
    limits: Pair


FAMILY_TEXTS: Final[dict[str, FamilyText]] = {
    "transformer": FamilyText(
        (
            "whole pieces, infilling and everything else that motet writes",
            "整首乐曲、填补以及 motet 的其他写作任务",
        ),
        ("", ""),
        ("", ""),
        ("", ""),
    ),
    "rnn": FamilyText(
        (
            "live play and endless writing: one event after another, a state of a few kilobytes",
            "现场演奏与无尽写作:逐个事件生成,状态仅数千字节",
        ),
        (
            "Live play and endless writing: notes one after another over chords that it is given, each in "
            "a few milliseconds, with a state of a few kilobytes that can be saved and taken up again "
            "(`motet generate`, `motet.engine.live.Player`).",
            "现场演奏与无尽写作:在给定和弦上逐个写出音符,每个只需几毫秒;状态仅数千字节,可保存并接续"
            "(`motet generate`、`motet.engine.live.Player`)。",
        ),
        (
            "A recurrent network over note events: pitch, time to the next event, duration and loudness are "
            "drawn one after another; chord, metre, place in the bar and style are its conditions, and a "
            "look-back at earlier bars lets motifs return.",
            "基于音符事件的循环网络:依次抽取音高、到下一事件的时间、时值与力度;以和弦、拍号、小节内位置和风格"
            "为条件,并回看先前小节,使动机得以再现。",
        ),
        (
            "It remembers what its state holds: form over many bars is not planned.",
            "它只记得状态所含的内容:不规划许多小节之上的曲式。",
        ),
    ),
    "vae": FamilyText(
        (
            "phrases between two phrases, near variations, and sliders (morph, vary, adjust)",
            "两个乐句之间的过渡、相近的变体与滑块(morph、vary、adjust)",
        ),
        (
            "Phrases as points: the way from one phrase to another (`motet morph`), variations that are as "
            "near as asked for (`motet vary --amount`), and sliders for density, syncopation, range, "
            "brightness and tension (`motet adjust`).",
            "把乐句当作点:从一个乐句走到另一个(`motet morph`),按所需远近变奏(`motet vary --amount`),"
            "以及密度、切分、音域、明亮度与紧张度滑块(`motet adjust`)。",
        ),
        (
            "A variational autoencoder: a bidirectional recurrent encoder gives mean and variance of a point; "
            "a conductor unfolds the point bar by bar, and a decoder writes the steps of each bar.",
            "变分自编码器:双向循环编码器给出一个点的均值与方差;指挥层逐小节展开该点,解码器写出各小节的步。",
        ),
        (
            "A phrase comes back nearly, not exactly; four steps a quarter note, no triplets.",
            "还原的乐句接近而不完全相同;每四分音符四步,没有三连音。",
        ),
    ),
    "gan": FamilyText(
        (
            "ideas for a whole band from noise at once (sketch)",
            "一次从噪声得到整个乐队的构想(sketch)",
        ),
        (
            "Ideas for a whole band at once from noise (`motet sketch`).",
            "一次从噪声得到整个乐队的构想(`motet sketch`)。",
        ),
        (
            "A convolutional generator with one trunk for all parts and a branch for each (melody, chords, "
            "bass, drums, strings), four bars at once under style and chords; and the critic it was trained "
            "against (Wasserstein distance with gradient penalty).",
            "卷积生成器:各声部共用主干,并各有分支(旋律、和弦、低音、鼓、弦乐),按风格与和弦一次写四小节;"
            "以及与之对抗训练的评判网络(带梯度惩罚的 Wasserstein 距离)。",
        ),
        (
            "Four bars at a time, four steps a quarter note; what it cannot imagine it never writes.",
            "每次四小节,每四分音符四步;它未曾学到的样式不会写出。",
        ),
    ),
    "critic": FamilyText(
        (
            "puts candidates of any family in order, with reasons (rank)",
            "为任一类模型的候选排序并说明理由(rank)",
        ),
        (
            "An order of candidates, whoever wrote them (`motet rank`): how much four bars at a time are "
            "like music that people wrote, and not like the same music spoilt.",
            "为候选排序,不论由谁所写(`motet rank`):每次四小节,判断它像人写的音乐的程度,而不像同一音乐被"
            "破坏后的样子。",
        ),
        (
            "A network that was shown people's phrases and the same phrases spoilt, and learned to tell "
            "which is which.",
            "一个网络:向它展示人写的乐句与同一乐句被破坏后的样子,学会分辨二者。",
        ),
        (
            "It hears likeness to what it was shown, not beauty; it knows four bars, not the piece.",
            "它听的是与所学样本的相似,而非美;它只看四小节,不看全曲。",
        ),
    ),
}
"""Family to what is said of it; a family of a user's own has no text."""

_EMPTY: Final = FamilyText(("", ""), ("", ""), ("", ""), ("", ""))


def tell_family(contract: Mapping[str, Any], what: str, language: Language) -> str:
    """Return a text of a contract's family, empty where there is none.

    Parameters
    ----------
    contract : mapping
    what : str
        A field of `FamilyText`.
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> tell_family({"family": "vae"}, "short", "en")
    'phrases between two phrases, near variations, and sliders (morph, vary, adjust)'
    """
    pair: Pair = getattr(FAMILY_TEXTS.get(str(contract.get("family")), _EMPTY), what)
    return say(*pair, language=language)


def tell_input(contract: Mapping[str, Any], language: Language) -> str:
    """Return what a model was trained on: documents of tokens, or phrases of a kind.

    Parameters
    ----------
    contract : mapping
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> tell_input({"takes": "steps", "data": {"bars": 2}}, "en")
    'trained on phrases of the kind steps (bars 2)'
    """
    if "takes" not in contract or contract["takes"] == "tokens":
        return say(
            f"trained on documents of up to {contract['context']:,} tokens",
            f"训练文档最长 {contract['context']:,} 个 token",
            language=language,
        )
    options = ", ".join(f"{name} {value}" for name, value in (contract.get("data") or {}).items())
    return say(
        f"trained on phrases of the kind {contract['takes']}"
        + (f" ({options})" if options else ""),
        f"以 {contract['takes']} 类乐句训练" + (f"({options})" if options else ""),
        language=language,
    )


def tell_limits(contract: Mapping[str, Any], language: Language) -> str:
    """Return the limits of a family as a list item, empty where nothing is known.

    Parameters
    ----------
    contract : mapping
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> tell_limits({"family": "mine"}, "en")
    ''
    """
    found = tell_family(contract, "limits", language)
    return f"- {found}" if found else ""
