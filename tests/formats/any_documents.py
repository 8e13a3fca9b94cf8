"""Documents of any shape, for property tests of publications: every block in every other, hostile words in all."""

from __future__ import annotations

from hypothesis import strategies as st

from voicegen.model.document import (
    Block,
    Callout,
    Cell,
    Definition,
    DefinitionList,
    Disclosure,
    Document,
    Image,
    Item,
    ItemList,
    Paragraph,
    Quotation,
    Run,
    Section,
    Table,
    Text,
)

WORDS = (
    *("Pain eases.", "Take 5 mg.", "–", "•", "", " ", "1", "See [1]. Then rest.", "10", "9", "L4–L5", "why?"),
    *(
        "]]>",
        "<script>alert(1)</script>",
        "&amp; &#0; &nbsp;",
        "\"'",
        "<!ENTITY a 'b'>",
        "a\x00b\x0bc\x1b",
        "\r\n\t",
    ),
    *("\ufffe\uffff", "\U0001f9d1\u200d\u2695\ufe0f", "\u202eright to left", "عربي 5 مل", "Ω≈ç√"),
    *("word " * 60, "e\u0301", "\u2028line\u2029paragraph", "\x85\xa0\xad", "Note", "End of table.", "empty"),
)
"""Among them markup, what XML can't hold, and words that we say ourselves."""
HREFS = (
    *(
        "",
        "",
        "",
        "https://example.org/a?b=c&d#e",
        "javascript:alert(1)",
        "#start",
        "#nowhere",
        "tel:+44 1632",
        "https://[x",
    ),
    *("https://exa mple.org/", "https://[::1", "http://a:b@c.example/", "https://münchen.example/ü?q=%zz&[x]|y"),
    *(
        "mailto:a@b.example?subject=x y",
        "https://a.example:99999/",
        "//a.example",
        "../secret",
        "http://-_-/",
        "\n",
    ),
)
LANGUAGES = ("", "", "", "cy", "ar", "de-CH", "no-such-tag", "x' onload='")

runs = st.builds(
    Run,
    st.sampled_from(WORDS),
    st.sampled_from(LANGUAGES),
    st.booleans(),
    st.booleans(),
    st.sampled_from(("", "", "", "sub", "sup", "note")),
    st.sampled_from(("", "", 'an "expansion" <b>')),
    st.sampled_from(HREFS),
    st.booleans(),
)
texts = st.builds(Text, st.lists(runs, max_size=3).map(tuple))
headers = st.sampled_from(("", "", "column", "row"))


def _containers(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    many = st.lists(inner, max_size=3).map(tuple)
    items = st.builds(Item, many, st.sampled_from((None, 1, 2, 7)))
    spans = st.sampled_from((1, 1, 1, 2, 3, 2_000))
    row = st.lists(st.builds(Cell, many, headers, spans, spans), max_size=3).map(tuple)
    heads = st.lists(st.builds(Cell, many, st.just("column")), min_size=1, max_size=3).map(tuple)
    rows = st.tuples(st.lists(heads, max_size=2), st.lists(row, max_size=4)).map(lambda both: (*both[0], *both[1]))
    caption = st.none() | texts
    urgency = st.sampled_from(("emergency", "urgent", "non-urgent", "warning", "note"))
    entries = st.builds(Definition, st.lists(texts, max_size=2).map(tuple), st.lists(many, max_size=2).map(tuple))
    return st.one_of(
        st.builds(ItemList, st.lists(items, max_size=3).map(tuple), st.booleans()),
        st.builds(Table, rows, caption),
        st.builds(DefinitionList, st.lists(entries, max_size=2).map(tuple)),
        st.builds(Callout, urgency, many, caption, caption),
        st.builds(Quotation, many),
        st.builds(Disclosure, texts, many),
    )


blocks: st.SearchStrategy[Block] = st.recursive(
    st.one_of(st.builds(Paragraph, texts), st.builds(Image, st.none() | texts, st.none() | texts)),
    _containers,
    max_leaves=6,
)
several = st.lists(blocks, max_size=3).map(tuple)


def _sections(level: int) -> st.SearchStrategy[Section]:
    none: st.SearchStrategy[tuple[Section, ...]] = st.just(())
    inner = st.lists(_sections(level + 1), max_size=1).map(tuple) if level < 5 else none
    return st.builds(Section, texts, st.just(level), several, inner)


documents = st.builds(
    Document,
    texts,
    st.sampled_from(("en-GB", "en", "es", "de", "ar", "fa", "pl", "zz_odd", "")),
    several,
    st.lists(_sections(2), max_size=3).map(tuple),
    metadata=st.sampled_from(
        (
            (),
            (("reviewed", "2026-03-09"), ("published", "9 March"), ("author", "A <b> & \x00")),
            (("url", "https://clinic.example/a b"), ("updated", "2026-W11-1")),
        )
    ),
)

LOWERED = Document(
    Text((Run("Rest. Then walk.", position="sub"), Run("See us. Then rest.", position="sub", em=True))),
    "en",
    (),
    (),
)
"""Sentences of a title that are lowered together."""
