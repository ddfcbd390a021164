"""The pieces that the benchmark of the ears plays: where they lie, and how they are played.

Three of each of eight styles: from the split ``test`` of the corpus, from POP909 (labels of people; for
measuring only), or played by the arranger over lead sheets of that split.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ARRANGED", "PIECES", "STYLES", "Origin"]

STYLES = (
    "baroque keyboard", "chorale", "string quartet", "romantic piano", "folk tune", "pop with drums",
    "jazz and bossa", "game music",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a piece lies and how it is played.

    ``qpm`` 0 keeps the file's own tempo; ``drift`` is how far the tempo wanders (0.02: two parts in a
    hundred), ``jitter_ms`` how far an onset strays. ``programs`` replace the file's where it has none.
    """

    name: str
    style: str
    archive: str
    member: str
    key: str = ""
    qpm: float = 0.0
    start_bar: int = 0
    programs: tuple[int, ...] = ()
    drift: float = 0.0
    jitter_ms: float = 0.0
    has_beats: bool = True


_POLISH = "polish-scores/pl-wtm/kern/pl-wtm--1936-fp-6535_stojowski-zygmunt--mazurka-op-8-no-2.krn"
_SYMPATHY = "polish-scores/pl-wn/kern/pl-wn--mus-iii-147-376_badarzewska-tekla--sympathie-melodie-italienne.krn"
_QUARTETS = "openscore-quartets/scores/"
_SONGS = "openewld/dataset/"
PIECES = (
    Origin(name="invention", style=STYLES[0], archive="clean/mutopia-pd-ccby", key="G minor", qpm=72,
           member="mutopia-pd-ccby/midi/PD/BachJS/BWV782/bach-invention-11/bach-invention-11.mid",
           programs=(6, 6), drift=0.02, jitter_ms=6),
    Origin(name="prelude", style=STYLES[0], archive="clean/mutopia-pd-ccby", key="D minor", qpm=92,
           member="mutopia-pd-ccby/midi/PD/BachJS/BWV999/Bach_Prelude_BWV999/Bach_Prelude_BWV999.mid",
           programs=(0,), drift=0.02, jitter_ms=6),
    Origin(name="organ", style=STYLES[0], archive="clean/mutopia-pd-ccby", key="C major", qpm=66,
           member="mutopia-pd-ccby/midi/PD/BachJS/BWV693/bwv693/bwv693.mid",
           programs=(19, 19, 19), drift=0.01, jitter_ms=5),
    Origin(name="ewing", style=STYLES[1], archive="clean/openhymnal", key="C major", qpm=96,
           member="openhymnal/Complete/Jerusalem_the_Golden/Jerusalem_the_Golden-Ewing.abc",
           programs=(52, 52), drift=0.02, jitter_ms=8),
    Origin(name="st-denio", style=STYLES[1], archive="clean/openhymnal", key="G major", qpm=112,
           member="openhymnal/Complete/Immortal_Invisible_God_Only_Wise/"
           "Immortal_Invisible_God_Only_Wise-St_Denio.abc",
           programs=(19, 19), drift=0.01, jitter_ms=5),
    Origin(name="nun-komm", style=STYLES[1], archive="clean/openhymnal", key="G minor", qpm=80,
           member="openhymnal/Complete/Savior_Of_The_Nations_Come/"
           "Savior_Of_The_Nations_Come-Nun_Komm_Der_Heiden_Heiland.abc",
           programs=(0, 0), drift=0.02, jitter_ms=8),
    Origin(name="arriaga", style=STYLES[2], archive="clean/openscore-quartets", key="Eb major", qpm=116,
           member=_QUARTETS + "Arriaga,_Juan_Crisóstomo_de/String_Quartet_No.3_in_E-flat_Major/"
           "sq7383977.mxl", drift=0.02, jitter_ms=8),
    Origin(name="boccherini", style=STYLES[2], archive="clean/openscore-quartets", key="A major", qpm=76,
           member=_QUARTETS + "Boccherini,_Luigi/String_Quartet_in_A_major,_G.213_(Op.39)/sq8454356.mxl",
           drift=0.02, jitter_ms=8, start_bar=1),
    Origin(name="beethoven", style=STYLES[2], archive="clean/openscore-quartets", qpm=132, start_bar=40,
           member=_QUARTETS + "Beethoven,_Ludwig_van/String_Quartet_No.13_in_B♭_major,_Op.130/"
           "sq11539384.mxl", drift=0.02, jitter_ms=8),
    Origin(name="ballade", style=STYLES[3], archive="clean/chopin-first-editions", key="Ab major",
           qpm=84, member="chopin-first-editions/kern/047-1a-Sm.krn", drift=0.06, jitter_ms=10),
    Origin(name="mazurka", style=STYLES[3], archive="clean/polish-scores", key="C major", qpm=126,
           member=_POLISH, drift=0.06, jitter_ms=10),
    Origin(name="sympathy", style=STYLES[3], archive="clean/polish-scores", key="Eb major", qpm=92,
           member=_SYMPATHY, drift=0.05, jitter_ms=10),
    Origin(name="polka", style=STYLES[4], archive="clean/ceol-rince", key="D major", qpm=120,
           member="ceol-rince/MIDI/KerryBorderpolkaThe.mid", programs=(40,), drift=0.02, jitter_ms=8),
    Origin(name="jig", style=STYLES[4], archive="clean/ceol-rince", key="D major", qpm=168,
           member="ceol-rince/MIDI/TomConnorsJig.mid", programs=(73,), drift=0.02, jitter_ms=8),
    Origin(name="reel", style=STYLES[4], archive="clean/ceol-rince", qpm=160,
           member="ceol-rince/MIDI/FarewelltoConnachtreel.mid", programs=(21, 25, 25), drift=0.02,
           jitter_ms=8),
    Origin(name="pop-066", style=STYLES[5], archive="evaluate/pop909",
           member="pop909/POP909/066/066.mid", start_bar=8, programs=(73, 26, 0)),
    Origin(name="pop-390", style=STYLES[5], archive="evaluate/pop909",
           member="pop909/POP909/390/390.mid", start_bar=8, programs=(65, 25, 0)),
    Origin(name="pop-730", style=STYLES[5], archive="evaluate/pop909",
           member="pop909/POP909/730/730.mid", start_bar=8, programs=(56, 48, 4)),
    Origin(name="swing", style=STYLES[6], archive="clean/openewld", qpm=150, member=_SONGS
           + "Lorenz_Hart-Richard_Rodgers/My_Heart_Stood_Still/My_Heart_Stood_Still.mxl"),
    Origin(name="bossa", style=STYLES[6], archive="clean/openewld", qpm=128, member=_SONGS
           + "Clarence_Gaskill-Jimmy_McHugh/I_Can't_Believe_That_You're_in_Love_with_Me/"
           "I_Can't_Believe_That_You're_in_Love_with_Me.mxl"),
    Origin(name="ballad", style=STYLES[6], archive="clean/openewld", key="F major", qpm=76, member=_SONGS
           + "A._Emmett_Adams-Douglas_Furber/The_Bells_of_St._Mary's/The_Bells_of_St._Mary's.mxl"),
    Origin(name="map02", style=STYLES[7], archive="clean/freedoom",
           member="freedoom/musics/d_map02.mid", start_bar=8),
    Origin(name="flying-away", style=STYLES[7], archive="clean/simutrans",
           member="simutrans/simutrans/music/34-flyingaway.mid", start_bar=4),
    Origin(name="e1m9", style=STYLES[7], archive="clean/blasphemer",
           member="blasphemer/musics/mus_e1m9.mid", has_beats=False),
)  # fmt: skip
ARRANGED = {"swing": "swing", "bossa": "bossa", "ballad": "jazz-ballad"}
"""Pieces that the arranger plays, and its style for each."""
