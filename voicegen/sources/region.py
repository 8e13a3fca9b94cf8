"""Which part of a page is its content: `main`, the one `article`, or the element that holds nearly all the text.

What stands outside is left out, with two exceptions: the title with the paragraphs beside it, and warnings. No
scores are summed as news extractors do: on clinics' pages they lose lists and whole sections.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bs4.element import Tag

from voicegen.model.document import Reason
from voicegen.sources.elements import attribute, class_names, tokens, visible_text
from voicegen.sources.furniture import Furniture
from voicegen.sources.hidden import is_hidden
from voicegen.sources.phrases import WARNING
from voicegen.sources.wordsets import word_set

_TRUSTED = 0.45
"""Share of the page's kept text that a `main` or `article` must hold to be believed."""
_NEARLY_ALL = 0.95
"""Share that the innermost element must hold where there is neither."""

_WARNING_CLASSES = word_set("emergency warning alert danger urgent caution redflag redflags")


def content_of(page: Tag, furniture: Furniture) -> Tag:
    """The element that holds the content."""
    total = furniture.kept[id(page)]
    kept = furniture.kept
    mains = [tag for tag in furniture.tags if tag.name == "main" or tag.get("role") == "main"]
    articles = [
        tag
        for tag in furniture.tags
        if (tag.name == "article" or tag.get("role") == "article") and tag.find_parent("article") is None
    ]
    best = max(mains, key=lambda tag: kept[id(tag)], default=None)
    if best is None and len(articles) == 1:
        best = articles[0]
    if best is not None and kept[id(best)] > 0 and kept[id(best)] >= _TRUSTED * total:
        return best
    return _innermost(page, furniture)


def is_named_content(content: Tag) -> bool:
    """Whether the page itself says that this element holds its content and no more."""
    return any(
        tag.name in ("main", "article")
        or attribute(tag, "role") in ("main", "article")
        or attribute(tag, "itemprop") == "articleBody"
        or class_names(tag) & _CONTENT
        for tag in (content, *content.parents)
    )


FRAME = ("nav", "header", "footer", "aside")
"""Elements of a site around its pages: where there is none, the file is an author's text."""
_CONTENT = word_set(
    "main content contents maincontent main-content entry-content post-content article-content article-body",
    "wp-block-post-content sppagecanvascontent node__content mw-parser-output com-content-article__body",
)
"""Names, of a class or an id, that programs give to an author's text alone."""


def _innermost(page: Tag, furniture: Furniture) -> Tag:
    total, place = furniture.kept[id(page)], page
    while total:
        inner = [child for child in place.contents if isinstance(child, Tag)]
        fullest = max(inner, key=lambda tag: furniture.kept[id(tag)], default=None)
        if fullest is None or furniture.kept[id(fullest)] < _NEARLY_ALL * total or fullest.name in _TEXT_HOLDERS:
            break
        place = fullest
    return place


_TEXT_HOLDERS = word_set("p ul ol dl table blockquote li td h1 h2 h3 h4 h5 h6 a span details figure")


def headline_of(content: Tag, furniture: Furniture) -> Tag | None:
    """The h1 that is the page's title: the first in the content, or else the nearest one before it."""
    found = [tag for tag in furniture.tags if tag.name == "h1" and visible_text(tag) and not is_hidden(tag)]
    inside = [tag for tag in found if any(parent is content for parent in tag.parents)]
    outside = [tag for tag in found if not tokens(tag) & _SITE_NAME and not _is_site_name(tag)]
    return next(iter(inside), None) or (outside[-1] if outside else None)


_SITE_NAME = word_set("logo brand sitename site")


def _is_site_name(tag: Tag) -> bool:
    """Whether an h1 only links to the site's front page, as a logo does."""
    links = tag.find_all("a", href=True)
    return (
        len(links) == 1 and visible_text(links[0]) == visible_text(tag) and attribute(links[0], "href") in _FRONT
    )


_FRONT = word_set("/ index.html index.php # ./")


def mark_outside(page: Tag, content: Tag, wanted: Iterable[Tag], furniture: Furniture) -> set[int]:
    """Adds reasons for all that stands outside of the content and of the other `wanted` elements.

    Gives the ids of the elements on the way to them, whose own text is outside.
    """
    wanted = [content, *wanted, *_warnings_outside(page, content, furniture)]
    inside = {id(tag) for tag in wanted}
    way: set[int] = set()
    for tag in wanted:
        for parent in tag.parents:
            if id(parent) in way or id(parent) in inside:
                break
            way.add(id(parent))
    # A wanted element inside the content must not put its neighbours there outside.
    way -= {id(tag) for tag in content.find_all(True)}
    for tag in wanted:
        way.update(_spared(tag, furniture.reasons))
    for place in furniture.tags:
        if id(place) not in way:
            continue
        for child in place.contents:
            if isinstance(child, Tag) and id(child) not in way and id(child) not in inside:
                furniture.reasons.setdefault(id(child), Reason.OUTSIDE)
    return way


def _spared(wanted: Tag, reasons: dict[int, Reason]) -> Iterator[int]:
    """Hands the reasons above a wanted element down to its neighbours; gives the ids of those that had them."""
    reasons.pop(id(wanted), None)
    path = {id(wanted)}
    for parent in wanted.parents:
        reason = reasons.pop(id(parent), None)
        if reason:
            yield id(parent)
            for child in parent.contents:
                if isinstance(child, Tag) and id(child) not in path:
                    reasons.setdefault(id(child), reason)
        path.add(id(parent))


def around(headline: Tag | None, content: Tag) -> Iterator[Tag]:
    """A title outside of the content, and the paragraphs of text that follow it: a lead, a code, a date."""
    if headline is None or any(parent is content for parent in headline.parents):
        return
    yield headline
    for sibling in headline.find_next_siblings():
        if sibling.name != "p" or sibling.find("a") is not None:
            break
        yield sibling


def _warnings_outside(page: Tag, content: Tag, furniture: Furniture) -> list[Tag]:
    """Boxes of warning by class and by word that stand beside the content and are no furniture."""
    if content is page:
        return []
    inside = {id(tag) for tag in content.find_all(True)}
    inside.update(id(parent) for parent in content.parents)
    return [
        tag
        for tag in furniture.tags
        if id(tag) not in inside
        and tokens(tag) & _WARNING_CLASSES
        and furniture.kept[id(tag)] >= 40
        and WARNING.search(visible_text(tag))
    ]
