# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""The desktop's own validators accept the desktop file, the metainfo, the settings schema and the icons."""

import pathlib
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

from tree import ROOT, files, finish, name

APP_ID = "io.github.rounds_app.Rounds"


def run(*command):
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if result.returncode != 0:
        yield f"{' '.join(map(str, command[:1]))}: {(result.stdout + result.stderr).strip()}"


def main():
    built = pathlib.Path(sys.argv[1])
    found = []
    found += run("desktop-file-validate", built / f"{APP_ID}.desktop")
    found += run("appstreamcli", "validate", "--no-net", "--explain", built / f"{APP_ID}.metainfo.xml")
    found += run("glib-compile-schemas", "--strict", "--dry-run", ROOT / "data")
    for path in files("data", ".svg") + files("ui", ".ui"):
        try:
            ElementTree.parse(path)
        except ElementTree.ParseError as error:
            found.append(f"{name(path)}: {error}")
    for icon in (f"{APP_ID}.svg", f"{APP_ID}-symbolic.svg"):
        if not (ROOT / "data/icons" / icon).exists():
            found.append(f"data/icons/{icon} is missing")
    finish(found)


main()
