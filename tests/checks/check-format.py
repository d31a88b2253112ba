# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""clang-format 19 would change nothing: `./dev format` mends what is found here."""

import shutil
import subprocess
import sys

from tree import files


def main():
    tool = shutil.which("clang-format-19")
    if tool is None:
        print("clang-format-19 is not installed")
        sys.exit(77)
    sources = [str(path) for path in files("src", ".c", ".h") + files("tests", ".c", ".h")]
    sys.exit(subprocess.run([tool, "--dry-run", "-Werror", *sources]).returncode)


main()
