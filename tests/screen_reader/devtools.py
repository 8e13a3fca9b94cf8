"""Asks the page in Chromium what really goes on, through the pipe of the DevTools protocol.

Playwright would tell the page that it has the focus and take its downloads away; this leaves everything as it is
for a user. Only two methods are needed: Target.attachToTarget and Runtime.evaluate.
"""

from __future__ import annotations

import json
import os
import select
import time
from typing import Any


class DevTools:
    """One end of the pipe: `read` and `write` are file descriptors, which it closes in the end."""

    def __init__(self, read: int, write: int) -> None:
        self._read, self._write = read, write
        self._pending = b""
        self._number = 0
        self._page = ""

    def evaluate(self, expression: str) -> Any:
        """What a JavaScript expression gives in the page that is open; a promise is waited for.

        Raises RuntimeError where it throws, TimeoutError where no answer comes.
        """
        if not self._page:
            self._attach()
        asked = {"expression": expression, "returnByValue": True, "awaitPromise": True}
        result = self._ask("Runtime.evaluate", asked, self._page)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def close(self) -> None:
        os.close(self._read)
        os.close(self._write)

    def _attach(self) -> None:
        targets = self._ask("Target.getTargets", {})["targetInfos"]
        (page,) = (target["targetId"] for target in targets if target["type"] == "page")
        self._page = self._ask("Target.attachToTarget", {"targetId": page, "flatten": True})["sessionId"]

    def _ask(self, method: str, values: dict[str, Any], session: str = "") -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": values}
        if session:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        late = time.monotonic() + 60
        while time.monotonic() < late:
            answer = self._next(late)
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result
        raise TimeoutError(method)

    def _next(self, late: float) -> dict[str, Any]:
        """The next message; what no one asked for is among them."""
        while b"\0" not in self._pending:
            ready, _, _ = select.select([self._read], [], [], max(0, late - time.monotonic()))
            if not ready:
                return {}
            more = os.read(self._read, 1 << 16)
            if not more:
                raise RuntimeError("Chromium has ended")
            self._pending += more
        first, _, self._pending = self._pending.partition(b"\0")
        message: dict[str, Any] = json.loads(first)
        return message
