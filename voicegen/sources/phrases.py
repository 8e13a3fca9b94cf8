"""What sites, not their authors, write on pages: short texts that give furniture away where markup does not.

A phrase must be the whole of a short block, so that a sentence of the text that happens to use its words is never
taken for furniture. Each line holds the phrases of one language, parted by bars, in regular expression syntax.
"""

from __future__ import annotations

import re

from voicegen.model.document import Reason
from voicegen.sources.asides import is_about_the_page
from voicegen.speech.patterns import lazy

_BLOCKS: dict[Reason, str] = {
    Reason.NAVIGATION: r"""
        xx: (home|accueil|inicio|startseite|início|होम|ホーム|главная|الرئيسية)\s*[>›»→/|].{0,200}
        en: skip to (the )?(main )?content | (main |site |mobile )?menu | home | previous | breadcrumbs?
        en: ((go |return )?back )?to (the )?(top|home ?page|overview) | back to home | on this page | contents
        en: in this (article|section|guide) | table of contents | page contents | jump to | you are here
        fr: aller au contenu( principal)? | retour (en haut|à l'accueil) | accueil | sommaire
        es: (saltar|ir) al contenido( principal)? | volver (al inicio|arriba) | inicio | en esta página
        de: zum (haupt)?inhalt( springen)? | zurück( zur (startseite|übersicht))? | startseite | nach oben
        de: inhaltsverzeichnis
        it: (vai|salta) al contenuto( principale)? | torna (su|all'inizio) | in questa pagina
        pt: ir para o conteúdo( principal)? | voltar ao (início|topo) | nesta página
        nl: (ga )?naar (de )?inhoud | naar boven | op deze pagina
        ar: العودة إلى الصفحة الرئيسية | الرئيسية | الانتقال إلى المحتوى
        hi: होम | मुख्य सामग्री पर जाएं
        ja: ホーム | トップ(ページ)?(へ戻る)? | 目次 | ページトップへ
        zh: 首页 | 返回(顶部|首页) | 目录
        ru: на главную | главная | наверх | содержание
    """,
    Reason.WIDGET: r"""
        en: accessibility( tools?| menu| options)?
        en: (open|show|close|toggle)( the)? (accessibility )?(toolbar|tools|menu)
        en: toggle navigation | print( this)?( page| article)? | listen( to (this )?(page|article))?
        en: read aloud
        en: ((in|de)crease|reset) (text|font)( size)? | (text|font) size | grayscale | (high|negative) contrast
        en: light background | links underline | readable font | (show|load|see|read|view) (more|less|all)
        en: (show|hide|open|close|expand|collapse) (all|less|more)( (sections|steps|answers|questions|panels))?
        en: learn more
        en: close | search | scroll( down)? | \(?(opens|open) in (a )?new (window|tab)\)?
        en: please enable javascript.*
        en: you must have javascript enabled.*
        fr: imprimer | lire la suite | (en savoir|voir|lire) plus | agrandir le texte | fermer | rechercher
        fr: accessibilité | \(?nouvelle fenêtre\)? | tout (afficher|masquer|ouvrir|fermer|déplier|replier)
        es: (mostrar|ocultar|abrir|cerrar|ver) tod[oa]s?
        es: herramientas de accesibilidad | accesibilidad | imprimir | (leer|ver|saber) más | cerrar | buscar
        de: drucken | mehr (lesen|erfahren|anzeigen) | weiterlesen | barrierefreiheit | vorlesen | schließen
        de: suchen? | alle(s)? (öffnen|schließen|schliessen|anzeigen|aufklappen|zuklappen|ausklappen|einblenden)
        it: stampa | leggi (tutto|di più) | scopri di più | chiudi | cerca
        pt: ferramentas de acessibilidade | (leia|saiba) mais | fechar | buscar | imprimir
        nl: lees (meer|verder) | afdrukken | sluiten | zoeken
        ar: اقرأ المزيد | طباعة | إغلاق | بحث
        hi: और पढ़ें | सुनें | खोजें
        ja: 続きを読む | もっと(見る|詳しく) | 閉じる | 検索 | 印刷
        zh: (阅读)?更多 | 打印 | 关闭 | 搜索
        ru: читать далее | подробнее | печать | закрыть | поиск
    """,
    Reason.SHARE: r"""
        en: share( this)?( page| article| post)?( on| via| with)?.{0,20} | follow us( on)?.{0,30} | tweet
        en: pin it
        en: e?-?mail this.{0,20}
        fr: partager( (cet article|la page|sur.{0,20}))? | suivez-nous.{0,30}
        es: compart(ir|e|a)( (en|este artículo).{0,20})? | síguenos.{0,30}
        de: (seite |beitrag |artikel )?teilen | folgen sie uns.{0,30}
        it: condividi( su.{0,20})? | seguici.{0,30}
        pt: (com)?partilhar.{0,20} | compartilhar.{0,20} | siga-nos.{0,30}
        nl: (pagina )?delen | volg ons.{0,30}
        ar: شارك | مشاركة | تابعنا.{0,30}
        hi: शेयर करें | साझा करें
        ja: シェア(する)? | フォロー
        zh: 分享 | 关注我们
        ru: поделиться | подписывайтесь.{0,30}
    """,
    Reason.COOKIES: r"""
        en: (we|this (web)?site) uses? cookies.{0,300} | (accept|reject|decline)( all)?( cookies)?
        en: cookie (settings|policy|notice) | manage (cookies|preferences)
        fr: ce site utilise des cookies.{0,300} | tout (accepter|refuser) | gestion des cookies
        es: est[ea] (sitio|página)( web)? (utiliza|usa) cookies.{0,300} | (aceptar|rechazar)( todas)?
        de: diese (web)?seite (verwendet|nutzt) cookies.{0,300} | alle akzeptieren | cookie-einstellungen
        it: questo sito utilizza (i )?cookie.{0,300} | accetta tutti
        pt: este site (utiliza|usa) cookies.{0,300} | aceitar todos
        nl: deze (web)?site gebruikt cookies.{0,300} | alles accepteren
    """,
    Reason.LEGAL: r"""
        en: privacy( policy| notice| statement)? | terms( (of (use|service)|(and|&) conditions))? | imprint
        fr: mentions légales | (politique de )?confidentialité
        es: aviso legal | política de privacidad
        de: impressum | datenschutz(erklärung)?
        it: note legali | informativa (sulla )?privacy
        pt: aviso legal | política de privacidade
        nl: privacy(verklaring|beleid)?
        ja: プライバシーポリシー
        ar: سياسة الخصوصية
        ru: политика конфиденциальности
    """,
    Reason.FORM: r"""
        en: leave this field blank | your (full )?(name|e-?mail)( address)? | subscribe( now)?
        en: sign up( now)? | submit
        en: (was|did you find|is) (this|the) (page|article|information|content)( \w+)? (helpful|useful).{0,20}
        en: rate this (page|article)
        en: (book|make|request|schedule)( an?| your)? (appointment|consultation|visit)( \w+)?
        en: book (now|online) | thank you!? your (submission|message) has been (received|sent)!?
        en: oops! something went wrong while submitting the form
        fr: (prendre|prenez) rendez-vous( en ligne)? | s'abonner | envoyer
        es: (pedir|agendar|reservar?|solicit(ar|e)|pida|agenda)( una?| su| tu)? (cita|consulta).{0,20}
        es: suscríbete | enviar
        de: termin (buchen|vereinbaren|anfragen) | jetzt buchen | absenden | abonnieren
        it: prenota( (una visita|ora|un appuntamento))? | iscriviti | invia
        pt: (agendar|marcar|agende|marque)( uma| sua)? consulta | enviar
        nl: (maak een )?afspraak( maken)? | versturen
        ar: احجز( موعد(ك|ا)?)?.{0,20} | أرسل
        hi: अपॉइंटमेंट बुक करें
        ja: (ご)?予約(する|はこちら)? | 送信
        zh: (立即|在线)?预约 | 提交
        ru: записаться( на при[её]м)? | отправить
    """,
    Reason.ADVERT: r"""
        xx: advertisement | sponsored( content)? | publicité | publicidad(e)? | anzeige | werbung | pubblicità
        xx: advertentie | реклама | 広告 | 广告 | إعلان
    """,
}

_SECTIONS: dict[Reason, str] = {
    Reason.RELATED: r"""
        en: related( (articles?|posts?|pages?|topics?|content|links?|conditions?|reading|stories))?
        en: related (services?|resources?)
        en: related (information|treatments?|procedures?) | you (may|might) also (like|be interested in).{0,20}
        en: people also (read|viewed) | recommended( (for you|reading|articles?))? | see also
        en: (keep|continue) reading
        en: (recent|latest|popular|featured|more|other) (posts?|articles?|news|stories|pages?|blogs?|from .{2,30})
        en: (read|up) (next|also|more) | further reading | next (article|post)
        fr: articles? (similaires|liés|récents|associés) | (à )?(lire|voir) aussi | sur le même (sujet|thème)
        es: artículos (relacionados|recientes) | (también )?te puede interesar | entradas recientes
        es: (ver|lea) también
        de: (ähnliche|verwandte|weitere|passende|aktuelle) (artikel|beiträge|themen|inhalte) | auch interessant
        de: das könnte (sie|dich) (auch )?interessieren | lesen sie auch | mehr zum thema
        it: articoli (correlati|recenti) | (leggi|vedi) anche | potrebbe interessarti( anche)?
        pt: artigos (relacionados|recentes) | (leia|veja) também
        nl: gerelateerde (artikelen|berichten) | lees ook
        ar: مقالات ذات صلة | اقرأ أيض[اً]+ | مواضيع ذات صلة
        hi: संबंधित (लेख|पोस्ट) | यह भी पढ़ें
        ja: 関連(記事|ページ|リンク) | おすすめ記事 | 最新記事
        zh: 相关(文章|阅读|链接) | 推荐阅读
        ru: похожие (статьи|записи) | читайте также
    """,
    Reason.COMMENTS: r"""
        en: (\d+ )?(comments?|responses?|replies)( \(\d+\))? | (leave|post|add) a (reply|comment)
        en: reader comments
        fr: (laisser un )?commentaires? | es: (deja|escribe)( un)? comentario | comentarios?
        de: (schreibe? einen |hinterlasse einen )?kommentare? | it: (lascia un )?comment[oi] | nl: reacties?
        xx: コメント(を残す)? | 评论 | комментарии | التعليقات | اترك تعليق.{0,10}
    """,
    Reason.SHARE: r"""
        en: share( this.{0,20})? | follow us.{0,20} | stay (connected|in touch) | connect with us
        xx: partager.{0,20} | suivez-nous.{0,20} | compart(ir|e).{0,20} | síguenos.{0,20}
        xx: folgen sie uns.{0,20}
        xx: condividi.{0,20} | seguici.{0,20}
    """,
    Reason.FORM: r"""
        en: (subscribe|sign up)( (to|for) .{0,40})? | newsletter.{0,20} | (send us|leave) a message
        en: request (an? )?(appointment|call ?back|consultation)
        en: book (an? )?(appointment|consultation).{0,20} | search
        en: (was|did you find|is) (this|the) (page|article|information|content)( \w+)? (helpful|useful).{0,20}
        xx: inscrivez-vous.{0,30} | suscríb(ete|ase).{0,30} | kontaktformular | newsletter-anmeldung
    """,
    Reason.CONTACT: r"""
        en: contact( us| details| information)? | get in touch | (opening|office|business|clinic) hours
        en: (our )?(locations?|offices?)
        en: (find|visit) us | where to find us | our address
        fr: (nous )?contact(ez-nous)? | horaires( d'ouverture)?
        es: contáct(o|anos|enos) | horario(s)?( de atención)? | dónde estamos
        de: kontakt | öffnungszeiten | sprechzeiten | anfahrt
        it: contatti | orari | dove siamo
        pt: contatos? | fale conosco | horário de funcionamento
        nl: contact(gegevens)? | openingstijden
        xx: اتصل بنا | تواصل معنا | संपर्क( करें)? | アクセス | お問い合わせ | 联系我们 | контакты
    """,
    Reason.NAVIGATION: r"""
        en: on this page | in this (article|section|guide) | (table of )?contents | page contents
        en: quick links | site ?map
        xx: sommaire | índice | inhalt(sverzeichnis)? | indice | inhoud(sopgave)? | 目次 | 目录 | содержание
        xx: المحتويات
        xx: विषय सूची
    """,
    Reason.METADATA: r"""
        en: about the (author|reviewer)s? | medically reviewed by | written by | article (sources|history)
        xx: à propos de l'auteur | sobre el autor | über den autor | sull'autore | sobre o autor
    """,
}

_SIGNS = re.compile(
    r"(?<!\w)©|\(c\) ?\d{4}|\bcopyright\b.{0,20}\d{4}|all rights reserved|tous droits réservés"
    r"|todos los derechos reservados"
    r"|alle rechte vorbehalten|tutti i diritti riservati|todos os direitos reservados|alle rechten voorbehouden"
    r"|جميع الحقوق محفوظة|सर्वाधिकार सुरक्षित|版权所有|無断転載|все права защищены"
    r"|\bregistered (?:charity|office|company|in england)\b|\bcharity (?:number|no\.?)\b"
    r"|\bvat (?:number|reg|no)\b",
    re.I,
)
"""What only a notice of the site's rights and registration says."""
_LONGEST_NOTICE = 400

WARNING = lazy(
    r"\b(?:emergenc(?:y|ies)|red flags?|warning signs?|call (?:911|999|112|000|108|an ambulance)"
    r"|life[- ]threatening|seek (?:immediate|urgent|emergency|medical)|urgent(?:ly)?|urgences?"
    r"|go to (?:the )?(?:er|a&e|emergency)"
    r"|signes? d'alerte|appelez le (?:15|112)|urgencias?|emergencias?|señales de (?:alarma|alerta)"
    r"|llame al (?:911|112)|notfall|notruf|warnzeichen|emergenza|pronto soccorso|chiam(?:a|are|i) il (?:112|118)"
    r"|emergência|sinais de alerta|ligue (?:para o )?(?:192|112)|spoed(?:eisend)?|bel 112)\b"
    r"|طوارئ|إسعاف|आपातकाल|गंभीर|एम्बुलेंस|खतरे के"
    r"|救急|緊急|紧急|急救|急诊|скор(?:ая|ую) помощь|неотложн",
    re.I,
)
"""Words of a warning: a block that holds them is never dropped for its class or its words."""

_HASTE = (
    r"at once|immediately|straight ?away|right away|sofort|umgehend|unverzüglich|immédiatement|tout de suite"
    r"|sans attendre|inmediatamente|de inmediato|enseguida|subito|immediatamente|imediatamente|de imediato"
    r"|meteen|onmiddellijk"
)
_AT_ONCE = rf"{_HASTE}|now|gleich|bitte|sie|vite|ya|já|direct"
"""What stands between the word for calling and the number."""
CALL = re.compile(
    r"\b(?:call|dial|ring|phone|appele[rz]|composez|llam[ea]r?|marque|ligue|chiam(?:a|ate|are|i)|bel|notruf"
    r"|rufen|rufe?t?|wählen|wählt|wähle|anrufen)"
    rf"(?:,? (?:{_AT_ONCE}|le|the|al|el|a|para|o|il|lo|den|die|das|notruf|samu|número|numéro|nummer"
    r"|number|rettungsdienst))"
    r"{0,5}[ \u00a0](?:911|999|112|000|108|15|061|192|118|144|1-?1-?2)(?![\d.,:]?\d|[ \u00a0]\d|[ \u00a0]?%)"
    r"|\bnotruf:? ?(?:112|144)\b|\b(?:unter|die|den) (?:112|144) (?:an)?rufen\b",
    re.I,
)
"""What to do in an emergency: it is read though it stands on a button."""

_UNITS = (
    r"mg|mcg|µg|μg|ng|g|kg|ml|cl|dl|l|iu|ui|ie|u|mmol|mmhg|%|micrograms?|milligrams?|grams?"
    r"|millilit(?:re|er)s?|units?|tablets?|capsules?|caplets?|puffs?|drops?|spoons?|sachets?|tabletten?|tropfen|comprim\w+"
    r"|gélules?|gouttes?|gotas?|cápsulas?|pastillas?|unidad\w*|compress\w+|gocce|мг|мл|мкг|ملغ|مل|मिग्रा|मिली|毫克|毫升|片"
)
DOSE = re.compile(
    rf"\d[ \u00a0]?(?:{_UNITS})(?![^\W\d_])"
    r"|\b(?:times|veces|mal|fois|volte|vezes) (?:a|per|al|am|par|por|ao) \w",
    re.I,
)
"""A measure or a number of doses: a block that holds one is never dropped for its words."""
_AMOUNT_ENDS = lazy(rf"\d[ \u00a0]?(?:{_UNITS})\Z", re.I)
_LONGEST_AMOUNT = 20
"""Characters of a digit and its unit."""


def ends_with_amount(text: str) -> bool:
    """Whether a text ends with a number and its unit: a number right behind it begins another amount."""
    return _AMOUNT_ENDS.search(text[-_LONGEST_AMOUNT:]) is not None


_TRIM = " \t\n\u00a0.:;!?…»«>‹›<|→←↑↓·•\u200f\u200e＞：。"


def _compiled(table: dict[Reason, str]) -> list[tuple[Reason, re.Pattern[str]]]:
    compiled = []
    for reason, text in table.items():
        lines = [line.split(": ", 1)[1] for line in text.strip().split("\n")]
        phrases = [phrase.strip() for line in lines for phrase in re.split(r" \| (?:[a-z]{2}: )?", line)]
        compiled.append((reason, re.compile("|".join(f"(?:{phrase})" for phrase in phrases), re.I | re.S)))
    return compiled


_BLOCK, _SECTION = _compiled(_BLOCKS), _compiled(_SECTIONS)


def reason_of_block(text: str) -> Reason | None:
    """Why a short block with exactly this text is furniture, or None where it is not known to be."""
    if len(text) > _LONGEST_NOTICE:
        return None
    bare = text.strip(_TRIM)
    reason = next((reason for reason, pattern in _BLOCK if pattern.fullmatch(bare)), None)
    if reason or DOSE.search(text):
        return reason
    if is_about_the_page(bare):
        return Reason.METADATA
    return Reason.LEGAL if _SIGNS.search(text) and not WARNING.search(text) else None


_WITHOUT_DELAY = lazy(
    rf"\b(?:{_HASTE}|without delay|sin demora|natychmiast|hemen|derhal)\b"
    r"|немедленно|сразу|فور[ًا]|तुरंत|すぐに?|立即|立刻",
    re.I,
)
_IF = lazy(
    r"\b(?:if|when|wenn|falls|bei|si|en cas|cuando|se|quando|als|wanneer|jeśli|gdy|eğer)\b"
    r"|если|при|إذا|यदि|अगर|場合|如果",
    re.I,
)
_FORBIDS = lazy(
    r"(?:^|[.!?:]\s+)(?:(?:do not|don['’]t|never)\s(?!miss|wait|hesitate|forget|sell|share)[a-z]+"
    r"|(?:stop|avoid)\s(?:taking|using|driving|drinking|eating|all|any|the)\b"
    r"|(?:ne\s|n['’])\w+(?:[- ]\w+)?\s(?:pas|jamais)\b|no\s(?:tome|use|deje|conduzca|beba|coma|debe)\b"
    r"|(?:nehmen|trinken|fahren|essen|verwenden|nicht|niemals?|keine?n?)\b[^.!?]*\b(?:nicht|niemals?|keine?n?)\b"
    r"|non\s(?:prend|us|guid|bev|mang|smett|interromp)\w+|não\s(?:tom|us|pare|conduz|beb|com|dev)\w*"
    r"|(?:gebruik|neem|stop|rijd|drink)\b[^.!?]*\b(?:niet|nooit|geen)\b)",
    re.I,
)


def tells_what_to_do(text: str) -> bool:
    """Whether a text says what to do at once if something happens, or what not to do: no class takes that away.

    Danger: a site that draws "If your stools are black, phone us straight away" as its advertisements are drawn.
    """
    return bool((_WITHOUT_DELAY.search(text) and _IF.search(text)) or _FORBIDS.search(text))


def speaks_of_cookies(text: str) -> bool:
    """Whether a text names the cookies of browsers."""
    return bool(_COOKIES.search(text))


_COOKIES = re.compile(r"\bcookies?\b|クッキー|쿠키|файл\w* куки|ملفات تعريف الارتباط|कुकी", re.I)


def reason_of_section(heading: str) -> Reason | None:
    """Why a section with exactly this heading is likely furniture, if what stands in it agrees."""
    bare = heading.strip(_TRIM)
    return next((reason for reason, pattern in _SECTION if pattern.fullmatch(bare)), None)
