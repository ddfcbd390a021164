"""Writes docs/concepts/model-drawings.md and its Chinese twin: a model of each family, as motet draw does.

Run: ``python docs/concepts/model_drawings.py``. tests/docs/test_model_drawings.py fails when a drawing's
number of weights is no longer the model's.
"""

from __future__ import annotations

from pathlib import Path

from motet.models.diagram import draw_model

FOLDER = Path(__file__).parent
FAMILIES = (
    (
        "transformer",
        "small",
        2,
        "Transformer: tokens in, the next token out",
        "Transformer:输入 token,输出下一个 token",
    ),
    (
        "rnn",
        "small",
        2,
        "RNN: one note event after another, each part of an event after the one before",
        "RNN:逐个音符事件,事件的各部分依次写出",
    ),
    ("vae", "small", 2, "VAE: a phrase to a point and back", "VAE:乐句与点之间的往返"),
    (
        "gan",
        "small",
        2,
        "GAN: a band from noise, and its critic",
        "GAN:从噪声写出一个乐队,及其评判者",
    ),
    ("dense-gan", "textbook", 3, "The textbook's dense GAN", "教科书中的全连接 GAN"),
    ("critic", "small", 2, "The judge behind `motet rank`", "`motet rank` 所用的评判模型"),
)


def write_pages() -> None:
    """Write both pages."""
    drawings = {name: draw_model(name, size, depth=depth) for name, size, depth, _, _ in FAMILIES}
    for is_zh in (False, True):
        lines = [
            "# 各类模型的图" if is_zh else "# Drawings of the models",
            "",
            "一个类别一例,与 `motet draw 类别:尺寸 --depth N` 的输出相同。实线:结果流向;"
            "虚线:只知道先后。`b` 为批。"
            "[English](model-drawings.md)"
            if is_zh
            else "One of each family, as `motet draw FAMILY:SIZE --depth N` writes it. Solid arrows: "
            "where a result "
            "flows; dotted: only the order is known. `b` is the batch. [中文](model-drawings.zh.md)",
        ]
        for name, size, depth, en, zh in FAMILIES:
            lines += [
                "",
                f"## {zh if is_zh else en}",
                "",
                f"`motet draw {name}:{size} --depth {depth}`",
            ]
            lines += ["", "```mermaid", drawings[name], "```"]
        page = FOLDER / ("model-drawings.zh.md" if is_zh else "model-drawings.md")
        page.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_pages()
