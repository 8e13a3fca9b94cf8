"""Class names that raise a suspicion of furniture, and what an element must hold for the suspicion to hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from bs4.element import Tag

from voicegen.model.document import Reason
from voicegen.sources.elements import Measure, class_names, words_of
from voicegen.sources.wordsets import word_set


class Suspicion(NamedTuple):
    """One kind of furniture."""

    reason: Reason
    nouns: frozenset[str]
    """The nouns of class names that raise it (see `nouns_of`)."""
    agrees: Callable[[Measure], bool]
    """Whether the content confirms it."""


_NEUTRAL = word_set(
    "wrap wrapper container outer inner row col cols column section block area box boxes list lists",
    "item items group grid links link buttons button btn media widget widgets post posts article",
    "articles content body text header head title form top bottom left right main page site sm md lg xl",
    "xs desktop mobile fixed sticky active open closed default primary secondary large small js no",
    "count bg panel card cards inline horizontal vertical final enabled icons icon notice bar save",
    "style styled theme v wp elementor et pb vc the holder helper component module region navlist trail",
    "policy message info count layout full half end start before after more field fields fluid",
)
"""Words of class names that only say how or where a thing stands; the noun is the last other word."""

_UNPRINTED = word_set("no not hide hidden none exclude")
"""With "print", words of a class that is for screens: "no-print", "d-print-none"."""

_LONGEST_REMARK = 300
"""Characters."""

SUSPICIONS = (
    Suspicion(
        Reason.COOKIES,
        word_set(
            "cookie cookies consent gdpr onetrust cookiebar cookiebanner cookiebot cookielaw",
        ),
        lambda m: m.chars < 4000,
    ),
    Suspicion(
        Reason.SHARE,
        word_set(
            "share sharing social socials sharethis addthis addtoany shareaholic sns sharedaddy",
            "followus",
        ),
        lambda m: m.links + m.controls + m.images > 0 and m.chars < 400 and m.prose < 160,
    ),
    Suspicion(
        Reason.NAVIGATION,
        word_set(
            "nav navbar navigation navi menu submenu breadcrumb breadcrumbs crumb crumbs crum pankuzu",
            "topicpath pagination pager paging toc tableofcontents skip skiplink skiplinks sitemap",
            "langswitch lang languages switcher subnav sidenav megamenu backtotop totop gotop scrolltop",
            "prevnext pagetop tabs tablist anchors",
        ),
        lambda m: m.prose == 0 and (m.link_share > 0.4 or (m.links > 0 and m.unlinked < 40) or m.chars < 30),
    ),
    Suspicion(
        Reason.WIDGET,
        word_set(
            "toolbar tools tool accessibility print printer fontsize textsize fontsizer listen",
            "readspeaker preloader loader spinner watermark scroll scrolldown modal popup lightbox",
            "offcanvas drawer overlay backdrop editsection",
        ),
        lambda m: m.headings == 0 and (m.unlinked < 60 or (m.controls > 0 and m.unlinked < 300)),
    ),
    Suspicion(
        Reason.WIDGET,
        word_set("modal popup lightbox offcanvas drawer"),
        lambda m: m.controls > 0,
    ),
    Suspicion(
        Reason.COMMENTS,
        word_set("comments commentlist respond disqus commentform"),
        # A few words and nothing else are the author's own remark: "Comments: stop it before surgery".
        lambda m: m.links + m.controls + m.images + m.headings > 0 or m.chars > _LONGEST_REMARK,
    ),
    Suspicion(
        Reason.RELATED,
        word_set(
            "related recommended recommendations readmore morelink similar teaser teasers prev next",
            "postnav taglist tags categories category sidebar latest recent popular trending",
            "relatedposts upnext suggested blogroll jumplinks seealso topics keywords",
        ),
        lambda m: m.links > 0 and (m.link_share > 0.3 or m.unlinked < 100),
    ),
    Suspicion(
        Reason.RELATED,
        word_set("sidebar"),
        lambda m: m.controls > 0 or m.contacts > 0,
    ),
    Suspicion(
        Reason.FORM,
        word_set(
            "newsletter subscribe subscription signup login search searchform searchbox contactform",
            "wpcf feedback survey rating ratings booking appointment appointments enquiry inquiry",
        ),
        lambda m: m.controls > 0 or (m.links > 0 and m.unlinked < 300),
    ),
    Suspicion(
        Reason.LEGAL,
        word_set("copyright copyrights legal imprint colophon"),  # "copy" is the text itself on many sites
        lambda m: m.chars < 600 and m.headings == 0 and m.prose < 300,
    ),
    Suspicion(
        Reason.LOGO,
        word_set(
            "logo logos brand brands branding partners sponsors accreditation accreditations",
            "affiliations badges",
        ),
        lambda m: m.unlinked < 80 and m.images + m.links > 0,
    ),
    Suspicion(
        Reason.CONTACT,
        word_set(
            "contact contacts address location locations hours opening access map maps directions phone",
            "tel telephone office offices branches",
        ),
        lambda m: m.contacts > 0 and m.prose < 200 and m.chars < 800,
    ),
    Suspicion(
        Reason.ADVERT,
        word_set(
            "ad ads advert adverts advertisement sponsored promo promotion promos cta calltoaction",
            "campaign upsell",
        ),
        lambda m: m.chars < 900 and m.links + m.controls + m.images + m.prices > 0,
    ),
    Suspicion(
        Reason.ADVERT,
        word_set("offer offers price prices pricing plans fee fees"),
        lambda m: m.prices > 1 and m.prose < 200,
    ),
    Suspicion(
        Reason.METADATA,
        word_set(
            "byline meta postmeta entrymeta published timestamp postinfo readtime postedon reviewer",
            "articleinfo review reviewed lastreviewed reviewdate updated lastupdated lastmodified pubdate",
        ),
        lambda m: m.chars < 200 and m.prose < 80 and m.headings == 0,
    ),
    Suspicion(
        Reason.METADATA,
        word_set("author authors authorbox authorbio authorinfo aboutauthor contributor contributors"),
        lambda m: m.chars < 800 and m.headings <= 1,
    ),
    Suspicion(
        Reason.FOOTER,
        word_set("footer foot bottombar"),
        lambda m: m.top_headings == 0,
    ),
    Suspicion(
        Reason.BANNER,
        word_set("topbar masthead siteheader topheader headertop announcement"),
        lambda m: m.prose < 300,
    ),
)
_BY_NOUN: dict[str, list[Suspicion]] = {}
for _suspicion in SUSPICIONS:
    for _noun in _suspicion.nouns:
        _BY_NOUN.setdefault(_noun, []).append(_suspicion)


def suspicions_of(tag: Tag) -> Iterator[Suspicion]:
    """The suspicions that an element's class and id raise."""
    for noun in nouns_of(tag):
        yield from _BY_NOUN.get(noun, ())


def nouns_of(tag: Tag) -> list[str]:
    """What the element's class names and id say that it is: the last word of each that says more than where it is.

    "next-steps" are steps and "contact-dermatitis" is a dermatitis; "social-links" is social.
    """
    nouns = []
    for name in sorted(class_names(tag, folded=False)):
        words = words_of(name)
        if "print" in words and not _UNPRINTED.isdisjoint(words):
            continue
        telling = [word for word in words if word not in _NEUTRAL]
        if telling:
            nouns.append(telling[-1])
        if "".join(words) in _BY_NOUN:
            nouns.append("".join(words))
    return nouns
