"""Whether a word is wanted: negations ("no drums", 不要鼓), "not too", "a bit", and corrections.

Conventions: see `said.Said.polarity`. A negation reaches over a list ("no drums, bass or vocals") as long
as nothing but commas and "or" stands between.
"""

from __future__ import annotations

import re

from motet.sentence.text import Sentence

__all__ = ["carry_over", "find_corrections", "find_polarity", "is_insisted", "is_listed"]

_FILL = (
    r"(?:(?:a|an|any|the|to|be|been|it|that|this|so|of|with|too|very|all|overly|particularly"
    r"|really|more|much|many|cheesy|annoying|harsh|prominent|silly|"
    r"sound|sounding|get|feel|make|have|having|use|using|include|including|want|need|add|adding|play|playing|"
    r"loud|heavy|fancy|electric|acoustic|left-hand|actual|big|please|song|music|piece|kind|sort|style|thing|"
    r"something|anything|left|hand|as|in|even|single|put|throw|bring|hint|trace|whiff|one|give)\W+){0,5}"
)
_NO = re.compile(
    r"(?<![a-z])(?:no|not|without|w/o|w/out|never|avoid(?:ing)?|don'?t|do not|doesn'?t|minus"
    r"|except(?: for)?|lose|skip(?: the)?|"
    r"leave out|leaving out|drop the|omit(?:ting)?|exclud(?:e|ing)|free of|isn'?t|aren'?t"
    r"|shouldn'?t|mustn'?t|can'?t|"
    r"instead of|rather than|nothing|hate|zero|cut the|remove|neither|nor|non|anything but|less"
    r"|fewer|forget(?: the)?|"
    r"no more|ditch(?: the)?|sans|hold the|no (?:need|use|room) (?:for|of)|get(?:ting)? rid of|kill the"
    r"|mute the|nix(?: the)?|scrap(?: the)?|free from|exclud(?:e|ing):|without:|omit:|avoid:|not:|no:"
    r"|don'?t bother with|stay away from|removing|dropping(?: the)?|ditching|pass on|(?:do(?:ing)?"
    r"|go(?:ing)?|get by|manage|live) without|rather not (?:have|hear|use)|can'?t (?:stand|bear)|cannot stand"
    r"|dislike|detest|sick of|tired of|allergic to|steer clear of|keep away from|hold off on|spare me"
    r"|leave off|(?:strip|take|cut|throw|pull)(?:ping|ting|ing)? (?:out|away)|not (?:a single|one|even"
    r"|featuring)|(?:nobody|no one|no-one) (?:on|playing)|without a single|barring|void of"
    r"|devoid of|absent|except no)[ -]" + _FILL + r"$"
)
_LESS = re.compile(
    r"(?<![a-z])(?:not|isn'?t|don'?t (?:make it |be |get )?|never|nothing|without being"
    r"|shouldn'?t be|n'?t be|no)\s+"
    r"(?:be |sound |make it |get |that |being )?(?:too|so|very|overly|all that|that|terribly"
    r"|excessively|overtly)\s+(?:much )?$"
)
_VERY = re.compile(
    r"(?<![a-z])(?:very|extremely|really|super|so|incredibly|deeply|utterly|ultra|insanely)[ -]$"
)
_SLIGHT = re.compile(
    r"(?<![a-z])(?:a bit(?: of)?|a little(?: bit)?|slightly|somewhat|kind of|kinda|sort of"
    r"|a touch(?: of)?|rather|faintly|"
    r"mildly|vaguely|a hint of|semi|quasi)[ -]$"
)
_ZH_NO = re.compile(
    r"(?:(?:drop|cut|skip|mute|kill)\s*掉|不要|不想要|不用|不需要|不必|不加|不带|不含|不使用|不许|不准|不想|不希望|不能|不会|不是"
    r"|没有|没|别用|别加|别有|别放|别|去掉|"
    r"免|拿掉|删掉|除了|避免|禁止|拒绝|省略|无|勿|去除|免去|少点|少一点|少些|远离|不喜欢|不听|撤掉|撤走|拿走"
    r"|剔除|排除|舍弃|杜绝|不放|不配|不弹|不打|不吹|不唱|不搞|不弄|没了|讨厌|受不了)"
    r"(?:有|用|加|加入|添加|再|出现|使用|任何|那种|什么|一点|让|带|放|搞|弄|写|给我|太多|太多的|是|把|过多的?"
    r"|的|声音|里面有|包含|含有|电子的|大的|很大的|听起来|变得|显得|过分|\s|any|the|all)*$"
)
_ZH_LESS = re.compile(
    r"(?:不太|别太|不要太|不要那么|不那么|不是很|不怎么|没那么|不要过于|不宜太|别那么|不宜过"
    r"|不过分|不至于|不算太|不必太|不用太|也别太|别过于|不是太|"
    r"不要弄得太|不能太|别搞得太|不可太|不想太|不希望太|不要很|别很|不很|不大)$"
)
_ZH_VERY = re.compile(r"(?:非常|极其|极度|十分|特别|超级|超|很|太|极|无比|相当|异常)$")
_ZH_SLIGHT = re.compile(
    r"(?:有点儿?|有些|略微|稍微|稍稍|略带|略|稍|微微|淡淡的?|一丝|一点点?|轻微)$"
)
_LIST = re.compile(
    r"\s*(?:,|/|or|nor|and|,\s*(?:or|nor|no|and)|和|或者?|跟|与|也不要|以及|,?\s*也?(?:没有"
    r"|不要))\s*(?:any |other )?",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"(?<![a-z])(?:no[ ,]*(?:-+|,)\s*(?:make it|actually|wait|let'?s|sorry)|actually|sorry|i mean"
    r"|scratch that|wait|"
    r"on second thought|make that|correction|ok no|no no|or rather)(?![a-z])"
    r"|\.\.+ ?(?:fine|ok|okay)(?=[ ,:-])|\?+ *(?:ok )?no(?=[ ,:-])(?! thank)|其实|不对|改成|改为|我是说|还是改"
    r"|更正|(?<!就)算了|说错了|应该是"
)
_DOUBLE = re.compile(
    r"(?<![a-z])(?:(?:don'?t|do not|never|not|please don'?t|can'?t|cannot|couldn'?t|mustn'?t|shouldn'?t)"
    r" (?:you )?(?:forget|leave out|skip|drop|omit|lose|remove|cut|miss|neglect|live without|do without|be"
    r" without|imagine (?:it|this) without|go without|have (?:it|this) without)"
    r"|(?:wouldn'?t|won'?t|isn'?t|not) [^,.;]{0,24}without|never without|no [a-z]+ without"
    r"|not that (?:i|we) (?:dislike|hate|mind|object to)"
    r"|(?:don'?t|do not|doesn'?t) (?:dislike|hate|mind))"
    r"(?: the| an?| some| any| your| my)?\s+$"
    r"|(?:不能没有|不能没|不能少了?|不可没有|不能缺少?|不可缺少?|缺不了|少不了|离不开|不要少了?|别少了?"
    r"|别忘了?(?:加)?"
    r"|不要忘了?(?:加)?|不要去掉|别去掉|不要漏掉?|别漏掉?|不要省略|不是没有)$"
)
_ONLY = re.compile(
    r"(?<![a-z])(?:nothing|nobody|none|no one|no other [a-z]+|no [a-z]+|no [a-z]+ [a-z]+"
    r"|not(?: want)? anything)"
    r"(?: else)? (?:except(?: for)?|but|besides|other than|apart from|than|save)(?: an?| the| some)?\s+$"
)
_EXCEPT = re.compile(r"(?:除了|除去|除开|除)(?:(?!还|也|都|要|外|再)[^,;.]){0,12}$")
_EXCEPT_ONLY = re.compile(
    r"(?:(?:和|与|跟|,)[^,;.]{1,8}?)?\s*(?:之外|以外|外)?,?\s*(?:我)?(?:什么|啥|其他|其它|别的|其余"
    r"|任何)?(?:的)?(?:乐器|声音|东西|音色)?(?:我)?(?:一概|通通|统统|全)?"
    r"(?:都|也)?(?:不要|不用|不需要|没有|别加|别要|别用|不加|不想要)"
    r"|(?:(?:和|与|跟|,)[^,;.]{1,8}?)?\s*(?:之外|以外|外)?,?\s*(?:不要|没有|别加|别用"
    r"|不用)(?:有)?(?:任何)?(?:其他|其它|别的)"
    r"|(?:(?:和|与|跟|,)[^,;.]{1,8}?)?\s*(?:之外|以外|外)?,?\s*(?:还|也|再|另外)"
)
_WITHOUT = re.compile(
    r"(?:drum|bass|beat|guitar|vocal|voice|piano|percussion|string|synth|brass|rhythm|chord)-?less"
)
_FOREIGN_EXCEPT = re.compile(r"(?<![a-z])(?:apart|aside) from(?: the| an?)?\s+$")
_AFTER_NO = re.compile(
    r"[- ]free(?![a-z])"
    r"|\s*(?:is|are)(?:n'?t| not) (?:needed|wanted|required|necessary|allowed|welcome)"
    r"|\s*(?:is|are) (?:unnecessary|forbidden|banned|off|out)(?![a-z])|\s*not (?:needed|wanted|required"
    r"|necessary)|\s*unnecessary(?![a-z])"
    r"|\s*(?:should|must|can|could|has to|have to|may|need to|please)? ?(?:be )?(?:left|taken|cut"
    r"|kept) out(?![a-z])"
    r"|\s*(?:should|must|can|could|has to|have to) (?:be (?:omitted|removed|dropped|muted|absent)"
    r"|go(?! [a-z]))"
    r"|\s*(?::|=)\s*(?:none|no|off|0|zero|without|mute)(?![a-z])|\s*\?+\s*(?:no(?![a-z])|nope"
    r"|not? thanks|without)"
    r"|\s+(?:is|are) (?:an? )?(?:absolute |big |hard |definite )?no(?:-go)?(?![a-z])"
    r"|\s+(?:can|may|should|must|could|has to|have to|needs? to) (?:just )?(?:go|rest|wait|sit out"
    r"|stay (?:home|away|out))(?=\s*(?:[,.;!]|$))|\s+for (?:another|some other) (?:day|time)"
    r"|\s+(?:is|are)(?: not|n'?t) (?:invited|part of)|\s+not (?:invited|this time|for me)"
    r"|\s*(?:就|都|全|也|先|还是|给我){0,3}(?:别上|别来|别放|别出现|别加|别用|撤|免|不必|算|省|去掉|拿掉|删|不上)(?:了|吧|掉|了吧)?"
    r"(?=\s*(?:[,;.!]|$))"
    r"|\s*(?:都|也)?可以(?:没有|不要|不用|去掉|省|不加)"
    r"|\s+(?:stays?|stay(?:ing)?) (?:at )?home|\s+sits?(?: (?:this|that|it|them)(?: one)?)? out|\s+tacet"
    r"|\s+(?:taken|left|stripped|cut|kept|thrown|stays?|goes) (?:out|away|off)(?! of the way)"
    r"|\s+(?:is|are|was|were) (?:gone|absent|missing|silent|away)|\s+gone(?=\s*(?:[,.;!]|$))"
    r"|\s+(?:no|off|out|skip|mute|omit)(?=\s*(?:[,.;!]|$))|\s+(?:is|are) (?:away|sick|ill|on (?:holiday|leave"
    r"|vacation)|not here|not coming)|\s+(?:called in sick|quit|has left|left (?:us|town|the band)"
    r"|(?:didn'?t|won'?t|can'?t) (?:show|come|make it|be (?:here|there)))|\s*(?:今天|今晚|这次|都|全|也)*"
    r"(?:请假|休假|休息|不在|没来|来不了|不来|罢工|缺席)"
    r"|\s+no thanks|\s+(?:muted|removed|omitted|excluded)(?![a-z])"
    r"|\s*就?(?:都|全)?不要了|\s*就?不用了|\s*就?(?:都|全)?免了|\s*就算了|\s*(?:都|全都?|一律|通通|统统"
    r"|也|就|一概)"
    r"(?:不要|不用|别要|别加|别用|去掉|不需要|不想要|不加|删掉|免了)"
    r"|\s*(?:给我|要)?(?:都|全部|全|统统|通通|一律|一概)?(?:去掉|删掉|拿掉|省掉|删了|撤掉|撤走|撤下|关掉|静音"
    r"|拿走|拿开|去了|省略|不出现|别出现|不参与|缺席|休息|停掉|舍弃|剔除|排除)"
    r"|\s*(?:不要|不用|不需要|免)(?=\s*(?:[,;.!]|$))"
)
_STRONG = re.compile(
    r"(?<![a-z])(?:omit(?:ting)?|exclud(?:e|ing)|remov(?:e|ing)|leav(?:e|ing) out|skip|avoid(?:ing)?"
    r"|get rid of"
    r"|don'?t (?:use|include|add|want)|do not (?:use|include|add))(?:\s*:)?\s*(?:the |any )?$"
    r"|(?<![a-z])(?:no|without|not)\s*:\s*$"
)
_OUT = re.compile(
    r"(?<![a-z])(?:leav(?:e|ing)|tak(?:e|ing)|keep(?:ing)?|cut(?:ting)?|strip(?:ping)?|throw(?:ing)?"
    r"|pull(?:ing)?)"
    r"(?: the| any| all(?: the)?| that| those)?\s+(?:[a-z]+ (?:and|or) (?:the )?)?$"
)
_OUT_AFTER = re.compile(
    r"(?: (?:and|or) (?:the )?[a-z]+)? (?:out|away|at home|behind|aside)(?! of the (?:way|box))(?![a-z])"
)
_INSTEAD = re.compile(
    r"(?<![a-z])(?:replac(?:e|ing)|swap(?:ping)?|substitut(?:e|ing)|exchang(?:e|ing))(?: out)?(?: the"
    r"| any| all)?\s+$"
)
_INSTEAD_AFTER = re.compile(r" (?:with|for|by)(?![a-z])")
_ZH_INSTEAD = re.compile(r"(?:代替|替代|取代|替换|替掉|换掉|而不是|而非)(?:掉|了)?$")
_EVEN = re.compile(
    r"(?:not only|not just|不只|不仅|不光|nothing but|only|no less than|只有"
    r"|没有副歌,只要)(?: an?| the)?\s*$"
)
_STOPS = ".;!?\n"


def find_polarity(sentence: Sentence, start: int, end: int) -> str:
    """Return whether the words of a span are wanted.

    Parameters
    ----------
    sentence : Sentence
    start, end : int

    Returns
    -------
    str
        ``"yes"``, ``"no"``, ``"less"``, ``"slight"`` or ``"very"``.

    Examples
    --------
    >>> find_polarity(Sentence("no drums"), 3, 8), find_polarity(Sentence("not too fast"), 8, 12)
    ('no', 'less')
    >>> find_polarity(Sentence("不要鼓"), 2, 3), find_polarity(Sentence("a bit sad"), 6, 9)
    ('no', 'slight')
    """
    low = sentence.low
    begin = max(0, start - 60)
    before = low[begin:start]
    cut = max(before.rfind(one) for one in _STOPS + ",:")
    clause = before[cut + 1 :]
    listed = re.search(
        r"(?<![a-z])(?:exclud(?:e|ing)|without|omit|avoid|no|not):\s*$", before[: cut + 1]
    )
    if cut >= 0 and before[cut] == ":" and listed:
        clause = listed[0] + clause
    after = low[end : end + 40]
    after = re.sub(r"^ (?:players?|sections?|parts?|lines?|tracks?)(?![a-z])", "", after)[:28]
    decided = _decide_around(clause, after, low[start:end])
    if decided:
        return decided
    tight = clause.rstrip()  # 不要 bass
    if _LESS.search(clause) or _ZH_LESS.search(tight):
        return "less"
    if _EVEN.search(clause):
        return "yes"
    spaced = clause if low[start : start + 1].isascii() else f"{tight} "  # without吉他
    if _NO.search(spaced) or _ZH_NO.search(tight):
        return "no"
    if _VERY.search(clause) or _ZH_VERY.search(tight):
        return "very"
    if _SLIGHT.search(clause) or _ZH_SLIGHT.search(tight):
        return "slight"
    return "yes"


def is_insisted(sentence: Sentence, start: int, end: int) -> bool:
    """Whether words around a span insist on it: "don't forget the drums", "not only the drums".

    Parameters
    ----------
    sentence : Sentence
    start, end : int

    Returns
    -------
    bool

    Examples
    --------
    >>> is_insisted(Sentence("don't forget the drums"), 17, 22)
    True
    """
    before = re.split(r"[.;!?\n,:]", sentence.low[max(0, start - 60) : start])[-1]
    after = sentence.low[end : end + 28]
    decided = _decide_around(before, after, sentence.low[start:end])
    return decided == "yes" or _EVEN.search(before) is not None


def _decide_around(clause: str, after: str, own: str) -> str:
    """Return "yes" or "no" where the words on both sides decide it, else nothing."""
    if _DOUBLE.search(clause) or _ONLY.search(clause):
        return "yes"
    if _EXCEPT.search(clause):
        return "yes" if _EXCEPT_ONLY.match(after) else "no"
    if _FOREIGN_EXCEPT.search(clause) and re.match(r",? ?(?:nothing|no |none)", after):
        return "yes"
    if re.search(r"(?:不要|别)让[^,;]{0,3}$", clause) and re.match(
        r"太|过于|那么|盖|抢|压|过", after
    ):
        return "yes"
    if re.search(r"把[^,;]{0,6}$", clause) and re.match(
        r"(?:全部|都)?(?:换成|改成|替换|换为)", after
    ):
        return "no"
    is_out = _OUT.search(clause) and _OUT_AFTER.match(after)
    is_replaced = _INSTEAD.search(clause) and _INSTEAD_AFTER.match(after)
    if is_out or is_replaced or _AFTER_NO.match(after) or _ZH_INSTEAD.search(clause):
        return "no"
    return "no" if _WITHOUT.fullmatch(own) else ""


def is_listed(sentence: Sentence, end: int, start: int) -> bool:
    """Whether nothing but a comma, "or" or the like stands between two spans.

    Parameters
    ----------
    sentence : Sentence
    end, start : int
        End of the first, start of the second.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_listed(Sentence("no drums or bass"), 8, 12)
    True
    """
    gap = sentence.low[end:start]
    return gap.strip() in (
        "or",
        "nor",
        "and",
        "and the",
        "or the",
        "/",
        "和",
        "或",
        "或者",
        "跟",
        "与",
    ) or (_LIST.fullmatch(gap) is not None and "and" not in gap and "," in gap and "no" in gap)


def carry_over(
    sentence: Sentence, spans: list[tuple[int, int]], polarities: list[str]
) -> list[str]:
    """Return polarities with negations carried over lists.

    Parameters
    ----------
    sentence : Sentence
    spans : list of (int, int)
        In order.
    polarities : list of str

    Returns
    -------
    list of str

    Examples
    --------
    >>> one = Sentence("without drums, bass or vocals")
    >>> carry_over(one, [(8, 13), (15, 19), (23, 29)], ["no", "yes", "yes"])
    ['no', 'no', 'no']
    """
    out = list(polarities)
    for k in range(len(out) - 2, -1, -1):  # 鼓和贝斯都不要, "drums and bass are not needed"
        gap = sentence.raw[spans[k][1] : spans[k + 1][0]].strip()
        own_clause = sentence.low[max(0, spans[k + 1][0] - 60) : spans[k + 1][0]]
        is_after = out[k + 1] == "no" and _AFTER_NO.match(
            sentence.low[spans[k + 1][1] : spans[k + 1][1] + 28]
        )
        if out[k] == "yes" and is_after and not _NO.search(own_clause):
            is_shared = gap in ("and", "or", "和", "跟", "与", "、", "&", "还有")
            out[k] = "no" if is_shared else out[k]
    for k in range(1, len(out)):
        if out[k - 1] != "no" or out[k] != "yes":
            continue
        if is_listed(sentence, spans[k - 1][1], spans[k][0]):
            out[k] = "no"
            continue
        if sentence.raw[spans[k - 1][1] : spans[k][0]] in ("、", "、和"):
            out[k] = "no"
            continue
        end = k  # "drums, bass or vocals": the list goes on to an "or"
        while end < len(out) and sentence.low[spans[end - 1][1] : spans[end][0]].strip() in (
            ",",
            "and",
            ", and",
            "and the",
            ", the",
        ):
            end += 1
        if end == k or out[k:end] != ["yes"] * (end - k):
            continue
        last = sentence.low[spans[end - 1][1] : spans[end][0]].strip(" ,") if end < len(out) else ""
        is_strong = _STRONG.search(sentence.low[max(0, spans[k - 1][0] - 24) : spans[k - 1][0]])
        joints = [sentence.low[spans[i - 1][1] : spans[i][0]].strip() for i in range(k, end)]
        if last in ("or", "nor", "或", "或者"):
            out[k] = "no"
        elif is_strong and (is_strong[0].rstrip().endswith(":") or joints[-1].endswith("and")):
            out[k:end] = ["no"] * (end - k)
    return out


def find_corrections(sentence: Sentence) -> list[int]:
    """Return where the sentence corrects itself: what was said before gives way to what follows.

    Parameters
    ----------
    sentence : Sentence

    Returns
    -------
    list of int

    Examples
    --------
    >>> find_corrections(Sentence("a march, no, actually a waltz"))[:1]
    [9]
    """
    return [match.end() - len(match[0]) for match in _CORRECTION.finditer(sentence.low)]
