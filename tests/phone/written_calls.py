"""Calls in the written files of systems that can't run here, by the documented meaning of what stands in them.

Each kind of call plays files until it waits for a key: `played` holds their paths in the pack since then. `press`
presses a key, `wait` lets the time for it pass. What is not documented, or not in the pack, is an AssertionError.
"""

from __future__ import annotations

import json
import posixpath
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from functools import cache
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

Files = Mapping[str, bytes]
KEYS = "0123456789*#"
LONGEST = 20
"""Steps without anything heard after which a call is said to go in circles."""


class TwilioCall:
    """TwiML: Gather, Play and Redirect of the vendor's reference; the Function `key` is run by Node."""

    def __init__(self, files: Files, address: str, start: str) -> None:
        self._files, self._address = files, address
        self.played: list[str] = []
        self._go(urljoin(address, start))

    def press(self, key: str) -> None:
        action = urlsplit(self._gather.attrib["action"])
        (next_,) = parse_qs(action.query)["next"]
        here = action._replace(query="").geturl()
        assert self._path(here) + ".js" in self._files
        method, to = answers(self._files[self._path(here) + ".js"])[key, next_]
        assert method == "GET", "a static file can't be posted to"
        self._go(urljoin(here, to))

    def wait(self) -> None:
        """The Gather ends without input: what stands after it is carried out."""
        self._verbs(self._after)

    def _go(self, url: str) -> None:
        self.played = []
        self._verbs(list(ET.fromstring(self._files[self._path(url)])))

    def _verbs(self, verbs: list[ET.Element]) -> None:
        for number, verb in enumerate(verbs):
            match verb.tag:
                case "Play":
                    self._play(verb)
                case "Redirect":
                    assert verb.attrib["method"] == "GET", "a static file can't be posted to"
                    return self._go(verb.text or "")
                case "Gather":
                    for inner in verb:
                        self._play(inner)
                    self._gather, self._after = verb, verbs[number + 1 :]
                    return None
        raise AssertionError("the call would end")

    def _play(self, verb: ET.Element) -> None:
        path = self._path(verb.text or "")
        assert path in self._files, path
        self.played.append(path)

    def _path(self, url: str) -> str:
        assert url.startswith(self._address), url
        return url[len(self._address) :]


@cache
def answers(function: bytes) -> dict[tuple[str, str], tuple[str, str]]:
    """For each key and `next`, method and address of the redirect that the Function gives."""
    nexts = ["menu", *(f"chapter-{number}" for number in range(1, 100)), "../evil", ""]
    asked = [[key, next_] for key in (*KEYS, "", "12", "x") for next_ in nexts]
    program = """
      const redirects = [];
      global.Twilio = { twiml: { VoiceResponse: class {
        redirect(attributes, to) { this.answer = [attributes.method, to]; } } } };
      const module_ = { exports: {} };
      new Function("exports", "module", process.argv[1])(module_.exports, module_);
      for (const [Digits, next] of JSON.parse(process.argv[2]))
        module_.exports.handler({}, { Digits, next }, (error, made) => redirects.push(made.answer));
      console.log(JSON.stringify(redirects));
    """
    node = shutil.which("node")
    assert node, "Node is not here: it runs the Function"
    done = subprocess.run(
        [node, "-e", program, "--", function.decode(), json.dumps(asked)],
        capture_output=True,
        check=True,
        timeout=60,
    )
    return {(key, next_): tuple(made) for (key, next_), made in zip(asked, json.loads(done.stdout), strict=True)}


class VoiceXmlCall:
    """VoiceXML 2.1: menus with keys that barge in (2.2), noinput and nomatch (5.2), transitions (5.3.7)."""

    NAMESPACE = "{http://www.w3.org/2001/vxml}"

    def __init__(self, files: Files, start: str) -> None:
        self._files = files
        self.played: list[str] = []
        self._go(start)

    def press(self, key: str) -> None:
        properties = {
            one.attrib["name"]: one.attrib["value"] for one in self._document.iter(self._name("property"))
        }
        assert properties["termchar"] != key, "the key would end the input, and be no choice"
        choices = [one for one in self._menu.iter(self._name("choice")) if one.attrib["dtmf"] == key]
        assert len(choices) < 2, "two choices have one key"
        self._go(choices[0].attrib["next"]) if choices else self._event("nomatch")

    def wait(self) -> None:
        self._event("noinput")

    def _event(self, name: str) -> None:
        (handler,) = self._menu.iter(self._name(name))
        self._go(handler[0].attrib["next"])

    def _go(self, to: str) -> None:
        path, name = urldefrag(to)
        if path:
            self._path = posixpath.normpath(posixpath.join(posixpath.dirname(getattr(self, "_path", "")), path))
            self._document = ET.fromstring(self._files[self._path])
        menus = list(self._document.iter(self._name("menu")))
        (self._menu,) = [menu for menu in menus if menu.attrib["id"] == name] if name else menus[:1]
        sounds = [one.attrib["src"] for one in self._menu.iter(self._name("audio"))]
        self.played = [posixpath.normpath(posixpath.join(posixpath.dirname(self._path), one)) for one in sounds]
        assert set(self.played) <= set(self._files), self.played

    def _name(self, tag: str) -> str:
        return self.NAMESPACE + tag


class FreeSwitchCall:
    """A dialplan of FreeSWITCH: the first extension whose condition matches is carried out (mod_dialplan_xml).

    play_and_get_digits takes: least and most digits, tries, milliseconds, what ends the input, a file, a file for
    wrong input, a variable, a pattern of right input (mod_dptools). It empties the variable where nothing came.
    """

    def __init__(self, files: Files, start: str) -> None:
        self._files = files
        documents = [ET.fromstring(files[path]) for path in sorted(files) if path.startswith("dialplan/")]
        contexts = [context for root in documents for context in root.iter("context")]
        assert {context.attrib["name"] for context in contexts} == {"voicegen"}
        self._extensions = [one for context in contexts for one in context.iter("extension")]
        names = [one.attrib["name"] for one in self._extensions]
        assert len(set(names)) == len(names)
        self._go(start)

    def press(self, key: str) -> None:
        _, _, _, _, ends, _, _, name, pattern = self._asked
        right = key != ends and re.fullmatch(pattern, key)
        self._go_on({name: key if right else ""})

    def wait(self) -> None:
        self._go_on({self._asked[7]: ""})

    def _go(self, number: str) -> None:
        self.played: list[str] = []
        for _ in range(LONGEST):
            found = next(one for one in self._extensions if re.search(one[0].attrib["expression"], number))
            (condition,) = found
            assert condition.attrib["field"] == "destination_number"
            self._actions = list(condition)
            moved = self._act({})
            if moved is None:
                return
            number = moved
        raise AssertionError("the call goes in circles")

    def _go_on(self, variables: dict[str, str]) -> None:
        moved = self._act(variables)
        assert moved is not None, "nothing follows the key"
        self._go(moved)

    def _act(self, variables: dict[str, str]) -> str | None:
        """Carries out actions until a transfer, whose number it gives, or until a key is waited for."""
        while self._actions:
            action, *self._actions = self._actions  # a new list, so that a call can be copied
            data = action.attrib.get("data", "")
            match action.attrib["application"]:
                case "answer":
                    assert not data
                case "playback":
                    self._play(data)
                case "play_and_get_digits":
                    self._asked = data.split(" ")
                    least, most, tries, wait_ms, ends, sound, wrong, name, pattern = self._asked
                    assert (least, most, ends, wrong) == ("1", "1", "#", "silence_stream://1")
                    assert int(tries) > 0
                    assert int(wait_ms) > 0
                    assert re.fullmatch(r"\w+", name)
                    re.compile(pattern)
                    self._play(sound)
                    return None
                case "transfer":
                    number, kind, context = re.sub(r"\$\{(\w+)\}", lambda found: variables[found[1]], data).split(
                        " "
                    )
                    assert (kind, context) == ("XML", "voicegen")
                    return number
                case other:
                    raise AssertionError(f"{other} is not known here")
        raise AssertionError("the call would end")

    def _play(self, sound: str) -> None:
        path = sound.replace("$${sounds_dir}", "sounds")
        assert path in self._files, path
        self.played.append(path)
