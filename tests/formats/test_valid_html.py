"""The pages held against the HTML standard by two checkers: the Nu checker, and html-validate."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import NODE_MODULES

RULES = {"root": True, "extends": ["html-validate:recommended"], "rules": {"tel-non-breaking": "off"}}
"""Numbers to call are kept on one line by the style sheet; the author's blanks stay as they are."""


def pages(site: Path) -> list[str]:
    return [str(path) for path in sorted(site.rglob("index.html"))]


@pytest.mark.needs("java", "npm:vnu-jar")
def test_the_nu_checker_finds_no_error_in_pages_and_style_sheets(site: Path) -> None:
    jar = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    quick = ["-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    done = subprocess.run(
        [shutil.which("java") or "java", *quick, "-jar", str(jar), "--format", "json", *pages(site)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    messages = json.loads(done.stderr)["messages"]
    # what it says of the policy is about a page without an address, whose 'self' is nothing
    assert [one for one in messages if one["type"] != "info"] == []


@pytest.mark.needs("node", "npm:html-validate")
def test_html_validate_finds_nothing_either(site: Path, tmp_path: Path) -> None:
    config = tmp_path / "rules.json"
    config.write_text(json.dumps(RULES))
    script = NODE_MODULES / "html-validate" / "bin" / "html-validate.mjs"
    done = subprocess.run(
        [
            shutil.which("node") or "node",
            str(script),
            "--config",
            str(config),
            "--formatter",
            "json",
            *pages(site),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    found = [(one["ruleId"], one["message"]) for page in json.loads(done.stdout) for one in page["messages"]]
    assert found == []
