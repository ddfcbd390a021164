"""Words of the studio's menus that no other table holds: moods, sounds, lengths of lists.

Conventions: a text is (English, Chinese). Moods stand on the plane of `motet.brief.emotion`; a test holds
them against what `motet.understand` reads in their names.
"""

from __future__ import annotations

__all__ = ["LAYER_WORDS", "MOODS", "SOUNDS_ZH"]

MOODS: tuple[tuple[str, str, str, float, float], ...] = (
    ("happy", "Happy", "欢快", 0.8, 0.5),
    ("playful", "Playful", "俏皮", 0.7, 0.55),
    ("triumphant", "Triumphant", "激昂", 0.6, 0.9),
    ("tender", "Tender", "温柔", 0.6, -0.4),
    ("calm", "Calm", "平静", 0.4, -0.7),
    ("solemn", "Solemn", "庄严", 0.35, 0.1),
    ("nostalgic", "Nostalgic", "怀旧", -0.25, -0.35),
    ("mysterious", "Mysterious", "神秘", -0.3, 0.15),
    ("sad", "Sad", "悲伤", -0.7, -0.4),
    ("gloomy", "Gloomy", "阴沉", -0.6, -0.7),
    ("tense", "Tense", "紧张", -0.5, 0.7),
    ("angry", "Angry", "愤怒", -0.8, 0.8),
)
"""Name, English, Chinese, valence and arousal, from bright to dark."""

SOUNDS_ZH: dict[int, str] = {
    31: "吉他泛音", 37: "击弦贝斯二", 51: "合成弦乐二", 63: "合成铜管二", 76: "吹瓶", 83: "主音四(吹管)",
    85: "主音六(人声)", 87: "主音八(贝斯与主音)", 92: "铺底五(弓奏)", 93: "铺底六(金属)",
    96: "效果一(雨)", 97: "效果二(音轨)", 100: "效果五(明亮)", 101: "效果六(精灵)", 102: "效果七(回声)",
    103: "效果八(科幻)", 112: "铃铛", 113: "阿果果铃", 115: "木鱼", 117: "旋律通鼓", 118: "合成鼓",
    119: "反向镲", 120: "吉他品噪声", 121: "呼吸声", 122: "海浪", 123: "鸟鸣", 124: "电话铃",
    125: "直升机", 126: "掌声", 127: "枪声",
}  # fmt: skip
"""Chinese names of General MIDI programs that `motet.theory.instrument` has no instrument for."""

LAYER_WORDS: dict[str, tuple[str, str]] = {
    "all": ("everything", "全部"),
    "rhythm": ("rhythm", "节奏"),
    "pitch": ("pitches", "音高"),
    "harmony": ("harmony", "和声"),
}
"""What of a cell may be locked."""
