# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""Templates pair with their classes, and a control without a word on it has a name for the screen reader."""

import xml.etree.ElementTree as ElementTree

from tree import files, finish, name

BUTTONS = {"GtkButton", "GtkToggleButton", "GtkMenuButton", "AdwSplitButton"}


def has_name(element):
    properties = {child.get("name") for child in element.findall("property")}
    if properties & {"label", "tooltip-text", "child"} or element.find("child") is not None:
        return True
    accessibility = element.find("accessibility")
    return accessibility is not None and any(
        child.get("name") in ("label", "labelled-by") for child in accessibility)


def check(path, classes):
    tree = ElementTree.parse(path)
    for template in tree.iter("template"):
        own = "".join(part.capitalize() for part in path.stem.split("-"))
        if template.get("class") != own or own not in classes:
            yield f"{name(path)}: its template {template.get('class')} has no class in {path.stem}.c"
    for element in tree.iter():
        if element.tag in ("object", "template") and element.get("class") in BUTTONS and not has_name(element):
            yield f"{name(path)}: a {element.get('class')} ({element.get('id')}) has no name for a screen reader"
        if element.get("translatable") == "yes" and not (element.text or "").strip():
            yield f"{name(path)}: an empty text is marked translatable"


def main():
    sources = {path.stem for path in files("src", ".c")}
    found = []
    classes = {"".join(part.capitalize() for part in stem.split("-")) for stem in sources}
    for path in files("ui", ".ui"):
        found += check(path, classes)
    finish(found)


main()
