# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""What the checks share: the project's files and a way to end with all that was found."""

import os
import pathlib
import sys

ROOT = pathlib.Path(os.environ.get("ROUNDS_ROOT", pathlib.Path(__file__).resolve().parents[2]))


def files(folder, *endings):
    """The files below a folder of the project that end in one of the endings, in a stable order."""
    return sorted(path for path in (ROOT / folder).rglob("*")
                  if path.is_file() and path.name.endswith(endings) and "_build" not in path.parts)


def name(path):
    return str(path.relative_to(ROOT))


def finish(findings):
    for finding in findings:
        print(finding)
    print(f"{len(findings)} findings")
    sys.exit(1 if findings else 0)
