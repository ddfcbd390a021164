"""The tokens of a file."""

import pytest

from motet.errors import FormatError
from motet.io.kern.ledger import LineLedger
from motet.io.kern.vocabulary import MAX_KINDS, UNREAD, Vocabulary


def test_faults_are_listed_once_a_kind():
    words = Vocabulary(LineLedger())
    assert words.learn("4x", 3, 2)[1].heads == ()
    assert words.learn("c", 4, 1)[0] == -1
    assert words.learn("0000000c", 5, 1)[1] is UNREAD
    assert words.learn("c" * 5000, 6, 1)[1] is UNREAD
    assert [repair.place for repair in words.ledger.repairs] == [
        "line 3, spine 2",
        "line 4, spine 1",
        "line 5, spine 1",
    ]


def test_too_many_kinds_are_refused():
    words = Vocabulary(LineLedger())
    words.known.update((str(k), (0, UNREAD)) for k in range(MAX_KINDS))
    with pytest.raises(FormatError, match="different tokens"):
        words.learn("4c", 9, 1)
