"""Strategies for pages that were never written: real-looking HTML, Markdown and text, whole and broken."""

from __future__ import annotations

import re

from hypothesis import strategies as st

WORDS = re.findall(
    r"\S+",
    "knee pain swelling joint doctor nurse rest walk never not stairs night morning weeks water tablet cream ice"
    " operation scar cartilage bone doctor’s x-ray well-being naïve café Überweisung niño garçon 膝 関節 ألم ركبة"
    " घुटना don't (both) “quoted” its [sic] and/or e.g. Dr. MRI",
)
AMOUNTS = re.findall(
    r"[^|]+", "5 mg|2.5 ml|< 38 °C|20–30%|4-6 hours|1/2 tablet|10:30|3 times|1,000|≥ 65|140/90|½|24/7|−20 °C|5mcg"
)
ENTITIES = (
    "&nbsp;",
    "&amp;",
    "&lt;",
    "&eacute;",
    "&#8211;",
    "&#x2019;",
    "&shy;",
    "&hellip;",
    "&copy;",
    "&notreal;",
)
INLINE = ("b", "strong", "em", "i", "span", "a", "u", "small", "mark", "cite", "q", "code", "time", "abbr", "ins")
RAISED = ("sup", "sub")
BLOCKS = ("div", "section", "article", "p", "blockquote", "aside", "header", "footer", "nav", "form", "address")
ATTRIBUTES = (
    "",
    "",
    "",
    ' class="content"',
    " class=note id=n1",
    ' class="share-links sidebar"',
    ' data-x="a > b"',
    " hidden",
    ' style="display: none"',
    ' aria-hidden="true"',
    " role=\"alert\" class='warning'",
    ' title="not this"',
    ' lang="fr"',
    ' class="sr-only"',
    ' class="accordion" aria-expanded=false',
)

word = st.one_of(
    st.sampled_from(WORDS), st.sampled_from(WORDS), st.sampled_from(AMOUNTS), st.integers(0, 999).map(str)
)
phrase = st.lists(word, min_size=1, max_size=9).map(" ".join)
sentence = st.builds(str.__add__, phrase, st.sampled_from([".", ".", "!", "?", ":", "", " …", ","]))


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def wrapped(name: str, attributes: str, inside: str) -> str:
    if re.search("hid|none", attributes) and re.search("&lt;|[<>≥−–]", inside):
        attributes = ""  # a sign alone, hidden before a number, is no page that anybody wrote
    return f"<{name}{attributes}>{inside}</{name}>"


html_text = st.one_of(
    sentence.map(escaped), phrase.map(escaped), st.sampled_from(ENTITIES), st.just(" "), st.just("\n ")
)


def _inline(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inside = st.lists(children, min_size=1, max_size=4).map("".join)
    return st.builds(wrapped, st.sampled_from(INLINE + RAISED), st.sampled_from(ATTRIBUTES), inside)


ODD = (
    "<br>",
    "<br/>",
    "<wbr>",
    "<!-- never this -->",
    "<!---->",
    '<img src="a.jpg" alt="A knee from the side">',
    "<img src=b.png>",
    "<img src=c.png alt=''>",
    "<script>if (a < b) { lost() }</script>",
    "<style>p > b { color: red }</style>",
    "<input type=text value=typed>",
    "<button>Open it</button>",
    "<svg><title>Drawn</title><path d='M0 0'/></svg>",
    "<del>struck out</del>",
    "<s>old price</s>",
    '<sup class="reference"><a href="#n1">1</a></sup>',
    "<ruby>膝<rt>ひざ</rt></ruby>",
    "<?php echo 1 ?>",
    "<hr>",
)
_inline_tree = st.recursive(
    st.one_of(html_text, html_text, html_text, st.sampled_from(ODD)), _inline, max_leaves=8
)
inline = st.deferred(lambda: _inline_tree)
run = st.lists(inline, min_size=1, max_size=5).map("".join)


def _rows(cells: list[list[str]], head: bool) -> str:
    rows = []
    for at, row in enumerate(cells):
        name = "th" if head and at == 0 else "td"
        rows.append("<tr>" + "".join(f"<{name}>{cell}</{name}>" for cell in row) + "</tr>")
    return "<table>" + "".join(rows) + "</table>"


def _blocks(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inside = st.lists(children, min_size=1, max_size=4).map("".join)
    attributes = st.sampled_from(ATTRIBUTES)
    return st.one_of(
        st.builds(wrapped, st.sampled_from(BLOCKS), attributes, inside),
        st.builds(
            lambda name, given, items: wrapped(name, given, "".join(f"<li>{item}</li>" for item in items)),
            st.sampled_from(["ul", "ol", 'ol start="3"', "menu"]).map(lambda name: name),
            st.just(""),
            st.lists(inside, min_size=1, max_size=4),
        ).map(lambda markup: markup.replace('</ol start="3">', "</ol>")),
        st.builds(
            lambda pairs: "<dl>" + "".join(f"<dt>{one}</dt><dd>{two}</dd>" for one, two in pairs) + "</dl>",
            st.lists(st.tuples(run, inside), min_size=1, max_size=3),
        ),
        st.builds(lambda head, body: f"<details><summary>{head}</summary>{body}</details>", run, inside),
        st.builds(lambda caption, body: f"<figure>{body}<figcaption>{caption}</figcaption></figure>", run, inside),
    )


def _table(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.integers(1, 3).flatmap(
        lambda width: st.builds(
            _rows,
            st.lists(st.lists(children, min_size=width, max_size=width), min_size=1, max_size=4),
            st.booleans(),
        )
    )


leaf = st.one_of(
    run.map("<p>{}</p>".format),
    run.map("<p>{}".format),
    st.builds("<h{0}>{1}</h{0}>".format, st.integers(1, 5), run),
    run,
    run.map("<li>{}".format),
    run.map("<pre>{}</pre>".format),
)
_block_tree = st.recursive(st.one_of(leaf, leaf, _table(run)), _blocks, max_leaves=10)


blocks = st.deferred(lambda: _block_tree)


def _page(body: str, before: str, after: str, lang: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>Knee pain</title></head><body>{before}'
        f"<main><h1>Knee pain</h1><p>The knee is the largest joint of the body.</p>{body}</main>{after}"
        "</body></html>"
    )


around = st.one_of(
    st.just(""),
    phrase.map(lambda words: f"<nav><a href=/a>{escaped(words)}</a></nav>"),
    phrase.map(lambda words: f"<footer>{escaped(words)}</footer>"),
    phrase.map(lambda words: f'<div class="cookie-banner"><p>{escaped(words)}</p><button>Accept</button></div>'),
)
html_pages = st.builds(
    _page,
    st.lists(blocks, min_size=1, max_size=6).map("\n".join),
    around,
    around,
    st.sampled_from(["en", "fr", "de", "cy"]),
)

TAGS = [
    f"<{name}>" for name in (*BLOCKS, *INLINE[:6], "ul", "ol", "li", "table", "tr", "td", "th", "h2", "dl", "dt")
]
broken_pages = st.lists(
    st.one_of(html_text, run, st.sampled_from([*TAGS, *(tag.replace("<", "</") for tag in TAGS)])),
    min_size=1,
    max_size=25,
).map(lambda pieces: _page("".join(pieces), "", "", "en"))
"""Pages whose tags close what was never opened."""


def _markdown_blocks() -> st.SearchStrategy[str]:
    plain = st.lists(
        st.one_of(
            sentence,
            phrase.map("**{}**".format),
            phrase.map("*{}*".format),
            phrase.map("[{}](https://clinic.example/a_b)".format),
            phrase.map("`{}`".format),
            phrase.map("~~{}~~".format),
            st.just("![A knee](a.png)"),
            phrase.map("{}.[^1]".format),
            st.sampled_from(ENTITIES),
            st.just("<b>bold</b>"),
            phrase.map("{} <!-- no -->".format),
        ),
        min_size=1,
        max_size=4,
    ).map(" ".join)
    return st.one_of(
        plain,
        plain,
        st.builds("{} {}".format, st.sampled_from(["#", "##", "###", "######"]), plain),
        st.lists(plain, min_size=1, max_size=4).map(lambda items: "\n".join(f"- {item}" for item in items)),
        st.lists(plain, min_size=1, max_size=4).map(
            lambda items: "\n".join(f"{n}. {i}" for n, i in enumerate(items, 3))
        ),
        plain.map("> {}".format),
        plain.map("    {}".format),
        plain.map("```\n{}\n```".format),
        st.builds("{}\n:   {}".format, phrase, plain),
        st.builds("| {} | {} |\n|---|---|\n| {} | {} |".format, phrase, phrase, phrase, phrase),
        st.just("---"),
        st.just("<div>\n\nin a box\n\n</div>"),
    )


markdown_pages = st.builds(
    lambda title, parts: f"# {title}\n\n" + "\n\n".join(parts) + "\n\n[^1]: A note about it.\n",
    phrase,
    st.lists(_markdown_blocks(), min_size=1, max_size=8),
)

_line = st.builds(
    str.__add__, st.sampled_from(["", "", "", "", "- ", "• ", "1. ", "2) ", "   ", "a) ", "* ", "o "]), sentence
)
text_pages = st.lists(
    st.one_of(_line, _line, st.just(""), phrase, st.sampled_from(["=====", "-----", "Share this page"])),
    min_size=1,
    max_size=25,
).map("\n".join)
"""Plain text as it is pasted from anywhere."""
