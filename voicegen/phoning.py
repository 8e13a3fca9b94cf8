"""Pages for a telephone system: built where they have changed, and packed as the system takes them."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

from voicegen import manifest
from voicegen.build import build
from voicegen.config import Settings
from voicegen.durable import blame, machine, read
from voicegen.errors import PublicationError, SettingsError
from voicegen.locking import only_one
from voicegen.pages import check_there, choose, find
from voicegen.phone import menus, pack, profiles, published

OURS = "phone/"
"""Where in a page's folder that is which telephones need."""
TRIES = 3
"""How often what is published is read that is replaced at that very moment."""


def phone(
    settings: Settings,
    pages: Sequence[str],
    profile: str,
    *,
    edition: str = "",
    output: Path | None = None,
    address: str = "",
    send_text_to: str = "",
) -> tuple[Path, list[str]]:
    """The folder for the telephone system `profile`, and the files written in it.

    Without `edition` it is the first of [phone] editions, without `output` a folder named after the page. Raises
    SettingsError for what is not there, PublicationError for a page that can't be built, TemporaryError where
    another is at it, whose pack might be the same folder, and as `pack.write` does.
    """
    check_there(settings)
    with only_one(settings.cache / "phone.lock", what="another `voicegen phone` is at work in this project"):
        return _packed(settings, pages, profile, edition, output, address, send_text_to)


def _packed(
    settings: Settings,
    pages: Sequence[str],
    profile: str,
    edition: str,
    output: Path | None,
    address: str,
    send_text_to: str,
) -> tuple[Path, list[str]]:
    system = profiles.profile(profile)
    if "phone" not in settings.publications.formats:
        raise SettingsError("voicegen.toml, [publications] formats", '"phone" is not among them', "Add it.")
    if edition and edition not in settings.phone.editions:
        made = ", ".join(settings.phone.editions)
        raise SettingsError(
            "voicegen.toml, [phone] editions", f"“{edition}” is not among them ({made})", "Add it."
        )
    chosen = choose(find(settings), pages)
    result = build(settings, only=[page.id for page in chosen], send_text_to=send_text_to)
    for report in result.pages:
        for error in report.errors:
            why = str(error).rstrip(".")
            raise PublicationError(report.id, f"it can't be built: {why}", "Run `voicegen build` for more.")
    kind = edition or settings.phone.editions[0]
    with tempfile.TemporaryDirectory(prefix="voicegen-") as sound, machine(str(settings.output)):
        taken = [_taken(settings.output / page.id, Path(sound) / "pages" / page.id) for page in chosen]
        found = [published.load(folder, kind) for folder in taken]
        place = output or Path(f"{found[0].slug}-{system.id}" if len(found) == 1 else f"voicegen-{system.id}")
        several = system.makes in menus.MADE
        over = menus.menus(settings, found, Path(sound), send_text_to) if several else ()
        written = pack.write(place, found, system, address or settings.address(), over)
    return place, written


def _taken(folder: Path, place: Path) -> Path:
    """A copy of what is published of a page for telephones, all of one version: a build may put another there.

    Raises PublicationError where it is not as it was published.
    """
    if not folder.exists():
        raise PublicationError(
            folder.name, "nothing of it is published", "Have its draft approved, and publish it."
        )
    for _ in range(TRIES):
        known = manifest.load(folder).files
        if all(_is_copied(folder / name, place / name, known[name][1]) for name in known if name.startswith(OURS)):
            return place
    raise PublicationError(
        str(folder), "it is not as it was published, or it changes all the time", "Run `voicegen build` once more."
    )


def _is_copied(path: Path, place: Path, sha: str) -> bool:
    """Copies a file; whether it is the one of that digest."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        data = read(path)
    except OSError as trouble:
        blame(trouble, path)
        return False
    place.write_bytes(data)
    return hashlib.sha256(data).hexdigest() == sha
