"""Where a site led, instead of to the page that was asked for.

Danger: many sites lead to their first page where they have taken one away, and "Welcome" would be published under
the name of what was known by it.
"""

from __future__ import annotations

from voicegen.errors import SourceError
from voicegen.fetching.addresses import Address
from voicegen.speech.patterns import lazy

_LANGUAGES = (
    "ar|bg|ca|cs|cy|da|de|el|en|es|et|eu|fi|fr|ga|he|hr|hu|it|ja|ko|lt|lv|nb|nl|no|pl|pt|ro|ru|sk|sl|sv|tr|uk|zh"
)
"""The usual ones, not all that `language_tags` knows: "/ae/" is accident and emergency, and no Avestan."""
_FRONT = lazy(
    rf"/(?:(?:{_LANGUAGES})(?:[-_][a-z]{{2}})?(?:/|\Z))?"
    r"(?:(?:index|home|homepage|default|start|startseite|accueil|inicio)(?:\.[a-z]{2,5})?/?)?"
)
"""The path of a site's first page, or of the first one in a language."""
_MISSED = lazy(r"(?:/[^/]*)*/(?:(?:error[-_]?)?404|(?:page[-_]?)?not[-_]?found)(?:\.[a-z]{2,5})?/?")
"""The path of a page that says that there is none."""


def check(asked: Address, at: Address) -> None:
    """Raises SourceError where a site led to its first page instead, or to one that says that there is none."""
    was, now = (one.target.partition("?")[0].lower() for one in (asked, at))
    if was == now or not (_MISSED.fullmatch(now) or (_FRONT.fullmatch(now) and not _FRONT.fullmatch(was))):
        return
    raise SourceError(
        asked.url,
        f"the site led on to {at.url} instead, as sites do for a page that they have taken away",
        "Correct the address, or remove the page.",
    )


def notices(asked: Address, at: Address) -> tuple[str, ...]:
    """What staff should know where a site led to any other page."""
    if asked.target.rstrip("/").lower() == at.target.rstrip("/").lower():
        return ()
    return (f"The site led on to {at.url}: see that it is still the same page.",)
