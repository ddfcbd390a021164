"""The typed request: what is asked of a piece, from words, tables, TOML files or keyword options.

Conventions: immutable, checked when made, unknown fields are errors; stored briefs are versioned.
"""

from motet.brief.brief import Brief
from motet.brief.emotion import (
    EMOTIONS,
    Mood,
    find_mood,
    read_emotion,
    settle_emotion,
    tell_emotion,
)
from motet.brief.part import PartBrief, read_parts
from motet.brief.read import brief_from_dict, brief_from_toml, read_brief
from motet.brief.role import ROLE_HABITS, find_role, role_title, usual_role
from motet.brief.style_name import find_style_name, style_title
from motet.brief.text import FormSection, MetreChange, read_bars, tell_bars

__all__ = [
    "EMOTIONS",
    "ROLE_HABITS",
    "Brief",
    "FormSection",
    "MetreChange",
    "Mood",
    "PartBrief",
    "brief_from_dict",
    "brief_from_toml",
    "find_mood",
    "find_role",
    "find_style_name",
    "read_bars",
    "read_brief",
    "read_emotion",
    "read_parts",
    "role_title",
    "settle_emotion",
    "style_title",
    "tell_bars",
    "tell_emotion",
    "usual_role",
]
