# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""The window of keyboard shortcuts tells all that there are, and none that there is not."""

import re
from xml.etree import ElementTree

from tree import ROOT, files, finish

# What GTK and libadwaita do by themselves and a person should know all the same.
BY_THE_TOOLKIT = {"<Alt>Left", "Escape", "Return", "space"}


def told():
    overlay = ElementTree.parse(ROOT / "ui/app/shell/help-overlay.ui")
    for element in overlay.iter("property"):
        if element.get("name") == "accelerator":
            yield from element.text.split()


def there():
    table = (ROOT / "src/app/shell/rounds-application.c").read_text()
    for accels in re.findall(r'\{ "[a-z.:-]+", \{ ([^}]*) \} \}', table):
        yield from re.findall(r'"([^"]+)"', accels)
    for path in files("ui", ".ui"):
        for element in ElementTree.parse(path).iter("property"):
            if element.get("name") == "trigger":
                yield from element.text.split("|")


def main():
    shown, known = set(told()), set(there())
    finish([f"help-overlay.ui does not tell {accel}" for accel in sorted(known - shown)]
           + [f"help-overlay.ui tells {accel}, which does nothing"
              for accel in sorted(shown - known - BY_THE_TOOLKIT)])


main()
