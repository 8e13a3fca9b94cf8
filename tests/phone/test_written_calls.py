"""Calls in the packs of systems that can't run here: every key in every chapter, menus, running on, many keys."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree  # type: ignore[import-untyped]

from tests.conftest import Project
from tests.phone.written_calls import KEYS, FreeSwitchCall, TwilioCall, VoiceXmlCall, answers
from voicegen.config import load
from voicegen.extensions import engines, formats
from voicegen.phone import menus, pack
from voicegen.phone.profiles import profile
from voicegen.phone.published import Menu, PhoneChapter, PhonePage
from voicegen.phone.published import load as load_page
from voicegen.phone.twilio import KEY_FUNCTION

ADDRESS = "https://clinic.example/phone/"
SETTINGS = (
    '[voice]\nengine = "tone"\n[publications]\nformats = ["timeline", "phone"]\n'
    '[phone]\nnotice = "Thank you for holding."\n'
)
GRAMMARS = {"twilio": "twiml", "voicexml": "voicexml"}
SYSTEMS = ("twilio", "voicexml", "freeswitch")
Call = TwilioCall | VoiceXmlCall | FreeSwitchCall


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Pages whose names look like numbers of another's dialplan."""
    project = Project(tmp_path_factory.mktemp("written") / "project", SETTINGS)
    for name in ("asthma-1", "asthma-go-0", "asthma-go"):
        project.page(f"{name}.md", f"---\nlang: en\n---\n# {name}\n\nRest.\n\n## Care\n\nWait.\n")
    assert project.build().exit_code == 0
    return project


@pytest.fixture(scope="module")
def pages(project: Project, published: Path) -> list[PhonePage]:
    """Those, and every page of content/."""
    found = [*published.glob("*/phone"), *project.output.glob("*/phone")]
    return [load_page(path.parent, "full") for path in sorted(found, key=lambda path: path.parent.name)]


@pytest.fixture(scope="module")
def over(project: Project, pages: list[PhonePage], tmp_path_factory: pytest.TempPathFactory) -> tuple[Menu, ...]:
    settings = load(project.place, engines(), formats())
    return menus.menus(settings, pages, tmp_path_factory.mktemp("menus"))


@pytest.fixture(scope="module", params=SYSTEMS)
def system(
    request: pytest.FixtureRequest,
    pages: list[PhonePage],
    over: tuple[Menu, ...],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[str, dict[str, bytes]]:
    """The name of a system, and the files of its pack."""
    name = str(request.param)
    place = tmp_path_factory.mktemp("pack") / name
    paths = pack.write(place, pages, profile(name), ADDRESS, over)
    return name, {path: (place / path).read_bytes() for path in paths}


def dialled(system: tuple[str, dict[str, bytes]], page: str) -> Call:
    """A call to a page, or to the menu over all for ""."""
    name, files = system
    if name == "twilio":
        return TwilioCall(files, ADDRESS, f"{page or '_menus/menu'}/menu.xml")
    if name == "voicexml":
        return VoiceXmlCall(files, f"{page}/{page}.vxml" if page else "_menus/menu.vxml")
    return FreeSwitchCall(files, f"voicegen-{page}-0" if page else "voicegen_menu")


def encoding(system: tuple[str, dict[str, bytes]]) -> Callable[[PhoneChapter], bytes]:
    kind = "wav" if system[0] == "freeswitch" else "mulaw-wav"
    return lambda chapter: chapter.encoded(kind)


def heard(system: tuple[str, dict[str, bytes]], call: Call) -> list[bytes]:
    return [system[1][path] for path in call.played]


def test_every_key_in_every_chapter_of_every_page_leads_where_it_should(
    system: tuple[str, dict[str, bytes]], pages: list[PhonePage]
) -> None:
    file = encoding(system)
    pressed = 0
    for page in pages:
        menu, topics = [file(one) for one in page.menu], [[file(one)] for one in page.topics]
        keyed = {one.key: number for number, one in enumerate(page.topics) if one.key}
        call = dialled(system, page.slug)
        for at in range(-1, len(topics)):
            following = topics[at + 1] if at + 1 < len(topics) else menu
            assert heard(system, call) == (topics[at] if at >= 0 else menu)
            for key in KEYS:
                other = copy.copy(call)
                other.press(key)
                wanted = following if key == "#" else topics[keyed[key]] if key in keyed else menu
                assert heard(system, other) == wanted, (page.slug, at, key)
                pressed += 1
            call.wait()
    assert pressed > 12 * sum(len(page.topics) for page in pages)


def test_a_call_runs_on_through_all_chapters_and_begins_again(
    system: tuple[str, dict[str, bytes]], pages: list[PhonePage]
) -> None:
    file = encoding(system)
    for page in pages:
        round_ = [*([file(one) for one in page.menu],), *([file(one)] for one in page.topics)]
        call = dialled(system, page.slug)
        for wanted in (*round_, *round_, round_[0]):
            assert heard(system, call) == wanted
            call.wait()


def test_the_menus_lead_to_every_page_and_a_wrong_key_begins_them_again(
    system: tuple[str, dict[str, bytes]], over: tuple[Menu, ...], pages: list[PhonePage]
) -> None:
    file = encoding(system)
    reached = []

    def walk(menu: Menu, presses: str) -> None:
        for key in KEYS:
            call = dialled(system, "")
            for one in presses:
                call.press(one)
            assert heard(system, call) == [file(one) for one in menu.chapters]
            call.wait()
            assert heard(system, call) == [file(one) for one in menu.chapters]
            call.press(key)
            to = menu.choices.get(int(key)) if key.isdigit() else None
            if isinstance(to, Menu):
                walk(to, presses + key)
            elif to:
                assert heard(system, call) == [file(one) for one in to.menu]
                reached.append(to.slug)
            else:
                assert heard(system, call) == [file(one) for one in menu.chapters], key

    walk(over[0], "")
    assert sorted(reached) == sorted(page.slug for page in pages)


def test_five_hundred_keys_in_one_call_end_nothing(
    system: tuple[str, dict[str, bytes]], pages: list[PhonePage]
) -> None:
    chance = random.Random(3)
    call = dialled(system, pages[0].slug)
    for _ in range(500):
        call.press(chance.choice(KEYS)) if chance.random() < 0.8 else call.wait()
        assert call.played


def test_every_document_is_of_the_kind_that_the_vendor_or_the_standard_describes(
    system: tuple[str, dict[str, bytes]], pages: list[PhonePage]
) -> None:
    name, files = system
    documents = {path: etree.fromstring(data) for path, data in files.items() if path.endswith(("xml", "vxml"))}
    assert len(documents) > len(pages)
    if name == "freeswitch":
        tags = {element.tag for root in documents.values() for element in root.iter()}
        assert tags == {"include", "context", "extension", "condition", "action", "directory", "param"}
        return
    grammar = etree.RelaxNG(etree.parse(Path(__file__).with_name(f"{GRAMMARS[name]}.rng")))
    for path, root in documents.items():
        assert grammar.validate(root), f"{path}: {grammar.error_log}"


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("twiml", "<Response><Gather><Play>https://a.example/b.wav</Play></Gather></Response>"),
        ("twiml", "<Response><Dial>1</Dial></Response>"),
        ("twiml", '<Response><Redirect method="PUT">https://a.example/b</Redirect></Response>'),
        ("voicexml", '<vxml version="2.1" xmlns="http://www.w3.org/2001/vxml" xml:lang="en"><form/></vxml>'),
        ("voicexml", '<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml" xml:lang="en"/>'),
    ],
)
def test_the_grammars_refuse_what_is_wrong(name: str, wrong: str) -> None:
    grammar = etree.RelaxNG(etree.parse(Path(__file__).with_name(f"{name}.rng")))
    assert not grammar.validate(etree.fromstring(wrong))


def test_the_function_for_keys_leads_nowhere_else_whatever_it_is_asked() -> None:
    found = answers(KEY_FUNCTION.read_bytes())
    assert found["12", "menu"] == found["", "menu"] == found["x", "menu"] == ("GET", "menu.xml")
    assert found["#", "../evil"] == found["#", ""] == ("GET", "menu.xml")
    assert found["#", "chapter-12"] == ("GET", "chapter-12.xml")
    assert found["7", "chapter-12"] == ("GET", "key-7.xml")


def test_hold_music_needs_no_key_and_no_program(pages: list[PhonePage], tmp_path: Path) -> None:
    """A conference's wait address refuses a Gather (vendor's error 13238)."""
    pack.write(tmp_path / "pack", pages[:1], profile("twilio"), ADDRESS)
    root = etree.parse(tmp_path / "pack" / pages[0].slug / "hold.xml").getroot()
    assert [verb.tag for verb in root] == [*["Play"] * len(pages[0].loop), "Redirect"]
    assert root[-1].text == f"{ADDRESS}{pages[0].slug}/hold.xml"
