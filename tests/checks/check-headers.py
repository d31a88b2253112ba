# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""Each source says under which licence it stands, whose it is and what it is for."""

from tree import ROOT, files, finish, name


def main():
    sources = files("src", ".c", ".h") + files("tests", ".c", ".h", ".py")
    sources += [path for path in (ROOT / "tests").rglob("*")
                if path.is_file() and not path.suffix and path.read_bytes()[:2] == b"#!"]
    found = []
    for path in sources:
        head = path.read_text().split("\n", 8)[:8]
        text = "\n".join(head)
        if "SPDX-License-Identifier: GPL-3.0-or-later" not in text:
            found.append(f"{name(path)}: no SPDX line at the top")
        if "Copyright 2026 The Rounds authors" not in text:
            found.append(f"{name(path)}: no copyright line at the top")
        if path.suffix == ".h" and "#pragma once" not in path.read_text():
            found.append(f"{name(path)}: no #pragma once")
    finish(found)


main()
