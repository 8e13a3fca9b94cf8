"""Signs that say yes and no: ticks, crosses, boxes that hold either, and thumbs."""

from __future__ import annotations

TICKS = "✓✔☑✅"
YES = f"{TICKS}👍"
NO = "✗✘❌☒✖❎🚫⛔⊘👎"
CROSSES = "✕☓╳"
"""Signs that are drawn for a cross, and between numbers for a multiplication."""
