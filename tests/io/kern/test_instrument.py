"""Instrument codes."""

from motet.io.kern.instrument import code_percussion, code_program, is_keyboard, name_program


def test_codes_classes_and_names():
    codes = ("violn", "viola", "cello", "flt", "fagot", "cor", "tromt", "organ", "soprn", "timpa")
    assert [code_program(code) for code in codes] == [40, 41, 42, 73, 70, 60, 56, 19, 52, 47]
    assert code_program("nonsense", "str") == 48
    assert code_program("nonsense") is None
    assert code_percussion("bdrum") == 36
    assert is_keyboard("cemba")
    assert not is_keyboard("violn", "str")
    assert name_program("Flute") == 73
    assert name_program("Baſso.") == 52
