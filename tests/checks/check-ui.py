# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""Templates pair with their classes and their signal handlers, a control without a word on it has a name for the
screen reader, and a spinner turns only while it shows."""

import re
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


def is_named_in_code(identifier, code):
    """Whether the class puts the words on a button of its template itself."""
    return identifier is not None and re.search(
        r"(gtk_button_set_label|gtk_widget_set_tooltip_text) \((?:GTK_\w+ \()?self->%s\b"
        % re.escape(identifier), code) is not None


def is_bound(handler, code):
    """Whether the class tells its template of this function. A missing one is told only when a window opens."""
    return re.search(r"bind_template_callback \(\s*widget_class,\s*%s\)" % re.escape(handler), code) is not None


def find_restless(tree):
    """Spinners that draw frames for as long as another widget than their own is there."""
    for owner in tree.iter("object"):
        for spinner in owner.findall("property/object[@class='AdwSpinnerPaintable']"):
            if spinner.findtext("property[@name='widget']") != owner.get("id"):
                yield owner.get("class")


def check(path, sources):
    tree = ElementTree.parse(path)
    classes = {"".join(part.capitalize() for part in stem.split("-")) for stem in sources}
    for template in tree.iter("template"):
        own = "".join(part.capitalize() for part in path.stem.split("-"))
        if template.get("class") != own or own not in classes:
            yield f"{name(path)}: its template {template.get('class')} has no class in {path.stem}.c"
    parts = "".join(source.read_text() for stem, source in sources.items() if stem.startswith(path.stem))
    for signal in tree.iterfind("template//signal"):
        if not is_bound(signal.get("handler"), parts):
            yield f"{name(path)}: {signal.get('handler')} is no callback that its class binds"
    for owner in find_restless(tree):
        yield f"{name(path)}: the spinner of a {owner} never comes to rest: its widget has to be that one"
    for element in tree.iter():
        if element.tag in ("object", "template") and element.get("class") in BUTTONS and not has_name(element) \
                and not is_named_in_code(element.get("id"), parts):
            yield f"{name(path)}: a {element.get('class')} ({element.get('id')}) has no name for a screen reader"
        if element.get("translatable") == "yes" and not (element.text or "").strip():
            yield f"{name(path)}: an empty text is marked translatable"


def main():
    sources = {path.stem: path for path in files("src", ".c")}
    found = []
    for path in files("ui", ".ui"):
        found += check(path, sources)
    finish(found)


main()
