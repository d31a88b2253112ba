#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""Rounds in its sandbox: the keyring by the Secret portal, the browser by OpenURI, the engine's processes.

Where it runs and on what is try-sandbox's; what a pass proves and what not is in docs/flatpak.md.
"""

import os
import re
import subprocess

from sandboxed import (APP_ID, HOME, Sandboxed, answer_prompt, forget, install_browser, kept_files,
                       lock_keyring)
from rounds_test import main
from rounds_ui import wait_for

URL = os.environ["ROUNDS_SANDBOX_SERVER"]
PICTURES = os.environ["ROUNDS_SANDBOX_PICTURES"]
# What the engine starts a page's process with.
PAGE = ["--sandbox", "--no-network", "--sandbox-flag=share-gpu", "--sandbox-flag=share-display",
        "--sandbox-flag=share-sound", "--sandbox-flag=allow-dbus"]


def start(case, *addresses):
    for app in case.apps:
        app.close()
    app = Sandboxed(*addresses)
    case.apps.append(app)
    case.stack.callback(app.close)
    return app


def sign_in(case):
    forget()
    app = start(case)
    app.see("Welcome to Rounds")
    app.fill("Server Address", URL)
    app.fill("Email", "doctor@example.org")
    app.fill("Password", "demo-password")
    app.press("Sign In")
    app.see("Sync: Up to date")
    return app


def test_signed_in(case):
    """Signing in fills Today, and the next start needs no password"""
    app = sign_in(case)
    app.see(contains="Account: Dr. Leyla Aydın")
    app.save(PICTURES, "today")
    assert "keyrings/default.keyring" in kept_files(), "the Secret portal gave no key"
    app.quit()
    app = start(case)
    app.see("Sync: Up to date")
    assert not app.sees("Welcome to Rounds")


def test_locked_keyring(case):
    """A keyring that stays locked is told as such, and opens later"""
    app = sign_in(case)
    app.quit()
    lock_keyring()
    app = start(case)
    answer_prompt(app, password=False)
    app.see("The keyring is locked")
    app.save(PICTURES, "locked")
    app.press("Try Again")
    answer_prompt(app, password=True)
    app.see("Sync: Up to date")


def test_call(case):
    """The engine's processes start in the sandbox, and the default browser gets the call"""
    install_browser()
    app = sign_in(case)
    app.press("Join")
    app.see("This Call Needs Your Browser")  # Debian's engine and GNOME's carry no calls
    app.press("Open in Browser")
    app.see("Your Call Is in the Browser")
    answer = wait_for(lambda: (HOME / "browser.answer").exists(), "the browser fetches the address") \
        and (HOME / "browser.answer").read_text()
    assert re.search(r"^Location: https://\S+#jwt=", answer, re.MULTILINE), "the link is not personal"
    app.save(PICTURES, "browser")


def test_page_process(case):
    """A page's process has neither network nor devices, whatever the app itself has"""
    listed = subprocess.run(
        ["flatpak", "run", "--user", "--command=flatpak-spawn", APP_ID, *PAGE, "sh", "-c",
         "ls /dev; cat /proc/net/dev"], capture_output=True, text=True, check=True).stdout
    assert not re.search(r"^(video|snd|input|bus|net)", listed, re.MULTILINE), listed
    assert re.findall(r"^ *(\w+):", listed, re.MULTILINE) == ["lo"], listed


def test_address(case):
    """An address of the scheme rounds: reaches the app that runs, by its desktop file"""
    app = sign_in(case)
    subprocess.run(["gio", "open", "rounds:people/none"], check=True, timeout=30, env=app.variables)
    app.see("That address leads to nothing in Rounds")


def test_sign_out(case):
    """Signing out leaves an empty keyring file and nothing else"""
    app = sign_in(case)
    app.press(contains="Account: Dr. Leyla Aydın", role="toggle button")
    app.press(contains="Sign Out", role="menu item")
    app.see("Sign Out?")
    app.press("Sign Out", role=("button", "push button"))
    app.see("Welcome to Rounds")
    assert kept_files() == ["keyrings/default.keyring"], kept_files()
    app.quit()
    app = start(case)
    app.see("Welcome to Rounds")


if __name__ == "__main__":
    main([test_signed_in, test_locked_keyring, test_call, test_page_process, test_address, test_sign_out])
