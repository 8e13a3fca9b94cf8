"""Recordings as they were written: chapters, length, and the sound around a place, read back from the file.

Nothing here knows what the writers knew. Every byte may be wrong or hostile: what can't be right raises
PublicationError, and no size that a file claims is believed before it is compared with the file's own.
"""
