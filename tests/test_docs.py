from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def test_the_reference_says_what_the_program_does() -> None:
    made = runpy.run_path(str(ROOT / "docs/reference/generate.py"))["pages"]()
    for name, text in made.items():
        assert (ROOT / "docs/reference" / name).read_text("utf-8") == text, "run python docs/reference/generate.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_in_the_documentation_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_that_the_documentation_names_is_there(page: Path) -> None:
    for name in re.findall(
        r"`((?:voicegen|docs|tests|benchmarks|steps|sound|content)/[\w./-]+\.\w+)`", page.read_text()
    ):
        assert (ROOT / name).exists() or (ROOT / "voicegen" / name).exists(), f"{page.name} names {name}"
