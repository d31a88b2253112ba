#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""Writes the manifest for the stand-in runtime: write-manifest.py MANIFEST SOURCE OUT.

The app alone: the runtime has the libraries of the other modules. All else is the real manifest's.
"""

import json
import pathlib
import sys

manifest, source, out = map(pathlib.Path, sys.argv[1:])
whole = json.loads(manifest.read_text())
app = whole["modules"][-1]
app["sources"] = [{"type": "dir", "path": str(source.relative_to(out.parent))}]
whole |= {"runtime": whole["sdk"], "modules": [app]}
out.write_text(json.dumps(whole, indent=4) + "\n")
