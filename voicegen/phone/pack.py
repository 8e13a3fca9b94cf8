"""A pack: what an administrator copies to one telephone system, with a README, a manifest and checksums."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from voicegen.durable import read
from voicegen.errors import SettingsError, TemporaryError
from voicegen.phone import asterisk, everything, freeswitch, keys_on_hold, readme, twilio, upload, voicexml
from voicegen.phone.profiles import Profile
from voicegen.phone.published import Menu, PhonePage
from voicegen.publishing import exchange

MARK, SUMS = "manifest.json", "SHA256SUMS"
LEFT_BY_SYSTEMS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What systems leave in folders that somebody looked at: nobody's work."""
FILE_MODE, FOLDER_MODE = 0o644, 0o755
"""A system that runs as another user must be able to read them: an unreadable file is silence to the caller."""


def files(
    pages: Sequence[PhonePage], profile: Profile, address: str = "", menus: Sequence[Menu] = ()
) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file of the pack but for those that tell of the others."""
    match profile.makes:
        case "asterisk":
            return asterisk.files(pages, menus)
        case "asterisk-hold-keys":
            return keys_on_hold.files(pages)
        case "everything":
            return everything.files(pages)
        case "freeswitch":
            return freeswitch.files(pages, menus)
        case "twilio":
            return twilio.files(pages, menus, address)
        case "voicexml":
            return voicexml.files(pages, menus)
        case _:
            return upload.files(pages, profile)


def write(
    place: Path,
    pages: Sequence[PhonePage],
    profile: Profile,
    address: str = "",
    menus: Sequence[Menu] = (),
) -> list[str]:
    """Writes the pack to a new folder, or over a pack of ours; gives the paths of its files.

    Raises SettingsError where something else is there, or something was changed in that pack or put beside it, and
    TemporaryError where the disk does not take it.
    """
    if place.is_symlink() or (place.exists() and not _ours(place)):
        raise SettingsError(
            str(place), "it is there already and holds no pack of voicegen", "Name another folder with --output."
        )
    if theirs := next(_theirs(place), ""):
        what = f"{theirs!r} in it is not as voicegen made it, and would be lost"
        raise SettingsError(str(place), what, "Put it elsewhere, or name another folder with --output.")
    stage = place.with_name(f".{place.name}.new")
    try:
        shutil.rmtree(stage, ignore_errors=True)
        stage.mkdir(parents=True)
        sums: dict[str, str] = {}
        for path, data in files(pages, profile, address, menus):
            sums[path] = _put(stage, path, data)
        facts = _manifest(pages, menus, profile, sums)
        sums[MARK] = _put(stage, MARK, (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode())
        sums["README.txt"] = _put(stage, "README.txt", readme.text(pages, profile, menus).encode())
        listed = "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items()))
        _put(stage, SUMS, listed.encode())
        _readable(stage)
        exchange(stage, place)
        shutil.rmtree(stage, ignore_errors=True)
    except OSError as trouble:
        raise TemporaryError(
            str(place),
            f"it can't be written ({trouble.strerror or trouble})",
            "Check its rights and the free space.",
        ) from trouble
    return [*sorted(sums), SUMS]


def _put(stage: Path, path: str, data: bytes) -> str:
    target = stage / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def _readable(stage: Path) -> None:
    for folder, _, names in os.walk(stage):
        Path(folder).chmod(FOLDER_MODE)
        for name in names:
            Path(folder, name).chmod(FILE_MODE)


def _ours(place: Path) -> bool:
    """Whether nothing but a pack is there: the output folder has a manifest of ours too, and no profile in it."""
    try:
        facts = json.loads((place / MARK).read_bytes())
        return bool(facts["made_by"] == "voicegen" and facts["profile"])
    except (OSError, ValueError, KeyError, TypeError):
        return place.is_dir() and not any(place.iterdir())


def _theirs(place: Path) -> Iterator[str]:
    """The paths of what people changed in a pack, or put into its folder; none where there is no pack yet."""
    made = _sums(place)
    for folder, folders, names in os.walk(place):
        for name in (*names, *(one for one in folders if Path(folder, one).is_symlink())):
            path = Path(folder, name)
            told = path.relative_to(place).as_posix()
            if told != SUMS and name not in LEFT_BY_SYSTEMS and not _is(path, made.get(told, "")):
                yield told


def _sums(place: Path) -> dict[str, str]:
    """The digest of each file of a pack but for the list of them; none where that can't be read."""
    try:
        lines = read(place / SUMS).decode().splitlines()
    except (OSError, ValueError):
        return {}
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines)}


def _is(path: Path, digest: str) -> bool:
    """Whether a file of its own, and no link, has that digest."""
    try:
        return not path.is_symlink() and hashlib.sha256(read(path)).hexdigest() == digest
    except OSError:
        return False


def _manifest(
    pages: Sequence[PhonePage], menus: Sequence[Menu], profile: Profile, sums: dict[str, str]
) -> dict[str, object]:
    return {
        "made_by": "voicegen",
        "version": 1,
        "profile": {"id": profile.id, "name": profile.name, "source": profile.source, "date": profile.date},
        "pages": [
            {
                "slug": page.slug,
                "title": page.title,
                "lang": page.lang,
                "publisher": page.publisher,
                "voice": page.voice,
                "licence": page.licence,
                "own_recordings": page.own_recordings,
                "reviewed": page.reviewed,
                "source": page.source,
                "level_dbov": page.level_dbov,
                "chapters": [
                    {"file": c.slug, "key": c.key, "seconds": round(c.seconds, 2), "spoken": list(c.spoken)}
                    for c in page.chapters
                ],
            }
            for page in pages
        ],
        "menus": [
            {
                "slug": menu.slug,
                "lang": menu.lang,
                "keys": {str(key): choice.slug for key, choice in menu.choices.items()},
                "spoken": [words for chapter in menu.chapters for words in chapter.spoken],
            }
            for menu in menus
        ],
        "files": dict(sorted(sums.items())),
    }
