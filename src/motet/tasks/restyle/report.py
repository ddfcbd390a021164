"""What a restyled score keeps and what it changed, measured on the notes, and what a user should know.

Conventions: a line of the report is held to account where something was to be kept; the marks of the
style and what changed are measurements.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from motet.analysis import estimate_feel
from motet.evaluate import consonance
from motet.score import Note, Score
from motet.tasks.check import Adherence, Check, same
from motet.tasks.restyle.harmony import Harmony
from motet.tasks.restyle.keep import Keep
from motet.tasks.restyle.lay import has_groove
from motet.tasks.restyle.marks import MARKS, style_marks
from motet.tasks.restyle.source import Source
from motet.tasks.restyle.tally import count_kept, count_order, same_form
from motet.tasks.restyle.target import Target

__all__ = ["Story", "report_restyled"]


@dataclass(frozen=True, kw_only=True)
class Story:
    """How a score was restyled.

    Parameters
    ----------
    source : Source
        As it was planned, in its new metre if it has one.
    target : Target
    keep : Keep
    harmony : Harmony
    tune : tuple of Note
        What was to be found again, at the original's resolution.
    kept_parts : tuple of (int, int)
        Index of a part in the result, and in the original.
    shift_semi : int, semitones
    share_playable : float
        Of the tune on its instrument.
    n_moved, n_added, n_bent, n_dropped : int
        Notes of the tune that begin elsewhere, are new, have another pitch, or were left out.
    is_rebarred : bool
    """

    source: Source
    target: Target
    keep: Keep
    harmony: Harmony
    tune: tuple[Note, ...]
    kept_parts: tuple[tuple[int, int], ...] = ()
    shift_semi: int = 0
    share_playable: float = 1.0
    n_moved: int = 0
    n_added: int = 0
    n_bent: int = 0
    n_dropped: int = 0
    is_rebarred: bool = False
    more: tuple[tuple[str, str], ...] = field(default=())


def report_restyled(
    done: Score, original: Score, story: Story
) -> tuple[Adherence, tuple[tuple[str, str], ...]]:
    """Return what was kept and reached, line by line, and remarks.

    Parameters
    ----------
    done, original : Score
        In the same metre, if the original was given another.
    story : Story

    Returns
    -------
    Adherence, tuple of (str, str)

    Examples
    --------
    >>> report_restyled.__name__
    'report_restyled'
    """
    checks = [*_tune_checks(done, original, story), *_part_checks(done, original, story)]
    checks += [*_frame_checks(done, original, story), *_harmony_checks(story), _ending_check(done)]
    if "melody" not in story.keep:
        checks.append(_change_check(story))
    checks += _mark_checks(done, story)
    return Adherence(checks=tuple(checks)), (*story.more, *_remarks(done, original, story))


def _tune_checks(done: Score, original: Score, story: Story) -> list[Check]:
    """Count the notes of the tune, as it was to be kept."""
    new = done.parts[0].notes
    old, total = story.tune, len(story.tune)
    ticks = (original.resolution, done.resolution)
    exact = count_kept(old, new, resolutions=ticks)
    order = count_order(
        [n for n in old if n.duration_tick], [n for n in new if n.duration_tick],
        shift_semi=story.shift_semi,
    )  # fmt: skip
    sounding = sum(1 for note in old if note.duration_tick)
    placed = count_kept(old, new, resolutions=ticks, pitch=False, duration=False)
    rows = (
        ("melody", ("notes of the melody, exact", "旋律音符(完全一致)"), exact, total),
        ("tune", ("pitches of the tune, in order", "曲调音高(次序一致)"), order, sounding),
        ("rhythm", ("onsets of the tune, in place", "曲调起音(位置一致)"), placed, total),
    )
    return [
        Check(
            name=name, what=what, requested=same(str(n)) if name in story.keep else ("", ""),
            measured=same(f"{found}/{n}"), ok=found == n if name in story.keep else None,
        )
        for name, what, found, n in rows
    ]  # fmt: skip


def _change_check(story: Story) -> Check:
    """Tell what became of a tune that was not kept to the tick."""
    found = [
        (story.n_moved, "moved in time", "改动时间"), (story.n_added, "added", "新增"),
        (story.n_bent, "with another pitch", "改音高"), (story.n_dropped, "left out", "省去"),
    ]  # fmt: skip
    told = [(f"{n} {en}", f"{n} 个{zh}") for n, en, zh in found if n]
    if story.shift_semi:
        way, way_zh = ("up", "升") if story.shift_semi > 0 else ("down", "降")
        n = abs(story.shift_semi) // 12
        told.append((f"{n} octave{'s' * (n > 1)} {way}", f"{way_zh} {n} 个八度"))
    en, zh = ", ".join(one[0] for one in told), "、".join(one[1] for one in told)
    return Check(
        name="tune changes", what=("what became of the tune", "曲调的改动"), requested=("", ""),
        measured=(en or "nothing but its feel", zh or "仅律动"), ok=None,
    )  # fmt: skip


def _part_checks(done: Score, original: Score, story: Story) -> list[Check]:
    """Count the notes of parts that were kept whole."""
    found = []
    for now, before in story.kept_parts:
        old, new = original.parts[before], done.parts[now]
        n = count_kept(old.notes, new.notes, resolutions=(original.resolution, done.resolution))
        found.append(
            Check(
                name="part", what=(f"notes of {old.name or before + 1}", f"{old.name or before + 1} 的音符"),
                requested=same(str(len(old.notes))), measured=same(f"{n}/{len(old.notes)}"),
                ok=n == len(old.notes) == len(new.notes),
            )
        )  # fmt: skip
    if "lyrics" in story.keep:
        words = [one.text for one in original.parts[story.source.melody_part].lyrics]
        sung = [one.text for one in done.parts[0].lyrics]
        found.append(
            Check(
                name="lyrics", what=("syllables", "歌词音节"), requested=same(str(len(words))),
                measured=same(str(len(sung))), ok=words == sung,
            )
        )  # fmt: skip
    return found


def _frame_checks(done: Score, original: Score, story: Story) -> list[Check]:
    """Compare bars, metre, key and tempo."""
    keep = story.keep
    is_same = same_form(original, done)
    metres = [_metres(one) for one in (original, done)]
    tempos = [_tempo(one) for one in (original, done)]
    key = story.source.key
    return [
        Check(
            name="form", what=("bars, repeats and endings", "小节、反复与结尾"),
            requested=same(str(original.n_bars)) if "form" in keep else ("", ""),
            measured=same(str(done.n_bars)), ok=is_same if "form" in keep else None,
        ),
        Check(
            name="metre", what=("metre", "拍号"), requested=same(metres[0]) if "metre" in keep else ("", ""),
            measured=same(metres[1]), ok=metres[0] == metres[1] if "metre" in keep else None,
        ),
        Check(
            name="key", what=("key", "调"),
            requested=(key.name(), key.name(language="zh")) if "key" in keep else ("", ""),
            measured=(key.name(), key.name(language="zh")), ok=True if "key" in keep else None,
        ),
        Check(
            name="tempo", what=("tempo (quarters a minute)", "速度(每分钟四分音符)"),
            requested=same(tempos[0]) if "tempo" in keep else ("", ""),
            measured=same(tempos[1] if "tempo" in keep else f"{tempos[0]} > {tempos[1]}"),
            ok=tempos[0] == tempos[1] if "tempo" in keep else None,
        ),
    ]  # fmt: skip


def _metres(score: Score) -> str:
    names = dict.fromkeys(f"{b.metre.numerator}/{b.metre.denominator}" for b in score.bars)
    return ", ".join(names)


def _tempo(score: Score) -> str:
    return f"{score.tempos[0].qpm:.4g}" if score.tempos else "120"


def _harmony_checks(story: Story) -> list[Check]:
    """Tell how much of the time the chords are the source's."""
    share = story.harmony.share_same
    asked = "harmony" in story.keep
    counts = [
        sum(bool(chord.root) for _, chord in one)
        for one in (story.source.chords, story.harmony.chords)
    ]
    roots = f"{100 * story.harmony.share_root:.0f} %, {counts[0]} > {counts[1]}"
    return [
        Check(
            name="harmony", what=("time with the source's chords", "沿用原和弦的时间"),
            requested=same("100 %") if asked else ("", ""), measured=same(f"{100 * share:.0f} %"),
            ok=share > 0.9999 if asked else None,
        ),
        Check(
            name="roots", what=("… with its roots; number of chords", "……沿用原根音;和弦数"),
            requested=("", ""), measured=same(roots), ok=None,
        ),
    ]  # fmt: skip


def _ending_check(done: Score) -> Check:
    """Check that no part sounds past the last bar, and that the last bar is not silent."""
    end = done.bars[-1].end_tick
    last = max((part.end_tick for part in done.parts), default=0)
    sounds = any(
        note.end_tick > done.bars[-1].start_tick for part in done.parts for note in part.notes
    )
    return Check(
        name="ending", what=("ends with the last bar", "结束于末小节"), requested=same(f"{end}"),
        measured=same(f"{last}"), ok=sounds and last <= end,
    )  # fmt: skip


def _mark_checks(done: Score, story: Story) -> list[Check]:
    """Measure the style's own marks, and how the whole sounds together."""
    found = style_marks(done, story.target.style, key=story.source.key)
    rows = [
        Check(
            name=f"style {name}", what=(f"style: {MARKS[name][0]}", f"风格:{MARKS[name][1]}"),
            requested=("", ""), measured=same(f"{100 * value:.0f} %"), ok=None,
        )
        for name, value in found.items()
    ]  # fmt: skip
    rows.append(
        Check(
            name="consonance", what=("consonant sound", "协和音响"), requested=("", ""),
            measured=same(f"{100 * consonance(done):.0f} %"), ok=None,
        )
    )  # fmt: skip
    return rows


def _remarks(done: Score, original: Score, story: Story) -> list[tuple[str, str]]:
    """Return what a user should know: doubts, what could not be, what is on offer."""
    source, keep = story.source, story.keep
    found: list[tuple[str, str]] = []
    name = original.parts[source.melody_part].name or str(source.melody_part + 1)
    if not source.is_melody_sure:
        found.append(
            (
                f"The tune was taken from part {name!r}, {100 * source.p_melody:.0f} % sure; "
                "name another part as the melody if that is wrong.",
                f"曲调取自声部“{name}”,把握 {100 * source.p_melody:.0f} %;如不对,请指明旋律声部。",
            )
        )
    if source.is_top_line:
        found.append(
            (
                f"Part {name!r} plays more than one line; its top line is the tune.",
                f"声部“{name}”不止一条线;取其最高线作为曲调。",
            )
        )
    if source.chords_from != "symbols" and source.p_chords < 0.7:
        found.append(
            (
                f"The chords were read off the notes, {100 * source.p_chords:.0f} % sure.",
                f"和弦由音符推断,把握 {100 * source.p_chords:.0f} %。",
            )
        )
    if story.share_playable < 0.98:
        found.append(
            (
                f"{100 * (1 - story.share_playable):.0f} % of the tune lies outside the range of "
                f"{done.parts[0].name}; keep 'tune' instead of 'melody' to let it move by octaves.",
                f"曲调有 {100 * (1 - story.share_playable):.0f} % 超出{done.parts[0].name}的音域;"
                "改为保留“曲调”可让它移高或移低八度。",
            )
        )
    return [*found, *_metre_remarks(done, story), *_feel_remarks(done, story, keep)]


def _metre_remarks(done: Score, story: Story) -> list[tuple[str, str]]:
    """Offer the style's own metre where its groove was bent to the tune's."""
    metre = done.metre_at(done.bars[-1].start_tick)
    own = f"{metre.numerator}/{metre.denominator}"
    style = story.target.style
    if has_groove(style, metre) or story.is_rebarred:
        return []
    title, title_zh = story.target.title(), story.target.title("zh")
    return [
        (
            f"{title} has no groove in {own}; one in {style.metre} was fitted to the tune's bars. "
            f"metre={style.metre!r} moves the tune into that metre instead, no note lost.",
            f"{title_zh}没有 {own} 的律动;已把 {style.metre} 的律动套到原小节上。"
            f"用 metre={style.metre!r} 可把曲调改为该拍号,不丢音符。",
        )
    ]


def _feel_remarks(done: Score, story: Story, keep: Keep) -> list[tuple[str, str]]:
    """Say that a tune kept to the tick does not swing with its band."""
    if "melody" not in keep:
        return []
    swings = max((groove.swing for groove in story.target.style.grooves), default=0.5) > 0.55
    tune = done.with_parts(done.parts[0])
    if not swings or estimate_feel(tune).feel != "straight":
        return []
    return [
        (
            "The melody is kept to the tick, so its even quavers stay even, and the band swings "
            "lightly; keep 'tune' instead of 'melody' to let it swing too.",
            "旋律逐音保留,其均分八分音符不摇摆,乐队只轻摇;改为保留“曲调”可让它一同摇摆。",
        )
    ]
