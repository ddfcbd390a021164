"""Names of what the tables of docs/audio.md hold, in both languages."""

from __future__ import annotations

__all__ = ["HEADS", "TITLES", "say"]

_ZH = {
    "baroque keyboard": "巴洛克键盘", "chorale": "众赞歌", "string quartet": "弦乐四重奏",
    "romantic piano": "浪漫派钢琴", "folk tune": "民间曲调", "pop with drums": "流行(带鼓)",
    "jazz and bossa": "爵士与波萨诺瓦", "game music": "游戏音乐", "all": "全部",
    "clean": "无损伤", "noise": "噪声", "reverb": "混响", "mp3": "MP3", "all three": "三者叠加",
    "sung": "唱", "hummed": "哼", "whistled": "吹口哨", "sung, all three": "唱,三者叠加",
    "untold": "不告知", "told": "告知", "peaks": "直接取峰", "templates": "模板",
    "Motet, chroma alone": "Motet,仅色度", "Motet, told the kind": "Motet,告知种类",
    "refused": "拒绝", "crash": "崩溃", "read": "读取",
}  # fmt: skip
TITLES = {
    "notes-style": ("Notes by style", "音符:按风格"),
    "notes-font": ("Notes by sound font", "音符:按音色库"),
    "beats": ("Beats, bars, tempo", "拍点、小节与速度"),
    "harmony": ("Key and chords", "调与和弦"),
    "damage": ("Damaged recordings", "受损录音"),
    "voice": ("Voice: notes", "人声:音符"),
    "voice-pitch": ("Voice: pitch", "人声:音高"),
    "circle": ("Full circle", "完整循环"),
    "robust": ("Odd and damaged files", "异常与损坏的文件"),
}
_P_R_F = ("precision", "recall", "F", "F, offsets too")
_P_R_F_ZH = ("精确率", "召回率", "F", "F,含结束")
HEADS = {
    "notes-style": (
        ("style", "notes", *(f"Motet, {one}" for one in _P_R_F), "Basic Pitch, F", "F, offsets too",
         "peaks, F", "F, offsets too"),
        ("风格", "音符数", *(f"Motet,{one}" for one in _P_R_F_ZH), "Basic Pitch,F", "F,含结束",
         "直接取峰,F", "F,含结束"),
    ),
    "notes-font": (
        ("sound font", "notes", *(f"Motet, {one}" for one in _P_R_F), "Basic Pitch, F",
         "F, offsets too", "peaks, F", "F, offsets too"),
        ("音色库", "音符数", *(f"Motet,{one}" for one in _P_R_F_ZH), "Basic Pitch,F", "F,含结束",
         "直接取峰,F", "F,含结束"),
    ),
    "beats": (
        ("style", "Motet: beats, F", "any level", "downbeats, F", "tempo", "any level", "metre",
         "librosa: beats, F", "any level", "each fourth, F", "tempo", "any level", "always 4/4"),
        ("风格", "Motet:拍点 F", "任一层级", "强拍 F", "速度", "任一层级", "拍号", "librosa:拍点 F",
         "任一层级", "每四拍 F", "速度", "任一层级", "总是 4/4"),
    ),
    "harmony": (
        ("style", "key: Motet", "from chroma alone", "profiles on librosa's chroma",
         "chords, root: Motet", "from chroma alone", "triad templates", "chords, triad: Motet",
         "from chroma alone", "triad templates"),
        ("风格", "调:Motet", "仅色度", "librosa 色度配轮廓", "和弦根音:Motet", "仅色度", "三和弦模板",
         "三和弦:Motet", "仅色度", "三和弦模板"),
    ),
    "damage": (
        ("damage", "notes, F: Motet", "Basic Pitch", "peaks", "beats, F: Motet", "librosa",
         "downbeats, F: Motet", "key: Motet", "profiles", "chords, root: Motet", "templates"),
        ("损伤", "音符 F:Motet", "Basic Pitch", "直接取峰", "拍点 F:Motet", "librosa",
         "强拍 F:Motet", "调:Motet", "轮廓", "和弦根音:Motet", "模板"),
    ),
    "voice": (
        ("line", "`motet hum`: notes, F", "F, offsets too", "right pitch in mid-note",
         "told the kind, F", "pYIN, F", "F, offsets too", "peaks, F", "key"),
        ("旋律", "`motet hum`:音符 F", "F,含结束", "音符中点音高正确", "告知种类,F", "pYIN,F",
         "F,含结束", "直接取峰,F", "调"),
    ),
    "voice-pitch": (
        ("line", "Motet: within 50 cents", "any octave", "voicing found", "false voicing",
         "pYIN: within 50 cents", "any octave", "voicing found", "false voicing"),
        ("旋律", "Motet:50 音分内", "不计八度", "发声检出", "误报", "pYIN:50 音分内", "不计八度",
         "发声检出", "误报"),
    ),
    "circle": (
        ("piece", "", "notes", "same", "length differs", "moved in its bar", "other pitch", "missing",
         "added", "bars", "metre"),
        ("乐曲", "", "音符数", "相同", "时值不同", "小节内移位", "音高不同", "缺失", "多出", "小节",
         "拍号"),
    ),
    "robust": (("file", "answer"), ("文件", "回答")),
}  # fmt: skip


def say(text: str, language: str) -> str:
    """Return a name in a language; what has no Chinese name stays.

    Examples
    --------
    >>> say("chorale", "zh")
    '众赞歌'
    """
    return _ZH.get(text, text) if language == "zh" else text
