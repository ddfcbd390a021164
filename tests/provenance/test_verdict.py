"""A verdict's words and codes."""

from __future__ import annotations

from motet.analysis.difference import Change
from motet.provenance.record import Record
from motet.provenance.verdict import STATUSES, Finding, Verdict, finding_of


def test_each_status_has_its_own_words_and_what_is_wrong_its_own_code() -> None:
    codes = {status: row[2] for status, row in STATUSES.items()}
    assert codes == {
        "authentic": 0, "intact": 0, "changed": 1, "no-record": 8, "bad-signature": 9,
    }  # fmt: skip
    assert len({row[0] for row in STATUSES.values()} | {row[1] for row in STATUSES.values()}) == 10


def test_a_finding_knows_place_and_pitch() -> None:
    one = Change(
        kind="rhythm", part="Bass", bar=3, before="Eb2 (beat 2.5) 1 qn", after="Eb2 (beat 2.5) 2 qn"
    )
    found = finding_of(one)
    assert (found.bar, found.beat, found.pitch) == (3, 2.5, "Eb2")
    assert found.text() == "Bass, bar 3: length: Eb2 (beat 2.5) 1 qn → Eb2 (beat 2.5) 2 qn"
    assert found.text(language="zh").startswith("Bass,第 3 小节:时值:Eb2 (第 2.5 拍)")


def test_long_lists_are_cut_in_words_and_not_in_facts() -> None:
    many = tuple(Finding(kind="pitch", part="A", bar=k, before="x", after="y") for k in range(250))
    verdict = Verdict(path="a.mid", status="changed", record=Record(version="1"), findings=many)
    assert "... 50 more" in "\n".join(verdict.tell())
    assert "另有 50 处" in "\n".join(verdict.tell("zh"))
    assert len(verdict.facts()["changes"]) == 250
    assert "snapshot" not in verdict.facts()["record"]
    assert not verdict.is_unchanged
