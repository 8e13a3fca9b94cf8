"""The promise of the readers: every visible word of a page is in the Document or among what was left out."""

import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from voicegen.contracts import SourceFile
from voicegen.errors import SourceError
from voicegen.model.document import Document, texts
from voicegen.sources import html, markdown, text
from voicegen.sources.wordsets import word_set

WORD = re.compile(r"w\d+")


class Visible(HTMLParser):
    """The words of a page by the standard library's tokenizer, which shares nothing with our readers."""

    def __init__(self) -> None:
        super().__init__()
        self.words: Counter[str] = Counter()
        self._silent = 0

    def handle_starttag(self, tag: Any, _attrs: Any) -> None:
        self._silent += tag in ("script", "style")

    def handle_endtag(self, tag: Any) -> None:
        self._silent -= tag in ("script", "style")

    def handle_data(self, data: Any) -> None:
        if not self._silent:
            self.words.update(WORD.findall(data))


def accounted(document: Document) -> Counter[str]:
    """The words of the Document and of its leavings."""
    words: Counter[str] = Counter()
    for piece in texts((document.title, document.blocks, document.sections)):
        words.update(WORD.findall(piece.plain))
    for left in document.left_out:
        words.update(WORD.findall(left.text))
    return words


def read_or_refused(reader: Any, source: str) -> Document | None:
    """The Document; None where the reader refuses for a reason that loses nothing silently."""
    try:
        document: Document = reader.read(SourceFile("page", source.encode()))
    except SourceError as error:
        if not re.search("no text to speak|inside each other", str(error)):
            raise
        return None
    return document


def assert_nothing_lost(markup: str, reader: Any = html) -> None:
    document = read_or_refused(reader, markup)
    if document is None:
        return
    visible = Visible()
    visible.feed(markup)
    visible.close()
    missing = visible.words - accounted(document)
    assert not missing, f"lost {missing} of {markup}"


NAMES = sorted(
    word_set(
        "div p section main article header footer nav aside form span b em a h1 h2 h3 ul ol li",
        "dl dt dd table tr td th thead caption details summary figure figcaption blockquote button label",
        "pre sup sub q noscript address fieldset hgroup",
    )
)
CLASSES = sorted(
    word_set(
        "content note emergency-box tab-pane accordion nav-tabs share-links sidebar logo sr-only hidden cta",
        "related-posts footer breadcrumb price btn collapse comments meta faq-question modal cookie-bar",
    )
)
OTHERS = (
    'hidden role="tab" role="alert" aria-hidden="true" style="display:none" href="/x" href="#p" id="p"'
    ' aria-controls="p" role="presentation" lang="fr"'
)

words = st.integers(0, 400).map("w{}".format)
phrases = st.lists(words, min_size=1, max_size=14).map(" ".join)
ends = st.sampled_from(["", ".", ":", "?", "…"])
loose = st.builds(str.__add__, phrases, ends)
attributes = st.lists(
    st.one_of(st.sampled_from(CLASSES).map('class="{}"'.format), st.sampled_from(sorted(word_set(OTHERS)))),
    max_size=2,
).map(" ".join)


def element(children: Any) -> Any:
    return st.builds(
        lambda name, given, inner: f"<{name} {given}>{''.join(inner)}</{name}>",
        st.sampled_from(NAMES),
        attributes,
        st.lists(children, max_size=4),
    )


trees = st.recursive(
    st.one_of(loose, st.sampled_from(["<br>", "<hr>", "<img src=a>", "• "])), element, max_leaves=25
)
pages = st.lists(trees, max_size=6).map(" ".join)


@settings(max_examples=400, deadline=None)
@given(pages)
@example("<table>w1<tr>w2<td>w3</td></tr></table>")
@example("<dl>w1<dt>w2</dt>w3<div>w4<dd>w5</dd></div></dl>")
@example("<ul>w1<li>w2</li><p>w3</p></ul>")
@example("<details>w1<summary>w2</summary><summary>w3</summary></details>")
@example("<figure><figcaption>w1</figcaption><figcaption>w2</figcaption></figure>")
@example('<button aria-controls="p">w1</button><div id="p">w2</div><button aria-controls="p">w3</button>')
@example("<main><h1>w1</h1><h1>w2</h1></main><h1>w3</h1><div>w4</div>")
@example('<div class="nav"><div id="p" class="emergency-box">w1</div></div>')
def test_no_page_loses_a_word(markup: Any) -> None:
    assert_nothing_lost(f"<body>{markup}</body>")


@pytest.mark.fault("F32", "no broken page loses a word")
@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.one_of(loose, st.sampled_from([f"<{n}>" for n in NAMES] + [f"</{n}>" for n in NAMES])), max_size=40
    ).map(" ".join)
)
def test_no_broken_page_loses_a_word(markup: Any) -> None:
    assert_nothing_lost(markup)


LINES = st.builds(
    lambda indent, sign, words, end: " " * indent + sign + words + end,
    st.integers(0, 6),
    st.sampled_from(["", "", "", "• ", "- ", "* ", "1. ", "2) ", "o ", "# ", "## ", "> ", "Author: ", "| "]),
    phrases,
    ends,
)
plain_texts = st.lists(
    st.one_of(LINES, st.sampled_from(["", "", "---", "===", "Share this page"])), max_size=30
).map("\n".join)


@settings(max_examples=300, deadline=None)
@pytest.mark.parametrize("reader", [text, markdown])
@given(source=plain_texts)
def test_no_text_loses_a_word(reader: Any, source: Any) -> None:
    document = read_or_refused(reader, source)
    if document is None:
        return
    missing = Counter(WORD.findall(source)) - accounted(document)
    assert not missing, f"lost {missing} of {source!r}"


@settings(max_examples=200, deadline=None)
@pytest.mark.parametrize("reader", [html, markdown, text])
@given(
    data=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")),
        pages.map(str.encode),
    )
)
def test_any_bytes_give_a_document_or_our_error(reader: Any, data: Any) -> None:
    try:
        document = reader.read(SourceFile("page", data))
    except SourceError:
        return
    assert document.title.plain
    assert document.lang
    assert all(run.text for piece in texts(document) for run in piece.runs)
