"""The rules of the house that a machine can hold (docs/why/the-house.md)."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "voicegen"
FILES = sorted(PACKAGE.rglob("*.py"))
LAYERS = [
    {"cascade", "confined", "errors", "keeping", "language_tags", "symbol_fonts"},
    {"model"},
    {"contracts"},
    {"config"},
    {"speech", "sound"},
    {"personal", "converting", "reloading", "notes", "durable"},
    {"recordings", "steps"},
    {"sources", "engines", "stores", "formats"},
    {"extensions"},
    {"leaving", "missed"},
    {"seal"},
    {"pictures"},
    {"cover", "ledger", "lexicon", "locking", "manifest", "pages", "publishing", "report", "failures", "pace"},
    {"theming"},
    {"approvals", "governance", "takes"},
    {"hold_line", "wording"},
    {"phone"},
    {"history", "reasons"},
    {"comparing", "holding", "intentions"},
    {"drafts"},
    {"unchanged"},
    {"fingerprints"},
    {"standing"},
    {"changed"},
    {
        "auditioning",
        "choosing",
        "fetching",
        "finding",
        "gauntlet",
        "licences",
        "making",
        "planning",
        "reviewing",
        "saying",
        "starting",
        "serve",
        "sweeping",
        "verifying",
        "watching",
    },
    {"staging"},
    {"entering"},
    {"distributing", "executors"},
    {"deciding", "mirroring"},
    {"build", "doctor"},
    {"sharding"},
    {"releasing", "taking_back", "phoning"},
    {"review_desk"},
    {"project"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
"""What stands lower may import only what stands above it; and what stands beside it, but for adapters."""
ADAPTERS = {"sources", "engines", "stores", "formats"}
PROTOCOL = "voicegen.engines._protocol"
"""The words that a build and its workers share; it has no engine in it."""


def room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def layer(name: str) -> int:
    for at, names in enumerate(LAYERS):
        if name in names:
            return at
    raise AssertionError(f"the room {name} has no place in LAYERS")


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("voicegen"):
            if node.module == "voicegen" or (PACKAGE.parent / node.module.replace(".", "/")).is_dir():
                found |= {f"{node.module}.{name.name}" for name in node.names}
            else:
                found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names if name.name.startswith("voicegen")}
    return found - {"voicegen", "voicegen.__version__"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way_and_adapters_leave_each_other_alone(path: Path) -> None:
    if path == PACKAGE / "__init__.py":
        return
    own = room(path)
    for name in imports(path) - {PROTOCOL}:
        other = name.split(".")[1]
        assert layer(other) <= layer(own), f"{path.name} imports {name}, which stands below it"
        if own in ADAPTERS and other in ADAPTERS:
            assert other == own, f"{path.name} imports {name}, an adapter of another kind"
            file = name.split(".")[2]
            assert file not in registered(own) or own == "sources", f"{path.name} imports the adapter {name}"


def registered(name: str) -> set[str]:
    from voicegen import extensions

    return set(extensions.FORMATS) if name == "formats" else set(extensions._ours(name))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_house_rules_hold_in_every_file(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert not {"utils", "helpers", "common", "manager", "base", "core"} & {path.stem, path.parent.name}
    for node in ast.walk(tree):
        assert not isinstance(node, ast.Assert), "user input is never checked by assert"
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, "a bare except hides faults"
            broad = isinstance(node.type, ast.Name) and node.type.id == "Exception"
            assert not broad or path.name == "cli.py", "only the edge of the program catches everything"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            worker = path.name.startswith("_") and path.parent.name == "engines"
            assert worker, "only cli.py and the commands speak to the user, through click"


OVERLOOKS = {
    *("cli", "doctor", "extensions", "fingerprints", "espeak", "flite", "_piper_files", "corpus"),
    *("notes", "reasons", "sharding", "watching", "_templates", "words", "library", "_feed_read"),
    "publishing",
}
"""Files that may use `Path.glob`, which finds nothing where a folder can't be read: they look for programs and
templates, or clear up; or compare what they find with what they know of. All else asks `durable.listed`."""


def test_what_is_kept_is_never_looked_for_by_who_is_silent_about_what_it_can_not_read() -> None:
    users = {path.stem for path in FILES if ".glob(" in path.read_text() or ".rglob(" in path.read_text()}
    assert users == OVERLOOKS


def test_the_model_does_no_input_or_output() -> None:
    for path in (PACKAGE / "model").glob("*.py"):
        names = {node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)}
        assert not names & {"open", "read_bytes", "write_bytes", "read_text", "write_text", "stat"}


def test_only_publishing_writes_where_readers_read() -> None:
    for path in FILES:
        if path.stem not in {
            "publishing",
            "doctor",
            "starting",
            "ledger",
            "saying",
            "auditioning",
            "fetched",
            "locking",
            "pack",
            "menus",
            "phoning",
            "notes",
            "history",
        } and room(path) not in {"stores"}:
            text = path.read_text()
            assert not any(word in text for word in (".write_bytes(", ".write_text(", "os.rename", ".rename("))


def test_a_model_value_can_not_be_changed_and_has_no_dict() -> None:
    for path in (PACKAGE / "model").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            for decorator in node.decorator_list if isinstance(node, ast.ClassDef) else []:
                options = {word.arg: ast.unparse(word.value) for word in decorator.keywords}  # type: ignore[attr-defined]
                assert options == {"frozen": "True", "slots": "True"}, f"{path.name}: {node.name}"  # type: ignore[attr-defined]


def test_the_start_is_light() -> None:
    """What a build with nothing to do loads: no parser, no template engine, no sound library."""
    code = "import sys, voicegen.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    parsers = {"bs4", "html5lib", "lxml", "jinja2", "sentencex", "babel", "markdown_it"}
    sound = {"av", "lameenc", "pydub", "gtts", "numpy", "piper", "onnxruntime", "obstore"}
    heavy = parsers | sound
    assert not heavy & set(loaded)


def test_nothing_of_this_machine_and_no_registry_is_named_in_the_project() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    registries = [name + ".org" for name in ("pypi", "files.pythonhosted", "registry.npmjs")]
    for name in listed.split("\n"):
        path = ROOT / name
        if path.is_file() and path.suffix in {".py", ".toml", ".md", ".txt", ".json", ".html", ".css", ".js", ""}:
            text = path.read_text("utf-8", "ignore")
            for word in (*registries, str(ROOT) + "/", "/" + "root/"):
                assert word not in text, f"{name} names {word}"
