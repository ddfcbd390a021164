"""The typed request: what is asked of a piece, from words, tables, TOML files or keyword options.

Conventions: immutable, checked when made, unknown fields are errors; stored briefs are versioned.
"""

from motet.brief.avoid import LEAST_LEAP_SEMI, TRAITS, avoid_title, read_avoid
from motet.brief.brief import BRIEF_FORMAT, Brief
from motet.brief.curve import curve_at, mean_emotion, read_curve, tell_curve
from motet.brief.emotion import (
    EMOTIONS,
    Mood,
    find_mood,
    read_emotion,
    settle_emotion,
    tell_emotion,
)
from motet.brief.manner import (
    FEELS,
    MANNERS,
    articulation_title,
    feel_title,
    read_articulation,
    read_feel,
)
from motet.brief.part import PartBrief, read_parts
from motet.brief.read import brief_from_dict, brief_from_toml, read_brief
from motet.brief.role import ROLE_HABITS, find_role, role_title, usual_role
from motet.brief.style_name import find_style_name, style_title
from motet.brief.text import FormSection, MetreChange, read_bars, tell_bars

__all__ = [
    "BRIEF_FORMAT",
    "EMOTIONS",
    "FEELS",
    "LEAST_LEAP_SEMI",
    "MANNERS",
    "ROLE_HABITS",
    "TRAITS",
    "Brief",
    "FormSection",
    "MetreChange",
    "Mood",
    "PartBrief",
    "articulation_title",
    "avoid_title",
    "brief_from_dict",
    "brief_from_toml",
    "curve_at",
    "feel_title",
    "find_mood",
    "find_role",
    "find_style_name",
    "mean_emotion",
    "read_articulation",
    "read_avoid",
    "read_bars",
    "read_brief",
    "read_curve",
    "read_emotion",
    "read_feel",
    "read_parts",
    "role_title",
    "settle_emotion",
    "style_title",
    "tell_bars",
    "tell_curve",
    "tell_emotion",
    "usual_role",
]
