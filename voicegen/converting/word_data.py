"""What fields of a Word file are bound to: Word shows the file's own data in them, whatever text is saved there.

ECMA-376, part 1, section 17.5.2.6 (`dataBinding`) and part 1, section 22.5 (custom XML data properties).
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from xml.etree.ElementTree import Element

from voicegen.converting.package import Package

_PROPERTIES = {
    "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}": "docProps/core.xml",
    "{6668398D-A668-4E3E-A5EB-62B293D839F1}": "docProps/app.xml",
}
"""The document's own properties, by the id that Word binds them by."""


def texts(package: Package, tree: Callable[[str], Element]) -> dict[str, frozenset[str]]:
    """Every text of the file's data, with single spaces, by the id of its store in capitals."""
    found = {key: _texts(tree(name)) if name in package else frozenset() for key, name in _PROPERTIES.items()}
    for name in package.names():
        folder, file = posixpath.split(name)
        item = posixpath.join(folder, file.replace("itemProps", "item"))
        if folder == "customXml" and file.startswith("itemProps") and item in package:
            properties = tree(name)
            key = next((value for name, value in properties.attrib.items() if name.endswith("itemID")), "")
            found[key.upper()] = _texts(tree(item))
    return found


def _texts(data: Element) -> frozenset[str]:
    texts = (text for one in data.iter() for text in ("".join(one.itertext()), *one.attrib.values()))
    return frozenset(" ".join(text.split()) for text in texts)


def contradicts(properties: Element, shown: str, data: dict[str, frozenset[str]]) -> bool:
    """Whether Word would show another text than the saved one in a field of plain text.

    A store that the file does not have changes nothing: Word shows the saved text then.
    """
    binding = properties.find("w-dataBinding")
    if binding is None or properties.find("w-text") is None:
        return False
    texts = data.get(binding.get("w-storeItemID", "").upper())
    return texts is not None and " ".join(shown.split()) not in texts
