"""Edit a score: transpose, quantise, cut, loop, change an instrument. Nothing changes in place.

Run: python examples/06_edit.py
"""

import motet
from motet.score import change_instrument, loop, quantise, transpose, trim

played = motet.arrange("| C | Am | F | G |", style="pop", bars=4, seed=3).score

exact = quantise(played)
print("quantising moved", len(exact.moved), "of", played.n_notes, "notes")

higher = transpose(exact.score, shift_semi=2)
print("chords now:", [chord.symbol for chord in higher.chords])

first_two = trim(higher, start_bar=0, end_bar=2)
four_times = loop(first_two, times=4)
print("bars:", higher.n_bars, "->", first_two.n_bars, "->", four_times.n_bars)

solo = change_instrument(four_times, part="Melody", program=40, name="Violin")
print([part.name for part in solo.parts])
motet.save(solo, "edited.mid")
motet.save(solo, "edited.json")
print("the same after reading:", motet.read("edited.json").score == solo)
