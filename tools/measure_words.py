"""Measure how words sit on their notes: in songs that Motet sets, and in songs that people wrote.

``python tools/measure_words.py`` sets twelve lyrics with three seeds each, English in 4/4, 3/4 and 6/8,
Chinese in 4/4 and 3/4, and prints the shares of `motet.tasks.melody.prosody` beside chance. With a folder
(``python tools/measure_words.py FOLDER``) it measures the English songs in it instead (.mxl, .musicxml,
.abc): every few files, 250 or so.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from motet.errors import MotetError
from motet.io import read
from motet.score import Part, Score
from motet.tasks.melody import set_lyrics
from motet.tasks.melody.setting import slot_strength
from motet.tasks.melody.stress import read_stress

__all__ = ["main", "measure_people"]

ENGLISH = (
    "The river runs beneath the silver moon,\nAnd carries all my sorrows to the sea\n"
    "The winter wind is whispering your name\nAnd every star remembers you and me",
    "Morning comes on quiet feet\nOver roof and over street\nEvery window turns to gold\n"
    "Every story must be told\n\nSing it louder, sing it long\nEverybody knows the song",
    "I was walking down the avenue alone\nWith a letter in my pocket and a stone\n"
    "When the thunder started rolling from the hill\nAnd the city all around me had gone still",
    "Little lamb, who made thee?\nDost thou know who made thee?\nGave thee life, and bid thee feed\n"
    "By the stream and o'er the mead",
    "Remember the garden, remember the rain\nThe sound of the whistle, the light of the train\n"
    "Tomorrow will carry us over the sea\nAnd nobody knows what the future will be",
    "Tyger tyger, burning bright\nIn the forests of the night\nWhat immortal hand or eye\n"
    "Could frame thy fearful symmetry",
)
CHINESE = (
    "月光洒在窗前的小河\n晚风轻轻唱着一首歌\n远方的你是否还记得\n那年夏天我们说过的",
    "床前明月光\n疑是地上霜\n举头望明月\n低头思故乡",
    "红豆生南国\n春来发几枝\n愿君多采撷\n此物最相思",
    "我要飞过高山和大海\n穿过风雨去寻找未来\n就算世界都忘了我们\n我的心还在等你回来",
    "春眠不觉晓\n处处闻啼鸟\n夜来风雨声\n花落知多少",
    "城市的灯火慢慢亮起来\n没有人知道我在等待\n一辆又一辆公车离开\n雨水落满空荡的站台",
)
_CASES = ((ENGLISH, ("4/4", "3/4", "6/8")), (CHINESE, ("4/4", "3/4")))


def measure_motet() -> None:
    """Print the shares of the songs that Motet sets."""
    sums: dict[str, list[float]] = {}
    n_songs = n_met = 0
    for texts, metres in _CASES:
        for text in texts:
            for metre in metres:
                for seed in (1, 2, 3):
                    song = set_lyrics(text, metre=metre, seed=seed)
                    n_songs, n_met = n_songs + 1, n_met + song.adherence.is_met
                    for check in song.adherence.checks:
                        found = re.search(r"\((\d+)/(\d+)\)", check.measured[0])
                        if check.name in ("stress", "strong stress", "tones") and found:
                            n = int(found.group(2))
                            own = sums.setdefault(check.name, [0, 0, 0])
                            own[0] += int(found.group(1))
                            own[1] += n
                            own[2] += n * float(check.requested[0].split()[1])
    print(f"{n_songs} songs, {n_met} keep to all that was asked")
    for name, (good, total, chance) in sums.items():
        print(f"{name}: {100 * good / total:.1f} % of {total:g}, chance {chance / total:.1f} %")


def measure_people(score: Score, part: Part) -> list[tuple[bool, int]]:
    """Return whether each English syllable of a part is stressed, and how strong its place is."""
    lyrics = [one for one in part.lyrics if one.verse == 1]
    found: list[tuple[bool, int]] = []
    word: list[tuple[int, str]] = []
    for one in lyrics:
        word.append((one.tick, one.text))
        if one.syllabic not in ("single", "end"):
            continue
        text = re.sub(r"[^A-Za-z']", "", "".join(piece for _, piece in word))
        stress = read_stress(text) if text else ""
        if len(stress) == len(word):
            for (tick, _), digit in zip(word, stress, strict=True):
                bar = score.bars[score.bar_at(tick)]
                late = float(bar.metre.bar_qn) - bar.duration_tick / score.resolution
                place = (tick - bar.start_tick) / score.resolution + (0 if bar.index else late)
                found.append((digit == "1", slot_strength(bar.metre, place)))
        word = []
    return found


def main(folder: str = "") -> None:
    """Print the shares of Motet's songs, or of those in a folder."""
    if not folder:
        measure_motet()
        return
    files = sorted(p for p in Path(folder).rglob("*") if p.suffix in (".mxl", ".musicxml", ".abc"))
    rows: list[tuple[bool, int]] = []
    n_songs = 0
    for path in files[:: max(1, len(files) // 250)]:
        try:
            score = read(path).score
        except MotetError:
            continue
        part = next((p for p in score.parts if sum(x.verse == 1 for x in p.lyrics) > 20), None)
        own = measure_people(score, part) if part is not None else []
        if len(own) > 20:
            rows += own
            n_songs += 1
    stressed = [strength for is_stressed, strength in rows if is_stressed]
    for least, name in ((1, "on beats"), (2, "on strong beats")):
        share = sum(s >= least for s in stressed) / max(1, len(stressed))
        chance = sum(s >= least for _, s in rows) / max(1, len(rows))
        print(f"{n_songs} songs, stressed syllables {name}: {share:.1%}, chance {chance:.1%}")


if __name__ == "__main__":
    main(*sys.argv[1:2])
