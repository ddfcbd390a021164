"""Projects in a database: what was told as kept is there, whatever happens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from motet.errors import ConstraintError, ParameterError
from motet.project import Project
from motet.score import make_score
from motet.server.edit_steps import edit_project
from motet.server.schemas.op import SetNotes, SetTempo
from motet.server.store import StaleError, Store, StoredScores

PIECE = make_score("C4:4 D4:4 E4:4 F4:4", "C3:4 D3:4 E3:4 F3:4")
_WRITER = """
import sys
from motet.server.edit_steps import edit_project
from motet.server.schemas.op import SetTempo
from motet.server.store import Store
store = Store(sys.argv[1])
store.start()
for k in range(100_000):
    op = SetTempo(op="set_tempo", tick=0, qpm=40 + k % 300)
    found, _ = store.change(sys.argv[2], lambda project: edit_project(project, [op]))
    sys.stdout.write(f"{found.revision}\\n")
    sys.stdout.flush()
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store in a file."""
    found = Store(f"sqlite:///{tmp_path / 'studio.sqlite'}")
    found.start()
    yield found
    found.stop()


def _again(store: Store) -> Store:
    """The same database, opened by a server that has just started."""
    found = Store(store.url)
    found.start()
    return found


def _write(store: Store, name: str, pitch: int, revision: int | None = None, bar: int = 0) -> int:
    op = SetNotes(
        op="set_notes", part=0, start_bar=bar, end_bar=bar + 1,
        notes=[(bar * 1920, 480, pitch, 80)],
    )  # fmt: skip
    return store.change(name, lambda project: edit_project(project, [op]), revision=revision)[
        0
    ].revision


def test_a_new_server_finds_everything(store: Store) -> None:
    name = store.create(Project.start(PIECE, title="One"))
    _write(store, name, 72)
    store.change(name, lambda project: project.lock("Part 2:1"))
    store.change(name, lambda project: project.rename("Two"))
    store.set_view(name, {"zoom": 2})
    store.set_view(name, {"mutes": [1]})
    mine, theirs = store.load(name), _again(store).load(name)
    assert theirs.project.state == mine.project.state
    assert theirs.project.score == mine.project.score
    assert theirs.project.score_of("1").parts == PIECE_NAMED.parts
    assert (theirs.revision, theirs.view) == (4, {"zoom": 2, "mutes": [1]})
    assert [one["title"] for one in store.list()] == ["Two"]
    assert store.list()[0]["n_parts"] == 2


PIECE_NAMED = Project.start(PIECE).score


def test_two_pages_cannot_write_over_each_other(store: Store) -> None:
    name = store.create(Project.start(PIECE))
    other = _again(store)
    assert _write(store, name, 72, revision=1) == 2
    for one in (store, other):
        with pytest.raises(StaleError) as caught:
            _write(one, name, 74, revision=1)
        assert caught.value.more == {"revision": 2}
        assert caught.value.zh
    assert _write(other, name, 74, revision=2) == 3
    assert store.load(name).project.score.parts[0].notes[0].pitch == 74


def test_a_refused_change_leaves_nothing(store: Store) -> None:
    name = store.create(Project.start(PIECE))
    store.change(name, lambda project: project.lock("Part 1:1"))
    before = store.load(name)
    with pytest.raises(ConstraintError):
        _write(store, name, 72)

    def fail(project: Project) -> None:
        edit_project(project, [SetTempo(op="set_tempo", tick=0, qpm=60)])
        raise ParameterError("no", zh="否")

    with pytest.raises(ParameterError):
        store.change(name, fail)
    after = store.load(name)
    assert (after.revision, after.project.state) == (before.revision, before.project.state)


def test_threads_lose_no_step(store: Store) -> None:
    names = [store.create(Project.start(PIECE)) for _ in range(3)]

    def work(k: int) -> None:
        for step in range(4):
            _write(store, names[k % 3], 40 + 10 * k + step, bar=k // 3)

    threads = [threading.Thread(target=work, args=(k,)) for k in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    for k, name in enumerate(names):
        found = _again(store).load(name)
        assert found.revision == 9
        assert len(found.project.tree) == 9
        ends = [note.pitch for note in found.project.score.parts[0].notes[:2]]
        assert ends == [43 + 10 * k, 43 + 10 * (k + 3)]


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX systems do")
def test_a_killed_server_loses_nothing_it_told(store: Store) -> None:
    name = store.create(Project.start(PIECE))
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, store.url, name], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    told = 0
    for line in writer.stdout:
        told = int(line)
        if told >= 12:
            break
    writer.send_signal(signal.SIGKILL)
    rest = writer.stdout.read().split()
    writer.wait()
    writer.stdout.close()
    told = max([told, *(int(one) for one in rest)])
    found = _again(store).load(name)
    assert found.revision in (told, told + 1)
    assert len(found.project.tree) == found.revision
    for node in found.project.tree:
        assert found.project.score_of(node.id).n_bars == 4


def test_what_is_gone_is_said_to_be(store: Store) -> None:
    name = store.create(Project.start(PIECE))
    store.delete(name)
    assert store.list() == []
    for ask in (store.load, store.open, store.delete):
        with pytest.raises(ParameterError, match="no project") as caught:
            ask(name)
        assert caught.value.status == 404  # type: ignore[attr-defined]


def test_a_title_of_any_length_fits(store: Store) -> None:
    name = store.create(Project.start(PIECE, title="长" * 1000))
    assert store.list()[0]["id"] == name
    assert len(_again(store).load(name).project.title) == 400


def test_scores_are_read_when_they_are_wanted() -> None:
    asked: list[str] = []

    def read(digest: str) -> bytes:
        asked.append(digest)
        return b"{}"

    scores = StoredScores(read)
    assert asked == []
    assert (scores["a"], scores["a"], asked) == (b"{}", b"{}", ["a"])


def test_a_store_that_is_not_started_says_so() -> None:
    with pytest.raises(ParameterError, match="not started"):
        Store("sqlite://").list()
