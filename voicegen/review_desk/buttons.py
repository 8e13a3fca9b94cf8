"""The buttons of the review page: which act each form asks for, and the screen that comes after it."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from voicegen.review_desk.acts import Acts
from voicegen.review_desk.forms import Form, Refused

PAGE = r"page/(?P<page>[a-z0-9-]{1,80})/"
LINE = PAGE + r"line/(?P<line>[a-z0-9-]{1,80})/"
CHAPTER = PAGE + r"chapter/(?P<chapter>[a-z0-9-]{1,80})/"
TRIAL = r"trial/(?P<trial>[0-9a-f]{16})/"


def _decide(acts: Acts, form: Form, page: str) -> tuple[str, str]:
    act = form.get("act")
    if act not in {"approved", "rejected"}:
        raise Refused(HTTPStatus.BAD_REQUEST)
    approved = act == "approved"
    by, note, version = form.get("by"), form.get("note"), form.get("version")
    acts.decide(page, "approved" if approved else "rejected", by, note, version)
    return act, f"page/{page}/"


def _publish(acts: Acts, form: Form, page: str) -> tuple[str, str]:
    done = acts.publish(page, form.get("by"))
    return ("removed" if done.removed else "published"), "" if done.removed else f"page/{page}/"


def _build(acts: Acts, form: Form, page: str) -> tuple[str, str]:
    acts.build(page)
    return "built", f"page/{page}/"


def _word(acts: Acts, form: Form, page: str, line: str) -> tuple[str, str]:
    say, word = form.get("say"), form.get("word")
    tried = acts.try_word(page, line, word, say, not say, form.get("everywhere") == "yes")
    return "", f"trial/{tried.id}/"


def _again(acts: Acts, form: Form, page: str, line: str) -> tuple[str, str]:
    return "", f"trial/{acts.try_again(page, line, form.get('by')).id}/"


def _own(acts: Acts, form: Form, page: str, line: str) -> tuple[str, str]:
    tried = acts.try_line(page, line, form.file, form.get("by"), form.get("version"))
    return "", f"trial/{tried.id}/"


def _own_chapter(acts: Acts, form: Form, page: str, chapter: str) -> tuple[str, str]:
    tried = acts.try_chapter(page, chapter, form.file, form.get("by"), form.get("version"))
    return "", f"trial/{tried.id}/"


def _give_up(acts: Acts, form: Form, page: str, line: str) -> tuple[str, str]:
    acts.give_up(page, line, form.get("by"))
    return "built", f"page/{page}/line/{line}/"


def _keep(acts: Acts, form: Form, trial: str) -> tuple[str, str]:
    tried = acts.trials.get(trial)
    if tried is None:
        raise Refused(HTTPStatus.NOT_FOUND)
    if tried.word:
        acts.keep_word(tried)
    else:
        acts.keep_recording(tried)
    acts.trials.pop(trial, None)
    return "kept", f"page/{tried.page}/"


ACTS: dict[str, Callable[..., tuple[str, str]]] = {
    PAGE + "decide": _decide,
    PAGE + "publish": _publish,
    PAGE + "build": _build,
    LINE + "word": _word,
    LINE + "again": _again,
    LINE + "own": _own,
    LINE + "give-up": _give_up,
    CHAPTER + "own": _own_chapter,
    TRIAL + "keep": _keep,
}
"""By path below the token: gives a key of our words, empty for none, and the path to go on with."""
