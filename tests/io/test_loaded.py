"""Repairs are counted by kind and track; strict ledgers raise."""

import pytest

from motet.errors import FormatError
from motet.io.loaded import Ledger, Loss


def test_one_entry_for_each_kind_and_track():
    ledger = Ledger()
    for byte, track in ((5, 1), (9, 1), (20, 2)):
        ledger.mend(byte, track, "{n} lost", "丢失 {n} 个")
    ledger.mend(30, 0, "odd", "异常")
    assert [r.localised("zh") for r in ledger.repairs] == [
        "第 5 字节,第 1 轨:丢失 2 个",
        "第 20 字节,第 2 轨:丢失 1 个",
        "第 30 字节:异常",
    ]


def test_strict_raises_for_damage_only():
    ledger = Ledger(mend=False, path="a.mid")
    ledger.tell(0, 0, "by the way", "顺便一提")
    with pytest.raises(FormatError) as caught:
        ledger.mend(5, 1, "{n} lost", "丢失 {n} 个")
    assert str(caught.value) == "a.mid, byte 5, track 1: 1 lost"
    assert caught.value.localised("zh") == "a.mid,第 5 字节,第 1 轨:丢失 1 个"


def test_losses_have_both_languages():
    assert Loss(2, "slurs", "连线").localised("zh") == "2 × 连线"
