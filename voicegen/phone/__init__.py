"""Packs for telephone systems: published chapters in the encodings that one takes, and its configuration.

No word of a page reaches a configuration file: those hold slugs, keys and numbers only. Titles are in the README
and in manifest.json.
"""
