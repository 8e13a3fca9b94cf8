"""Menus that a copy of a whole page takes along: blocks of short lines, some of which only menus hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicegen.model.document import Reason
from voicegen.sources.leavings import Leavings
from voicegen.sources.lines import Unit
from voicegen.sources.phrases import WARNING, reason_of_block

_FEWEST_LINES = 4
_FEWEST_SIGNS = 2
_LONGEST_LINE = 40
_ENTRY = re.compile(
    r"(?:about(?: us)?|contact(?: us)?|our "
    r"(?:team|doctors|services|clinic)|services|news(?:room)?|blog|careers|jobs|faqs?"
    r"|log ?in|sign in|register|appointments?|locations?|patients?|find a "
    r"doctor|departments|gallery|testimonials|donate"
    r"|à propos|nous contacter|contact|actualités|quiénes somos|contacto|servicios|noticias|über "
    r"uns|kontakt|leistungen"
    r"|aktuelles|team|karriere|chi siamo|contatti|servizi|sobre nós|contato|serviços|over "
    r"ons|nieuws|о нас|контакты|услуги"
    r"|हमारे बारे में|संपर्क|من نحن|اتصل بنا|お知らせ|アクセス|医院概要|关于我们|联系我们)",
    re.I,
)


def without_menus(units: list[Unit], leavings: Leavings) -> list[Unit]:
    """The units without the blocks of lines that are menus."""
    kept: list[Unit] = []
    for block in _blocks(units):
        if _is_menu(block):
            for unit in block:
                leavings.add(unit.text, Reason.NAVIGATION, f"line {unit.line}")
        else:
            kept.extend(block)
    return kept


def _blocks(units: list[Unit]) -> Iterator[list[Unit]]:
    """Units with no empty line between them."""
    block: list[Unit] = []
    for unit in units:
        if unit.blank_before and block:
            yield block
            block = []
        block.append(unit)
    if block:
        yield block


def _is_menu(block: list[Unit]) -> bool:
    short = all(len(unit.text) <= _LONGEST_LINE and not unit.is_sentence for unit in block)
    if len(block) < _FEWEST_LINES or not short:
        return False
    signs = sum(bool(_ENTRY.fullmatch(unit.text) or reason_of_block(unit.text)) for unit in block)
    return signs >= _FEWEST_SIGNS and not any(WARNING.search(unit.text) for unit in block)
