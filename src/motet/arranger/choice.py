"""What a request leaves open, chosen: groove, metre, key, tempo, swing.

Conventions: what was asked for wins; else the style's own; where the style offers several, the seed
picks one.

Offers `ask_groove`, `choose_groove`, `choose_metre`, `choose_key`, `choose_qpm`, `choose_swing`.
"""

from __future__ import annotations

from fractions import Fraction

from motet.arranger.feel import FEEL_SWINGS, stretch_groove
from motet.arranger.metre import parse_metre
from motet.arranger.plan import rng_for
from motet.arranger.request import ArrangeRequest
from motet.arranger.style import Groove, Style
from motet.errors import ParameterError
from motet.score import Metre
from motet.theory.scale import Key, parse_key

__all__ = [
    "ask_groove",
    "choose_groove",
    "choose_key",
    "choose_metre",
    "choose_qpm",
    "choose_swing",
    "find_groove",
]


def ask_groove(request: ArrangeRequest, style: Style, metre: Metre, kind: str) -> Groove:
    """Return the groove of a request for a kind of section, at the speed of its feel.

    Parameters
    ----------
    request : ArrangeRequest
        Its `groove` holds everywhere, also where it must be bent to the metre.
    style : Style
    metre : Metre
    kind : str
        A kind of section.

    Returns
    -------
    Groove

    Raises
    ------
    ParameterError
        The style has no such groove.

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> bossa, metre = find_style("bossa"), Metre(tick=0, numerator=4, denominator=4)
    >>> ask_groove(ArrangeRequest(groove="bossa-light"), bossa, metre, "verse").name
    'bossa-light'
    """
    if not request.groove:
        return stretch_groove(choose_groove(style, metre, kind, name=request.style), request.feel)
    return stretch_groove(find_groove(style, request.groove), request.feel)


def find_groove(style: Style, name: str) -> Groove:
    """Return a style's groove by its name or title, in either language.

    Parameters
    ----------
    style : Style
    name : str

    Returns
    -------
    Groove

    Raises
    ------
    ParameterError
        The style has no such groove; those that it has are named.

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> find_groove(find_style("bossa"), "Light bossa").name
    'bossa-light'
    """
    wish = _plain(name)
    for groove in style.grooves:
        if wish in (_plain(groove.name), _plain(groove.title), _plain(groove.title_zh)):
            return groove
    names = [groove.name for groove in style.grooves]
    raise ParameterError(
        f"style {style.name} has no groove {name!r}; it has {', '.join(names)}",
        zh=f"风格“{style.title_zh}”没有律动 {name!r};可用:{'、'.join(names)}",
    )


def _plain(name: str) -> str:
    return "-".join(name.strip().lower().replace("_", " ").replace("-", " ").split())


def choose_groove(style: Style, metre: Metre, kind: str, *, name: str = "") -> Groove:
    """Return the groove for a kind of section in a metre; one of another metre is bent to it.

    Parameters
    ----------
    style : Style
    metre : Metre
    kind : str
        A kind of section.
    name : str
        A groove asked for by name wins for sections that no other groove names.

    Returns
    -------
    Groove

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> bossa, metre = find_style("bossa"), Metre(tick=0, numerator=4, denominator=4)
    >>> choose_groove(bossa, metre, "intro").name, choose_groove(bossa, metre, "verse").name
    ('bossa-light', 'bossa')
    """
    own = [g for g in style.grooves if (g.numerator, g.denominator) == _pair(metre)]
    same_length = [g for g in style.grooves if g.bar_qn == metre.bar_qn]
    same_beats = [
        g for g in style.grooves if len(_beats(g)) == len(metre.beats_qn) and g not in own
    ]
    main = [g for g in style.grooves if f"{g.numerator}/{g.denominator}" == style.metre]
    pool = own or same_length or same_beats or main or list(style.grooves)
    named = [g for g in pool if g.name == name]
    meant = [g for g in pool if kind in g.sections]
    free = [g for g in pool if not g.sections]
    if kind in ("intro", "outro", "break") and meant:
        return meant[0]
    if named:
        return named[0]
    return (meant or free or pool)[0]


def _pair(metre: Metre) -> tuple[int, int]:
    return metre.numerator, metre.denominator


def _beats(groove: Groove) -> tuple[Fraction, ...]:
    metre = Metre(
        tick=0, numerator=groove.numerator, denominator=groove.denominator, groups=groove.groups
    )
    return metre.beats_qn


def choose_metre(request: ArrangeRequest, style: Style) -> Metre:
    """Return the metre asked for, else that of the groove asked for, else the style's.

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> choose_metre(ArrangeRequest(metre="7/8"), find_style("bossa")).numerator
    7
    """
    text = request.metre
    if text is None:
        named = next((g for g in style.grooves if g.name == request.style), None)
        named = find_groove(style, request.groove) if request.groove else named
        text = f"{named.numerator}/{named.denominator}" if named else style.metre
    numerator, denominator = parse_metre(text)
    groups = next(
        (
            g.groups
            for g in style.grooves
            if (g.numerator, g.denominator) == (numerator, denominator)
        ),
        (),
    )
    return Metre(tick=0, numerator=numerator, denominator=denominator, groups=groups)


def choose_qpm(request: ArrangeRequest, style: Style, metre: Metre) -> float:
    """Return the tempo asked for, else one near the style's usual, in quarter notes a minute.

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> metre = Metre(tick=0, numerator=4, denominator=4)
    >>> choose_qpm(ArrangeRequest(qpm=96), find_style("bossa"), metre)
    96.0
    """
    if request.qpm is not None:
        return float(request.qpm)
    slow, usual, fast = style.qpm
    rng = rng_for(request.seed, "tempo")
    spread = float(rng.uniform(-0.25, 0.25))
    qpm = usual + spread * ((fast - usual) if spread > 0 else (usual - slow))
    numerator, denominator = parse_metre(style.metre)
    home = Metre(tick=0, numerator=numerator, denominator=denominator)
    if len(home.beats_qn) == len(metre.beats_qn) and home.bar_qn != metre.bar_qn:
        qpm *= float(metre.bar_qn / home.bar_qn)
    return float(round(qpm))


def choose_swing(request: ArrangeRequest) -> float | None:
    """Return the swing asked for as a share of the beat (0.5 is straight); None is the groove's.

    Examples
    --------
    >>> choose_swing(ArrangeRequest(swing=0.6)), choose_swing(ArrangeRequest())
    (0.6, None)
    """
    swing = FEEL_SWINGS.get(request.feel) if request.swing is None else request.swing
    return None if swing is None else 0.5 + swing / 6


def choose_key(request: ArrangeRequest, style: Style) -> Key:
    """Return the key asked for, else one of the style's, drawn by the seed.

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> choose_key(ArrangeRequest(key="E minor"), find_style("bossa")).name()
    'E minor'
    """
    if request.key is not None:
        return parse_key(request.key)
    rng = rng_for(request.seed, "key")
    return parse_key(style.keys[int(rng.integers(0, len(style.keys)))])
