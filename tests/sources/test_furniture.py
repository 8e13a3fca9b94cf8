from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.sources.pages import FILLER, headings, left, main, page, said
from voicegen.contracts import SiteRules, SourceFile
from voicegen.errors import SettingsError, SourceError
from voicegen.model.document import Document, ItemList, Reason, Table, texts
from voicegen.sources import markdown, text

ARTICLE = f"<h1>Knee pain</h1>{FILLER}<h2>Care</h2>{FILLER}<p>Rest it for a day.</p>"


def leaves_out(document: Document, words: str, reason: Reason | None = None) -> None:
    assert words not in said(document)
    assert words in " ".join(left(document, reason) if reason else [piece.text for piece in document.left_out])


# Where the content is


def test_the_main_element_is_the_content_and_the_rest_is_named_with_its_reason() -> None:
    document = page(
        '<a class="skip-link" href="#c">Skip to content</a>'
        '<header><a href="/">Corner Clinic</a> Oldtown</header><nav><ul><li><a href="/">Home</a></li></ul></nav>'
        f'<main id="c">{ARTICLE}</main><div><p>A block beside it.</p></div>'
        "<footer><p>© 2026 Corner Clinic</p></footer><script>track()</script>"
    )
    leaves_out(document, "Skip to content", Reason.NAVIGATION)
    leaves_out(document, "Oldtown", Reason.BANNER)
    leaves_out(document, "Home", Reason.NAVIGATION)
    leaves_out(document, "A block beside it.", Reason.OUTSIDE)
    leaves_out(document, "© 2026", Reason.FOOTER)
    assert left(document, Reason.CODE) == ["track()"]
    assert headings(document) == [(2, "Care")]


def test_every_leaving_names_its_line_and_element() -> None:
    document = page(f'<main>{ARTICLE}</main>\n\n<footer class="site-footer">Legal</footer>')
    [footer] = [piece for piece in document.left_out if piece.reason is Reason.FOOTER]
    assert footer.where == "line 3, <footer.site-footer>"


def test_an_empty_main_is_not_believed() -> None:
    document = page(f'<main id="app"></main><div class="page">{ARTICLE}</div>')
    assert "largest joint" in said(document)


def test_the_one_article_is_the_content_where_there_is_no_main() -> None:
    document = page(f"<div><article>{ARTICLE}</article><div><p>Beside it.</p></div></div>")
    leaves_out(document, "Beside it.", Reason.OUTSIDE)


def test_several_articles_are_cards_of_one_page() -> None:
    cards = "".join(
        f"<article><h2>{name}</h2>{FILLER.replace('knee', name)}</article>" for name in ("Rest", "Ice", "Care")
    )
    assert [words for _, words in headings(page(f"<h1>Knee pain</h1>{cards}"))] == ["Rest", "Ice", "Care"]


def test_sections_straight_under_body_are_all_read() -> None:
    document = page(
        f"<section><h1>Knee pain</h1></section><section><h2>Causes</h2>{FILLER}</section>"
        "<section><h2>Red flags</h2><ul><li>Fever</li><li>Redness</li></ul></section>"
    )
    assert headings(document) == [(2, "Causes"), (2, "Red flags")]
    assert "Fever" in said(document)


def test_the_title_outside_of_main_brings_the_paragraphs_beside_it() -> None:
    document = page(
        f'<header><nav><a href="/">Home</a></nav><div><h1>Knee pain</h1><p>Code: '
        f"M25.5</p></div></header><main>{FILLER}</main>"
    )
    assert document.title.plain == "Knee pain"
    assert "M25.5" in said(document)
    leaves_out(document, "Home")


def test_a_warning_outside_of_main_is_never_lost() -> None:
    document = page(
        f'<main>{ARTICLE}</main><div class="emergency-box"><p>Go to the emergency department if the '
        f"knee is hot and red.</p></div>"
    )
    assert "emergency department" in said(document)


def test_a_form_around_the_whole_page_is_no_form() -> None:
    document = page(f'<form action="/page.aspx"><input type="hidden" name="s"><div>{ARTICLE}</div></form>')
    assert "largest joint" in said(document)


def test_noscript_is_read_only_where_it_holds_the_content() -> None:
    assert "largest joint" in said(page(f"<div id=app></div><noscript>{ARTICLE}</noscript>"))
    leaves_out(page(f"{ARTICLE}<noscript>Please switch JavaScript on.</noscript>"), "JavaScript", Reason.HIDDEN)


# Furniture inside the content


@pytest.mark.parametrize(
    ("markup", "words", "reason"),
    [
        (
            '<div class="breadcrumb"><a href="/">Home</a> › <a href="/k">Knees</a> › Pain</div>',
            "Knees",
            Reason.NAVIGATION,
        ),
        ('<div class="share-buttons"><a href="//x">Post</a> <a href="//y">Mail</a></div>', "Post", Reason.SHARE),
        (
            '<div id="cookie-notice"><p>We use cookies to see how the site is used.</p></div>',
            "cookies",
            Reason.COOKIES,
        ),
        ('<div class="related-posts"><h3>More</h3><a href="/hip">Hip pain</a></div>', "Hip pain", Reason.RELATED),
        ("<form><label>Name <input name=n></label><button>Send it</button></form>", "Name", Reason.FORM),
        ('<div class="newsletter-box"><p>News from us</p><input type=email></div>', "News from us", Reason.FORM),
        (
            '<section id="comments"><h2>Readers say</h2><p>Thank you for this very helpful page, it '
            "did me good.</p></section>",
            "Readers say",
            Reason.COMMENTS,
        ),
        (
            '<ul class="partner-logos"><li><img src=a.png alt="Society of Knees"></li></ul>',
            "Society of Knees",
            None,
        ),
        (
            '<div class="contact-box"><p>Call us: <a href="tel:1">0123 456</a></p><p>Mon 9:00 - 17:00</p></div>',
            "0123 456",
            Reason.CONTACT,
        ),
        (
            '<div class="cta"><h3>Sore?</h3><p>Come and see us.</p><a href="/book">Yes</a></div>',
            "Come and see us",
            Reason.ADVERT,
        ),
        ('<p class="post-meta">By A. Doe, 3 May 2026</p>', "A. Doe", Reason.METADATA),
        (
            '<dl class="article-info"><dt>Details</dt><dd>Published: 2 January 2026</dd><dd>Hits: 12</dd></dl>',
            "Hits",
            Reason.METADATA,
        ),
        (
            '<div class="field"><div class="label">Updated on</div><div><time>14/03/2026</time></div></div>',
            "Updated on",
            Reason.METADATA,
        ),
        (
            '<h2>Signs<span class="mw-editsection">[<a href="/e">edit it</a>]</span></h2><p>It hurts.</p>',
            "edit it",
            Reason.WIDGET,
        ),
        ("<button>Enlarge the text</button>", "Enlarge the text", Reason.WIDGET),
        ('<a class="btn btn-primary" href="/book">Make a date</a>', "Make a date", Reason.WIDGET),
        ('<div><a href="/all">All our pages</a></div>', "All our pages", Reason.RELATED),
        ('<div role="toolbar">A+ A-</div>', "A+", Reason.WIDGET),
        ("<p>Share this page</p>", "Share this page", Reason.SHARE),
        ("<p>© 2026 The Corner Clinic. All rights reserved.</p>", "2026", Reason.LEGAL),
        ('<img src="l.png" alt="Corner Clinic logo">', "Corner Clinic logo", Reason.LOGO),
        ('<i class="material-icons">account_circle</i>', "account_circle", Reason.DECORATION),
        ("<dialog><p>Do you really want to leave?</p></dialog>", "really want", Reason.HIDDEN),
        ('<a href="/hip"><h3>Hip pain</h3><p>When the hip aches.</p></a>', "When the hip aches", Reason.RELATED),
        ('<aside><a href="/hip">Hip pain</a></aside>', "Hip pain", Reason.RELATED),
        ('<h2>Related articles</h2><ul><li><a href="/hip">Hip pain</a></li></ul>', "Hip pain", Reason.RELATED),
        ('<h2>Artículos relacionados</h2><ul><li><a href="/c">Cadera</a></li></ul>', "Cadera", Reason.RELATED),
        (
            '<ul><li><a href="#a">Causes</a></li><li><a href="#b">Signs</a></li><li><a '
            'href="#c">Tests</a></li></ul>',
            "Tests",
            Reason.NAVIGATION,
        ),
    ],
)
def test_furniture_inside_the_content_is_left_out_with_its_reason(markup: Any, words: Any, reason: Any) -> None:
    leaves_out(page(f"<main>{ARTICLE}{markup}</main>"), words, reason)


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="next-steps"><ul><li><a href="/x">see</a> a doctor</li></ul></div>',
        '<section id="social-anxiety"><ul><li>see a doctor</li></ul></section>',
        '<div id="contact-dermatitis"><p>see a doctor</p></div>',
        '<div class="brand-names"><ul><li>see a doctor</li></ul></div>',
        '<div class="sidebar-layout"><p>see a doctor</p></div>',
        '<div class="tools-for-life"><p>see a doctor</p></div>',
        '<p class="related">see a doctor</p>',
        '<p>You can use <a class="btn" href="/x">see a doctor</a> to find out more about this.</p>',
        '<ul><li><a href="/a">see a doctor</a></li></ul>',
        '<p><a href="/a">see a doctor</a></p>',
        '<div class="card-footer"><p>If it does not go away within some weeks of rest and care, see '
        "a doctor. That is what they are there for, and it is no bother.</p></div>",
        "<h2>Contact with water</h2><p>see a doctor</p>",
        "<h2>Contact us</h2><p>If it is an emergency, see a doctor.</p>",
        '<p>Signs to know:</p><ul class="related"><li><a href="/x">see a doctor</a></li></ul>',
    ],
)
def test_a_class_or_phrase_alone_never_drops_text(markup: Any) -> None:
    assert "see a doctor" in said(page(f"<main>{ARTICLE}{markup}</main>"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        *(
            (name, "If your stools turn black, phone us straight away on <a href='tel:1'>0123 456</a>.")
            for name in ("cta", "contact", "promo", "related-item", "tips-sidebar", "toolbar")
        ),
        ("promo", "Bei Atemnot rufen Sie sofort unter <a href='tel:1'>0123 456</a> an."),
        ("toolbar", "Do not stop taking it suddenly."),
        ("cta", "Nehmen Sie die Tabletten nicht auf nüchternen Magen ein. <a href='/m'>Mehr</a>"),
        ("no-print", "Do not drive."),
        ("d-print-none", "Do not drive."),
    ],
)
def test_no_class_takes_away_what_to_do_at_once_or_never(name: str, words: str) -> None:
    told = BeautifulSoup(words, "html.parser").get_text()
    assert told in said(page(f'<main>{ARTICLE}<div class="{name}"><p>{words}</p></div></main>'))


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="promo"><p>Never miss our news again.</p><a href="/n">Yes</a></div>',
        '<div class="print"><a href="#">Print our news</a></div>',
    ],
)
def test_calls_to_read_on_are_still_left_out(markup: str) -> None:
    leaves_out(page(f"<main>{ARTICLE}{markup}</main>"), "our news")


def test_a_contact_heading_stays_with_a_paragraph_that_stays() -> None:
    told = (
        "Stroke unit, 5 North Street, phone 020 7946 0123, from Monday to Friday between 8.00 and 15.35. "
        "Last changed on 3 October."
    )
    assert "Contact" in said(page(f"<main>{ARTICLE}<h2>Contact</h2><p>{told}</p></main>"))


def test_a_table_with_header_cells_is_never_dropped_for_a_class() -> None:
    document = page(
        f'<main>{ARTICLE}<div class="price-table"><table><tr><th>a<th>b<tr><td>€5<td>€6</table></div></main>'
    )
    assert any(isinstance(block, Table) for block in document.sections[0].blocks)


# Hidden


@pytest.mark.parametrize(
    "attributes",
    ["hidden", 'style="display:none"', 'style="visibility: hidden"', 'aria-hidden="true"', 'class="d-none"'],
)
def test_what_the_page_hides_from_everybody_is_not_spoken(attributes: Any) -> None:
    leaves_out(
        page(f"<main>{ARTICLE}<div {attributes}><p>A note for the editors.</p></div></main>"),
        "editors",
        Reason.HIDDEN,
    )


@pytest.mark.parametrize(
    "panel",
    [
        '<div class="tab-pane" style="display:none">{0}</div>',
        '<div class="accordion-collapse collapse">{0}</div>',
        '<div role="tabpanel" hidden>{0}</div>',
        '<div class="faq-answer" aria-hidden="true">{0}</div>',
        '<button aria-controls="more">See</button><div id="more" hidden>{0}</div>',
        '<h3>Is it arthritis?</h3><div class="content" style="display: none">{0}</div>',
        '<div hidden="until-found">{0}</div>',
        '<div class="hidden md:block">{0}</div>',
    ],
)
def test_what_a_click_opens_is_part_of_the_page(panel: Any) -> None:
    hidden = "<p>It may be arthritis, but most sore knees of young people have quite another cause.</p>"
    assert "quite another cause" in said(page(f"<main>{ARTICLE}{panel.format(hidden)}</main>"))


def test_a_panel_without_a_heading_is_headed_by_its_tab() -> None:
    document = main(
        '<ul class="nav nav-tabs" role="tablist"><li><a role="tab" href="#a">Causes</a></li><li><a '
        'role="tab" href="#b">Care</a></li></ul>'
        f'<div id="a" role="tabpanel">{FILLER}</div><div id="b" role="tabpanel" hidden><p>Rest it, '
        f"cool it, and raise it for a while.</p></div>"
    )
    assert [words for _, words in headings(document)] == ["Causes", "Care"]


# Text that stands twice


def test_a_copy_of_the_block_before_is_spoken_once() -> None:
    document = main("<p>The knee carries our weight.</p><p>The knee carries our weight.</p>")
    assert said(document) == "The knee carries our weight."
    assert left(document, Reason.REPEATED) == ["The knee carries our weight."]


def test_a_shortened_copy_gives_way_to_the_whole() -> None:
    document = main("<p>The knee carries our weight with…</p><p>The knee carries our weight with every step.</p>")
    assert said(document) == "The knee carries our weight with every step."


def test_a_section_that_stands_twice_for_small_screens_is_spoken_once() -> None:
    section = f"<h2>Care</h2>{FILLER}"
    document = main(f'<div class="desktop">{section}</div><div class="mobile">{section}</div>')
    assert headings(document) == [(2, "Care")]


def test_the_same_sentence_under_two_headings_stays() -> None:
    document = main(
        "<h2>Rest</h2><p>Ask your doctor about it first.</p><h2>Ice</h2><p>Ask your doctor about it first.</p>"
    )
    assert said(document).count("Ask your doctor") == 2


def test_texts_that_differ_in_a_sign_only_are_no_copies() -> None:
    document = main("<p>Rest if the swelling is &lt;5 cm wide.</p><p>Rest if the swelling is &gt;5 cm wide.</p>")
    assert said(document).count("Rest if") == 2


def test_texts_that_differ_in_a_vowel_sign_only_are_no_copies() -> None:
    document = page(
        "<main><h1>घुटना</h1><p>यह दवा रोज़ सुबह लेनी है आपको।</p><p>यह दवी रोज़ सुबह लेनी है आपको।</p></main>", "hi"
    )
    assert len(document.blocks) == 2


def test_the_title_said_again_before_the_text_is_left_out() -> None:
    document = page(f"<main><h1>Knee pain</h1><h2>Knee pain</h2>{FILLER}</main>")
    assert headings(document) == []


# The site's own rules


def test_rules_of_the_site_drop_and_keep_elements_and_texts() -> None:
    body = (
        f'<main>{ARTICLE}<div class="pitch"><p>Our knees are the best.</p></div><p>As seen on TV</p></main>'
        '<aside><div id="facts"><p>Knees bend.</p></div><p>More here.</p></aside>'
    )
    document = page(body, drop=[".pitch"], keep=["#facts"], drop_texts=["As seen on TV", "Care"])
    assert "Knees bend." in said(document)
    leaves_out(document, "best", Reason.SITE_RULE)
    leaves_out(document, "As seen on TV", Reason.SITE_RULE)
    leaves_out(document, "More here.")
    assert headings(document) == []


def test_a_wrong_selector_is_named_with_a_remedy() -> None:
    with pytest.raises(
        SettingsError, match=r'voicegen\.toml, \[site\] drop: "p\[" is no CSS selector .*"\.sidebar"'
    ):
        page(ARTICLE, drop=["p["])
    with pytest.raises(SettingsError, match=r"\[site\] keep"):
        page(ARTICLE, keep=[""])


def test_every_rule_of_the_site_says_how_often_it_held() -> None:
    body = f'<main>{ARTICLE}<div class="ad">Buy</div><div class="ad">Now</div><p>As seen on TV</p></main>'
    document = page(body, keep=["#facts"], drop=[".ad", ".x"], drop_texts=["As seen on TV", "Never said"])
    assert [(rule.key, rule.rule, rule.times) for rule in document.rules] == [
        ("keep", "#facts", 0),
        ("drop", ".ad", 2),
        ("drop", ".x", 0),
        ("drop_texts", "As seen on TV", 1),
        ("drop_texts", "Never said", 0),
    ]


def test_rules_of_the_site_hold_in_markdown_and_plain_text_too() -> None:
    rules = SiteRules(keep=(".related p",), drop=("blockquote", "h2 + p"), drop_texts=("Book now!", "Offers"))
    source = (
        "# Knee pain\n\nIt aches a lot.\n\n> We are the best.\n\n## Rest\n\nTake our pill.\n\nSleep.\n\nBook now!"
        '\n\n<div class="related"><a href="/x">Hip</a><p>Go slowly.</p></div>\n'
    )
    document = markdown.read(SourceFile("knee.md", source.encode(), rules=rules))
    assert said(document).split("\n") == ["It aches a lot.", "Rest", "Sleep.", "Go slowly."]
    assert len(left(document, Reason.SITE_RULE)) == 3
    plain_source = "Knee pain\n\nOffers:\nIt aches.\n\nBook now!\n\nRest\n\nSleep well and long at night."
    document = text.read(SourceFile("knee.txt", plain_source.encode(), rules=rules))
    assert left(document, Reason.SITE_RULE) == ["Offers:", "Book now!"]
    assert [rule.times for rule in document.rules if rule.key == "drop_texts"] == [1, 1]


def test_a_page_that_a_rule_takes_all_text_of_says_so() -> None:
    with pytest.raises(SourceError, match=r"no text to speak.*Rules of \[site\]"):
        page(f"<main>{ARTICLE}</main>", drop=["main"])


@pytest.mark.parametrize(
    "banner",
    [
        '<div role="dialog"><p>We use cookies to see how you use our site.</p><button>OK</button></div>',
        '<div role="alertdialog" class="cky-consent"><p>Wir verwenden Cookies.</p></div>',
        "<dialog open><p>This site sets cookies.</p></dialog>",
        '<section aria-label="Cookie banner"><p>We would like to measure visits.</p></section>',
    ],
)
def test_a_cookie_notice_is_named_as_one_whatever_it_is_made_of(banner: str) -> None:
    document = page(f"<main>{ARTICLE}</main>{banner}")
    assert len(left(document, Reason.COOKIES)) == 1
    assert not left(document, Reason.WIDGET)


def test_another_dialog_is_a_tool_of_the_page() -> None:
    leaves_out(
        page(f"<main>{ARTICLE}</main><dialog open><p>Do you want to chat?</p></dialog>"), "chat", Reason.WIDGET
    )


def test_a_list_whose_items_are_all_left_out_is_no_list() -> None:
    document = main("<p>Text.</p><ul><li><button>Enlarge</button></li></ul>")
    assert not any(isinstance(block, ItemList) for block in document.blocks)
    assert all(piece.plain for piece in texts(document.blocks))


# What a class or an element's name says, and what it holds


def test_text_that_folds_out_of_a_nav_is_spoken() -> None:
    document = main(
        f'{FILLER}<div class="w-dropdown"><div class="w-dropdown-toggle"><div>How do I use it?</div></div>'
        '<nav class="w-dropdown-list"><p>Bend the knee slowly ten times, and rest it for a minute.</p></nav></div>'
        '<nav><a href="/hip">Hip pain</a> <a href="/foot">Foot pain</a></nav>'
    )
    assert "Bend the knee slowly" in said(document)
    leaves_out(document, "Hip pain", Reason.NAVIGATION)


def test_a_short_tip_beside_the_text_is_spoken_and_a_list_of_posts_beside_it_is_not() -> None:
    document = main(
        f"{FILLER}<aside><p>Tip: keep it warm.</p></aside>"
        '<aside><h3>Popular posts</h3><ul><li><a href="/foods">Ten foods</a></li></ul></aside>'
    )
    assert "Tip: keep it warm." in said(document)
    leaves_out(document, "Ten foods", Reason.RELATED)


def test_a_list_of_links_that_only_lead_away_is_left_out() -> None:
    document = main(
        f'{FILLER}<ul class="links"><li><a href="/knee">Read more</a></li></ul>'
        '<ul><li><a href="/gout">Gout</a></li><li><a href="/sprain">Sprains</a></li></ul>'
    )
    leaves_out(document, "Read more", Reason.RELATED)
    assert "Gout" in said(document)


def test_who_wrote_the_page_and_what_a_form_answers_are_no_part_of_the_text() -> None:
    document = main(
        f'{FILLER}<div class="author-box"><h4>About the author</h4>'
        "<p>Ann Example runs and writes in Oldtown.</p></div>"
        '<div class="w-form-done"><div>Thank you! Your submission has been received!</div></div>'
    )
    leaves_out(document, "runs and writes", Reason.METADATA)
    leaves_out(document, "has been received", Reason.FORM)


@pytest.mark.parametrize("button", ["<button class=collapsible>", "<button onclick='t(this)'>"])
def test_a_button_above_a_hidden_text_heads_it(button: str) -> None:
    dose = "Give 50 mg twice a day with food, and never more than four doses a day."
    panel = f"<div class=content style='display:none'><p>{dose}</p></div>"
    words = said(main(f"{FILLER}{button}Children</button>{panel}<button>Share</button>"))
    assert words.endswith(f"Children\n{dose}")


def test_a_short_dose_below_a_button_that_unfolds_it_is_read() -> None:
    panel = "<div class=content style='display:none'><p>50 mg</p></div>"
    assert said(main(f"{FILLER}<button class=collapsible>Children</button>{panel}")).endswith("Children\n50 mg")


def test_the_same_list_for_somebody_else_is_no_copy() -> None:
    doses = "<ul><li>500 mg every six hours<li>at most 8 tablets</ul>"
    words = said(main(f"<h2>Dose</h2><p><b>Adults</b></p>{doses}<p>Over 65:</p>{doses}<p>Ask us.</p>"))
    assert words.count("500 mg every six hours") == 2


def test_a_copy_is_left_out_together_with_the_line_that_leads_into_it() -> None:
    doses = "<div><p>Adults:</p><ul><li>500 mg every six hours<li>at most 8 tablets</ul></div>"
    words = said(main(f"<h2>Dose</h2>{doses}{doses}<p>Children need less.</p>"))
    assert words.split("\n") == [
        "Dose",
        "Adults:",
        "500 mg every six hours",
        "at most 8 tablets",
        "Children need less.",
    ]


def test_the_same_dose_under_two_medicines_is_no_copy() -> None:
    adults = "<h3>Adults</h3><p>Take one tablet twice a day with food and water.</p>"
    children = "<h3>Children</h3><p>Half a tablet.</p>", "<h3>Children</h3><p>Do not take it.</p>"
    words = said(main(f"<h2>Alpha</h2>{adults}{children[0]}<h2>Beta</h2>{adults}{children[1]}"))
    assert words.count("Take one tablet twice a day") == 2


@pytest.mark.parametrize(
    "box",
    [
        "<div class=body-copy>Take the tablets with plenty of water, and never lie down after it.</div>",
        "<div class=copy><p>Half a tablet at night.</p></div>",
        "<div class=meta>Adults: 5 mg</div>",
        "<div class=meta>Erwachsene: 800 IE</div>",
        "<div class=drug-meta>Not for children</div>",
        "<div class=review>Avoid in pregnancy</div>",
        "<p class=updated>Contraindicated in pregnancy</p>",
        "<div class=overlay>Don’t take it with aspirin</div>",
        "<div class=field--name-field-comments>Stop it three days before surgery</div>",
        "<div class=author>Max 4 in a day</div>",
        "<div class=tool>Nicht bei Fieber</div>",
        "<div class=tabs><p><a href=#a>Adults</a></p><div id=a>10 mg</div></div>",
        "<article><p>Take it.</p><footer>Max 4 g a day</footer></article>",
    ],
)
def test_no_class_and_no_footer_of_an_article_takes_away_a_short_dose_or_limit(box: str) -> None:
    words = BeautifulSoup(box, "html.parser").get_text(" ").strip()
    assert said(main(f"{FILLER}{box}")).replace("\n", " ").endswith(words)


@pytest.mark.parametrize("box", ["<div class=promo>Vitamin D 1000 IU from £5 <a href=/x>Buy</a></div>"])
def test_a_price_with_a_dose_is_an_advertisement_still(box: str) -> None:
    assert "Vitamin" not in said(main(f"{FILLER}{box}"))
