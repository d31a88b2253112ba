# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""What the checks share: the project's files and a way to end with all that was found."""

import hashlib
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(os.environ.get("ROUNDS_ROOT", pathlib.Path(__file__).resolve().parents[2]))


def files(folder, *endings):
    """The files below a folder of the project that end in one of the endings, in a stable order."""
    return sorted(path for path in (ROOT / folder).rglob("*")
                  if path.is_file() and path.name.endswith(endings) and "_build" not in path.parts)


def check_changed(command, paths, *settings):
    """The exit status of a command on those of the files that it has not found good yet. What it found good is
    kept in the build folder by content: the file's, the settings' and which program that was."""
    program = os.stat(command[0])
    circumstances = repr((command, program.st_size, program.st_mtime_ns,
                          *(path.read_bytes() for path in settings))).encode()
    folder = os.environ.get("ROUNDS_BUILD")
    memory = pathlib.Path(folder or "/nonexistent") / f"found-good-by-{pathlib.Path(command[0]).name}"
    known = set(memory.read_text().split()) if memory.exists() else set()
    digests = {path: hashlib.sha256(circumstances + path.name.encode() + path.read_bytes()).hexdigest()
               for path in paths}
    changed = [str(path) for path, digest in digests.items() if digest not in known]
    print(f"{len(changed)} of {len(paths)} files to look at", flush=True)
    status = subprocess.run([*command, *changed]).returncode if changed else 0
    if status == 0 and folder:
        memory.write_text("\n".join(digests.values()))
    return status


def name(path):
    return str(path.relative_to(ROOT))


def finish(findings):
    for finding in findings:
        print(finding)
    print(f"{len(findings)} findings")
    sys.exit(1 if findings else 0)
