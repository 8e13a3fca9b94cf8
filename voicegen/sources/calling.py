"""Whether a text says whom to call: an advice line in a section called "Contact" is no furniture.

Danger: "NHS 111 is open day and night" goes with its section, and a patient has no number to call.
"""

from __future__ import annotations

import re

_PHONE = re.compile(
    r"(?<![\w.,/£$€])(?:\+|\(?0|\(\d{3}\)|1[-. ]\d{3}[-. ]|[2-9]\d\d[-. ])"
    r"(?:[-–.‑/() \u00a0\u202f]{0,2}\d){6,13}(?![\w%])"
    r"|(?<![\w.,/£$€])(?:116[ \u00a0]?\d{3}|[69]\d{2}(?:[ \u00a0]\d{2,3}){2,3})(?![\w%])"
)
_CALLING = (
    r"calls?|calling|dial|ring|phone|telephone|tel|text|helpline|hotline|advice line|contact|reach|nhs"
    r"|nurse line|speak to"
    r"|ruf\w*|anruf\w*|wählen|telefon\w*|notdienst|bereitschaftsdienst|kontaktieren|melden|erreich\w+|wenden"
    r"|appel\w+|compos\w+|téléphon\w+|tél|contact\w+|joign\w+|samu"
    r"|llam\w+|marque|teléfono|tel[ée]fon\w*|línea|contact[ae]\w*"
    r"|lig\w{1,3}|telefon\w+|linha|contat\w+|entre em contato"
    r"|chiam\w+|numero|contatt\w+|rivolg\w+"
    r"|bel|bellen|telefonisch|neem contact"
)
_CALL_WORD = re.compile(
    rf"(?<![^\W_])(?:{_CALLING})(?![^\W_])"
    r"|اتصل|هاتف|कॉल|फ़?ोन|電話|电话|致电|拨打|звон\w+|позвон\w+|тел(?:ефон\w*)?(?![^\W_])",
    re.I,
)
_NEAR_NUMBER = re.compile(r"(?<![\w.,:])\d{2,}(?![\w%]|[.:,]\d)")
_NEAR = 60
"""Characters between a word of calling and the number."""
_PUBLIC = re.compile(
    r"(?<![^\W_])NHS[ \u00a0]111(?!\d)|(?<![\d.,/-])(?<!\d )116[ \u00a0]?(?:117|123|111)(?![ \u00a0]?\d)"
)
"""Advice lines of a whole country, which no clinic has for its own."""
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w")
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS = 5
_ENDS = (".", "!", "?", "。", "！", "।", "؟", ")", ":")
_SPACELESS = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]{8}")


def has_contact(text: str) -> bool:
    """Whether a text holds what can be called or written to: a telephone number, an address for mail."""
    return bool(_PHONE.search(text) or _MAIL.search(text)) or _calls_number(text)


def tells_to_call(text: str, *, number: bool = False) -> bool:
    """Whether a text is a sentence that says to call or contact somebody; with a number to call if `number`."""
    if number and _PUBLIC.search(text):
        return True
    if number and _WORD.search(text) and text.rstrip().endswith(".") and ":" not in text and _calls_number(text):
        return True  # "Ring 0113 496 0000."
    if not is_sentence(text) or not _CALL_WORD.search(text):
        return False
    return not number or bool(_PHONE.search(text)) or _calls_number(text)


def is_sentence(text: str) -> bool:
    """Whether a text is a sentence, not a label with a number or an address."""
    long = len(_WORD.findall(text)) >= _FEWEST_WORDS or _SPACELESS.search(text) is not None
    return long and text.rstrip().endswith(_ENDS)


def _calls_number(text: str) -> bool:
    return any(
        _NEAR_NUMBER.search(text, found.end(), found.end() + _NEAR) is not None
        for found in _CALL_WORD.finditer(text)
    )
