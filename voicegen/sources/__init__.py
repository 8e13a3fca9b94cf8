"""Readers of pages.

Beautiful Soup loads what selects by CSS and what guesses encodings, whether or not anybody asks for it, and these
take as long to load as a page takes to be read. Only rules of a site in voicegen.toml select; nothing guesses.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from threading import RLock
from types import ModuleType

_loading = RLock()


class _Later(ModuleType):
    """Stands for a module, and loads it when something in it is asked for.

    importlib's LazyLoader would load it as soon as a second module imports it, which Beautiful Soup does.
    """

    def __getattr__(self, name: str) -> object:
        with _loading:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
                self.__dict__.update(import_module(self.__name__).__dict__)
        return getattr(sys.modules[self.__name__], name)


for _name in ("soupsieve", "charset_normalizer"):
    if _name not in sys.modules and find_spec(_name):
        sys.modules[_name] = _Later(_name)
