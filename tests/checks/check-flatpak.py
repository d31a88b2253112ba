# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""The Flatpak manifest carries all that the runtime lacks, from named sources with checksums, and asks
the sandbox for no more than the app needs."""

import json
import re

from tree import ROOT, finish, name

APP_ID = "io.github.rounds_app.Rounds"
MODULES = {"webkitgtk": "2.52.6", "sqlcipher": "4.6.1", "libjwt": "1.17.2"}
PERMISSIONS = {
    "--share=network",  # the hospital's server and the call
    "--share=ipc",  # X11
    "--socket=wayland",
    "--socket=fallback-x11",
    "--socket=pulseaudio",  # microphone and speakers
    "--device=dri",  # drawing; a camera comes by the Camera portal, see docs/flatpak.md
}
# What a call in the sandbox cannot do without, and what the Sdk does not have.
ENGINE_OPTIONS = (
    "-DENABLE_WEB_RTC=ON",
    "-DENABLE_MEDIA_STREAM=ON",
    "-DENABLE_BUBBLEWRAP_SANDBOX=ON",
    "-DUSE_LIBRICE=ON",  # the page's process has no network: the network's process connects for it
    "-DUSE_LIBBACKTRACE=OFF",
)


def check_source(module, source):
    if source["type"] == "dir":
        if module["name"] != "rounds":
            yield f"{module['name']}: only the app itself is built from a folder"
        return
    if not source.get("url", "").startswith("https://"):
        yield f"{module['name']}: its source is not fetched by https"
    if not re.fullmatch(r"[0-9a-f]{64}", source.get("sha256", "")):
        yield f"{module['name']}: its source has no SHA-256"
    version = MODULES.get(module["name"])
    if version and version not in source["url"]:
        yield f"{module['name']}: {source['url']} is not version {version}"


def check(path):
    manifest = json.loads(path.read_text())
    if manifest["id"] != APP_ID or path.stem != APP_ID:
        yield f"the manifest's id is not {APP_ID}"
    if (manifest["runtime"], manifest["sdk"]) != ("org.gnome.Platform", "org.gnome.Sdk"):
        yield "the runtime is not GNOME's"
    asked = set(manifest["finish-args"])
    for permission in sorted(asked ^ PERMISSIONS):
        yield f"{permission} is {'not needed' if permission in asked else 'missing'}"
    names = [module["name"] for module in manifest["modules"]]
    for missing in sorted(set(MODULES) - set(names)):
        yield f"there is no module {missing}"
    if names[-1] != "rounds":
        yield "the app has to be the last module"
    for module in manifest["modules"]:
        for source in module["sources"]:
            yield from check_source(module, source)
    engine = next(module for module in manifest["modules"] if module["name"] == "webkitgtk")
    for option in ENGINE_OPTIONS:
        if option not in engine["config-opts"]:
            yield f"webkitgtk is built without {option}"


def main():
    path = ROOT / "flatpak" / f"{APP_ID}.json"
    finish([f"{name(path)}: {finding}" for finding in check(path)])


main()
