"""The head of a MusicXML file: titles, people, the list of parts.

Source: MusicXML 4.0, elements work, identification, credit and part-list.
"""

from __future__ import annotations

import base64
from xml.sax.saxutils import escape

from motet.io.notation.part_name import families, short_names
from motet.io.notation.percussion import KIT, OTHER
from motet.io.record_mark import get_mark
from motet.score import Part, Score

__all__ = ["head_xml", "part_list_xml"]

_DEFAULTS = (
    "<defaults><scaling><millimeters>7</millimeters><tenths>40</tenths></scaling><page-layout>"
    "<page-height>1697</page-height><page-width>1200</page-width></page-layout></defaults>"
)


def head_xml(score: Score) -> list[str]:
    """Return the elements before the part list.

    Examples
    --------
    >>> from motet.score import Score
    >>> head_xml(Score(title="Blue & Green"))[0]
    '<work><work-title>Blue &amp; Green</work-title></work>'
    """
    out = []
    if score.title:
        out.append(f"<work><work-title>{escape(score.title)}</work-title></work>")
    people = "".join(
        f'<creator type="{kind}">{escape(name)}</creator>'
        for kind, name in (("composer", score.composer), ("lyricist", score.lyricist))
        if name
    )
    rights = f"<rights>{escape(score.copyright)}</rights>" if score.copyright else ""
    out.append(
        f"<identification>{people}{rights}<encoding><software>Motet</software>"
        '<supports element="accidental" type="yes"/><supports element="beam" type="yes"/>'
        f"</encoding>{_record_xml(score)}</identification>"
    )
    out.append(_DEFAULTS)
    rows = (
        ("title", score.title, "center", "top", 600, 1620, 24),
        ("subtitle", score.subtitle, "center", "top", 600, 1570, 14),
        ("composer", score.composer, "right", "top", 1130, 1520, 11),
        ("lyricist", score.lyricist, "left", "top", 70, 1520, 11),
        ("rights", score.copyright, "center", "bottom", 600, 50, 9),
    )
    for kind, text, justify, valign, x, y, size in rows:
        if text:
            out.append(
                f'<credit page="1"><credit-type>{kind}</credit-type><credit-words '
                f'default-x="{x}" default-y="{y}" '
                f'justify="{justify}" valign="{valign}" font-size="{size}">{escape(text)}'
                "</credit-words></credit>"
            )
    return out


def _record_xml(score: Score) -> str:
    """Return the field that holds the record of how the score came to be, if it carries one."""
    held = base64.b64encode(get_mark(score)).decode()
    field = f'<miscellaneous-field name="motet-record">{held}</miscellaneous-field>'
    return f"<miscellaneous>{field}</miscellaneous>" if held else ""


def part_list_xml(parts: tuple[Part, ...]) -> str:
    """Return the part list; neighbours that play as one section share a bracket.

    Examples
    --------
    >>> part_list_xml((Part(name="Flute", program=73),))[:60]
    '<part-list><score-part id="P1"><part-name>Flute</part-name><'
    """
    out = ["<part-list>"]
    sections = families(parts)
    for k, (part, short) in enumerate(zip(parts, short_names(parts), strict=True)):
        own = sections[k]
        starts = own and (k == 0 or sections[k - 1] != own)
        follows = own and k + 1 < len(parts) and sections[k + 1] == own
        if starts and follows:
            out.append(
                '<part-group type="start" number="1"><group-symbol>bracket</group-symbol>'
                "<group-barline>yes</group-barline></part-group>"
            )
        out.append(_score_part(part, f"P{k + 1}", short))
        if own and not starts and not follows:
            out.append('<part-group type="stop" number="1"/>')
    return "".join([*out, "</part-list>"])


def _score_part(part: Part, identity: str, short: str) -> str:
    name = part.name or "Part"
    out = [
        f'<score-part id="{identity}"><part-name>{escape(name)}</part-name>'
        f"<part-abbreviation>{escape(short)}</part-abbreviation>"
    ]
    channel = f"<midi-channel>{part.channel + 1}</midi-channel>" if part.channel >= 0 else ""
    bank = f"<midi-bank>{part.bank + 1}</midi-bank>" if part.bank else ""
    program = f"<midi-program>{part.program + 1}</midi-program>"
    if part.is_drums:
        keys = sorted({note.pitch for note in part.notes}) or [36]
        ids = [(f"{identity}-I{key + 1}", KIT.get(key, OTHER).name, key) for key in keys]
        channel = channel or "<midi-channel>10</midi-channel>"
        for one, label, _ in ids:
            out.append(
                f'<score-instrument id="{one}"><instrument-name>{label}</instrument-name>'
                "</score-instrument>"
            )
        for one, _, key in ids:
            out.append(
                f'<midi-instrument id="{one}">{channel}{bank}{program}'
                f"<midi-unpitched>{key + 1}</midi-unpitched></midi-instrument>"
            )
    else:
        one = f"{identity}-I1"
        out.append(
            f'<score-instrument id="{one}"><instrument-name>{escape(name)}</instrument-name>'
            f'</score-instrument><midi-instrument id="{one}">{channel}{bank}{program}'
            "</midi-instrument>"
        )
    out.append("</score-part>")
    return "".join(out)
