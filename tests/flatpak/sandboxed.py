# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""The app in its Flatpak sandbox, used like the app of the display tests, and the session around it.

What is tried there is in test-sandbox.py.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "display"))
os.environ.setdefault("ROUNDS_BUILD", "/nonexistent")  # what is run was installed

from gi.repository import GLib  # noqa: E402
from PIL import ImageGrab  # noqa: E402
from rounds_tree import ROOT, SPI, Bus  # noqa: E402
from rounds_ui import SETTINGS, App, wait_for  # noqa: E402

APP_ID = "io.github.rounds_app.Rounds"
HOME = pathlib.Path(os.environ["HOME"])
KEPT = HOME / ".var/app" / APP_ID
LOGIN = "/org/freedesktop/secrets/collection/login"
BROWSER = """#!/bin/sh
curl --silent --include "$1" >"$HOME/browser.partial" && mv "$HOME/browser.partial" "$HOME/browser.answer"
"""
DESKTOP_FILE = """[Desktop Entry]
Type=Application
Name=Browser
Exec={program} %u
MimeType=x-scheme-handler/http;x-scheme-handler/https;
"""


class Sandboxed(App):
    """The installed app, started as the desktop would."""

    def __init__(self, *addresses, options=()):
        # As a desktop has it: these are the display tests' own.
        self.variables = {name: value for name, value in os.environ.items()
                          if name not in ("GDK_DEBUG", "G_DEBUG", "GIO_USE_VFS", "ROUNDS_BUILD")}
        self.log = tempfile.TemporaryFile("w+")
        subprocess.run(["xdotool", "mousemove", "0", "0"], check=True)
        self.process = subprocess.Popen(["flatpak", "run", "--user", *options, APP_ID, *addresses],
                                        env=self.variables, stdout=self.log, stderr=subprocess.STDOUT)
        self.bus = Bus()
        self.program = wait_for(self._find_program, "the app appears in the accessibility tree")

    def _find_program(self):
        """By its name: the bus knows the process of the sandbox's proxy only."""
        self._check()
        for name, path in self.bus.call(SPI + "Registry", ROOT, SPI + "Accessible", "GetChildren"):
            if self.bus.call(name, path, "org.freedesktop.DBus.Properties", "Get",
                             GLib.Variant("(ss)", (SPI + "Accessible", "Name"))) == "rounds":
                return name
        return None

    def save(self, folder, name):
        """A picture of the whole display."""
        ImageGrab.grab(xdisplay=os.environ["DISPLAY"]).save(pathlib.Path(folder) / f"{name}.png")

    def close(self):
        if self.process.poll() is None:
            subprocess.run(["flatpak", "kill", APP_ID], check=False)
        super().close()


def forget():
    """As before the first start; and no animations, which a test would only wait for."""
    shutil.rmtree(KEPT, ignore_errors=True)
    (KEPT / "config/gtk-4.0").mkdir(parents=True)
    (KEPT / "config/gtk-4.0/settings.ini").write_text(SETTINGS)


def kept_files():
    """What the app keeps, without what its libraries draw up for themselves."""
    return sorted(str(path.relative_to(KEPT / "data")) for path in (KEPT / "data").rglob("*")
                  if path.is_file())


def install_browser():
    """A default browser that fetches what it is given once."""
    program = HOME / "browser"
    program.write_text(BROWSER)
    program.chmod(0o700)
    applications = HOME / ".local/share/applications"
    applications.mkdir(parents=True, exist_ok=True)
    (applications / "browser.desktop").write_text(DESKTOP_FILE.format(program=program))
    (HOME / ".config").mkdir(exist_ok=True)
    (HOME / ".config/mimeapps.list").write_text(
        "[Default Applications]\nx-scheme-handler/http=browser.desktop\n")


def lock_keyring():
    """As when a person comes back to a session whose keyring was locked."""
    subprocess.run(["gdbus", "call", "--session", "--dest", "org.freedesktop.secrets", "--object-path",
                    "/org/freedesktop/secrets", "--method", "org.freedesktop.Secret.Service.Lock",
                    f"['{LOGIN}']"], check=True, stdout=subprocess.DEVNULL)


def find_prompt():
    """The keyring's question for its password."""
    return subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "Unlock"],
                          capture_output=True, text=True, check=False).stdout.split()


def answer_prompt(app, *, password):
    """Types the password of the session's keyring, or closes the question."""
    window = wait_for(find_prompt, "the keyring asks for its password")[0]
    subprocess.run(["xdotool", "windowfocus", "--sync", window], check=True)
    if password:
        app.type((HOME / ".session-keyring-password").read_text())
    app.key("Return" if password else "Escape")
    wait_for(lambda: not find_prompt(), "the keyring's question is gone")
