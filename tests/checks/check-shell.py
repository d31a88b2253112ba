# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""shellcheck finds nothing in the shell scripts, which are known by their first line."""

import shutil
import sys

from tree import ROOT, check_changed, files

SHELLS = (b"#!/bin/sh", b"#!/usr/bin/env bash")


def is_shell(path):
    with path.open("rb") as file:
        return file.readline().rstrip() in SHELLS


def main():
    tool = shutil.which("shellcheck")
    if tool is None:
        print("shellcheck is not installed")
        sys.exit(77)
    candidates = [ROOT / "dev", *files(".ci", ""), *files("tests", ""), *files("data", "")]
    scripts = [path for path in candidates if is_shell(path)]
    sys.exit(check_changed([tool, "--severity=warning"], scripts))


main()
