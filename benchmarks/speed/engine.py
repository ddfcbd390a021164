"""How fast does the engine write, beside a plain torch loop and transformers.generate?

``python benchmarks/speed/engine.py [--transformers-python PATH] [--write]``: weights are drawn at random at
each size, and all three run the same ones after a prompt of the same length. The engine pays for grammar,
rules and sampling; the rivals only sample. Rates leave the prompt out. The other Python has torch and
transformers (measured with 5.23.0); without it that row is left out. The limit is how often memory can
deliver all weights in a second; weights that fit the last cache may pass it. Then come the waits: until a
cancel is obeyed (in a prompt, in writing, anywhere in `motet.compose`), and for the calls of a user with
the shipped bundle. ``--write`` puts the tables into docs/concepts/engine.md and the result beside the others.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from engine_page import make_figures, write_pages
from rates import read_commit
from waiting import measure_calls, measure_cancels, measure_stops, tell_waits

__all__ = ["main"]

RESULTS = Path(__file__).resolve().parents[1] / "results"


def _clock(name: str) -> Callable[[], float]:
    """Return the clock of a name."""
    return time.process_time if name == "cpu" else time.perf_counter


def main() -> None:
    """Print the table and the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", default=["small", "base"])
    parser.add_argument("--rows", nargs="+", type=int, default=[1, 4])
    parser.add_argument("--tokens", type=int, default=192, help="of the rivals, for each row")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--clock",
        choices=("wall", "cpu"),
        default="wall",
        help="cpu: on a machine that is not idle",
    )
    parser.add_argument("--trials", type=int, default=10, help="cancels of each kind")
    parser.add_argument("--write", action="store_true", help="docs and benchmarks/results")
    parser.add_argument("--transformers-python", default="")
    parser.add_argument("--rival", default="", help=argparse.SUPPRESS)
    parser.add_argument("--weights", default="", help=argparse.SUPPRESS)
    parser.add_argument("--prompt", type=int, default=0, help=argparse.SUPPRESS)
    wish = parser.parse_args()
    if wish.rival:
        print(json.dumps(_time_transformers(wish)))
        return
    from motet.engine.probe import measure_bandwidth

    bandwidth = measure_bandwidth()
    result: dict[str, Any] = {
        "question": "engine speed",
        "machine": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "load_average": os.getloadavg()[0],
        "versions": {name: version(name) for name in ("motet", "onnxruntime", "torch", "numpy")}
        | {"python": platform.python_version()},
        "commit": read_commit(),
        "seed": 0,
        "repeats": wish.repeats,
        "threads": wish.threads,
        "clock": wish.clock,
        "memory_gb_per_s": bandwidth / 1e9,
        "rows": [],
    }
    print(f"memory moves {bandwidth / 1e9:.1f} GB/s; load average {result['load_average']:.1f}")
    print(
        f"{'size':6}{'rows':>5}  {'how':22}{'tokens/s':>10}{'spread':>8}{'prompt s':>10}{'limit':>9}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for size in wish.sizes:
            result["rows"] += _measure_size(size, Path(folder), wish, bandwidth, result["versions"])
        result["waits"] = _measure_waits(Path(folder), wish)
    print("\n".join(tell_waits(result["waits"])))
    result["figures"] = make_figures(result)
    result["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    line = json.dumps(result)
    if wish.write:
        write_pages(result)
        name = f"{datetime.now(UTC):%Y-%m-%d}-engine.json"
        (RESULTS / name).write_text(line + "\n", encoding="utf-8")
    print(line)


def _measure_waits(folder: Path, wish: argparse.Namespace) -> dict[str, list[float]]:
    """Return the seconds that a user waits, by what for."""
    from motet.engine.bundle import load_bundle

    waits: dict[str, list[float]] = {}
    for size in wish.sizes:
        bundle = load_bundle(folder / f"{size}-8")
        for n_rows in wish.rows:
            found = measure_cancels(
                bundle, n_rows=n_rows, n_threads=wish.threads, n_trials=wish.trials
            )
            beside = f"{n_rows} side by side"
            waits[f"a cancel while {size} reads a prompt, {beside}"] = found["prompt"]
            waits[f"a cancel while {size} writes, {beside}"] = found["writing"]
    waits["a cancel of compose, anywhere"] = measure_stops(n_trials=wish.trials)
    return waits | measure_calls(repeats=wish.repeats)


def _measure_size(
    size: str, folder: Path, wish: argparse.Namespace, bandwidth: float, versions: dict[str, str]
) -> list[dict[str, Any]]:
    """Return the rows of one size."""
    from motet.engine.bundle import load_bundle
    from motet.engine.probe import measure_speed
    from motet.export.bundle import write_bundle
    from motet.export.parity import random_weights

    config, weights = random_weights(size, seed=0)
    path = folder / f"{size}.npz"
    np.savez(path, config=json.dumps(config), **weights)
    bundles = {
        bits: load_bundle(write_bundle(path, folder / f"{size}-{bits}", bits=bits))
        for bits in (8, 4)
    }
    rows: list[dict[str, Any]] = []

    def tell(name: str, n_rows: int, rates: list[float], prompt_s: float, n_bytes: float) -> None:
        median, limit = statistics.median(rates), n_rows * bandwidth / 2 / n_bytes
        spread = (max(rates) - min(rates)) / median
        print(
            f"{size:6}{n_rows:5}  {name:22}{median:10,.0f}{spread:8.0%}{prompt_s:10.3f}{limit:9,.0f}",
            flush=True,
        )
        rows.append(
            {"size": size, "rows": n_rows, "how": name, "tokens_per_s": median, "all": rates}
            | {"prompt_s": prompt_s, "limit_tokens_per_s": limit}
        )

    n_bytes = sum(weight.nbytes for weight in weights.values())
    for n_rows in wish.rows:
        prompt = 0
        for bits, bundle in bundles.items():
            found = [
                measure_speed(
                    bundle,
                    n_rows=n_rows,
                    n_threads=wish.threads,
                    seed=seed,
                    clock=_clock(wish.clock),
                )
                for seed in range(wish.repeats)
            ]
            prompt = found[0].prompt_tokens
            rates = [one.tokens_per_s for one in found]
            weights_bytes = found[0].weights_mb * 1e6
            tell(f"engine, {bits} bits", n_rows, rates, found[0].prompt_s, weights_bytes)
            rows[-1] |= {
                "piece_s": statistics.median(one.piece_s for one in found),
                "first_bar_s": statistics.median(one.first_bar_s for one in found),
                "prompt_tokens": prompt,
                "choices": found[0].n_choices / found[0].n_tokens,
                "load_s": found[0].load_s,
            }
        rates, prompt_s = _time_torch(size, weights, prompt, n_rows, wish)
        tell("torch loop", n_rows, rates, prompt_s, n_bytes)
        if wish.transformers_python:
            found = _ask_transformers(path, prompt, n_rows, wish)
            versions |= found["versions"]
            tell("transformers.generate", n_rows, found["rates"], found["prompt_s"], n_bytes)
    for bits in bundles:
        for n_rows in wish.rows:
            one = next(
                r for r in rows if r["how"] == f"engine, {bits} bits" and r["rows"] == n_rows
            )
            others = [r for r in rows if r["rows"] == n_rows and not r["how"].startswith("engine")]
            ratios = ", ".join(
                f"{one['tokens_per_s'] / other['tokens_per_s']:.1f} x {other['how']}"
                for other in others
            )
            print(
                f"{size}, {n_rows} rows, {bits} bits: {ratios}; 16 bars of 4 parts "
                f"{one['piece_s']:.2f} s, first bar {one['first_bar_s']:.2f} s"
            )
    return rows


def _repeat(
    action: Callable[[], tuple[float, float]], repeats: int, n: int
) -> tuple[list[float], float]:
    """Return rates of n tokens and the shortest prompt time, after one run that warms up."""
    action()
    found = [action() for _ in range(repeats)]
    return [n / (whole - prompt) for prompt, whole in found], min(prompt for prompt, _ in found)


def _time_torch(
    size: str, weights: dict[str, Any], prompt: int, n_rows: int, wish: argparse.Namespace
) -> tuple[list[float], float]:
    """Return the rates of a plain cached loop over the trained model's own code, and the prompt time."""
    import torch

    from motet.models.transformer import SIZES, Cache, Transformer

    torch.set_num_threads(wish.threads)
    clock = _clock(wish.clock)
    torch.manual_seed(0)
    model = Transformer(SIZES[size]).eval()
    state = {name: torch.from_numpy(weight) for name, weight in weights.items()}
    model.load_state_dict(state, strict=False)
    ids = torch.randint(1, 1400, (n_rows, prompt))

    def draw(logits: Any) -> Any:
        share, order = torch.softmax(logits, dim=-1).sort(dim=-1, descending=True)
        share[share.cumsum(-1) - share > 0.95] = 0
        return order.gather(-1, torch.multinomial(share, 1))

    @torch.inference_mode()
    def run() -> tuple[float, float]:
        begin = clock()
        cache = Cache.empty()
        token = draw(model(ids, cache=cache)[:, -1])
        read = clock() - begin
        for _ in range(wish.tokens):
            token = draw(model(token, cache=cache)[:, -1])
        return read, clock() - begin

    return _repeat(run, wish.repeats, n_rows * wish.tokens)


def _ask_transformers(
    weights: Path, prompt: int, n_rows: int, wish: argparse.Namespace
) -> dict[str, Any]:
    """Return what another Python measured."""
    command = [
        wish.transformers_python, __file__, "--rival", "transformers", "--weights", str(weights),
        "--prompt", str(prompt), "--rows", str(n_rows), "--tokens", str(wish.tokens),
        "--repeats", str(wish.repeats), "--threads", str(wish.threads), "--clock", wish.clock,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _time_transformers(wish: argparse.Namespace) -> dict[str, Any]:
    """Return the rates of generate on a Llama of the same shape with the same weights."""
    import torch
    import transformers

    torch.set_num_threads(wish.threads)
    clock = _clock(wish.clock)
    torch.manual_seed(0)
    n_rows = wish.rows[0]
    stored = dict(np.load(wish.weights))
    config = json.loads(str(stored.pop("config")))
    model = transformers.LlamaForCausalLM(
        transformers.LlamaConfig(
            vocab_size=config["vocab_size"],
            hidden_size=config["width"],
            intermediate_size=config["ffn_width"],
            num_hidden_layers=config["n_layers"],
            num_attention_heads=config["n_heads"],
            num_key_value_heads=config["n_kv_heads"],
            rms_norm_eps=1e-5,
            tie_word_embeddings=True,
            max_position_embeddings=2048,
            bos_token_id=1,
            eos_token_id=None,
            pad_token_id=0,
        )
    ).eval()
    names = {
        "embed": "model.embed_tokens", "blocks": "model.layers", "norm1": "input_layernorm",
        "norm2": "post_attention_layernorm", "attn": "self_attn",
    } | {one: f"{one}_proj" for one in ("q", "k", "v", "o", "gate", "up", "down")}  # fmt: skip
    state = {}
    for name, weight in stored.items():
        path = ".".join(names.get(one, one) for one in name.split("."))
        state["model.norm.weight" if name == "norm.weight" else path] = torch.from_numpy(weight)
    missing, extra = model.load_state_dict(state, strict=False)
    if extra or set(missing) - {"lm_head.weight"}:
        sys.exit(f"weights do not fit: {missing} {extra}")
    model.tie_weights()
    ids = torch.randint(1, 1400, (n_rows, wish.prompt))
    mask = torch.ones_like(ids)

    def generate(n: int) -> float:
        begin = clock()
        model.generate(
            ids, attention_mask=mask, do_sample=True, top_p=0.95, top_k=0, max_new_tokens=n,
            min_new_tokens=n, pad_token_id=0,
        )  # fmt: skip
        return clock() - begin

    rates, prompt_s = _repeat(
        lambda: (generate(1), generate(wish.tokens + 1)), wish.repeats, n_rows * wish.tokens
    )
    return {
        "rates": rates,
        "prompt_s": prompt_s,
        "versions": {"transformers": transformers.__version__},
    }


if __name__ == "__main__":
    main()
