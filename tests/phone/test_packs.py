"""Packs for every system: what is in them, the limits that they keep, and what no page can put into them."""

from __future__ import annotations

import array
import hashlib
import html
import json
import os
import re
import shutil
import stat
import wave
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.conftest import PAGE, Project
from voicegen import phoning
from voicegen.cli import main
from voicegen.config import load
from voicegen.errors import PublicationError, SettingsError, TemporaryError
from voicegen.extensions import engines, formats
from voicegen.locking import only_one
from voicegen.phone import menus, pack, published
from voicegen.phone.profiles import profile, profiles
from voicegen.phone.published import Menu, PhonePage
from voicegen.sound import g711, phone

ADDRESS = "https://clinic.example/phone/"
HOSTILE = (
    # Asterisk: variables and functions, applications' separators, new lines, contexts, comments, includes
    "${SHELL(touch /tmp/owned)}",
    "x\n[evil-context]\nexten => s,1,System(id)",
    "-- hides the rest; and more",
    ";-- hides everything after it",
    "#exec /bin/id",
    '#include "/etc/asterisk/manager.conf"',
    "[general](+)",
    "arms, legs & back) => same",
    "$[${EPOCH} + 1]",
    # FreeSWITCH: variables, commands for the preprocessor, entities
    "$${envvar} ${system ls} <action application='system'/>",
    '<X-PRE-PROCESS cmd="exec" data="touch /tmp/owned"/>',
    "&lt;action application=&quot;bgapi&quot;/&gt;",
    "^^:a:b sched:api",
    # XML and the web: TwiML, VoiceXML
    "]]> & <Response><Dial>+1</Dial></Response>",
    "<!-- --><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/hostname'>]>&y;",
    "<script>alert(1)</script>",
    '" onload="steal()',
    "{{Digits}} <%= 7 %> {% raw %}",
    # JavaScript, in the Function for keys
    "`); process.exit(); //",
    # shells, for whoever pastes a command out of the README
    "$(reboot) `reboot` && reboot | reboot",
    "'; rm -rf ~; '",
    "--output /etc/passwd",
    # files and folders
    "../../etc/passwd",
    "\\\\server\\share",
    "CON",
    "aux.wav",
    ". ..",
    "~root/.ssh",
    # spreadsheets and terminals, for whoever opens the manifest or prints the README
    '=HYPERLINK("https://evil.example")',
    # signs that are not seen, turn the line round, or break a line where few programs think of it
    "Asma \u200f\u200bexe.fdp",
    "\u2067gnp.owt\u2069",
    "one\u2028two",
    "\u0661\u0662 \u20ac \U0001f600",
    "a long title " * 5,
)
"""By whom they are meant for. Those with line breaks reach the page as one line."""
PUBLISHERS = ("\u202egnp.owt", "\x1b]0;mine\x07\x1b[31mred", "one\x85two", "a long name " * 500)
"""For publishers' names only: a page that holds these is refused, or has more chapters."""
DIALPLAN = re.compile(
    r"; Made by voicegen\. It holds names and keys only; what is said is in manifest\.json\."
    r"|\[voicegen[-_][a-z0-9-]+\]"
    r"|exten => [1-9],1,Goto\(voicegen[-_][a-z0-9-]+,s,1\)"
    r"| same => n,WaitExten\(5\)| same => n(?:\(menu\))?,Background\(voicegen_menus-[0-9a-f]{8}/[a-z0-9-]+\)"
    r"|exten => (?:s|[1-9]|[*#it]),1,(?:Answer\(500\)|Goto\(s,(?:menu|ch\d+|ch\$\[\$\{VG_CH\} % \d+ \+ 1\])\))"
    r"| same => n(?:\((?:menu|ch\d+)\))?,"
    r"(?:Set\(VG_CH=\d+\)|Goto\(menu\)|Background\((?:voicegen/|\$\{ASTDATADIR\}/moh/voicegen-)[a-z0-9-]+/[a-z0-9-]+\))"
)
CLASS = re.compile(
    r"; Made by voicegen\..*|\[voicegen-[a-z0-9-]+\]|mode=files|directory=moh/voicegen-[a-z0-9-]+|sort=alpha"
    r"|announcement=voicegen/[a-z0-9-]+/[a-z0-9-]+|digit=[1-9*]"
)


def made(place: Path, *pages: tuple[str, str], phone_settings: str = "") -> list[PhonePage]:
    project = Project(place, f'[voice]\nengine = "tone"\n[phone]\n{phone_settings}')
    for name, text in pages:
        project.page(name, text)
    result = project.build()
    assert [str(error) for page in result.pages for error in page.errors] == []
    return [published.load(path.parent, "full") for path in sorted(project.output.glob("*/phone"))]


ONLY_PHONE = '[voice]\nengine = "tone"\n[publications]\nformats = ["phone", "timeline"]\n'


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[PhonePage]:
    place = tmp_path_factory.mktemp("packs") / "project"
    return made(place, ("gallstones.txt", PAGE), phone_settings='notice = "Thank you for holding."')


def written(place: Path, pages: list[PhonePage], name: str) -> dict[str, bytes]:
    paths = pack.write(place / name, pages, profile(name), ADDRESS)
    found = {path: (place / name / path).read_bytes() for path in paths}
    assert set(found) == {p.relative_to(place / name).as_posix() for p in (place / name).rglob("*") if p.is_file()}
    return found


@pytest.mark.parametrize("name", profiles())
def test_every_pack_has_its_sums_its_manifest_and_a_readme(
    name: str, pages: list[PhonePage], tmp_path: Path
) -> None:
    files = written(tmp_path, pages, name)
    for line in files["SHA256SUMS"].decode().splitlines():
        digest, path = line.split("  ")
        assert hashlib.sha256(files[path]).hexdigest() == digest
    assert len(files["SHA256SUMS"].splitlines()) == len(files) - 1
    facts = json.loads(files["manifest.json"])
    assert facts["pages"][0]["title"] == "Gallstones"
    assert "gallstones" in files["README.txt"].decode()
    assert profile(name).source in files["README.txt"].decode()
    assert ("--remove-destination" in files["README.txt"].decode()) == (name == "freeswitch"), "it is in use"


@pytest.mark.parametrize("name", profiles())
def test_files_can_be_read_by_everybody_whatever_the_mask_of_the_maker(
    name: str, pages: list[PhonePage], tmp_path: Path
) -> None:
    before = os.umask(0o077)
    try:
        written(tmp_path, pages, name)
    finally:
        os.umask(before)
    for path in (tmp_path / name).rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644)


@pytest.mark.parametrize("name", [name for name, one in profiles().items() if one.makes == "upload"])
def test_files_to_upload_keep_the_limits_and_lose_no_chapter(
    name: str, pages: list[PhonePage], tmp_path: Path
) -> None:
    limits = profile(name)
    files = {path: data for path, data in written(tmp_path, pages, name).items() if path.endswith(".wav")}
    assert files
    seconds = 0.0
    for path, data in files.items():
        rate = int.from_bytes(data[24:28], "little")
        kind = int.from_bytes(data[20:22], "little")
        assert (kind, rate) == {"wav": (1, 8000), "wav16": (1, 16000), "mulaw-wav": (7, 8000)}[limits.encoding]
        long = (len(data) - (58 if kind == 7 else 44)) / rate / (1 if kind == 7 else 2)
        assert not limits.seconds or long <= limits.seconds
        assert not limits.bytes or len(data) <= limits.bytes
        assert re.fullmatch(r"[a-z0-9-]+\.wav", path)
        seconds += long
    assert seconds >= sum(chapter.seconds for page in pages for chapter in page.topics)


def test_a_chapter_over_a_limit_is_refused_with_the_figure(tmp_path: Path) -> None:
    long = "word " * 120
    pages = made(tmp_path / "project", ("long.md", f"# Long\n\n{long}.\n"))
    with pytest.raises(PublicationError, match=r"it lasts \d+\.\d s, and Avaya .* takes 30 s at most"):
        pack.write(tmp_path / "pack", pages, profile("avaya-ip400"))
    assert not (tmp_path / "pack").exists()


def test_the_encodings_of_a_chapter_are_one_sound(pages: list[PhonePage]) -> None:
    for chapter in pages[0].chapters:
        pcm = chapter.pcm()
        assert len(pcm) == 2 * chapter.samples
        assert chapter.encoded("ulaw") == g711.mu_law(pcm)
        assert chapter.encoded("alaw") == g711.a_law(pcm)
        assert chapter.encoded("mulaw-wav")[58:] == g711.mu_law(pcm) + bytes(chapter.samples % 2)
        wide = chapter.encoded("wav16")
        assert len(wide) - 44 == 4 * chapter.samples
        assert chapter.samples % phone.PACKET == 0
        edge = array.array("h", pcm[: 2 * 1_600]), array.array("h", pcm[-2 * 1_600 :])
        assert max(max(map(abs, part)) for part in edge) < 400, "a loop would click"


def page(title: str) -> str:
    """A page that has the words as title, in headings and in its text."""
    words = html.escape(title)
    return (
        f'<html lang="en"><title>{words}</title><main><h1>{words} knees</h1><p>They ache.</p>'
        f"<h2>{words} care</h2><p>Rest: {words}</p><h2>Signs: {words}</h2><p>Wait.</p></main></html>"
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> list[PhonePage]:
    """A harmless page first, then one for each of HOSTILE, which is its publisher too."""
    named = [(f"page-{n:02}", words) for n, words in enumerate(("Rest", *HOSTILE, *PUBLISHERS))]
    settings = '[publications]\nformats = ["timeline", "phone"]\n'
    settings += "".join(
        f"[pages.{name}]\npublisher = {json.dumps(words, ensure_ascii=False)}\n" for name, words in named
    )
    texts = [(f"{name}.html", page("Rest" if words in PUBLISHERS else words)) for name, words in named]
    return made(tmp_path_factory.mktemp("hostile") / "project", *texts, phone_settings=settings)


def configuration(found: PhonePage, name: str) -> dict[str, str]:
    """The files of a page's pack that are no sound, without its names, which are slugs and have a grammar."""
    files = {}
    for path, data in pack.files([found], profile(name), ADDRESS):
        assert re.fullmatch(r"[A-Za-z0-9._/-]+", path)
        if path.endswith((".conf", ".xml", ".vxml", ".js")):
            path, text = (
                words.replace(found.folder, "folder").replace(found.slug, "page")
                for words in (path, data.decode("ascii"))
            )
            for one in found.chapters:
                path, text = (words.replace(one.slug, one.slug[:2]) for words in (path, text))
            files[path] = text
    return files


WITH_CONFIGURATION = ("asterisk", "asterisk-hold-keys", "freeswitch", "twilio", "voicexml")


@pytest.mark.parametrize("name", WITH_CONFIGURATION)
def test_hostile_words_change_nothing_in_a_configuration(name: str, hostile: list[PhonePage]) -> None:
    harmless, *others = hostile
    wanted = configuration(harmless, name)
    assert wanted
    for found, words in zip(others, (*HOSTILE, *PUBLISHERS), strict=True):
        assert [one.key for one in found.chapters] == [one.key for one in harmless.chapters], words
        assert configuration(found, name) == wanted, words


def test_configurations_hold_nothing_but_what_a_strict_grammar_knows(
    hostile: list[PhonePage], tmp_path: Path
) -> None:
    for name in profiles():
        for path, data in written(tmp_path, hostile[1:2], name).items():
            if path.endswith(".conf"):
                grammar = CLASS if "musiconhold" in path else DIALPLAN
                for line in data.decode("ascii").splitlines():
                    assert grammar.fullmatch(line), f"{path}: {line!r}"
            elif path.endswith((".xml", ".vxml")):
                for element in ET.fromstring(data).iter():
                    values = [*element.attrib.values(), (element.text or "").strip()]
                    assert all(re.fullmatch(r"[A-Za-z0-9 .:/_$?=#^*()\[\]{}\\+-]*", value) for value in values), (
                        values
                    )
            assert re.fullmatch(r"[A-Za-z0-9._/-]+", path)


def test_every_number_and_part_of_the_dialplan_leads_somewhere(pages: list[PhonePage], tmp_path: Path) -> None:
    files = written(tmp_path, pages, "asterisk")
    text = files["extensions_voicegen_gallstones.conf"].decode()
    for sound in re.findall(r"Background\((.*?)\)", text):
        folder = sound.replace("${ASTDATADIR}/", "") if sound.startswith("$") else f"sounds/{sound}"
        assert {f"{folder}.{ending}" for ending in ("ulaw", "alaw", "wav", "g722")} <= set(files)
    labels = set(re.findall(r"n\((\w+)\)", text))
    assert set(re.findall(r"Goto\(s,(ch\d+|menu)\)", text)) <= labels
    announced = re.search(r"announcement=(.*)", files["musiconhold_voicegen_gallstones.conf"].decode())
    assert announced
    assert f"sounds/{announced[1]}.ulaw" in files


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[PhonePage], tuple[Menu, ...], Path]:
    """Eleven pages in English, one of them with a hostile title, two in Spanish and one in French."""
    place = tmp_path_factory.mktemp("library")
    texts = [(f"page-{n:02}.md", f"---\nlang: en\n---\n# Ailment {n}\n\nRest for {n} days.\n") for n in range(10)]
    texts.append(("page-x.md", f"---\nlang: en\n---\n# {HOSTILE[1]}\n\nRest.\n"))
    texts += [(f"mal-{n}.md", f"---\nlang: es\n---\n# Mal {n}\n\nDescanse {n} días.\n") for n in (1, 2)]
    texts.append(("rhume.md", "---\nlang: fr\n---\n# Rhume\n\nReposez-vous.\n"))
    pages = made(place / "project", *texts)
    (place / "sound").mkdir()
    settings = load(place / "project", engines(), formats())
    return pages, menus.menus(settings, pages, place / "sound"), place


def test_menus_lead_to_every_page_by_its_language_and_title(
    library: tuple[list[PhonePage], tuple[Menu, ...], Path],
) -> None:
    pages, over, _ = library
    first = over[0]
    assert first.slug == "menu"
    assert [choice.lang for choice in first.choices.values()] == ["es", "en", "fr"]
    assert first.chapters[0].spoken[1] == "For English, press 2."
    assert isinstance(first.choices[3], PhonePage), "one page of a language needs no menu"
    reached = [page.slug for menu in over for page in menu.choices.values() if isinstance(page, PhonePage)]
    assert sorted(reached) == sorted(page.slug for page in pages)
    assert {choice.slug for menu in over for choice in menu.choices.values() if isinstance(choice, Menu)} == {
        menu.slug for menu in over[1:]
    }
    english = first.choices[2]
    assert isinstance(english, Menu)
    assert english.chapters[0].spoken[0] == "For Ailment 0, press 1."
    assert english.chapters[0].spoken[-2:] == (
        "For more topics, press 9.",
        "To hear these choices again, press the star key.",
    )
    assert len(english.choices) == 9
    for menu in over:
        assert all(set(range(1, len(menu.choices) + 1)) == set(menu.choices) for menu in over)
        assert len(menu.chapters[0].encoded("g722")) == menu.chapters[0].samples


@pytest.mark.parametrize("name", [name for name, one in profiles().items() if one.makes in menus.MADE])
def test_menus_in_a_pack_name_only_what_is_in_it(
    name: str, library: tuple[list[PhonePage], tuple[Menu, ...], Path], tmp_path: Path
) -> None:
    pages, over, _ = library
    paths = pack.write(tmp_path / name, pages, profile(name), ADDRESS, over)
    files = {path: (tmp_path / name / path).read_bytes() for path in paths}
    assert [one["slug"] for one in json.loads(files["manifest.json"])["menus"]] == [menu.slug for menu in over]
    assert "The menu over all pages" in files["README.txt"].decode()
    text = b"\n".join(data for path, data in files.items() if path.endswith((".conf", ".xml", ".vxml"))).decode(
        "ascii"
    )
    if name == "asterisk":
        included = [
            f'#include "{kind}_voicegen_{one.slug}.conf"'
            for one in pages
            for kind in ("extensions", "musiconhold")
        ]
        assert all(line in files["README.txt"].decode() for line in included)
        dialplan = files["extensions_voicegen-menus.conf"].decode()
        assert all(DIALPLAN.fullmatch(line) for line in dialplan.splitlines())
        contexts = set(re.findall(r"^\[(.*)\]$", text, re.MULTILINE))
        assert set(re.findall(r"Goto\((voicegen[-_].*?),s,1\)", dialplan)) <= contexts
        for sound in re.findall(r"Background\((.*?)\)", dialplan):
            assert {f"sounds/{sound}.{ending}" for ending in ("ulaw", "alaw", "wav", "g722")} <= set(files)
    elif name == "freeswitch":
        expressions = [one.attrib["expression"] for path in files if path.startswith("dialplan/")
                       for one in ET.fromstring(files[path]).iter("condition")]  # fmt: skip
        for data in re.findall(r'data="(\S+) XML voicegen"', files["dialplan/voicegen_menus.xml"].decode()):
            number = data.replace("${vg_key}", "1")
            assert any(re.search(one, number) for one in expressions), number
        for sound in re.findall(r"sounds_dir\}/(voicegen_menus-\w+/\S+\.wav)", text):
            assert f"sounds/{sound}" in files
    elif name == "twilio":
        for address in re.findall(rf"{re.escape(ADDRESS)}/?(\S+?)</", text):
            assert address in files, address
    else:
        for path, data in files.items():
            for link in re.findall(r'(?:next|src)="([^"#]+)"', data.decode() if path.endswith(".vxml") else ""):
                assert os.path.normpath(f"{os.path.dirname(path)}/{link}") in files, link  # noqa: PTH120


@pytest.mark.parametrize("count", [9, 10, 17, 26, 60])
def test_however_many_pages_there_are_each_has_a_key_in_one_menu_that_can_be_reached(
    count: int, library: tuple[list[PhonePage], tuple[Menu, ...], Path], tmp_path: Path
) -> None:
    (page, *_), _, place = library
    pages = [replace(page, slug=f"page-{n}", name=f"Ailment {n}") for n in range(count)]
    settings = load(place / "project", engines(), formats())
    over = menus.menus(settings, pages, tmp_path)
    names = [menu.slug for menu in over]
    assert len(set(names)) == len(names), "a second menu of the same name would replace the first one's sound"
    reached, waiting = [], [over[0]]
    while waiting:
        menu = waiting.pop()
        assert set(menu.choices) <= set(range(1, 10))
        waiting += [choice for choice in menu.choices.values() if isinstance(choice, Menu)]
        reached += [choice.slug for choice in menu.choices.values() if isinstance(choice, PhonePage)]
    assert reached == [page.slug for page in pages]


def test_pages_whose_names_end_alike_are_not_lost_where_a_system_takes_short_names(
    pages: list[PhonePage], tmp_path: Path
) -> None:
    (page,) = pages
    end = "exercises-after-an-operation-on-your-knee-and-your-hip"
    alike = [replace(page, slug=f"{start}-{end}") for start in ("one", "two", "three")]
    paths = [path for path in written(tmp_path, alike, "yeastar") if path.endswith(".wav")]
    assert len(paths) == len(alike)
    assert max(map(len, paths)) <= profile("yeastar").name_length


def test_one_page_needs_no_menu_and_more_languages_than_keys_are_refused(tmp_path: Path) -> None:
    langs = ("en", "es", "fr", "de", "it", "pt", "nl", "sv", "da", "fi")
    texts = [(f"{lang}.md", f"---\nlang: {lang}\n---\n# Abc\n\nDef.\n") for lang in langs]
    pages = made(tmp_path / "project", *texts)
    settings = load(tmp_path / "project", engines(), formats())
    assert menus.menus(settings, pages[:1], tmp_path) == ()
    with pytest.raises(SettingsError, match="10 languages are more than its nine keys"):
        menus.menus(settings, pages, tmp_path)
    italian = [page for page in pages if page.lang in {"it", "pt"}]
    assert menus.menus(settings, italian, tmp_path)[0].chapters[0].spoken == ("italiano: 1.", "português: 2.")


def test_what_is_not_ours_is_not_replaced(pages: list[PhonePage], tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("mine")
    with pytest.raises(SettingsError, match="holds no pack"):
        pack.write(tmp_path / "mine", pages, profile("generic"))
    assert (tmp_path / "mine/letter.txt").read_text() == "mine"
    pack.write(tmp_path / "ours", pages, profile("generic"))
    pack.write(tmp_path / "ours", pages, profile("asterisk"))
    assert not list((tmp_path / "ours").glob("*.wav"))


@pytest.mark.parametrize(
    "change",
    [
        lambda place: (place / "extensions_voicegen_gallstones.conf").write_text("[voicegen-gallstones]\n"),
        lambda place: (place / "sounds/voicegen/ours.wav").write_bytes(b"RIFF"),
        lambda place: (place / "notes").symlink_to(place.parent),
        lambda place: (place / "SHA256SUMS").write_text(""),
    ],
)
def test_what_staff_changed_in_a_pack_or_put_beside_it_is_not_lost(
    pages: list[PhonePage], tmp_path: Path, change: Callable[[Path], object]
) -> None:
    place = tmp_path / "ours"
    pack.write(place, pages, profile("asterisk"))
    (place / ".DS_Store").write_bytes(b"looked at")
    pack.write(place, pages, profile("asterisk"))
    change(place)
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    with pytest.raises(SettingsError, match="not as voicegen made it"):
        pack.write(place, pages, profile("asterisk"))
    assert {path: path.read_bytes() for path in place.rglob("*") if path.is_file()} == before


@pytest.mark.attack(
    "tampering", "who waits on hold hears nothing of an earlier version that lies beside the newer one"
)
@pytest.mark.parametrize("name", ["asterisk", "asterisk-hold-keys"])
def test_a_pack_that_is_copied_over_an_earlier_one_plays_nothing_of_that(name: str, tmp_path: Path) -> None:
    for heading, dose in (("Tablets", "two"), ("How many tablets", "one")):
        text = f"# Asthma\n\nHelp.\n\n## {heading}\n\nTake {dose}.\n\n## Call us\n\nCall.\n"
        pages = made(tmp_path / heading, ("asthma.md", text))
        pack.write(tmp_path / "pack", pages, profile(name))
        shutil.copytree(tmp_path / "pack", tmp_path / "server", dirs_exist_ok=True)
    classes = "".join(path.read_text() for path in (tmp_path / "server").glob("musiconhold*.conf"))
    folders = re.findall("directory=(.*)", classes)
    assert folders
    for folder in folders:
        new, there = ({path.name for path in (tmp_path / at / folder).iterdir()} for at in ("pack", "server"))
        assert there == new


def test_a_page_called_as_the_menus_are_keeps_its_own_dialplan(tmp_path: Path) -> None:
    pages = made(tmp_path / "project", ("menus.txt", PAGE), ("gallstones.txt", PAGE))
    over = menus.menus(load(tmp_path / "project", engines(), formats()), pages, tmp_path)
    paths = pack.write(tmp_path / "pack", pages, profile("asterisk"), "", over)
    text = "".join((tmp_path / "pack" / path).read_text() for path in paths if path.startswith("extensions_"))
    assert {"[voicegen-menus]", "[voicegen-gallstones]", "[voicegen_menu]"} <= set(text.splitlines())


def test_the_same_page_gives_the_same_pack(pages: list[PhonePage], tmp_path: Path) -> None:
    assert written(tmp_path / "one", pages, "asterisk") == written(tmp_path / "two", pages, "asterisk")


def test_the_command_builds_and_packs_a_page_and_lists_the_systems(tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    project.page("gallstones.txt", PAGE)
    run = CliRunner()
    made = run.invoke(
        main, ["-C", str(project.place), "phone", "gallstones", "--profile", "connect", "-o", str(tmp_path / "p")]
    )
    assert made.exit_code == 0, made.output
    assert (tmp_path / "p/gallstones-hold.wav").exists()
    assert "begin with README.txt" in made.output
    listed = run.invoke(main, ["-C", str(project.place), "phone", "--profile", "list"])
    assert all(name in listed.output for name in profiles())
    wrong = run.invoke(main, ["-C", str(project.place), "phone", "gallstones", "--profile", "asterix"])
    assert wrong.exit_code == 2
    assert "Did you mean 'asterisk'?" in wrong.output
    none = run.invoke(main, ["-C", str(project.place), "phone", "--profile", "connect"])
    assert none.exit_code == 2
    assert "Name at least one page" in none.output
    brief = ["phone", "gallstones", "--profile", "connect", "--edition", "brief"]
    unknown = run.invoke(main, ["-C", str(project.place), *brief])
    assert unknown.exit_code == 2
    assert "[phone] editions" in unknown.output
    with wave.open(str(project.output / "gallstones/phone/gallstones-full.wav")) as loop:
        assert loop.getframerate() == 8000


@pytest.mark.fault(
    "F18", "a pack for telephones has one version of a page, though a build puts another there meanwhile"
)
@pytest.mark.parametrize("moment", ["reading", "packing"])
def test_a_page_that_is_built_anew_meanwhile_is_packed_as_one_version(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    (project.place / "voicegen.toml").write_text(ONLY_PHONE)
    project.page("a.txt", PAGE)
    project.build()
    sounds = [{path.name: path.read_bytes() for path in (project.output / "a/phone/full").glob("*.wav")}]
    once: list[int] = []

    def built_anew() -> None:
        if not once:
            once.append(1)
            project.page("a.txt", PAGE.replace("Do not eat fatty food", "Eat what you like, and rest well"))
            project.build()
            sounds.append(
                {path.name: path.read_bytes() for path in (project.output / "a/phone/full").glob("*.wav")}
            )

    if moment == "reading":
        copied = phoning._is_copied

        def slowly(*what: Any) -> bool:
            done = copied(*what)
            built_anew()
            return done

        monkeypatch.setattr(phoning, "_is_copied", slowly)
    else:
        own = published.load

        def loaded(*what: Any) -> PhonePage:
            found = own(*what)
            built_anew()
            return found

        monkeypatch.setattr(published, "load", loaded)
    settings = load(project.place, engines(), formats())
    place, _ = phoning.phone(settings, ["a"], "asterisk", output=tmp_path / "pack")
    spoken = json.loads((place / "manifest.json").read_text())["pages"][0]["chapters"]
    is_new = "Eat what you like" in json.dumps(spoken)
    assert len(sounds) == 2
    packed = {path.name: path.read_bytes() for path in place.rglob("*.wav")}
    chapters = {name: data for name, data in sounds[is_new].items() if name in packed}
    assert chapters
    assert {name: packed[name] for name in chapters} == chapters


def test_two_at_once_write_no_pack_together(project: Project, tmp_path: Path) -> None:
    settings = load(project.place, engines(), formats())
    with only_one(settings.cache / "phone.lock"), pytest.raises(TemporaryError, match="another `voicegen phone`"):
        phoning.phone(settings, [], "asterisk", output=tmp_path / "pack")


def test_what_is_damaged_is_not_packed(project: Project, tmp_path: Path) -> None:
    (project.place / "voicegen.toml").write_text(ONLY_PHONE)
    project.page("a.txt", PAGE)
    project.build()
    (sound, *_) = sorted((project.output / "a/phone/full").glob("*.wav"))
    time = sound.stat().st_mtime_ns
    sound.write_bytes(sound.read_bytes()[:-2] + b"\x01\x01")
    os.utime(sound, ns=(time, time))
    settings = load(project.place, engines(), formats())
    with pytest.raises(PublicationError, match="not as it was published"):
        phoning.phone(settings, ["a"], "asterisk", output=tmp_path / "pack")
    assert not (tmp_path / "pack").exists()
