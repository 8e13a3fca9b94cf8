"""Lines that sites put between the text: ways to other pages, words of controls, dates of review."""

from __future__ import annotations

import re

from voicegen.speech.patterns import lazy

_CONTROL_WORDS = lazy(
    r"(?:show|hide|open|close|expand|collapse|toggle|anzeigen|einblenden|ausblenden|öffnen|schlie(?:ß|ss)en"
    r"|aufklappen|zuklappen|afficher|masquer|ouvrir|fermer|déplier|replier|mostrar|ocultar|abrir|cerrar|fechar"
    r"|expandir|contraer|recolher|mostra|nascondi|apri|chiudi|espandi|toon|tonen|verbergen|openen|sluiten|\+|-|−|–"
    r"|開く|閉じる|展开|收起|открыть|закрыть|показать|скрыть)(?: this section| section)?",
    re.I,
)
"""What the sign beside a heading that opens and closes a panel says."""

_LINK_STARTS = re.compile(
    r"(?:read|find out|learn|see|get) (?:more|also)\b|more (?:about|on)\b|see also\b|mehr (?:über|zu[mr]?)\b"
    r"|lesen sie (?:mehr|auch)\b|(?:en savoir|lire) plus\b|à lire aussi\b"
    r"|(?:más|mais) (?:información |informações )?sobre\b"
    r"|(?:leer|ver|saber|leia|saiba|veja) (?:más|mais|también|também)\b|(?:leggi|scopri) (?:di più|anche)\b"
    r"|lees (?:meer|ook)\b|meer over\b",
    re.I,
)
"""How a link that stands alone says that it leads away."""

_ANNOUNCES_LINKS = lazy(
    r"(?:find out|learn|read) more(?: (?:about|on) .{1,60})?|(?:for )?(?:more|further) information"
    r"|(?:useful|helpful|other|external|related) (?:links|resources|pages|websites)"
    r"|mehr (?:dazu|lesen|informationen)|weitere informationen|weiterführende links"
    r"|en savoir plus|plus d'informations|liens utiles"
    r"|(?:más información|enlaces (?:útiles|de interés))|(?:mais informações|links úteis)"
    r"|(?:per saperne di più|link utili)|(?:meer informatie|lees meer)",
    re.I,
)
"""Lines above a list of nothing but links."""

_YEAR = r"\s*:?.{0,30}\b(?:19|20)\d\d"
_ABOUT_THE_PAGE = lazy(
    r"(?:(?:page|content|article|information) )?(?:last|next|medically|clinically) (?:medically |clinically )?"
    r"(?:review(?:ed)?|updated|modified|checked|changed|edited)(?: due)?"
    r"(?:(?:\s*[:–-]|\s+(?:on|by|in|at)\b|\s+\d|\s+[a-z]+ \d).{0,70})?"
    rf"|(?:page |content )?(?:reviewed|updated|published|posted)(?: on)?{_YEAR}"
    rf"|(?:date of (?:last )?)?review(?: date)?{_YEAR}"
    r"|(?:zuletzt|letzte|nächste) (?:aktualisier|geprüft|überarbeit|änderung|überprüfung|bearbeit|geänder).{0,80}"
    rf"|(?:stand|aktualisiert|geprüft|veröffentlicht)(?: am)?{_YEAR}"
    rf"|(?:dernière |prochaine )?(?:mise à jour|révision|modification)(?: le)?{_YEAR}"
    rf"|(?:mis à jour|révisé|publié|relu) le\b{_YEAR}"
    r"|(?:última |próxima |ultimo |ultima |prossima )?"
    rf"(?:actualización|revisión|atualização|revisão|aggiornamento|revisione){_YEAR}"
    rf"|(?:actualizado|revisado|atualizado|aggiornato|publicado|pubblicato)(?: el| em| il)?{_YEAR}"
    r"|(?:laatst|voor het laatst) (?:bijgewerkt|gewijzigd|herzien|gecontroleerd)\b.{0,60}"
    r"|(?:最終)?(?:更新日|公開日)[:：]?.{0,30}|更新(?:时间|日期)[:：]?.{0,30}"
    r"|(?:обновлено|дата обновления)\s*:?.{0,40}",
    re.I,
)
"""A short line that says when, or by whom, the page was written or reviewed."""
_LONGEST_ABOUT = 100

_TRIM = " \t\n\u00a0.:;!?…»«>‹›<|→←↑↓·•"


def leads_away(link: str) -> bool:
    """Whether a link that stands alone as a paragraph says that it leads to another page."""
    return bool(_LINK_STARTS.match(link.strip(_TRIM)))


def announces_links(line: str) -> bool:
    """Whether a line, if nothing but links follows it, announces ways to other pages."""
    return bool(_ANNOUNCES_LINKS.fullmatch(line.strip(_TRIM)))


def is_control_word(text: str) -> bool:
    """Whether a text only says that a click opens or closes what it stands beside."""
    return bool(_CONTROL_WORDS.fullmatch(text.strip()))


def is_about_the_page(line: str) -> bool:
    """Whether a short line says when, or by whom, the page was written or reviewed."""
    return len(line) <= _LONGEST_ABOUT and bool(_ABOUT_THE_PAGE.fullmatch(line))
