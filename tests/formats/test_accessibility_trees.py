"""What browsers tell screen readers of our pages, held against trees that were read through: one for each layout.

`pytest --save-golden` writes them anew; read the difference before you keep it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.formats.test_embed import HOST, READY

pytestmark = pytest.mark.needs("chromium")

TREES = Path(__file__).parent / "trees"
TOLD = ("level", "pressed", "checked", "expanded", "invalid", "haspopup", "live")
"""Properties that screen readers speak; the others are about the place or the editing."""
SILENT = {"InlineTextBox", "none", "generic", "LineBreak", "ListMarker"}
LAYOUTS: dict[str, tuple[str, dict[str, Any]]] = {
    "page": ("rich/index.html", {}),
    "page-without-scripts": ("rich/index.html", {"java_script_enabled": False}),
    "page-on-a-phone": ("rich/index.html", {"viewport": {"width": 320, "height": 640}}),
    "page-right-to-left": ("arabic/index.html", {}),
    "page-without-words-of-ours": ("persian/index.html", {}),
    "list": ("index.html", {}),
    "embedded": ("embedded.html", {}),
}


def lines(nodes: list[dict[str, Any]]) -> Iterator[str]:
    """Role, name, value and state of every node that a screen reader meets, indented by its depth."""
    known = {node["nodeId"]: node for node in nodes}

    def below(node: dict[str, Any], depth: int) -> Iterator[str]:
        role = node.get("role", {}).get("value", "")
        shown = not node.get("ignored") and role not in {
            "InlineTextBox",
            "none",
            "generic",
            "LineBreak",
            "ListMarker",
        }
        if shown:
            name = " ".join(str(node.get("name", {}).get("value", "")).split())
            value = node.get("value", {}).get("value", "")
            states = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
            told = " ".join(
                f"{key}={states[key]}" for key in TOLD if states.get(key) not in (None, False, "false")
            )
            yield "  " * depth + " ".join(part for part in (role, f'"{name}"', str(value), told) if part)
        for child in node.get("childIds", ()):
            if child in known and role != "StaticText":
                yield from below(known[child], depth + shown)

    yield from below(nodes[0], 0)


def tree(page: Page) -> str:
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return "\n".join(lines(nodes)) + "\n"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_accessibility_tree_is_as_it_was_read_through(
    chromium: Browser, address: str, site: Path, layout: str, request: pytest.FixtureRequest
) -> None:
    name, look = LAYOUTS[layout]
    (site / "embedded.html").write_text(HOST.replace("host.css", "none.css"))
    context = chromium.new_context(service_workers="block", **look)
    page = context.new_page()
    page.goto(address + name)
    if layout == "embedded":
        page.wait_for_function(READY)
    found = tree(page)
    context.close()
    golden = TREES / f"{layout}.txt"
    if request.config.getoption("--save-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")
