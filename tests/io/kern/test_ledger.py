"""The list of repairs."""

import pytest

from motet.errors import FormatError
from motet.io.kern.ledger import LineLedger


def test_strict_mode_raises_with_the_line():
    ledger = LineLedger(mend=False, path="a.krn")
    ledger.tell(1, 0, "{n} told", "{n}")
    with pytest.raises(FormatError, match=r"a\.krn, line 4, spine 2: 1 odd"):
        ledger.mend(4, 2, "{n} odd", "{n}")


def test_kinds_are_counted():
    ledger = LineLedger()
    for line in range(3):
        ledger.mend(line + 5, 0, "{n} odd", "{n} 个")
    assert [(one.place, one.en, one.zh) for one in ledger.repairs] == [("line 5", "3 odd", "3 个")]
