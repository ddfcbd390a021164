"""Whom to name: the sources of the corpus, their licences and the names that these ask for.

Conventions: Markdown, English first, each paragraph followed by its Chinese; sources in the order of the
manifest. Names of single pieces come from a built corpus, the only place where they are known.

Offers `tell_credits`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from motet.corpus.manifest import Source

__all__ = ["tell_credits"]

_LICENCES: Final = (
    ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
)
"""Where licences that are named without a version of the text in the repository can be read."""

_HEAD: Final = """# Attribution

The models that come with Motet were trained on notes of these sources. We thank everyone who made them
and made them free. No file of a source is in this package: what the package holds of them are weights that were
trained on their notes, and an index of their notes by which `motet originality` finds likeness. For both, the
notes were changed: put on a grid, moved to one key, cut into windows, parts left out.
None of those named here has endorsed Motet. Pass this file on with the weights.

Motet 随附的模型用以下来源的音符训练。感谢制作并开放它们的每一个人。本软件包不含任何来源的文件,
只含用其音符训练所得的权重,以及供 `motet originality` 查找雷同之用的音符索引。为此音符均有改动:
对齐网格、移至同一调、切成窗口、略去部分声部。此处列名者均未为 Motet 背书。传播权重时请附上本文件。

Written by `motet corpus credits`; do not edit. 本页由 `motet corpus credits` 写成,请勿手改。"""


def tell_credits(
    sources: Iterable[Source], *, people: Mapping[str, Sequence[str]] | None = None
) -> str:
    """Return the attribution of sources as Markdown.

    Parameters
    ----------
    sources : iterable of Source
        In the order in which they are told.
    people : mapping of str to sequence of str, optional
        By source, whom the licences of its single pieces ask to name: ``credits`` of a built corpus.

    Returns
    -------
    str

    Examples
    --------
    >>> from motet.corpus.manifest import load_manifest
    >>> print(tell_credits(load_manifest()[:1]).splitlines()[-3])
    - Licence 许可: CC BY 4.0 (LICENSE.txt; !!!YEM in files), https://creativecommons.org/licenses/by/4.0/
    """
    lines = [_HEAD]
    for source in sources:
        lines += [
            "",
            f"## {source.title}",
            "",
            *_tell_source(source, (people or {}).get(source.name)),
        ]
    return "\n".join(lines) + "\n"


def _tell_source(source: Source, people: Sequence[str] | None) -> list[str]:
    """Return the lines of one source."""
    address = f"https://github.com/{source.repository.split(' ')[0]}"
    links = [link for name, link in _LICENCES if source.licence.startswith(name)]
    name = "none asked for 未要求" if source.attribution == "none required" else source.attribution
    lines = [
        f"- Licence 许可: {', '.join([source.licence, *links])}",
        f"- Attribution 署名: {name}",
        f"- Source 来源: {address} ({source.commit[:12]})",
    ]
    if people:
        lines.append(f"- Pieces by 乐曲制作者: {', '.join(people)}")
    return lines
