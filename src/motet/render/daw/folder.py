"""The hand-off folder: MIDI, MusicXML, stems, mix, chord chart, README, licence and signed record.

Conventions: ``NAME.mid`` is type 1 with one named track and one channel a part; stems lie in ``stems/`` and
name number, part and tempo: ``NAME 01 Bass 120bpm.wav``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import numpy as np

from motet.audio import Audio
from motet.audio.file import write_audio
from motet.errors import ParameterError
from motet.io import write_midi, write_musicxml
from motet.io.atomic import write_whole
from motet.language import Language, say
from motet.provenance import Record, embed, record_in, record_of, write_licence, write_sidecar
from motet.provenance.sidecar import SIDECAR_ENDING
from motet.render.chart import chart_bars, draw_chart
from motet.render.daw.chord_track import chord_part
from motet.render.daw.readme import Contents, readme_text
from motet.render.daw.tidy import Tidied, tidy_score
from motet.render.effects import limit
from motet.render.sound import render_stems
from motet.score import KeySignature, Score

__all__ = ["handoff"]

_PEAK = 10.0 ** (-1.0 / 20.0)
_MAX_NAME = 60
_TONICS = ("Cb", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#")


def handoff(
    source: Any,
    folder: str | Path,
    *,
    name: str = "",
    chords: Literal["text", "track"] = "text",
    stems: bool = True,
    sample_rate_hz: int = 44100,
    soundfont: str | Path | None = None,
    language: Language = "en",
    progress: Callable[[float, str], None] | None = None,
    on_remark: Callable[[str, str], None] | None = None,
) -> list[Path]:
    """Write a folder for a digital audio workstation and return its files.

    Parameters
    ----------
    source : Composition, Arrangement, Project, Score, str or Path
        A path is a score file or a ``.motet`` project.
    folder : str or Path
        Made if missing; files of the same names are replaced.
    name : str
        Of the files; empty is that of the source file, else the title, else ``"song"``.
    chords : "text" or "track"
        Chord symbols as text in the first track, or as a track of block chords with lyrics as well,
        which is in the MIDI alone.
    stems : bool
        Whether sound is rendered: a WAV a part, and the mix.
    sample_rate_hz : int, Hz, 8000 to 192000
    soundfont : str, Path or None
        None is the built-in one.
    language : Language
        Of what is reported while it works; README and licence are in both languages.
    progress : callable or None
        ``progress(fraction, label)``.
    on_remark : callable or None
        Called with what a user should know, in English and Chinese.

    Returns
    -------
    list of Path

    Raises
    ------
    ParameterError
        An option is not allowed, the piece has no note, or the folder cannot be written.
    FormatError
        The source cannot be read.

    Examples
    --------
    >>> import motet
    >>> piece = motet.arrange("| C | G |", bars=2)
    >>> [file.name for file in handoff(piece, "daw", name="two", stems=False)][:2]
    ['two.mid', 'two.musicxml']
    """
    if chords not in ("text", "track"):
        raise ParameterError(
            f"chords must be 'text' or 'track', got {chords!r}",
            zh=f"chords 必须是 'text' 或 'track',收到 {chords!r}",
        )
    given = Path(source).stem if isinstance(source, str | Path) else ""
    source = _opened(source)
    record = record_of(source)
    score = source if isinstance(source, Score) else source.score
    if not score.n_notes:
        raise ParameterError(
            "there is no note to hand off; give a score with notes",
            zh="没有可交接的音符;请给出有音符的乐谱",
        )
    record = replace(record, snapshot={}, digests={})
    score = replace(score, title=record.title or score.title)
    stem = _safe(name or given or score.title or "song")
    place = _made(Path(folder))
    tidied, own = _prepared(score, record, with_track=chords == "track")
    files = [place / f"{stem}.mid", place / f"{stem}.musicxml"]
    write_midi(tidied.score, files[0], slots=tidied.slots)
    whole = embed(score, record)
    write_musicxml(whole, files[1])
    records = {files[0].name: own.digest, files[1].name: _digest(whole)}
    remarks = tidied.remarks()
    if stems:
        heard = tidied.score.with_parts(*tidied.score.parts[: len(score.parts)])
        files += _sound(heard, place, stem, sample_rate_hz, soundfont, language, progress)
    chart = draw_chart(chart_bars(score), max_lines=100_000)
    if chart:
        files.append(place / f"{stem} chords.txt")
        write_whole(files[-1], ("\n".join(chart) + "\n").encode())
    readme = place / "README.txt"
    rate = sample_rate_hz if stems else 0
    write_whole(readme, readme_text(_contents(tidied, stem, files, remarks, rate)).encode())
    font = Path(soundfont).name if soundfont is not None else ""
    licence = write_licence(place, own, kinds=("wav",) if stems else (), font=font)
    files += [readme, licence]
    sidecar, why = write_sidecar(place / f"{stem}{SIDECAR_ENDING}", own, files, records=records)
    for one in [*remarks, *([why] if why[0] else [])]:
        if on_remark is not None:
            on_remark(*one)
    if progress is not None:
        progress(1.0, say("done", "完成", language=language))
    return [*files, sidecar]


def _opened(source: Any) -> Any:
    """Return what a path holds; anything else as it is."""
    if not isinstance(source, str | Path):
        return source
    from motet.io import read
    from motet.project import Project

    if Path(source).suffix.lower() == ".motet":
        return Project.open(source)
    return read(source).score


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ParameterError(
            f"cannot make the folder {str(folder)!r}: {error.strerror}; choose another place",
            zh=f"无法建立文件夹 {str(folder)!r}:{error.strerror};请换一个位置",
        ) from error
    return folder


def _safe(name: str) -> str:
    """Return a name that every system takes for a file."""
    text = "".join(one if one.isalnum() or one in " -_" else "_" for one in name).strip(" ._")
    return text[:_MAX_NAME].strip() or "song"


def _prepared(score: Score, record: Record, *, with_track: bool) -> tuple[Tidied, Record]:
    """Return the score for the MIDI, carrying its own record."""
    written = record.written
    if with_track and (part := chord_part(score)) is not None:
        playing = {score.bar_at(note.onset_tick) for note in part.notes}
        row = "".join("a" if bar in playing else "." for bar in range(score.n_bars))
        score, written = score.with_parts(*score.parts, part), (*written, row)
    tidied = tidy_score(score)
    names = tuple(part.name for part in tidied.score.parts)
    own = replace(record, parts=names, written=written)
    carrying = embed(tidied.score, own)
    found = record_in(carrying)
    return replace(tidied, score=carrying), found if found is not None else own


def _digest(score: Score) -> str:
    record = record_in(score)
    return record.digest if record is not None else ""


def _sound(
    score: Score,
    place: Path,
    stem: str,
    rate_hz: int,
    soundfont: str | Path | None,
    language: Language,
    progress: Callable[[float, str], None] | None,
) -> list[Path]:
    """Write a WAV a part, all equally long, and the mix."""
    label = say("rendering", "渲染", language=language)

    def tell(done: int, total: int) -> None:
        if progress is not None:
            progress(0.9 * done / max(1, total), label)

    found = render_stems(score, sample_rate_hz=rate_hz, soundfont=soundfont, progress=tell)
    peak = max(float(np.max(np.abs(one.samples), initial=0.0)) for one in found.values())
    gain = np.float32(min(1.0, _PEAK / peak) if peak else 1.0)
    speed = _speed(score)
    folder = _made(place / "stems")
    mix = np.zeros_like(next(iter(found.values())).samples)
    files = []
    for k, (name, audio) in enumerate(found.items(), start=1):
        mix += audio.samples
        path = folder / f"{stem} {k:02d} {_safe(name)} {speed}.wav"
        files.append(_wav(audio.samples * gain, path, rate_hz, score.title))
    sound = np.ascontiguousarray(mix.T)
    limit(sound, rate_hz=rate_hz)
    path = place / f"{stem} mix {speed}.wav"
    return [_wav(np.ascontiguousarray(sound.T), path, rate_hz, score.title), *files]


def _wav(samples: Any, path: Path, rate_hz: int, title: str) -> Path:
    return write_audio(Audio(samples, rate_hz), path, quality="high", title=title)


def _speed(score: Score) -> str:
    """Return the tempo for the name of a file: ``120bpm``, ``92.5bpm-varies``."""
    first = f"{score.tempos[0].qpm:.2f}".rstrip("0").rstrip(".")
    varies = "-varies" if len({one.quarter_us for one in score.tempos}) > 1 else ""
    return f"{first}bpm{varies}"


def _contents(
    tidied: Tidied, stem: str, files: list[Path], remarks: list[tuple[str, str]], rate_hz: int
) -> Contents:
    score = tidied.score

    def bar(tick: int) -> int:
        return score.bars[score.bar_at(tick)].number

    words = {
        ".mid": ("the notes, a named track a part, tempo, metre, key, markers, chords as text",
                 "音符:每声部一条命名音轨,含速度、拍号、调号、标记、和弦文字"),
        ".musicxml": ("the notation", "乐谱"), ".txt": ("the chord chart", "和弦谱"),
    }  # fmt: skip
    rows = [(one.name, *words[one.suffix]) for one in files if one.suffix in words]
    if rate_hz:
        mix = next(one.name for one in files if one.parent.name != "stems" and one.suffix == ".wav")
        n = sum(one.parent.name == "stems" for one in files)
        rows += [(mix, "the mix", "混音"),
                 ("stems/", f"{n} stems, one a part", f"{n} 条分轨,每声部一条")]  # fmt: skip
    rows += [
        ("LICENSE-music.txt", "who may do what with it", "谁可以怎样使用"),
        (f"{stem}{SIDECAR_ENDING}", "how it came to be, signed", "作品来历,已签名"),
    ]
    return Contents(
        title=score.title, files=rows, remarks=remarks, sample_rate_hz=rate_hz,
        parts=[
            (part.name, channel + 1, port + 1, part.program + 1, part.is_drums)
            for part, (port, channel) in zip(score.parts, tidied.slots, strict=True)
        ],
        tempos=[(bar(one.tick), f"{one.qpm:.5g}") for one in score.tempos],
        metres=[(bar(one.tick), f"{one.numerator}/{one.denominator}") for one in score.metres],
        keys=[(bar(one.tick), _key(one)) for one in score.keys],
        sections=[(bar(one.tick), one.label) for one in score.sections],
    )  # fmt: skip


def _key(key: KeySignature) -> str:
    shift = {"minor": 3, "aeolian": 3}.get(key.mode, 0)
    place = key.fifths + 7 + shift
    names = (*_TONICS, "G#", "D#", "A#")
    mode = key.mode or "major"
    return f"{names[place]} {mode}" if mode in ("major", "minor") else f"{key.fifths:+d} {mode}"
