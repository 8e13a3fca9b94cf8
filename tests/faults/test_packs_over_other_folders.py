"""A telephone pack is written over nothing but a pack."""

from __future__ import annotations

import pytest

from tests.conftest import Project
from voicegen.errors import SettingsError
from voicegen.phone import pack, published
from voicegen.phone.profiles import profile


def test_a_pack_is_never_written_over_the_publications(project: Project) -> None:
    project.page("a.txt")
    assert project.build().exit_code == 0
    before = project.tree()
    page = published.load(project.output / "a", "full")
    for place in (project.output, project.output / "a", project.place / "content", project.place):
        with pytest.raises(SettingsError, match="no pack of voicegen"):
            pack.write(place, [page], profile("asterisk"))
    assert project.tree() == before
    pack.write(project.place / "pack", [page], profile("asterisk"))
    pack.write(project.place / "pack", [page], profile("asterisk"))
