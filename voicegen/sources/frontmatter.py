"""The front matter of a Markdown file: what its author says of the page, as text values by key.

Only what people write there is read: `key: value` lines, quoted values, lists in brackets or by dashes, and TOML.
A YAML library would bring far more than that, anchors and object tags among it, into contact with untrusted pages.
"""

from __future__ import annotations

import re
import tomllib

_FENCED = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]*\n(.*?)^(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_PAIR = re.compile(r"([A-Za-z_][\w .-]{0,80}?)[ \t]{0,80}:(?:[ \t]+(.*))?\Z")
_COMMENT = re.compile(r"(?<=\s)#")
_DASHED = re.compile(r"\s*-\s+(.*)\Z")

_NAMES = {
    "language": "lang",
    "locale": "lang",
    "authors": "author",
    "site": "publisher",
    "source": "publisher",
    "organization": "publisher",
    "organisation": "publisher",
    "last_reviewed": "reviewed",
    "lastreviewed": "reviewed",
    "reviewed_on": "reviewed",
    "date_reviewed": "reviewed",
    "medically_reviewed": "reviewed",
    "next_review": "next-review",
    "nextreview": "next-review",
    "next_review_due": "next-review",
    "review_due": "next-review",
    "date": "published",
    "published_on": "published",
    "date_published": "published",
    "last_updated": "updated",
    "updated_on": "updated",
    "lastmod": "updated",
    "modified": "updated",
}
_FALSE = {"false", "no", "off"}
"""What Jekyll has under `published` for a draft, beside the day under `date`."""


def front_matter(source: str) -> tuple[dict[str, str], str, str]:
    """The values by key, the front matter as written, and the source with empty lines in its place.

    The empty lines keep the numbers of the lines below right.
    """
    found = _FENCED.match(source)
    if found is None:
        return {}, "", source
    values = _from_toml(found[2]) if found[1] == "+++" else _from_pairs(found[2])
    if not values and found[2].strip():
        return {}, "", source  # a rule of dashes, text, and another rule: no front matter
    return _renamed(values), found[2].strip(), "\n" * found[0].count("\n") + source[found.end() :]


def _renamed(values: dict[str, str]) -> dict[str, str]:
    renamed: dict[str, str] = {}
    for key, value in values.items():
        name = re.sub(r"[\s-]+", "_", key.strip().lower())
        if name == "published" and value.lower() in _FALSE:
            renamed["draft"] = "true"
        elif value:
            renamed.setdefault(_NAMES.get(name, name), value)
    return renamed


def _from_toml(text: str) -> dict[str, str]:
    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError):  # ValueError: also a number of thousands of digits
        return {}
    return {key: _said(value) for key, value in values.items() if not isinstance(value, dict)}


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _from_pairs(text: str) -> dict[str, str]:
    values: dict[str, list[tuple[str, str]]] = {}
    key = ""
    for line in text.split("\n"):
        pair = _PAIR.match(line)
        item = _DASHED.match(line)
        if pair and not line[0].isspace():
            key = pair[1]
            values[key] = [("", _unquoted(pair[2] or ""))]
        elif item and key:
            values[key].append((", ", _unquoted(item[1])))
        elif key and line.startswith((" ", "\t")) and line.strip() and not pair:
            values[key].append((" ", line.strip()))
    return {name: _joined(parts) for name, parts in values.items()}


def _joined(parts: list[tuple[str, str]]) -> str:
    """The parts that say something, each behind the sign that stands between it and those before it."""
    said = [part for part in parts if part[1]]
    return "".join(words if at == 0 else sign + words for at, (sign, words) in enumerate(said))


def _unquoted(value: str) -> str:
    value = value.strip()
    if value[:1] in ("'", '"') and value[-1:] == value[:1] and len(value) > 1:
        return value[1:-1]
    if value in ("|", ">", "|-", ">-", "~", "null"):
        return ""
    if value.startswith("[") and value.endswith("]"):
        inner = value.strip("[] \t")  # lists in lists are one list: nobody writes them, and they may be deep
        return ", ".join(_unquoted(part) for part in inner.split(",") if part.strip())
    comment = _COMMENT.search(value)
    return value[: comment.start()].rstrip() if comment else value
