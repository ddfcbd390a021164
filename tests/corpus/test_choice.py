"""Which pieces are kept: better copies, players' parts of a score, groups in one split."""

from dataclasses import replace
from pathlib import Path

from motet.corpus.choice import choose_pieces
from motet.corpus.item import Item
from motet.corpus.prepare import Prepared
from motet.corpus.split import choose_split
from motet.score import concatenate, transpose
from motet.tokens import score_to_grid
from tiny_corpus import random_tune


def prepared(
    name: str, score, *, source: str = "a", work: str = "", style: str = "hymn"
) -> Prepared:
    item = Item(source=source, name=name, path=Path(name), work=work or name, style=style)
    return Prepared(item=item, grid=score_to_grid(score).grid)


def chosen(*pieces: Prepared):
    return choose_pieces(list(pieces), ["a", "b"], [])


def test_the_earlier_source_wins() -> None:
    one, other = random_tune(1), random_tune(2)
    found = chosen(
        prepared("x", transpose(one, shift_semi=2), source="b"),
        prepared("z", one),
        prepared("y", other),
    )
    assert [piece.name for piece in found.pieces] == ["a/y", "a/z"]
    assert found.duplicates == {"b/x": "a/z"}


def test_the_order_of_reading_does_not_matter() -> None:
    pieces = [prepared(f"p{k}", random_tune(k // 2), work=f"w{k}") for k in range(8)]
    there, back = chosen(*pieces), chosen(*pieces[::-1])
    assert [one.name for one in there.pieces] == [one.name for one in back.pieces]
    assert [one.group for one in there.pieces] == [one.group for one in back.pieces]
    assert there.duplicates == back.duplicates
    assert len(there.duplicates) == 4


def test_a_players_part_goes_with_its_score() -> None:
    score = random_tune(3)
    alone = score.with_parts(score.parts[1])
    same_work = chosen(prepared("full", score, work="w"), prepared("cello", alone, work="w"))
    assert same_work.duplicates == {"a/cello": "a/full"}
    elsewhere = chosen(prepared("full", score, work="w"), prepared("cello", alone, work="v"))
    assert len(elsewhere.pieces) == 2
    assert len({piece.group for piece in elsewhere.pieces}) == 1


def test_movements_of_a_work_are_in_one_split() -> None:
    pieces = [prepared(f"m{k}", random_tune(20 + k), work=f"work {k // 5}") for k in range(60)]
    found = chosen(*pieces)
    assert len(found.pieces) == 60
    for piece in found.pieces:
        k = int(piece.name.removeprefix("a/m"))
        assert piece.split == choose_split([f"work {k // 5}"])
    assert len({piece.group for piece in found.pieces}) == 12


def test_quoting_links_works() -> None:
    one, two = random_tune(30), random_tune(31)
    both = concatenate(one, two)
    found = chosen(prepared("one", one), prepared("two", two), prepared("both", both))
    assert len({piece.group for piece in found.pieces}) == 1
    splits = {piece.split for piece in found.pieces}
    assert splits == {choose_split(["one", "two", "both"])}


def test_pieces_without_a_grid_are_not_there() -> None:
    broken = replace(prepared("x", random_tune(1)), grid=None, reason="FormatError: no")
    assert chosen(broken).pieces == []
