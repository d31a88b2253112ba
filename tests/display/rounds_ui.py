# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Rounds authors
"""The running app as a screen reader sees it, with a keyboard: its accessibility tree and its window.

Nothing here sleeps: waiting means running the main loop until a condition holds, with a deadline that
only a defect reaches. How the tree is read is in rounds_tree.py, what a test is in rounds_test.py.
"""

import contextlib
import datetime
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import zoneinfo

from gi.repository import GLib
from PIL import ImageGrab

from rounds_tree import Bus, read_tree

BUILD = pathlib.Path(os.environ["ROUNDS_BUILD"])
SOURCE = pathlib.Path(__file__).resolve().parents[2]
DEADLINE = float(os.environ.get("ROUNDS_UI_DEADLINE", "45"))
# Milliseconds between the first two looks and between the later ones, or twice what a look takes: looking is
# work for the app too, which others on the machine have to wait for.
TICK, MOST_TICK = 40, 200
# The demo's first hospital lies there; with the person in the same zone, "today" is one day for both.
TIME_ZONE = "Europe/Berlin"
# When each test begins, for the app and for the server: in the middle of a day, as most days are, whatever
# the hour at which it runs. Another moment to try: ROUNDS_UI_NOW=2026-03-29T01:58.
BEGIN = datetime.datetime.fromisoformat(os.environ.get("ROUNDS_UI_NOW", "2026-11-17T10:02")) \
    .replace(tzinfo=zoneinfo.ZoneInfo(TIME_ZONE))
MOST_TABS = 60
# What GTK's own file dialog may say, which elsewhere is a portal's process: its list of lately used files lies in
# the home, and its completion of paths stumbles when a dialog closes early. No other widget has such a store.
FILE_DIALOG = ("recently-used.xbel", "gtk_tree_store_remove")
BUTTONS = ("button", "toggle button", "push button", "menu item", "check box", "radio button")
# As on a GNOME desktop; and no animations, which a test would only wait for.
SETTINGS = """[Settings]
gtk-enable-animations=0
gtk-font-name=Adwaita Sans,Inter,Cantarell 11
gtk-decoration-layout=appmenu:close
"""
SCHEMA_PATH = "io/github/rounds_app/Rounds"


class Moment:
    """While a condition is looked at, all that it asks for is of one look at the screen."""

    now = None


def wait_for(condition, what):
    """Runs the main loop until condition() gives something true; gives that back."""
    end = time.monotonic() + DEADLINE
    tick = TICK
    while True:
        began = time.monotonic()
        found = None
        Moment.now = object()
        with contextlib.suppress(GLib.Error):  # an object that went away while we looked
            found = condition()
        Moment.now = None
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"waited {DEADLINE:.0f} s in vain: {what}")
        loop = GLib.MainLoop()
        GLib.timeout_add(max(tick, round(2000 * (time.monotonic() - began))), loop.quit)
        loop.run()
        tick = min(tick * 3 // 2, MOST_TICK)


def write_home(home, size):
    """A home as after installing: nothing in it but a window size and GNOME's looks."""
    config = home / "config"
    settings = config / "glib-2.0/settings/keyfile"
    settings.parent.mkdir(parents=True, exist_ok=True)
    lines = settings.read_text().splitlines() if settings.exists() else [f"[{SCHEMA_PATH}]"]
    if size is not None:
        lines = [line for line in lines if not line.startswith("window-")]
        lines[1:1] = [f"window-width={size[0]}", f"window-height={size[1]}"]
    (config / "gtk-4.0").mkdir(exist_ok=True)
    # Nothing is written twice: by the next start the home may be one that can only be read.
    for path, text in ((settings, "\n".join(lines) + "\n"), (config / "gtk-4.0/settings.ini", SETTINGS)):
        if not path.exists() or path.read_text() != text:
            path.write_text(text)


class Clock:
    """The time of one test, which goes as all clocks do from where it begins."""

    def __init__(self, begin=BEGIN):
        self.ahead = round(begin.timestamp() - time.time())
        self.environment = {"ROUNDS_CLOCK_AHEAD": str(self.ahead)}

    def now(self):
        return datetime.datetime.fromtimestamp(time.time() + self.ahead, BEGIN.tzinfo)


class App:
    """The running app."""

    looked = None, None  # what was seen last, and when

    def __init__(self, home, clock, server=None, account=None, size=None, environment=None, address=None):
        self.home = pathlib.Path(home)
        write_home(self.home, size)
        variables = {
            **os.environ, "HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_DATA_HOME": str(self.home / "data"), "XDG_CACHE_HOME": str(self.home / "cache"),
            "GSETTINGS_SCHEMA_DIR": str(BUILD / "data"), "GSETTINGS_BACKEND": "keyfile",
            "ROUNDS_LOCALEDIR": str(BUILD / "po"), "TZ": TIME_ZONE, **clock.environment,
            **(environment or {})}
        # The web engine's processes inherit it, and they warn about codecs. A warning of the app itself
        # fails the test all the same: see complaints().
        variables.pop("G_DEBUG", None)
        if server is not None:
            variables["ROUNDS_SERVER"] = server.url
        if account is not None:
            variables["ROUNDS_DEMO_ACCOUNT"] = f"{account}@example.org"
        # Out of the way: rows under a pointer have looks, and in narrow lists a selection, of their own.
        subprocess.run(["xdotool", "mousemove", "0", "0"], check=True)
        self.log = tempfile.TemporaryFile("w+")
        self.variables = variables
        self.process = subprocess.Popen([BUILD / "src/app/rounds", *([address] if address else [])],
                                        env=variables, stdout=self.log, stderr=subprocess.STDOUT)
        self.bus = Bus()
        self.program = wait_for(self._find_program, "the app appears in the accessibility tree")

    def hand(self, address):
        """Has the desktop open an address with the app: a second process passes it on and ends."""
        subprocess.run([BUILD / "src/app/rounds", address], env=self.variables, check=True, timeout=DEADLINE)

    def _check(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the app ended with {self.process.returncode}:\n{self.read_log()}")

    def _find_program(self):
        self._check()
        return self.bus.find_program(self.process.pid)

    def look(self):
        """What the window shows at this moment."""
        if Moment.now is None or self.looked[0] is not Moment.now:
            self._check()
            self.looked = Moment.now, read_tree(self.bus, self.program)
        return self.looked[1]

    def read_log(self):
        self.log.flush()
        self.log.seek(0)
        return self.log.read()

    def cache_writes(self):
        """What the account's cache on the disk is like, without reading it."""
        return {path.name: (path.stat().st_size, path.stat().st_mtime_ns)
                for path in (self.home / "data/rounds/accounts").iterdir()}

    def complaints(self):
        """What the app itself warned of; the web engine's processes have other names."""
        return [line for line in self.read_log().splitlines() if not any(word in line for word in FILE_DIALOG)
                and re.search(r"\(rounds:\d+\).*(WARNING|CRITICAL|ERROR) \*\*", line)]

    def see(self, name=None, role=None, contains=None):
        """Waits until something of this name is on the screen."""
        return wait_for(lambda: self.look().find(name, role, contains),
                        f"{role or 'anything'} {name or contains!r} shows")

    def see_not(self, name=None, role=None, contains=None):
        wait_for(lambda: not self.sees(name, role, contains),
                 f"{role or 'anything'} {name or contains!r} is gone")

    def sees(self, name=None, role=None, contains=None):
        """Whether it is there now, without waiting: only after something that was waited for."""
        return self.look().find(name, role, contains) is not None

    def see_button(self, name=None, contains=None, role=BUTTONS):
        """Waits for a control that can be pressed."""
        return wait_for(
            lambda: next((n for n in self.look().find_all(name, role, contains) if n.sensitive), None),
            f"{name or contains!r} can be pressed")

    def press(self, name=None, contains=None, role=BUTTONS):
        self.see_button(name, contains, role).act()

    def entry(self, name):
        """Waits for the entry of this name."""
        return wait_for(lambda: next((n for n in self.look().find_all(name)
                                      if n.sensitive and n.editable), None), f"an entry '{name}' shows")

    def fill(self, name, text):
        """Puts text into the entry of this name, replacing what is there."""
        node = self.entry(name)
        node.set_text(text)
        return node

    def tab_to(self, name=None, role=None, contains=None, key="Tab", inside=None):
        """Goes to a control by keyboard alone; GTK lets assistive technology move no focus."""
        node = self.focused()
        for _ in range(MOST_TABS):
            if node is not None and (name is None or node.name == name) \
                    and (role is None or node.role == role) and (contains is None or node.says(contains)) \
                    and (inside is None or node.is_inside(inside, "list")):
                return node
            self.key(key)
            node, = wait_for(lambda: self._find_moved(node),
                             f"{key} leaves {node and node.role} '{node and node.name}'")
        raise AssertionError(f"{key} does not lead to {role or ''} {name or contains!r}")

    def _find_moved(self, node):
        """What the keyboard is on, once that is not node any more."""
        focused = self.focused()
        return (focused,) if node is None or focused is None or focused.path != node.path else None

    def focused(self):
        """What the keyboard is on."""
        return next((n for n in self.look().walk() if n.focused and n.role != "frame"), None)

    def key(self, *keys):
        """Presses keys in the focused window, as a keyboard would: "Tab", "ctrl+shift+n"."""
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "2", text], check=True)

    def window(self):
        """The X window's place on the screen: (left, top, width, height)."""
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                               check=True, capture_output=True, text=True).stdout.split()
        boxes = []
        for window in found:
            shell = subprocess.run(["xdotool", "getwindowgeometry", "--shell", window], check=True,
                                   capture_output=True, text=True).stdout
            values = dict(line.split("=") for line in shell.split())
            boxes.append(tuple(int(values[key]) for key in ("X", "Y", "WIDTH", "HEIGHT")))
        return max(boxes, key=lambda box: box[2] * box[3])

    def grab(self):
        """A picture of the window."""
        left, top, width, height = self.window()
        return ImageGrab.grab(xdisplay=os.environ["DISPLAY"]).crop((left, top, left + width, top + height))

    def close(self):
        """Ends the app, in whatever way it takes."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self.process.poll() is None:
                self.process.send_signal(number)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.process.wait(timeout=10)

    def quit(self):
        """Ctrl+Q, and waits until the process has ended in good order."""
        self.key("ctrl+q")
        wait_for(lambda: self.process.poll() is not None, "the app ends")
        assert self.process.returncode == 0, f"the app ended with {self.process.returncode}"
