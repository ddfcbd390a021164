"""Every view in both themes is clean for axe: names, roles, contrast, focus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "studio" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  const told = (theme, found) => found.violations.map((one) => `${theme} ${one.id}: ` + one.nodes
    .slice(0, 4).map((node) => `${node.target.join(" ")} ${node.any[0]?.message ?? ""}`).join("; "));
  const wear = (theme) => {
    document.documentElement.dataset.theme = theme;
    return new Promise((done) => setTimeout(done, 250));
  };
  await wear("dark");
  const dark = await axe.run(document, { resultTypes: ["violations"] });
  await wear("light");
  const light = await axe.run(document, { resultTypes: ["violations"], runOnly: ["color-contrast"] });
  return [...told("dark", dark), ...told("light", light)];
}"""
"""All rules in the dark theme; in the light one, what differs: contrast."""


def views(page: Page) -> Iterator[str]:
    """Show one view after the other; yields the name of what is shown."""
    for mode, ready in (
        ("grid", "main"),
        ("roll", "main canvas"),
        ("score", "main [data-page] svg"),
    ):
        page.get_by_test_id(f"shell-view-{mode}").click()
        page.locator(ready).first.wait_for()
        yield mode
    page.get_by_test_id("shell-view-grid").click()
    for panel in ("ask", "why", "history", "export"):
        page.get_by_test_id(f"shell-tab-{panel}").click()
        if panel != "ask":
            page.get_by_test_id(panel).wait_for()
        if panel == "history":
            page.get_by_test_id("history").locator("button").first.click()
        yield panel


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed (cd studio && npm ci)")
def test_axe_finds_nothing(
    open_page: Callable[..., Page], open_song: Callable[..., dict[str, Any]]
) -> None:
    page = open_page(bypass_csp=True)
    page.get_by_test_id("start-text").wait_for()
    page.add_script_tag(path=str(AXE))
    found = [f"start {row}" for row in page.evaluate(RUN)]
    open_song(page)
    page.add_script_tag(path=str(AXE))
    for name in views(page):
        found += [f"{name} {row}" for row in page.evaluate(RUN)]
    assert not found, "\n".join(found)
