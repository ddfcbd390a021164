"""Macros are put in once."""

from motet.io.abc.macro import Macros


def test_macros_do_not_recur():
    macros = Macros()
    assert macros.add("a = bb")
    assert macros.add("b = aa")
    assert macros.expand("a b") == "bb aa"


def test_quotes_and_fields_are_left_alone():
    macros = Macros()
    macros.add("A = c")
    assert macros.expand('"A"A [K:A]A') == '"A"c [K:A]c'


def test_moving_macros_follow_the_note():
    macros = Macros()
    macros.add("~n2 = (3o/n/m/ n")
    assert macros.expand("~G2 ~B2") == "(3A/G/F/ G (3c/B/A/ B"


def test_a_line_cannot_grow_without_bound():
    macros = Macros()
    macros.add("c = " + "d" * 190)
    assert len(macros.expand("c" * 10_000)) <= 100_000
    assert not macros.add("no target")
