"""The report as a table."""

from __future__ import annotations

from motet.tasks.check import Adherence, Check, same


def test_the_table_speaks_both_languages_and_lines_up() -> None:
    checks = (
        Check(name="bars", what=("bars", "小节数"), requested=same("4"), measured=same("3"), ok=False),
        Check(name="tempo", what=("tempo", "速度"), requested=same(""), measured=same("96"), ok=None),
        Check(name="key", what=("key", "调"), requested=("C major", "C大调"), measured=same("1"), ok=True),
    )  # fmt: skip
    found = Adherence(checks=checks)
    assert not found.is_met
    assert [one.name for one in found.missed] == ["bars"]
    english = found.table().splitlines()
    assert english[1].split() == ["bars", "4", "3", "NO"]
    assert english[2].split() == ["tempo", "-", "96", "-"]
    assert "C大调" in found.table("zh")
    assert "不符" in found.table("zh")
    assert found.facts()["checks"][2]["ok"] is True
