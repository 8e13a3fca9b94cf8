"""What the values of voicegen.toml may be, and what must not stand together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from voicegen.config.refusals import listed, nearest, wrong
from voicegen.config.sections import MirrorSettings, Phone, StoreSettings
from voicegen.config.settings import Settings
from voicegen.language_tags import problem

BESIDE = {
    "html": ("mp3", "webvtt", "timeline"),
    "mp3": ("timeline",),
    **dict.fromkeys(("m4b", "opus", "webvtt"), ("timeline",)),
    "epub": ("timeline",),
    **dict.fromkeys(("daisy202", "daisy3", "audiobook"), ("timeline",)),
    "feed": ("html", "mp3", "webvtt", "timeline"),
    **dict.fromkeys(("braille", "phone"), ("timeline",)),
}
"""Formats whose files another format links to, or is verified with."""
NEEDS_ADDRESS = ("feed",)
"""Formats that can't be made without `[publications] address`."""
MP3_KBITS = (32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
KBITS = {"m4b": (24, 128), "opus": (12, 96)}
"""Least and most kbit/s of codecs that take any between."""
MODES = ("read-write", "read-only")
"""What `[store] mode` takes."""
OVERDUE = ("warn", "notice", "refuse")
"""What `[review] overdue` takes."""
MOST_PRICE = 1e6
"""Of a million characters, in any currency: more is a mistake."""
BRAILLE = {"cells": (12, 100), "lines": (5, 60), "grade": (1, 2)}
"""Least and most of what `[braille]` takes."""
FETCH = {"pause": (0, 60), "deadline": (0.1, 600), "most_kb": (1, 50_000), "most_pages": (1, 10_000)}
"""Least and most of what `[fetch]` takes."""

_ADDRESS = r"(https?://[^\s/?#@]+(/[^\s?#]*)?)?"
"""A web address that everybody may know, or none."""


def check(settings: Settings, engines: tuple[str, ...], formats: tuple[str, ...]) -> None:
    """Raises SettingsError for the first thing that is wrong. `engines` and `formats` are the names that exist."""
    for rest in fields(settings.rests):
        if not 0 <= getattr(settings.rests, rest.name) <= 10:
            raise wrong(f"[rests] {rest.name}", "it is not from 0 to 10 seconds", "Give such a number.")
    if not 2 <= settings.chapters.depth <= 6:
        raise wrong("[chapters] depth", "it is not from 2 to 6", "Give 3 for sections and those inside them.")
    if settings.mp3.kbits not in MP3_KBITS:
        raise wrong("[mp3] kbits", f"{settings.mp3.kbits} is no bit rate", f"Give one of {listed(MP3_KBITS)}.")
    for name, (least, most) in KBITS.items():
        kbits = getattr(settings, name).kbits
        if not least <= kbits <= most:
            raise wrong(f"[{name}] kbits", f"{kbits} is not from {least} to {most}", "Give such a number.")
    for name, (least, most) in BRAILLE.items():
        number = getattr(settings.braille, name)
        if not least <= number <= most:
            raise wrong(f"[braille] {name}", f"{number} is not from {least} to {most}", "Give such a number.")
    for name, limits in FETCH.items():
        if not limits[0] <= getattr(settings.fetch, name) <= limits[1]:
            raise wrong(f"[fetch] {name}", f"it is not from {limits[0]} to {limits[1]}", "Give such a number.")
    for lang, table in settings.braille.tables.items():
        if not re.fullmatch(r"[\w.,+-]+", table):
            raise wrong(
                f"[braille.tables] {lang}", f"{table!r} is no name of a table", "Give one such as en-ueb-g2.ctb."
            )
    if engines and settings.voice.engine not in engines:
        remedy = nearest(settings.voice.engine, engines, f"Give one of {listed(engines)}.")
        raise wrong("[voice] engine", f"there is no engine {settings.voice.engine!r}", remedy)
    _check_phone(settings.phone)
    _check_review(settings)
    _check_store(settings.store)
    _check_server("store", settings.store)
    _check_server("mirror", settings.mirror)
    if not 0 <= settings.plan.price <= MOST_PRICE:
        raise wrong(
            "[plan] price", f"it is not from 0 to {MOST_PRICE:g}", "Give the price of a million characters."
        )
    for name in settings.publications.formats:
        if formats and name not in formats:
            remedy = nearest(name, formats, f"Choose from {listed(formats)}.")
            raise wrong("[publications] formats", f"there is no format {name!r}", remedy)
        beside = BESIDE.get(name, ())
        missing = listed(tuple(other for other in beside if other not in settings.publications.formats))
        if missing:
            what = f"{name!r} leads to files of {missing}, which are not made"
            raise wrong("[publications] formats", what, f"Add {missing}, or leave out {name!r}.")
        if name in NEEDS_ADDRESS and not settings.publications.address:
            raise wrong(
                "[publications] formats",
                f"{name!r} needs to know where the output folder is published",
                'Add address = "https://…/" there, or leave it out.',
            )
    address = settings.publications.address
    if not re.fullmatch(_ADDRESS, address):
        what = f"{address!r} is no web address of a folder"
        if "@" in address:
            what = "a name or a password stands in it, which the pages and the feed would tell everybody"
        raise wrong("[publications] address", what, "Give one such as https://clinic.example/listen/.")
    for where, tag in _languages(settings):
        if trouble := problem(tag):
            raise wrong(where, f"{tag!r} {trouble}", 'Give a tag by BCP 47, such as "en", "es-MX" or "pt-BR".')
    if not 0 <= settings.history.keep <= 1000:
        raise wrong("[history] keep", "it is not from 0 to 1000", "Give such a number.")
    places = {settings.content.resolve(), settings.output.resolve(), settings.cache.resolve()}
    nested = any(one != other and one.is_relative_to(other) for one in places for other in places)
    if not settings.publications.formats:
        raise wrong("[publications] formats", "it names none", "Name at least one, or leave the key out.")
    inside = settings.root.resolve().is_relative_to(settings.output.resolve())
    if len(places) < 3 or nested or settings.root.resolve() in places or inside:
        raise wrong(
            "[project] content, output, cache",
            "two of them are one folder, one is inside another, or the output holds the project",
            "Give each a folder of its own.",
        )
    own = {
        "[history] folder": settings.root / settings.history.folder,
        "[review] recordings": settings.recordings,
        "[review] log": settings.root / settings.review.log,
    }
    taken = {key: path.resolve() for key, path in own.items()}
    for key, kept in taken.items():
        others = {*places, *(path for name, path in taken.items() if name != key)}
        if any(kept.is_relative_to(place) for place in others) or settings.root.resolve().is_relative_to(kept):
            raise wrong(key, "it is inside another folder of the project", "Give it a place of its own.")


def _check_review(settings: Settings) -> None:
    if not 0 <= settings.review.warn_days <= 3650:
        raise wrong("[review] warn_days", "it is not from 0 to 3650", "Give such a number.")
    if settings.review.overdue not in OVERDUE:
        what = f"{settings.review.overdue!r} is no way to deal with it"
        raise wrong("[review] overdue", what, f"Give one of {listed(OVERDUE)}.")
    for name, page in settings.pages.items():
        for key in ("reviewed", "next_review"):
            written = getattr(page, key)
            try:
                date.fromisoformat(written or "2000-01-01")
            except ValueError:
                where = f"[pages.{name}] {key}"
                raise wrong(where, f"{written!r} is no day", "Give one such as 2026-11-30.") from None


def _check_store(store: StoreSettings) -> None:
    if store.mode not in MODES:
        raise wrong("[store] mode", f"{store.mode!r} is none", f"Give one of {listed(MODES)}.")
    if not re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", store.name):
        what = f"{store.name!r} has other signs than small letters, digits and hyphens between them"
        raise wrong("[store] name", what, 'Give one such as "city-clinic".')


def _check_server(section: str, said: StoreSettings | MirrorSettings) -> None:
    """What is said of an object store; keys are in the environment, and none may stand in an address."""
    scheme, slashes, rest = said.place.partition("://")
    if slashes and ("@" in rest or "?" in rest or not rest.partition("/")[0]):
        what = f"what stands behind {scheme}:// is no bucket and folder"
        raise wrong(f"[{section}] place", what, "Give such as s3://clinic/voices; keys are in the environment.")
    if not re.fullmatch(_ADDRESS, said.endpoint):
        what = "it is no web address of a server"
        raise wrong(f"[{section}] endpoint", what, "Give one such as https://s3.clinic.example, without keys.")
    if not 1 <= said.deadline <= 3600:
        raise wrong(f"[{section}] deadline", "it is not from 1 to 3600 seconds", "Give 180.")


def _check_phone(phone: Phone) -> None:
    if not phone.editions or not set(phone.editions) <= {"full", "short"}:
        raise wrong("[phone] editions", f"{list(phone.editions)} are none", 'Give ["full"], ["short"] or both.')
    if phone.voice not in {"clear", "page"}:
        raise wrong("[phone] voice", f"{phone.voice!r} is none", 'Give "clear" or "page".')
    if not -30 <= phone.level <= -18:
        raise wrong("[phone] level", "it is not from -30 to -18 dBov", "Give -22.")
    if not 15 <= phone.longest <= 300:
        raise wrong("[phone] longest", "it is not from 15 to 300 seconds", "Give 30.")
    if phone.notice and phone.notice_recording:
        raise wrong("[phone] notice", "there is a recording of it too", "Give one of the two.")


def _languages(settings: Settings) -> Iterator[tuple[str, str]]:
    """Every language tag, with the place where it stands."""
    if settings.project.language:
        yield "[project] language", settings.project.language
    yield from ((f"[voices] {tag}", tag) for tag in settings.voices)
    yield from ((f"[braille.tables] {tag}", tag) for tag in settings.braille.tables)
    for name, page in settings.pages.items():
        if page.language:
            yield f"[pages.{name}] language", page.language
