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
_BOUND = ("w-text", "w-dropDownList", "w-comboBox")
"""Kinds of fields that show what they are bound to as it stands there, or as their list says it (17.5.2.15)."""


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
    """Of the elements without others in them, which alone a field of text can be bound to, and of attributes."""
    texts = (text for one in data.iter() for text in ("" if len(one) else one.text or "", *one.attrib.values()))
    return frozenset(" ".join(text.split()) for text in texts)


def contradicts(properties: Element, shown: Callable[[], str], data: dict[str, frozenset[str]]) -> bool:
    """Whether Word would show another text than the saved one in a field of plain text or of a choice.

    `shown` tells the saved text; it is asked of bound fields only, since fields may lie in each other.
    A store that the file does not have changes nothing: Word shows the saved text then.
    """
    binding = properties.find("w-dataBinding")
    if binding is None or all(properties.find(kind) is None for kind in _BOUND):
        return False
    texts = data.get(binding.get("w-storeItemID", "").upper())
    if texts is None:
        return False
    entries = [one for kind in _BOUND for one in properties.findall(f"{kind}/w-listItem")]
    pairs = [(one.get("w-value", ""), one.get("w-displayText", "")) for one in entries]
    said = {" ".join((words or key).split()) for key, words in pairs if key in texts}
    return " ".join(shown().split()) not in texts | said
