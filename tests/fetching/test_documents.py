"""Documents on this machine become pages, are followed, and never go over what staff made of them."""

from __future__ import annotations

import json
import os
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import Project
from tests.converting.documents import book, document, saved
from voicegen.cli import main
from voicegen.config import Settings, load
from voicegen.converting import Converted
from voicegen.fetching import documents, fetch, fetched

Run = Callable[..., Result]


def leaflet(dose: str) -> bytes:
    made = document(title="Gallstones")
    made.add_paragraph(f"Take {dose} of the medicine once a day with water.")
    return saved(made)


@pytest.fixture
def run(project: Project, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.chdir(project.place)

    def runs(*words: str) -> Result:
        return CliRunner(mix_stderr=False).invoke(main, list(words))

    return runs


def test_a_word_file_becomes_a_page_that_builds_and_is_followed(project: Project, run: Run) -> None:
    source = project.place / "papers" / "My Leaflet.docx"
    source.parent.mkdir()
    source.write_bytes(leaflet("5 mg"))
    assert "new        my-leaflet.html, from papers/My Leaflet.docx" in run("fetch", str(source)).stdout
    assert "my-leaflet: made" in run("build", "--plain").stdout
    assert json.loads((project.output / "my-leaflet" / "manifest.json").read_bytes())

    source.write_bytes(leaflet("50 mg"))
    said = run("status").stdout
    assert "my-leaflet.html: papers/My Leaflet.docx has changed since it was fetched: `voicegen fetch`" in said
    facts = json.loads(run("status", "--json").stdout)["origins"]
    assert [one["address"] for one in facts] == ["papers/My Leaflet.docx"]
    assert "changed    my-leaflet.html" in run("fetch").stdout
    assert "my-leaflet: changed" in run("status").stdout
    assert "50 mg" in run("diff", "my-leaflet").stdout
    assert "unchanged" in run("fetch").stdout


def test_an_epub_becomes_one_page(project: Project, run: Run) -> None:
    (project.place / "asthma.epub").write_bytes(
        book({"a.xhtml": "<h1>Help</h1><p>Sit up and breathe slowly.</p>"})
    )
    assert run("fetch", "asthma.epub").exit_code == 0
    assert "Help" in run("inspect", "asthma").stdout


def test_an_edited_page_is_staff_s_own_and_a_removed_one_comes_back_only_by_name(
    project: Project, run: Run
) -> None:
    (project.place / "a.docx").write_bytes(leaflet("5 mg"))
    run("fetch", "a.docx")
    page = project.place / "content" / "a.html"
    page.write_text(page.read_text().replace("5 mg", "6 mg"))
    (project.place / "a.docx").write_bytes(leaflet("7 mg"))
    assert "kept       a.html, from a.docx (it was edited here since it was fetched)" in run("fetch").stdout
    assert "6 mg" in page.read_text()
    assert "a.docx" not in run("status").stdout
    page.unlink()
    assert "you removed it" in run("fetch").stdout
    assert "changed" in run("fetch", "a.docx").stdout
    assert "7 mg" in page.read_text()


def test_what_staff_save_while_the_document_is_read_is_not_written_over(
    project: Project, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.place / "a.docx").write_bytes(leaflet("5 mg"))
    run("fetch", "a.docx")
    page, read = project.place / "content" / "a.html", documents.read

    def slow(settings: Settings, address: str) -> tuple[bytes, Converted]:
        page.write_text("<p>Ours</p>")
        return read(settings, address)

    monkeypatch.setattr(documents, "read", slow)
    (project.place / "a.docx").write_bytes(leaflet("7 mg"))
    assert "kept       a.html, from a.docx (it was edited here since it was fetched)" in run("fetch").stdout
    assert page.read_text() == "<p>Ours</p>"


def test_a_page_of_staff_s_own_is_not_written_over(project: Project, run: Run) -> None:
    project.page("a.html", "<p>Ours</p>")
    (project.place / "a.docx").write_bytes(leaflet("5 mg"))
    assert "was not made from this document" in run("fetch", "a.docx").stdout
    assert (project.place / "content" / "a.html").read_text() == "<p>Ours</p>"


def test_two_documents_of_one_name_have_a_page_each(project: Project, run: Run) -> None:
    for folder in ("one", "two"):
        (project.place / folder).mkdir()
        (project.place / folder / "a.docx").write_bytes(leaflet(folder))
    run("fetch", "one/a.docx", "two/a.docx")
    pages = sorted((project.place / "content").glob("*.html"))
    assert ["Take one" in page.read_text() for page in pages].count(True) == 1
    assert len(pages) == 2


def test_what_is_left_out_is_said_and_told_to_programs(project: Project, run: Run) -> None:
    made = document()
    made.add_paragraph("Rest for a day.")
    made.sections[0].footer.paragraphs[0].text = "Emergency: 112"
    (project.place / "a.docx").write_bytes(saved(made))
    assert (
        "note: Not on the page: the footer of its printed pages: “Emergency: 112”."
        in run("fetch", "a.docx").stdout
    )
    facts = json.loads(run("fetch", "--json").stdout)
    assert facts["version"] == 1
    assert facts["outcomes"][0]["omitted"] == [
        {"text": "Emergency: 112", "why": "the footer of its printed pages"}
    ]


def test_a_file_that_is_no_document_fails_with_what_to_do_and_the_others_go_on(project: Project, run: Run) -> None:
    (project.place / "a.docx").write_bytes(leaflet("5 mg"))
    (project.place / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    outcome = run("fetch", "old.doc", "gone.docx", "a.docx")
    assert outcome.exit_code == 42
    assert "save it as .docx" in outcome.stderr
    assert "gone.docx: it can't be read" in outcome.stderr
    assert "new        a.html" in outcome.stdout


def test_a_document_in_the_content_folder_is_pointed_to_the_command(project: Project, run: Run) -> None:
    project.page("gallstones.txt")
    (project.place / "content" / "a.docx").write_bytes(leaflet("5 mg"))
    assert "`voicegen fetch content/a.docx` makes a page of it" in run("build", "--plain").stdout
    run("fetch", "content/a.docx")
    assert "a.docx" not in run("build", "--plain").stdout


def test_a_document_outside_of_the_project_is_noted_by_its_whole_path(
    project: Project,
    run: Run,
    tmp_path: Path,
) -> None:
    (tmp_path / "out.docx").write_bytes(leaflet("5 mg"))
    run("fetch", os.path.relpath(tmp_path / "out.docx"))
    facts = json.loads((project.place / "content" / ".origins.json").read_bytes())
    assert facts["pages"]["out.html"]["address"] == (tmp_path / "out.docx").as_posix()
    (tmp_path / "out.docx").unlink()
    assert "is no longer there" in run("status").stdout


@pytest.mark.attack(
    "fetching", "whoever writes the record of origins has no document outside the project published"
)
@pytest.mark.parametrize("by_link", [False, True])
def test_a_document_outside_that_nobody_named_here_is_not_read(
    project: Project, run: Run, tmp_path: Path, by_link: bool
) -> None:
    secret = tmp_path / "staff; ls" / "patients.docx"
    secret.parent.mkdir()
    secret.write_bytes(leaflet("patient 7"))
    address = str(secret)
    if by_link:
        (project.place / "content/a.docx").symlink_to(secret)
        address = "content/a.docx"
    origin = {"address": address, "fetched": "2026-11-01", "sha256": "", "document": "0" * 64}
    record = project.place / "content/.origins.json"
    record.write_text(json.dumps({"version": 1, "pages": {"a.html": origin}}))
    outcome = run("fetch")
    assert outcome.exit_code == 42
    assert "it lies outside the project, and nobody named it on this machine" in outcome.stderr
    assert f"`voicegen fetch {shlex.quote(address)}`" in outcome.stderr, "a command is offered, and one only"
    assert not (project.place / "content/a.html").exists()
    assert "Traceback" not in run("status").stderr

    assert "a.html, from" in run("fetch", address).stdout, "staff may name any document"
    secret.write_bytes(leaflet("patient 8"))
    assert "changed    a.html" in run("fetch").stdout, "and then it is followed"
    assert "patient 8" in (project.place / "content/a.html").read_text()

    copied = shutil.copytree(project.place, tmp_path / "copied", symlinks=True)
    secret.write_bytes(leaflet("patient 9"))
    (refused,) = fetch(load(copied), [])
    assert "nobody named it on this machine" in str(refused.error), "with a copied project comes nobody's word"


@pytest.mark.attack("fetching", "a record of origins made by hand ends in words, whatever it says")
@pytest.mark.parametrize(
    "facts",
    [
        {"address": "a\0.docx"},
        {"address": "a\ud800.docx"},
        {"address": 5},
        {"etag": "x\r\nX-Evil: 1"},
        {"sha256": None},
    ],
)
def test_a_record_made_by_hand_ends_in_words(project: Project, run: Run, facts: dict[str, object]) -> None:
    origin = {"address": "a.docx", "fetched": "2026-11-01", "sha256": "", **facts}
    record = project.place / "content/.origins.json"
    record.write_text(json.dumps({"version": 1, "pages": {"a.html": origin}}))
    for command in (("fetch",), ("fetch", "b.docx")):
        outcome = run(*command)
        assert (outcome.exit_code, "can't be understood" in outcome.stderr) == (2, True)


def test_a_tag_that_no_request_can_hold_is_not_sent(project: Project, run: Run) -> None:
    record = project.place / "content/.origins.json"
    (project.place / "content/a.html").write_text("Mine")
    origin = {"address": "https://clinic.example/", "fetched": "", "sha256": "", "etag": "日", "modified": "1"}
    record.write_text(json.dumps({"version": 1, "pages": {"a.html": origin}}))
    assert fetched.load(project.place / "content").asked("https://clinic.example/") == {"If-Modified-Since": "1"}


def test_a_document_whose_name_is_no_text_is_named(project: Project, run: Run) -> None:
    (project.place / os.fsdecode(b"caf\xe9.docx")).write_bytes(leaflet("5 mg"))
    outcome = run("fetch", os.fsdecode(b"caf\xe9.docx"))
    assert (outcome.exit_code, "Give it another name" in outcome.stderr) == (42, True)
