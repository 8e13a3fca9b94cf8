"""A clinic's theme: what it may change, what is refused and why, and that its pages are as good as ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from tests.browser import axe_problems, opened, serving
from tests.conftest import PAGE, Project
from voicegen.config import load
from voicegen.errors import SettingsError
from voicegen.extensions import engines, formats
from voicegen.model.theme import Theme
from voicegen.standing import Desk
from voicegen.theming import load as load_theme
from voicegen.theming.colours import contrast
from voicegen.theming.logo import checked_logo
from voicegen.theming.stylesheet import checked_stylesheet

FORMATS = '[voice]\nengine = "tone"\n[publications]\nformats = ["html", "mp3", "webvtt", "timeline"]\n'
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 120 48">'
    '<style>.a{{fill:url(#g)}}</style><defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>'
    '<path class="a" d="M0 0h120v48H0z"/>{}</svg>'
)
THEME = """[theme]
name = "Riverside Health"
logo = "art/logo.svg"
logo_alt = "Riverside Health"
stylesheet = "art/own.css"
templates = "templates"
[theme.light]
accent = "#5b1a6b"
paper = "#fff"
[theme.dark]
accent = "#E3B5F0"
"""
CSS = "* { vertical-align: baseline } .call { padding: 1rem }"
EXTENDS = '{% extends "voicegen/page.html" %}'
ABOUT = """{% extends "voicegen/page.html" %}
{% block contact %}<p class="call" title='Riverside&#39;s'>Call <a href="tel:+441632960000">01632 960 000</a>
& ask: {{ document.title.plain }}</p>{% endblock %}"""


def themed(place: Path, theme: str = THEME, template: str = ABOUT, css: str = CSS) -> Project:
    project = Project(place / "project", FORMATS + theme)
    for name, text in (("art/logo.svg", SVG.format("")), ("art/own.css", css), ("templates/page.html", template)):
        (project.place / name).parent.mkdir(exist_ok=True)
        (project.place / name).write_text(text, "utf-8")
    project.page("gallstones.txt", PAGE)
    project.page("fever.html", "<!doctype html><html lang=ar><main><h1>الحمى</h1><p>اشرب الماء.</p></main></html>")
    return project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = themed(tmp_path_factory.mktemp("themed"))
    result = made.build()
    assert result.exit_code == 0, [error for page in result.pages for error in page.errors]
    return made


def refused(place: Path, theme: str, **files: str) -> str:
    project = themed(place, theme, **files)
    with pytest.raises(SettingsError) as error:
        load_theme(load(project.place, engines(), formats()))
    return str(error.value)


def test_pages_and_their_list_have_the_clinics_name_logo_colours_and_style(project: Project) -> None:
    tree = project.tree()
    for place, sheet in (("gallstones/", "page.css"), ("", "library.css")):
        page = BeautifulSoup(tree[f"{place}index.html"], "html5lib")
        (logo,) = page.select("header img")
        assert (logo["alt"], logo["src"], logo["width"]) == ("Riverside Health", "logo.svg", "120")
        assert not page.select("header .publisher"), "the logo says the name already"
        assert tree[f"{place}logo.svg"] == SVG.format("").encode()
        assert tree[f"{place}theme.css"] == CSS.encode()
        assert b"--accent:#5b1a6b" in tree[place + sheet]
        assert tree[place + sheet].count(b"--accent:#e3b5f0") == 2
        assert b"#0a4b58" not in tree[place + sheet]
    assert b"--accent:#5b1a6b" in tree["embed.js"]
    assert b".call { padding: calc(1*var(--rem)) }" in tree["embed.js"]
    assert b'"theme.css"' in tree["gallstones/sw.js"]
    page = BeautifulSoup(tree["gallstones/index.html"], "html5lib")
    assert page.select("p.call")[0].get_text().endswith("& ask: Gallstones")
    assert page.select("p.call")[0]["title"] == "Riverside's", "an apostrophe ends no attribute"
    assert page.select("footer.about")


@pytest.mark.needs("chromium")
@pytest.mark.parametrize("look", ["light", "dark", "forced", "phone"])
def test_axe_finds_nothing_on_themed_pages(chromium: Browser, project: Project, look: str) -> None:
    with serving(project.output) as url:
        for page in ("gallstones/index.html", "index.html"):
            assert axe_problems(chromium, url + page, look) == []
        with opened(chromium, f"{url}gallstones/index.html") as shown:
            assert shown.locator("header img").evaluate("e => e.complete && e.naturalWidth > 0")
            assert shown.evaluate("document.styleSheets.length") == 2
            raised = "main => main.appendChild(document.createElement('sup'))"
            style = f"getComputedStyle(({raised})(document.querySelector('main'))).verticalAlign"
            assert shown.evaluate(style) == "super", "no style sheet makes 109 of 10⁹"


def test_a_changed_part_makes_pages_again_and_is_named(tmp_path: Path) -> None:
    project = themed(tmp_path)
    assert {page.outcome for page in project.build().pages} == {"made"}
    assert {page.outcome for page in project.build().pages} == {"unchanged"}
    (project.place / "templates" / "page.html").write_text(ABOUT.replace("Call", "Ring"))
    assert {page.why for page in project.build().pages} == {"the theme changed (templates/page.html)"}
    settings = (project.place / "voicegen.toml").read_text("utf-8").replace("#5b1a6b", "#5b1a00")
    (project.place / "voicegen.toml").write_text(settings)
    desk = Desk(load(project.place, engines(), formats()))
    assert {standing.why for standing in desk.standings()} == {"the theme changed (colours)"}
    assert {page.why for page in project.build().pages} == {"the theme changed (colours)"}
    (project.place / "voicegen.toml").write_text(FORMATS)
    assert all(page.why.startswith("the theme changed (name, logo") for page in project.build().pages)
    assert not {"theme.css", "logo.svg", "gallstones/theme.css"} & project.tree().keys()
    assert {page.outcome for page in project.build().pages} == {"unchanged"}


def test_colours_with_too_little_contrast_are_refused_with_the_figures(tmp_path: Path) -> None:
    said = refused(tmp_path / "1", '[theme.light]\naccent = "#3a8fa3"\n')
    assert "voicegen.toml, [theme] light: accent on paper has a contrast of 3.6" in said
    assert "where 7 is needed" in said
    assert "focus on" in refused(tmp_path / "2", '[theme.dark]\nfocus = "#3d5058"\n')
    assert "where 3 is needed" in refused(tmp_path / "3", '[theme.dark]\nfocus = "#3d5058"\n')
    assert "no colour of the form #rrggbb" in refused(tmp_path / "4", '[theme.light]\nink = "black"\n')
    assert "there is no such colour" in refused(tmp_path / "5", '[theme.light]\nemergency = "#000"\n')


def test_contrast_is_measured_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)  # the guidelines' own example of 4.5
    assert contrast("#595959", "#ffffff") == pytest.approx(7.0, abs=0.01)


@pytest.mark.attack("input", "a logo that holds more than a drawing is refused")
@pytest.mark.parametrize(
    ("more", "named"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<g onload="alert(1)"/>', "onload"),
        ('<use xlink:href="https://evil.example/x.svg#a"/>', "evil.example"),
        ('<a href="https://evil.example/"><path/></a>', "<a>"),
        ('<image href="data:image/png;base64,AAAA"/>', "<image>"),
        ('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>', "<foreignObject>"),
        ('<p xmlns="http://www.w3.org/1999/xhtml">x</p>', "<p>"),
        ("<style>@import 'https://evil.example/a.css';</style>", "style"),
        ("<style>@imp</style><style>ort 'x';</style>", "style"),
        ('<path fill="url(https://evil.example/a#b)"/>', "fill"),
        ("<style>svg{background:image-set('https://evil.example/a.png' 1x)}</style>", "style"),
        ("<style>a{b:u\\72l(x)}</style>", "style"),
        ('<set attributeName="href" to="javascript:alert(1)"/>', "<set>"),
        ("<?xml-stylesheet href='x.css'?>", "instruction"),
        ("<path", "no whole PNG, JPEG or SVG"),
    ],
)
def test_a_logo_that_holds_more_than_a_drawing_is_refused(tmp_path: Path, more: str, named: str) -> None:
    (tmp_path / "logo.svg").write_text(SVG.format(more).replace("{{", "{").replace("}}", "}"))
    with pytest.raises(SettingsError, match=re.escape(named)):
        checked_logo(tmp_path, "logo.svg", "A logo")


def test_a_logo_with_entities_of_its_own_is_refused(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"))
    with pytest.raises(SettingsError, match="definitions of its own"):
        checked_logo(tmp_path, "logo.svg", "A logo")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_logo_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    place = tmp_path_factory.getbasetemp()
    (place / "any.svg").write_bytes(data)
    with pytest.raises(SettingsError):
        checked_logo(place, "any.svg", "A logo")


def test_what_a_drawing_program_notes_in_a_logo_does_no_harm(tmp_path: Path) -> None:
    note = (
        '<metadata xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:RDF/></metadata>'
        '<n:namedview xmlns:n="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" pagecolor="#fff"/>'
    )
    (tmp_path / "logo.svg").write_text(SVG.format(note))
    assert checked_logo(tmp_path, "logo.svg", " A logo ").alt == "A logo"


@pytest.mark.parametrize("name", ["image (1).svg", r"C:\Clinic\src (2).svg", "url(logo).svg"])
def test_a_logo_may_hold_the_name_that_its_file_was_saved_by(tmp_path: Path, name: str) -> None:
    own = 'xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"'
    layer = (
        f'<g {own} s:docname="{name}" id="{name}" data-name="{name}" aria-label="{name}"><path d="M0 0h9"/></g>'
    )
    (tmp_path / name.replace("\\", "-")).write_text(SVG.format(layer))
    assert checked_logo(tmp_path, name.replace("\\", "-"), "A logo").name == "logo.svg"


@pytest.mark.attack("input", "a style sheet that loads something is refused")
@pytest.mark.parametrize(
    ("css", "told"),
    [
        ("p{}\n@import 'a.css';", "own.css, line 2: '@import' loads another file"),
        ("p{background:url(https://evil.example/a.png)}", "loads another file"),
        ("a{content:'/*'}p{background:url(//evil.example/a.png)}a{content:'*/'}", "loads another file"),
        ('a{content:"\\"/*"}p{background:url(//evil.example/a.png)}a{content:"*/"}', "loads another file"),
        ("a{quotes:\\'/*'}\\*/p{background:url(//evil.example/a.png)}/*'*/", "loads another file"),
        ("p{color:red}\n/* and on", "own.css, line 2: a comment or a string has no end"),
        ('p{}\na{content:"}', "own.css, line 2: a comment or a string has no end"),
        ("p{background:u\\72 l(a.png)}", "loads another file"),
        ("p{background:image-set('a.png' 1x)}", "loads another file"),
        ("a:focus{outline: none}", "where the focus is"),
        ("h2{text-transform:uppercase}", "µg as ΜG"),
        ("h2{TEXT-TRANSFORM : capitalize}", "µg as ΜG"),
        ("h2{text-transform:u\\70percase}", "µg as ΜG"),
        ("h2{font-variant:small-caps}", "µg as ΜG"),
        ("h2{font:all-small-caps 1rem serif}", "µg as ΜG"),
        ("b, sup, sub{margin:0;vertical-align:baseline}", "seen as 501"),
        ("p>sup.x{vertical-align:0}", "seen as 501"),
        (":root{--ink: #777}", "Set it in [theme.light]"),
        ("p{", "more braces"),
        ("p{}" * 4000, "larger than 10 kB"),
    ],
)
def test_a_style_sheet_that_loads_something_or_hides_the_focus_is_refused(
    tmp_path: Path, css: str, told: str
) -> None:
    assert told in refused(tmp_path, '[theme]\nstylesheet = "art/own.css"\n', css=css)


@pytest.mark.parametrize(
    "css",
    [
        "h2{text-transform:none;font-variant-caps:normal}",
        "sup{vertical-align:super;line-height:0}sub{vertical-align:baseline}",
        "sup{vertical-align:0.4em}",
        ".support{vertical-align:baseline}img{vertical-align:middle}",
        "sup{color:red}img{vertical-align:middle}",
    ],
)
def test_a_style_sheet_that_leaves_amounts_as_they_are_is_taken(tmp_path: Path, css: str) -> None:
    (tmp_path / "own.css").write_text(css)
    assert checked_stylesheet(tmp_path, "own.css") == css


@pytest.mark.parametrize(
    ("theme", "told"),
    [
        ('logo = "art/logo.svg"', "[theme] logo_alt: it is missing"),
        ('logo_alt = "Riverside"', "there is no logo"),
        ('logo = "art/none.svg"\nlogo_alt = "A"', "can't be read"),
        ('stylesheet = "art/none.css"', "can't be read"),
        ('templates = "nowhere"', "there is no folder 'nowhere'"),
    ],
)
def test_what_is_missing_is_told_with_the_key(tmp_path: Path, theme: str, told: str) -> None:
    assert told in refused(tmp_path, f"[theme]\n{theme}\n")


@pytest.mark.parametrize(
    ("template", "told"),
    [
        (EXTENDS + '\n\n{% block about %}{% if %}{% endblock %}', "templates/page.html, line 3: "),
        (EXTENDS + '\n{% block about %}{{ nothing }}{% endblock %}', "templates/page.html, line 2: "),
        (EXTENDS + '{% block about %}{{ page.id | safe }}{% endblock %}', "templates/page.html, line 1"),
        (EXTENDS + '{% block about %}{% autoescape false %}{% endautoescape %}{% endblock %}',
         "turns the escaping of texts off"),
        (EXTENDS + '{% block about %}{{ page.__class__.__mro__ }}{% endblock %}', "unsafe"),
        (EXTENDS + '{% block transcript %}{% endblock %}', "stands nowhere on the page"),
        (EXTENDS + '{% block head %}<script>alert(1)</script>{% endblock %}', "a script of its own"),
        (EXTENDS + '{% block head %}<link href="none.css">{% endblock %}', "'none.css', which is missing"),
    ],
)  # fmt: skip
def test_a_wrong_template_is_told_with_its_line_and_publishes_nothing(
    tmp_path: Path, template: str, told: str
) -> None:
    project = themed(tmp_path, '[theme]\ntemplates = "templates"\n', template)
    try:
        said = " ".join(str(error) for page in project.build().pages for error in page.errors)
    except SettingsError as error:
        said = str(error)
    assert told in said
    assert not (project.output / "gallstones").exists()


def test_a_template_of_another_name_is_told(tmp_path: Path) -> None:
    project = themed(tmp_path, '[theme]\ntemplates = "templates"\n')
    (project.place / "templates" / "footer.html").write_text("")
    with pytest.raises(SettingsError, match=r"templates/footer\.html: it takes the place of no template"):
        project.build()


def test_without_a_theme_nothing_is_different(tmp_path: Path) -> None:
    project = themed(tmp_path, "")
    assert load_theme(load(project.place, engines(), formats())) == Theme()
    project.build()
    assert "gallstones/theme.css" not in project.tree()
