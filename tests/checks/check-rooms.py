# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""The arrows between rooms (docs/architecture.md), and the one place for each callback library."""

import re

from tree import ROOT, files, finish, name

ARROWS = {
    "base": "",
    "model": "base",
    "wire": "base model",
    "jitsi": "base model",
    "db": "base",
    "store": "base model wire db",
    "secret": "base",
    "net": "base model wire secret",
    "sync": "base model wire store net",
    "call": "base model jitsi",
    "app": "base model wire jitsi db store secret net sync call",
    "server": "base model wire jitsi db",
}

# A library's header and the only rooms (or files) that may include it.
LIBRARIES = {
    r"jwt\.h": ["src/jitsi/rounds-jitsi-token.c"],
    r"(sqlcipher/)?sqlite3\.h": ["src/db/"],
    r"libsoup/.*": ["src/net/"],
    r"libsecret/.*": ["src/secret/rounds-secret-keyring.c"],
    r"webkit/.*": ["src/call/"],
    r"libpq-fe\.h": ["src/db/postgres/"],
    r"microhttpd\.h": ["src/server/"],
    r"sodium\.h": ["src/server/"],
    r"(adwaita|gtk/gtk)\.h": ["src/call/", "src/app/"],
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def main():
    owner = {}
    sources = files("src", ".c", ".h")
    for path in sources:
        if path.suffix == ".h":
            owner[path.name] = path.relative_to(ROOT / "src").parts[0]
    found = []
    for path in sources:
        room = path.relative_to(ROOT / "src").parts[0]
        if room not in ARROWS:
            found.append(f"{name(path)}: there is no room '{room}'")
            continue
        for _, header in INCLUDE.findall(path.read_text()):
            target = owner.get(header.rsplit("/", 1)[-1])
            if target and target != room and target not in ARROWS[room].split():
                found.append(f"{name(path)}: {room} may not use {target} ({header})")
            for pattern, places in LIBRARIES.items():
                if re.fullmatch(pattern, header) and not name(path).startswith(tuple(places)):
                    found.append(f"{name(path)}: {header} belongs to {', '.join(places)} alone")
    finish(found)


main()
