"""Braille as its readers meet it: read back by liblouis's own program, its pages and rows, and its check."""

from __future__ import annotations

import difflib
import json
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Project
from tests.growth import linear
from voicegen import extensions, unchanged
from voicegen.errors import PublicationError
from voicegen.formats import _liblouis, braille
from voicegen.formats._braille_check import _joined
from voicegen.formats._braille_files import read_brf, read_pef
from voicegen.formats._braille_rows import GOES_ON, KEEP, broken, centred
from voicegen.formats._braille_tables import CONTRACTED, UNCONTRACTED
from voicegen.formats._braille_text import FAR_FROM_NUMBERS, LONGEST, Passage, Writer, _numbers_apart, _shorter
from voicegen.formats._liblouis import Liblouis, UnwritableError

FORMATS = '[publications]\nformats = ["timeline", "braille"]\n'
SETTINGS = f'[voice]\nengine = "tone"\n{FORMATS}'
TABLES = {
    **dict.fromkeys(("asthma", "nosebleed", "lumbar-spinal-stenosis", "failed-spinal-fusion"), "en-ueb-g2.ctb"),
    **{"fever-in-children": "en-ueb-g2.ctb", "hipertension": "es-g1.ctb"},
}
"""Our own pages, and the table that each is to be written with."""
CONTENT = [path for path in (ROOT / "content").iterdir() if path.suffix != ".toml"]
BLANK = "\u2800"
RICH = """# Knee pain

A knee can hurt for *many* reasons.

## What helps

- Rest the leg
- Cool it for 15 minutes

| When | How many |
|---|---|
| Morning | 2 tablets |
| Evening | 1 tablet |
"""


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of our own pages, in braille."""
    project = Project(tmp_path_factory.mktemp("braille") / "project", SETTINGS)
    for path in (ROOT / "content").iterdir():
        shutil.copy(path, project.place / "content")
    assert project.build().exit_code == 0
    return project.output


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a page with headings, a list and a table."""
    project = Project(tmp_path_factory.mktemp("rich") / "project", SETTINGS)
    project.page("knee.md", RICH)
    assert project.build().exit_code == 0
    return project.output / "knee"


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())


def read_back(path: Path, table: str) -> list[str]:
    """The words of the text in a PEF file, after title page and contents, as liblouis reads them."""
    published = read_pef(path)
    rows = [row.strip(BLANK) for page in published.pages[published.text :] for row in page[:-1]]
    command = ["lou_translate", "-b", f"unicode.dis,{table}"]
    done = subprocess.run(command, input="\n".join(rows) + "\n", capture_output=True, check=True, encoding="utf-8")
    return words(done.stdout)


@pytest.mark.needs("lou_translate")
@pytest.mark.parametrize(
    "page", sorted(path.stem for path in (ROOT / "content").iterdir() if path.suffix != ".toml")
)
def test_another_program_reads_the_words_of_the_page_back_in_their_order(ours: Path, page: str) -> None:
    found = read_back(ours / page / f"{page}.pef", TABLES[page])
    facts = json.loads((ours / page / "timeline.json").read_text("utf-8"))
    shown = words(" ".join(line["shown"] for chapter in facts["chapters"] for line in chapter["lines"]))
    blocks = difflib.SequenceMatcher(None, shown, found, autojunk=False).get_matching_blocks()
    same = sum(block.size for block in blocks)
    # a few contractions are ambiguous when they are read back without the words of the row before
    assert same >= 0.98 * len(shown), sorted(set(shown) - set(found))


@pytest.mark.needs("lou_translate")
def test_pages_fit_embossers_and_both_files_have_the_same_cells(ours: Path) -> None:
    for path in ours.glob("*/*.brf"):
        data = path.read_bytes()
        assert data.isascii()
        assert data.endswith(b"\r\n\f")
        pages = data.decode().split("\f")[:-1]
        assert all(page.count("\r\n") == page.count("\n") == 25 for page in pages)
        assert max(len(row) for page in pages for row in page.split("\r\n")) <= 40
        cells = [[row.rstrip(BLANK) for row in page] for page in read_brf(path)]
        published = read_pef(path.with_suffix(".pef"))
        assert cells == [[row.rstrip(BLANK) for row in page] for page in published.pages]


@pytest.mark.needs("lou_translate")
def test_headings_lists_and_tables_are_laid_out(rich: Path) -> None:
    rows = (rich / "knee.brf").read_bytes().decode("ascii").split("\r\n")
    title = next(row for row in rows if row.strip() == ",KNEE PA9")
    assert abs(len(title) - len(title.lstrip()) - (40 - len(title))) <= 1  # in the middle of its row
    assert ",RE/ ! LEG" in rows
    assert ",COOL X = #AE M9UTES" in rows
    head = rows.index(",:5     ,H[ _M")
    assert rows[head + 1 : head + 4] == ['"33331  "333333331', ",MORN+  #B TABLETS", ",EV5+   #A TABLET"]


@pytest.mark.needs("lou_translate")
@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("knee.brf", lambda data: data[:-1], "has no end"),
        ("knee.brf", lambda data: data.replace(b"TABLETS", b"TABLET", 1), "same cells"),
        ("knee.brf", lambda data: data.replace(b",", b"~"), "stand for no cell"),
        ("knee.pef", lambda data: data[: len(data) // 2], "knee.pef"),
        ("knee.pef", lambda data: data.replace(b'cols="40"', b'cols="20"'), "more than 20"),
        ("knee.pef", lambda data: data.replace(b'rows="25"', b'rows="9"'), "not 9"),
    ],
)
def test_what_was_spoilt_is_noticed(
    rich: Path, tmp_path: Path, name: str, change: Callable[[bytes], bytes], said: str
) -> None:
    folder = Path(shutil.copytree(rich, tmp_path / "knee"))
    assert list(braille.verify(folder)) == []
    data = (folder / name).read_bytes()
    assert change(data) != data
    (folder / name).write_bytes(change(data))
    try:
        found = list(braille.verify(folder))
    except PublicationError as error:
        found = [str(error)]
    assert any(said in what for what in found), found


@pytest.mark.needs("lou_translate")
def test_words_that_are_not_in_the_braille_are_missed(rich: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(rich, tmp_path / "knee"))
    path = folder / "timeline.json"
    path.write_text(path.read_text("utf-8").replace("15 minutes", "50 minutes"), "utf-8")
    assert any("50 minutes" in what for what in braille.verify(folder))


@pytest.mark.needs("lou_translate")
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells where tables are")
def test_a_table_that_was_mended_makes_the_braille_anew_though_liblouis_has_the_same_version(
    make_project: Callable[..., Project], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (system,) = (folder for folder in _liblouis.files() if folder.is_dir())
    own = shutil.copytree(system, tmp_path / "tables")
    monkeypatch.setenv("LOUIS_TABLEPATH", str(own))
    project = make_project(settings=SETTINGS)
    project.page("a.txt")
    extensions.made_with.cache_clear()
    project.build()
    assert unchanged.found(project.place) is not None
    before = (project.output / "a/a.brf").read_bytes()
    with (own / "en-ueb-g2.ctb").open("a") as table:
        table.write("\nalways hours 125-125\n")
    assert unchanged.found(project.place) is None
    extensions.made_with.cache_clear()  # as in the next run of the program
    (report,) = project.build().pages
    assert (report.outcome, "a part of this machine" in report.why) == ("made", True)
    assert (project.output / "a/a.brf").read_bytes() != before
    extensions.made_with.cache_clear()


@pytest.mark.needs("lou_translate")
def test_a_number_of_which_a_part_is_bold_stays_one_number(tmp_path: Path) -> None:
    project = Project(tmp_path / "project", SETTINGS)
    project.page("knee.html", "<h1>Knee pain</h1><p>Take 1<b>0</b> mg, or 2<i>.5</i> ml.</p>")
    assert project.build().exit_code == 0
    assert {"10", "2", "5"} <= set(read_back(project.output / "knee/knee.pef", "en-ueb-g2.ctb"))


@pytest.mark.needs("lou_translate")
def test_a_chapter_in_another_language_is_written_by_its_table_in_the_contents_too(tmp_path: Path) -> None:
    """English contractions in the contents made other words of a French heading."""
    project = Project(tmp_path / "project", SETTINGS)
    project.page("knee.html", '<h1>Knee pain</h1><p>Rest.</p><h2 lang="fr">Ne pas attendre</h2><p>Call.</p>')
    assert project.build().exit_code == 0
    published = read_pef(project.output / "knee/knee.pef")
    with Liblouis("a page") as louis:
        heading = Writer(louis, "en", "en-ueb-g2.ctb", {}).words("Ne pas attendre", "fr").replace(KEEP, BLANK)
    for pages in (published.pages[: published.text], published.pages[published.text :]):
        assert heading in "".join(row for page in pages for row in page)


@pytest.mark.parametrize("width", [12, 20, 32, 40])
@pytest.mark.parametrize("letters", [5, 34, 40, 41, 130])
def test_a_word_longer_than_a_row_is_read_back_whole_from_a_heading_and_from_a_paragraph(
    width: int, letters: int
) -> None:
    cells = ("⠏⠝⠑⠥⠍⠕" * letters)[:letters]
    for rows in (centred(cells, width), broken(cells, width), broken(cells, width, 4, 4)):
        assert list(_joined(rows, width)) == [cells]


def test_a_page_in_a_language_without_a_table_has_no_braille_and_staff_are_told(tmp_path: Path) -> None:
    project = Project(tmp_path / "project", SETTINGS)
    project.page("chest.md", "---\nlang: qu\n---\n# Yachay\n\nKayqa huk rimay.\n")
    result = project.build()
    assert result.exit_code == 0
    assert any("braille" in notice for notice in result.pages[0].notices)
    assert not list(project.output.glob("*/*.brf"))


AMOUNTS = (
    *("5 mg", "5 g", "5 µg", "5 l", "5 m", "5mg", "5h", "58", "<5", ">5", "≤5", "≥5", "±5", "≈5", "−5", "+5"),
    *("½", "1½", "1 ½ g", "¼", "¾", "2.5", "2,5", "25", "2/5", "2–5", "2:5", "2×5", "2 5", "5²", "52", "m²", "m³"),
    *("10⁹", "109", "10⁻⁹", "10-9", "log₁₀5", "log105", "5..10", "510", "5 %", "5 ‰", "5 €", "5 £", "5?", "5."),
    *("α-2", "a-2", "β-2", "b-2"),
)
"""Each of these means something else."""


@pytest.mark.needs("lou_translate")
@pytest.mark.parametrize(("lang", "table"), [*UNCONTRACTED.items(), *CONTRACTED.items()])
def test_no_table_writes_two_amounts_alike(lang: str, table: str) -> None:
    with Liblouis("a page") as louis:
        writer = Writer(louis, lang, table, {})
        found: dict[str, list[str]] = {}
        for amount in AMOUNTS:
            found.setdefault(writer.words(amount), []).append(amount)
    assert [alike for alike in found.values() if len(alike) > 1] == []


@pytest.mark.needs("lou_translate")
def test_what_a_table_can_not_write_or_never_ends_with_is_written_piece_by_piece() -> None:
    with Liblouis("a page") as louis:
        writer = Writer(louis, "de", "de-g2.ctb", {})
        assert writer.words("5..10 mg").endswith(writer.words("10 mg"))
        begun = louis._process.pid
        cells = writer.words("nach 6 -@ essen")  # liblouis 3.24 comes to no end with it
        assert louis._process.pid != begun
        assert [cells.split(BLANK)[at] for at in (0, -1)] == [writer.words("nach"), writer.words("essen")]


@pytest.mark.attack("input", "a word without an end is written in braille, in time that grows with its length")
@pytest.mark.needs("lou_translate")
@pytest.mark.parametrize(
    ("lang", "table"), [("en", "en-ueb-g2.ctb"), ("fr", "fr-bfu-g2.ctb"), ("de", "de-g2.ctb")]
)
@pytest.mark.parametrize("sign", ["a", "."])
def test_a_text_without_a_break_is_given_to_no_table_at_once(lang: str, table: str, sign: str) -> None:
    given: list[int] = []

    class Noted(Liblouis):
        def translate(self, table: str, text: str, *more: Any, **named: Any) -> str:
            given.append(len(text))
            return super().translate(table, text, *more, **named)

    with Noted("a page") as louis:
        writer = Writer(louis, lang, table, {})
        cells = writer.words(f"Take 5 mg {sign * 7_000} daily")
        assert max(given) <= LONGEST
        assert writer.words(sign * 10).strip("⠐⠰⠠⠨")[:5] in cells
        assert cells.startswith(writer.words("Take 5 mg"))
        assert linear(lambda times: list(_numbers_apart(Passage("a" * times, "fr-bfu-g2.ctb"))), 20_000)


def test_no_text_is_cut_in_or_just_after_a_number() -> None:
    for text in ("x" * (LONGEST - 2) + "12345abc" + "y" * 50, "z" * (LONGEST - 5) + "5.a" + "y" * LONGEST):
        pieces = _shorter(text)
        assert "".join(pieces) == text
        assert len(pieces) > 1
        assert not any(sign.isdigit() for piece in pieces[:-1] for sign in piece[-FAR_FROM_NUMBERS:])
    assert _shorter("5" * (LONGEST + 1)) == ["5" * (LONGEST + 1)]
    assert "".join(_shorter("word " * LONGEST)) == "word " * LONGEST


@pytest.mark.needs("lou_translate")
def test_a_word_that_a_table_refuses_is_halved_and_a_page_is_given_up_after_so_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    translate = Liblouis.translate
    refuses = {"jk"}

    def picky(self: Liblouis, table: str, text: str, *more: Any, **named: Any) -> str:
        if any(word in text for word in refuses):
            raise UnwritableError("a page", "refused", "")
        return translate(self, table, text, *more, **named)

    monkeypatch.setattr(Liblouis, "translate", picky)
    with Liblouis("a page") as louis:
        writer = Writer(louis, "en", "en-ueb-g1.ctb", {})
        assert writer.words("abcjkdef") == "⠁⠃⠉⠚⠅⠙⠑⠋"
        refuses.add("b")
        with pytest.raises(UnwritableError):
            writer.words("abc " * 100)


@pytest.mark.needs("lou_translate")
@pytest.mark.parametrize(
    ("lang", "table"), [("en", "en-ueb-g2.ctb"), ("fr", "fr-bfu-g2.ctb"), ("de", "de-g2.ctb")]
)
def test_no_row_ends_between_a_number_and_its_unit_or_inside_a_number(lang: str, table: str) -> None:
    with Liblouis("a page") as louis:
        writer = Writer(louis, lang, table, {})
        doses = [writer.words(dose).replace(KEEP, BLANK) for dose in ("0.5 mg", "10 000 IU", "≤ 5 ml/kg", "2½ g")]
        cells = writer.words("Paracetamol: 0.5 mg, 10\u00a0000 IU, ≤ 5 ml/kg, 2½ g; ibuprofen " * 40)
        for width in (18, 24, 32, 40):
            rows = "\n".join(broken(cells, width, 2, 1))
            assert KEEP not in rows
            for dose in doses:
                assert rows.count(dose) == 40, (width, dose, rows)
        words = cells.replace(KEEP, BLANK).split(BLANK)
        assert "".join(broken(cells, 4)).replace(GOES_ON, "").replace(BLANK, "") == "".join(words).replace(
            GOES_ON, ""
        ), "where there is no room, nothing is lost"


@pytest.mark.needs("lou_translate")
def test_a_row_of_a_wide_table_is_not_parted_from_the_name_in_its_first_cell_by_the_end_of_a_page(
    tmp_path: Path,
) -> None:
    names = ["Amoxicillin", "Clarithromycin", "Doxycycline", "Erythromycin", "Flucloxacillin", "Metronidazole"] * 4
    dose = "500 mg three times a day for 7 days"
    rows = "\n".join(f"| {name} | {dose} | {dose} |" for name in names)
    project = Project(tmp_path / "project", SETTINGS)
    project.page("doses.md", f"# Doses\n\n| Drug | Adults | Children |\n|---|---|---|\n{rows}\n")
    assert project.build().exit_code == 0
    published = read_pef(project.output / "doses/doses.pef")
    _, *others = (page[0] for page in published.pages[published.text :])
    assert len(others) > 2
    assert all(not row.startswith(BLANK) for row in others), "it begins with another cell than the first"
