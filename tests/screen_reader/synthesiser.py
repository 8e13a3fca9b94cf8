#!/usr/bin/python3
"""A voice for Speech Dispatcher that writes down what it is given to say, each in no time. Standard library only.

Speech Dispatcher starts it as an output module (documentation of Speech Dispatcher, "Module protocol"): commands
come as lines, answers go back as lines. What is said goes to the file HEARD, one JSON object in a line: `text` as
it was given to speak, without markup, and `lang`, the language that the voice was asked for.
"""

from __future__ import annotations

import html
import json
import os
import re
import sys

LANGUAGES = ("en", "es", "fr", "de", "ar", "cy", "fa")
TAG = re.compile(r"<[^>]*>")
MARK = re.compile(r'<mark name="([^"]*)"/>')


def main() -> None:
    """Answers commands until there are no more."""
    settings: dict[str, str] = {}
    for command in iter(read, None):
        if command == "INIT":
            answer("299-ready", "299 OK LOADED SUCCESSFULLY")
        elif command in {"AUDIO", "LOGLEVEL", "SET"}:
            code = "207" if command == "LOGLEVEL" else "203"
            answer(f"{code} OK RECEIVING SETTINGS")
            settings.update(line.partition("=")[::2] for line in block())
            answer("203 OK SETTINGS RECEIVED")
        elif command in {"SPEAK", "CHAR", "KEY", "SOUND_ICON"}:
            answer("202 OK RECEIVING MESSAGE")
            speak("\n".join(block()), settings.get("language", ""))
        elif command == "LIST VOICES":
            answer(*(f"200-{lang}\t{lang}\tnone" for lang in LANGUAGES), "200 OK VOICE LIST SENT")
        elif command == "QUIT":
            answer("210 OK QUIT")
            return


def speak(given: str, lang: str) -> None:
    """Takes down what is given, and tells of every word's beginning as a voice does."""
    answer("200 OK SPEAKING", "701 BEGIN")
    text = " ".join(html.unescape(TAG.sub("", given)).split())
    with open(os.environ["HEARD"], "a", encoding="utf-8") as heard:  # noqa: PTH123
        heard.write(json.dumps({"text": text, "lang": lang}, ensure_ascii=False) + "\n")
    for mark in MARK.findall(given):
        answer(f"700-{mark}", "700 INDEX MARK")
    answer("702 END")


def block() -> list[str]:
    """Lines up to one that is a full stop; a line that begins with one has a second before it."""
    return [line.removeprefix(".") for line in iter(read, ".") if line is not None]


def read() -> str | None:
    line = sys.stdin.readline()
    return line.rstrip("\n") if line else None


def answer(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
