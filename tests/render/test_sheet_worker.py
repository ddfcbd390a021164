"""The engraver's process: what goes in, what comes out."""

import json
import subprocess
import sys

from motet.io.musicxml_write import write_musicxml
from motet.render.sheet_worker import engrave_pages
from motet.score import make_score


def test_pages_come_out_as_svg() -> None:
    text = write_musicxml(make_score("C4:1 E4:1 G4:2")).decode("utf-8")
    pages = engrave_pages(text, {"inputFrom": "xml"})["pages"]
    assert len(pages) == 1
    assert pages[0].startswith("<svg")
    assert pages[0].count('class="note"') == 3


def test_nothing_to_engrave_is_told() -> None:
    assert engrave_pages("", {"inputFrom": "xml"})["error"]


def test_process_answers_on_stdout() -> None:
    text = write_musicxml(make_score("C4:4"))
    head = json.dumps({"inputFrom": "xml", "limit_bytes": 4 << 30}).encode("ascii")
    done = subprocess.run(
        [sys.executable, "-m", "motet.render.sheet_worker"],
        input=head + b"\n" + text,
        capture_output=True,
        check=True,
    )
    assert len(json.loads(done.stdout)["pages"]) == 1
