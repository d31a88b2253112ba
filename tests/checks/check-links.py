# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""Documents do not point at files or pictures that are not there."""

import re

from tree import ROOT, files, finish, name

LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")


def main():
    found = []
    for path in [ROOT / "README.md", *files("docs", ".md")]:
        if not path.exists():
            found.append(f"{name(path)} is missing")
            continue
        for target in LINK.findall(path.read_text()):
            if "://" not in target and not target.startswith("mailto:") and not (path.parent / target).exists():
                found.append(f"{name(path)}: {target} is not there")
    finish(found)


main()
