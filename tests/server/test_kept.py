"""What is kept in memory."""

from __future__ import annotations

from motet.server.kept import Kept


def test_what_was_used_last_stays_up_to_a_size() -> None:
    kept = Kept[bytes](10, size=len)
    kept.put("a", b"1234")
    kept.put("b", b"1234")
    assert kept.get("a") == b"1234"
    kept.put("c", b"1234")
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (b"1234", None, b"1234")


def test_the_newest_stays_even_where_it_is_too_large() -> None:
    kept = Kept[bytes](3, size=len)
    kept.put("a", b"12")
    kept.put("b", b"12345")
    assert (kept.get("a"), kept.get("b")) == (None, b"12345")
    kept.put("b", b"1")
    kept.put("a", b"12")
    assert (kept.get("a"), kept.get("b")) == (b"12", b"1")
    kept.drop("a")
    kept.drop("a")
    assert kept.put("c", b"12") == b"12"
    assert kept.get("b") == b"1"
