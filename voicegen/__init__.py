"""Turns a medical condition page into spoken chapters with markers and an accessible transcript."""

__version__ = "0.1.0"
