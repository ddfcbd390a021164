"""Compose: a brief in, a piece out, by a model, by the arranger, or by both.

Conventions: everything is planned and checked before a note is written; the same brief, bundle and build
give the same notes. Without a bundle the arranger writes all parts, and the result says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from motet.brief import Brief, brief_from_dict
from motet.engine.bundle import Bundle, list_bundles, load_bundle
from motet.engine.write import Cancel
from motet.errors import ParameterError
from motet.language import Language
from motet.tasks.adherence import check_adherence
from motet.tasks.composition import Composition
from motet.tasks.draft import write_draft
from motet.tasks.notes import put_cells
from motet.tasks.perform import perform
from motet.tasks.plan import plan_brief

__all__ = ["DEFAULT_BUNDLE", "compose", "open_bundle"]

DEFAULT_BUNDLE = "small"
"""The bundle that is taken when none is named."""

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
        The bundle that is named is not there, or does not fit.

    Examples
    --------
    >>> open_bundle(None) is None or open_bundle(None).name == DEFAULT_BUNDLE
    True
    """
    if isinstance(bundle, Bundle):
        return bundle
    if bundle is None:
        return load_bundle(DEFAULT_BUNDLE) if DEFAULT_BUNDLE in list_bundles() else None
    return load_bundle(bundle)


def compose(
    brief: Brief | Mapping[str, Any] | None = None,
    *,
    bundle: str | Path | Bundle | None = None,
    language: Language = "en",
    on_bar: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,
    **options: Any,
) -> Composition:
    """Return a piece that answers a brief.

    Parameters
    ----------
    brief : Brief, mapping or None
        What is asked for.
    bundle : str, Path, Bundle or None
        The model: a name of `motet.engine.list_bundles`, a folder; None is the usual one.
    language : Language
        Of title, part and section names.
    on_bar : callable or None
        Called with (bars done, bars in all) while the model writes.
    cancel : Cancel or None
        Set from another thread to stop.
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
    plan = plan_brief(asked, has_model=model is not None, language=language)
    score = plan.score
    remarks: list[tuple[str, str]] = []
    story: dict[str, Any] = {}
    if model is None:
        remarks.append(_NO_BUNDLE)
    elif plan.open_cells:
        draft = write_draft(plan, model, on_bar=on_bar, cancel=cancel)
        score = put_cells(score, draft.grid, plan.open_cells, key=plan.key)
        story = {
            "bundle": model.name,
            "bundle_digest": model.digest,
            "stretches": draft.stretches,
            "n_tokens": draft.n_tokens,
            "seconds": draft.seconds,
        }
    played = perform(plan, score)
    chords = [(one.tick, one.symbol) for one in plan.score.chords]
    return Composition(
        task="compose",
        score=played,
        brief=asked,
        adherence=check_adherence(played, asked, writers=plan.writers, chords=chords),
        writers=plan.writers,
        remarks=tuple(remarks),
        language=language,
        **story,
    )


def _brief_of(brief: Brief | Mapping[str, Any] | None, options: dict[str, Any]) -> Brief:
    """Return the brief that a caller means."""
    if brief is None:
        return brief_from_dict(options)
    if isinstance(brief, Mapping):
        return brief_from_dict({**brief, **options})
    if not isinstance(brief, Brief):
        raise ParameterError(
            f"brief must be a Brief or a table, got {type(brief).__name__}; "
            "give options by name: compose(bars=8)",
            zh=f"brief 必须是 Brief 或表,收到 {type(brief).__name__};请以名称给出选项:compose(bars=8)",
        )
    return brief.with_(**options) if options else brief
