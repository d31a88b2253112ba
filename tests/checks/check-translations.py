# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""Each file with words for people is in POTFILES, and German and Arabic say all of it."""

import pathlib
import re
import subprocess
import tempfile

from tree import ROOT, files, finish, name

WORDS = {
    ".c": re.compile(r"\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?|dngettext)\s*\("),
    ".ui": re.compile(r'translatable="(?:yes|true)"'),
    ".in": re.compile(r"^(?:Name|Comment|GenericName)=|<summary>", re.MULTILINE),
    ".xml": re.compile(r"<summary>"),
}


def check_potfiles():
    listed = {line.strip() for line in (ROOT / "po/POTFILES.in").read_text().splitlines()
              if line.strip() and not line.startswith("#")}
    candidates = files("src", ".c") + files("ui", ".ui") + files("data", ".in", ".gschema.xml")
    for path in candidates:
        if "server" in path.parts:
            continue  # roundsd speaks English to administrators
        has_words = WORDS[path.suffix].search(path.read_text())
        if has_words and name(path) not in listed:
            yield f"po/POTFILES.in: {name(path)} is missing"
    for entry in sorted(listed):
        if not (ROOT / entry).exists():
            yield f"po/POTFILES.in: {entry} is not there"


def check_language(language, template):
    path = ROOT / "po" / f"{language}.po"
    merged = subprocess.run(["msgmerge", "--quiet", "--no-fuzzy-matching", "-o", "-", path, template],
                            capture_output=True, text=True, check=True).stdout
    with tempfile.NamedTemporaryFile("w", suffix=".po") as file:
        file.write(merged)
        file.flush()
        # desktop and metainfo texts are checked with the rest: xgettext knows both by their its rules.
        result = subprocess.run(["msgfmt", "--check", "--statistics", "-o", "/dev/null", file.name],
                                capture_output=True, text=True)
        if result.returncode != 0:
            yield f"po/{language}.po: {result.stderr.strip()}"
        elif "untranslated" in result.stderr or "fuzzy" in result.stderr:
            missing = subprocess.run(["msgattrib", "--untranslated", "--no-obsolete", file.name],
                                     capture_output=True, text=True).stdout
            words = re.findall(r'^msgid "(.+)"', missing, re.MULTILINE)
            yield f"po/{language}.po: {result.stderr.strip()}; among them {words[:5]}"


def check_typography(template):
    """One kind of apostrophe: what one reads as text is typeset, not typed."""
    for line in pathlib.Path(template).read_text().splitlines():
        if line.startswith(("msgid", '"')) and re.search(r"\w'\w", line):
            yield f"a straight apostrophe in {line}"


def main():
    found = list(check_potfiles())
    with tempfile.NamedTemporaryFile(suffix=".pot") as template:
        subprocess.run(["xgettext", "--from-code=UTF-8", "--files-from=po/POTFILES.in", "--directory=.",
                        "--keyword=_", "--keyword=N_", "--keyword=C_:1c,2", "--keyword=NC_:1c,2",
                        "--keyword=g_dngettext:2,3", "-o", template.name],
                       cwd=ROOT, check=True, capture_output=True)
        found += check_typography(template.name)
        for language in (ROOT / "po/LINGUAS").read_text().split():
            found += check_language(language, template.name)
    finish(found)


main()
