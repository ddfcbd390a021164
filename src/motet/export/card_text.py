"""What every card says of a composer of this kind, in English and in Chinese.

Conventions: pairs of Markdown; nothing in them is a figure of one bundle. What is true of Motet's own
corpus alone stands in pairs of its own, which a card takes only where that corpus was the training data.

Offers `OUT_OF_SCOPE`, `LIMITS`, `PHRASE_LIMITS`, `BIASES`, `CORPUS_BIASES`, `RISKS`, `RIGHTS`, `ADAPTED_RIGHTS`.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "ADAPTED_RIGHTS",
    "BIASES",
    "CORPUS_BIASES",
    "LIMITS",
    "OUT_OF_SCOPE",
    "PHRASE_LIMITS",
    "RIGHTS",
    "RISKS",
]

OUT_OF_SCOPE: Final = (
    """- Without the engine: grammar and rules bar what makes no sense; bare samples hold such things.
- As a judge of music, of its quality, its style or its author.
- As proof that a passage is new, or that a person or a machine wrote it.
- Sound, singing and words: it writes notes, nothing else.""",
    """- 脱离引擎使用:语法与约束会排除不成立的写法,直接采样则不然。
- 评判音乐,包括其优劣、风格或作者。
- 证明某段音乐是新的,或证明出自人手还是机器。
- 声音、歌声与歌词:它只写音符。""",
)

LIMITS: Final = (
    """- It sees a few bars, the plan of the piece and the bar that returns, not the whole piece.
- Sixteen parts, 24 positions a quarter note, no grace notes, no bends, no quarter tones.
- Loudness is learned from few sources; most of what it writes is evenly loud until a performance is added.
- Chords that it learned from were mostly read off the notes by a program, with mistakes.
- The same seed gives the same notes on the same kind of processor, not on every one.""",
    """- 它看到的是若干小节、全曲计划和重现的那一小节,而非整首乐曲。
- 最多十六个声部,每四分音符 24 个位置;没有装饰音、滑音和微分音。
- 力度只从少数来源学得;在加上演奏处理之前,所写音符的力度大多均匀。
- 它所学的和弦大多由程序从音符中推得,难免有错。
- 同一随机种子在同类处理器上得到相同的音符,并非在任何处理器上都如此。""",
)

PHRASE_LIMITS: Final = (
    """- It writes phrases over bars and chords that are given; it plans no piece. `motet compose` does.
- Chords that it learned from were mostly read off the notes by a program, with mistakes.
- Key, range and number of notes are kept by masks while it draws, not because it knows them.
- The same seed gives the same notes on the same kind of processor, not on every one.""",
    """- 它在给定的小节与和弦上写乐句,不规划整首乐曲;后者请用 `motet compose`。
- 它所学的和弦大多由程序从音符中推得,难免有错。
- 调、音域与同时发声数由抽样时的屏蔽保证,并非它懂得这些。
- 同一随机种子在同类处理器上得到相同的音符,并非在任何处理器上都如此。""",
)

BIASES: Final = (
    "It writes what its training data holds most of; a style that is rare there is written as a pale or "
    "wrong version of itself, under its right name.",
    "训练数据中什么多,它就写什么;数据中少见的风格,写出来只是名称正确、面貌苍白甚至走样的版本。",
)

CORPUS_BIASES: Final = (
    """- Era and place: mostly European notated music of the 16th to the early 20th century, a large part of
  it Polish. Hardly anything from outside Europe and North America; nothing that stands for the music of
  China, India, Africa or the Arab world. Pentatonic writing, if asked for, is a scale and not a tradition.
- Styles: sacred choral music, art song and piano have most notes. Bands are known from game music, drums
  from one set of performances, popular song from lead sheets up to 1930. Modern styles come from the
  arranger, which plays beside the model or wrote pieces for it to learn from.
- Metres: two, three and four beats a bar, 6/8 and 3/8; five and seven are hardly there.
- People: composers are mostly men, as in the scores that are free and digitised; nobody has counted.""",
    """- 时代与地域:以 16 世纪至 20 世纪初的欧洲记谱音乐为主,其中很大一部分来自波兰。几乎没有欧洲与北美以外的
  音乐;没有任何内容能代表中国、印度、非洲或阿拉伯世界的音乐。若要求五声音阶,得到的只是音阶,而非传统。
- 风格:宗教合唱、艺术歌曲和钢琴的音符最多。乐队写法来自游戏音乐,鼓来自一套演奏录音,流行歌曲来自 1930 年
  以前的主旋律谱。现代风格出自编配器:它与模型同奏,或写出乐曲供模型学习。
- 拍子:以每小节两拍、三拍、四拍以及 6/8、3/8 为主;五拍与七拍极少。
- 人:作曲家多为男性,已数字化且自由可用的乐谱即是如此;未作统计。""",
)

RISKS: Final = (
    """- Likeness: it can come near to a piece that it was trained on, or by chance to any other. `motet
  originality FILE` names the nearest neighbour in the training data; it knows no other music.
- Passing it off: say that a machine took part where the listener, the teacher or the contest cares.
- Living composers: it learned from those who gave their game music or drumming a free licence, knowingly from
  no others; adapting it to somebody's scores is up to you and needs their leave where the law says so.""",
    """- 雷同:它可能与训练过的乐曲接近,也可能碰巧与任何其他乐曲接近。`motet originality FILE` 会指出训练数据中
  最接近的乐曲;它不认识其他音乐。
- 冒充:凡听众、老师或比赛在意之处,请说明有机器参与。
- 在世作曲家:它学过一些人以自由许可公开的游戏音乐与鼓,据我们所知别无其他;若用某人的乐谱改训,由您负责,
  法律要求时须征得许可。""",
)

RIGHTS: Final = (
    """- **The notes that you make with it**: we claim nothing in them and ask nothing for them: play, print,
  sell. Whether notes that a program wrote are protected at all, and for whom, differs from country to
  country and is not settled; we cannot promise it. What you add yourself is yours as ever.
- **The weights**: their licence stands above; pass it and `ATTRIBUTION.md` on with them.
- **The training data**: by its own licences, which `ATTRIBUTION.md` beside the shipped bundles lists with
  the names to be given. It is not in the bundle.

This is a plain statement by the developers, not legal advice.""",
    """- **您用它写出的音符**:我们不主张任何权利,也不收取任何费用:可演奏、可印行、可出售。程序写出的音符是否受
  保护、归谁所有,各国规定不一,尚无定论,我们无法作出保证。您自己所加的部分,权利一如既往归您。
- **权重**:许可见上文;传播时请附上许可与 `ATTRIBUTION.md`。
- **训练数据**:依其各自的许可;随附模型包旁的 `ATTRIBUTION.md` 列出许可与应署之名。数据不在模型包内。

以上为开发者的平实说明,不构成法律意见。""",
)

ADAPTED_RIGHTS: Final = (
    "This bundle was adapted to scores that its maker chose. What may be done with it, and with music that "
    "comes near to those scores, depends on the rights in them too; ask its maker.",
    "此模型包曾用制作者自选的乐谱改训。它本身以及与那些乐谱相近的音乐可以如何使用,还取决于那些乐谱的权利;"
    "请询问制作者。",
)
