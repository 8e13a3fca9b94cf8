"""Pages of a clinic's own site, fetched from one on this machine, and from nowhere that nobody named."""

from __future__ import annotations

import gzip
import hashlib
import ipaddress
import json
import socket
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import trustme
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT, Project
from tests.fetching import clinic_site
from tests.fetching.clinic_site import PAGE, Site, page, running, status
from tests.fetching.test_documents import leaflet
from tests.growth import linear
from voicegen import pages
from voicegen.config import Fetch, load
from voicegen.errors import SettingsError, SourceError, TemporaryError, VoicegenError
from voicegen.extensions import engines, formats
from voicegen.fetching import Outcome, fetch, fetched, site, wire
from voicegen.fetching.addresses import Address, allowed, is_public, resolved
from voicegen.fetching.fetched import Origin
from voicegen.locking import only_one

RULES = Fetch(hosts=("www.clinic.example",), inner_hosts=("127.0.0.1:8000",))


@pytest.fixture
def clinic() -> Iterator[Site]:
    with running() as site:
        site.plan["/knee"] = page(ETag='"1"', Last_Modified="Sun, 01 Nov 2026 10:00:00 GMT")
        yield site


@pytest.fixture
def place(clinic: Site, project: Project) -> Project:
    rules = (
        f'[fetch]\ninner_hosts = ["{clinic.place}"]\npause = 0.0\ndeadline = 2\nmost_kb = 500\nmost_pages = 4\n'
    )
    (project.place / "voicegen.toml").write_text(f'[voice]\nengine = "tone"\n{rules}')
    return project


def get(place: Project, *urls: str, sitemap: str = "", context: ssl.SSLContext | None = None) -> list[Outcome]:
    known = load(place.place, engines(), formats())
    return list(fetch(known, urls, [sitemap] if sitemap else [], context=context))


def failure(place: Project, url: str) -> VoicegenError:
    (outcome,) = get(place, url)
    assert outcome.error, outcome
    assert not [path for path in (place.place / "content").iterdir() if not path.name.startswith(".")]
    return outcome.error


# What is fetched


def test_a_page_comes_into_the_content_folder_with_its_origin_and_is_built(clinic: Site, place: Project) -> None:
    (outcome,) = get(place, clinic.url("/knee#symptoms"))
    assert (outcome.kind, outcome.file) == ("new", "knee.html")
    content = place.place / "content"
    assert (content / "knee.html").read_bytes().endswith(PAGE)
    origin = json.loads((content / ".origins.json").read_text())["pages"]["knee.html"]
    assert origin["address"] == clinic.url("/knee")
    assert origin["etag"] == '"1"'
    assert origin["fetched"]
    result = place.build()
    assert result.exit_code == 0
    assert result.passed_over == ()
    assert sorted(path.name for path in content.iterdir()) == [".origins.json", "knee.html"]


@pytest.mark.fault("F18", "of two fetches at once one waits, and no note of where a page came from is lost")
def test_two_fetches_are_not_at_work_at_once(clinic: Site, place: Project) -> None:
    told = pytest.raises(TemporaryError, match="another `voicegen fetch` is at work")
    with only_one(place.place / ".voicegen/fetch.lock"), told:
        get(place, clinic.url("/knee"))
    assert [outcome.kind for outcome in get(place, clinic.url("/knee"))] == ["new"]


def test_a_page_is_asked_for_again_only_if_it_changed(clinic: Site, place: Project) -> None:
    get(place, clinic.url("/knee"))
    (again,) = get(place)
    assert again.kind == "unchanged"
    asked = clinic.asked[-1][1]
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"1"', "Sun, 01 Nov 2026 10:00:00 GMT")
    clinic.plan["/knee"] = page(PAGE.replace(b"Rest", b"Move"), ETag='"2"')
    assert [outcome.kind for outcome in get(place)] == ["changed"]
    assert b"Move your knee" in (place.place / "content/knee.html").read_bytes()
    clinic.plan["/knee"] = page(PAGE.replace(b"Rest", b"Move"))
    assert [outcome.kind for outcome in get(place)] == ["unchanged"]


def test_a_page_is_asked_for_as_browsers_do_and_never_put_into_a_file_of_another_kind(
    clinic: Site, place: Project
) -> None:
    get(place, clinic.url("/knee"))
    assert clinic.asked[-1][1]["Accept"].startswith("text/html, application/xhtml+xml, text/markdown;q=0.5")
    clinic.plan["/knee"] = page(b"# Knee\n\n- 5 mg\n- 10 mg\n", Content_Type="text/markdown")
    (outcome,) = get(place)
    assert "knee.html can't hold" in str(outcome.error)
    content = place.place / "content"
    assert (content / "knee.html").read_bytes().endswith(PAGE)
    (content / "knee.html").unlink()
    assert [one.file for one in get(place, clinic.url("/knee"))] == ["knee.md"]
    assert [one.kind for one in get(place)] == ["unchanged"]


def test_a_page_that_staff_have_edited_is_never_written_over(clinic: Site, place: Project) -> None:
    get(place, clinic.url("/knee"))
    path = place.page("knee.html", "<h1>Ours</h1>")
    clinic.plan["/knee"] = page(PAGE.replace(b"Rest", b"Move"))
    clinic.asked.clear()
    for outcome in (*get(place), *get(place, clinic.url("/knee"))):
        assert (outcome.kind, outcome.words) == ("kept", "it was edited here since it was fetched")
    assert path.read_text() == "<h1>Ours</h1>"
    assert clinic.asked == []


@pytest.mark.parametrize("act", [lambda path: path.write_text("<h1>Ours</h1>"), Path.unlink])
def test_what_staff_do_to_a_page_while_the_site_answers_is_not_undone(
    clinic: Site, place: Project, act: Callable[[Path], object]
) -> None:
    get(place, clinic.url("/knee"))
    path = place.place / "content/knee.html"

    def answer(handler: clinic_site.Handler) -> None:
        act(path)
        handler.answer(PAGE.replace(b"Rest", b"Move"))

    clinic.plan["/knee"] = answer
    assert [outcome.kind for outcome in get(place)] == ["kept"]
    assert not path.exists() or path.read_text() == "<h1>Ours</h1>"


def test_a_page_of_staffs_own_is_not_written_over_by_one_of_that_name(clinic: Site, place: Project) -> None:
    path = place.page("knee.html", "<h1>Ours</h1>")
    assert [outcome.kind for outcome in get(place, clinic.url("/knee"))] == ["kept"]
    assert path.read_text() == "<h1>Ours</h1>"


def test_a_page_that_staff_removed_comes_back_only_by_its_name(clinic: Site, place: Project) -> None:
    get(place, clinic.url("/knee"))
    (place.place / "content/knee.html").unlink()
    assert [outcome.kind for outcome in get(place)] == ["kept"]
    assert [outcome.kind for outcome in get(place, clinic.url("/knee"))] == ["changed"]
    assert (place.place / "content/knee.html").is_file()


def test_a_link_in_the_content_folder_is_not_written_through(clinic: Site, place: Project, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    canary.write_text("safe")
    content = place.place / "content"
    (content / "knee.html").symlink_to(canary)
    (content / "..origins.json.new").symlink_to(canary)
    (content / ".knee.html.new").symlink_to(canary)
    get(place, clinic.url("/knee"))
    assert canary.read_text() == "safe"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "home.html"),
        ("/conditions/knee-pain/", "conditions-knee-pain.html"),
        ("/Knee%20Pain.php", "knee-20pain.html"),
        ("/../../etc/passwd", "etc-passwd.html"),
        ("/con.html", None),
        ("/knee?page=2", None),
        ("/%00%0a", None),
        ("/" + "long-" * 80, None),
    ],
)
def test_the_files_name_is_made_from_the_address_and_safe(
    clinic: Site, place: Project, path: str, name: str | None
) -> None:
    clinic.plan[path] = page()
    (outcome,) = get(place, clinic.url(path))
    assert outcome.kind == "new", outcome
    assert name in (None, outcome.file)
    assert len(outcome.file) < 80
    assert set(outcome.file) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert (place.place / "content" / outcome.file).is_file()
    assert pages.find(load(place.place))[0].trouble is None


def test_two_addresses_never_share_a_file(clinic: Site, place: Project) -> None:
    for path in ("/knee", "/Knee", "/knee/", "/knee?x", "/knee.html"):
        clinic.plan[path] = page()
    outcomes = get(place, *map(clinic.url, clinic.plan))
    assert len({outcome.file for outcome in outcomes}) == len(outcomes) == 5
    assert {outcome.kind for outcome in outcomes} == {"new"}


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ("5 µg – daily".encode("cp1252"), "text/html; charset=iso-8859-1", "5 µg – daily"),
        ("5 µg – daily".encode(), "text/html; charset=iso-8859-1", "5 µg – daily"),
        ("ひざ".encode("shift_jis"), 'text/html; charset="Shift_JIS"', "ひざ"),
        ("5 µg – daily".encode(), "text/plain", "5 µg – daily"),
    ],
)
def test_an_encoding_that_only_the_server_told_is_kept(
    clinic: Site, place: Project, body: bytes, kind: str, text: str
) -> None:
    clinic.plan["/a"] = page(body, Content_Type=kind)
    (outcome,) = get(place, clinic.url("/a"))
    assert (place.place / "content" / outcome.file).read_bytes().decode("utf-8-sig") == text


def test_a_packed_page_is_unpacked(clinic: Site, place: Project) -> None:
    parts = gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:]) + b"\0" * 9  # all that was sent, and no filling
    clinic.plan["/a"] = page(parts, Content_Encoding="gzip")
    (outcome,) = get(place, clinic.url("/a"))
    assert (place.place / "content" / outcome.file).read_bytes().endswith(PAGE)


# Where it is fetched from


@pytest.mark.attack("fetching", "every form of address of another host is refused")
@pytest.mark.parametrize(
    "url",
    [
        "https://other.example/",
        "http://www.clinic.example/",
        "https://www.clinic.example:8443/",
        "https://www.clinic.example.evil.example/",
        "https://www.clinic.example@evil.example/",
        "https://name:secret@www.clinic.example/",
        "https://evil.example\\@www.clinic.example/",
        "https://www.clinic.example\t.evil.example/",
        "https://www.clinic.example/\r\nHost: evil",
        "https://www.clinic.example/a b",
        "ftp://www.clinic.example/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:8000/",
        "//www.clinic.example/",
        "www.clinic.example",
        "",
        "http://127.0.0.1/",
        "http://127.0.0.1:8001/",
        "http://127.1:8000/",
        "http://2130706433:8000/",
        "http://0x7f000001:8000/",
        "http://0177.0.0.1:8000/",
        "http://0:8000/",
        "http://[::1]:8000/",
        "http://[::ffff:127.0.0.1]:8000/",
        "http://①②⑦.⓪.⓪.①:8000/",
        "http://localhost:8000/",
        "http://127.0.0.1:99999/",
        "https://[::1",
    ],
)
def test_an_address_of_another_host_or_form_is_refused_and_shows_no_password(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        allowed(url, RULES)
    assert "secret" not in str(caught.value)


@pytest.mark.attack("fetching", "an inner host is refused though it is named")
@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "2130706433", "0x7f.1", "017700000001", "[::1]", "localhost", "169.254.169.254", "10.1.2.3"],
)
def test_an_inner_host_among_the_outer_ones_is_refused_all_the_same(host: str) -> None:
    with pytest.raises(SettingsError, match="inside the house"):
        allowed(f"https://{host}/", Fetch(hosts=(host, host.strip("[]"))))


@settings(max_examples=60)
@given(st.text(max_size=40), st.sampled_from(["https://{}", "https://www.clinic.example{}", "{}"]))
def test_any_address_is_allowed_or_refused_and_what_is_allowed_is_a_named_host(words: str, form: str) -> None:
    try:
        found = allowed(form.format(words), RULES)
    except SettingsError:
        return
    assert found.place in ("www.clinic.example", "127.0.0.1:8000")
    assert found.target.isascii()


@pytest.mark.attack("fetching", "no special address counts as public")
@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "192.0.0.8",
        "192.0.0.9",
        "192.88.99.1",
        "fec0::1",
        "feff::1",
        "3fff::1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::ffff:8.8.8.8",
        "::7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
    ],
)
def test_no_special_address_counts_as_public(number: str) -> None:
    assert not is_public(ipaddress.ip_address(number))


def test_ordinary_addresses_count_as_public() -> None:
    assert all(
        is_public(ipaddress.ip_address(number)) for number in ("8.8.8.8", "93.184.215.14", "2606:4700::1111")
    )


def named(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Has names mean these numbers, look-up after look-up; gives the names that were looked up."""
    waiting, asked = list(answers), []

    def look_up(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port)) for number in waiting.pop(0)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


@pytest.mark.attack("fetching", "a name that leads inside is refused")
@pytest.mark.parametrize("numbers", [["127.0.0.1"], ["93.184.215.14", "10.0.0.7"], ["169.254.169.254"], ["::1"]])
def test_a_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch, numbers: list[str]) -> None:
    named(monkeypatch, numbers)
    with pytest.raises(SettingsError, match="inside a house"):
        resolved(allowed("https://www.clinic.example/", RULES), 1.0)


@pytest.mark.attack("fetching", "the connection goes to the address that was judged")
def test_the_connection_goes_to_the_address_that_was_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = named(monkeypatch, ["93.184.215.14"], ["127.0.0.1"])  # rebound after the first look-up
    reached: list[object] = []

    def connect(target: object, *_: object) -> socket.socket:
        reached.append(target)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", connect)
    place = allowed("https://www.clinic.example/", RULES)
    with pytest.raises(TemporaryError):
        wire.get(place, 1.0, 1000, {}, ssl.create_default_context())
    assert (reached, asked) == ([("93.184.215.14", 443)], ["www.clinic.example"])


@pytest.mark.fault("F9", "a site whose name nobody knows is told in words, and what was fetched before stays")
def test_a_name_that_nobody_knows_is_told(project: Project) -> None:
    (project.place / "voicegen.toml").write_text('[fetch]\nhosts = ["www.clinic.invalid"]\npause = 0\n')
    error = failure(project, "https://www.clinic.invalid/knee")
    assert isinstance(error, TemporaryError)
    assert "the name can't be looked up now" in str(error)


def test_a_name_that_is_not_told_in_time_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: over.wait(20) and [])
    with pytest.raises(TemporaryError, match="can't be looked up"):
        resolved(allowed("https://www.clinic.example/", RULES), 0.1)
    over.set()


@pytest.mark.parametrize("to", ["/moved", "moved"])
def test_a_redirect_within_the_site_is_followed_and_judged_by_robots(
    clinic: Site, place: Project, to: str
) -> None:
    clinic.plan["/a"] = status(301, Location=to)
    clinic.plan["/moved"] = page()
    assert get(place, clinic.url("/a"))[0].kind == "new"
    clinic.plan["/robots.txt"] = page(b"User-agent: *\nDisallow: /moved\n", Content_Type="text/plain")
    clinic.plan["/b"] = status(302, Location=to)
    assert "robots.txt" in str(get(place, clinic.url("/b"))[0].error)


@pytest.mark.parametrize("to", ["/joints", "/ae/"])
def test_staff_are_told_where_a_site_sends_another_page(clinic: Site, place: Project, to: str) -> None:
    assert get(place, clinic.url("/knee"))[0].notices == ()
    clinic.plan[to] = page(PAGE.replace(b"Rest", b"Welcome"))
    clinic.plan["/knee"] = status(301, Location=to)
    (outcome,) = get(place)
    assert (outcome.kind, outcome.notices) == (
        "changed",
        (f"The site led on to {clinic.url(to)}: see that it is still the same page.",),
    )
    clinic.plan["/hip"], clinic.plan["/Hip/"] = status(301, Location="/Hip/"), page()
    assert get(place, clinic.url("/hip"))[0].notices == ()


@pytest.mark.parametrize(
    "to", ["/", "/?from=knee", "/en-gb/", "/fr", "/index.html", "/de/startseite", "/404.html", "/a/not-found"]
)
def test_a_sites_first_page_is_not_put_in_the_place_of_one_that_it_took_away(
    clinic: Site, place: Project, to: str
) -> None:
    (kept,) = get(place, clinic.url("/knee"))
    was = (place.place / "content" / kept.file).read_bytes()
    clinic.plan[to] = page(PAGE.replace(b"Rest", b"Welcome"))
    clinic.plan["/knee"] = status(301, Location=to)
    assert "taken away" in str(get(place)[0].error)
    assert (place.place / "content" / kept.file).read_bytes() == was
    clinic.plan["/"] = status(302, Location="/en/")
    clinic.plan["/en/"] = page()
    assert get(place, clinic.url("/"))[0].kind == "new", "who asks for a first page gets one"


@pytest.mark.attack("fetching", "redirects are judged again")
@pytest.mark.parametrize(
    "to",
    ["https://other.example/", "http://127.0.0.1:1/", "http://localhost/", "file:///etc/passwd", "http://[::1]/"],
)
def test_a_redirect_to_elsewhere_is_refused(clinic: Site, place: Project, to: str) -> None:
    clinic.plan["/a"] = status(302, Location=to)
    assert isinstance(failure(place, clinic.url("/a")), SettingsError)


@pytest.mark.parametrize("to", ["http://10.0.0.5/secret", "http://10.0.0.5/robots.txt"])
def test_a_site_outside_does_not_lead_inside_even_to_a_host_that_staff_fetch_from(
    monkeypatch: pytest.MonkeyPatch, to: str
) -> None:
    rules = Fetch(hosts=("www.clinic.example",), inner_hosts=("10.0.0.5",), pause=0.0)
    asked: list[str] = []

    def answer(address: Address, *_: object) -> wire.Answer:
        asked.append(address.url)
        if address.inner:
            return wire.Answer(200, b"inside", {})
        if address.url.endswith("robots.txt") and not to.endswith("robots.txt"):
            return wire.Answer(404, b"", {})
        if address.url.endswith("sitemap.xml"):
            listed = f"<urlset><url><loc>{to}</loc></url></urlset>"
            return wire.Answer(200, listed.encode(), {})
        return wire.Answer(302, b"", {"location": to})

    monkeypatch.setattr(site, "get", answer)
    with pytest.raises(SettingsError, match="does not choose"):
        site.Visit(rules).page("https://www.clinic.example/a", {})
    with pytest.raises(SettingsError, match="does not choose"):
        list(site.Visit(rules).sitemap("https://www.clinic.example/sitemap.xml"))
    assert asked
    assert not any("10.0.0.5" in url for url in asked)
    assert site.Visit(rules).page("http://10.0.0.5/secret", {})[1].body == b"inside"  # staff named it themselves


@pytest.mark.attack("fetching", "redirects to what is no address are told in words")
@pytest.mark.parametrize("to", ["//[", "https://[x", "//\N{ACCOUNT OF}"])
def test_a_redirect_to_what_is_no_address_is_refused(clinic: Site, place: Project, to: str) -> None:
    clinic.plan["/a"] = lambda handler: handler.answer(b"", 302, Location=to.encode().decode("latin-1"))
    assert isinstance(failure(place, clinic.url("/a")), SourceError | SettingsError)
    clinic.plan["/robots.txt"] = clinic.plan["/a"]
    assert isinstance(failure(place, clinic.url("/knee")), SourceError | SettingsError)


@pytest.mark.attack(
    "fetching", "no line of a robots.txt stops the others from being obeyed, or makes us wait for ever"
)
@pytest.mark.parametrize(
    "line",
    [
        "Crawl-delay: \u00b2",
        f"Crawl-delay: {'9' * 400}",
        f"Crawl-delay: {'9' * 5000}",
        "Disallow: http://[",
        "Request-rate: \u00b2/\u00b2",
        "User-agent",
        "Sitemap: //[",
    ],
)
def test_a_robots_txt_of_nonsense_is_obeyed_as_far_as_it_has_rules(
    clinic: Site, place: Project, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    text = f"User-agent: *\n{line}\nDisallow: /private\n"
    clinic.plan["/robots.txt"] = page(text.encode(), Content_Type="text/plain")
    clinic.plan["/private/a"] = page()
    kinds = [outcome.kind for outcome in get(place, clinic.url("/private/a"), clinic.url("/knee"))]
    assert kinds == ["failed", "new"]
    assert max(slept, default=0) <= site.LONGEST_PAUSE_S


@pytest.mark.attack("fetching", "an encoding that nobody can read is told in words")
@pytest.mark.parametrize("name", ["replacement", "iso-2022-kr", "x-user-defined", "nonsense"])
def test_an_encoding_that_nobody_can_read(clinic: Site, place: Project, name: str) -> None:
    clinic.plan["/a"] = page(b"<h1>Caf\xe9</h1>", Content_Type=f"text/html; charset={name}")
    (outcome,) = get(place, clinic.url("/a"))
    assert isinstance(outcome.error, SourceError) or name == "nonsense"


@pytest.mark.attack("fetching", "a sitemap in an encoding that is none is told in words")
@pytest.mark.parametrize("name", ["nonsense", "rot13", "utf-7", "idna"])
def test_a_sitemap_in_an_encoding_that_is_none(clinic: Site, place: Project, name: str) -> None:
    data = f'<?xml version="1.0" encoding="{name}"?><urlset/>'.encode()
    clinic.plan["/sitemap.xml"] = page(data, Content_Type="application/xml")
    (outcome,) = get(place, sitemap=clinic.url("/sitemap.xml"))
    assert isinstance(outcome.error, SourceError)


@pytest.mark.attack("fetching", "redirects in a circle end")
def test_redirects_in_a_circle_end(clinic: Site, place: Project) -> None:
    clinic.plan["/a"] = status(302, Location="/a")
    assert "leads on" in str(failure(place, clinic.url("/a")))
    assert len(clinic.paths) == site.MOST_REDIRECTS + 1


# As the site wants it


def test_robots_txt_is_asked_once_and_obeyed(clinic: Site, place: Project) -> None:
    clinic.plan["/robots.txt"] = page(b"User-agent: voicegen\nDisallow: /private\n", Content_Type="text/plain")
    clinic.plan["/private/a"] = page()
    kinds = [outcome.kind for outcome in get(place, clinic.url("/private/a"), clinic.url("/knee"))]
    assert kinds == ["failed", "new"]
    assert [path for path, _ in clinic.asked] == ["/robots.txt", "/knee"]
    assert all(headers["User-Agent"].startswith("voicegen/") for _, headers in clinic.asked)


def test_a_site_that_can_not_tell_its_rules_is_left_alone(clinic: Site, place: Project) -> None:
    clinic.plan["/robots.txt"] = status(503)
    assert isinstance(failure(place, clinic.url("/knee")), TemporaryError)
    assert clinic.paths == []


def test_requests_keep_the_distance_that_settings_and_site_ask_for(
    clinic: Site, place: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, slept = [1000.0], []

    def sleep(seconds: float) -> None:
        slept.append(round(seconds))
        clock[0] += seconds

    class Clock:
        monotonic = staticmethod(lambda: clock[0])

    Clock.sleep = staticmethod(sleep)  # type: ignore[attr-defined]
    monkeypatch.setattr(site, "time", Clock)
    clinic.plan["/robots.txt"] = page(b"User-agent: *\nCrawl-delay: 7\n", Content_Type="text/plain")
    get(place, clinic.url("/knee"), clinic.url("/knee?2"), clinic.url("/knee?3"))
    assert slept == [0, 0, 7, 7]


def test_a_sitemap_and_an_index_of_sitemaps_are_followed_to_a_limit(clinic: Site, place: Project) -> None:
    locations = "".join(f"<url><loc>{clinic.url(f'/p{n}')}</loc></url>" for n in range(9))
    foreign = "<url><loc>https://other.example/x</loc></url>"
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    clinic.plan["/one.xml"] = page(f"<urlset {space}>{foreign}{locations}</urlset>".encode())
    clinic.plan["/index.xml"] = page(
        f"<sitemapindex {space}><sitemap><loc>{clinic.url('/one.xml')}</loc></sitemap></sitemapindex>".encode()
    )
    for n in range(9):
        clinic.plan[f"/p{n}"] = page()
    outcomes = get(place, sitemap=clinic.url("/index.xml"))
    assert [outcome.kind for outcome in outcomes] == ["failed", "new", "new", "new"]


@pytest.mark.attack("fetching", "a site's sitemap has no document of this project made into a page")
def test_what_a_sitemap_names_is_of_the_site_whatever_it_is_called(clinic: Site, place: Project) -> None:
    (place.place / "staff.docx").write_bytes(leaflet("5 mg"))
    names = ("staff.docx", clinic.url("/leaflet.docx"))
    clinic.plan["/leaflet.docx"] = page(leaflet("9 mg"), Content_Type="application/msword")
    locations = "".join(f"<url><loc>{name}</loc></url>" for name in names)
    clinic.plan["/sitemap.xml"] = page(f"<urlset>{locations}</urlset>".encode())
    outcomes = get(place, sitemap=clinic.url("/sitemap.xml"))
    assert ["it is no web address" in str(one.error) for one in outcomes] == [True, False]
    assert "it is no page but application/msword" in str(outcomes[1].error)
    assert not (place.place / "content/staff.html").exists()


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE urlset [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset>&a;</urlset>'.encode("utf-16"),
        b"<urlset><url>",
        b"not xml",
        b"<html/>",
        b"",
        b"<urlset>" * 100_000,
    ],
)
def test_what_is_no_plain_sitemap_is_refused(clinic: Site, place: Project, body: bytes) -> None:
    clinic.plan["/sitemap.xml"] = page(body)
    (outcome,) = get(place, sitemap=clinic.url("/sitemap.xml"))
    assert isinstance(outcome.error, SourceError)


# Faults


@pytest.mark.attack("fetching", "slow, endless and packed answers end at their limits, and nothing is kept")
@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (clinic_site.hang, TemporaryError, "in full within"),
        (clinic_site.drip, TemporaryError, "in full within"),
        (clinic_site.slow_headers, TemporaryError, "in full within"),
        (clinic_site.cut, TemporaryError, "connection failed"),
        (clinic_site.many_headers, TemporaryError, "connection failed"),
        (clinic_site.endless, SourceError, "larger than 500 kB"),
        (page(gzip.compress(b"a" * 60_000_000), Content_Encoding="gzip"), SourceError, "larger than 500 kB"),
        (page(gzip.compress(PAGE)[:-9], Content_Encoding="gzip"), TemporaryError, "cut short"),
        (page(b"no gzip", Content_Encoding="gzip"), TemporaryError, "damaged"),
        (page(gzip.compress(b"") * 1_001, Content_Encoding="gzip"), SourceError, "1000 parts"),
        (page(PAGE, Content_Encoding="br"), SourceError, "compression"),
        (page(b"%PDF-1.7", Content_Type="application/pdf"), SourceError, "application/pdf"),
        (page(PAGE, Content_Type=""), SourceError, "no page"),
        (page(b"  "), SourceError, "empty"),
        (page(b"\xff\xfa", Content_Type="text/html; charset=utf-8"), SourceError, "not in utf-8"),
        (status(404), SourceError, "no such page"),
        (status(403), SourceError, "403"),
        (status(500), TemporaryError, "500"),
        (status(429), TemporaryError, "429"),
        (status(304), SourceError, "304"),
    ],
)
def test_a_fault_is_said_in_words_and_nothing_is_kept(
    clinic: Site, place: Project, fault: clinic_site.Behaviour, kind: type[VoicegenError], words: str
) -> None:
    clinic.plan["/a"] = fault
    error = failure(place, clinic.url("/a"))
    assert isinstance(error, kind)
    assert words in str(error)
    assert clinic.sent < 32 << 20


@pytest.mark.attack("fetching", "a stranger's certificate is not trusted")
def test_a_certificate_of_a_stranger_is_not_trusted(project: Project) -> None:
    authority = trustme.CA()
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(theirs)
    with running(theirs) as clinic:
        clinic.plan["/knee"] = page()
        (project.place / "voicegen.toml").write_text(f'[fetch]\ninner_hosts = ["{clinic.place}"]\npause = 0\n')
        assert "certificate" in str(get(project, clinic.url("/knee"))[0].error)
        ours = ssl.create_default_context()
        authority.configure_trust(ours)
        assert get(project, clinic.url("/knee"), context=ours)[0].kind == "new"


@pytest.mark.parametrize("announced", [True, False])
def test_a_page_whose_end_is_not_announced_may_have_lost_it(project: Project, announced: bool) -> None:
    authority = trustme.CA()
    theirs, ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("127.0.0.1").configure_cert(theirs)
    authority.configure_trust(ours)
    with running(theirs) as clinic:
        body = PAGE if announced else PAGE[: len(PAGE) // 2]
        clinic.plan["/knee"] = clinic_site.until_the_end(body, announced=announced)
        (project.place / "voicegen.toml").write_text(f'[fetch]\ninner_hosts = ["{clinic.place}"]\npause = 0\n')
        (outcome,) = get(project, clinic.url("/knee"), context=ours)
    assert outcome.kind == ("new" if announced else "failed")
    assert announced or isinstance(outcome.error, TemporaryError)


def test_a_record_of_origins_that_is_damaged_stops_before_anything_is_written(
    clinic: Site, place: Project
) -> None:
    for text in (
        "{",
        '{"version": 9}',
        '{"version": 1, "pages": {"../x": {}}}',
        '{"version": 1, "pages": {"a": 1}}',
    ):
        (place.place / "content/.origins.json").write_text(text)
        with pytest.raises(SettingsError, match=r"\.origins\.json"):
            get(place, clinic.url("/knee"))
    assert clinic.asked == []


def origin_of(at: int, data: bytes) -> Origin:
    return Origin(f"https://clinic.example/{at}", "2026-11-01", hashlib.sha256(data).hexdigest(), etag='"1"')


@pytest.mark.fault("F24", "a record of origins that is written whole for every page")
def test_a_page_costs_the_same_however_many_were_fetched(tmp_path: Path) -> None:
    runs = count()

    def put(times: int) -> None:
        known = fetched.load(made(tmp_path / str(next(runs))))
        for at in range(times):
            assert not known.of(f"https://clinic.example/{at}")
            known.put(f"page-{at}.html", b"Take 5 mg", origin_of(at, b"Take 5 mg"))
        known.save()
        assert len(fetched.load(known.content).origins) == times

    assert linear(put, 1600)


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.mark.fault("F1", "a fetch that is stopped between its pages")
@pytest.mark.parametrize("torn", [b"", b'{"file": "page-9.html", "addr'])
def test_pages_of_a_fetch_that_was_stopped_are_known_to_be_fetched(tmp_path: Path, torn: bytes) -> None:
    known = fetched.load(tmp_path)
    for at in range(3):
        known.put(f"page-{at}.html", b"Take 5 mg", origin_of(at, b"Take 5 mg"))
    with (tmp_path / fetched.COMING).open("ab") as file:
        file.write(torn)
    again = fetched.load(tmp_path)
    assert sorted(again.origins) == ["page-0.html", "page-1.html", "page-2.html"]
    assert not any(again.is_edited(name) for name in again.origins)
    (tmp_path / "page-1.html").write_bytes(b"Take 50 mg")
    assert again.is_edited("page-1.html")
    again.put("page-2.html", b"Take 7 mg", origin_of(2, b"Take 7 mg"))
    last = fetched.load(tmp_path)
    assert not last.is_edited("page-2.html")
    assert not last.is_edited("page-0.html")
    last.save()
    assert not (tmp_path / fetched.COMING).exists()


def test_what_is_coming_is_written_through_no_link(tmp_path: Path) -> None:
    content, canary = made(tmp_path / "content"), tmp_path / "canary"
    canary.write_bytes(b"mine")
    known = fetched.load(content)
    known.put("page-0.html", b"Take 5 mg", origin_of(0, b"Take 5 mg"))
    (content / fetched.COMING).unlink()
    (content / fetched.COMING).symlink_to(canary)
    with pytest.raises(TemporaryError):
        known.put("page-1.html", b"Take 5 mg", origin_of(1, b"Take 5 mg"))
    assert canary.read_bytes() == b"mine"


# The command


def run(place: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "voicegen", "-C", str(place.place), "fetch", *arguments]
    outcome = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    assert "Traceback" not in outcome.stderr
    return outcome


def test_the_command_says_what_became_of_each_address(clinic: Site, place: Project) -> None:
    outcome = run(place, clinic.url("/knee"), clinic.url("/nowhere"))
    assert outcome.returncode == 42
    assert "new        knee.html, from " in outcome.stdout
    assert "2 addresses: 1 failed, 1 new." in outcome.stdout
    assert "no such page (404)" in outcome.stderr


def test_without_a_named_host_nothing_is_fetched(project: Project, make_project: Callable[..., Project]) -> None:
    outcome = run(project, "https://www.clinic.example/")
    assert outcome.returncode == 2
    assert "[fetch] hosts" in outcome.stderr


def test_an_address_is_taken_apart_as_it_is_sent() -> None:
    found = allowed("https://www.clinic.example/a%20b?c=d#e", RULES)
    assert found == Address(
        "https://www.clinic.example/a%20b?c=d", "https", "www.clinic.example", 443, "/a%20b?c=d", inner=False
    )
