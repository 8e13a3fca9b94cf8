"""The sign of a result or a blood group: "HER2−" is "HER2 negative", "Rh+" is "Rh positive".

Source: NHS Blood and Transplant (blood groups are written A+, O−); St Gallen consensus (ER+, HER2−). Danger:
voices drop a minus that stands after a letter, and "HER2" alone is heard as the opposite of "HER2−". A hyphen is
a minus only after names that always have a sign; after any other letter a true minus sign is said as "minus"
("Cl−").
"""

from __future__ import annotations

from collections.abc import Iterator

from voicegen.speech.passage import Claim, Passage, Rule
from voicegen.speech.patterns import lazy

_AFTER = r"(?=[\s,.;:)/\]]|$)"
_RECEPTORS = r"Rh(?:D|esus)?|ER|PR|PgR|RE|RP|HR|HER-?2"
_TESTS = (
    r"HIV|VIH|HCV|VHC|HBV|VHB|CMV|EBV|VEB|VZV|HSV|HPV|VPH|HTLV|MRSA|SARM|MSSA|GBS|SGB|HBs?Ag|Ig[AGM]|AgHBs|HBeAg|AgHBe|ANA|ACPA"
    r"|CCP|RF|Ph|ALK|EGFR|BRAF|KRAS|JAK2|BRCA[12]|G6PD|CD\d{1,3}"
)
_NAMES = rf"{_TESTS}|{_RECEPTORS}|HLA-?B\d{{1,2}}|PD-?L1"
_AND = r"(?:and|or|nor|et|ou|y|e|o|u|i|und|oder|en|of|och|og|eller)"
_SUSPENDED = rf"(?!(?:\s?[,/]|\s{_AND})\s?(?:[\w-]+[,/]?\s{_AND}\s)?[^\W\d_][\w]*-[^\W\d_])"
"""No hyphen that waits for the rest of a word: "ER- and PR-positive"."""
_TESTED = lazy(
    rf"(?<![\w-])(?:{_RECEPTORS})(?:(?P<sign>[+−⁻–])|(?P<hyphen>-){_SUSPENDED}){_AFTER}"
    rf"|(?<![\w-])(?:{_TESTS})(?P<other>[+−⁻]){_AFTER}"
)
_ENDS = (
    r"(?=\s*\Z|\s?[.;:)\]!?](?:\s|\Z)|,\s(?![\w-]+-)"
    r"|\s(?:patients?|people|persons?|wom[ae]n|m[ae]n|mothers?|child(?:ren)?|infants?|bab(?:y|ies)|partners?|donors?"
    r"|recipients?|cells?|tumou?rs?|cancers?|diseases?|swabs?|results?|status|individuals?|adults?|samples?)\b"
)
_ROW = rf"(?<![\w-])(?!(?:{_RECEPTORS})\b)(?:{_NAMES})[+−⁻–-](?:(?:\s?[,/&]\s?|\s{_AND}\s)(?:{_NAMES})[+−⁻–-])*"
_HYPHENED = lazy(rf"{_ROW}{_ENDS})")
_BEFORE_A_BLANK = lazy(rf"{_ROW}{_ENDS}|\s(?!{_AND}\s[^\W\d_]\w*-[^\W\d_]))")
"""Tests whose hyphen is a minus, one or several with a word or sign between: "HIV- and HCV- partners"."""
_WITHOUT_COMPOUNDS = frozenset(("fr", "es", "it", "pt", "ca", "gl", "ro"))
"""Languages in which no hyphen after a test waits for another word, as in "HIV- und HCV-Tests"."""
_SIGN_OF_ONE = lazy(r"(?:[−⁻–-]|(?<![BL]\d)(?<!B\d\d)\+)(?=[\s,/&]|\Z)")
_ENDED = lazy(r"(?<![\w-])[A-Z][A-Za-z]*[A-Z]\d{0,2}-(?=\s*[.)]*\Z)")
"""Any other short form with a hyphen at the end of all."""
_BLOOD = lazy(rf"(?<![\w-])(?:AB|[ABO0])(?P<sign>[+−⁻–-]){_AFTER}")
_ABOUT_BLOOD = lazy(
    r"(?i)\b(?:blood|groups?|types?|donors?|sang\w*|groupes?|grup\w*|gruppo|\w*groep|blut\w*|blod\w*|rh)\b"
)
_SHORT = lazy(r"(?<!\d)[+−⁻–-]ve(?!\w)")
_APART = lazy(r"(?<=[^\W\d_]|\d)\s[-−⁻–](?=\s?[,;)])")
"""A minus after a blank, in a row of results: "nitrite -, blood +"."""
_LAST = lazy(
    r"(?:(?<=[HCE][IMB]V)|(?<=VIH)|(?<=MRSA)|(?<=SARM)|(?<=GBS)|(?<=H[CB]V)|(?<=VH[CB])|(?<=HBsAg)|(?<=HBeAg)|(?<=HER2)|(?<=\b(?:ER|PR|RE|RP|Rh))|(?<=\bRhD))"
    r"\s[-−⁻–](?=\s?\.?\s*\Z)"
)
_BRACKETED = lazy(r"(?<=[^\W_])\s?\([-−⁻–]\)(?![\w-])")
_POSITIVE = lazy(r"(?<=\w)\s?\+{1,4}(?=\s?(?:[,;.)]|\Z))")
_AT_END = lazy(r"(?<=[^\W\d_]|\d)\s[-−⁻–](?=\s?\.?\s*\Z)")
_LABELLED = lazy(
    rf"(?<![\w-])(?:{_TESTS}|{_RECEPTORS}|(?:Covid|COVID)(?:-19)?|(?i:nitrit(?:es?|os?|i)?|protein[es]?|protéines?"
    r"|proteínas?|ketones?|keton|cetonas?|chetoni|leu[ck]o(?:cytes)?|leukozyten|leucocit(?:os?|i)|eiweiß|bilirubin"
    r"|urobilinogen|swab|antibod(?:y|ies)))\s?:?(?P<sign>\s[-−⁻–])(?=\s?\.?\s*\Z)"
)
"""The result of a test that nothing else stands beside: "Nitrite: -", "Nitrite -"."""
_ASIDE = lazy(r"\s[-–—]\s")
"""A dash that begins an aside, which a dash before a comma may end."""
_OF_TWO = lazy(r"\s*(?:(\+{1,4})(?:\s/\s([-−–])|\s?/\s?(\+{1,4}))|([-−–])\s?/\s?(\+{1,4}))\s*")
"""The results of two tests in a cell of their own, "+ / –"; "+/-" is more or less."""
_MINUS = lazy(rf"(?<=[^\W_])−{_AFTER}")


def _find(passage: Passage) -> Iterator[Claim]:
    text = passage.text
    if not any(sign in text for sign in "+−⁻–-"):
        return
    say = passage.language.word
    if signs := of_two(text):
        yield Claim(0, len(text), ", ".join(" ".join(map(say, sign)) for sign in signs))
    for end in touching(text, passage.language.code):
        yield Claim(end - 1, end, f" {say('positive' if text[end - 1] == '+' else 'negative')}")
        if passage.after(end) == "/":
            yield Claim(end, end + 1, ",")
    for match in _MINUS.finditer(text):
        pause = "," if match.end() + 1 < len(text) and text[match.end() + 1].isdigit() else ""
        yield Claim(*match.span(), f" {say('minus')}{pause}")
    for end in ended(text):
        yield Claim(end - 1, end, f" {say('minus')}")
    for start, end in apart(text):
        yield Claim(start, end, f" {say('negative')}")
    for match in _SHORT.finditer(text) if passage.language.code == "en" else ():
        yield Claim(*match.span(), f" {say('positive' if match[0][0] == '+' else 'negative')}")


def touching(text: str, code: str) -> list[int]:
    """Where the signs end that touch the name of a test or a blood group, in a language."""
    found = [match.end() for match in _TESTED.finditer(text)]
    for row in (_BEFORE_A_BLANK if code in _WITHOUT_COMPOUNDS else _HYPHENED).finditer(text):
        found += [sign.end() for sign in _SIGN_OF_ONE.finditer(text, *row.span())]
    blood = [match.end() for match in _BLOOD.finditer(text)]
    if len(blood) > 1 or _ABOUT_BLOOD.search(text):
        found += blood
    return sorted(set(found))


def of_two(text: str) -> list[list[str]]:
    """What the signs of two results are that are all of a text, each as often as it stands: "plus" or "minus"."""
    match = _OF_TWO.fullmatch(text)
    signs = [sign for sign in match.groups() if sign] if match else []
    return [["plus" if mark == "+" else "minus" for mark in sign] for sign in signs]


def ended(text: str) -> Iterator[int]:
    """Where a hyphen ends that stands after any other short form at the end of all."""
    return (match.end() for match in _ENDED.finditer(text))


def apart(text: str) -> Iterator[tuple[int, int]]:
    """Where a minus after a blank is the result of the word before it, with the blank."""
    found = [*_BRACKETED.finditer(text), *_APART.finditer(text), *_LAST.finditer(text)]
    if _POSITIVE.search(text) or _APART.search(text):
        found += _AT_END.finditer(text)
    yield from (match.span("sign") for match in _LABELLED.finditer(text))
    aside = _ASIDE.search(text)
    for match in found:
        if match[0].endswith(")") or aside is None or aside.end() > match.start() + 1:
            yield match.span()


RULE = Rule("results", 'Says the sign after a test or a blood group as "positive" or "negative".', _find)
