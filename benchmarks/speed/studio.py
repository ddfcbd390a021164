"""How soon does the studio sound, how does it bear twenty pages, and what does a frame cost?

Conventions: the real server on a free port with a folder of its own, the real page in Chromium. First sound:
from the request for the page until the page's audio graph gives a level above silence, the sentence typed
and sent at once by the script. Load: so many pages, each a thread that every second or so edits its
own project, reads it and takes the edit back, and now and then asks for candidates, through HTTP; an edit that
comes after new candidates is stale, and the page looks again. The time of every call counts. Frames: the time
that scripts, style, layout and painting take on the main thread for a frame, while the grid of 200 bars of
12 parts is scrolled. Limit for frames: 16.7 ms is the whole frame at 60 Hz.

Run: ``.venv/bin/python benchmarks/speed/studio.py [--seconds 120] [--pages 20]
[--only start,load,frames] [--write]``. About 3 minutes on two idle
cores; needs Chromium and ``pip install 'motet[test]'``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rates import read_commit, read_versions

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from studio_kit import BROWSER_FLAGS, Studio, find_browser, find_page, small_song  # noqa: E402

__all__ = ["main"]

SENTENCE = "a calm waltz for piano, 8 bars"
SILENCE = 0.003


def page_bytes() -> int:
    """Return what the page weighs compressed, all of its files, the sound font apart."""
    return sum(
        len(gzip.compress(one.read_bytes(), 9)) for one in find_page().rglob("*") if one.is_file()
    )


def memory_mb(pids: list[int]) -> float:
    """Return the resident memory of processes together."""
    total = 0.0
    for pid in pids:
        status = Path(f"/proc/{pid}/status")
        if status.is_file():
            rows = dict(row.split(":", 1) for row in status.read_text().splitlines() if ":" in row)
            total += int(rows.get("VmRSS", "0 kB").split()[0]) / 1e3
    return total


def family(pid: int) -> list[int]:
    """Return a process and its children."""
    found = [pid]
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        found += family(int(child))
    return found


def quantile(values: list[float], share: float) -> float:
    """Return a quantile of values, 0 for none."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def measure_start(browser: Any, folder: Path) -> dict[str, float]:
    """Return the seconds from a cold start to an answer, a page and a sound."""
    began = time.perf_counter()
    server = Studio(folder).start()
    answered = time.perf_counter()
    try:
        page = browser.new_context().new_page()
        page.goto(server.url)
        page.get_by_test_id("start-text").wait_for()
        shown = time.perf_counter()
        page.get_by_test_id("start-text").fill(SENTENCE)
        page.keyboard.press("Enter")
        page.evaluate(
            """async (silence) => {
              const level = () => {
                const meter = window.motetPlayer?.meter;
                if (!meter) return 0;
                const data = new Float32Array(meter.fftSize);
                meter.getFloatTimeDomainData(data);
                return Math.max(...data.map(Math.abs));
              };
              for (let k = 0; k < 3000; k++) {
                if (level() > silence) return true;
                await new Promise((resolve) => setTimeout(resolve, 20));
              }
              return false;
            }""",
            SILENCE,
        )
        sounded = time.perf_counter()
        page.context.close()
    finally:
        server.stop()
    return {
        "server_s": answered - began, "page_s": shown - answered, "sound_s": sounded - answered,
    }  # fmt: skip


def measure_cancel(server: Studio) -> float:
    """Return the milliseconds from a cancel to the state that says so."""
    job = server.ask("POST", "/compose", {"brief": {"style": "pop", "bars": 32}})
    time.sleep(0.4)
    began = time.perf_counter()
    state = server.ask("DELETE", f"/jobs/{job['id']}")["state"]
    waited = 1000 * (time.perf_counter() - began)
    if state != "cancelled":
        raise RuntimeError(f"the job is {state}")
    return waited


def use_one(server: Studio, seed: int, until: float, told: dict[str, Any]) -> None:
    """Edit a project, and now and then ask for candidates, until a time."""
    rng = random.Random(seed)
    project = server.take_in(small_song(), title=f"Page {seed}")
    place = f"/api/projects/{project['id']}"
    while time.monotonic() < until:
        part = rng.randrange(len(project["score"]["parts"]))
        bar = project["score"]["bars"][rng.randrange(8)]
        notes = [[bar["start_tick"] + k * 120, 120, rng.randint(48, 72), 80] for k in range(4)]
        at = {"part": part, "start_bar": bar["index"], "end_bar": bar["index"] + 1}
        op = {"op": "set_notes", **at, "notes": notes}
        calls: list[tuple[str, str, Any]] = [
            ("POST", "/edits", {"revision": project["revision"], "ops": [op]}),
            ("GET", "", None), ("GET", "/score", None), ("POST", "/undo", None),
        ]  # fmt: skip
        if rng.random() < 0.1:
            calls.append(
                ("POST", "/proposals", {"bars": "1-2", "n": 1, "seed": rng.randrange(999)})
            )
        for method, path, value in calls:
            began = time.perf_counter()
            found = server.call(method, place + path, value)
            told["seconds"].append(time.perf_counter() - began)
            told["statuses"][found.status] += 1
            if found.status == 200 and path != "/score":
                project = found.json
            elif found.status == 409:  # candidates came meanwhile: look again, as the page does
                told["statuses"][409] -= 1
                told["stale"] += 1
                project = server.ask("GET", f"/projects/{project['id']}")
                break
        time.sleep(rng.uniform(0.8, 1.6))


def measure_load(server: Studio, *, n_pages: int, seconds: float) -> dict[str, Any]:
    """Return errors, the time of plain calls, and memory over the run."""
    told: dict[str, Any] = {"seconds": [], "statuses": Counter(), "stale": 0}
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=use_one, args=(server, k, until, told)) for k in range(n_pages)
    ]
    for one in threads:
        one.start()
    pid = server.process.pid if server.process is not None else 0
    memory = []
    while any(one.is_alive() for one in threads):
        memory.append(memory_mb(family(pid)))
        time.sleep(max(0.5, seconds / 20))
    for one in threads:
        one.join()
    third = max(1, len(memory) // 3)
    stretches = (memory[:third], memory[third:-third] or memory, memory[-third:])
    statuses = {str(code): count for code, count in sorted(told["statuses"].items())}
    wrong = sum(count for code, count in told["statuses"].items() if code >= 400 and code != 503)
    return {
        "calls": len(told["seconds"]),
        "statuses": statuses,
        "stale_edits": told["stale"],
        "errors_but_503": wrong,
        "p50_ms": 1000 * statistics.median(told["seconds"]),
        "p95_ms": 1000 * quantile(told["seconds"], 0.95),
        "memory_mb": [round(statistics.mean(one), 1) for one in stretches],
    }


def large_song(n_bars: int = 200, n_parts: int = 12) -> bytes:
    """Return a MIDI file of many bars and parts."""
    from motet.io import write_midi
    from motet.score import Note, Part, Score

    rng = random.Random(1)
    parts = tuple(
        Part(
            name=f"Part {k + 1}", program=8 * k % 128,
            notes=tuple(
                Note(onset_tick=240 * step, duration_tick=220, pitch=40 + 3 * k + rng.randint(0, 11))
                for step in range(8 * n_bars)
            ),
        )
        for k in range(n_parts)
    )  # fmt: skip
    return write_midi(Score(parts=parts))


def measure_frames(browser: Any, server: Studio) -> dict[str, float]:
    """Return the work of frames while the grid scrolls."""
    project = server.take_in(large_song(), title="Long")
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{server.url}/?project={project['id']}")
    page.get_by_test_id("grid-scroller").wait_for()
    page.wait_for_timeout(1500)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    works = page.evaluate(
        """async () => {
          const box = document.querySelector('[data-testid="grid-scroller"]');
          const works = [];
          const channel = new MessageChannel();
          const painted = () => new Promise((resolve) => {
            channel.port1.onmessage = resolve;
            channel.port2.postMessage(0);
          });
          for (let k = 0; k < 240; k++) {
            await new Promise(requestAnimationFrame);
            const began = performance.now();
            box.scrollLeft += 30;
            if (k % 40 === 39) box.scrollTop = box.scrollTop > 0 ? 0 : 200;
            await new Promise(requestAnimationFrame);
            const at = performance.now();
            await painted();
            works.push(performance.now() - at);
            if (began < 0) break;
          }
          return works;
        }"""
    )
    page.close()
    return {
        "frames": len(works),
        "p50_ms": statistics.median(works),
        "p95_ms": quantile(works, 0.95),
    }


def main() -> None:
    """Print the table and the line."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--only", default="start,load,frames")
    parser.add_argument("--write", action="store_true")
    wish = parser.parse_args()
    only = set(wish.only.split(","))
    found: dict[str, Any] = {"page_kb": page_bytes() / 1e3}
    with tempfile.TemporaryDirectory() as name, sync_playwright() as play:
        folder = Path(name)
        browser = play.chromium.launch(executable_path=find_browser(), args=BROWSER_FLAGS)
        if "start" in only:
            found["start"] = measure_start(browser, folder / "start")
        server = Studio(folder / "load").start()
        try:
            server.wait(server.ask("POST", "/compose", {"brief": {"style": "pop", "bars": 2}}))
            found["cancel_ms"] = statistics.median(measure_cancel(server) for _ in range(5))
            if "frames" in only:
                found["frames"] = measure_frames(browser, server)
            if "load" in only:
                found["load"] = measure_load(server, n_pages=wish.pages, seconds=wish.seconds)
        finally:
            server.stop()
            browser.close()
    tell(found, wish)
    result = {
        "question": "studio: first sound, load, frames", "machine": platform.processor() or platform.machine(),
        "cores": os.cpu_count(), "load_average": os.getloadavg()[0], "commit": read_commit(), "seed": 0,
        "versions": read_versions(("motet", "fastapi", "uvicorn", "onnxruntime")), **found,
    }  # fmt: skip
    line = json.dumps(result)
    if wish.write:
        file = f"{datetime.now(UTC):%Y-%m-%d}-studio.json"
        (ROOT / "benchmarks" / "results" / file).write_text(line + "\n", encoding="utf-8")
    print(line)


def tell(found: dict[str, Any], wish: argparse.Namespace) -> None:
    """Print the table for people."""
    rows = [("page, compressed, without the sound font, kB", found["page_kb"], 400)]
    if "start" in found:
        rows += [
            ("server answers after, s", found["start"]["server_s"], None),
            ("page shown after, s", found["start"]["page_s"], None),
            ("first sound after asking for the page, s", found["start"]["sound_s"], 10),
        ]
    rows.append(("a cancel is told after, ms", found["cancel_ms"], 100))
    if "frames" in found:
        rows.append(("a frame of 200 bars of 12 parts, p50, ms", found["frames"]["p50_ms"], None))
        rows.append(("a frame of 200 bars of 12 parts, p95, ms", found["frames"]["p95_ms"], 8))
    if "load" in found:
        load = found["load"]
        rows += [
            (
                f"{wish.pages} pages, {wish.seconds:.0f} s: errors but 503",
                load["errors_but_503"],
                0,
            ),
            ("plain calls, p50, ms", load["p50_ms"], None),
            ("plain calls, p95, ms", load["p95_ms"], 100),
        ]
    for name, value, most in rows:
        print(f"{name:48}{value:9.1f}{'' if most is None else f'   ({most} allowed)'}")
    if "load" in found:
        print(f"answers by status: {found['load']['statuses']}")
        print(f"memory in the first, middle and last third, MB: {found['load']['memory_mb']}")


if __name__ == "__main__":
    main()
