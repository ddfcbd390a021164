"""The analysis report told in words, in English or Chinese.

Conventions: one fact a line; what is unsure is said to be.
"""

from __future__ import annotations

import numpy as np

from motet.analysis.cadence import CADENCES
from motet.analysis.report import Report
from motet.language import Language, say

__all__ = ["tell_report"]

_FEELS = {
    "straight": ("straight", "平直"),
    "swing": ("swung eighths", "摇摆八分音符"),
    "swing-16": ("swung sixteenths", "摇摆十六分音符"),
    "compound": ("compound (ternary beats)", "复拍子(三分拍)"),
    "unknown": ("not enough off-beats to tell", "反拍太少,无法判断"),
}
_UNSURE_CHORD = 0.5
_MAX_CHORD_BARS = 64


def tell_report(report: Report, *, language: Language = "en") -> list[str]:
    """Return the report as lines for a person.

    Parameters
    ----------
    report : Report
    language : Language

    Returns
    -------
    list of str

    Examples
    --------
    >>> from motet.analysis.report import analyse
    >>> from motet.score import make_score
    >>> lines = tell_report(analyse(make_score("C4+E4+G4:4 F4+A4+C5:4 " * 4, fifths=0)))
    >>> lines[0]
    'Bars: 8, 16.0 s'
    """

    def t(en: str, zh: str) -> str:
        return say(en, zh, language=language)

    score = report.score
    seconds = score.time.tick_to_s(score.end_tick)
    lines = [t(f"Title: {score.title}", f"标题:{score.title}")] if score.title else []
    lines.append(
        t(f"Bars: {score.n_bars}, {seconds:.1f} s", f"小节数:{score.n_bars},{seconds:.1f} 秒")
    )
    lines += _key_lines(report, language)
    lines += _metre_lines(report, language)
    feel = report.feel
    word = t(*_FEELS[feel.feel])
    if feel.swing > 0.5:
        word += t(f", ratio {feel.ratio:.2f} : 1", f",长短比 {feel.ratio:.2f} : 1")
    lines.append(t(f"Tempo: ♩ = {feel.qpm:.1f}", f"速度:♩ = {feel.qpm:.1f}"))
    sure = f" ({feel.p:.0%})" if feel.feel != "unknown" else ""
    lines.append(t(f"Feel: {word}{sure}", f"律动:{word}{sure}"))
    lines += _late_lines(report, language)
    form = "  ".join(
        f"{one.label} {report.bar_number(one.start_bar)}-{report.bar_number(one.end_bar - 1)}"
        for one in report.sections
    )
    lines.append(t(f"Form: {form}", f"曲式:{form}"))
    if report.melody is not None:
        k = report.melody.part
        name = score.parts[k].name or str(k + 1)
        p = f"{report.melody.p:.0%}"
        lines.append(t(f"Melody: {name} ({p} sure)", f"旋律声部:{name}(把握 {p})"))
    lines += _part_lines(report, language)
    lines += _chord_lines(report, language)
    lines += _cadence_lines(report, language)
    return lines


def _key_lines(report: Report, language: Language) -> list[str]:
    if report.key is None:
        return [say("Key: none (nothing pitched)", "调:无(没有音高)", language=language)]
    name = report.key.key.name(language=language)
    guess = say(" (a guess)", "(不确定)", language=language) if report.key.margin < 0.05 else ""
    lines = [
        say(
            f"Key: {name}{guess}, margin {report.key.margin:.2f}",
            f"调:{name}{guess},领先 {report.key.margin:.2f}",
            language=language,
        )
    ]
    if len(report.key_spans) > 1:
        stations = "  ".join(
            say(
                f"{span.key.name()} from bar "
                f"{report.bar_number(report.score.bar_at(span.start_tick))}",
                f"第 {report.bar_number(report.score.bar_at(span.start_tick))} 小节起 "
                f"{span.key.name(language='zh')}",
                language=language,
            )
            for span in report.key_spans[:24]
        )
        lines.append(say(f"Modulations: {stations}", f"转调:{stations}", language=language))
    return lines


def _metre_lines(report: Report, language: Language) -> list[str]:
    metre = report.score.metre_at(0)
    name = f"{metre.numerator}/{metre.denominator}"
    lines = [say(f"Metre: {name}", f"拍号:{name}", language=language)]
    found = report.pickup
    if found is None:
        return lines
    bar = report.score.bars[0]
    is_short = bar.is_irregular and bar.duration_tick < metre.bar_qn * report.score.resolution
    written = bar.duration_tick / report.score.resolution if is_short else 0.0
    p = f"{found.p_pickup:.0%}"
    if abs(found.pickup_qn - written) < 0.01:
        text = (f"Bar lines: fit the notes ({p} sure)", f"小节线:与音符相符(把握 {p})")
    else:
        text = (
            f"Bar lines: the notes suggest a pickup of {found.pickup_qn:g} quarter notes, "
            f"not {written:g} ({p} sure)",
            f"小节线:音符显示弱起为 {found.pickup_qn:g} 个四分音符,而非 {written:g}(把握 {p})",
        )
    lines.append(say(*text, language=language))
    if report.metre is not None and report.metre.p_metre > 0.8:
        other = report.metre.metre
        if other != {"2/2": "4/4"}.get(name, name):
            p = f"{report.metre.p_metre:.0%}"
            lines.append(
                say(
                    f"Bar lines: the notes look like {other} ({p} sure)",
                    f"小节线:音符更像 {other} 拍(把握 {p})",
                    language=language,
                )
            )
    return lines


def _late_lines(report: Report, language: Language) -> list[str]:
    """Return who plays early or late, where anyone does by 4 ms or more."""
    if report.feel.is_quantised:
        return []
    found = []
    for part, late, spread in zip(
        report.score.parts, report.feel.late_ms, report.feel.spread_ms, strict=True
    ):
        if not np.isnan(late) and (abs(late) >= 4 or spread >= 4):
            found.append(f"{part.name} {late:+.0f} ± {spread:.0f} ms")
    text = "  ".join(found[:12])
    return (
        [say(f"Timing (late +): {text}", f"时间偏差(晚为正):{text}", language=language)]
        if text
        else []
    )


def _part_lines(report: Report, language: Language) -> list[str]:
    """Return a line a part: difficulty with its reasons, density, polyphony."""
    lines = [say("Parts:", "声部:", language=language)]
    features = report.features
    for k, (part, hard) in enumerate(zip(report.score.parts, report.difficulty, strict=True)):
        name = part.name or str(k + 1)
        if hard is None:
            lines.append(f"  {name}  -")
            continue
        reasons = say(", ", "、", language=language).join(
            reason.text(language=language) for reason in hard.reasons[:2] if reason.points >= 0.3
        )
        plays = features.n_notes[k] > 0
        density = float(features.density[k][plays].mean())
        polyphony = float(features.polyphony[k][plays].mean())
        lines.append(
            say(
                f"  {name}  difficulty {hard.grade:g}/10: {reasons or 'easy'}; "
                f"{density:.1f} onsets a quarter, {polyphony:.1f} at once",
                f"  {name}  难度 {hard.grade:g}/10:{reasons or '容易'};每四分音符 {density:.1f} 个起音,"
                f"同时 {polyphony:.1f} 音",
                language=language,
            )
        )
    return lines


def _chord_lines(report: Report, language: Language) -> list[str]:
    """Return the chords by bar with Roman numerals; unsure ones carry a question mark."""
    if not report.chords:
        return []
    mean = float(np.mean([one.confidence for one in report.chords]))
    lines = [
        say(
            f"Chords (mean confidence {mean:.0%}; ? is below {_UNSURE_CHORD:.0%}):",
            f"和弦(平均把握 {mean:.0%};? 表示低于 {_UNSURE_CHORD:.0%}):",
            language=language,
        )
    ]
    by_bar: dict[int, list[str]] = {}
    for one in report.chords:
        mark = "?" if one.confidence < _UNSURE_CHORD else ""
        roman = f" {one.roman}" if one.roman else ""
        by_bar.setdefault(one.bar, []).append(f"{one.symbol}{mark}{roman}")
    row: list[str] = []
    for bar, words in list(by_bar.items())[:_MAX_CHORD_BARS]:
        row.append(f"{bar}: " + ", ".join(words))
        if len(row) == 4:
            lines.append("  " + " | ".join(row))
            row = []
    if row:
        lines.append("  " + " | ".join(row))
    if len(by_bar) > _MAX_CHORD_BARS:
        rest = len(by_bar) - _MAX_CHORD_BARS
        lines.append(
            say(
                f"  ... {rest} bars more: --json",
                f"  …… 另有 {rest} 小节:--json",
                language=language,
            )
        )
    return lines


def _cadence_lines(report: Report, language: Language) -> list[str]:
    """Return the cadences by bar, kinds in one line each."""
    if not report.cadences:
        return []
    bars: dict[str, list[str]] = {}
    for one in report.cadences:
        number = report.bar_number(report.score.bar_at(one.tick))
        bars.setdefault(one.kind, []).append(str(number))
    lines = [say("Cadences (by bar):", "终止式(按小节):", language=language)]
    colon = say(": ", ":", language=language)
    lines += [
        f"  {say(*CADENCES[kind], language=language)}{colon}{' '.join(numbers[:40])}"
        for kind, numbers in bars.items()
    ]
    return lines
