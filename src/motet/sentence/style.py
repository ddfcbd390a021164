"""Which style a sentence means, of several words that name or hint at one.

Conventions: words that name a style win over hints (composers, scenes, places); the special wins over
the general ("classical waltz" is a waltz); of two alike the later. What is unwanted is left out.
"""

from __future__ import annotations

from motet.sentence.said import Said

__all__ = ["choose_style"]

_GENERAL = {
    "classical": 1, "pop": 2, "rock": 3, "jazz": 2, "folk": 2, "electronic": 2, "game": 1, "orchestral": 2,
    "cinematic": 2, "guitar": 2, "keyboard": 1, "organ": 2, "choral": 2, "chamber": 1, "guofeng": 3,
    "irish": 3, "country": 4, "soul": 3, "blues": 4, "hiphop": 4, "march": 4, "baroque": 3, "hymn": 4,
    "piano-romantic": 3, "string-quartet": 2, "gospel": 4, "swing": 4, "ballad": 4, "waltz": 4, "lofi": 6,
    "renaissance": 4, "game-rock": 3, "chiptune": 5, "metal": 5,
}  # fmt: skip
_USUAL = 5
_TOGETHER = {
    frozenset(("jazz", "waltz")): "jazz-waltz", frozenset(("swing", "waltz")): "jazz-waltz",
    frozenset(("folk", "waltz")): "folk-waltz", frozenset(("country", "waltz")): "folk-waltz",
    frozenset(("irish", "waltz")): "folk-waltz", frozenset(("jazz", "ballad")): "jazz-ballad",
    frozenset(("gospel", "swing")): "gospel-shuffle", frozenset(("game", "rock")): "game-rock",
    frozenset(("irish", "reel")): "reel", frozenset(("irish", "jig")): "jig",
    frozenset(("rock", "metal")): "metal", frozenset(("prog", "metal")): "metal",
    frozenset(("choral", "hymn")): "hymn", frozenset(("renaissance", "choral")): "renaissance",
    frozenset(("hiphop", "trap")): "trap", frozenset(("electronic", "house")): "house",
    frozenset(("electronic", "synthwave")): "synthwave", frozenset(("soul", "neo-soul")): "neo-soul",
    frozenset(("house", "swing")): "swing", frozenset(("cinematic", "orchestral")): "cinematic",
    frozenset(("baroque", "classical")): "baroque", frozenset(("classical", "orchestral")): "orchestral",
    frozenset(("pop", "ballad")): "ballad", frozenset(("rock", "ballad")): "ballad",
    frozenset(("swing", "jazz")): "swing", frozenset(("bossa", "jazz")): "bossa",
    frozenset(("lofi", "hiphop")): "lofi", frozenset(("game", "chiptune")): "chiptune",
    frozenset(("ragtime", "jazz")): "ragtime",
}  # fmt: skip


def choose_style(said: list[Said], corrections: list[int]) -> tuple[Said | None, list[Said]]:
    """Return the style that is meant, and the words for other styles that give way.

    Parameters
    ----------
    said : list of Said
        Fields ``style`` and ``style_hint``.
    corrections : list of int
        Where the sentence corrects itself.

    Returns
    -------
    Said or None, list of Said

    Examples
    --------
    >>> words = [Said("style", "jazz", 0, 4), Said("style", "waltz", 5, 10)]
    >>> choose_style(words, [])[0].value
    'jazz-waltz'
    """
    for field in ("style", "style_hint"):
        own = [one for one in said if one.field == field and one.polarity not in ("no", "less")]
        for place in corrections:
            later = [one for one in own if one.start >= place]
            own = later or own
        if not own:
            continue
        names = {one.value for one in own}
        last = own[-1]
        if len(names) > 1:
            for pair, name in _TOGETHER.items():
                if pair <= names and _GENERAL.get(name, _USUAL) >= max(
                    _GENERAL.get(one, _USUAL) for one in names - pair or {name}
                ):
                    first = next(one for one in own if one.value in pair)
                    whole = Said("style", name, first.start, last.end, "lexicon", 0.9)
                    return whole, [one for one in own if one.value not in pair]
        best = max(own, key=lambda one: (_GENERAL.get(one.value, _USUAL), one.start))
        chosen = Said(
            "style", best.value, best.start, best.end, "lexicon", 1.0 if field == "style" else 0.7
        )
        return chosen, [one for one in own if one.value != best.value]
    return None, []
