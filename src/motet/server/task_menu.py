"""The tasks that the studio offers, and their options, told for people.

Conventions: a text is (English, Chinese). An option is of a kind: ``choice`` (one of `choices`),
``choices`` (several of them), ``number``, ``whole``, ``flag``, ``text``, ``style``, ``ensemble``, ``part``;
numbers have `low`, `high` and `step`. A test holds every name against the function of its task.

Offers `TASK_MENU`, `MenuOption`, `MenuTask`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["TASK_MENU", "MenuOption", "MenuTask"]

Words = tuple[str, str]
Choice = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuOption:
    """One option of a task."""

    name: str
    kind: str
    title: Words
    says: Words = ("", "")
    choices: tuple[Choice, ...] = ()
    low: float | None = None
    high: float | None = None
    step: float | None = None
    default: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuTask:
    """One task: its name in the API, its words, and whether it writes in the selection or adds to it."""

    name: str
    title: Words
    says: Words
    adds: bool = False
    options: tuple[MenuOption, ...] = ()


def _number(
    name: str, title: Words, low: float, high: float, default: Any, *, step: float = 0.05,
    says: Words = ("", ""),
) -> MenuOption:  # fmt: skip
    return MenuOption(
        name=name, kind="number", title=title, says=says, low=low, high=high, step=step,
        default=default,
    )  # fmt: skip


def _choice(
    name: str, title: Words, choices: tuple[Choice, ...], default: Any, *, kind: str = "choice",
    says: Words = ("", ""),
) -> MenuOption:  # fmt: skip
    return MenuOption(
        name=name, kind=kind, title=title, says=says, choices=choices, default=default
    )


_KEY = MenuOption(
    name="key", kind="text", title=("Key", "调"), says=("G, A minor; empty keeps it", "如 G、A小调;留空则不变")
)  # fmt: skip
_CHORDS = MenuOption(
    name="chords", kind="text", title=("Chords", "和弦"),
    says=("| C | Am | F | G |; empty lets Motet choose", "如 | C | Am | F | G |;留空则由 Motet 决定"),
)  # fmt: skip
_FEEL = _choice(
    "feel", ("Feel", "律动感"),
    (("", "as it is", "不变"), ("straight", "straight", "平直"), ("swing", "swing", "摇摆"),
     ("shuffle", "shuffle", "三连摇摆"), ("laid-back", "laid back", "慵懒靠后"),
     ("pushed", "pushed", "推进靠前"),),
    "",
)  # fmt: skip
_ARTICULATION = _choice(
    "articulation", ("Articulation", "奏法"),
    (("", "as it is", "不变"), ("legato", "legato", "连奏"), ("staccato", "staccato", "断奏"),
     ("tenuto", "tenuto", "保持"), ("marcato", "marcato", "强奏"), ("portato", "portato", "次断奏")),
    "",
)  # fmt: skip
_TEMPERATURE = _number(
    "temperature", ("Daring", "大胆程度"), 0.3, 1.6, 1.0,
    says=("How often the model takes what it thinks less likely", "模型选择较不常见写法的程度"),
)  # fmt: skip
_STYLE = MenuOption(name="style", kind="style", title=("Style", "风格"), default="")
_ADVENTURE = MenuOption(
    name="adventure", kind="whole", title=("Adventure of the chords", "和声大胆程度"), low=1, high=3,
    step=1, default=1,
    says=("1 keeps to the key, 2 borrows, 3 reharmonises", "1 留在调内,2 借用和弦,3 重配和声"),
)  # fmt: skip
_INTENSITY = MenuOption(
    name="intensity", kind="whole", title=("How full", "丰满程度"), low=1, high=5, step=1, default=3
)
_MELODY = MenuOption(
    name="melody", kind="part", title=("Melody part", "旋律声部"),
    says=("Empty finds it", "留空则自动寻找"),
)  # fmt: skip

TASK_MENU: tuple[MenuTask, ...] = (
    MenuTask(
        name="infill",
        title=("Write anew", "重写"),
        says=(
            "New music in the selected cells that fits what is around them",
            "在所选格子里写出与前后左右相合的新音乐",
        ),
        options=(
            MenuOption(
                name="keep_rhythm",
                kind="flag",
                title=("Keep the rhythm", "保留节奏"),
                default=False,
            ),
            MenuOption(
                name="keep_pitch",
                kind="flag",
                title=("Keep the pitches", "保留音高"),
                default=False,
            ),
            _FEEL,
            _ARTICULATION,
            _TEMPERATURE,
        ),
    ),
    MenuTask(
        name="vary",
        title=("Vary", "变奏"),
        says=("The same idea, told another way", "同一乐思的另一种说法"),
        options=(
            _number("strength", ("How far", "变化幅度"), 0.0, 1.0, 0.5),
            _choice(
                "kind",
                ("Way", "方式"),
                (
                    ("", "the best", "择优"),
                    ("ornament", "ornaments", "加花"),
                    ("simplify", "fewer notes", "简化"),
                    ("rhythm", "another rhythm", "变节奏"),
                    ("contour", "other notes between", "变走向"),
                    ("rewrite", "some bars new", "部分重写"),
                    ("mode", "major or minor", "大小调互换"),
                ),
                "",
            ),
            _choice(
                "keep",
                ("Keep", "保留"),
                (
                    ("harmony", "harmony", "和声"),
                    ("form", "form", "曲式"),
                    ("rhythm", "rhythm", "节奏"),
                    ("contour", "contour", "旋律走向"),
                ),
                ["harmony", "form"],
                kind="choices",
            ),
            _TEMPERATURE,
        ),
    ),
    MenuTask(
        name="continue",
        title=("Go on", "续写"),
        adds=True,
        says=("More bars after the last one", "在最后一小节之后接着写"),
        options=(
            MenuOption(
                name="bars",
                kind="whole",
                title=("Bars", "小节数"),
                low=1,
                high=64,
                step=1,
                default=8,
            ),
            _CHORDS,
            _FEEL,
            _ARTICULATION,
            _TEMPERATURE,
        ),
    ),
    MenuTask(
        name="melody",
        title=("New melody", "写旋律"),
        adds=True,
        says=("A melody over the chords, as a new part on top", "在和弦之上写一条新旋律"),
        options=(
            MenuOption(
                name="instrument", kind="instrument", title=("Instrument", "乐器"), default=""
            ),
            _number("density", ("Notes a beat", "每拍音数"), 0.25, 4.0, None, step=0.25),
            MenuOption(
                name="lowest", kind="text", title=("Lowest note", "最低音"), says=("C4", "如 C4")
            ),
            MenuOption(
                name="highest", kind="text", title=("Highest note", "最高音"), says=("C6", "如 C6")
            ),
        ),
    ),
    MenuTask(
        name="harmonise",
        title=("Harmonise", "配和声"),
        says=("Chords under the melody, and who plays them", "给旋律配和弦,并写出演奏它们的声部"),
        options=(
            _ADVENTURE,
            _choice(
                "texture",
                ("As", "织体"),
                (
                    ("chords", "chord symbols only", "只写和弦记号"),
                    ("piano", "piano", "钢琴"),
                    ("guitar", "guitar", "吉他"),
                    ("satb", "choir in four voices", "四部合唱"),
                ),
                "piano",
            ),
            MenuOption(
                name="chords_per_bar",
                kind="whole",
                title=("Chords a bar", "每小节和弦数"),
                low=1,
                high=4,
                step=1,
            ),
            MenuOption(
                name="keep_chords",
                kind="flag",
                title=("Keep the chords there are", "保留已有和弦"),
                default=False,
            ),
            _MELODY,
        ),
    ),
    MenuTask(
        name="accompany",
        title=("Add accompaniment", "加伴奏"),
        adds=True,
        says=(
            "New parts under what is there; nothing of it changes",
            "在已有音乐之下加入新声部,原有内容不变",
        ),
        options=(
            _choice(
                "parts",
                ("Parts", "声部"),
                (
                    ("bass", "bass", "低音"),
                    ("drums", "drums", "鼓"),
                    ("comping", "chords", "和弦伴奏"),
                    ("pad", "pad", "铺底"),
                    ("strings", "strings", "弦乐"),
                    ("counter", "counter-melody", "副旋律"),
                ),
                ["bass", "drums", "comping"],
                kind="choices",
            ),
            _STYLE,
            _INTENSITY,
            _ADVENTURE,
        ),
    ),
    MenuTask(
        name="restyle",
        title=("Restyle", "换风格"),
        says=("The same tune in another style", "同一曲调换一种风格"),
        options=(
            MenuOption(name="to", kind="style", title=("Style", "风格"), default="swing"),
            _number("strength", ("How far", "变化幅度"), 0.0, 1.0, 0.7),
            _choice(
                "keep",
                ("Keep", "保留"),
                (
                    ("melody", "melody", "旋律"),
                    ("form", "form", "曲式"),
                    ("harmony", "harmony", "和声"),
                    ("bass", "bass line", "低音"),
                    ("key", "key", "调"),
                    ("tempo", "tempo", "速度"),
                ),
                ["melody", "form"],
                kind="choices",
            ),
        ),
    ),
    MenuTask(
        name="arrange",
        title=("Arrange for", "改编为"),
        says=(
            "The piece for other players, each with something they can play",
            "改编给另一组乐手,各声部均可演奏",
        ),
        options=(
            MenuOption(
                name="ensemble",
                kind="ensemble",
                title=("Ensemble", "合奏形式"),
                default="string-quartet",
            ),
            MenuOption(
                name="passes",
                kind="flag",
                title=("Pass the melody on", "旋律轮流担任"),
                default=True,
            ),
            _MELODY,
        ),
    ),
    MenuTask(
        name="reduce",
        title=("Reduce", "缩编"),
        says=("For two hands, or as a lead sheet", "缩成双手钢琴或主旋律谱"),
        options=(
            _choice(
                "to",
                ("To", "缩编为"),
                (("piano", "piano", "钢琴"), ("lead", "lead sheet", "主旋律谱")),
                "piano",
            ),
            _MELODY,
        ),
    ),
    MenuTask(
        name="humanise",
        title=("Humanise", "人性化"),
        says=(
            "Played as people play: accents, phrases, small shifts",
            "像人演奏一样:重音、乐句、细微的时间偏移",
        ),
        options=(
            _number("amount", ("How much", "程度"), 0.0, 2.0, 1.0),
            _number("rubato", ("Rubato", "弹性速度"), 0.0, 1.0, 0.0),
            _STYLE,
        ),
    ),
)
"""In the order that the page shows them."""
