"""Pages for a telephone system: built where they have changed, and packed as the system takes them."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from voicegen.build import build
from voicegen.config import Settings
from voicegen.errors import PublicationError, SettingsError
from voicegen.pages import choose, find
from voicegen.phone import menus, pack, profiles, published


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
    SettingsError for what is not there, PublicationError for a page that can't be built, and as `pack.write` does.
    """
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
    found = [published.load(settings.output / page.id, kind) for page in chosen]
    place = output or Path(f"{found[0].slug}-{system.id}" if len(found) == 1 else f"voicegen-{system.id}")
    with tempfile.TemporaryDirectory(prefix="voicegen-") as sound:
        several = system.makes in menus.MADE
        over = menus.menus(settings, found, Path(sound), send_text_to) if several else ()
        written = pack.write(place, found, system, address or settings.address(), over)
    return place, written
