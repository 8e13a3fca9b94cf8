"""The language that a text is written in, told by its script and its most frequent small words.

The method is the oldest one and light: some twenty function words make up about a third of any running text, and
no two of these languages share many. A language that is missing here is never guessed: the answer is empty then.
"""

from __future__ import annotations

import re
from collections import Counter

from voicegen.contracts import SourceFile
from voicegen.language_tags import as_tag, is_tag
from voicegen.sources.mojibake import letters_in_place

_SCRIPTS = (
    ("ja", "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9d"),
    ("ko", "\uac00-\ud7af\u1100-\u11ff"),
    ("zh", "\u3400-\u4dbf\u4e00-\u9fff"),
    ("arabic", "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff"),
    ("devanagari", "\u0900-\u097f"),
    ("cyrillic", "\u0400-\u052f"),
    ("el", "\u0370-\u03ff\u1f00-\u1fff"),
    ("he", "\u0590-\u05ff"),
    ("th", "\u0e00-\u0e7f"),
    ("bn", "\u0980-\u09ff"),
    ("pa", "\u0a00-\u0a7f"),
    ("gu", "\u0a80-\u0aff"),
    ("ta", "\u0b80-\u0bff"),
    ("te", "\u0c00-\u0c7f"),
    ("kn", "\u0c80-\u0cff"),
    ("ml", "\u0d00-\u0d7f"),
    ("si", "\u0d80-\u0dff"),
    ("lo", "\u0e80-\u0eff"),
    ("my", "\u1000-\u109f"),
    ("ka", "\u10a0-\u10ff"),
    ("hy", "\u0530-\u058f"),
    ("am", "\u1200-\u137f"),
    ("km", "\u1780-\u17ff"),
    ("latin", "A-Za-z\u00c0-\u024f\u1e00-\u1eff"),
)
_SCRIPT = re.compile("|".join(f"(?P<{name}>[{characters}]+)" for name, characters in _SCRIPTS))

_WORDS = {
    "latin": {
        "en": "the of and to in is that for it with as was on are be by this have from or can your you may not",
        "es": "de la que el en y los del se las por un para con no una su al es lo como más puede o si",
        "fr": "de la le et les des en un du une est que dans qui pour par sur au pas plus avec ne il ou ce peut",
        "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an kann",
        "it": "di e il la che in un per è una del con non si le da i sono nel dei come più può della o gli",
        "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como pode ou é são",
        "nl": "de van het een en in is dat op te zijn met voor niet aan er om ook als dan die bij of kan worden",
        "sv": "och i att det som en på är av för med den till inte har de ett om kan eller vid från du",
        "da": "og i at det er en til på som med for af den de ikke har et der kan eller ved fra du",
        "no": "og i det er på til som en av for med at den de ikke har et om kan eller ved fra du",
        "fi": "ja on ei se että en hän mutta tai ovat voi kun joka myös sekä olla kuin jos ole niin",
        "pl": "w i na z do nie się to jest że o jak przez może po oraz lub są od dla za przy",
        "cs": "a v na je se z do že o i to s pro jako po při nebo by jsou které která může ale",
        "ro": "de și în la a o cu care pe din este un nu se pentru sau mai ca sunt poate prin",
        "hu": "a az és hogy nem is egy van meg ha de vagy ez mint csak már lehet ki el",
        "tr": "ve bir bu için ile da de olarak çok daha olan gibi veya en kadar sonra değil ise",
        "vi": "và của là có các cho được trong không với một những người khi để này bị hoặc bệnh",
        "id": "yang dan di dengan untuk pada dari ini itu tidak atau dalam adalah dapat akan oleh juga ke",
        "ca": "de la i el que en a les els per un amb del una es és no al com més pot o són",
        "cy": "yn y i a o ar yr gan eich ei am mae neu os fel gall bod chi wedi eu",
        "so": "iyo in ka ku waa oo u ay ah la soo kale ama leh waxaa",
        "tl": "ang ng sa na at mga ay ito para kung o may hindi isang nang",
        "sw": "na ya wa kwa ni za katika la kama au hii cha kuwa vya ili",
    },
    "cyrillic": {
        "ru": "и в не на что с как это по для при или от из может также если быть вы к",
        "uk": "і в не на що з як це по для при або від із може також якщо бути та ви у",
        "bg": "и на в за да се от с е по не при или може като са към ако",
        "sr": "и у на за да се од са је не при или може као су код ако",
    },
    "arabic": {
        "ar": "في من على أن إلى هذا التي الذي أو مع عن هي هو كل ما لا قد هذه يمكن بعد",
        "fa": "و در به از که این را با است برای آن یک می های یا شود هم باید تا",
        "ur": "کے میں کی ہے اور سے کا کو پر یہ ہیں کہ نہیں یا کر بھی ہو",
    },
    "devanagari": {
        "hi": "के है में की और का से को हैं या पर यह नहीं होता कि भी हो तो ने",
        "mr": "आणि आहे च्या ते या होते आहेत हे किंवा मध्ये नाही असते तर",
        "ne": "छ र को मा हो पनि गर्न भने हुन्छ तथा लाई छन्",
    },
}
_LETTERS = {
    "ru": "ыэё", "uk": "іїєґ", "sr": "ђјљњћџ", "de": "ß", "es": "ñ¿¡", "pt": "ãõ", "ro": "ășț", "tr": "ğış",
    "hu": "őű", "cs": "řěů", "pl": "łąę", "fr": "œ", "vi": "đơư", "ur": "ٹڈڑںے", "fa": "پژ",
}  # fmt: skip
"""Letters that only one of the languages of a script has; up to three of them count as small words."""
_LISTS = {
    script: {tag: frozenset(text.split()) for tag, text in group.items()} for script, group in _WORDS.items()
}
_WORD = re.compile(r"[^\W\d_]+(?:[\u0900-\u097f]+)?")

_WITH_RULES = {"en", "es", "fr", "de"}
_LEAST_WORDS = 4
"""Small words, all different, that show a language of Latin script without rules of speech: short notes in English
must not be taken for Czech for the sake of "do" and "v", and their doses left to a foreign voice."""
_SAMPLE_CHARACTERS = 10_000
"""As much of the page as is looked at; more changes no answer."""


def settled(file: SourceFile, declared: str, text: str) -> tuple[str, list[str]]:
    """The page's language, and notices for staff where it, or a letter of it, is in doubt (see `_settled`)."""
    lang, doubts = _settled(file, declared, text)
    return lang, [*doubts, *letters_in_place(text, lang)]


def _settled(file: SourceFile, declared: str, text: str) -> tuple[str, list[str]]:
    """The page's language, and notices for staff where it is in doubt. `declared` is the page's own word on it.

    What voicegen.toml says of this very page holds; then the page's own word, then voicegen.toml's for all pages,
    both unless the text clearly is in another language; then the text decides.
    """
    own = as_tag(declared.strip())
    if file.page_lang:
        other = contradicts(file.page_lang, text)
        doubt = f'voicegen.toml says that its language is "{file.page_lang}"; its text seems to be in "{other}".'
        return file.page_lang, [doubt] if other else []
    said = f'"{declared}" is no language' if declared else "The page does not say its language"
    for tag, who in ((own, "The page"), (file.lang, "voicegen.toml")):
        if tag and is_tag(tag):
            other = contradicts(tag, text)
            if other:
                return other, [f'{who} says that its language is "{tag}", but its text is in "{other}".']
            return tag, [f'{said}; voicegen.toml says "{tag}".'] if declared and tag != own else []
    found = language_of(text)
    if found:
        return found, [f'{said}; "{found}" was told from its text.']
    return "en", [f"{said}, and its text is too short to tell it; English was assumed."]


def language_of(text: str) -> str:
    """The primary language tag of `text`, or an empty string where there is too little to tell by."""
    sample = text[:_SAMPLE_CHARACTERS]
    letters: Counter[str] = Counter()
    for match in _SCRIPT.finditer(sample):
        letters[match.lastgroup or ""] += len(match[0])
    if not letters:
        return ""
    script, count = letters.most_common(1)[0]
    if script == "zh" and letters["ja"] * 10 > count:
        return "ja"  # Japanese writes its nouns with Chinese signs and the rest with its own
    if script not in _LISTS:
        return script if count >= 4 else ""
    return _by_words(sample, _LISTS[script], {"arabic": "ar", "devanagari": "hi"}.get(script, ""))


def _by_words(sample: str, lists: dict[str, frozenset[str]], usual: str) -> str:
    found = Counter(_WORD.findall(sample.lower()))
    lowered = sample.lower()
    scores = sorted(
        (
            (sum(found[word] for word in words) + min(3, sum(map(lowered.count, _LETTERS.get(tag, "")))), tag)
            for tag, words in lists.items()
        ),
        reverse=True,
    )
    (best, tag), (second, _) = scores[0], scores[1]
    different = sum(word in found for word in lists[tag])
    known = tag in _WITH_RULES or tag not in _LISTS["latin"] or different >= _LEAST_WORDS
    if best >= 3 and known and best > 1.15 * second:
        return tag
    return usual


def contradicts(declared: str, text: str) -> str:
    """The language of `text` where it clearly is another than `declared`; otherwise an empty string."""
    found = language_of(text)
    own = declared.split("-")[0].lower()
    if not found or found == own or {found, own} in _CLOSE:
        return ""
    script = next((script for script, lists in _LISTS.items() if found in lists), "")
    if script and own in _LISTS[script]:
        words = Counter(_WORD.findall(text[:_SAMPLE_CHARACTERS].lower()))
        lists = _LISTS[script]
        mine = sum(words[word] for word in lists[own])
        other = sum(words[word] for word in lists[found])
        # Much text, and twice as many words of the other language: a page in English with French names stays.
        return found if other >= 12 and other > 2 * mine else ""
    return found if script == "" or len(text) >= 60 else ""


_CLOSE = ({"no", "nb"}, {"no", "nn"}, {"no", "da"}, {"id", "ms"}, {"sr", "bs"}, {"zh", "yue"}, {"tl", "fil"})
"""Pairs that small words can't part."""
