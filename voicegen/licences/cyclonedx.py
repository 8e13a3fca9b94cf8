"""The bill as CycloneDX 1.6 (ECMA-424, cyclonedx.org), the form that security programs read.

It holds no time, no number by chance and no name of this machine: the same parts make the same bytes.
"""

from __future__ import annotations

from typing import Any

from voicegen.licences import UNKNOWN, Bill, Part


def document(bill: Bill) -> dict[str, Any]:
    """The bill as a JSON object."""
    program = _component(bill.program, "application", "pkg:pypi/")
    packages = [_component(part, "library", "pkg:pypi/") for part in bill.packages]
    engines = [_component(part, "application", "engine/") for part in bill.engines]
    system = [
        _component(part, "platform" if part.name == "Python" else "library", "system/") for part in bill.system
    ]
    names = {part.name: component["bom-ref"] for part, component in zip(bill.packages, packages, strict=True)}
    needs = [(program["bom-ref"], bill.program.needs)]
    needs += [(names[part.name], part.needs) for part in bill.packages]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": program},
        "components": [*packages, *engines, *system],
        "dependencies": [{"ref": ref, "dependsOn": [names[name] for name in others]} for ref, others in needs],
    }


def _component(part: Part, kind: str, place: str) -> dict[str, Any]:
    version = f"@{part.version}" if part.version else ""
    made: dict[str, Any] = {"type": kind, "bom-ref": f"{place}{part.name}{version}", "name": part.name}
    if part.version:
        made["version"] = part.version
    if part.why:
        made["description"] = part.why
    if part.licence != UNKNOWN:
        made["licenses"] = [{"expression": part.licence} if part.is_spdx else {"license": {"name": part.licence}}]
    if place.startswith("pkg:"):
        made["purl"] = made["bom-ref"]
    if part.inside:
        kind = "library" if part.is_spdx else "data"
        made["components"] = [_component(one, kind, f"{place}{part.name}/") for one in part.inside]
        for one in made["components"]:
            one.pop("purl", None)  # it is part of a package and none itself
    return made
