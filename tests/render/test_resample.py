import numpy as np
import pytest

from motet.render.resample import read_sample


def slow_read(pcm: np.ndarray, n: int, ratio: float, loop: tuple[int, int] | None) -> np.ndarray:
    """The slow twin: a long windowed sinc, one frame at a time, the loop unrolled."""
    unrolled = pcm.astype(float)
    if loop:
        body = unrolled[loop[0] : loop[1]]
        unrolled = np.concatenate([unrolled[: loop[1]], np.tile(body, 40)])
    out, cut, half = [], 1.0 / max(1.0, ratio), 32
    for k in range(n):
        position = k * ratio
        index = np.arange(int(position) - half, int(position) + half + 1)
        t = index - position
        weights = np.sinc(t * cut) * cut * np.cos(np.pi * t / (2 * half + 2)) ** 2
        inside = (index >= 0) & (index < len(unrolled))
        out.append(float(unrolled[index[inside]] @ weights[inside]))
    return np.array(out)


@pytest.mark.parametrize("ratio", [0.37, 0.943874, 1.0, 1.33, 1.9])
@pytest.mark.parametrize("loop", [None, (200, 500)])
def test_agrees_with_its_slow_twin(ratio: float, loop: tuple[int, int] | None) -> None:
    pcm = (0.5 * np.sin(2 * np.pi * np.arange(600) / 50)).astype(np.float32)
    fast = read_sample(pcm, 900 if loop else 250, ratio=ratio, loop=loop)
    slow = slow_read(pcm, len(fast), ratio, loop)
    inner = slice(40, len(fast) - 60)
    assert np.abs(fast[inner] - slow[inner]).max() < 0.004


def test_a_loop_has_no_seam() -> None:
    pcm = np.sin(2 * np.pi * np.arange(1000) / 100).astype(np.float32)
    out = read_sample(pcm, 20000, ratio=0.731, loop=(300, 900))
    smooth = 0.731 * 2 * np.pi / 100
    assert np.abs(np.diff(out[50:])).max() < smooth * 1.02
    assert np.abs(np.diff(out[50:], n=2)).max() < smooth**2 * 1.05


def test_ends_with_the_sample_and_moves_with_a_path() -> None:
    pcm = np.ones(100, np.float32)
    assert len(read_sample(pcm, 1000, ratio=0.5)) == 200
    assert len(read_sample(pcm, 1000, ratio=np.full(1000, 2.0))) == 50
    ramp = np.arange(200, dtype=np.float32)
    moved = read_sample(ramp, 50, ratio=np.linspace(0.5, 1.0, 50), start=20.0)
    expected = 20 + np.concatenate([[0], np.cumsum(np.linspace(0.5, 1.0, 50)[:-1])])
    assert moved == pytest.approx(expected, abs=0.02)
