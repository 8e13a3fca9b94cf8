"""`voicegen verify` on a folder as it was published, and on what may become of it on its way to a server."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import PAGE, Project
from voicegen import extensions, manifest
from voicegen.cli import main
from voicegen.errors import PublicationError
from voicegen.verifying import troubles, verify


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project(tmp_path_factory.mktemp("verify") / "project")
    project.page("gallstones.txt", PAGE)
    project.page("colds.md", "# Colds\n\nDrink 2 litres a day.\n\n## Rest\n\nSleep well.\n")
    project.build()
    return project.place / "output"


@pytest.fixture
def copied(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "server"))


def test_a_copied_output_is_found_whole(copied: Path) -> None:
    found = verify(copied)
    assert found.troubles == ()
    assert found.strangers == ()
    assert found.pages == 2
    assert found.files == sum(path.is_file() for path in copied.rglob("*"))


@pytest.mark.fault("F39", "`voicegen verify` misses every file and sees every changed byte")
def test_every_file_that_was_published_is_missed_and_every_changed_byte_is_seen(project: Project) -> None:
    project.page("gallstones.txt", PAGE)  # one page: a second one that is whole would be decoded each time
    project.build()
    copied = project.output
    whole = copied / manifest.NAME  # what all else is compared with; nothing tells its own digest
    for path in [path for path in sorted(copied.rglob("*")) if path.is_file() and path != whole]:
        data, middle = path.read_bytes(), path.stat().st_size // 2
        path.unlink()
        assert troubled(copied), f"{path.name} was not missed"
        for wrong in (data[:-1], data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]):
            path.write_bytes(wrong)
            assert troubled(copied), f"{path.name} was changed, and nothing was said"
        path.write_bytes(data)
    assert verify(copied).troubles == ()


def troubled(place: Path) -> bool:
    try:
        return bool(verify(place).troubles)
    except PublicationError:
        return True


def test_a_page_of_an_older_build_is_told_from_the_rest(copied: Path) -> None:
    path = copied / "colds" / manifest.NAME
    path.write_text(path.read_text().replace('"made_by": "voicegen"', '"made_by":  "voicegen"'))
    assert [(one.where, one.what) for one in verify(copied).troubles] == [
        ("colds", "it is of another build than the rest")
    ]


def forge(place: Path, path: str, change: Callable[[str], str]) -> None:
    """Changes a published text file, and the manifests so that the digests are right again."""
    page, _, name = path.partition("/")
    file = place / path
    file.write_text(change(file.read_text("utf-8")), "utf-8")
    facts = json.loads((place / page / manifest.NAME).read_text())
    facts["files"][name] = {"bytes": file.stat().st_size, "sha256": digest(file)}
    (place / page / manifest.NAME).write_text(json.dumps(facts))
    whole = json.loads((place / manifest.NAME).read_text())
    whole["pages"][page] = digest(place / page / manifest.NAME)
    (place / manifest.NAME).write_text(json.dumps(whole))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.fault("F39", "publications that disagree are found even where every digest is right")
@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("colds/captions.vtt", "Drink 2", "Drink 3", "other words than timeline.json"),
        ("colds/chapters.vtt", "00:00:0", "00:00:1", "is not"),
        ("colds/timeline.json", '"start": 0', '"start": 9', "without a gap"),
        ("colds/index.html", 'href="page.css"', 'href="gone.css"', "which is missing"),
        ("colds/account.json", '"as_shown": ', '"as_shown": 1', "are accounted for"),
    ],
)
def test_publications_that_disagree_are_found_even_where_every_digest_is_right(
    copied: Path, path: str, old: str, new: str, said: str
) -> None:
    forge(copied, path, lambda text: text.replace(old, new, 1))
    assert any(said in one.what for one in verify(copied).troubles)


@pytest.mark.attack("tampering", "a list of pages that is no text is told, though its digest is right")
def test_a_list_of_pages_of_any_bytes_is_told(copied: Path) -> None:
    data = b"\xff\xfe\x00"
    (copied / "index.html").write_bytes(data)
    whole = json.loads((copied / manifest.NAME).read_bytes())
    whole["files"]["index.html"] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (copied / manifest.NAME).write_text(json.dumps(whole))
    assert [one.where for one in verify(copied).troubles] == ["list of pages"]


def test_what_lies_beside_the_publication_is_told_as_a_strangers(copied: Path) -> None:
    (copied / "colds" / "notes.docx").write_text("mine")
    found = verify(copied)
    assert found.strangers == ("colds/notes.docx",)
    assert found.troubles == ()


@pytest.mark.attack("tampering", "a page that was taken away is told where a copy left it on the server")
def test_a_page_that_is_published_no_more_is_told_where_it_was_left(project: Project, tmp_path: Path) -> None:
    for name in ("colds.md", "flu.md"):
        project.page(name, "# Colds\n\nDrink 2 litres a day.\n")
    project.build()
    shutil.copytree(project.output, tmp_path / "server")
    (project.place / "content/flu.md").unlink()
    project.build()
    shutil.copytree(project.output, tmp_path / "server", dirs_exist_ok=True)
    found = verify(tmp_path / "server")
    assert [one.where for one in found.troubles] == ["flu"]
    assert "published no more" in found.troubles[0].what
    assert found.strangers == ()


@pytest.mark.fault("F30", "a link in the place of a published file is told")
def test_a_link_in_the_place_of_a_file_is_not_followed(copied: Path, tmp_path: Path) -> None:
    path = copied / "colds" / "page.css"
    path.rename(tmp_path / "elsewhere.css")
    path.symlink_to(tmp_path / "elsewhere.css")
    assert [one.where for one in verify(copied).troubles] == ["colds/page.css"]


@pytest.mark.attack("tampering", "a manifest that leads outside is refused")
def test_a_manifest_that_leads_outside_is_refused(copied: Path) -> None:
    path = copied / manifest.NAME
    path.write_text(path.read_text().replace('"colds"', '"../colds"'))
    with pytest.raises(PublicationError, match=r"it names '\.\./colds'"):
        verify(copied)


def test_the_command_says_what_is_wrong_and_fails(copied: Path) -> None:
    run = CliRunner()
    right = run.invoke(main, ["verify", str(copied)])
    assert right.exit_code == 0
    assert "2 pages" in right.output
    assert "all as published" in right.output
    (copied / "colds" / "captions.vtt").unlink()
    wrong = run.invoke(main, ["verify", str(copied), "--json"])
    assert wrong.exit_code == PublicationError.exit_code
    assert json.loads(wrong.stdout)["troubles"] == [{"where": "colds/captions.vtt", "what": "it is missing"}]
    empty = copied / "colds" / "chapters"
    assert run.invoke(main, ["verify", str(empty)]).exit_code == PublicationError.exit_code


@pytest.mark.fault("F39", "a telephone's sound that says nonsense of its own parts is told, and ends nothing")
@pytest.mark.parametrize(
    "nonsense", [b"junk\xff\xff\xff\x7f", b"fmt \x00\x00\x00\x00", b"data\xff\xff\xff\xff", b""]
)
def test_a_sound_that_says_nonsense_of_its_parts_is_told(copied: Path, nonsense: bytes) -> None:
    [sound, *_] = sorted((copied / "colds/phone").rglob("*.wav"))
    sound.write_bytes(sound.read_bytes()[:12] + nonsense + b"\x00" * 30)
    assert any("can't be read" in one for one in troubles(extensions.format_("phone"), copied / "colds"))
