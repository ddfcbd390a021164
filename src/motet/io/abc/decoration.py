"""What ``!trill!``, ``~`` and ``.`` mean: articulations, ornaments, dynamics, lines and jumps.

Source: The abc music standard 2.1, sections 4.14 and 4.16; further names of abcm2ps.
"""

from __future__ import annotations

__all__ = ["DECORATIONS", "SHORT", "short_name"]

DECORATIONS: dict[str, tuple[str, str]] = {}
"""Name to kind (articulation, ornament, dynamic, open, close, jump, skip) and value."""

_TABLE = """
articulation staccato staccato
articulation staccatissimo wedge
articulation tenuto tenuto
articulation accent accent > emphasis
articulation marcato marcato ^
articulation fermata fermata invertedfermata
articulation breath breath
articulation caesura caesura
articulation up-bow upbow
articulation down-bow downbow
articulation open-string open
articulation snap-pizzicato snap
articulation stopped + plus
articulation scoop slide
ornament trill trill
ornament mordent mordent lowermordent
ornament inverted-mordent uppermordent pralltriller
ornament turn turn roll turnx
ornament inverted-turn invertedturn invertedturnx
ornament arpeggio arpeggio
ornament tremolo-1 /
ornament tremolo-2 //
ornament tremolo-3 ///
open crescendo crescendo( <(
close crescendo crescendo) <)
open diminuendo diminuendo( >(
close diminuendo diminuendo) >)
open trill-line trill(
close trill-line trill)
open octave-up 8va(
close octave-up 8va)
open octave-down 8vb(
close octave-down 8vb)
open pedal ped
close pedal ped-up
jump segno segno
jump coda coda
jump da-capo D.C. dacapo
jump dal-segno D.S.
jump fine fine
jump to-coda dacoda tocoda
skip - 0 1 2 3 4 5 thumb courtesy editorial beamon beambr1 beambr2 xstem rbstop rbend
"""
for _row in _TABLE.strip().split("\n"):
    _kind, _value, *_names = _row.split()
    for _name in _names:
        DECORATIONS[_name] = (_kind, _value)
for _mark in "pppp ppp pp p mp mf f ff fff ffff sf sfz fp rfz".split():  # noqa: SIM905
    DECORATIONS[_mark] = ("dynamic", _mark)

SHORT = {
    ".": "staccato", "~": "roll", "H": "fermata", "L": "accent", "M": "lowermordent", "O": "coda",
    "P": "uppermordent", "S": "segno", "T": "trill", "u": "upbow", "v": "downbow",
}  # fmt: skip
"""The signs that stand for a decoration where ``U:`` says nothing else."""


def short_name(sign: str) -> str:
    """Return what a one-letter decoration stands for, empty when nothing.

    Examples
    --------
    >>> short_name("T"), DECORATIONS[short_name("H")]
    ('trill', ('articulation', 'fermata'))
    """
    return SHORT.get(sign, "")
