"""The page of a listening test: one HTML file in English and Chinese, with its sound inside.

Conventions: nothing is loaded from anywhere and nothing is sent; answers are kept in the browser until
they are saved to a file. The page does not know who wrote what.
"""

from __future__ import annotations

import html
import json
from typing import Any, Final

__all__ = ["make_page"]

_QUESTIONS: Final = (
    ("musical", "Which is more musical?", "哪一个更有音乐性?", (
        ("A", "A", "A"), ("B", "B", "B"), ("=", "no difference", "没有差别"))),
    ("keep", "Which would you keep?", "你会留下哪一个?", (
        ("A", "A", "A"), ("B", "B", "B"), ("AB", "both", "都留"), ("0", "neither", "都不留"))),
    ("person", "Which was written by a person?", "哪一个是人写的?", (
        ("A", "A", "A"), ("B", "B", "B"), ("AB", "both", "都是"), ("0", "neither", "都不是"),
        ("?", "cannot say", "说不准"))),
)  # fmt: skip
_CREDITS: Final = "Passages from pieces written by people", "人写的片段出自"
_STYLE: Final = """
:root { color-scheme: light dark; --line: #8884; --mark: #2b6; }
* { box-sizing: border-box; }
body { font: 17px/1.55 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 0 auto;
  max-width: 46rem; padding: 1.5rem 1rem 5rem; }
h1 { font-size: 1.6rem; margin: 0 0 .4rem; } h2 { font-size: 1.1rem; margin: 0 0 .7rem; }
.zh { opacity: .75; } .small { font-size: .9rem; }
section { border: 1px solid var(--line); border-radius: .8rem; padding: 1rem; margin: 1.2rem 0; }
section.done { border-color: var(--mark); }
.clip { display: flex; align-items: center; gap: .8rem; margin: .4rem 0; }
.clip b { width: 1.4rem; font-size: 1.2rem; } audio { flex: 1; min-width: 0; }
fieldset { border: 0; margin: .9rem 0 0; padding: 0; } legend { padding: 0; margin-bottom: .3rem; }
label.choice { display: inline-flex; align-items: center; gap: .35rem; border: 1px solid var(--line);
  border-radius: 2rem; padding: .25rem .8rem; margin: 0 .3rem .35rem 0; cursor: pointer; }
label.choice:has(:checked) { border-color: var(--mark); background: #2b62; }
textarea, input[type=text], select { width: 100%; font: inherit; padding: .4rem .6rem;
  border: 1px solid var(--line); border-radius: .5rem; background: transparent; color: inherit; }
textarea { min-height: 3rem; margin-top: .6rem; }
button { font: inherit; font-weight: 600; padding: .6rem 1.4rem; border: 0; border-radius: .6rem;
  background: var(--mark); color: #fff; cursor: pointer; }
#left { margin-left: .8rem; }
"""
_SCRIPT: Final = """
const kit = KIT, pairs = PAIRS, store = "motet-blind-" + kit;
let answers = {};
try { answers = JSON.parse(localStorage.getItem(store)) || {}; } catch (error) { answers = {}; }
const form = document.getElementById("form");
const fields = () => [...form.querySelectorAll("input, textarea, select")];
function keep() {
  answers = {};
  for (const one of fields())
    if (one.type !== "radio" || one.checked) answers[one.name] = one.value;
  try { localStorage.setItem(store, JSON.stringify(answers)); } catch (error) { return; }
}
function count() {
  let done = 0;
  for (const pair of pairs) {
    const box = document.getElementById(pair);
    const whole = QUESTIONS.every(name => box.querySelector(`[name="${pair}.${name}"]:checked`));
    box.classList.toggle("done", whole);
    done += whole;
  }
  document.getElementById("left").textContent = `${done} / ${pairs.length}`;
  return done;
}
for (const one of fields()) {
  if (one.name in answers) {
    if (one.type === "radio") one.checked = one.value === answers[one.name];
    else one.value = answers[one.name];
  }
}
for (const sound of document.querySelectorAll("audio"))
  sound.addEventListener("play", () => {
    for (const other of document.querySelectorAll("audio")) if (other !== sound) other.pause();
  });
form.addEventListener("input", () => { keep(); count(); });
document.getElementById("save").addEventListener("click", () => {
  keep();
  const told = { format: 1, kit, listener: answers.listener || "", plays: answers.plays || "",
    finished: new Date().toISOString(), answers: [] };
  for (const pair of pairs) {
    const row = { pair };
    for (const name of [...QUESTIONS, "text"]) row[name] = answers[`${pair}.${name}`] || "";
    if (QUESTIONS.some(name => row[name]) || row.text) told.answers.push(row);
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(told, null, 1)], { type: "application/json" }));
  link.download = `answers-${kit.slice(0, 6)}-${Date.now().toString(36)}.json`;
  link.click();
  document.getElementById("credits").hidden = false;
});
count();
"""


def make_page(kit: str, pairs: list[dict[str, Any]], credits: list[str]) -> str:
    """Return the page of a listening test.

    Parameters
    ----------
    kit : str
        Name of the test, also in its key.
    pairs : list of dict
        Each with ``id`` and two ``clips`` of ``id`` and ``ogg`` (base64).
    credits : list of str
        Shown once answers are saved.

    Returns
    -------
    str
        HTML.

    Examples
    --------
    >>> clips = [{"id": "c1", "ogg": "T2dn"}, {"id": "c2", "ogg": "T2dn"}]
    >>> page = make_page("k", [{"id": "p1", "clips": clips}], ["a <b>"])
    >>> page.count("<audio"), "a &lt;b&gt;" in page, "human" in page
    (2, True, False)
    """
    names = [name for name, _, _, _ in _QUESTIONS]
    script = (
        _SCRIPT.replace("KIT", json.dumps(kit), 1)
        .replace("PAIRS", json.dumps([pair["id"] for pair in pairs]), 1)
        .replace("QUESTIONS", json.dumps(names))
    )
    sections = "\n".join(_section(number, pair) for number, pair in enumerate(pairs, start=1))
    named = "\n".join(f"<li>{html.escape(one)}</li>" for one in credits)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Motet: listening test · 盲听测试</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>Listening test <span class="zh">盲听测试</span></h1>
<p>{len(pairs)} pairs of short passages. Both of a pair have the same style, key, metre, tempo,
instruments, length and loudness; each was written by a person or by a program. Listen to both with
headphones, as often as you like, then answer. You may stop and come back; nothing leaves this page until
you save your answers and send the file yourself.</p>
<p class="zh">共 {len(pairs)} 对短片段。每对的风格、调、拍号、速度、乐器、长度与响度相同,各由人或程序写成。
请戴耳机听,次数不限,再作答。可以中途停下再继续;在您保存答案并自行发送文件之前,任何内容都不会离开此页面。</p>
<form id="form" onsubmit="return false">
<section>
<label>Your name or a nickname (optional) <span class="zh">姓名或昵称(可不填)</span>
<input type="text" name="listener" maxlength="80" autocomplete="off"></label>
<p></p>
<label>Do you make music? <span class="zh">您从事音乐吗?</span>
<select name="plays">
<option value=""></option>
<option value="no">no, I listen · 不,只是听</option>
<option value="amateur">as an amateur · 业余</option>
<option value="professional">as a student or professional · 学习或专业</option>
</select></label>
</section>
{sections}
</form>
<p><button id="save" type="button">Save my answers · 保存答案</button><span id="left"></span></p>
<section id="credits" hidden>
<h2>{_CREDITS[0]} <span class="zh">{_CREDITS[1]}</span></h2>
<ul class="small">
{named}
</ul>
<p>Thank you. Send the saved file to whoever sent you this page.
<span class="zh">谢谢。请把保存的文件发给向您发送此页面的人。</span></p>
</section>
<script>{script}</script>
</body>
</html>
"""


def _section(number: int, pair: dict[str, Any]) -> str:
    """Return one pair: two players and the questions."""
    name = html.escape(pair["id"], quote=True)
    players = "\n".join(
        f'<div class="clip"><b>{side}</b><audio controls preload="metadata" '
        f'src="data:audio/ogg;base64,{clip["ogg"]}" title="{html.escape(clip["id"], quote=True)}">'
        "</audio></div>"
        for side, clip in zip("AB", pair["clips"], strict=True)
    )
    asked = "\n".join(_question(name, *one) for one in _QUESTIONS)
    return f"""<section id="{name}">
<h2>Pair {number} <span class="zh">第 {number} 对</span></h2>
{players}
{asked}
<textarea name="{name}.text" maxlength="2000" placeholder="What made you decide? 依据是什么?"></textarea>
</section>"""


def _question(
    pair: str, name: str, en: str, zh: str, choices: tuple[tuple[str, str, str], ...]
) -> str:
    """Return one question with its choices."""
    boxes = "\n".join(
        f'<label class="choice"><input type="radio" name="{pair}.{name}" value="{value}">'
        f"{choice}{'' if choice == choice_zh else f' <span class=zh>{choice_zh}</span>'}</label>"
        for value, choice, choice_zh in choices
    )
    return f'<fieldset><legend>{en} <span class="zh">{zh}</span></legend>\n{boxes}</fieldset>'
