"""The table of chord qualities.

Conventions: tones are degrees above the root against the major scale, extensions beyond the octave
(9, 11, 13); ``identifier`` is Motet's own name of the quality, ``suffix`` what is printed after the
root. Order matters: of two qualities with the same tones the earlier one names them.
A dominant eleventh leaves its third out, as it is played; a thirteenth leaves its eleventh out
unless the chord is minor; an altered dominant has no fifth.

Sources: Carl Brandt and Clinton Roemer, Standardized Chord Symbol Notation (Roerick Music, 1976),
for the suffixes; MusicXML 4.0, data type kind-value (W3C Music Notation Community Group), for which
kinds there are; Mark Levine, The Jazz Theory Book (Sher Music, 1995), for altered dominants;
Aldwell and Schachter, Harmony and Voice Leading, for the augmented sixths.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from motet.theory.scale import degree_fifths, degree_semi

__all__ = ["QUALITIES", "Quality"]


@dataclass(frozen=True)
class Quality:
    """One kind of chord.

    Parameters
    ----------
    identifier : str
        Motet's name, also accepted after a root.
    suffix : str
        As printed.
    degrees : tuple of str
        Tones above the root, ascending.
    en, zh : str
        Its name in words.

    Examples
    --------
    >>> QUALITIES["m7b5"].intervals, QUALITIES["m7b5"].zh
    ((0, 3, 6, 10), '半减七和弦')
    """

    identifier: str
    suffix: str
    degrees: tuple[str, ...]
    en: str
    zh: str

    @cached_property
    def intervals(self) -> tuple[int, ...]:
        """Semitones above the root, ascending."""
        return tuple(degree_semi(degree) for degree in self.degrees)

    @cached_property
    def fifths(self) -> tuple[int, ...]:
        """Each tone's distance from the root on the line of fifths."""
        return tuple(degree_fifths(degree) for degree in self.degrees)


_ROWS = """
maj      | -          | 1 3 5               | major triad                    | 大三和弦
min      | m          | 1 b3 5              | minor triad                    | 小三和弦
7        | 7          | 1 3 5 b7            | dominant seventh               | 属七和弦
maj7     | maj7       | 1 3 5 7             | major seventh                  | 大七和弦
m7       | m7         | 1 b3 5 b7           | minor seventh                  | 小七和弦
dim      | dim        | 1 b3 b5             | diminished triad               | 减三和弦
aug      | aug        | 1 3 #5              | augmented triad                | 增三和弦
m7b5     | m7b5       | 1 b3 b5 b7          | half-diminished seventh        | 半减七和弦
dim7     | dim7       | 1 b3 b5 bb7         | diminished seventh             | 减七和弦
sus4     | sus4       | 1 4 5               | suspended fourth               | 挂四和弦
sus2     | sus2       | 1 2 5               | suspended second               | 挂二和弦
5        | 5          | 1 5                 | power chord                    | 强力和弦
6        | 6          | 1 3 5 6             | major sixth                    | 大六和弦
m6       | m6         | 1 b3 5 6            | minor sixth                    | 小六和弦
9        | 9          | 1 3 5 b7 9          | dominant ninth                 | 属九和弦
maj9     | maj9       | 1 3 5 7 9           | major ninth                    | 大九和弦
m9       | m9         | 1 b3 5 b7 9         | minor ninth                    | 小九和弦
add9     | add9       | 1 3 5 9             | added ninth                    | 加九和弦
madd9    | madd9      | 1 b3 5 9            | minor added ninth              | 小加九和弦
7sus4    | 7sus4      | 1 4 5 b7            | seventh, suspended fourth      | 挂四属七和弦
9sus4    | 9sus4      | 1 4 5 b7 9          | ninth, suspended fourth        | 挂四属九和弦
69       | 6/9        | 1 3 5 6 9           | six-nine                       | 六九和弦
m69      | m6/9       | 1 b3 5 6 9          | minor six-nine                 | 小六九和弦
mMaj7    | m(maj7)    | 1 b3 5 7            | minor with major seventh       | 小大七和弦
mMaj9    | m(maj9)    | 1 b3 5 7 9          | minor ninth with major seventh | 小大九和弦
7#5      | 7#5        | 1 3 #5 b7           | augmented seventh              | 增属七和弦
maj7#5   | maj7#5     | 1 3 #5 7            | major seventh, sharp fifth     | 增大七和弦
7b5      | 7b5        | 1 3 b5 b7           | seventh, flat fifth            | 降五属七和弦
maj7b5   | maj7b5     | 1 3 b5 7            | major seventh, flat fifth      | 降五大七和弦
majb5    | (b5)       | 1 3 b5              | major, flat fifth              | 降五大三和弦
dimMaj7  | dim(maj7)  | 1 b3 b5 7           | diminished with major seventh  | 减大七和弦
m7#5     | m7#5       | 1 b3 #5 b7          | minor seventh, sharp fifth     | 升五小七和弦
11       | 11         | 1 5 b7 9 11         | dominant eleventh              | 属十一和弦
m11      | m11        | 1 b3 5 b7 9 11      | minor eleventh                 | 小十一和弦
maj11    | maj11      | 1 3 5 7 9 11        | major eleventh                 | 大十一和弦
13       | 13         | 1 3 5 b7 9 13       | dominant thirteenth            | 属十三和弦
m13      | m13        | 1 b3 5 b7 9 11 13   | minor thirteenth               | 小十三和弦
maj13    | maj13      | 1 3 5 7 9 13        | major thirteenth               | 大十三和弦
13sus4   | 13sus4     | 1 4 5 b7 9 13       | thirteenth, suspended fourth   | 挂四属十三和弦
7b9      | 7b9        | 1 3 5 b7 b9         | seventh, flat ninth            | 降九属七和弦
7#9      | 7#9        | 1 3 5 b7 #9         | seventh, sharp ninth           | 升九属七和弦
7#11     | 7#11       | 1 3 5 b7 #11        | seventh, sharp eleventh        | 升十一属七和弦
7b13     | 7b13       | 1 3 5 b7 b13        | seventh, flat thirteenth       | 降十三属七和弦
7b9#9    | 7(b9,#9)   | 1 3 5 b7 b9 #9      | seventh, flat and sharp ninth  | 降九升九属七和弦
7b9#11   | 7(b9,#11)  | 1 3 5 b7 b9 #11     | seventh, b9 and #11            | 降九升十一属七和弦
7#9#11   | 7(#9,#11)  | 1 3 5 b7 #9 #11     | seventh, #9 and #11            | 升九升十一属七和弦
7b9b13   | 7(b9,b13)  | 1 3 5 b7 b9 b13     | seventh, b9 and b13            | 降九降十三属七和弦
7#9b13   | 7(#9,b13)  | 1 3 5 b7 #9 b13     | seventh, #9 and b13            | 升九降十三属七和弦
7b5b9    | 7(b5,b9)   | 1 3 b5 b7 b9        | seventh, b5 and b9             | 降五降九属七和弦
7b5#9    | 7(b5,#9)   | 1 3 b5 b7 #9        | seventh, b5 and #9             | 降五升九属七和弦
7#5b9    | 7(#5,b9)   | 1 3 #5 b7 b9        | seventh, #5 and b9             | 升五降九属七和弦
7#5#9    | 7(#5,#9)   | 1 3 #5 b7 #9        | seventh, #5 and #9             | 升五升九属七和弦
7alt     | 7alt       | 1 3 b7 b9 #9 b13    | altered dominant               | 变化属和弦
9b5      | 9b5        | 1 3 b5 b7 9         | ninth, flat fifth              | 降五属九和弦
9#5      | 9#5        | 1 3 #5 b7 9         | ninth, sharp fifth             | 升五属九和弦
9#11     | 9#11       | 1 3 5 b7 9 #11      | ninth, sharp eleventh          | 升十一属九和弦
13b9     | 13b9       | 1 3 5 b7 b9 13      | thirteenth, flat ninth         | 降九属十三和弦
13#9     | 13#9       | 1 3 5 b7 #9 13      | thirteenth, sharp ninth        | 升九属十三和弦
13#11    | 13#11      | 1 3 5 b7 9 #11 13   | thirteenth, sharp eleventh     | 升十一属十三和弦
maj7#11  | maj7#11    | 1 3 5 7 #11         | major seventh, #11             | 升十一大七和弦
maj9#11  | maj9#11    | 1 3 5 7 9 #11       | major ninth, #11               | 升十一大九和弦
maj13#11 | maj13#11   | 1 3 5 7 9 #11 13    | major thirteenth, #11          | 升十一大十三和弦
m9b5     | m9b5       | 1 b3 b5 b7 9        | half-diminished ninth          | 半减九和弦
m11b5    | m11b5      | 1 b3 b5 b7 9 11     | half-diminished eleventh       | 半减十一和弦
dim9     | dim9       | 1 b3 b5 bb7 9       | diminished ninth               | 减九和弦
m7b9     | m7b9       | 1 b3 5 b7 b9        | minor seventh, flat ninth      | 降九小七和弦
m7add11  | m7add11    | 1 b3 5 b7 11        | minor seventh, added eleventh  | 小七加十一和弦
7sus2    | 7sus2      | 1 2 5 b7            | seventh, suspended second      | 挂二属七和弦
7susb9   | 7sus4b9    | 1 4 5 b7 b9         | suspended seventh, flat ninth  | 挂四降九属七和弦
maj7sus4 | maj7sus4   | 1 4 5 7             | major seventh, suspended 4th   | 挂四大七和弦
sus24    | sus2sus4   | 1 2 4 5             | suspended second and fourth    | 挂二四和弦
add11    | add11      | 1 3 5 11            | added eleventh                 | 加十一和弦
madd11   | madd11     | 1 b3 5 11           | minor added eleventh           | 小加十一和弦
add#11   | add#11     | 1 3 5 #11           | added sharp eleventh           | 加升十一和弦
7add11   | 7add11     | 1 3 5 b7 11         | seventh, added eleventh        | 属七加十一和弦
7add13   | 7add13     | 1 3 5 b7 13         | seventh, added thirteenth      | 属七加十三和弦
maj7add13| maj7add13  | 1 3 5 7 13          | major seventh, added 13th      | 大七加十三和弦
m#5      | m#5        | 1 b3 #5             | minor, sharp fifth             | 升五小三和弦
mb6      | mb6        | 1 b3 5 b6           | minor, flat sixth              | 小三加降六和弦
It6      | 7no5       | 1 3 #6              | Italian augmented sixth        | 意大利增六和弦
Fr6      | 7b5        | 1 3 #4 #6           | French augmented sixth         | 法国增六和弦
Ger6     | 7          | 1 3 5 #6            | German augmented sixth         | 德国增六和弦
"""


def _read_rows() -> dict[str, Quality]:
    """Return the table's rows as qualities."""
    table = {}
    for line in _ROWS.strip().splitlines():
        identifier, suffix, degrees, en, zh = (cell.strip() for cell in line.split("|"))
        suffix = "" if suffix == "-" else suffix
        table[identifier] = Quality(identifier, suffix, tuple(degrees.split()), en, zh)
    return table


QUALITIES: dict[str, Quality] = _read_rows()
"""Identifier to quality, the commonest first."""
