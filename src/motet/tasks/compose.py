"""Compose: a brief in, a piece out, by a model, by the arranger, or by both.

Conventions: everything is planned and checked before a note is written; the same brief, bundle and build
give the same notes. Without a bundle the arranger writes all parts, and the result says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from motet.brief import Brief, brief_from_dict
from motet.engine.bundle import Bundle, list_bundles, load_bundle
from motet.engine.write import Cancel
from motet.errors import BundleError, ParameterError
from motet.language import Language
from motet.originality import Neighbour
from motet.tasks.adherence import check_adherence
from motet.tasks.avoidance import restrain_score
from motet.tasks.composition import Composition
from motet.tasks.draft import Draft, write_draft
from motet.tasks.hands import join_hands, lay_hands
from motet.tasks.neighbour import judge_cells, open_block, tell_copies
from motet.tasks.notes import put_cells
from motet.tasks.perform import perform
from motet.tasks.plan import TaskPlan, plan_brief
from motet.tasks.refer import follow_references

__all__ = ["DEFAULT_BUNDLE", "compose", "open_bundle"]

DEFAULT_BUNDLE = "small"
"""The bundle that is taken when none is named."""

_MOST_TRIES = 3
_SEED_STEP = 1_000_003
_NO_BUNDLE = (
    "No model is installed, so the arranger wrote everything.",
    "没有安装模型,全部由编配器写成。",
)


def open_bundle(bundle: str | Path | Bundle | None) -> Bundle | None:
    """Return the bundle that a caller means; None when none is named and the usual one is missing.

    Parameters
    ----------
    bundle : str, Path, Bundle or None
        A name, a folder, an open one, or None for the usual one.

    Returns
    -------
    Bundle or None

    Raises
    ------
    BundleError
        The bundle that is named is not there, does not fit, or is of another interface.

    Examples
    --------
    >>> open_bundle(None) is None or open_bundle(None).name == DEFAULT_BUNDLE
    True
    """
    if bundle is None:
        return load_bundle(DEFAULT_BUNDLE) if DEFAULT_BUNDLE in list_bundles() else None
    found = bundle if isinstance(bundle, Bundle) else load_bundle(bundle)
    if found.interface != "tokens":
        raise BundleError(
            f"{found.name!r} is a model of phrases, not of whole pieces; take {DEFAULT_BUNDLE}, or call "
            "motet generate with it",
            zh=f"{found.name!r} 是乐句模型,不能用于整首乐曲;请用 {DEFAULT_BUNDLE},或以它调用 motet generate",
        )
    return found


def compose(
    brief: Brief | Mapping[str, Any] | str | None = None,
    *,
    bundle: str | Path | Bundle | None = None,
    language: Language = "en",
    on_bar: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,
    originality: bool = True,
    **options: Any,
) -> Composition:
    """Return a piece that answers a brief.

    Parameters
    ----------
    brief : Brief, mapping, str or None
        What is asked for; a string is a sentence in English or Chinese (`motet.understand` tells how
        it is read).
    bundle : str, Path, Bundle or None
        The model: a name of `motet.engine.list_bundles`, a folder; None is the usual one.
    language : Language
        Of title, part and section names.
    on_bar : callable or None
        Called with (bars done, bars in all) while the model writes.
    cancel : Cancel or None
        Set from another thread to stop.
    originality : bool
        Whether long runs of training music are stopped while it is written, and the result is looked
        up and written anew, twice at most, where it is a copy.
    **options
        Fields of `Brief` (``chords="Dm7 G7"``, ``bars=8``, ``seed=7`` ...), which win over those of
        `brief`.

    Returns
    -------
    Composition

    Raises
    ------
    ParameterError
        An option is unknown or not allowed.
    ConstraintError
        What is asked for contradicts itself; nothing was written.
    BundleError
        The bundle that is named is not there.

    Examples
    --------
    >>> piece = compose(chords="Dm7 G7 Cmaj7 A7", metre="3/4", key="C", bars=4, ground="arranger",
    ...                 parts="piano:melody,acoustic_bass", seed=7, candidates=1)
    >>> piece.score.n_bars, [chord.symbol for chord in piece.score.chords]
    (4, ['Dm7', 'G7', 'Cmaj7', 'A7'])
    """
    asked = _brief_of(brief, options)
    model = open_bundle(bundle)
    filled, remarks = follow_references(asked)
    laid, hands = lay_hands(filled, language=language)
    plan = plan_brief(laid, has_model=model is not None, language=language)
    score = plan.score
    story: dict[str, Any] = {}
    if model is None:
        remarks.append(_NO_BUNDLE)
    elif plan.open_cells:
        draft, near, n_tries = _write(plan, model, originality, on_bar, cancel)
        remarks += tell_copies(near, n_tries=n_tries)
        score = put_cells(score, draft.grid, plan.open_cells, key=plan.key)
        score = restrain_score(
            score, plan.rules, plan.cast, asked.avoid, shift_semi=plan.grid.shift_semi
        )
        story = {
            "bundle": model.name,
            "bundle_digest": model.digest,
            "stretches": draft.stretches,
            "n_tokens": draft.n_tokens,
            "seconds": draft.seconds,
            "originality": near,
        }
    played = perform(plan, score)
    chords = [(one.tick, one.symbol) for one in plan.score.chords]
    asked_of_hands = asked.with_(parts=laid.parts) if hands else asked
    joined, writers = join_hands(played, plan.writers, hands)
    return Composition(
        task="compose",
        score=joined,
        brief=asked,
        adherence=check_adherence(played, asked_of_hands, writers=plan.writers, chords=chords),
        writers=writers,
        remarks=tuple(remarks),
        language=language,
        **story,
    )


def _write(
    plan: TaskPlan,
    model: Bundle,
    originality: bool,
    on_bar: Callable[[int, int], None] | None,
    cancel: Cancel | None,
) -> tuple[Draft, Neighbour | None, int]:
    """Return what was written, what it is most like, and how often it was written until it was new."""
    block = open_block(is_on=originality)
    seed = plan.brief.seed
    for n_tries in range(1, _MOST_TRIES + 1):
        draft = write_draft(plan, model, on_bar=on_bar, cancel=cancel, forbid=block)
        near = judge_cells(draft.grid, plan.open_cells, is_on=originality)
        if near is None or near.verdict != "copy":
            break
        plan = replace(plan, brief=plan.brief.with_(seed=seed + n_tries * _SEED_STEP))
    return draft, near, n_tries


def _brief_of(brief: Brief | Mapping[str, Any] | str | None, options: dict[str, Any]) -> Brief:
    """Return the brief that a caller means."""
    if brief is None:
        return brief_from_dict(options)
    if isinstance(brief, Mapping):
        own = dict(brief)
        if "emotion" in options:
            own.pop("emotion_curve", None)
        return brief_from_dict({**own, **options})
    if isinstance(brief, str):
        from motet.sentence import understand  # a tenth of a second that few calls need

        brief = understand(brief).brief
    if not isinstance(brief, Brief):
        raise ParameterError(
            f"brief must be a Brief, a table or a sentence, got {type(brief).__name__}; "
            "give options by name: compose(bars=8)",
            zh=f"brief 必须是 Brief、表或一句话,收到 {type(brief).__name__};请以名称给出选项:compose(bars=8)",
        )
    return brief.with_(**options) if options else brief
