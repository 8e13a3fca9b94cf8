"""Chromium for tests: how it is started, how a page is opened and watched, and what axe says of it."""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright

from voicegen.serve import Preview

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "phone": {"viewport": {"width": 320, "height": 640}},
}
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TAGS = ("wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def launched(tool: Playwright) -> Browser:
    """The browser of this machine, without what would ask other hosts."""
    return tool.chromium.launch(executable_path=shutil.which("chromium"), args=list(ARGUMENTS))


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a folder shown by the preview server."""
    server = Preview(folder, 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@contextlib.contextmanager
def opened(browser: Browser, url: str, **look: Any) -> Iterator[Page]:
    """A page in a fresh context; the test fails if the page asks another host, or breaks its own policy."""
    context = browser.new_context(**look)
    try:
        page = context.new_page()
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(url)
        yield page
        start = "file://" if url.startswith("file:") else "/".join(url.split("/")[:3]) + "/"
        assert [other for other in asked if not other.startswith(start)] == []
        assert said == []
        assert context.cookies() == []
    finally:
        context.close()


def axe_core() -> str:
    """The path of axe-core's script, which the package axe-playwright-python brings."""
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    return str(Path(spec.origin).with_name("axe.min.js"))


def axe_problems(
    browser: Browser, url: str, look: str, prepare: Callable[[Page], None] = lambda page: None
) -> list[tuple[str, str]]:
    """What axe-core finds on the page, up to level AAA and best practice, with everything opened.

    `prepare` does with the page what a reader might have done before.
    """
    context = browser.new_context(**LOOKS[look], bypass_csp=True)
    try:
        page = context.new_page()
        page.goto(url)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        prepare(page)
        page.add_script_tag(path=axe_core())
        rules = {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}
        result = page.evaluate(
            "options => axe.run(options)",
            {
                "runOnly": {"type": "tag", "values": TAGS},
                "rules": rules,
                "resultTypes": ["violations"],  # of what is well, not every element need be written down
            },
        )
        assert len(result["passes"]) > 10
        return [(v["id"], node["html"][:120]) for v in result["violations"] for node in v["nodes"]]
    finally:
        context.close()
