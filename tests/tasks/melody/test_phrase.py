"""The plan of a development covers every bar once."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from motet.brief.text import read_form
from motet.tasks.melody.phrase import TECHNIQUES, plan_phrases


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 17)), min_size=1, max_size=5),
    st.integers(1, 4),
    st.lists(st.sampled_from(TECHNIQUES), max_size=4),
    st.integers(0, 20),
)
def test_every_bar_is_in_one_phrase(
    sections: list[tuple[str, int]], n_motif: int, techniques: list[str], seed: int
) -> None:
    form = read_form(" ".join(f"{label}{n}" for label, n in sections))
    found = plan_phrases(form, n_motif, techniques=techniques, seed=seed)
    bars = [one.start_bar + k for one in found for k in range(one.n_bars)]
    assert bars == list(range(sum(n for _, n in sections)))
    for one in found:
        if one.technique == "copy":
            assert one.model_bar + one.n_bars <= one.start_bar


def test_what_is_asked_for_comes_in_its_order() -> None:
    found = plan_phrases(read_form("A8 B8"), 1, techniques=("inversion", "retrograde"))
    used = [one.technique for one in found if one.technique in ("inversion", "retrograde")]
    assert used[:2] == ["inversion", "retrograde"]
    assert found[0].technique == "statement"
