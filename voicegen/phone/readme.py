"""The README of a pack, in plain words for the person who looks after the telephone system."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from voicegen.phone.profiles import Profile
from voicegen.phone.published import Menu, PhonePage

STEPS = {
    "asterisk": """\
1. Copy the folders `sounds` and `moh` into Asterisk's data folder: /usr/share/asterisk on Debian and Ubuntu,
   /var/lib/asterisk elsewhere (`asterisk -rx "core show settings"` says "Data directory"). Under `sounds` it goes
   into the folder of your language, for example sounds/en/voicegen. The folders are of this version alone: calls
   go by an earlier pack until step 5, and then you may remove the folders of that.
2. Copy the files extensions_voicegen*.conf and musiconhold_voicegen_*.conf to /etc/asterisk.
3. At the end of /etc/asterisk/extensions.conf add:
       #include "extensions_voicegen_{each slug}.conf"
   and at the end of /etc/asterisk/musiconhold.conf:
       #include "musiconhold_voicegen_{each slug}.conf"
   (FreePBX: extensions_custom.conf and musiconhold_custom.conf.)
4. Give it a number to try, in a context that your telephones reach:
       exten => 4100,1,Goto(voicegen-{slug},s,1)
5. Reload:  asterisk -rx "dialplan reload"   and   asterisk -rx "moh reload"
6. Dial 4100, and press keys: 1 to 9 for topics, # for the next part, * for the menu.
7. To play it to callers on hold:  musicclass=voicegen-{slug}  in queues.conf (or
   Set(CHANNEL(musicclass)=voicegen-{slug}) before a call waits). Keys work in the number that you dial, not in
   music on hold; where they shall, make a pack for the profile asterisk-hold-keys instead.""",
    "asterisk-hold-keys": """\
This pack is for one page on one system: whoever waits in a queue or on hold presses keys and keeps the place in
the queue. The keys then belong to this page on the WHOLE system, whatever a caller waits for. For several pages
use the profile `asterisk`, where keys work in a number that is dialled.

1. Copy the folders `sounds` and `moh` into Asterisk's data folder: /usr/share/asterisk on Debian and Ubuntu,
   /var/lib/asterisk elsewhere (`asterisk -rx "core show settings"` says "Data directory"). Under `sounds` it goes
   into the folder of your language, for example sounds/en/voicegen. The folders are of this version alone: calls
   go by an earlier pack until step 5, and then you may remove the folders of that.
2. Copy the files extensions_voicegen_*.conf and musiconhold_voicegen_*.conf to /etc/asterisk.
3. At the end of /etc/asterisk/musiconhold.conf add:
       #include "musiconhold_voicegen_{slug}_keys.conf"
   (FreePBX: musiconhold_custom.conf.) For a number to dial as well, see the other two files.
4. In queues.conf, in your queue:  musicclass=voicegen-{slug}-keys  . The queue must have no line `context=`:
   a key would then take the caller out of the queue.
5. Reload:  asterisk -rx "moh reload"   and   asterisk -rx "queue reload all"
6. Try it: call the queue, wait for the menu, press keys. What a key leads to is played again and again until
   another key is pressed; * leads back to the menu and then plays everything.""",
    "freeswitch": """\
1. Copy the folders of `sounds` into FreeSWITCH's sounds folder (`fs_cli -x "global_getvar sounds_dir"` says where
   that is, often /usr/share/freeswitch/sounds). Those in `voicegen` are of this version alone: calls go by an
   earlier pack until step 5, and then you may remove the folders of that. What is in `voicegen_hold` may be
   playing under the same name: copy it with  cp -r --remove-destination  . Written over, it would go on amid a
   sentence of the earlier version with what the new one has at that second.
2. Copy the files of `dialplan` into the folder conf/dialplan (often /etc/freeswitch/dialplan).
3. Copy the <directory> element of autoload_configs/local_stream-voicegen-{slug}.xml into
   conf/autoload_configs/local_stream.conf.xml, before its last line (it includes no other files).
4. Give it a number to try. In conf/dialplan/default.xml, in the context "default", add:
       <extension name="voicegen-try"><condition field="destination_number" expression="^4100$">
         <action application="transfer" data="voicegen-{slug}-0 XML voicegen"/>
       </condition></extension>
5. Reload:  fs_cli -x reloadxml   and   fs_cli -x "reload mod_local_stream"
6. Dial 4100. To play it on hold:  hold_music=local_stream://voicegen-{slug} . Keys work in the number that you
   dial, not on hold; a caller on hold may come in anywhere, for all hear the same stream.""",
    "twilio": """\
1. Without keys: copy each page's folder to the web server whose address is in the files, and give the address of
   {slug}/hold.xml as the wait address of a queue or conference (documents are fetched by GET).
2. With keys: Twilio asks a program where a key leads; it is here, ready to use. In Twilio's console make a Service
   under Functions and Assets. Upload every .xml and .wav file as a public Asset under its path in this pack, for
   example /{slug}/menu.xml. For each file key.js add a public Function without the ending, for example
   /{slug}/key, and paste the file into it. Deploy. The Service's address must be the one in the files: if it is
   another, make the pack once more with --address.
3. Let a number's calls begin at {slug}/menu.xml, by GET.
   On another server, let {slug}/key answer as key.js does: to Digits 1 to 9 with a redirect to key-1.xml to
   key-9.xml, to # with one to the document that `next` names, to all else with one to menu.xml.""",
    "voicexml": """\
1. Copy each page's folder to the web server that your platform reads from.
2. Let a number's calls begin at {slug}/{slug}.vxml.""",
    "everything": """\
Every chapter is here in every kind that telephone systems take, each kind in a folder of its own. Look up in your
system's manual which one it takes; if you find nothing, begin with `wav-8-khz`.
  {slug}/wav-8-khz      WAV, PCM, 16 bit, 8 kHz, mono: most systems
  {slug}/wav-16-khz     WAV, PCM, 16 bit, 16 kHz, mono: systems with "HD" voice, cloud systems
  {slug}/wav-mu-law     WAV, mu-law, 8 kHz, mono: Amazon Connect, Mitel, VoiceXML
  {slug}/mu-law, a-law, g722   without a header: Asterisk and its kin
The folders that end in -whole have everything in one file, for systems that take one. Never put two kinds into one
folder of your system.""",
    "upload": """\
1. Open your system's page for hold music or greetings.
2. Upload {slug}-hold.wav, or all files {slug}-hold-1.wav, -2 and so on as one list, in this order.
3. Set the list to play in order, not shuffled, and to repeat.""",
}


def text(pages: Sequence[PhonePage], profile: Profile, menus: Sequence[Menu] = ()) -> str:
    """The whole README."""
    return "\n".join(_lines(pages, profile, menus)) + "\n"


def _lines(pages: Sequence[PhonePage], profile: Profile, menus: Sequence[Menu]) -> Iterator[str]:
    yield f"Health information for callers on hold, for {profile.name}"
    yield ""
    yield "What to do"
    yield "----------"
    for line in STEPS.get(profile.makes, STEPS["upload"]).split("\n"):
        slugs = [page.slug for page in pages] if "{each slug}" in line else [pages[0].slug]
        yield from (line.replace("{each slug}", slug).replace("{slug}", slug) for slug in slugs)
    yield from _menus(menus, profile)
    yield from _voice(pages)
    yield ""
    yield "Limits that were kept to"
    yield "------------------------"
    yield f"From: {profile.source} ({profile.date})."
    yield "Check them against your system's own documentation where they are from somebody else."
    for page in pages:
        yield ""
        yield from _page(page)
    yield ""
    yield "Is everything there? In this folder:  sha256sum -c SHA256SUMS"
    level = f"{pages[0].level_dbov:g} dBov"
    yield f"Speech is at {level} (ITU-T P.56), in the telephone's band, with no peak over -3 dBFS; if your"
    yield "other messages are louder or softer, change [phone] level in voicegen.toml and build again."


MENUS = {
    "asterisk": """\
#include "extensions_voicegen-menus.conf" as well, and give the menu a number to try:
    exten => 4400,1,Goto(voicegen_menu,s,1)""",
    "freeswitch": """\
Copy the folder sounds/voicegen_menus-* and dialplan/voicegen_menus.xml as well. To try it:
    transfer  voicegen_menu XML voicegen""",
    "twilio": """\
Upload the folders below _menus in the same way, and let calls begin at _menus/menu/menu.xml.""",
    "voicexml": "Let calls begin at _menus/menu.vxml.",
}
"""What is to be done for the menu over all pages."""


def _menus(menus: Sequence[Menu], profile: Profile) -> Iterator[str]:
    if not menus:
        return
    yield ""
    yield "The menu over all pages"
    yield "-----------------------"
    yield MENUS[profile.makes]
    for menu in menus:
        yield f"{menu.slug} ({menu.lang})"
        for key, choice in menu.choices.items():
            what = choice.slug if isinstance(choice, Menu) else f"{choice.slug}: {_plain(choice.title)}"
            yield f"  key {key}  {what}"


def _voice(pages: Sequence[PhonePage]) -> Iterator[str]:
    """What was measured of the voice (docs/why/intelligibility.md), where another would be understood better."""
    spoken = [page for page in pages if page.voice.startswith("espeak") and page.lang.lower().startswith("en")]
    if spoken:
        yield ""
        yield "A voice that is easier to understand"
        yield "------------------------------------"
        yield f"The English messages are spoken by {spoken[0].voice}."
        yield "On a telephone, a speech recogniser got 52 of 100 words wrong with espeak-ng's variant klatt, 64"
        yield "with espeak-ng as it is, and 3 with flite's voice cmu_us_rms, which speaks American English. It"
        yield "finds robots harder than people do: what counts is the order."
        yield "If flite can be installed where the messages are made, write into voicegen.toml"
        yield from ("    [voice]", '    engine = "flite"', "    [voices]", '    en = "cmu_us_rms"')
        yield "or, where it can't, for the variant klatt, which is a little softer,"
        yield from ("    [phone]", '    voice = "clear"')
        yield "and build and pack again."


def _page(page: PhonePage) -> Iterator[str]:
    title = _plain(page.title)
    yield title
    yield "-" * min(len(title), 70)
    total = sum(chapter.seconds for chapter in page.topics)
    reviewed = f", reviewed {_plain(page.reviewed)}" if page.reviewed else ""
    own = f", and in {page.own_recordings} sentences by your own people" if page.own_recordings else ""
    publisher = _plain(page.publisher) or "an unnamed publisher"
    yield f"From {publisher}{reviewed}; spoken by {_plain(page.voice)}{own}."
    yield f"Licence of the voice: {_plain(page.licence)}."
    yield f"{len(page.topics)} chapters, {total / 60:.1f} minutes. General information, not advice for one caller."
    for chapter in page.chapters:
        key = f"key {chapter.key}" if chapter.key else "runs on"
        yield f"  {chapter.slug:40} {chapter.seconds:5.1f} s  {key}"


def _plain(words: str) -> str:
    """The words on one line, without anything that could steer a terminal."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in words).split())
