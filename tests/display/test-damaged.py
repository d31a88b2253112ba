# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""The encrypted copy on this computer comes to harm: the person is told, and unsent changes live on."""

import os

from gi.repository import Gio, GLib

from rounds_test import main
from rounds_ui import wait_for

PAGE = 4096


def find_cache(case):
    return next(path for path in (case.home / "data/rounds/accounts").iterdir() if path.suffix == ".db")


def ruin(path, begin):
    """Overwrites all pages from this part of the file on, where it lies."""
    size = path.stat().st_size
    first = int(size * begin) // PAGE * PAGE
    with path.open("r+b") as file:
        file.seek(first)
        file.write(b"x" * (size - first))


def leave_unsent_change(case, server):
    """A meeting was started while the server was away, and the app ended in good order."""
    app = case.app(server, "doctor")
    app.see(contains="Chest pain consultation")
    app.see("Sync: Up to date")
    server.kill()
    app.see(contains="Sync: Offline since ")
    row = next(n for n in app.see("The day", role="list").find_all(role="list item")
               if "Bed planning" in n.name)
    next(row.find_all("More about Bed planning", "toggle button")).act()
    app.press("Start", role="menu item")
    app.see(role="list item", contains="Bed planning, Video meeting, In progress")
    return app


def test_at_start(case):
    """Found at the start: what was not sent is named and can be seen; it is told once"""
    server = case.server()
    leave_unsent_change(case, server).quit()
    path = find_cache(case)
    os.truncate(path, path.stat().st_size - PAGE)
    app = case.app()
    app.see("Damaged Copy Mended")
    app.press("Unsent Changes…", role="button")
    app.see("Bed planning", role="label")
    app.key("Escape")
    app.quit()

    server.start()
    app = case.app()
    app.see(role="list item", contains="Bed planning, Video meeting, In progress")
    app.see("Sync: Up to date")
    assert not app.sees("Damaged Copy Mended")
    doctor = server.sign_in("doctor")
    doctor.wait_for("meetings", "the change is sent", lambda it: it["status"] == "active",
                    title="Bed planning")


def test_while_running(case):
    """Found while the app runs: it goes on, says so, and fetches everything again"""
    server = case.server()
    leave_unsent_change(case, server).quit()
    # It has read no more than today's rows when the rest is ruined.
    app = case.app()
    app.see(role="list item", contains="Bed planning, Video meeting, In progress")
    ruin(find_cache(case), 0.5)
    app.key("ctrl+2")
    app.key("ctrl+f")
    app.fill("Search names, reasons and notes", "ozturk")
    app.see("Damaged Copy Mended")
    app.press("Close", role="button")
    server.start()
    app.see("Sync: Up to date")
    wait_for(lambda: all("Yusuf Öztürk" in row.name for row in
                         app.look().find("Appointments", "list").find_all(role="list item")),
             "search works again")


def test_unreadable(case):
    """The first page is gone, as if it were another's: all comes again, and the person is told what that means"""
    server = case.server()
    app = case.app(server, "doctor")
    app.see("Sync: Up to date")
    app.quit()
    path = find_cache(case)
    ruin(path, 0)
    app = case.app()
    app.see("Copy Replaced")
    app.press("Close", role="button")
    app.see(contains="Chest pain consultation")
    app.see("Sync: Up to date")
    assert path.with_name(path.name + ".damaged").exists()


class CacheKey:
    """The key of an account's cache, as it lies in the session's keyring beside those of other cases."""

    def __init__(self, server):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        service = "/org/freedesktop/secrets"
        self.session = self.ask(service, "Service", "OpenSession", "(sv)", "plain", GLib.Variant("s", ""))[1]
        (self.item,), _ = self.ask(service, "Service", "SearchItems", "(a{ss})",
                                  {"kind": "cache-key", "server": server.url})

    def ask(self, path, interface, method, signature, *arguments):
        return self.bus.call_sync("org.freedesktop.secrets", path, f"org.freedesktop.Secret.{interface}", method,
                                  GLib.Variant(signature, arguments), None, Gio.DBusCallFlags.NONE, -1,
                                  None).unpack()

    def read(self):
        return bytes(self.ask(self.item, "Item", "GetSecret", "(o)", self.session)[0][2])

    def write(self, key):
        self.ask(self.item, "Item", "SetSecret", "((oayays))", (self.session, b"", key, "text/plain"))


def test_key_changed(case):
    """The keyring has another key: said as it is, the file is set aside, and opens again with its own key"""
    server = case.server()
    leave_unsent_change(case, server).quit()
    path = find_cache(case)
    key = CacheKey(server)
    own, before = key.read(), path.read_bytes()
    key.write(b"0" * len(own))
    app = case.app()
    app.see("The copy on this computer is damaged")
    assert not app.sees("Save a Copy…"), "nobody can read it with this key"
    server.start()
    app.press("Try Again")
    app.see("Copy Replaced")
    app.see(contains="or the keyring has another key for it by now")
    app.press("Close", role="button")
    app.see_not("Copy Replaced")
    app.see(role="list item", contains="Bed planning, Video meeting, Scheduled")
    app.see("Sync: Up to date")
    app.quit()
    aside = path.with_name(path.name + ".damaged")
    assert aside.read_bytes() == before

    # With the old key back, so is what was not sent.
    key.write(own)
    aside.rename(path)
    app = case.app()
    app.see("Sync: Up to date")
    server.sign_in("doctor").wait_for("meetings", "the change is sent", lambda it: it["status"] == "active",
                                      title="Bed planning")


main([test_at_start, test_while_running, test_unreadable, test_key_changed])
