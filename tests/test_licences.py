"""The bill of materials: it is complete, it is true of what is installed, and nothing in it is forbidden."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import ExpressionInfo, get_spdx_licensing

from tests.conftest import ROOT, Project
from tests.engines.piper_voice import write_voice
from voicegen import extensions
from voicegen.cli import main
from voicegen.licences import UNKNOWN, Part, installed, known

MAY_BE_LINKED = {
    *(
        "0BSD",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BSD-3-Clause-Clear",
        "CC0-1.0",
        "MIT",
        "MIT-open-group",
    ),
    *("PSF-2.0", "Zlib", "MPL-2.0", "LGPL-2.0-or-later", "LGPL-2.1-or-later", "LGPL-3.0-or-later"),
    "GPL-3.0-or-later WITH GCC-exception-3.1",
}
"""What may be loaded into a process beside code under Apache-2.0 without asking more of that code. Those of weak
copyleft are libraries of their own, which their users may exchange."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PACKAGES = installed()


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\s;<>=!~\[(]", line)[0].lower() for line in requirements}


def is_allowed(expression: str) -> bool:
    """Whether one way to read the expression has nothing but what may be linked."""
    parsed = get_spdx_licensing().parse(expression, validate=True)

    def allowed(node: Any) -> bool:
        if type(node).__name__ == "AND":
            return all(map(allowed, node.args))
        if type(node).__name__ == "OR":
            return any(map(allowed, node.args))
        return str(node) in MAY_BE_LINKED

    return allowed(parsed)


def test_every_dependency_has_a_reason_and_every_reason_a_dependency() -> None:
    extras = PROJECT["optional-dependencies"]
    assert set(known()["packages"]) == names(PROJECT["dependencies"])
    optional = {name for extra, needed in extras.items() if extra != "test" for name in names(needed)}
    assert set(known()["optional"]) == optional
    assert set(known()["tests"]) == names(extras["test"])
    for facts in (*known()["packages"].values(), *known()["optional"].values()):
        assert len(facts["why"].split()) > 3
        assert re.fullmatch(r"20\d\d-\d\d", facts["released"])


def test_the_bill_has_all_that_the_pinned_requirements_install() -> None:
    pinned = set(re.findall(r"^([a-z0-9.-]+)==", (ROOT / "requirements/run.txt").read_text(), re.M))
    tools = {"editables", "hatchling", "pluggy", "trove-classifiers", "packaging", "pathspec"}
    other_systems = {"audioop-lts", "colorama"}
    assert pinned - tools - other_systems <= set(PACKAGES)


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_has_a_licence_that_may_be_linked_or_is_kept_apart(name: str) -> None:
    part = PACKAGES[name]
    assert part.licence != UNKNOWN
    assert is_allowed(part.licence) or name in known()["apart"], part.licence
    for inside in part.inside:
        assert inside.licence != UNKNOWN, f"{name} brings {inside.name}: add it to [inside.{name}] of parts.toml"
        accepted = inside.name in known()["accepted"] or name in known()["apart"]
        assert is_allowed(inside.licence) or accepted, f"{name} brings {inside.name}: {inside.licence}"


def test_the_gate_refuses_what_it_is_for() -> None:
    for refused in ("GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND GPL-2.0-only", "SSPL-1.0", "CC-BY-NC-4.0"):
        assert not is_allowed(refused)
    assert is_allowed("GPL-2.0-only OR MIT")


def test_what_is_kept_apart_is_loaded_by_no_module_of_the_build() -> None:
    loading = re.compile(r"^\s*(?:import|from)\s+(piper|espeakng_loader)\b", re.M)
    found = {path.name for path in (ROOT / "voicegen").rglob("*.py") if loading.search(path.read_text("utf-8"))}
    assert found <= {"_piper_worker.py"}


def test_licences_that_are_told_for_others_are_real_and_still_needed() -> None:
    told = [*known()["licences"].values(), *known()["system"].values()]
    told += [licence for inside in known()["inside"].values() for licence in inside.values()]
    for licence in told:
        info: ExpressionInfo = get_spdx_licensing().validate(licence)
        assert not info.errors, info.errors


def run(project: Project, *words: str) -> Any:
    outcome = CliRunner(mix_stderr=False).invoke(main, ["-C", str(project.place), "licences", *words])
    assert outcome.exit_code == 0, outcome.stderr
    return outcome.stdout


def test_the_bill_in_cyclonedx_is_right_by_its_own_schema_and_the_same_each_time(project: Project) -> None:
    bill = run(project, "--cyclonedx")
    assert bill == run(project, "--cyclonedx")
    trouble = JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill)
    assert trouble is None, trouble
    found = json.loads(bill)
    refs = [part["bom-ref"] for part in found["components"]]
    assert len(refs) == len(set(refs))
    assert {needed for one in found["dependencies"] for needed in one["dependsOn"]} <= set(refs)
    by_name = {part["name"]: part for part in found["components"]}
    assert set(PACKAGES) | set(extensions.engines()) <= set(by_name)
    assert by_name["espeakng-loader"]["licenses"] == [{"expression": "GPL-3.0-or-later"}]
    assert str(ROOT) not in bill
    assert str(Path.home()) not in bill


def test_people_read_every_part_with_licence_and_reason(project: Project) -> None:
    words = run(project)
    for part in PACKAGES.values():
        assert f"{part.name} {part.version}" in words
        assert part.licence in words
        assert part.why in words
    for name in extensions.engines():
        assert extensions.about(name)["licence"] in words


def test_programs_get_the_same_as_json(project: Project) -> None:
    found = json.loads(run(project, "--json"))
    assert [part["name"] for part in found["packages"]] == sorted(PACKAGES)
    assert set(found["packages"][0]) == set(Part.__slots__)


def test_a_downloaded_voice_says_its_own_licence_or_that_nobody_knows(project: Project) -> None:
    folder = project.place / "voices"
    folder.mkdir()
    write_voice(folder, "en_GB-test-low")
    assert "not told: save its card as en_GB-test-low.MODEL_CARD" in run(project)
    (folder / "en_GB-test-low.MODEL_CARD").write_text("# Model card\n\n## Dataset\n\n* License: CC BY 4.0\n")
    assert "inside, CC BY 4.0: en_GB-test-low" in run(project)
