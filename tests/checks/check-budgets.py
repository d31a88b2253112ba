# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""Files stay under 600 lines and functions under 60; class_init functions and tables may be longer."""

import re

from tree import files, finish, name

MAX_FILE = 600
MAX_FUNCTION = 60
# A function's body begins and ends with a brace in the first column (the format check sees to that).
NAME = re.compile(r"^(\w+) \(", re.MULTILINE)


def functions(lines):
    """(name, first line, length) of each function body."""
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            title = next((match.group(1) for text in reversed(lines[max(0, start - 12):start - 1])
                          if (match := NAME.match(text))), "?")
            yield title, start, number - start + 1
            start = None
        elif line.startswith("}"):
            start = None


def main():
    found = []
    for path in files("src", ".c", ".h") + files("tests", ".c", ".h", ".py"):
        lines = path.read_text().splitlines()
        if len(lines) > MAX_FILE:
            found.append(f"{name(path)}: {len(lines)} lines; is a second noun hiding in there?")
        if path.suffix == ".py":
            continue
        for title, first, length in functions(lines):
            if length > MAX_FUNCTION and not title.endswith("_class_init"):
                found.append(f"{name(path)}:{first}: {title} has {length} lines")
    finish(found)


main()
