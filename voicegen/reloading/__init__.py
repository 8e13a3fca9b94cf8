"""What the preview adds to a page, and no published page has: a script that loads it again once it was built anew.

Pages allow no connections (their Content-Security-Policy), and that stays so. They do allow workers of their own
site: a worker has the policy that it was sent with, and it asks for the page's manifest twice a second.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = "/.voicegen/"
"""Where the preview serves these scripts: no published file's name begins with a dot."""
_SCRIPTS = ("reload.js", "look.js")
_TAG = f'<script src="{FOLDER}reload.js" defer></script>\n</head>'.encode()


@cache
def script(target: str) -> bytes | None:
    """The script that a request's target names; None where it names none."""
    name = target.removeprefix(FOLDER)
    return (Path(__file__).parent / name).read_bytes() if target == FOLDER + name and name in _SCRIPTS else None


def reloading(html: bytes) -> bytes:
    """The page with the script that loads it again; as it is where its own policy allows no script."""
    if b"script-src" not in html.partition(b"</head>")[0]:
        return html
    return html.replace(b"</head>", _TAG, 1)
