"""Whether a language tag is one (BCP 47): its form by RFC 5646, section 2.1, its language by what CLDR knows."""

from __future__ import annotations

import re
from functools import cache

_FORM = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-[a-z]{3}){0,3}(?:-[a-z]{4})?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.I | re.A,
)
_LONGEST = 35
"""Characters that RFC 5646, section 4.4.1, has programs make room for."""

_TWO_LETTERS = frozenset(
    re.findall(
        r"\S+",
        "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de"
        " dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id"
        " ie ig ii ik in io is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li"
        " ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa"
        " pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th"
        " ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu",
    )
)
"""All of ISO 639-1, with those that newer codes have replaced; here so that the usual tags need no library."""
_INDIVIDUAL = frozenset(
    re.findall(
        r"\S+",
        "als arb ayr azj cls cmn cwd ekk esk fat fuc gaz gug hbs ike khk kmr knc kng kpv lvs npi ojg ory pbu"
        " pes plt prs quz sjn src swh uzn xex ydd zsm zyb",
    )
)
"""Languages of three letters that CLDR folds into another, or does not name, and that BCP 47 has."""
_NO_LANGUAGE = frozenset(("mis", "mul", "und", "zxx"))
_FIRST_PRIVATE, _LAST_PRIVATE = "qaa", "qtz"
_OWN_NAMES = ("de", "en", "es", "fr", "hi", "it", "nl", "pl", "pt", "ru", "tr", "vi")
"""Languages whose own name of theirs is understood too ("Deutsch")."""


def is_tag(tag: str) -> bool:
    """Whether `tag` is a BCP 47 tag of a known language."""
    return not problem(tag)


def as_tag(written: str) -> str:
    """What a page wrote as its language as it should have: with hyphens, and the United Kingdom as GB."""
    return re.sub(r"(?<=^[A-Za-z]{2})-UK\Z", "-GB", written.replace("_", "-"), flags=re.I)


@cache
def problem(tag: str) -> str:
    """What is wrong with the tag, and what to write where that can be told, as a clause; empty: nothing is."""
    found = _FORM.fullmatch(tag) if len(tag) <= _LONGEST else None
    if found is None:
        return _with_code("is not a language tag", _code_of_name(tag))
    language = found["language"].lower()
    if language in _NO_LANGUAGE:
        return "stands for no one language"
    if (found["region"] or "").lower() == "uk":
        return _with_code("names no country", f"{language}-GB")
    if language in _TWO_LETTERS or language in _INDIVIDUAL or _FIRST_PRIVATE <= language <= _LAST_PRIVATE:
        return ""
    return "is the tag of no language" if len(language) == 2 else _problem_of_three_letters(language)


def _with_code(what: str, code: str) -> str:
    return f'{what}: write "{code}"' if code else what


def _problem_of_three_letters(language: str) -> str:
    from babel.core import get_global  # imported late: it is large, and hardly any page needs it

    shorter = get_global("language_aliases").get(language, "")
    if len(shorter) == 2:
        return _with_code("is not how BCP 47 writes this language", shorter)
    known = language in get_global("likely_subtags") or language in _names_in("en")
    return "" if known or shorter else "is the tag of no language"


def _names_in(code: str) -> dict[str, str]:
    from babel import Locale

    return {str(tag): str(name) for tag, name in Locale(code).languages.items()}


@cache
def _code_of_name(name: str) -> str:
    """The tag of a language by its name in English or in itself; empty where no language is called that."""
    wanted = name.strip().casefold()
    if not wanted.isalpha() or len(wanted) < 4:
        return ""
    for tag, known in _names_in("en").items():
        if known.casefold() == wanted:
            return tag.replace("_", "-")
    return next((code for code in _OWN_NAMES if _names_in(code).get(code, "").casefold() == wanted), "")
