# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""clang-format 19 would change nothing: `./dev format` mends what is found here."""

import shutil
import sys

from tree import ROOT, check_changed, files


def main():
    tool = shutil.which("clang-format-19")
    if tool is None:
        print("clang-format-19 is not installed")
        sys.exit(77)
    sources = files("src", ".c", ".h") + files("tests", ".c", ".h")
    sys.exit(check_changed([tool, "--dry-run", "-Werror"], sources, ROOT / ".clang-format"))


main()
