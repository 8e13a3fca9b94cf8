"""voicegen phone."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from voicegen.commands._words import clean, count, project
from voicegen.errors import PublicationError, SettingsError


@click.command()
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...")
@click.option("--profile", "name", required=True, metavar="SYSTEM", help="The telephone system; `list` names all.")
@click.option("--edition", default="", help='"full" or "short"; the first of [phone] editions if not given.')
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="The folder to write.")
@click.option("--address", default="", help="Where the folder will be published, for systems that fetch it.")
@click.option("--send-text-to", default="", metavar="ENGINE", help="Consent to sending the pages' text.")
@click.pass_obj
def phone(
    folder: Path,
    pages: tuple[str, ...],
    name: str,
    edition: str,
    output: Path | None,
    address: str,
    send_text_to: str,
) -> None:
    """Makes what a telephone system takes as it is: sound, configuration and a README.

    PAGE is a page's name, or the path of its source. Several pages get a menu by title, in several languages by
    language first. Pages that have changed are built first. `--profile list` names the systems.
    """
    from voicegen.build import build
    from voicegen.pages import choose, find
    from voicegen.phone import menus, pack, profiles, published

    if name == "list":
        for one in profiles.profiles().values():
            click.echo(f"{one.id:14} {one.name}")
        return
    profile = profiles.profile(name)
    settings = project(folder)
    if "phone" not in settings.publications.formats:
        raise SettingsError("voicegen.toml, [publications] formats", '"phone" is not among them', "Add it.")
    chosen = choose(find(settings), pages)
    result = build(settings, only=[page.id for page in chosen], send_text_to=send_text_to)
    for report in result.pages:
        for error in report.errors:
            raise PublicationError(
                report.id, f"it can't be built: {clean(str(error).rstrip('.'))}", "Run `voicegen build` for more."
            )
    kind = edition or settings.phone.editions[0]
    found = [published.load(settings.output / page.id, kind) for page in chosen]
    place = output or Path(f"{found[0].slug}-{profile.id}" if len(found) == 1 else f"voicegen-{profile.id}")
    with tempfile.TemporaryDirectory(prefix="voicegen-") as sound:
        several = profile.makes in menus.MADE
        over = menus.menus(settings, found, Path(sound), send_text_to) if several else ()
        written = pack.write(place, found, profile, address or settings.address(), over)
    click.echo(f"{count(len(written), 'file')} for {profile.name} in {clean(str(place))}: begin with README.txt.")
