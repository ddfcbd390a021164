"""A band under a song: the arranger plays below the sung line, whose notes and words stay.

Offers `add_backing`.
"""

from __future__ import annotations

from dataclasses import replace

from motet.arranger.piece import write_piece
from motet.arranger.request import ArrangeRequest
from motet.brief import Brief
from motet.language import Language
from motet.score import Score
from motet.tasks.kin import kin_style

__all__ = ["add_backing"]


def add_backing(score: Score, brief: Brief, *, language: Language = "en") -> Score:
    """Return a song with an ensemble of the style under it.

    Parameters
    ----------
    score : Score
        Part 0 sings; chords and sections are there.
    brief : Brief
        Style, intensity, swing, seed.
    language : Language

    Returns
    -------
    Score
        Part 0 as it was, its syllables at their notes even where the style swings.

    Examples
    --------
    >>> from motet.score import make_score
    >>> song = make_score("E4:2 D4:2 C4:4", chords="C:2 G7:2 C:4")
    >>> done = add_backing(song, Brief(style="pop", seed=1))
    >>> len(done.parts) > 3, [note.pitch for note in done.parts[0].notes]
    (True, [64, 62, 60])
    """
    voice = score.parts[0]
    sheet = score.with_parts(replace(voice, role="melody"))
    request = ArrangeRequest(
        style=kin_style(brief.style).name, seed=brief.seed, intensity=brief.intensity or 3,
        swing=brief.swing, humanise=brief.humanise,
    )  # fmt: skip
    piece = write_piece(sheet, request, language=language)
    played = piece.score.parts[0]
    moved = {
        old.onset_tick: new.onset_tick for old, new in zip(voice.notes, played.notes, strict=True)
    }
    lyrics = tuple(replace(one, tick=moved.get(one.tick, one.tick)) for one in voice.lyrics)
    spans = tuple(
        replace(
            one, start_tick=moved.get(one.start_tick, one.start_tick),
            end_tick=moved.get(one.end_tick, one.end_tick),
        )
        for one in voice.spans
    )  # fmt: skip
    sung = replace(
        played, name=voice.name, program=voice.program, lyrics=lyrics, spans=spans, role="melody"
    )
    return replace(
        piece.score, parts=(sung, *piece.score.parts[1:]), sections=score.sections,
        tempos=score.tempos, title=score.title,
    )  # fmt: skip
