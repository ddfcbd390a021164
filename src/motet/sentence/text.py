"""A sentence made easy to search, and which of its letters have been understood already.

Conventions: every change keeps the length, so that a place in the prepared text is the place in what
the user typed. Full-width letters, curly quotes, unicode accidentals and traditional Chinese letters
become plain ones; ``low`` is the same in small letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from motet.errors import ParameterError

__all__ = ["MAX_LETTERS", "Sentence", "has_chinese"]

MAX_LETTERS = 4000
_PLAIN = {
    "♭": "b", "♯": "#", "♮": " ", "’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"',
    "„": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "→": ">", "、": ",", "。": ";",
    "「": '"', "」": '"', "『": '"', "』": '"', "\u200b": " ", "\ufeff": " ", "·": " ", "~": "-",
    "…": ".", "╱": "/", "¦": "|", "‖": "|", "′": "'", "×": "x",
}  # fmt: skip
_PAIRS = (
    "樂乐調调聲声鋼钢絃弦歡欢緊紧張张傷伤溫温寧宁靜静憂忧鬱郁憤愤興兴奮奋進进節节長长電电爾尔滿满圓圆風风雲云開开結结變变漸渐轉转輕轻緩缓個个種种這这寫写為为帶带鐘钟與与華华納纳薩萨隊队團团"
    "獨独聯联詠咏頌颂遊游戲戏戰战鬥斗場场夢梦陰阴懷怀舊旧詩诗處处從从間间應应該该無无別别沒没過过還还記记憶忆遠远離离兒儿聖圣誕诞禮礼關关於于點点號号薦荐編编構构態态強强單单純纯複复雜杂豐丰"
    "簡简練练題题標标稱称擊击貝贝齊齐動动劇剧愛爱戀恋燈灯質质際际搖摇滾滚藍蓝龍龙飛飞揚扬陽阳陸陆時时鍵键環环繞绕體体極极專专區区雙双葦苇鈴铃鑼锣豎竖銅铜錄录韻韵曠旷壯壮麗丽莊庄嚴严廣广階阶"
    "諧谐謠谣頓顿迴回響响寬宽潔洁淨净壓压濃浓顫颤韓韩國国術术賽赛館馆葉叶樹树鳥鸟魚鱼島岛嶼屿東东車车馬马來来見见後后對对幾几當当會会說说劃划鳴鸣驚惊兩两鐵铁蘆芦絲丝嗩唢吶呐組组緒绪經经紅红"
    "勵励勝胜澤泽慶庆熱热氣气線线鄉乡務务勢势偉伟險险燒烧將将絕绝現现實实灣湾歲岁業业畫画給给讓让請请較较嚇吓靈灵蕩荡頭头優优閒闲撥拨擺摆諷讽讀读譜谱師师總总確确試试聽听麼么黃黄鴿鸽魯鲁鼕咚"
    "喚唤嘆叹嘗尝樸朴濟济淚泪滅灭潑泼灑洒煙烟牽牵狀状獵猎瑪玛癒愈異异盡尽監监盤盘盧卢矯矫礎础禱祷穩稳競竞筆笔簫箫籠笼糾纠級级紀纪紗纱細细終终統统綠绿維维綿绵緣缘縫缝縮缩織织繼继續续羅罗聰聪"
    "肅肃腦脑臨临舉举艱艰蒼苍蓋盖藝艺蘇苏虛虚補补製制覺觉觀观詞词誇夸語语誤误課课談谈諾诺謝谢證证識识議议護护貫贯賞赏賦赋趕赶躍跃軟软輪轮辦办農农連连運运達达適适遲迟選选邊边郵邮鄰邻釋释針针"
    "銀银鋪铺錘锤鍊链鎖锁鏡镜鐮镰門门閃闪閉闭隨随隱隐難难霧雾靂雳鞏巩頂顶項项順顺領领頻频顆颗類类顯显飄飘養养餘余騎骑驅驱髒脏鬆松鬧闹鮮鲜麥麦俠侠劍剑餓饿墳坟屍尸獄狱懼惧慘惨詭诡詼诙癡痴貓猫嬰婴"
)
"""Traditional and simplified letters, by turns."""
_SIMPLE = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_HAN = re.compile(r"[\u3400-\u9fff]")


def has_chinese(text: str) -> bool:
    """Whether a text has a Chinese letter.

    Parameters
    ----------
    text : str

    Returns
    -------
    bool

    Examples
    --------
    >>> has_chinese("a 爵士 waltz"), has_chinese("a waltz")
    (True, False)
    """
    return _HAN.search(text) is not None


def _plain_letter(letter: str) -> str:
    """Return one letter for one letter."""
    if letter in _PLAIN:
        return _PLAIN[letter]
    if letter in _SIMPLE:
        return _SIMPLE[letter]
    if letter.isspace():
        return " "
    if ord(letter) < 0x80 or letter in "½¼¾²³":
        return letter
    folded = unicodedata.normalize("NFKD", letter)[0]
    if len(unicodedata.normalize("NFKC", letter)) == 1 and ord(folded) < 0x250:
        return folded
    whole = unicodedata.normalize("NFKC", letter)
    return _PLAIN.get(whole, whole) if len(whole) == 1 else letter


class Sentence:
    """What the user typed, prepared for reading.

    Parameters
    ----------
    raw : str, 1 to 4,000 letters

    Raises
    ------
    ParameterError
        It is empty or too long.

    Examples
    --------
    >>> one = Sentence("Ein Walzer in B♭,120 BPM")
    >>> one.text, len(one.text) == len(one.raw)
    ('Ein Walzer in Bb,120 BPM', True)
    >>> one.claim(14, 16)
    >>> [match[0] for match in one.find(r"b")], one.rest()
    (['b'], 'Ein Walzer in   ,120 BPM')
    """

    def __init__(self, raw: str) -> None:
        if not isinstance(raw, str) or not raw.strip():
            raise ParameterError(
                "the sentence is empty; say what you want, such as 'a sad waltz for piano'",
                zh="句子是空的;请说出想要的音乐,例如“一首悲伤的钢琴圆舞曲”",
            )
        if len(raw) > MAX_LETTERS:
            raise ParameterError(
                f"the sentence may have {MAX_LETTERS} letters at most, got {len(raw)}; shorten it",
                zh=f"句子最多 {MAX_LETTERS} 个字符,收到 {len(raw)};请缩短",
            )
        self.raw = raw
        self.text = "".join(map(_plain_letter, raw))
        self.low = "".join(low if len(low := one.lower()) == 1 else one for one in self.text)
        self._taken = bytearray(len(raw))

    @property
    def is_chinese(self) -> bool:
        """Whether it has Chinese letters."""
        return has_chinese(self.text)

    def claim(self, start: int, end: int) -> None:
        """Mark letters as understood."""
        self._taken[start:end] = b"\x01" * (end - start)

    def is_free(self, start: int, end: int) -> bool:
        """Whether none of these letters has been claimed."""
        return not any(self._taken[start:end])

    def find(self, pattern: str, *, keep_case: bool = False) -> Iterator[re.Match[str]]:
        """Yield the matches of a pattern that nothing else has claimed, in order."""
        source = self.text if keep_case else self.low
        for match in re.finditer(pattern, source):
            if match.end() > match.start() and self.is_free(match.start(), match.end()):
                yield match

    def words(self, start: int, end: int) -> str:
        """Return the user's own letters of a span."""
        return self.raw[start:end].strip()

    def rest(self) -> str:
        """Return the prepared text with what was claimed blanked."""
        return "".join(
            " " if taken else one for one, taken in zip(self.text, self._taken, strict=True)
        )
